//! By turns, provably fair.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::ranking::Ranking;
use super::{Candidates, Standing, Strategy, StrategyState, Turn};
use crate::id::MemberId;

/// A lead, in the units that are carried over a change.
const LEAD: i128 = 1 << 48;

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
/// When candidates or weights change, a new period begins from the lags so far. What a whole share
/// of one is worth by then is rounded to the nearest multiple of 2^-48, so each lag is carried over
/// within `weight * 2^-49` of a lead. Shares accrue only among those who are
/// candidates: who is away gathers neither debt nor credit and comes back with the lag of before; who
/// is new begins at zero, level with the others. The bound holds within a period; over many periods
/// lags can add up.
///
/// A pick costs a few comparisons for each doubling of the candidates, and so does a member who
/// comes or goes: those who are eligible are kept in the order of their deadlines, the others in
/// that of the moments at which they will be. (Only where nobody is eligible, all are looked at.)
/// Both moments depend on `n`, so that all would have to be ordered anew
/// whenever somebody comes or goes. Where fewer than one in 64 did, this waits for `n` steps of
/// rest; meanwhile `n` is the number of all members of the roster, whose bound is a little wider.
///
/// State: two numbers a member. Exact for up to 2^17 members of the greatest weight.
#[derive(Debug, Clone, Default)]
pub struct RoundRobin {
    /// By position in the roster.
    members: Vec<Share>,
    /// What a weight of one had been due when the period began, in units.
    time: i128,
    /// Steps of the period, less the whole cycles of `total` steps.
    step: u64,
    /// The weights of the period's candidates together.
    total: u64,
    /// How many candidates the period has.
    count: usize,
    /// Whether the bound is that of the candidates, or that of the roster.
    is_settled: bool,
    /// `2n-2` of the bound.
    scale: i128,
    /// The candidates who are eligible, by deadline.
    eligible: Ranking,
    /// The candidates who are not eligible yet, by the moment at which they will be.
    waiting: Ranking,
    /// The step for which it was last seen who is eligible.
    seen: u64,
    /// Whether both orders are up to date.
    is_ordered: bool,
    /// Room for those who come and go.
    moved: Vec<usize>,
}

/// What a member has got and is due.
#[derive(Debug, Clone)]
struct Share {
    member: MemberId,
    weight: u32,
    /// Whether the member is a candidate of the period.
    is_in: bool,
    last_turn: u64,
    /// `time * weight` less the lag at the period's begin, more the picks since; for who is away,
    /// less the lag. In units.
    spent: i128,
    /// The deadline times the weight, in units over `scale`.
    due: i128,
}

impl Share {
    fn weight(&self) -> i128 {
        self.weight.into()
    }
}

/// Whether the one's deadline is before the other's.
#[inline]
fn is_due_before(members: &[Share], one: usize, other: usize) -> bool {
    let (left, right) = (&members[one], &members[other]);
    let (left_due, right_due) = (left.due * right.weight(), right.due * left.weight());
    (left_due, left.last_turn, one) < (right_due, right.last_turn, other)
}

