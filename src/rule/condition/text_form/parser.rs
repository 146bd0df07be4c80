//! Parses conditions from text. The grammar is in the guide's chapter on conditions in text.
//!
//! After a fault the parser continues at the next `and`, `or` or `)`, so that all faults are reported
//! at once. It does not backtrack beyond a token, so time is linear in the length of the text.

use std::ops::Range;
use std::str::FromStr;

use winnow::combinator::{alt, opt, separated};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location, Stateful};

use super::operators::{Operator, operator};
use super::parser_state::{Input, ParserState, Read};
use super::recovery::{
    found, is_at_end_of_test, not_joined, reserved, skip_all, skip_test, unexpected,
};
use super::reserved_words::is_word;
use super::span_recorder::SpanRecorder;
use super::spans::ConditionSpans;
use super::tokens::{blank, keyword, next_word, quoted, sign, word};
use super::value_kinds::{beginnings, between, compared, listed, texts};
use super::values::{list, value, values};
use crate::dimension::Dimension;
use crate::id::AttributeName;
use crate::limits::{MAX_CONDITION_BYTES, MAX_NESTING};
use crate::rule::condition::condition::{Condition, Shape, all, any};
use crate::rule::condition::errors::{ConditionErrors, ConditionFault};
use crate::rule::condition::predicate::Predicate;
use crate::rule::condition::subject::Subject;

/// Parses the text form. The grammar is in [the guide](crate::guide::condition_text).
///
/// ```
/// use leadtree::rule::{Condition, customer_size, industry, region, tags};
///
/// let condition: Condition = "
///     region in cn/east
///     and industry in (manufacturing, energy)
///     and customer_size >= 1000                    # head count
///     and not tags contains any of (competitor)
/// ".parse()?;
/// assert_eq!(
///     condition,
///     region().within("cn/east")
///         & industry().within_any(["manufacturing", "energy"])
///         & customer_size().at_least(1000)
///         & !tags("tags").contains_any(["competitor"]),
/// );
/// # Ok::<(), leadtree::rule::ConditionErrors>(())
/// ```
impl FromStr for Condition {
    type Err = ConditionErrors;

    /// Takes time and memory linear in the length of the text; recursion is at most [`MAX_NESTING`] levels
    /// deep.
    ///
    /// # Errors
    /// All faults at once, up to twenty, each with its place and remedy.
    fn from_str(text: &str) -> Result<Self, ConditionErrors> {
        let mut input = Stateful {
            input: LocatingSlice::new(text),
            state: ParserState::of(text),
        };
        let condition = whole(&mut input, text);
        match input.state.errors(text) {
            None => Ok(condition),
            Some(errors) => Err(errors),
        }
    }
}

impl Condition {
    /// Parses a condition. A faulty text is kept with its faults, which are reported with the policy's
    /// other faults.
    pub(crate) fn parse_or_keep(text: &str) -> Self {
        text.parse()
            .unwrap_or_else(|errors| Self::keep_unread(text, errors))
    }
}

/// The positions of the parts of a text without faults.
#[cfg(feature = "diagnostics")]
pub(crate) fn spans_of(text: &str) -> ConditionSpans {
    let mut input = Stateful {
        input: LocatingSlice::new(text),
        state: ParserState::with_spans(),
    };
    whole(&mut input, text);
    input.state.spans.unwrap_or_default()
}

/// A placeholder for what follows a fault. It is discarded, since the faults are returned instead.
fn after_fault() -> Condition {
    Condition::always()
}

fn whole(input: &mut Input<'_>, text: &str) -> Condition {
    let bytes = text.len();
    if bytes > MAX_CONDITION_BYTES {
        input.state.report(0..0, ConditionFault::TooLong { bytes });
        return after_fault();
    }
    if blank(input).is_err() || input.input.is_empty() {
        input.state.report(0..0, ConditionFault::Empty);
        return after_fault();
    }
    let mut condition = some_holds(input);
    // What follows a condition is the end of the text, or a `)` without a `(`.
    while !input.input.is_empty() {
        let (_, _, span) = found(input);
        input.state.report(span, ConditionFault::StrayParenthesis);
        if input.state.is_enough() || sign(")").parse_next(input).is_err() {
            skip_all(input);
        } else if opt(alt((keyword("and"), keyword("or")))).parse_next(input) == Ok(None) {
            skip_test(input);
        } else {
            condition = some_holds(input);
        }
    }
    if matches!(condition.shape(), Shape::TooDeep) {
        input
            .state
            .report(0..text.trim_end().len(), ConditionFault::TooDeep);
    }
    condition
}

fn some_holds(input: &mut Input<'_>) -> Condition {
    let conditions: Read<Vec<Condition>> =
        separated(1.., every_holds, keyword("or")).parse_next(input);
    conditions.map_or_else(|_| after_fault(), any)
}

