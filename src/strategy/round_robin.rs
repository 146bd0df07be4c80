//! By turns, provably fair.

use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::{Candidate, Candidates, Standing, Strategy, StrategyState, Turn};
use crate::id::MemberId;

/// Lags are carried over a change in multiples of 2^-32 of a lead.
const UNIT_BITS: u32 = 32;

/// Weighted turns within Tijdeman's bound.
///
/// While the same `n >= 2` candidates with the same weights are offered, every member's count
/// stays within `1 - 1/(2n-2)` of its share `t * weight / sum`, at every step `t`, exactly
/// (R. Tijdeman, "The chairman assignment problem", 1980; no method can promise less). The
/// arithmetic is exact in integers, and does not drift however long it goes on.
///
/// A member's *lag* is its share so far less its count so far. At each step a member is eligible
/// whose lag, this step included, is at least `1/(2n-2)`; of these the one with the earliest
/// deadline is picked, which is the moment at which its lag would pass the bound. If none is
/// eligible, as can happen after a change, the earliest deadline of all counts. Ties go to who
/// waited longest, then to listed order.
///
/// When candidates or weights change, a new period begins from the lags so far, each rounded to the
/// nearest multiple of 2^-32 (half of one away from zero). Shares accrue only among those who are
/// candidates: who is away gathers neither debt nor credit and comes back with the lag of before; who
/// is new begins at zero, level with the others. The bound holds within a period; over many periods
/// lags can add up.
///
/// Linear in the candidates: two passes a pick. State: two numbers a member.
#[derive(Debug, Clone, Default)]
pub struct RoundRobin {
    /// By position in the roster.
    members: Vec<Share>,
    /// The candidates of the period, by position.
    period: Vec<u32>,
    /// Steps of the period, less the whole cycles of `total` steps.
    step: u64,
    /// The weights of the period's candidates together.
    total: u64,
}

/// What a member has got and is due.
#[derive(Debug, Clone)]
struct Share {
    member: MemberId,
    weight: u32,
    /// The lag at the period's begin, in units.
    carried: i64,
    /// Picks in the period, less the weight for each whole cycle.
    picks: i64,
}

impl RoundRobin {
    /// A rotation at its beginning: nobody has had a turn.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a new period if the candidates are not those of the current one.
    fn begin_period(&mut self, candidates: Candidates<'_>) {
        if self.period == candidates.positions() {
            return;
        }
        self.end_period();
        self.period.extend_from_slice(candidates.positions());
        let members = &self.members;
        let weights = self
            .period
            .iter()
            .filter_map(|&position| members.get(position as usize));
        self.total = weights.map(|share| u64::from(share.weight)).sum();
    }

    /// Brings every member's lag up to now.
    fn end_period(&mut self) {
        for &position in &self.period {
            if let Some(share) = self.members.get_mut(position as usize) {
                share.carried = share.lag(self.step, self.total);
                share.picks = 0;
            }
        }
        self.period.clear();
        self.step = 0;
        self.total = 0;
    }
}

impl Share {
    /// The lag after so many steps, in units, rounded to the nearest.
    fn lag(&self, step: u64, total: u64) -> i64 {
        if total == 0 {
            return self.carried;
        }
        let share = (i128::from(step) * i128::from(self.weight)) << UNIT_BITS;
        let total = i128::from(total);
        let accrued = share / total + i128::from(2 * (share % total) >= total);
        let lag = i128::from(self.carried) + accrued - (i128::from(self.picks) << UNIT_BITS);
        clamp(lag)
    }
}

fn clamp(lag: i128) -> i64 {
    i64::try_from(lag).unwrap_or(if lag < 0 { i64::MIN } else { i64::MAX })
}

/// Numbers far outside any that can come up are nonsense from outside; this far they are borne
/// with, so that nothing overflows.
const MOST_LAG: i64 = 1 << (UNIT_BITS + 20);
const MOST_PICKS: i64 = 1 << 24;

/// How a candidate stands at a step, everything scaled by `(2n-2)` and units to stay in integers.
struct Claim<'a> {
    candidate: Candidate<'a>,
    /// The deadline times the weight over the total, so that deadlines compare crosswise.
    due: i128,
    weight: i128,
}

impl Claim<'_> {
    fn by_deadline(&self, other: &Self) -> Ordering {
        (self.due * other.weight)
            .cmp(&(other.due * self.weight))
            .then_with(|| self.candidate.by_wait(&other.candidate))
    }
}

