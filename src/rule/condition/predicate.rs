//! A single test: a predicate on one value of a lead.

use chrono::NaiveDate;

use super::comparison::Comparison;
use super::subject::Subject;
use crate::dimension::{Dimension, Number};

/// A test of one value of a lead. Whether the predicate suits the subject is checked with the policy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    pub(crate) subject: Subject,
    pub(crate) predicate: Predicate,
}

impl Test {
    /// The test in its normal form, the same for all ways to write it.
    pub(crate) fn new(subject: Subject, predicate: Predicate) -> Self {
        let predicate = match &subject {
            Subject::Dimension(Dimension::CustomerSize) => predicate.of_head_counts(),
            Subject::Dimension(dimension) => predicate.of_names(dimension.has_levels()),
            Subject::Attribute(_) => predicate.of_attributes(),
        };
        Self { subject, predicate }
    }
}

/// The predicate of a test. One with a list holds if it holds for any value of the list, except for
/// [`Predicate::ContainsAll`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    Missing,
    Unlisted,
    /// A node or anything below it.
    Within(Vec<Box<str>>),
    /// Exactly this node, stage or text.
    Is(Vec<Box<str>>),
    Band(Vec<Box<str>>),
    /// A comparison of stages.
    Stage(Comparison<Box<str>>),
    /// A comparison of head counts or numbers.
    Number(Comparison<Number>),
    Date(Comparison<NaiveDate>),
    Flag(bool),
    Contains(Vec<Box<str>>),
    StartsWith(Vec<Box<str>>),
    EndsWith(Vec<Box<str>>),
    ContainsAny(Vec<Box<str>>),
    ContainsAll(Vec<Box<str>>),
}

impl Predicate {
    /// Normal form for taxonomies and stages, whose values are always names, even if they look like numbers:
    /// `13`. For stages, which have no levels, `within` means `is`.
    fn of_names(self, has_levels: bool) -> Self {
        fn texts<T: ToString>(values: &[T]) -> Vec<Box<str>> {
            values
                .iter()
                .map(|value| value.to_string().into())
                .collect()
        }
        let named = |number: &Number| Some(Box::from(number.to_string()));
        match self {
            Self::Within(names) if !has_levels => Self::Is(names),
            Self::Number(Comparison::Is(numbers)) => Self::Is(texts(&numbers)),
            Self::Date(Comparison::Is(dates)) => Self::Is(texts(&dates)),
            Self::Flag(flag) => Self::Is(texts(&[flag])),
            Self::Number(comparison) => match comparison.try_map(named) {
                Some(names) => Self::Stage(names),
                None => Self::Number(comparison),
            },
            other => other,
        }
    }

    /// Normal form for customer sizes, where names are bands.
    fn of_head_counts(self) -> Self {
        match self {
            Self::Number(Comparison::Is(numbers)) if numbers.is_empty() => Self::Band(Vec::new()),
            Self::Number(_) => self,
            other => match other.of_names(false) {
                Self::Is(names) => Self::Band(names),
                other => other,
            },
        }
    }

    /// Normal form for attributes: they have no levels, so `within` means `is`, and empty lists of all kinds
    /// are equal.
    fn of_attributes(self) -> Self {
        match self {
            Self::Within(texts) => Self::Is(texts),
            Self::Number(Comparison::Is(numbers)) if numbers.is_empty() => Self::Is(Vec::new()),
            Self::Date(Comparison::Is(dates)) if dates.is_empty() => Self::Is(Vec::new()),
            other => other,
        }
    }

    /// The key in the structured form.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unlisted => "unlisted",
            Self::Within(_) => "within",
            Self::Is(_) | Self::Flag(_) => "is",
            Self::Band(_) => "band",
            Self::Stage(comparison) => comparison_key(comparison),
            Self::Number(comparison) => comparison_key(comparison),
            Self::Date(Comparison::Is(_)) => "on",
            Self::Date(Comparison::LessThan(_)) => "before",
            Self::Date(Comparison::MoreThan(_)) => "after",
            Self::Date(comparison) => comparison_key(comparison),
            Self::Contains(_) => "contains",
            Self::StartsWith(_) => "starts_with",
            Self::EndsWith(_) => "ends_with",
            Self::ContainsAny(_) => "contains_any",
            Self::ContainsAll(_) => "contains_all",
        }
    }

    /// The operator in the text form.
    pub(crate) fn sign(&self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::Unlisted => "is unlisted",
            Self::Within(_) | Self::Band(_) => "in",
            Self::Is(values) => is_or_in(values),
            Self::Flag(_) => "=",
            Self::Stage(comparison) => comparison_sign(comparison),
            Self::Number(comparison) => comparison_sign(comparison),
            Self::Date(comparison) => comparison_sign(comparison),
            Self::Contains(_) => "contains",
            Self::StartsWith(_) => "starts with",
            Self::EndsWith(_) => "ends with",
            Self::ContainsAny(_) => "contains any of",
            Self::ContainsAll(_) => "contains all of",
        }
    }

    /// The number of values that it mentions, at least 1.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Within(values)
            | Self::Is(values)
            | Self::Band(values)
            | Self::Contains(values)
            | Self::StartsWith(values)
            | Self::EndsWith(values)
            | Self::ContainsAny(values)
            | Self::ContainsAll(values) => values.len().max(1),
            Self::Number(Comparison::Is(values)) => values.len().max(1),
            Self::Date(Comparison::Is(values)) => values.len().max(1),
            _ => 1,
        }
    }
}

fn comparison_key<T>(comparison: &Comparison<T>) -> &'static str {
    match comparison {
        Comparison::Is(_) => "is",
        Comparison::LessThan(_) => "less_than",
        Comparison::AtMost(_) => "at_most",
        Comparison::AtLeast(_) => "at_least",
        Comparison::MoreThan(_) => "more_than",
        Comparison::Between(..) => "between",
    }
}

fn is_or_in<T>(values: &[T]) -> &'static str {
    match values {
        [_] => "=",
        _ => "in",
    }
}

fn comparison_sign<T>(comparison: &Comparison<T>) -> &'static str {
    match comparison {
        Comparison::Is(values) => is_or_in(values),
        Comparison::LessThan(_) => "<",
        Comparison::AtMost(_) => "<=",
        Comparison::AtLeast(_) => ">=",
        Comparison::MoreThan(_) => ">",
        Comparison::Between(..) => "between",
    }
}
