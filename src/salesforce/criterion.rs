//! A test of one field, from a criterion or from a comparison in a formula.

use std::fmt;

use serde::Serialize;

/// The operation of a criterion, named as in the Metadata API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Operation {
    /// Equal to one of the values.
    Equals,
    /// Equal to none of the values.
    NotEqual,
    /// Less than the value.
    LessThan,
    /// Greater than the value.
    GreaterThan,
    /// Less than or equal to the value.
    LessOrEqual,
    /// Greater than or equal to the value.
    GreaterOrEqual,
    /// Contains one of the values.
    Contains,
    /// Contains none of the values.
    NotContain,
    /// Starts with one of the values.
    StartsWith,
    /// Has one of the values selected.
    Includes,
    /// Has none of the values selected.
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

    /// Whether it compares by order.
    pub(super) const fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::LessThan | Self::GreaterThan | Self::LessOrEqual | Self::GreaterOrEqual
        )
    }

    /// Whether it tests equality or inequality.
    pub(super) const fn is_equality(self) -> bool {
        matches!(self, Self::Equals | Self::NotEqual)
    }

    /// Whether it tests part of a text.
    pub(super) const fn is_textual(self) -> bool {
        matches!(self, Self::Contains | Self::NotContain | Self::StartsWith)
    }

    /// Whether it tests the selected values of a multi-select field.
    pub(super) const fn is_selection(self) -> bool {
        matches!(self, Self::Includes | Self::Excludes)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where a criterion comes from, which determines how it compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A criterion: case is ignored, and a blank number counts as zero in ordered comparisons.
    Criterion,
    /// A comparison of texts in a formula: case-sensitive.
    TextFormula,
    /// A comparison with a picklist value in a formula.
    PicklistFormula,
    /// A comparison of numbers in a formula: no comparison with a blank number holds.
    NumberFormula,
    /// A test of a flag or of blank in a formula.
    Formula,
}

/// A test of a field. There is at least one value; an empty one means blank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Criterion {
    pub(super) field: String,
    pub(super) operation: Operation,
    pub(super) values: Vec<String>,
    pub(super) origin: Origin,
}

impl Criterion {
    /// The values other than blank.
    pub(super) fn given(&self) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether blank is among the values.
    pub(super) fn includes_blank(&self) -> bool {
        self.values.iter().any(String::is_empty)
    }
}
