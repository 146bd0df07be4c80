//! A time in which the same candidates have the same weights.

use super::share::LEAD;

/// Into how many parts a unit is divided before a share of it is rounded, so that the rounding is
/// not multiplied by the weight.
const FINE: i128 = 1 << 32;

/// A time in which the same candidates have the same weights; everybody's due grows evenly in it.
#[derive(Debug, Clone, Default)]
pub(in crate::strategy) struct EvenPeriod {
    /// Leads since it began. Below zero where more were given back.
    pub(in crate::strategy) step: i64,
    /// The weights of the candidates together.
    pub(in crate::strategy) total: u64,
    /// How many candidates there are.
    pub(in crate::strategy) count: usize,
}

impl EvenPeriod {
    /// `2n-2` of the bound of Tijdeman; for a single candidate, for whom any will do, 1.
    pub(in crate::strategy) fn scale(&self) -> u64 {
        (2 * self.count as u64).saturating_sub(2).max(1)
    }

    /// How many whole cycles of `total` steps there were, in each of which everybody is due as many
    /// leads as the weight.
    pub(in crate::strategy) fn cycles(&self) -> i64 {
        let total = i64::try_from(self.total).unwrap_or(i64::MAX);
        self.step.div_euclid(total.max(1))
    }

    /// Whether whole cycles are to be taken off, so that numbers stay small however long it goes on.
    pub(in crate::strategy) fn cycles_are_many(&self) -> bool {
        self.step.unsigned_abs() >= self.total.saturating_mul(1 << 10)
    }

    /// What everybody was due in it.
    pub(in crate::strategy) fn due(&self) -> Due {
        let total = i128::from(self.total.max(1));
        Due((i128::from(self.step) * LEAD * FINE + total / 2).div_euclid(total))
    }
}

/// What a weight of one was due, in fine parts of a unit.
#[derive(Debug, Clone, Copy)]
pub(in crate::strategy) struct Due(i128);

impl Due {
    /// What a member of that weight was due, in units, rounded to the nearest: the same for the same
    /// weight.
    #[inline]
    pub(in crate::strategy) fn of(self, weight: u32) -> i128 {
        (i128::from(weight) * self.0 + FINE / 2) >> FINE.trailing_zeros()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::limits::MAX_WEIGHT;

    proptest! {
        #[test]
        fn whoever_is_due_something_is_due_it_to_the_unit(
            weights in prop::collection::vec(1..=MAX_WEIGHT, 1..50),
            step in -100_i64..1_000_000,
        ) {
            let total: u64 = weights.iter().copied().map(u64::from).sum();
            let period = EvenPeriod { step, total, count: weights.len() };
            for weight in weights {
                let times_total = i128::from(weight) * i128::from(step) * LEAD;
                let off = period.due().of(weight) * i128::from(total) - times_total;
                // Half a unit, and what the weight makes of the fine parts.
                prop_assert!(off.abs() * 1_000 <= i128::from(total) * 501);
            }
        }
    }
}
