//! A criterion about one field: what a criterion or a comparison in a formula asks.

use std::fmt;

use serde::Serialize;

/// An operation of a criterion, as the Metadata API names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// One of the values.
    Equals,
    /// None of the values.
    NotEqual,
    /// Below the value.
    LessThan,
    /// Above the value.
    GreaterThan,
    /// The value or below.
    LessOrEqual,
    /// The value or above.
    GreaterOrEqual,
    /// One of the values is part of it.
    Contains,
    /// None of the values is part of it.
    NotContain,
    /// It begins with one of the values.
    StartsWith,
    /// One of the values is selected.
    Includes,
    /// None of the values is selected.
    Excludes,
}

impl Operation {
    const ALL: [Self; 11] = [
        Self::Equals,
        Self::NotEqual,
        Self::LessThan,
        Self::GreaterThan,
        Self::LessOrEqual,
        Self::GreaterOrEqual,
        Self::Contains,
        Self::NotContain,
        Self::StartsWith,
        Self::Includes,
        Self::Excludes,
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| it.as_str().eq_ignore_ascii_case(name))
    }

    /// The name in the Metadata API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::NotEqual => "notEqual",
            Self::LessThan => "lessThan",
            Self::GreaterThan => "greaterThan",
            Self::LessOrEqual => "lessOrEqual",
            Self::GreaterOrEqual => "greaterOrEqual",
            Self::Contains => "contains",
            Self::NotContain => "notContain",
            Self::StartsWith => "startsWith",
            Self::Includes => "includes",
            Self::Excludes => "excludes",
        }
    }

    /// Whether it asks for an order.
    pub(super) const fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::LessThan | Self::GreaterThan | Self::LessOrEqual | Self::GreaterOrEqual
        )
    }

    /// Whether it asks for equality, or for none.
    pub(super) const fn is_equality(self) -> bool {
        matches!(self, Self::Equals | Self::NotEqual)
    }

    /// Whether it asks about a part of a text.
    pub(super) const fn is_textual(self) -> bool {
        matches!(self, Self::Contains | Self::NotContain | Self::StartsWith)
    }

    /// Whether it asks about what is selected of many.
    pub(super) const fn is_selection(self) -> bool {
        matches!(self, Self::Includes | Self::Excludes)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where a criterion comes from; the two compare differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Case does not count, a blank number stands for zero where there is an order.
    Criterion,
    /// A formula about a text: case counts.
    TextFormula,
    /// A formula about a value of a list to pick from.
    PicklistFormula,
    /// A formula about a number: a blank one compares with nothing.
    NumberFormula,
    /// A formula about a flag or about blank.
    Formula,
}

/// What is asked of which field. There is at least one value; an empty one stands for blank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Criterion {
    pub(super) field: String,
    pub(super) operation: Operation,
    pub(super) values: Vec<String>,
    pub(super) origin: Origin,
}

impl Criterion {
    /// The values that are not blank.
    pub(super) fn given(&self) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether blank is among the values.
    pub(super) fn asks_for_blank(&self) -> bool {
        self.values.iter().any(String::is_empty)
    }
}
