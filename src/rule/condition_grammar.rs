//! Parses conditions from text. The grammar is in the guide's chapter on conditions in text.
//!
//! After a fault the parser continues behind the next `and`, `or` or `)`, so that all faults are reported
//! at once. It does not backtrack beyond a token, so time is linear in the length of the text.

use std::borrow::Cow;
use std::ops::Range;
use std::str::FromStr;

use winnow::combinator::{alt, opt, peek, separated};
use winnow::error::{EmptyError, ErrMode};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location, Stateful, Stream};

use super::condition::{Condition, Shape, all, any};
use super::condition_errors::{ConditionErrors, ConditionFault};
use super::condition_marks::ConditionMarks;
use super::condition_test_marker::TestMarker;
use super::condition_tokens::{
    Input, Miss, Progress, Read, blank, found, is_at_end_of_test, keyword, next_word, quoted, sign,
    skip, skip_all, skip_list, unexpected, word,
};
use super::condition_values::{Order, Written, between, compared, listed, texts};
use super::condition_words::{is_no_value, is_word};
use super::predicate::{Predicate, Subject};
use crate::dimension::Dimension;
use crate::id::AttributeName;
use crate::limits::{MAX_CONDITION_BYTES, MAX_NESTING};
use crate::suggestion::Suggestion;

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
            state: Progress::default(),
        };
        let condition = whole(&mut input, text);
        match input.state.errors(text) {
            None => Ok(condition),
            Some(errors) => Err(errors),
        }
    }
}

/// The positions of the parts of a text without faults.
#[cfg(feature = "diagnostics")]
pub(crate) fn marks_of(text: &str) -> ConditionMarks {
    let mut input = Stateful {
        input: LocatingSlice::new(text),
        state: Progress::marking(),
    };
    whole(&mut input, text);
    input.state.marks.unwrap_or_default()
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
            skip(input);
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
    let first_test = input.state.marks.as_ref().map_or(0, ConditionMarks::count);
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
            skip(input);
            after_fault()
        })
    };
    if let Some(marks) = &mut input.state.marks {
        marks.add_part(start..input.state.end, first_test);
    }
    if !is_at_end_of_test(input) {
        not_joined(input);
        skip(input);
    }
    Ok(if is_negated { !condition } else { condition })
}