fn every_holds(input: &mut Input<'_>) -> Read<Condition> {
    let conditions: Vec<Condition> =
        separated(1.., perhaps_negated, keyword("and")).parse_next(input)?;
    Ok(all(conditions))
}

/// Parses one part. Stops before `and`, `or`, `)` or the end of the text in any case, even after a fault.
#[expect(clippy::unnecessary_wraps, reason = "the shape of a parser")]
fn perhaps_negated(input: &mut Input<'_>) -> Read<Condition> {
    if input.state.is_enough() {
        skip_all(input);
        return Ok(after_fault());
    }
    let start = input.input.current_token_start();
    let first_test = input.state.spans.as_ref().map_or(0, ConditionSpans::count);
    let mut is_negated = false;
    while keyword("not").parse_next(input).is_ok() {
        is_negated = !is_negated;
    }
    let condition = if let Ok(open) = sign("(").parse_next(input) {
        in_parentheses(input, open)
    } else if keyword("always").parse_next(input).is_ok() {
        Condition::always()
    } else if keyword("never").parse_next(input).is_ok() {
        any([])
    } else {
        test(input).unwrap_or_else(|_| {
            skip_test(input);
            after_fault()
        })
    };
    if let Some(spans) = &mut input.state.spans {
        spans.add_part(start..input.state.end, first_test);
    }
    if !is_at_end_of_test(input) {
        not_joined(input);
        skip_test(input);
    }
    Ok(if is_negated { !condition } else { condition })
}

/// Parses what follows a `(`, up to and including the `)`.
fn in_parentheses(input: &mut Input<'_>, open: Range<usize>) -> Condition {
    if input.state.depth == MAX_NESTING {
        input.state.report(open, ConditionFault::TooDeep);
        skip_all(input);
        return after_fault();
    }
    input.state.depth += 1;
    let condition = some_holds(input);
    input.state.depth -= 1;
    if sign(")").parse_next(input).is_err() && !input.state.is_cut_short {
        input.state.report(open, ConditionFault::OpenParenthesis);
    }
    condition
}

fn test(input: &mut Input<'_>) -> Read<Condition> {
    let mut spans = SpanRecorder::begin(input);
    let subject = subject(input)?;
    spans.subject(input);
    let (operator, is_negated) = operator(input, &subject)?;
    let predicate = match operator {
        Operator::Missing => Predicate::Missing,
        Operator::Unlisted => Predicate::Unlisted,
        Operator::Is | Operator::In => {
            let of_names = match operator {
                Operator::In => Predicate::Within,
                _ => Predicate::Is,
            };
            let values = spans.values(values(input)?);
            listed(&subject, values, of_names, &mut input.state)?
        }
        Operator::Order(order) => {
            let bound = spans.value(value(input)?);
            compared(&subject, bound, order, &mut input.state)?
        }
        Operator::Between => {
            let from = spans.value(value(input)?);
            if keyword("and").parse_next(input).is_err() {
                return Err(unexpected(input, "`and` and the upper end", &["and"]));
            }
            let to = spans.value(value(input)?);
            between(&subject, from, to, &mut input.state)?
        }
        Operator::Contains => Predicate::Contains(texts(spans.values(values(input)?))),
        Operator::StartsWith => {
            let values = spans.values(values(input)?);
            Predicate::StartsWith(beginnings(values, &mut input.state)?)
        }
        Operator::EndsWith => Predicate::EndsWith(texts(spans.values(values(input)?))),
        Operator::ContainsAny => Predicate::ContainsAny(texts(spans.values(list(input)?))),
        Operator::ContainsAll => Predicate::ContainsAll(texts(spans.values(list(input)?))),
    };
    spans.end(input);
    let test = Condition::test(subject, predicate);
    Ok(if is_negated { !test } else { test })
}

/// Parses a dimension or an attribute; a name in quotes is always an attribute.
fn subject(input: &mut Input<'_>) -> Read<Subject> {
    const EXPECTED: &str = "a dimension or an attribute";
    if let Some((name, _)) = opt(quoted).parse_next(input)? {
        return Ok(Subject::Attribute(AttributeName::from(name)));
    }
    match next_word(input) {
        Some((word, span)) if is_word(word) => Err(reserved(input, EXPECTED, word, span)),
        Some((name, _))
            if name.starts_with(|first: char| first.is_alphabetic() || first == '_') =>
        {
            word(input)?;
            Ok(match Dimension::from_name(name) {
                Some(dimension) => Subject::Dimension(dimension),
                None => Subject::Attribute(AttributeName::from(name)),
            })
        }
        _ => Err(unexpected(input, EXPECTED, &[])),
    }
}
