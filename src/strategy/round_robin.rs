//! By turns, provably fair.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::even_period::EvenPeriod;
use super::positions::Positions;
use super::share::{LEAD, Share};
use super::turn_order::TurnOrder;
use super::whose_turn::whose_turn;
use super::{Standing, Strategy, StrategyState, Turn};
use crate::id::MemberId;
use crate::limits::MAX_WEIGHT;

/// After how many turns of the same candidates it pays to put them in order.
const SETTLED: u32 = 4;

/// Weighted turns within proven bounds.
///
/// A member's *lag* is its share so far less its count so far. Shares accrue only among those who are
/// candidates: who is away gathers neither debt nor credit and comes back with the lag of before;
/// who is new begins at zero, level with the others.
///
/// - While the same `n >= 2` candidates with the same weights are offered, from all level, every
///   count stays within `1 - 1/(2n-2)` of its share `t * weight / sum`, at every step `t`, exactly
///   (R. Tijdeman, "The chairman assignment problem", 1980; no method can promise less).
/// - Whoever comes, goes or changes weight, however often, every lag stays within `floor(n/2)`, for
///   ever, where `n` counts everybody who has ever been in the rotation. The
///   [guide](crate::guide::fairness) has the proof. Turns that are given back, or taken by name,
///   come on top.
///
/// At each step a member is eligible whose lag, this step included, is at least `1/(2n-2)` for `n`
/// candidates; of these the one with the earliest deadline is picked, which is the moment at which
/// its lag would pass the bound. If nobody is eligible or two are overdue, as can happen after a
/// change only, who is furthest behind is picked, until that is over. Ties go to who waited
/// longest, then to listed order.
///
/// The arithmetic is exact in integers, and does not drift however long a period of the same
/// candidates goes on. When a new period begins, what each was due in the last is rounded to the
/// nearest multiple of 2^-40 of a lead.
///
/// A pick costs a few comparisons for each doubling of the candidates: those who are eligible are
/// kept in the order of their deadlines, the others in that of the moments at which they will be.
/// The first turns after a change, and those in which somebody is furthest behind, are one pass over
/// the candidates instead, and nothing is kept.
///
/// State: two numbers a member.
#[derive(Debug, Clone, Default)]
pub struct RoundRobin {
    /// By position in the roster, as are the shares.
    members: Vec<MemberId>,
    shares: Vec<Share>,
    /// Who is a candidate of the period.
    candidates: Positions,
    period: EvenPeriod,
    /// The last how many turns were by Tijdeman's rule, by a pass over the same candidates.
    calm: u32,
    order: TurnOrder,
    /// Whether the order is that of the present step.
    is_ordered: bool,
}

impl RoundRobin {
    /// A rotation at its beginning: nobody has had a turn.
    pub fn new() -> Self {
        Self::default()
    }

    /// Learns who stands otherwise; begins a new period if others are candidates than before.
    fn keep_up(&mut self, turn: &Turn<'_>) {
        let candidates = turn.candidates();
        for position in turn.changed() {
            let Some(share) = self.shares.get_mut(position) else {
                continue;
            };
            let candidate = candidates.get(position);
            if let Some(candidate) = candidate
                && candidate.last_turn() != share.last_turn
            {
                share.last_turn = candidate.last_turn();
                // Turns break ties among those who are eligible; who was picked is not yet again.
                if self.is_ordered && self.order.is_eligible(position) {
                    self.unsettle();
                }
            }
            if candidate.is_some() != self.candidates.contains(position) {
                self.set_candidate(position, candidate.is_some());
            }
        }
    }

    /// The member comes or goes: a new period begins.
    fn set_candidate(&mut self, position: usize, is_in: bool) {
        self.end_period();
        let Some(share) = self.shares.get(position) else {
            return;
        };
        self.candidates.set(position, is_in);
        let (period, weight) = (&mut self.period, u64::from(share.weight));
        if is_in {
            period.total += weight;
            period.count += 1;
        } else {
            period.total -= weight;
            period.count -= 1;
        }
    }