impl Strategy for RoundRobin {
    fn enroll(&mut self, roster: &[Standing]) {
        self.end_period();
        // A member who is no longer in the roster is forgotten: coming back is joining anew.
        let mut carried: HashMap<MemberId, i64, FixedState> = self
            .members
            .drain(..)
            .map(|share| (share.member, share.carried))
            .collect();
        self.members = roster
            .iter()
            .map(|standing| Share {
                member: standing.member().clone(),
                weight: standing.weight(),
                carried: carried.remove(standing.member()).unwrap_or(0),
                picks: 0,
            })
            .collect();
    }

    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        let candidates = turn.candidates();
        self.begin_period(candidates);
        let n = i128::try_from(self.period.len()).ok()?;
        // For a single candidate any scale will do.
        let scale = (2 * n - 2).max(1);
        let total = i128::from(self.total);
        let step = i128::from(self.step) + 1;
        let unit = scale << UNIT_BITS;
        let mut eligible: Option<Claim<'_>> = None;
        let mut earliest: Option<Claim<'_>> = None;
        for candidate in candidates.iter() {
            let Some(share) = self.members.get(candidate.position()) else {
                continue;
            };
            let weight = i128::from(share.weight);
            // What the member has got, less what was carried over.
            let got = i128::from(share.picks) * unit - i128::from(share.carried) * scale;
            // lag >= 1/(2n-2), both sides times total, scale and unit.
            let is_eligible = step * weight * unit - got * total >= total << UNIT_BITS;
            let due = got + unit - (1 << UNIT_BITS);
            let claim = Claim {
                candidate,
                due,
                weight,
            };
            let best = if is_eligible {
                &mut eligible
            } else {
                &mut earliest
            };
            if best
                .as_ref()
                .is_none_or(|best| claim.by_deadline(best).is_lt())
            {
                *best = Some(claim);
            }
        }
        let position = eligible.or(earliest)?.candidate.position();
        self.members.get_mut(position)?.picks += 1;
        self.step += 1;
        if self.step == self.total {
            // After a whole cycle everybody's share is whole: begin again, lags unchanged.
            self.step = 0;
            for &position in &self.period {
                if let Some(share) = self.members.get_mut(position as usize) {
                    share.picks -= i64::from(share.weight);
                }
            }
        }
        Some(position)
    }

    /// The pick counts as if it had not been: where it was in the current period, neither the pick
    /// nor the step; where it was before, the member is owed the lead and the present candidates
    /// owe it together.
    fn give_back(&mut self, position: usize) {
        let Ok(code) = u32::try_from(position) else {
            return;
        };
        if self.period.binary_search(&code).is_ok() {
            if let Some(share) = self.members.get_mut(position) {
                share.picks -= 1;
            }
            if let Some(step) = self.step.checked_sub(1) {
                self.step = step;
            } else if let Some(last) = self.total.checked_sub(1) {
                // Back over the beginning of a cycle.
                self.step = last;
                for &position in &self.period {
                    if let Some(share) = self.members.get_mut(position as usize) {
                        share.picks += i64::from(share.weight);
                    }
                }
            }
        } else if let Some(share) = self.members.get_mut(position) {
            share.carried = share.carried.saturating_add(1 << UNIT_BITS).min(MOST_LAG);
        }
    }

    fn save(&self) -> StrategyState {
        let mut state = StrategyState::default();
        if self.total > 0 {
            state
                .shared
                .insert("step".into(), i64::try_from(self.step).unwrap_or(0));
        }
        for (position, share) in (0_u32..).zip(&self.members) {
            let mut numbers = IndexMap::new();
            if self.period.binary_search(&position).is_ok() {
                numbers.insert("picks".into(), share.picks);
                numbers.insert("weight".into(), i64::from(share.weight));
            }
            if share.carried != 0 {
                numbers.insert("carried".into(), share.carried);
            }
            if !numbers.is_empty() {
                state.members.insert(share.member.clone(), numbers);
            }
        }
        state
    }

    /// Goes on in the saved period if its members are all here with the weights of then; begins a
    /// new one from their lags otherwise.
    fn restore(&mut self, state: &StrategyState) {
        self.end_period();
        let number = |member: &MemberId, name: &str| state.member(member, name);
        let in_period = |numbers: &IndexMap<String, i64>| numbers.contains_key("picks");
        let weights = state.members.values().filter(|numbers| in_period(numbers));
        let total: i64 = weights
            .map(|numbers| numbers.get("weight").copied().unwrap_or(1))
            .map(|weight| weight.clamp(1, i64::from(u32::MAX)))
            .fold(0, i64::saturating_add);
        let total = total.unsigned_abs();
        let step = u64::try_from(state.shared("step"))
            .unwrap_or(0)
            .min(total.saturating_sub(1));
        let mut period = Vec::new();
        let mut same = true;
        for (position, share) in (0_u32..).zip(&mut self.members) {
            let weight = number(&share.member, "weight");
            share.carried = number(&share.member, "carried").clamp(-MOST_LAG, MOST_LAG);
            share.picks = 0;
            if state.members.get(&share.member).is_some_and(in_period) {
                share.picks = number(&share.member, "picks").clamp(-MOST_PICKS, MOST_PICKS);
                same &= weight == i64::from(share.weight);
                period.push(position);
            }
        }
        let saved = state
            .members
            .values()
            .filter(|numbers| in_period(numbers))
            .count();
        if same && saved == period.len() {
            (self.period, self.step, self.total) = (period, step, total);
            return;
        }
        for position in period {
            if let Some(share) = self.members.get_mut(position as usize) {
                let weight = number(&share.member, "weight").clamp(1, i64::from(u32::MAX));
                let then = Share {
                    weight: u32::try_from(weight).unwrap_or(1),
                    ..share.clone()
                };
                share.carried = then.lag(step, total).clamp(-MOST_LAG, MOST_LAG);
                share.picks = 0;
            }
        }
    }
}

#[cfg(test)]
#[path = "round_robin_tests.rs"]
mod tests;