fn not_joined(input: &mut Input<'_>) {
    let (word, found, span) = found(input);
    let fault = if found == "`,`" {
        ConditionFault::Comma
    } else {
        let suggestion = word.map_or_else(Suggestion::default, |word| {
            Suggestion::among(word, ["and", "or"])
        });
        ConditionFault::NotJoined { found, suggestion }
    };
    input.state.report(span, fault);
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
    let mut mark = TestMarker::begin(input);
    let subject = subject(input)?;
    mark.subject(input);
    let (operator, is_negated) = operator(input, &subject)?;
    let predicate = match operator {
        Operator::Missing => Predicate::Missing,
        Operator::Unlisted => Predicate::Unlisted,
        Operator::Is | Operator::In => {
            let of_names = match operator {
                Operator::In => Predicate::Within,
                _ => Predicate::Is,
            };
            let values = mark.values(values(input)?);
            listed(&subject, values, of_names, &mut input.state)?
        }
        Operator::Order(order) => {
            let bound = mark.value(value(input)?);
            compared(&subject, bound, order, &mut input.state)?
        }
        Operator::Between => {
            let from = mark.value(value(input)?);
            if keyword("and").parse_next(input).is_err() {
                return Err(unexpected(input, "`and` and the upper end", &["and"]));
            }
            let to = mark.value(value(input)?);
            between(&subject, from, to, &mut input.state)?
        }
        Operator::Contains => Predicate::Contains(texts(mark.values(values(input)?))),
        Operator::StartsWith => Predicate::StartsWith(texts(mark.values(values(input)?))),
        Operator::EndsWith => Predicate::EndsWith(texts(mark.values(values(input)?))),
        Operator::ContainsAny => Predicate::ContainsAny(texts(mark.values(list(input)?))),
        Operator::ContainsAll => Predicate::ContainsAll(texts(mark.values(list(input)?))),
    };
    mark.end(input);
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

#[derive(Clone, Copy)]
enum Operator {
    Missing,
    Unlisted,
    Is,
    In,
    Order(Order),
    Between,
    Contains,
    StartsWith,
    EndsWith,
    ContainsAny,
    ContainsAll,
}

/// The signs, each with its operator and whether it is negated; longer signs first.
const SIGNS: [(&str, Operator, bool); 6] = [
    ("!=", Operator::Is, true),
    ("<=", Operator::Order(Order::AtMost), false),
    (">=", Operator::Order(Order::AtLeast), false),
    ("=", Operator::Is, false),
    ("<", Operator::Order(Order::LessThan), false),
    (">", Operator::Order(Order::MoreThan), false),
];

/// Parses the operator; returns it and whether it is negated.
fn operator(input: &mut Input<'_>, subject: &Subject) -> Read<(Operator, bool)> {
    for (written, operator, is_negated) in SIGNS {
        if sign(written).parse_next(input).is_ok() {
            return Ok((operator, is_negated));
        }
    }
    if let Some(operator) = opt(foreign_word).parse_next(input)? {
        return Ok((operator, false));
    }
    if keyword("is").parse_next(input).is_ok() {
        let is_negated = keyword("not").parse_next(input).is_ok();
        let missing = keyword("missing").value(Operator::Missing);
        let unlisted = keyword("unlisted").value(Operator::Unlisted);
        if let Some(operator) = opt(alt((missing, unlisted))).parse_next(input)? {
            return Ok((operator, is_negated));
        }
        let expected = "`missing` or `unlisted` after `is` (with a value, write `=`)";
        return Err(unexpected(input, expected, &["missing", "unlisted"]));
    }
    let is_negated = keyword("not").parse_next(input).is_ok();
    let operator = if keyword("in").parse_next(input).is_ok() {
        Operator::In
    } else if keyword("between").parse_next(input).is_ok() {
        Operator::Between
    } else if keyword("contains").parse_next(input).is_ok() {
        let any_of = (keyword("any"), keyword("of")).value(Operator::ContainsAny);
        let all_of = (keyword("all"), keyword("of")).value(Operator::ContainsAll);
        opt(alt((any_of, all_of)))
            .parse_next(input)?
            .unwrap_or(Operator::Contains)
    } else if keyword("starts").parse_next(input).is_ok() {
        with(input, Operator::StartsWith)?
    } else if keyword("ends").parse_next(input).is_ok() {
        with(input, Operator::EndsWith)?
    } else if is_negated {
        let expected = "`in`, `between`, `contains`, `starts with` or `ends with` after `not`";
        return Err(unexpected(input, expected, &WORD_OPERATORS));
    } else {
        return Err(unexpected(input, operators(subject), &WORD_OPERATORS));
    };
    Ok((operator, is_negated))
}

/// Operators of the structured form, each with its text form.
const FOREIGN_WORDS: [(&str, &str, Operator); 13] = [
    ("within", "in", Operator::In),
    ("on", "=", Operator::Is),
    ("equals", "=", Operator::Is),
    ("less_than", "<", Operator::Order(Order::LessThan)),
    ("before", "<", Operator::Order(Order::LessThan)),
    ("at_most", "<=", Operator::Order(Order::AtMost)),
    ("at_least", ">=", Operator::Order(Order::AtLeast)),
    ("more_than", ">", Operator::Order(Order::MoreThan)),
    ("after", ">", Operator::Order(Order::MoreThan)),
    ("starts_with", "starts with", Operator::StartsWith),
    ("ends_with", "ends with", Operator::EndsWith),
    ("contains_any", "contains any of", Operator::ContainsAny),
    ("contains_all", "contains all of", Operator::ContainsAll),
];

/// Parses an operator of the structured form: a fault, after which parsing continues.
fn foreign_word(input: &mut Input<'_>) -> Read<Operator> {
    let (found, span) = word(input)?;
    let known = FOREIGN_WORDS
        .iter()
        .find(|(known, ..)| known.eq_ignore_ascii_case(found));
    let (_, write, operator) = known.ok_or(ErrMode::Backtrack(EmptyError))?;
    let found = found.to_owned();
    input
        .state
        .report(span, ConditionFault::Foreign { found, write });
    Ok(*operator)
}

const WORD_OPERATORS: [&str; 7] = ["in", "not", "is", "between", "contains", "starts", "ends"];

fn operators(subject: &Subject) -> &'static str {
    match subject {
        Subject::Dimension(Dimension::Region | Dimension::Industry | Dimension::ProductLine) => {
            "`in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`"
        }
        Subject::Dimension(_) => {
            "`=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `is missing` or \
             `is unlisted`"
        }
        Subject::Attribute(_) => {
            "`=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `contains`, \
             `contains any of`, `contains all of`, `starts with`, `ends with`, `is missing` or \
             `is unlisted`"
        }
    }
}