    /// Everybody carries the lag so far over to the period that begins.
    fn end_period(&mut self) {
        self.unsettle();
        if self.period.step == 0 {
            return;
        }
        let due = self.period.due();
        for position in self.candidates.iter() {
            if let Some(share) = self.shares.get_mut(position) {
                share.spent -= due.of(share.weight);
            }
        }
        self.period.step = 0;
    }

    /// The order is not that of the present step.
    fn unsettle(&mut self) {
        self.is_ordered = false;
        self.calm = 0;
    }

    /// Whole cycles tell nothing.
    fn take_cycles_off(&mut self) {
        let cycles = self.period.cycles();
        if cycles == 0 {
            return;
        }
        self.unsettle();
        self.period.step -= cycles * i64::try_from(self.period.total).unwrap_or(0);
        for position in self.candidates.iter() {
            if let Some(share) = self.shares.get_mut(position) {
                share.spent -= i128::from(cycles) * i128::from(share.weight) * LEAD;
            }
        }
    }

    /// Whose turn it is, by the order if there is one.
    fn first(&mut self) -> Option<usize> {
        if self.calm >= SETTLED && !self.is_ordered {
            self.order
                .arrange(&self.shares, &self.candidates, &self.period);
            self.is_ordered = true;
        }
        if self.is_ordered
            && let Some(position) = self.order.take_first(&self.shares)
        {
            return Some(position);
        }
        self.is_ordered = false;
        let pick = whose_turn(&self.shares, self.candidates.iter(), &self.period)?;
        self.calm = if pick.is_calm { self.calm + 1 } else { 0 };
        Some(pick.position)
    }

    /// Counts a pick and the step.
    fn count(&mut self, position: usize) {
        if let Some(share) = self.shares.get_mut(position) {
            share.spent += LEAD;
            if self.is_ordered {
                self.order.count(position, share.last_turn);
            }
        }
        self.period.step += 1;
        if self.period.cycles_are_many() {
            self.take_cycles_off();
        }
    }
}

/// Numbers far outside any that can come up are nonsense from outside; this far they are borne
/// with, so that nothing overflows.
const MOST_PICKS: i64 = 1 << 21;

/// What a saved member had spent, in units.
fn saved_spent(state: &StrategyState, member: &MemberId) -> i128 {
    let picks = state.member(member, "picks").clamp(-MOST_PICKS, MOST_PICKS);
    i128::from(picks) * LEAD - i128::from(state.member(member, "carried"))
}

/// The weight that a member had in the saved period, if it was a candidate.
fn saved_weight(numbers: &IndexMap<String, i64>) -> Option<u32> {
    let weight = (*numbers.get("weight")?).clamp(1, MAX_WEIGHT.into());
    u32::try_from(weight).ok()
}

