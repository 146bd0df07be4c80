//! Whose turn it is, by one pass over the candidates.

use super::even_period::EvenPeriod;
use super::share::{LEAD, Share};

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::strategy) struct Pick {
    pub(in crate::strategy) position: usize,
    /// Whether Tijdeman's rule told; otherwise the greedy one did.
    pub(in crate::strategy) is_calm: bool,
}

/// A candidate and the place that one of the rules gives it.
struct First<'a> {
    position: usize,
    share: &'a Share,
    number: i128,
}

/// Asks Tijdeman's rule, or the greedy one where two or more are overdue or nobody is eligible.
/// Exact; a few multiplications a candidate.
///
/// One who alone is overdue is the choice of both rules: who is furthest behind, and whose deadline
/// is the earliest.
pub(in crate::strategy) fn next_turn(
    shares: &[Share],
    candidates: impl Iterator<Item = usize>,
    period: &EvenPeriod,
) -> Option<Pick> {
    // Lags, the next step included, in units over the total.
    let (total, scale) = (i128::from(period.total), i128::from(period.scale()));
    let due = (i128::from(period.step) + 1) * LEAD;
    let lead = LEAD * total;
    let least = -(-lead).div_euclid(scale);
    let most = (lead * (scale - 1)).div_euclid(scale);
    let mut overdue = 0_u32;
    let mut furthest: Option<First<'_>> = None;
    let mut earliest: Option<First<'_>> = None;
    for position in candidates {
        let Some(share) = shares.get(position) else {
            continue;
        };
        let lag = i128::from(share.weight) * due - share.spent * total;
        if furthest.as_ref().is_none_or(|it| it.is_less(lag, share)) {
            furthest = Some(First::new(position, share, lag));
        }
        if lag < least {
            continue;
        }
        overdue += u32::from(lag > most);
        // When the lag passes the bound, in what a weight of one is due by then times the weight
        // and the scale.
        let deadline = share.spent * scale + LEAD * (scale - 1);
        if earliest
            .as_ref()
            .is_none_or(|it| it.is_later(deadline, share))
        {
            earliest = Some(First::new(position, share, deadline));
        }
    }
    let by_deadline = earliest.filter(|_| overdue < 2);
    let is_calm = by_deadline.is_some();
    let first = by_deadline.or(furthest)?;
    Some(Pick {
        position: first.position,
        is_calm,
    })
}

impl<'a> First<'a> {
    fn new(position: usize, share: &'a Share, number: i128) -> Self {
        Self {
            position,
            share,
            number,
        }
    }

    /// Whether another, listed later, who is as far behind as that, comes before.
    #[inline]
    fn is_less(&self, lag: i128, other: &Share) -> bool {
        lag > self.number || (lag == self.number && other.last_turn < self.share.last_turn)
    }

    /// Whether another, listed later, whose deadline is that, comes before.
    #[inline]
    fn is_later(&self, deadline: i128, other: &Share) -> bool {
        let (mut own, mut others) = (self.number, deadline);
        // Mostly weights are the same.
        if other.weight != self.share.weight {
            own *= i128::from(other.weight);
            others *= i128::from(self.share.weight);
        }
        others < own || (others == own && other.last_turn < self.share.last_turn)
    }
}
