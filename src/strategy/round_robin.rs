//! By turns, provably fair.

use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::{BinaryHeap, HashMap};

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::moment::Moment;
use super::{Standing, Strategy, StrategyState, Turn};
use crate::id::MemberId;

/// A lead, in the units that are carried over a change.
const LEAD: i128 = 1 << 40;

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
/// When candidates or weights change, a new period begins at once, with the bound of those who are
/// candidates now, from the lags so far. What a whole share of one is worth by then is rounded to
/// the nearest multiple of 2^-40, so each lag is carried over within `weight * 2^-41` of a lead.
/// Shares accrue only among those who are candidates: who is away gathers neither debt nor credit
/// and comes back with the lag of before; who is new begins at zero, level with the others. The
/// bound holds from the first step of a period that begins with all candidates level; lags that are
/// carried over otherwise come on top, and over many periods can add up.
///
/// A pick costs a few comparisons for each doubling of the candidates: those who are eligible are
/// kept in the order of their deadlines, the others in that of the moments at which they will be.
/// Both moments depend on `n`, so a new period puts everybody in order anew, which is linear in the
/// roster; so are the turn after one was given back, and one in which nobody is eligible.
///
/// State: two numbers a member.
#[derive(Debug, Clone, Default)]
pub struct RoundRobin {
    /// By position in the roster.
    members: Vec<Share>,
    /// Steps of the period.
    step: i64,
    /// The weights of the period's candidates together.
    total: u64,
    /// How many candidates the period has.
    count: usize,
    /// `2n-2` of the bound.
    scale: u64,
    /// `scale` times what a weight of one will be due after the next step, over `total`.
    reach: Moment,
    /// How much later that is with each step.
    stride: Moment,
    /// The candidates who are eligible, by deadline.
    eligible: BinaryHeap<Reverse<Claim>>,
    /// The candidates who are not eligible yet, by the moment at which they will be.
    waiting: BinaryHeap<Reverse<Claim>>,
    /// Whether both orders, and all moments, are those of the present step.
    is_ordered: bool,
}

/// What a member has got and is due. Moments are in `scale` times what a weight of one is due by
/// then, over the weight.
#[derive(Debug, Clone)]
struct Share {
    member: MemberId,
    weight: u32,
    /// Whether the member is a candidate of the period.
    is_in: bool,
    /// Whether it is known to be eligible.
    is_eligible: bool,
    last_turn: u64,
    /// Picks since the period began, less the lag when it did; for who is away, less the lag. In
    /// units.
    spent: i128,
    /// When the lag will be enough for the next pick.
    release: Moment,
    pace: Pace,
}

impl Share {
    fn weight(&self) -> i128 {
        self.weight.into()
    }

    /// Works out the moments of the next pick.
    fn look_ahead(&mut self, pace: Pace, scale: u64) {
        let release = self.spent * i128::from(scale) + LEAD;
        self.release = Moment::new(release, self.weight.into());
        self.pace = pace;
    }

    /// Counts a pick.
    #[inline]
    fn count(&mut self) {
        self.spent += LEAD;
        self.release = self.release.after(self.pace.lead, self.weight.into());
    }

    /// When the lag would pass the bound.
    #[inline]
    fn deadline(&self) -> Moment {
        self.release.after(self.pace.window, self.weight.into())
    }

    /// The member's place in an order by one of its moments.
    #[inline]
    fn claim(&self, moment: Moment, position: usize) -> Reverse<Claim> {
        Reverse(Claim {
            moment: moment.whole,
            last_turn: self.last_turn,
            position,
        })
    }
}

/// How fast a member of a certain weight comes to be due.
#[derive(Debug, Clone, Copy, Default)]
struct Pace {
    /// From one pick to the next.
    lead: Moment,
    /// From being eligible to the deadline.
    window: Moment,
}

impl Pace {
    fn new(weight: u32, scale: u64) -> Self {
        let scale = i128::from(scale);
        Self {
            lead: Moment::new(LEAD * scale, weight.into()),
            window: Moment::new(LEAD * (scale - 2), weight.into()),
        }
    }
}

