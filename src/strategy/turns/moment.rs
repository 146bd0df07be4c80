//! Moments of a rotation's time, exactly.

/// Into how many a unit is divided. More than the product of any two weights, so that of two
/// fractions over weights that are not the same, the whole parts are not the same either.
const FINE: i128 = 1 << 40;

/// A moment: whole fine units, and the rest over a denominator that whoever keeps the moment knows.
/// It is exact, and moments over weights are in the order of their whole parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::strategy) struct Moment {
    pub(in crate::strategy) whole: i128,
    /// Less than the denominator.
    rest: u64,
}

impl Moment {
    /// `units` over the denominator.
    pub(in crate::strategy) fn new(units: i128, denominator: u64) -> Self {
        let (whole, rest) = divide(units, denominator);
        let (fine, rest) = divide(i128::from(rest) * FINE, denominator);
        Self {
            whole: whole.saturating_mul(FINE).saturating_add(fine),
            rest,
        }
    }

    /// The moment a span later. All three have the same denominator.
    #[inline]
    #[must_use]
    pub(in crate::strategy) fn after(self, span: Self, denominator: u64) -> Self {
        let (mut whole, mut rest) = (self.whole.saturating_add(span.whole), self.rest + span.rest);
        if rest >= denominator {
            rest -= denominator;
            whole = whole.saturating_add(1);
        }
        Self { whole, rest }
    }

    /// Whether the moment is not after another, of another denominator.
    #[inline]
    pub(in crate::strategy) fn is_by(self, denominator: u64, other: Self, of_other: u64) -> bool {
        if self.whole != other.whole {
            return self.whole < other.whole;
        }
        let rest = u128::from(self.rest) * u128::from(of_other);
        rest <= u128::from(other.rest) * u128::from(denominator)
    }
}

/// Quotient and remainder. Short divisions where they will do: long ones take several times as long.
#[inline]
fn divide(units: i128, denominator: u64) -> (i128, u64) {
    let denominator = denominator.max(1);
    if let (Ok(units), Ok(short)) = (i64::try_from(units), i64::try_from(denominator)) {
        return (
            units.div_euclid(short).into(),
            units.rem_euclid(short).unsigned_abs(),
        );
    }
    let whole = units.div_euclid(denominator.into());
    let rest = units - whole * i128::from(denominator);
    (whole, u64::try_from(rest).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::limits::MAX_WEIGHT;

    fn units() -> impl Strategy<Value = i128> {
        prop_oneof![
            -30_i128..30,
            -(1_i128 << 80)..(1 << 80),
            any::<i64>().prop_map(i128::from),
        ]
    }

    fn weight() -> impl Strategy<Value = u64> {
        let most = u64::from(MAX_WEIGHT);
        prop_oneof![1_u64..8, 1..=most, most - 8..=most]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        #[test]
        fn in_the_order_of_the_fractions(
            (left, nudge, far) in (units(), -3_i128..4, units()),
            (weight, other, total) in (weight(), weight(), 1_u64..1 << 37),
            span in 0_i128..1 << 60,
        ) {
            let one = Moment::new(left, weight);
            // Another as close as can be, and one anywhere.
            let near = (left * i128::from(other)).div_euclid(weight.into()) + nudge;
            for right in [near, far] {
                let two = Moment::new(right, other);
                let fractions = (left * i128::from(other)).cmp(&(right * i128::from(weight)));
                prop_assert_eq!(one.whole.cmp(&two.whole), fractions);
            }
            let near = (left * i128::from(total)).div_euclid(weight.into()) + nudge;
            let is_by = left * i128::from(total) <= near * i128::from(weight);
            prop_assert_eq!(one.is_by(weight, Moment::new(near, total), total), is_by);
            prop_assert_eq!(
                one.after(Moment::new(span, weight), weight),
                Moment::new(left + span, weight)
            );
        }
    }

    #[test]
    fn any_two_weights_are_told_apart() {
        assert!(FINE > i128::from(MAX_WEIGHT) * i128::from(MAX_WEIGHT));
    }
}
