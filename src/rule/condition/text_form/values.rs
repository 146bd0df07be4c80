//! The values of a test: one value, or a list in parentheses.

use std::borrow::Cow;

use winnow::combinator::{opt, peek, separated};
use winnow::prelude::*;
use winnow::stream::Stream;

use super::parser_state::{Input, Read};
use super::recovery::{is_at_end_of_test, reserved, skip_list, unexpected};
use super::reserved_words::is_no_value;
use super::tokens::{next_word, quoted, sign, word};
use super::value_kinds::Written;

/// Parses a value or a list of values.
pub(super) fn values<'s>(input: &mut Input<'s>) -> Read<Vec<Written<'s>>> {
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
pub(super) fn list<'s>(input: &mut Input<'s>) -> Read<Vec<Written<'s>>> {
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

pub(super) fn value<'s>(input: &mut Input<'s>) -> Read<Written<'s>> {
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