/// A member's place in an order: by moment, then by wait.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    moment: i128,
    last_turn: u64,
    position: usize,
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
            let Some(share) = self.members.get_mut(position) else {
                continue;
            };
            let candidate = candidates.get(position);
            if let Some(candidate) = candidate
                && candidate.last_turn() != share.last_turn
            {
                share.last_turn = candidate.last_turn();
                // Turns break ties among those who are eligible; who was picked is not yet again.
                self.is_ordered &= !share.is_eligible;
            }
            if candidate.is_some() != share.is_in {
                self.set_candidate(position, candidate.is_some());
            }
        }
    }

    /// The member comes or goes: a new period begins.
    fn set_candidate(&mut self, position: usize, is_in: bool) {
        self.end_period();
        let Some(share) = self.members.get_mut(position) else {
            return;
        };
        share.is_in = is_in;
        if is_in {
            self.total += u64::from(share.weight);
            self.count += 1;
        } else {
            self.total -= u64::from(share.weight);
            self.count -= 1;
        }
    }

    /// Everybody carries the lag so far over to the period that begins.
    fn end_period(&mut self) {
        self.is_ordered = false;
        if self.step == 0 {
            return;
        }
        let due = due(self.step, self.total);
        for share in self.members.iter_mut().filter(|share| share.is_in) {
            share.spent -= share.weight() * due;
        }
        self.step = 0;
    }

    /// How many whole cycles of `total` steps the period has had, in each of which everybody is due
    /// as many leads as the weight.
    fn cycles(&self) -> i64 {
        let total = i64::try_from(self.total).unwrap_or(i64::MAX);
        self.step.div_euclid(total.max(1))
    }

    /// Puts all candidates in order. Linear.
    fn put_in_order(&mut self) {
        // For a single candidate any scale will do.
        self.scale = (2 * self.count as u64).saturating_sub(2).max(1);
        let cycles = self.cycles();
        self.step -= cycles * i64::try_from(self.total).unwrap_or(0);
        let scale = i128::from(self.scale);
        self.reach = Moment::new((i128::from(self.step) + 1) * LEAD * scale, self.total);
        self.stride = Moment::new(LEAD * scale, self.total);
        let mut waiting = std::mem::take(&mut self.waiting).into_vec();
        waiting.clear();
        self.eligible.clear();
        // Neighbours are often of the same weight.
        let mut pace = (0, Pace::default());
        for (position, share) in self.members.iter_mut().enumerate() {
            share.is_eligible = false;
            if share.is_in {
                if pace.0 != share.weight {
                    pace = (share.weight, Pace::new(share.weight, self.scale));
                }
                share.spent -= i128::from(cycles) * share.weight() * LEAD;
                share.look_ahead(pace.1, self.scale);
                waiting.push(share.claim(share.release, position));
            }
        }
        self.waiting = waiting.into();
        self.is_ordered = true;
    }

    /// Moves those who are eligible by now: whose lag, the next step included, is at least
    /// `1/scale`.
    fn look_who_is_eligible(&mut self) {
        while let Some(first) = self.waiting.peek_mut() {
            let position = first.0.position;
            let Some(share) = self.members.get_mut(position) else {
                break;
            };
            if !share
                .release
                .is_by(share.weight.into(), self.reach, self.total)
            {
                break;
            }
            share.is_eligible = true;
            self.eligible.push(share.claim(share.deadline(), position));
            PeekMut::pop(first);
        }
    }

    /// Takes out whose turn it is: the earliest deadline of those who are eligible; of all, if
    /// nobody is.
    fn take_first(&mut self) -> Option<usize> {
        if let Some(Reverse(first)) = self.eligible.pop() {
            return Some(first.position);
        }
        // The one is not the first of those who wait, so their order is to be made anew.
        self.is_ordered = false;
        let of_all = self.waiting.iter().filter_map(|Reverse(claim)| {
            let share = self.members.get(claim.position)?;
            Some(share.claim(share.deadline(), claim.position))
        });
        of_all.max().map(|Reverse(first)| first.position)
    }

    /// Counts the pick of one who was taken out.
    fn count(&mut self, position: usize) {
        let Some(share) = self.members.get_mut(position) else {
            return;
        };
        share.count();
        share.is_eligible = false;
        self.waiting.push(share.claim(share.release, position));
        self.step += 1;
        self.reach = self.reach.after(self.stride, self.total);
        if self.cycles_are_many() {
            self.is_ordered = false;
        }
    }

    /// Whether whole cycles are to be taken off, so that numbers stay small however long it goes on.
    fn cycles_are_many(&self) -> bool {
        self.step.unsigned_abs() >= self.total.saturating_mul(1 << 10)
    }
}

