//! What the parsers do where the text does not match: report what was found, and skip to where
//! parsing can continue.

use std::ops::Range;

use winnow::combinator::{alt, eof, opt, peek};
use winnow::prelude::*;
use winnow::token::{any, one_of, rest, take_while};

use super::parser_state::{Input, Miss, Read};
use super::reserved_words::begins_bare;
use super::tokens::{bare, keyword, part, quoted, sign, word};
use crate::rule::condition::errors::ConditionFault;
use crate::rule::condition::excerpt::{LONGEST_FOUND, shortened};
use crate::suggestion::Suggestion;

/// Whether a condition can end here: before `and`, `or`, `)` or at the end.
pub(super) fn is_at_end_of_test(input: &mut Input<'_>) -> bool {
    peek(alt((
        keyword("and").void(),
        keyword("or").void(),
        sign(")").void(),
        eof.void(),
    )))
    .parse_next(input)
    .is_ok()
}

/// Skips to where the next test may begin, past pairs of parentheses.
pub(super) fn skip_test(input: &mut Input<'_>) {
    let mut open = 0_usize;
    while !(open == 0 && is_at_end_of_test(input)) {
        match passed(input) {
            Some(opened) => open = open.saturating_add_signed(opened),
            None => return,
        }
    }
}

/// Skips to after the `)` of a list, or to an `and` or `or` in it, in case the `)` is missing.
pub(super) fn skip_list(input: &mut Input<'_>) {
    let mut open = 1_usize;
    while open > 0
        && peek(alt((keyword("and"), keyword("or"))))
            .parse_next(input)
            .is_err()
    {
        match passed(input) {
            Some(opened) => open = open.saturating_add_signed(opened),
            None => return,
        }
    }
}

/// Skips a token; returns the change in the number of open parentheses, or `None` at the end.
fn passed(input: &mut Input<'_>) -> Option<isize> {
    let opened: Read<isize> = alt((
        word.value(0),
        sign("(").value(1),
        sign(")").value(-1),
        quoted.value(0),
        part(any).value(0),
    ))
    .parse_next(input);
    if opened.is_err() {
        skip_all(input);
    }
    opened.ok()
}

/// Skips the rest of the text.
pub(super) fn skip_all(input: &mut Input<'_>) {
    let all: Read<&str> = rest.parse_next(input);
    debug_assert!(all.is_ok(), "the rest is always there");
    input.state.is_cut_short = true;
}

/// The next token for a message: as a word if it is one, as a text, and its position.
pub(super) fn found<'s>(input: &mut Input<'s>) -> (Option<&'s str>, String, Range<usize>) {
    let in_quotes = one_of(['\'', '"']).flat_map(|quote| {
        (
            take_while(0..=LONGEST_FOUND, move |c| c != quote && c != '\n'),
            opt(quote),
        )
    });
    let next: Read<(&str, Range<usize>)> =
        peek(alt((bare, in_quotes.take(), any.take())).with_span()).parse_next(input);
    if let Ok((text, span)) = next {
        let word = text.starts_with(begins_bare).then_some(text);
        (word, format!("`{}`", shortened(text)), span)
    } else {
        let end = input.state.end;
        (None, "the end".to_owned(), end..end)
    }
}

/// Reports that something else is expected here. Suggestions are taken from `known`.
pub(super) fn unexpected(
    input: &mut Input<'_>,
    expected: &'static str,
    known: &[&'static str],
) -> Miss {
    let (word, found, span) = found(input);
    let suggestion = word.map_or_else(Suggestion::default, |word| {
        Suggestion::among(word, known.iter().copied())
    });
    let fault = ConditionFault::Unexpected {
        expected,
        found,
        suggestion,
    };
    input.state.report(span, fault)
}

/// Reports a reserved word where a name or a value is expected.
pub(super) fn reserved(
    input: &mut Input<'_>,
    expected: &'static str,
    word: &str,
    span: Range<usize>,
) -> Miss {
    let word = word.to_owned();
    input
        .state
        .report(span, ConditionFault::Reserved { expected, word })
}

/// Reports two tests, or two words of a value, with nothing between them, or a comma outside a list.
pub(super) fn not_joined(input: &mut Input<'_>) {
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
