//! By turns, provably fair.

use super::memory::{Memory, NumberNames, Numbers};
use super::positions::positions::Positions;
use super::turns::even_period::EvenPeriod;
use super::turns::next_turn::next_turn;
use super::turns::share::{LEAD, Share};
use super::turns::turn_order::TurnOrder;
use super::{Standing, Strategy, Turn};
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
/// It remembers three numbers a member and two of the whole.
#[derive(Debug, Clone, Copy, Default)]
pub struct RoundRobin;

/// Numbers of the whole: leads since the period began; the weights of its candidates together.
const STEP: usize = 0;
const TOTAL: usize = 1;

/// Numbers of a member: the weight in the period, 0 if it is no candidate; the picks, and what is
/// to be taken off them, in units.
const WEIGHT: usize = 0;
const PICKS: usize = 1;
const CARRIED: usize = 2;

/// The numbers at work, and the order of turns.
#[derive(Debug, Default)]
struct TurnIndex {
    /// By position in the roster.
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

/// Numbers far outside any that can come up are nonsense from outside; this far they are borne
/// with, so that nothing overflows.
const MOST_PICKS: i64 = 1 << 32;
const MOST_TOTAL: i64 = 1 << 40;

impl RoundRobin {
    /// Turns in proportion to the weights.
    pub fn new() -> Self {
        Self
    }
}

/// What a member has spent, in units.
fn spent(numbers: &Numbers, position: usize) -> i128 {
    let picks = numbers.member(position, PICKS);
    let carried = numbers.member(position, CARRIED);
    i128::from(picks.clamp(-MOST_PICKS, MOST_PICKS)) * LEAD - i128::from(carried)
}

/// Sets what a member has spent.
#[inline]
fn set_spent(numbers: &mut Numbers, position: usize, spent: i128) {
    let picks = -(-spent).div_euclid(LEAD);
    let number = |number: i128| i64::try_from(number).unwrap_or(0);
    numbers.set_member(position, PICKS, number(picks));
    numbers.set_member(position, CARRIED, number(picks * LEAD - spent));
}

/// Whole cycles tell nothing, however many leads were given back.
fn take_cycles_off_numbers(numbers: &mut Numbers, members: usize) {
    let total = numbers.shared(TOTAL).clamp(0, MOST_TOTAL);
    let step = numbers.shared(STEP);
    if total == 0 || step.unsigned_abs() >> 10 < total.unsigned_abs() {
        return;
    }
    let cycles = step.div_euclid(total);
    numbers.set_shared(STEP, step.rem_euclid(total));
    for position in 0..members {
        let weight = i64::from(weight_of_then(numbers, position));
        let picks = numbers.member(position, PICKS);
        numbers.set_member(
            position,
            PICKS,
            picks.saturating_sub(cycles.saturating_mul(weight)),
        );
    }
}

fn period(numbers: &Numbers) -> EvenPeriod {
    let total = numbers.shared(TOTAL).clamp(0, MOST_TOTAL);
    let most_steps = total << 11;
    EvenPeriod {
        step: numbers.shared(STEP).clamp(-most_steps, most_steps),
        total: total.unsigned_abs(),
        count: 0,
    }
}

impl TurnIndex {
    /// Takes the numbers up: goes on in their period if all who were its candidates are here with the
    /// weights of then; begins a new one from everybody's lag otherwise.
    fn take_up(&mut self, numbers: &mut Numbers, roster: &[Standing]) {
        *self = Self::default();
        take_cycles_off_numbers(numbers, roster.len());
        self.period = period(numbers);
        let mut total = 0;
        let mut is_same = true;
        for (position, standing) in roster.iter().enumerate() {
            let spent = spent(numbers, position);
            set_spent(numbers, position, spent);
            self.shares.push(Share {
                spent,
                last_turn: numbers.last_turn(position),
                weight: standing.weight(),
            });
            let weight = weight_of_then(numbers, position);
            if weight > 0 {
                self.candidates.insert(position);
                total += u64::from(weight);
                is_same &= weight == standing.weight();
            }
        }
        self.period.count = self.candidates.len();
        numbers.set_shared(STEP, self.period.step);
        if is_same && total == self.period.total {
            return;
        }
        let due = self.period.due();
        for (position, share) in self.shares.iter_mut().enumerate() {
            let weight = weight_of_then(numbers, position);
            if weight > 0 {
                share.spent -= due.of(weight);
                set_spent(numbers, position, share.spent);
                numbers.set_member(position, WEIGHT, 0);
            }
        }
        self.candidates.clear();
        self.period = EvenPeriod::default();
        numbers.set_shared(STEP, 0);
        numbers.set_shared(TOTAL, 0);
    }

    /// Learns who stands otherwise; begins a new period if others are candidates than before.
    fn keep_up(&mut self, numbers: &mut Numbers, turn: &Turn<'_>) {
        let candidates = turn.candidates();
        if self.shares.len() != candidates.roster().len() {
            self.take_up(numbers, candidates.roster());
        }
        for position in turn.changed() {
            let Some(share) = self.shares.get_mut(position) else {
                continue;
            };
            let is_candidate = candidates.contains(position);
            let last_turn = numbers.last_turn(position);
            if is_candidate && last_turn != share.last_turn {
                share.last_turn = last_turn;
                // Turns break ties among those who are eligible; who was picked is not yet again.
                if self.is_ordered && self.order.is_eligible(position) {
                    self.unsettle();
                }
            }
            if is_candidate != self.candidates.contains(position) {
                self.set_candidate(numbers, position, is_candidate);
            }
        }
    }