fn with(input: &mut Input<'_>, operator: Operator) -> Read<Operator> {
    if keyword("with").parse_next(input).is_ok() {
        return Ok(operator);
    }
    Err(unexpected(input, "`with`", &["with"]))
}

/// Parses a value or a list of values.
fn values<'s>(input: &mut Input<'s>) -> Read<Vec<Written<'s>>> {
    if is_before_list(input) {
        list(input)
    } else {
        Ok(vec![value(input)?])
    }
}

fn is_before_list(input: &mut Input<'_>) -> bool {
    peek(sign("(")).parse_next(input).is_ok()
}

/// Parses values in parentheses. An empty list is accepted here; a policy refuses it.
fn list<'s>(input: &mut Input<'s>) -> Read<Vec<Written<'s>>> {
    if sign("(").parse_next(input).is_err() {
        return Err(unexpected(input, "`(` and a list of values", &[]));
    }
    if sign(")").parse_next(input).is_ok() {
        return Ok(Vec::new());
    }
    let values: Read<Vec<Written<'s>>> = separated(1.., value, sign(",")).parse_next(input);
    if values.is_ok() && sign(")").parse_next(input).is_ok() {
        return values;
    }
    let miss = match values {
        Ok(_) => unexpected(input, "`,` or `)` in the list", &[]),
        Err(miss) => miss,
    };
    skip_list(input);
    Err(miss)
}

fn value<'s>(input: &mut Input<'s>) -> Read<Written<'s>> {
    const EXPECTED: &str = "a value";
    if let Some((text, span)) = opt(quoted).parse_next(input)? {
        let text = Cow::Owned(text);
        return Ok(Written {
            text,
            in_quotes: true,
            span,
        });
    }
    match next_word(input) {
        Some((text, span)) if is_no_value(text) => {
            let miss = reserved(input, EXPECTED, text, span);
            let start = input.checkpoint();
            word(input)?;
            // If a value could end here, the word was meant as a value.
            let is_value = peek(sign(",")).parse_next(input).is_ok() || is_at_end_of_test(input);
            if !is_value {
                input.reset(&start);
            }
            Err(miss)
        }
        Some(_) => {
            let (text, span) = word(input)?;
            let text = Cow::Borrowed(text);
            Ok(Written {
                text,
                in_quotes: false,
                span,
            })
        }
        None => Err(unexpected(input, EXPECTED, &[])),
    }
}

/// Reports a reserved word where a name or a value is expected.
fn reserved(input: &mut Input<'_>, expected: &'static str, word: &str, span: Range<usize>) -> Miss {
    let word = word.to_owned();
    input
        .state
        .report(span, ConditionFault::Reserved { expected, word })
}
