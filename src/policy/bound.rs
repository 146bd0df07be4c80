//! Rules whose names are resolved to codes. The shape mirrors the rules as written, part by part.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::dimension::{Dimension, Number};
use crate::rule::{Comparison, Period};

/// An entry of the policy, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BoundEntry {
    Rule {
        enabled: bool,
        period: Period,
        when: BoundCondition,
        /// Position among the grants.
        grant: usize,
    },
    Group {
        enabled: bool,
        when: BoundCondition,
        entries: Vec<BoundEntry>,
        /// Position among the grants.
        otherwise: Option<usize>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BoundCondition {
    All(Vec<BoundCondition>),
    Any(Vec<BoundCondition>),
    Not(Box<BoundCondition>),
    Test(BoundTest),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BoundTest {
    DimensionMissing(Dimension),
    DimensionUnlisted(Dimension),
    /// The known value's code lies in one of the ranges, which are in order and apart.
    Codes {
        dimension: Dimension,
        ranges: Vec<RangeInclusive<u32>>,
    },
    /// The attribute at that position.
    Attribute {
        index: usize,
        test: AttributeTest,
    },
}

/// Texts are folded as they are compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AttributeTest {
    Missing,
    Unlisted,
    /// One of the texts.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TextOperator {
    Is,
    StartsWith,
    EndsWith,
    Contains,
}
