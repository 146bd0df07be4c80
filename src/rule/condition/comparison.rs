//! Comparisons with ordered values.

/// A set of values of an ordered type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Comparison<T> {
    Is(Vec<T>),
    LessThan(T),
    AtMost(T),
    AtLeast(T),
    MoreThan(T),
    /// Both ends are included.
    Between(T, T),
}

impl<T> Comparison<T> {
    /// Converts the values; `None` if the conversion of one fails.
    pub(crate) fn try_map<U>(
        &self,
        mut change: impl FnMut(&T) -> Option<U>,
    ) -> Option<Comparison<U>> {
        Some(match self {
            Self::Is(values) => {
                // Converts all values before giving up, so that every fault is found.
                let changed: Vec<Option<U>> = values.iter().map(&mut change).collect();
                Comparison::Is(changed.into_iter().collect::<Option<_>>()?)
            }
            Self::LessThan(value) => Comparison::LessThan(change(value)?),
            Self::AtMost(value) => Comparison::AtMost(change(value)?),
            Self::AtLeast(value) => Comparison::AtLeast(change(value)?),
            Self::MoreThan(value) => Comparison::MoreThan(change(value)?),
            Self::Between(from, to) => {
                let (from, to) = (change(from), change(to));
                Comparison::Between(from?, to?)
            }
        })
    }
}

impl<T> Comparison<T> {
    /// The values that it mentions.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        let (list, pair) = match self {
            Self::Is(values) => (values.as_slice(), [None, None]),
            Self::LessThan(value)
            | Self::AtMost(value)
            | Self::AtLeast(value)
            | Self::MoreThan(value) => (&[][..], [Some(value), None]),
            Self::Between(from, to) => (&[][..], [Some(from), Some(to)]),
        };
        list.iter().chain(pair.into_iter().flatten())
    }
}

impl<T: Ord> Comparison<T> {
    /// Whether the value is in the set.
    pub(crate) fn holds(&self, value: &T) -> bool {
        match self {
            Self::Is(values) => values.contains(value),
            Self::LessThan(bound) => value < bound,
            Self::AtMost(bound) => value <= bound,
            Self::AtLeast(bound) => value >= bound,
            Self::MoreThan(bound) => value > bound,
            Self::Between(from, to) => from <= value && value <= to,
        }
    }
}