impl Strategy for RoundRobin {
    fn enroll(&mut self, roster: &[Standing]) {
        self.end_period();
        // A member who is no longer in the roster is forgotten: coming back is joining anew.
        let members = std::mem::take(&mut self.members);
        let spent = self.shares.iter().map(|share| share.spent);
        let mut spent: HashMap<MemberId, i128, FixedState> =
            members.into_iter().zip(spent).collect();
        let shares = roster.iter().map(|standing| Share {
            spent: spent.remove(standing.member()).unwrap_or(0),
            last_turn: standing.last_turn(),
            weight: standing.weight(),
        });
        *self = Self {
            shares: shares.collect(),
            members: roster.iter().map(|it| it.member().clone()).collect(),
            ..Self::default()
        };
    }

    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        self.keep_up(turn);
        let position = self.first()?;
        self.count(position);
        Some(position)
    }

    /// The member spends a lead, and everybody's share of it is due: as if the member had been picked.
    fn take_turn(&mut self, turn: &Turn<'_>, position: usize) {
        self.keep_up(turn);
        // With nobody there whose turn it could have been, it was nobody's.
        if self.period.count > 0 {
            self.unsettle();
            self.count(position);
        }
    }

    fn ground(&self, _: &Turn<'_>, position: usize) -> Option<String> {
        let share = self.shares.get(position)?;
        // With the pick not yet counted, its step already.
        let behind = self.period.due().of(share.weight) - share.spent + LEAD;
        #[expect(clippy::cast_precision_loss, reason = "told with two digits")]
        let behind = behind as f64 / LEAD as f64;
        Some(if behind < 0.0 {
            let ahead = -behind;
            format!("whose turn it was: {ahead:.2} of a lead ahead of the share, others further")
        } else {
            format!("whose turn it was: {behind:.2} of a lead behind the share")
        })
    }

    /// The pick counts as if it had not been: where it was in the current period, neither the pick
    /// nor the step; where it was before, the member is owed the lead and the present candidates
    /// owe it together.
    fn give_back(&mut self, position: usize) {
        let Some(share) = self.shares.get_mut(position) else {
            return;
        };
        share.spent -= LEAD;
        if self.candidates.contains(position) {
            self.period.step -= 1;
            // Others may be eligible only later.
            self.unsettle();
        }
    }

    fn save(&self) -> StrategyState {
        let mut state = StrategyState::default();
        // Numbers are stored less the whole cycles.
        let cycles = self.period.cycles();
        if let Ok(total @ 1..) = i64::try_from(self.period.total) {
            let step = self.period.step - cycles * total;
            state.shared.insert("step".into(), step);
        }
        for (position, (member, share)) in self.members.iter().zip(&self.shares).enumerate() {
            let is_in = self.candidates.contains(position);
            let cycles = if is_in { cycles.into() } else { 0 };
            let spent = share.spent - cycles * i128::from(share.weight) * LEAD;
            let picks = -(-spent).div_euclid(LEAD);
            let carried = picks * LEAD - spent;
            let number = |number: i128| i64::try_from(number).unwrap_or(0);
            let picks = number(picks).clamp(-MOST_PICKS, MOST_PICKS);
            let carried = number(carried);
            let mut numbers = IndexMap::new();
            if is_in {
                numbers.insert("weight".into(), share.weight.into());
            }
            if is_in || picks != 0 {
                numbers.insert("picks".into(), picks);
            }
            if carried != 0 {
                numbers.insert("carried".into(), carried);
            }
            if !numbers.is_empty() {
                state.members.insert(member.clone(), numbers);
            }
        }
        state
    }

    /// Goes on in the saved period if its members are all here with the weights of then; begins a
    /// new one from their lags otherwise.
    fn restore(&mut self, state: &StrategyState) {
        let weights = state.members.values().filter_map(saved_weight);
        let saved_count = weights.clone().count();
        let total: u64 = weights.map(u64::from).sum();
        let last = i64::try_from(total.saturating_sub(1)).unwrap_or(i64::MAX);
        self.unsettle();
        self.candidates.clear();
        self.period = EvenPeriod {
            step: state.shared("step").clamp(0, last),
            total,
            count: saved_count,
        };
        let saved = |member: &MemberId| state.members.get(member).and_then(saved_weight);
        let mut is_same = true;
        for (position, (member, share)) in self.members.iter().zip(&mut self.shares).enumerate() {
            share.spent = saved_spent(state, member);
            if let Some(weight) = saved(member) {
                self.candidates.insert(position);
                is_same &= weight == share.weight;
            }
        }
        if is_same && saved_count == self.candidates.len() {
            return;
        }
        let due = self.period.due();
        for (member, share) in self.members.iter().zip(&mut self.shares) {
            if let Some(weight) = saved(member) {
                share.spent -= due.of(weight);
            }
        }
        self.candidates.clear();
        self.period = EvenPeriod::default();
    }
}

#[cfg(test)]
#[path = "round_robin_tests.rs"]
mod tests;
