//! Comparisons as ranges of codes.

use std::ops::RangeInclusive;

use crate::dimension::Number;
use crate::rule::Comparison;

pub(super) fn head_count(number: Number) -> Option<u32> {
    let number = number.get();
    let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and in range"
    )]
    whole.then_some(number as u32)
}

/// The codes for which a comparison holds.
pub(super) fn ranges(comparison: &Comparison<u32>) -> Vec<RangeInclusive<u32>> {
    match comparison {
        Comparison::Is(values) => values.iter().map(|&value| value..=value).collect(),
        Comparison::LessThan(bound) => bound
            .checked_sub(1)
            .map(|last| 0..=last)
            .into_iter()
            .collect(),
        Comparison::AtMost(bound) => vec![0..=*bound],
        Comparison::AtLeast(bound) => vec![*bound..=u32::MAX],
        Comparison::MoreThan(bound) => bound
            .checked_add(1)
            .map(|first| first..=u32::MAX)
            .into_iter()
            .collect(),
        Comparison::Between(from, to) => vec![*from..=*to],
    }
}

/// Sorts ranges and merges those that overlap or touch.
pub(super) fn joined(mut ranges: Vec<RangeInclusive<u32>>) -> Vec<RangeInclusive<u32>> {
    ranges.sort_unstable_by_key(|range| *range.start());
    let mut joined: Vec<RangeInclusive<u32>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_joined_in_order() {
        assert_eq!(
            joined(vec![5..=9, 0..=1, 2..=3, 8..=12, 20..=20]),
            [0..=3, 5..=12, 20..=20]
        );
        assert_eq!(joined(vec![7..=u32::MAX, 9..=10]), [7..=u32::MAX]);
    }
}
