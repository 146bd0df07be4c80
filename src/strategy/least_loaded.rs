//! The least load for the weight.

use std::cmp::Ordering;

use super::{Candidate, Strategy, Turn};

/// Picks the smallest (open + 1) / weight; ties go to who waited longest, then to listed order.
/// Linear in the candidates; no state of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct LeastLoaded;

impl Strategy for LeastLoaded {
    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        let least = turn
            .candidates()
            .iter()
            .min_by(|left, right| by_load(left, right).then_with(|| left.by_wait(right)))?;
        Some(least.position())
    }
}

/// Compares (open + 1) / weight exactly.
fn by_load(left: &Candidate<'_>, right: &Candidate<'_>) -> Ordering {
    let load = |candidate: &Candidate<'_>| u64::from(candidate.open()) + 1;
    let left_share = load(left) * u64::from(right.weight());
    let right_share = load(right) * u64::from(left.weight());
    left_share.cmp(&right_share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Candidates, Load, Standing, Strategy as _};
    use super::*;
    use crate::{Lead, RotationId};

    proptest! {
        #[test]
        fn never_picks_a_fuller_member(
            members in prop::collection::vec((0_u32..50, 1_u32..10, 0_u64..5), 1..12),
        ) {
            let roster: Vec<_> = members
                .iter()
                .enumerate()
                .map(|(number, &(open, weight, turn))| {
                    Standing::new(format!("m-{number}"), weight).with_load(Load { open, today: 0 }).with_last_turn(turn)
                })
                .collect();
            let positions: Vec<u32> = (0..).take(roster.len()).collect();
            let lead = Lead::builder("L-1").build();
            let rotation = RotationId::from("r");
            let candidates = Candidates::new(&roster, &positions);
            let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
            let (open, weight, last_turn) = members[LeastLoaded.choose(&turn).unwrap()];
            for &(other_open, other_weight, other_turn) in &members {
                let (mine, others) = ((open + 1) * other_weight, (other_open + 1) * weight);
                prop_assert!(mine < others || (mine == others && last_turn <= other_turn));
            }
        }
    }
}
