//! A lead's value as a policy knows it, and how it was found.

use std::fmt;

/// A lead's value in a dimension or attribute. A lead always has exactly one value in each.
///
/// A test matches `Missing` and `Unlisted` only if it names them (`is missing`, `is unlisted`), so
/// `not (region in cn)` matches a lead without a region.
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

    /// Changes the known value; missing and unlisted values stay as they are.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Listed<U> {
        match self {
            Self::Missing => Listed::Missing,
            Self::Unlisted => Listed::Unlisted,
            Self::Known(value) => Listed::Known(change(value)),
        }
    }
}

/// How a lead's raw value was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Via {
    /// Directly, apart from case, spaces and typography. Missing and unlisted values also have this.
    Itself,
    /// By an alias or a code.
    Alias,
    /// By the last segment of a path, which only one node of the taxonomy has.
    Name,
    /// By a path that leaves steps out, or names steps by their aliases.
    Steps,
    /// A range or a band was given, and its lower end is taken.
    LowerEnd,
    /// A text was parsed as the kind that the policy declares for the attribute.
    Reading,
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Itself => "as given",
            Self::Alias => "by alias",
            Self::Name => "by the last segment of its path",
            Self::Steps => "by some steps of its path",
            Self::LowerEnd => "at the lower end of the range given",
            Self::Reading => "read from text",
        })
    }
}

/// A lead's value in a dimension or attribute, and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Resolved<T> {
    /// The value.
    pub value: Listed<T>,
    /// How it was found.
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
