//! The operators of a test.

use winnow::combinator::{alt, opt};
use winnow::error::{EmptyError, ErrMode};
use winnow::prelude::*;

use super::parser_state::{Input, Read};
use super::recovery::unexpected;
use super::tokens::{keyword, sign, word};
use super::value_kinds::Order;
use crate::dimension::Dimension;
use crate::rule::condition::errors::ConditionFault;
use crate::rule::condition::subject::Subject;

#[derive(Clone, Copy)]
pub(super) enum Operator {
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
pub(super) fn operator(input: &mut Input<'_>, subject: &Subject) -> Read<(Operator, bool)> {
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