/// What a weight of one is due after so many steps, in units, rounded to the nearest.
fn due(step: i64, total: u64) -> i128 {
    let total = i128::from(total.max(1));
    (i128::from(step) * LEAD + total / 2).div_euclid(total)
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
    let weight = (*numbers.get("weight")?).clamp(1, u32::MAX.into());
    u32::try_from(weight).ok()
}

impl Strategy for RoundRobin {
    fn enroll(&mut self, roster: &[Standing]) {
        self.end_period();
        // A member who is no longer in the roster is forgotten: coming back is joining anew.
        let members = std::mem::take(&mut self.members);
        let mut spent: HashMap<&MemberId, i128, FixedState> = members
            .iter()
            .map(|share| (&share.member, share.spent))
            .collect();
        let members = roster.iter().map(|standing| Share {
            member: standing.member().clone(),
            weight: standing.weight(),
            is_in: false,
            is_eligible: false,
            last_turn: standing.last_turn(),
            spent: spent.remove(standing.member()).unwrap_or(0),
            release: Moment::default(),
            pace: Pace::default(),
        });
        *self = Self {
            members: members.collect(),
            ..Self::default()
        };
    }

    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        self.keep_up(turn);
        if !self.is_ordered {
            self.put_in_order();
        }
        self.look_who_is_eligible();
        let position = self.take_first()?;
        self.count(position);
        Some(position)
    }

    /// The pick counts as if it had not been: where it was in the current period, neither the pick
    /// nor the step; where it was before, the member is owed the lead and the present candidates
    /// owe it together.
    fn give_back(&mut self, position: usize) {
        let Some(share) = self.members.get_mut(position) else {
            return;
        };
        share.spent -= LEAD;
        if share.is_in {
            self.step -= 1;
            // Others may be eligible only later.
            self.is_ordered = false;
        }
    }

    fn save(&self) -> StrategyState {
        let mut state = StrategyState::default();
        // Numbers are stored less the whole cycles.
        let cycles = self.cycles();
        if let Ok(total @ 1..) = i64::try_from(self.total) {
            let step = self.step - cycles * total;
            state.shared.insert("step".into(), step);
        }
        for share in &self.members {
            let cycles = if share.is_in { cycles.into() } else { 0 };
            let spent = share.spent - cycles * share.weight() * LEAD;
            let picks = -(-spent).div_euclid(LEAD);
            let carried = picks * LEAD - spent;
            let number = |number: i128| i64::try_from(number).unwrap_or(0);
            let picks = number(picks).clamp(-MOST_PICKS, MOST_PICKS);
            let carried = number(carried);
            let mut numbers = IndexMap::new();
            if share.is_in {
                numbers.insert("weight".into(), share.weight.into());
            }
            if share.is_in || picks != 0 {
                numbers.insert("picks".into(), picks);
            }
            if carried != 0 {
                numbers.insert("carried".into(), carried);
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
        let weights = state.members.values().filter_map(saved_weight);
        let saved_count = weights.clone().count();
        let total: u64 = weights.map(u64::from).sum();
        let last = i64::try_from(total.saturating_sub(1)).unwrap_or(i64::MAX);
        *self = Self {
            members: std::mem::take(&mut self.members),
            step: state.shared("step").clamp(0, last),
            total,
            ..Self::default()
        };
        let mut is_same = true;
        for share in &mut self.members {
            let weight = state.members.get(&share.member).and_then(saved_weight);
            share.is_in = weight.is_some();
            share.spent = saved_spent(state, &share.member);
            self.count += usize::from(share.is_in);
            is_same &= weight.is_none_or(|weight| weight == share.weight);
        }
        if is_same && saved_count == self.count {
            return;
        }
        let due = due(self.step, self.total);
        for share in self.members.iter_mut().filter(|share| share.is_in) {
            let weight = state.members.get(&share.member).and_then(saved_weight);
            share.spent -= i128::from(weight.unwrap_or(0)) * due;
            share.is_in = false;
        }
        (self.step, self.total, self.count) = (0, 0, 0);
    }
}

#[cfg(test)]
#[path = "round_robin_tests.rs"]
mod tests;
