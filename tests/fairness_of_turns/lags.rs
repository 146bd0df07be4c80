//! Exact lags: what each member is due, minus what the member has got.

use std::fmt;

/// Maximum total weight of the candidates of a turn.
pub(crate) const MOST_WEIGHT: u32 = 80;

/// The number of parts in a lead: a multiple of every possible total weight.
pub(crate) const LEAD: i128 = {
    let mut parts = 1;
    let mut sum = 2;
    while sum <= MOST_WEIGHT as i128 {
        let (mut divisor, mut rest) = (parts, sum);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        parts *= sum / divisor;
        sum += 1;
    }
    parts
};

/// Each member's share so far minus count so far, in parts of a lead.
#[derive(Clone)]
pub(crate) struct Lags(Vec<i128>);

impl Lags {
    pub(crate) fn new(members: usize) -> Self {
        Self(vec![0; members])
    }

    pub(crate) fn of(&self, member: usize) -> i128 {
        self.0[member]
    }

    /// Records that one of the candidates got a lead, which they share by these weights.
    pub(crate) fn count(&mut self, candidates: &[usize], weights: &[u32], picked: usize) {
        assert!(candidates.contains(&picked));
        let total: u32 = candidates.iter().map(|&it| weights[it]).sum();
        assert!(total <= MOST_WEIGHT);
        for &member in candidates {
            self.0[member] += LEAD / i128::from(total) * i128::from(weights[member]);
        }
        self.0[picked] -= LEAD;
    }

    /// The largest absolute lag.
    pub(crate) fn largest(&self) -> i128 {
        self.0.iter().map(|lag| lag.abs()).max().unwrap()
    }

    /// In leads, for the table.
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    pub(crate) fn largest_in_leads(&self) -> f64 {
        self.largest() as f64 / LEAD as f64
    }

    /// How far the lags are from zero, for the greedy adversary.
    #[expect(clippy::cast_precision_loss, reason = "an adversary need not be exact")]
    pub(crate) fn unrest(&self) -> f64 {
        let lags = self.0.iter().map(|&lag| lag as f64 / LEAD as f64);
        lags.map(|lag| lag * lag).sum()
    }

    /// All members, furthest behind first.
    pub(crate) fn furthest_first(&self) -> Vec<usize> {
        let mut members: Vec<usize> = (0..self.0.len()).collect();
        members.sort_by_key(|&member| -self.0[member]);
        members
    }
}

impl fmt::Debug for Lags {
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lags = self.0.iter().map(|&lag| lag as f64 / LEAD as f64);
        formatter.debug_list().entries(lags).finish()
    }
}