    /// The member comes or goes: a new period begins.
    fn set_candidate(&mut self, numbers: &mut Numbers, position: usize, is_in: bool) {
        self.end_period(numbers);
        let Some(share) = self.shares.get(position) else {
            return;
        };
        self.candidates.set(position, is_in);
        let (period, weight) = (&mut self.period, share.weight);
        if is_in {
            period.total += u64::from(weight);
            period.count += 1;
        } else {
            period.total -= u64::from(weight);
            period.count -= 1;
        }
        numbers.set_member(position, WEIGHT, if is_in { weight.into() } else { 0 });
        let total = i64::try_from(period.total).unwrap_or(MOST_TOTAL);
        numbers.set_shared(TOTAL, total);
    }

    /// Everybody carries the lag so far over to the period that begins.
    fn end_period(&mut self, numbers: &mut Numbers) {
        self.unsettle();
        if self.period.step == 0 {
            return;
        }
        let due = self.period.due();
        self.take_off(numbers, |weight| due.of(weight));
        self.period.step = 0;
        numbers.set_shared(STEP, 0);
    }

    /// Takes that much off what each candidate has spent, by weight.
    fn take_off(&mut self, numbers: &mut Numbers, units: impl Fn(u32) -> i128) {
        for position in self.candidates.iter() {
            if let Some(share) = self.shares.get_mut(position) {
                share.spent -= units(share.weight);
                set_spent(numbers, position, share.spent);
            }
        }
    }

    /// The order is not that of the present step.
    fn unsettle(&mut self) {
        self.is_ordered = false;
        self.calm = 0;
    }

    /// Whole cycles tell nothing.
    fn take_cycles_off(&mut self, numbers: &mut Numbers) {
        let cycles = self.period.cycles();
        if cycles == 0 {
            return;
        }
        self.unsettle();
        self.period.step -= cycles * i64::try_from(self.period.total).unwrap_or(0);
        self.take_off(numbers, |weight| {
            i128::from(cycles) * i128::from(weight) * LEAD
        });
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
        let pick = next_turn(&self.shares, self.candidates.iter(), &self.period)?;
        self.calm = if pick.is_calm { self.calm + 1 } else { 0 };
        Some(pick.position)
    }

    /// Counts a pick and the step.
    fn count(&mut self, numbers: &mut Numbers, position: usize) {
        if let Some(share) = self.shares.get_mut(position) {
            share.spent += LEAD;
            numbers.add_to_member(position, PICKS, 1);
            if self.is_ordered {
                self.order.count(position, share.last_turn);
            }
        }
        self.period.step += 1;
        if self.period.cycles_are_many() {
            self.take_cycles_off(numbers);
        }
        numbers.set_shared(STEP, self.period.step);
    }
}

/// The weight that a member had in the period of the numbers; 0 if it was no candidate.
fn weight_of_then(numbers: &Numbers, position: usize) -> u32 {
    let weight = numbers.member(position, WEIGHT);
    u32::try_from(weight.clamp(0, MAX_WEIGHT.into())).unwrap_or(0)
}

impl Strategy for RoundRobin {
    fn number_names(&self) -> NumberNames {
        NumberNames::new(&["step", "total"], &["weight", "picks", "carried"])
    }

    fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
        memory.with_index(|numbers, index: &mut TurnIndex| {
            index.keep_up(numbers, turn);
            let position = index.first()?;
            index.count(numbers, position);
            Some(position)
        })
    }

    /// The member spends a lead, and everybody's share of it is due: as if the member had been picked.
    fn count_named(&self, turn: &Turn<'_>, memory: &mut Memory, position: usize) {
        memory.with_index(|numbers, index: &mut TurnIndex| {
            index.keep_up(numbers, turn);
            // With nobody there whose turn it could have been, it was nobody's.
            if index.period.count > 0 {
                index.unsettle();
                index.count(numbers, position);
            }
        });
    }

    fn ground(&self, turn: &Turn<'_>, memory: &Memory, position: usize) -> Option<String> {
        let weight = turn.candidates().roster().get(position)?.weight();
        let numbers = memory.numbers();
        // With the pick not yet counted, its step already.
        let behind = period(numbers).due().of(weight) - spent(numbers, position) + LEAD;
        #[expect(clippy::cast_precision_loss, reason = "told with two digits")]
        let behind = behind as f64 / LEAD as f64;
        Some(if behind < 0.0 {
            let ahead = -behind;
            format!("whose turn it was: {ahead:.2} of a lead ahead of the share, others further")
        } else {
            format!("whose turn it was: {behind:.2} of a lead behind the share")
        })
    }

    /// Neither the pick counts nor the step: the member is owed the lead, and the candidates of the
    /// current period owe it together.
    fn give_back(&self, memory: &mut Memory, position: usize) {
        // Others may be eligible only later.
        let numbers = memory.numbers_mut();
        numbers.add_to_member(position, PICKS, -1);
        // Whoever are candidates owe it together, as all had a share in the step.
        if numbers.shared(TOTAL) > 0 {
            numbers.set_shared(STEP, numbers.shared(STEP).saturating_sub(1));
        }
    }
}

#[cfg(test)]
#[path = "round_robin_tests.rs"]
mod tests;