/// Whether the one is eligible before the other: `due` less `window`, over the weight.
#[inline]
fn is_released_before(members: &[Share], window: i128, one: usize, other: usize) -> bool {
    let (left, right) = (&members[one], &members[other]);
    (left.due - window) * right.weight() < (right.due - window) * left.weight()
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
            if candidate.is_some() != share.is_in {
                self.moved.push(position);
            }
            if let Some(candidate) = candidate
                && candidate.last_turn() != share.last_turn
            {
                share.last_turn = candidate.last_turn();
                if self.eligible.contains(position) {
                    self.place_eligible(position);
                }
            }
        }
        if !self.moved.is_empty() {
            self.begin_period(candidates);
        }
    }

    /// Those who moved come or go.
    fn begin_period(&mut self, candidates: Candidates<'_>) {
        if self.step < self.seen {
            // Turns were given back: some may be eligible only later.
            self.is_ordered = false;
        }
        self.end_period();
        let mut moved = std::mem::take(&mut self.moved);
        moved.retain(|&position| {
            let Some(share) = self.members.get_mut(position) else {
                return false;
            };
            // Somebody named twice has moved once.
            if share.is_in == candidates.contains(position) {
                return false;
            }
            share.is_in = !share.is_in;
            if share.is_in {
                share.spent += share.weight() * self.time;
                self.total += u64::from(share.weight);
                self.count += 1;
            } else {
                share.spent -= share.weight() * self.time;
                self.total -= u64::from(share.weight);
                self.count -= 1;
            }
            true
        });
        self.is_settled = moved.len() >= self.count.div_ceil(64);
        if self.scale_now() == self.scale && self.is_ordered && !self.is_settled {
            for &position in &moved {
                self.join_or_leave(position);
            }
        } else {
            self.is_ordered = false;
        }
        self.moved = moved;
        self.moved.clear();
    }

    /// Brings the time up to now.
    fn end_period(&mut self) {
        if self.total > 0 {
            let total = i128::from(self.total);
            self.time += (i128::from(self.step) * LEAD + total / 2) / total;
        }
        self.step = 0;
        self.seen = 0;
        self.keep_small();
    }

    /// Takes whole leads off the time, so that numbers stay small however long it goes on.
    fn keep_small(&mut self) {
        if (-LEAD..2 * LEAD).contains(&self.time) {
            return;
        }
        let whole = self.time.div_euclid(LEAD) * LEAD;
        self.time -= whole;
        for share in self.members.iter_mut().filter(|share| share.is_in) {
            share.spent -= whole * share.weight();
            share.due -= whole * share.weight() * self.scale;
        }
    }

    fn scale_now(&self) -> i128 {
        let wide = self.members.len();
        let n = if self.is_settled { self.count } else { wide };
        // For a single candidate any scale will do.
        (2 * i128::try_from(n).unwrap_or(i128::from(u32::MAX)) - 2).max(1)
    }

    /// What a deadline is later than the moment of becoming eligible, times the weight.
    fn window(&self) -> i128 {
        LEAD * (self.scale - 2)
    }

    fn due(&self, spent: i128) -> i128 {
        spent * self.scale + LEAD * (self.scale - 1)
    }

    /// What a weight of one will be due after the next step, times `total` and `scale`.
    fn reach(&self) -> i128 {
        let steps = i128::from(self.step) + 1;
        (self.time * i128::from(self.total) + steps * LEAD) * self.scale
    }

    /// Whether the lag, the next step included, is at least `1/scale`.
    #[inline]
    fn is_eligible(&self, share: &Share, reach: i128) -> bool {
        share.weight() * reach >= (share.due - self.window()) * i128::from(self.total)
    }

    /// Puts all candidates in order. Linear.
    fn put_in_order(&mut self) {
        self.scale = self.scale_now();
        for position in 0..self.members.len() {
            self.members[position].due = self.due(self.members[position].spent);
        }
        let (mut eligible, mut waiting) = (
            std::mem::take(&mut self.eligible),
            std::mem::take(&mut self.waiting),
        );
        let (this, members) = (&*self, &self.members);
        let (window, reach) = (self.window(), self.reach());
        let candidates = |are_eligible| {
            let positions = (0..members.len()).filter(|&it| members[it].is_in);
            positions.filter(move |&it| this.is_eligible(&members[it], reach) == are_eligible)
        };
        eligible.rebuild(candidates(true), |one, other| {
            is_due_before(members, one, other)
        });
        waiting.rebuild(candidates(false), |one, other| {
            is_released_before(members, window, one, other)
        });
        (self.eligible, self.waiting) = (eligible, waiting);
        self.seen = self.step + 1;
        self.is_ordered = true;
    }

    /// Puts one in order who came, or takes out one who went.
    fn join_or_leave(&mut self, position: usize) {
        let Some(share) = self.members.get(position) else {
            return;
        };
        if share.is_in {
            self.members[position].due = self.due(share.spent);
            self.place_waiting(position);
        } else {
            self.take_out(position);
        }
    }

    fn place_eligible(&mut self, position: usize) {
        let members = &self.members;
        self.eligible
            .place(position, |one, other| is_due_before(members, one, other));
    }

    fn place_waiting(&mut self, position: usize) {
        let (members, window) = (&self.members, self.window());
        self.waiting.place(position, |one, other| {
            is_released_before(members, window, one, other)
        });
    }

    fn take_out(&mut self, position: usize) {
        let (members, window) = (&self.members, self.window());
        self.eligible
            .remove(position, |one, other| is_due_before(members, one, other));
        self.waiting.remove(position, |one, other| {
            is_released_before(members, window, one, other)
        });
    }

    /// Looks who is eligible by now.
    fn look_who_is_eligible(&mut self) {
        let reach = self.reach();
        while let Some(position) = self.waiting.first() {
            if !self.is_eligible(&self.members[position], reach) {
                break;
            }
            self.take_out(position);
            self.place_eligible(position);
        }
        self.seen = self.step + 1;
    }

    /// Whose turn it is: the earliest deadline of those who are eligible; of all, if nobody is.
    fn first(&self) -> Option<usize> {
        let of_all = || {
            self.waiting.iter().reduce(|first, other| {
                if is_due_before(&self.members, other, first) {
                    other
                } else {
                    first
                }
            })
        };
        self.eligible.first().or_else(of_all)
    }

    /// Counts the pick.
    fn count(&mut self, position: usize) {
        let Some(share) = self.members.get_mut(position) else {
            return;
        };
        share.spent += LEAD;
        share.due += LEAD * self.scale;
        self.take_out(position);
        self.place_waiting(position);
        self.step += 1;
        if !self.is_settled && self.step >= self.count as u64 {
            self.is_settled = true;
            self.is_ordered = self.scale_now() == self.scale;
        }
        if self.step == self.total {
            // A whole cycle: a weight of one has been due one lead more.
            self.step = 0;
            self.seen = 0;
            self.time += LEAD;
            self.keep_small();
        }
    }

    /// What the member is due so far less what it has got, in units, the steps of the period aside.
    fn lag_at_begin(&self, share: &Share) -> i128 {
        let due = if share.is_in {
            share.weight() * self.time
        } else {
            0
        };
        due - share.spent
    }
}

