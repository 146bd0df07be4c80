//! Sets of classes of an axis.

/// A set of classes: ranges with both ends included, in order, with a gap between any two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct ClassSet(Box<[(u32, u32)]>);

impl ClassSet {
    pub(crate) fn one(class: u32) -> Self {
        Self(Box::new([(class, class)]))
    }

    /// The union of the ranges, which may overlap; ranges that end before they begin are empty.
    pub(crate) fn from_ranges(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|(first, last)| first <= last);
        if ranges.len() <= 1 {
            return Self(ranges.into());
        }
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last);
                }
                _ => joined.push((first, last)),
            }
        }
        Self(joined.into())
    }

    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// The ranges that contain some class from `from` to `to`, both included.
    pub(crate) fn ranges_within(&self, from: u32, to: u32) -> &[(u32, u32)] {
        ranges_within(&self.0, from, to)
    }

    /// The number of ranges beyond the first.
    pub(crate) fn excess(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The number of classes in it.
    pub(crate) fn width(&self) -> u32 {
        self.0.iter().map(|&(first, last)| last - first + 1).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it contains all classes below `count`.
    pub(crate) fn is_full(&self, count: u32) -> bool {
        matches!(*self.0, [(0, last)] if last + 1 >= count)
    }

    pub(crate) fn contains(&self, class: u32) -> bool {
        let next = self.0.partition_point(|&(_, last)| last < class);
        self.0.get(next).is_some_and(|&(first, _)| first <= class)
    }

    /// All classes below `count` that are not in the set.
    pub(crate) fn complement(&self, count: u32) -> Self {
        let mut ranges = Vec::with_capacity(self.0.len() + 1);
        let mut next = 0;
        for &(first, last) in &self.0 {
            if next < first {
                ranges.push((next, first - 1));
            }
            next = last + 1;
        }
        if next < count {
            ranges.push((next, count - 1));
        }
        Self(ranges.into())
    }

    /// The classes of this set that are not in the other.
    pub(crate) fn difference(&self, other: &Self) -> Self {
        let end = self.0.last().map_or(0, |&(_, last)| last + 1);
        let others = other.0.iter().copied();
        let inside = others.filter(|&(first, _)| first < end);
        let inside = inside.map(|(first, last)| (first, last.min(end - 1)));
        self.intersection(&Self(inside.collect()).complement(end))
    }

    /// Whether every class of it is in the other set.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().all(|&(first, last)| {
            let next = other.0.partition_point(|&(_, last)| last < first);
            let around = other.0.get(next);
            around.is_some_and(|&(begin, end)| begin <= first && last <= end)
        })
    }

    /// Whether some class is in both sets. Looks up the ranges of the shorter one in the other.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() {
            (self, other)
        } else {
            (other, self)
        };
        short.0.iter().any(|&(first, last)| {
            let next = long.0.partition_point(|&(_, last)| last < first);
            long.0.get(next).is_some_and(|&(first, _)| first <= last)
        })
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut ranges = Vec::new();
        while let (Some(&&(a, b)), Some(&&(c, d))) = (left.peek(), right.peek()) {
            if a.max(c) <= b.min(d) {
                ranges.push((a.max(c), b.min(d)));
            }
            if b < d {
                left.next();
            } else {
                right.next();
            }
        }
        Self(ranges.into())
    }
}

/// The ranges that contain some class from `from` to `to`, both included. The ranges are in order.
pub(crate) fn ranges_within(ranges: &[(u32, u32)], from: u32, to: u32) -> &[(u32, u32)] {
    let begin = ranges.partition_point(|&(_, last)| last < from);
    let behind = ranges.get(begin..).unwrap_or_default();
    let count = behind.partition_point(|&(first, _)| first <= to);
    behind.get(..count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sets() -> impl Strategy<Value = ClassSet> {
        prop::collection::vec((0_u32..20, 0_u32..20), 0..6).prop_map(ClassSet::from_ranges)
    }

    proptest! {
        #[test]
        fn set_operations_are_those_of_sets(a in sets(), b in sets()) {
            let count = 20;
            let (intersection, complement) = (a.intersection(&b), a.complement(count));
            let union = ClassSet::from_ranges([a.ranges(), b.ranges()].concat());
            for class in 0..count {
                prop_assert_eq!(union.contains(class), a.contains(class) || b.contains(class));
                prop_assert_eq!(intersection.contains(class), a.contains(class) && b.contains(class));
                prop_assert_eq!(complement.contains(class), !a.contains(class));
            }
            prop_assert_eq!(complement.complement(count), a.clone());
            prop_assert!(a.intersection(&complement).is_empty());
            prop_assert_eq!(a.meets(&b), !intersection.is_empty());
            let difference = a.difference(&b);
            for class in 0..count {
                prop_assert_eq!(difference.contains(class), a.contains(class) && !b.contains(class));
            }
            prop_assert_eq!(a.is_within(&b), difference.is_empty());
            prop_assert_eq!(a.is_full(count), complement.is_empty());
        }
    }
}
