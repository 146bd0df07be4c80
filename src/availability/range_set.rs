//! Sets of integers (minutes, days, seconds), stored as sorted ranges.

use std::ops::Range;

/// A set of integers: half-open ranges in ascending order that neither overlap nor touch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RangeSet<N>(Vec<Range<N>>);

impl<N> Default for RangeSet<N> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<N: Ord + Copy> RangeSet<N> {
    /// Whether a number is in the set. Takes logarithmic time.
    #[inline]
    pub(super) fn contains(&self, number: N) -> bool {
        let before = self.0.partition_point(|span| span.end <= number);
        self.0.get(before).is_some_and(|span| span.start <= number)
    }

    /// The first number after `number` at which a range begins or ends. Takes logarithmic time.
    pub(super) fn edge_after(&self, number: N) -> Option<N> {
        let before = self.0.partition_point(|span| span.end <= number);
        let span = self.0.get(before)?;
        Some(if span.start > number {
            span.start
        } else {
            span.end
        })
    }

    /// Adds ranges, merging those that overlap or touch. Takes `O((n + k) log (n + k))` time to add `k`
    /// ranges to `n`.
    pub(super) fn extend(&mut self, more: impl IntoIterator<Item = Range<N>>) {
        self.0
            .extend(more.into_iter().filter(|span| !span.is_empty()));
        self.0.sort_unstable_by_key(|span| span.start);
        self.0.dedup_by(|next, span| {
            let joins = next.start <= span.end;
            if joins {
                span.end = span.end.max(next.end);
            }
            joins
        });
    }

    /// Adds a range.
    pub(super) fn insert(&mut self, span: Range<N>) {
        self.extend(std::iter::once(span));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Range<N>> {
        self.0.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the set consists of exactly this range.
    pub(super) fn is(&self, span: &Range<N>) -> bool {
        matches!(&*self.0, [only] if only == span)
    }

    pub(super) fn last(&self) -> Option<&Range<N>> {
        self.0.last()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_the_set_of_its_numbers(ranges in prop::collection::vec((0_u8..60, 0_u8..12), 0..12)) {
            let ranges = ranges.into_iter().map(|(start, length)| start..start + length);
            let ranges: Vec<_> = ranges.collect();
            let numbers: BTreeSet<u8> = ranges.iter().flat_map(Clone::clone).collect();
            let mut spans = RangeSet::default();
            let (first, second) = ranges.split_at(ranges.len() / 2);
            spans.extend(first.to_vec());
            spans.extend(second.to_vec());
            for number in 0..80 {
                prop_assert_eq!(spans.contains(number), numbers.contains(&number));
                let differs = |&other: &u8| {
                    numbers.contains(&other) != numbers.contains(&(other - 1))
                };
                let edge = (number + 1..80).find(differs);
                prop_assert_eq!(spans.edge_after(number), edge);
            }
        }
    }
}
