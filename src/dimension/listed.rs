//! A value as the policy sees it, and how the raw text led to it.

use std::fmt;

/// A lead's value in a dimension or attribute. There is always exactly one.
///
/// A test matches `Missing` and `Unlisted` only if it names them, so `not (region in cn)` matches
/// a lead without region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Listed<T> {
    /// Nothing was given.
    Missing,
    /// Something was given that the policy does not know.
    Unlisted,
    /// A value that the policy knows.
    Known(T),
}

impl<T> Listed<T> {
    /// The known value.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing | Self::Unlisted => None,
        }
    }

    /// The same with another known value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Listed<U> {
        match self {
            Self::Missing => Listed::Missing,
            Self::Unlisted => Listed::Unlisted,
            Self::Known(value) => Listed::Known(change(value)),
        }
    }
}

/// How a raw value led to a known one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Via {
    /// As given, up to case, spaces and typography; or nothing known was given.
    Itself,
    /// Through an alias or a code.
    Alias,
    /// Through a last name that only one node of the taxonomy has.
    Name,
    /// A range or a band was given: the lead stands at its lower end.
    LowerEnd,
    /// A text was read as the declared kind of the attribute.
    Reading,
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Itself => "as given",
            Self::Alias => "by alias",
            Self::Name => "by its last name",
            Self::LowerEnd => "at the lower end of the range given",
            Self::Reading => "read from text",
        })
    }
}

/// A value and the way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resolved<T> {
    /// The value.
    pub value: Listed<T>,
    /// The way to it.
    pub via: Via,
}

impl<T> Resolved<T> {
    pub(crate) fn known(value: T, via: Via) -> Self {
        Self {
            value: Listed::Known(value),
            via,
        }
    }

    pub(crate) fn missing() -> Self {
        Self {
            value: Listed::Missing,
            via: Via::Itself,
        }
    }

    pub(crate) fn unlisted() -> Self {
        Self {
            value: Listed::Unlisted,
            via: Via::Itself,
        }
    }
}
