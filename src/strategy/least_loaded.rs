//! The least load for the weight.

use super::positions::ranking::Ranking;
use super::{Candidate, Memory, Standing, Strategy, Turn};

/// Picks the smallest (open + 1) / weight, or with the option `relative_to: capacity` the smallest
/// (open + 1) / capacity; ties go to who waited longest, then to listed order.
///
/// A member's capacity is `max_open`, the lower of that in the team and over all teams; who has none
/// counts as if it were the largest in the team.
///
/// The candidates are kept in that order, so a pick costs a few comparisons for each member whose
/// load has changed since the last one. No numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct LeastLoaded {
    /// Whether loads are measured by capacities, not by weights.
    by_capacity: bool,
}

/// The candidates in order.
#[derive(Debug, Default)]
struct LoadIndex {
    /// By position in the roster.
    claims: Vec<LoadClaim>,
    /// The candidates.
    order: Ranking,
}

/// How strong a member's claim to the next lead is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct LoadClaim {
    /// Open leads and one more.
    load: u64,
    weight: u64,
    last_turn: u64,
}

impl LoadClaim {
    fn new(candidate: &Candidate<'_>, weight: u64, last_turn: u64) -> Self {
        Self {
            load: u64::from(candidate.open()) + 1,
            weight,
            last_turn,
        }
    }
}

/// The most open leads; none if there is no such limit.
fn capacity(standing: &Standing) -> Option<u32> {
    let limits = [standing.limits(), standing.team_limits()];
    limits
        .into_iter()
        .filter_map(|limits| limits.max_open)
        .min()
}

/// Compares load / weight exactly.
#[inline]
fn before(claims: &[LoadClaim], one: usize, other: usize) -> bool {
    let (left, right) = (claims[one], claims[other]);
    let left_share = left.load * right.weight;
    let right_share = right.load * left.weight;
    (left_share, left.last_turn, one) < (right_share, right.last_turn, other)
}

impl LeastLoaded {
    /// Loads are compared by weights.
    pub fn new() -> Self {
        Self::default()
    }

    /// Compares loads by the members' capacities, in place of their weights.
    #[must_use]
    pub fn relative_to_capacity(mut self) -> Self {
        self.by_capacity = true;
        self
    }
}

impl LeastLoaded {
    /// By what each member's load is divided.
    fn weights(&self, roster: &[Standing]) -> impl Iterator<Item = u32> {
        let largest = roster.iter().filter_map(capacity).max().unwrap_or(1);
        let by_capacity = self.by_capacity;
        roster.iter().map(move |standing| {
            if by_capacity {
                capacity(standing).unwrap_or(largest).max(1)
            } else {
                standing.weight()
            }
        })
    }
}

impl Strategy for LeastLoaded {
    fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
        memory.with_index(|numbers, index: &mut LoadIndex| {
            let LoadIndex { claims, order } = index;
            let candidates = turn.candidates();
            if claims.len() != candidates.roster().len() {
                claims.clear();
                *order = Ranking::default();
                let weights = self.weights(candidates.roster());
                claims.extend(weights.map(|weight| LoadClaim {
                    weight: weight.into(),
                    ..LoadClaim::default()
                }));
            }
            for position in turn.changed() {
                match (candidates.get(position), claims.get_mut(position)) {
                    (Some(candidate), Some(claim)) => {
                        let last_turn = numbers.last_turn(position);
                        let present = LoadClaim::new(&candidate, claim.weight, last_turn);
                        if *claim != present || !order.contains(position) {
                            *claim = present;
                            order.place(position, |one, other| before(claims, one, other));
                        }
                    }
                    _ => order.remove(position, |one, other| before(claims, one, other)),
                }
            }
            order.first()
        })
    }

    fn ground(&self, turn: &Turn<'_>, _: &Memory, position: usize) -> Option<String> {
        let roster = turn.candidates().roster();
        let open = roster.get(position)?.load().open;
        let weight = self.weights(roster).nth(position)?;
        let measure = if self.by_capacity {
            "capacity"
        } else {
            "weight"
        };
        let leads = if open == 1 { "lead" } else { "leads" };
        Some(format!(
            "with the least load: {open} open {leads} for a {measure} of {weight}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Candidates, Load, Memory, Positions, Strategy as _};
    use super::*;
    use crate::{Lead, RotationId};

    proptest! {
        #[test]
        fn kept_up_is_as_looked_up(
            weights in prop::collection::vec(1_u32..4, 2..40),
            changes in prop::collection::vec((0_usize..40, 0_u32..6, any::<bool>()), 1..200),
        ) {
            let mut roster: Vec<_> = weights
                .iter()
                .enumerate()
                .map(|(number, &weight)| Standing::new(format!("m-{number}"), weight))
                .collect();
            let mut eligible: Positions = (0..roster.len()).collect();
            let mut changed: Vec<usize> = eligible.iter().collect();
            let strategy = LeastLoaded::new();
            let mut memory = Memory::new(strategy.number_names(), roster.len());
            let lead = Lead::builder("L-1").build();
            let rotation = RotationId::from("r");
            for (position, open, is_in) in changes {
                let position = position % roster.len();
                roster[position].load.open = open;
                eligible.set(position, is_in);
                changed.push(position);
                let candidates = Candidates::new(&roster, &eligible);
                let this = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
                let picked = strategy.choose(&this.with_changed(&changed), &mut memory);
                // Every weight below 4 divides 12.
                let share = |it: usize| (roster[it].load.open + 1) * (12 / weights[it]);
                let least = eligible.iter().min_by_key(|&it| (share(it), memory.numbers().last_turn(it), it));
                prop_assert_eq!(picked, least);
                changed.clear();
                if let Some(picked) = picked {
                    roster[picked].load.add(1);
                    memory.take_turn(picked);
                    changed.push(picked);
                }
            }
        }

        #[test]
        fn never_picks_a_fuller_member(
            members in prop::collection::vec((0_u32..50, 1_u32..10), 1..12),
            turns in prop::collection::vec(0_usize..12, 0..6),
        ) {
            let roster: Vec<_> = members
                .iter()
                .enumerate()
                .map(|(number, &(open, weight))| {
                    Standing::new(format!("m-{number}"), weight).with_load(Load::new(open, 0))
                })
                .collect();
            let positions: Positions = (0..roster.len()).collect();
            let lead = Lead::builder("L-1").build();
            let rotation = RotationId::from("r");
            let candidates = Candidates::new(&roster, &positions);
            let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
            let strategy = LeastLoaded::new();
            let mut memory = Memory::new(strategy.number_names(), roster.len());
            for position in turns {
                memory.take_turn(position);
            }
            let picked = strategy.choose(&turn, &mut memory).unwrap();
            let (open, weight) = members[picked];
            for (position, &(other_open, other_weight)) in members.iter().enumerate() {
                let (mine, others) = ((open + 1) * other_weight, (other_open + 1) * weight);
                let waits = |it| memory.numbers().last_turn(it);
                prop_assert!(mine < others || (mine == others && waits(picked) <= waits(position)));
            }
        }
    }
}
