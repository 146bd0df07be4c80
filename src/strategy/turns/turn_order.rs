//! Whose turn it is by Tijdeman's rule, kept up from turn to turn.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::even_period::EvenPeriod;
use super::moment::Moment;
use super::share::{LEAD, Share};
use crate::strategy::positions::positions::Positions;

/// The candidates of a period in the order of their turns: those who are eligible by deadline, the
/// others by the moment at which they will be. Moments are in `2n-2` times what a weight of one is
/// due by then, over the weight.
#[derive(Debug, Clone, Default)]
pub(in crate::strategy) struct TurnOrder {
    /// By position in the roster; of candidates only.
    prospects: Vec<Prospect>,
    /// The weights of the candidates together.
    total: u64,
    /// What a weight of one will be due after the next step.
    reach: Moment,
    /// How much later that is with each step.
    stride: Moment,
    eligible: BinaryHeap<Reverse<Claim>>,
    waiting: BinaryHeap<Reverse<Claim>>,
}

/// When a member's next pick is to be.
#[derive(Debug, Clone, Copy, Default)]
struct Prospect {
    weight: u32,
    /// Whether the member is known to be eligible.
    is_eligible: bool,
    /// When the lag will be enough.
    release: Moment,
    pace: Pace,
}

/// How fast a member of a certain weight comes to be due.
#[derive(Debug, Clone, Copy, Default)]
struct Pace {
    /// From one pick to the next.
    lead: Moment,
    /// From being eligible to the deadline.
    window: Moment,
}

/// A member's place in an order: by moment, then by wait.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    moment: i128,
    last_turn: u64,
    position: usize,
}

impl Pace {
    fn new(weight: u32, scale: i128) -> Self {
        Self {
            lead: Moment::new(LEAD * scale, weight.into()),
            window: Moment::new(LEAD * (scale - 2), weight.into()),
        }
    }
}

impl Prospect {
    /// When the lag would pass the bound.
    #[inline]
    fn deadline(&self) -> Moment {
        self.release.after(self.pace.window, self.weight.into())
    }

    #[inline]
    fn is_eligible_by(&self, reach: Moment, total: u64) -> bool {
        self.release.is_by(self.weight.into(), reach, total)
    }
}

#[inline]
fn claim(moment: Moment, position: usize, last_turn: u64) -> Reverse<Claim> {
    Reverse(Claim {
        moment: moment.whole,
        last_turn,
        position,
    })
}

impl TurnOrder {
    /// Puts the candidates in order. Linear.
    pub(in crate::strategy) fn arrange(
        &mut self,
        shares: &[Share],
        candidates: &Positions,
        period: &EvenPeriod,
    ) {
        let scale = i128::from(period.scale());
        self.total = period.total;
        self.reach = Moment::new((i128::from(period.step) + 1) * LEAD * scale, self.total);
        self.stride = Moment::new(LEAD * scale, self.total);
        self.prospects.resize(shares.len(), Prospect::default());
        let mut eligible = std::mem::take(&mut self.eligible).into_vec();
        let mut waiting = std::mem::take(&mut self.waiting).into_vec();
        eligible.clear();
        waiting.clear();
        // Neighbours are often of the same weight.
        let mut pace = (0, Pace::default());
        for position in candidates.iter() {
            let (Some(share), Some(prospect)) =
                (shares.get(position), self.prospects.get_mut(position))
            else {
                continue;
            };
            if pace.0 != share.weight {
                pace = (share.weight, Pace::new(share.weight, scale));
            }
            *prospect = Prospect {
                weight: share.weight,
                is_eligible: false,
                release: Moment::new(share.spent * scale + LEAD, share.weight.into()),
                pace: pace.1,
            };
            prospect.is_eligible = prospect.is_eligible_by(self.reach, self.total);
            if prospect.is_eligible {
                eligible.push(claim(prospect.deadline(), position, share.last_turn));
            } else {
                waiting.push(claim(prospect.release, position, share.last_turn));
            }
        }
        (self.eligible, self.waiting) = (eligible.into(), waiting.into());
    }

    /// Whether the member is known to be eligible.
    pub(in crate::strategy) fn is_eligible(&self, position: usize) -> bool {
        let prospect = self.prospects.get(position);
        prospect.is_some_and(|prospect| prospect.is_eligible)
    }

    /// Takes out who has the earliest deadline of those who are eligible. None, and the order is to
    /// be arranged anew, if the rule does not tell: nobody is eligible, or two are overdue.
    pub(in crate::strategy) fn take_first(&mut self, shares: &[Share]) -> Option<usize> {
        self.look_who_is_eligible(shares);
        let Reverse(first) = self.eligible.pop()?;
        let is_calm = self.eligible.peek().is_none_or(|Reverse(second)| {
            second.moment > self.reach.whole || !self.is_overdue(second.position)
        });
        is_calm.then_some(first.position)
    }

    /// Moves those who are eligible by now: whose lag, the next step included, is at least
    /// `1/(2n-2)`.
    fn look_who_is_eligible(&mut self, shares: &[Share]) {
        while let Some(first) = self.waiting.peek_mut() {
            let position = first.0.position;
            let (Some(share), Some(prospect)) =
                (shares.get(position), self.prospects.get_mut(position))
            else {
                break;
            };
            if !prospect.is_eligible_by(self.reach, self.total) {
                break;
            }
            prospect.is_eligible = true;
            let eligible = claim(prospect.deadline(), position, share.last_turn);
            self.eligible.push(eligible);
            PeekMut::pop(first);
        }
    }

    /// Whether the deadline is before the next step.
    fn is_overdue(&self, position: usize) -> bool {
        self.prospects.get(position).is_some_and(|prospect| {
            let (deadline, weight) = (prospect.deadline(), prospect.weight.into());
            !self.reach.is_by(self.total, deadline, weight)
        })
    }

    /// Counts the pick of one who was taken out, and the step.
    pub(in crate::strategy) fn count(&mut self, position: usize, last_turn: u64) {
        if let Some(prospect) = self.prospects.get_mut(position) {
            let weight = prospect.weight.into();
            prospect.release = prospect.release.after(prospect.pace.lead, weight);
            prospect.is_eligible = false;
            let waiting = claim(prospect.release, position, last_turn);
            self.waiting.push(waiting);
        }
        self.reach = self.reach.after(self.stride, self.total);
    }
}