/// Numbers far outside any that can come up are nonsense from outside; this far they are borne
/// with, so that nothing overflows.
const MOST_PICKS: i64 = 1 << 21;

/// What a saved member's lag was when the period began, in units.
fn saved_lag(state: &StrategyState, member: &MemberId) -> i128 {
    let picks = state.member(member, "picks").clamp(-MOST_PICKS, MOST_PICKS);
    i128::from(state.member(member, "carried")) - i128::from(picks) * LEAD
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
        let mut lags: HashMap<&MemberId, i128, FixedState> = members
            .iter()
            .map(|share| (&share.member, self.lag_at_begin(share)))
            .collect();
        let members = roster.iter().map(|standing| Share {
            member: standing.member().clone(),
            weight: standing.weight(),
            is_in: false,
            last_turn: standing.last_turn(),
            spent: -lags.remove(standing.member()).unwrap_or(0),
            due: 0,
        });
        *self = Self {
            members: members.collect(),
            ..Self::default()
        };
    }

    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        self.keep_up(turn);
        if self.is_ordered && self.seen <= self.step + 1 {
            self.look_who_is_eligible();
        } else {
            self.put_in_order();
        }
        let position = self.first()?;
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
        if !share.is_in {
            return;
        }
        share.due -= LEAD * self.scale;
        if self.eligible.contains(position) {
            self.place_eligible(position);
        } else {
            self.place_waiting(position);
        }
        if let Some(step) = self.step.checked_sub(1) {
            self.step = step;
        } else {
            // Back over the beginning of a cycle.
            self.step = self.total.saturating_sub(1);
            self.seen += self.total;
            self.time -= LEAD;
            self.keep_small();
        }
    }

    fn save(&self) -> StrategyState {
        let mut state = StrategyState::default();
        if self.total > 0 {
            let step = i64::try_from(self.step).unwrap_or(0);
            state.shared.insert("step".into(), step);
            if !self.is_settled {
                state.shared.insert("unsettled".into(), 1);
            }
        }
        for share in &self.members {
            let lag = self.lag_at_begin(share);
            let number = |number: i128| i64::try_from(number).unwrap_or(0);
            let picks = number(-lag.div_euclid(LEAD)).clamp(-MOST_PICKS, MOST_PICKS);
            let carried = number(lag.rem_euclid(LEAD));
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
        let step = u64::try_from(state.shared("step")).unwrap_or(0);
        *self = Self {
            members: std::mem::take(&mut self.members),
            step: step.min(total.saturating_sub(1)),
            total,
            is_settled: state.shared("unsettled") == 0,
            ..Self::default()
        };
        let mut is_same = true;
        for share in &mut self.members {
            let weight = state.members.get(&share.member).and_then(saved_weight);
            share.is_in = weight.is_some();
            share.spent = -saved_lag(state, &share.member);
            self.count += usize::from(share.is_in);
            is_same &= weight.is_none_or(|weight| weight == share.weight);
        }
        if is_same && saved_count == self.count {
            return;
        }
        self.end_period();
        for share in self.members.iter_mut().filter(|share| share.is_in) {
            let weight = state.members.get(&share.member).and_then(saved_weight);
            share.spent -= i128::from(weight.unwrap_or(0)) * self.time;
            share.is_in = false;
        }
        (self.time, self.total, self.count) = (0, 0, 0);
    }
}

#[cfg(test)]
#[path = "round_robin_tests.rs"]
mod tests;
