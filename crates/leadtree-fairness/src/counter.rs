//! Counters that other systems use for turns.

use crate::sequence::Step;

/// A method of choosing who gets the next lead.
pub(crate) trait Counter {
    /// Picks one of the members present.
    fn pick(&mut self, step: &Step, weights: &[u32]) -> usize;

    /// Stores the state and reads it back.
    fn store_and_restore(&mut self) {}
}

/// A pointer to the last assigned member, as in most lead routers and scripts. Ignores weights.
#[derive(Default)]
pub(crate) struct Pointer {
    last: Option<usize>,
}

impl Counter for Pointer {
    fn pick(&mut self, step: &Step, _: &[u32]) -> usize {
        let after = |it: &&usize| self.last.is_none_or(|last| **it > last);
        let next = step.present.iter().find(after).unwrap_or(&step.present[0]);
        self.last = Some(*next);
        *next
    }
}

/// The smooth weighted round robin of nginx: every member's score grows by the weight, the highest
/// score gets the lead and is reduced by the total weight.
#[derive(Default)]
pub(crate) struct Smooth {
    current: Vec<i64>,
}

impl Counter for Smooth {
    fn pick(&mut self, step: &Step, weights: &[u32]) -> usize {
        self.current.resize(weights.len(), 0);
        let mut total = 0;
        let mut best = step.present[0];
        for &member in &step.present {
            let weight = i64::from(weights[member]);
            self.current[member] += weight;
            total += weight;
            if self.current[member] > self.current[best] {
                best = member;
            }
        }
        self.current[best] -= total;
        best
    }
}

/// The member furthest below the month's target: fewest leads this month, relative to weight.
#[derive(Default)]
pub(crate) struct Shortfall {
    counts: Vec<u64>,
}

impl Counter for Shortfall {
    fn pick(&mut self, step: &Step, weights: &[u32]) -> usize {
        if step.begins_month {
            self.counts.clear();
        }
        self.counts.resize(weights.len(), 0);
        let mut best = step.present[0];
        for &member in &step.present {
            let share = self.counts[member] * u64::from(weights[best]);
            if share < self.counts[best] * u64::from(weights[member]) {
                best = member;
            }
        }
        self.counts[best] += 1;
        best
    }
}
