//! Maps each test to its axis and to the values on it for which the test holds.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::dimension::Dimension;
use crate::lead::Fact;
use crate::policy::{AttributeTest, ResolvedTest, TextOperator};
use crate::rule::{Comparison, Period};

/// What an axis asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Question {
    /// The value of a dimension.
    Dimension(Dimension),
    /// The value of the attribute at that position.
    Attribute(usize),
    /// Whether a test without order (`contains`, tags) holds for the attribute at that position.
    Test(usize, AttributeTest),
    /// The moment of the decision.
    Now,
}

/// A range of values for which a test holds: from the first, included, to the second, excluded. `None` is no
/// bound.
pub(crate) type Span<K> = (Option<K>, Option<K>);

/// The values for which a test holds.
pub(crate) enum Spans {
    Codes(Vec<Span<u128>>),
    Texts(Vec<Span<Box<[u8]>>>),
}

/// A test as a set of values on an axis.
pub(crate) enum TestValues {
    Missing,
    Unlisted,
    Spans(Spans),
    Answer,
}

/// Identifies an axis by its question.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) enum AxisKey {
    Dimension(Dimension),
    Attribute(usize),
    /// A test without order: the position of its attribute, its operator and its texts.
    Test(usize, u8, Box<[Box<str>]>),
    Now,
}

pub(crate) fn code_of(fact: &Fact<'_>) -> u128 {
    match fact {
        Fact::Number(number) => number.order_key().into(),
        Fact::Flag(flag) => u128::from(*flag),
        Fact::Date(date) => code_of_date(*date),
        Fact::Text(_) | Fact::Tags(_) | Fact::Tag(_) => 0,
    }
}

pub(crate) fn code_of_date(date: NaiveDate) -> u128 {
    let days = i64::from(date.num_days_from_ce()) - i64::from(i32::MIN);
    days.unsigned_abs().into()
}

pub(crate) fn code_of_moment(moment: DateTime<Utc>) -> u128 {
    let seconds = i128::from(moment.timestamp()) - i128::from(i64::MIN);
    (seconds.unsigned_abs() << 32) | u128::from(moment.timestamp_subsec_nanos())
}

pub(crate) fn span_of(period: Period) -> Span<u128> {
    (
        period.from().map(code_of_moment),
        period.until().map(code_of_moment),
    )
}

pub(crate) fn question(test: &ResolvedTest) -> Question {
    match test {
        ResolvedTest::DimensionMissing(dimension)
        | ResolvedTest::DimensionUnlisted(dimension)
        | ResolvedTest::Codes { dimension, .. } => Question::Dimension(*dimension),
        ResolvedTest::Attribute { index, test } => question_of_attribute(*index, test),
    }
}

/// The question of the axis for a test of an attribute.
pub(crate) fn question_of_attribute(index: usize, test: &AttributeTest) -> Question {
    match test {
        AttributeTest::Text {
            operator: TextOperator::Contains | TextOperator::EndsWith,
            ..
        }
        | AttributeTest::Tags { .. } => Question::Test(index, test.clone()),
        _ => Question::Attribute(index),
    }
}

/// The axis of a test, and the values for which the test holds.
pub(crate) fn place(test: &ResolvedTest) -> (AxisKey, TestValues) {
    match test {
        ResolvedTest::DimensionMissing(dimension) => {
            (AxisKey::Dimension(*dimension), TestValues::Missing)
        }
        ResolvedTest::DimensionUnlisted(dimension) => {
            (AxisKey::Dimension(*dimension), TestValues::Unlisted)
        }
        ResolvedTest::Codes { dimension, ranges } => {
            let spans = Spans::Codes(spans_of_ranges(ranges).collect());
            (AxisKey::Dimension(*dimension), TestValues::Spans(spans))
        }
        ResolvedTest::Attribute { index, test } => place_attribute(*index, test),
    }
}

/// Ranges of codes as spans.
pub(crate) fn spans_of_ranges(ranges: &[RangeInclusive<u32>]) -> impl Iterator<Item = Span<u128>> {
    ranges.iter().map(|range| {
        let from = Some(u128::from(*range.start())).filter(|&from| from > 0);
        (from, Some(u128::from(*range.end()) + 1))
    })
}

/// The axis of a test of the attribute at `index`, and the values for which the test holds.
pub(crate) fn place_attribute(index: usize, test: &AttributeTest) -> (AxisKey, TestValues) {
    let attribute = AxisKey::Attribute(index);
    let codes = |spans| TestValues::Spans(Spans::Codes(spans));
    match test {
        AttributeTest::Missing => (attribute, TestValues::Missing),
        AttributeTest::Unlisted => (attribute, TestValues::Unlisted),
        AttributeTest::Number(comparison) => (
            attribute,
            codes(spans(comparison, |number| number.order_key().into())),
        ),
        AttributeTest::Date(comparison) => (
            attribute,
            codes(spans(comparison, |date| code_of_date(*date))),
        ),
        AttributeTest::Flag(flag) => {
            let from = u128::from(*flag);
            (
                attribute,
                codes(vec![(Some(from).filter(|&from| from > 0), Some(from + 1))]),
            )
        }
        AttributeTest::Tags { all, tags } => (
            AxisKey::Test(index, u8::from(*all), tags.as_slice().into()),
            TestValues::Answer,
        ),
        AttributeTest::Text { operator, texts } => match operator {
            TextOperator::Is => (attribute, text_spans(texts, 0x00)),
            // No UTF-8 text contains this byte, so it sorts after every text with this prefix.
            TextOperator::StartsWith => (attribute, text_spans(texts, 0xFF)),
            TextOperator::EndsWith => (
                AxisKey::Test(index, 2, texts.as_slice().into()),
                TestValues::Answer,
            ),
            TextOperator::Contains => (
                AxisKey::Test(index, 3, texts.as_slice().into()),
                TestValues::Answer,
            ),
        },
    }
}

/// For each text the span from it, included, to the text with the byte `end` appended, excluded.
pub(crate) fn text_spans(texts: &[Box<str>], end: u8) -> TestValues {
    let spans = texts.iter().map(|text| {
        let to = [text.as_bytes(), &[end]].concat().into_boxed_slice();
        (Some(Box::from(text.as_bytes())), Some(to))
    });
    TestValues::Spans(Spans::Texts(spans.collect()))
}

pub(crate) fn spans<T>(comparison: &Comparison<T>, code: impl Fn(&T) -> u128) -> Vec<Span<u128>> {
    match comparison {
        Comparison::Is(values) => values
            .iter()
            .map(&code)
            .map(|code| (Some(code), Some(code + 1)))
            .collect(),
        Comparison::LessThan(bound) => vec![(None, Some(code(bound)))],
        Comparison::AtMost(bound) => vec![(None, Some(code(bound) + 1))],
        Comparison::AtLeast(bound) => vec![(Some(code(bound)), None)],
        Comparison::MoreThan(bound) => vec![(Some(code(bound) + 1), None)],
        Comparison::Between(from, to) => vec![(Some(code(from)), Some(code(to) + 1))],
    }
}
