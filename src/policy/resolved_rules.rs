//! Rules with their names resolved to codes. The shape mirrors the rules as written, part by part.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::dimension::{Dimension, Listed, Number};
use crate::lead::Fact;
use crate::rule::{Comparison, Period};

/// `Display` shows at most this many texts of a test.
const MAX_SHOWN_TEXTS: usize = 5;

/// A rule or group of the policy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ResolvedEntry {
    Rule {
        enabled: bool,
        period: Period,
        when: ResolvedCondition,
        /// Position among the grants.
        grant: usize,
    },
    Group {
        enabled: bool,
        when: ResolvedCondition,
        entries: Vec<ResolvedEntry>,
        /// Position among the grants.
        otherwise: Option<usize>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ResolvedCondition {
    All(Vec<ResolvedCondition>),
    Any(Vec<ResolvedCondition>),
    Not(Box<ResolvedCondition>),
    Test(ResolvedTest),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ResolvedTest {
    DimensionMissing(Dimension),
    DimensionUnlisted(Dimension),
    /// The code of the value lies in one of the ranges, which are sorted and do not touch.
    Codes {
        dimension: Dimension,
        ranges: Vec<RangeInclusive<u32>>,
    },
    /// A test of the attribute at this position.
    Attribute {
        index: usize,
        test: AttributeTest,
    },
}

/// A test of an attribute, its texts folded for comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AttributeTest {
    Missing,
    Unlisted,
    /// Holds for any one of the texts.
    Text {
        operator: TextOperator,
        texts: Vec<Box<str>>,
    },
    Number(Comparison<Number>),
    Flag(bool),
    Tags {
        all: bool,
        tags: Vec<Box<str>>,
    },
    Date(Comparison<NaiveDate>),
}

impl AttributeTest {
    /// Whether the test holds for the attribute's value.
    pub(crate) fn holds(&self, value: &Listed<Fact<'_>>) -> bool {
        match (self, value) {
            (Self::Missing, Listed::Missing) | (Self::Unlisted, Listed::Unlisted) => true,
            (Self::Text { operator, texts }, Listed::Known(Fact::Text(value))) => match operator {
                TextOperator::Is => texts
                    .binary_search_by(|text| (**text).cmp(&**value))
                    .is_ok(),
                TextOperator::StartsWith => texts.iter().any(|text| value.starts_with(&**text)),
                TextOperator::EndsWith => texts.iter().any(|text| value.ends_with(&**text)),
                TextOperator::Contains => texts.iter().any(|text| value.contains(&**text)),
            },
            (Self::Number(comparison), Listed::Known(Fact::Number(value))) => {
                comparison.holds(value)
            }
            (Self::Date(comparison), Listed::Known(Fact::Date(value))) => comparison.holds(value),
            (Self::Flag(flag), Listed::Known(Fact::Flag(value))) => flag == value,
            (Self::Tags { all, tags }, Listed::Known(value)) => value.has_tags(tags, *all),
            _ => false,
        }
    }
}

impl fmt::Display for AttributeTest {
    /// Writes operator and values of tests of texts and tags; nothing for the others, which
    /// explanations show by attribute.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operator, texts) = match self {
            Self::Text { operator, texts } => {
                let operator = match operator {
                    TextOperator::Is => "in",
                    TextOperator::StartsWith => "starts with",
                    TextOperator::EndsWith => "ends with",
                    TextOperator::Contains => "contains",
                };
                (operator, texts)
            }
            Self::Tags { all: true, tags } => ("contains all of", tags),
            Self::Tags { all: false, tags } => ("contains any of", tags),
            _ => return Ok(()),
        };
        let shown: Vec<&str> = texts
            .iter()
            .take(MAX_SHOWN_TEXTS)
            .map(|text| &**text)
            .collect();
        let more = if texts.len() > MAX_SHOWN_TEXTS {
            ", …"
        } else {
            ""
        };
        write!(f, "{operator} ({}{more})", shown.join(", "))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TextOperator {
    Is,
    StartsWith,
    EndsWith,
    Contains,
}
