//! The tokens of a condition in text: words, quoted texts, signs, and the white space between them.
//!
//! A parser that matches also consumes the white space after the token; one that does not match leaves the
//! input unchanged.

use std::ops::Range;

use winnow::combinator::{alt, eof, opt, peek, repeat};
use winnow::error::{EmptyError, ErrMode};
use winnow::prelude::*;
use winnow::token::{any, one_of, take_till, take_while};

use super::parser_state::{Input, Miss, Read};
use super::reserved_words::{begins_bare, is_bare};
use crate::rule::condition::errors::ConditionFault;
use crate::rule::condition::excerpt::shortened;

/// Signs of other languages and typographic variants, each with the sign to write; longer ones first.
const FOREIGN: [(&str, &str); 24] = [
    ("==", "="),
    ("＝", "="),
    ("<>", "!="),
    ("≠", "!="),
    ("！＝", "!="),
    ("=<", "<="),
    ("≤", "<="),
    ("＜＝", "<="),
    ("＜", "<"),
    ("=>", ">="),
    ("≥", ">="),
    ("＞＝", ">="),
    ("＞", ">"),
    ("（", "("),
    ("）", ")"),
    ("，", ","),
    ("、", ","),
    (";", ","),
    ("&&", "and"),
    ("&", "and"),
    ("||", "or"),
    ("|", "or"),
    ("！", "not"),
    ("!", "not"),
];

/// Skips white space, and comments from `#` to the end of the line.
pub(super) fn blank(input: &mut Input<'_>) -> Read<()> {
    let space = take_while(1.., char::is_whitespace).void();
    let comment = ('#', take_till(0.., '\n')).span().map(Some);
    let parts = repeat(0.., alt((space.value(None), comment)));
    let comments: Vec<Range<usize>> = parts
        .fold(Vec::new, |mut comments, comment| {
            comments.extend(comment);
            comments
        })
        .parse_next(input)?;
    if let Some(spans) = &mut input.state.spans {
        for comment in &comments {
            spans.add_comment(comment);
        }
    }
    if let Some(comment) = comments.into_iter().next()
        && input.state.is_one_line
        && input.state.end > 0
    {
        input.state.report(comment, ConditionFault::Comment);
    }
    Ok(())
}

/// A token with its position; consumes the white space after it.
pub(super) fn part<'s, T>(
    mut parser: impl Parser<Input<'s>, T, Miss>,
) -> impl Parser<Input<'s>, (T, Range<usize>), Miss> {
    move |input: &mut Input<'s>| {
        let (value, span) = parser.by_ref().with_span().parse_next(input)?;
        input.state.end = span.end;
        blank(input)?;
        Ok((value, span))
    }
}

pub(super) fn bare<'s>(input: &mut Input<'s>) -> Read<&'s str> {
    (one_of(begins_bare), take_while(0.., is_bare))
        .take()
        .parse_next(input)
}

/// A word without quotes: a reserved word, a name, a number, a date.
pub(super) fn word<'s>(input: &mut Input<'s>) -> Read<(&'s str, Range<usize>)> {
    part(bare).parse_next(input)
}

/// The next word and its position, without consuming it.
pub(super) fn next_word<'s>(input: &mut Input<'s>) -> Option<(&'s str, Range<usize>)> {
    let next: Read<_> = peek(bare.with_span()).parse_next(input);
    next.ok()
}

/// A given reserved word, in upper or lower case.
pub(super) fn keyword<'s>(keyword: &'static str) -> impl Parser<Input<'s>, Range<usize>, Miss> {
    let itself = bare.verify(move |word: &str| word.eq_ignore_ascii_case(keyword));
    let itself = part(itself).map(|(_, span)| span);
    alt((itself, foreign(keyword)))
}

/// A given sign.
pub(super) fn sign<'s>(sign: &'static str) -> impl Parser<Input<'s>, Range<usize>, Miss> {
    alt((foreign(sign), part(sign).map(|(_, span)| span)))
}

/// Another language's sign for a given one: a fault, after which parsing continues.
fn foreign<'s>(write: &'static str) -> impl Parser<Input<'s>, Range<usize>, Miss> {
    move |input: &mut Input<'s>| {
        if input.input.starts_with(begins_bare) {
            return Err(ErrMode::Backtrack(EmptyError));
        }
        let found = FOREIGN
            .iter()
            .find(|(found, _)| input.input.starts_with(found));
        let (found, _) = found
            .filter(|(_, means)| *means == write)
            .ok_or(ErrMode::Backtrack(EmptyError))?;
        let (_, span) = part(*found).parse_next(input)?;
        let found = (*found).to_owned();
        input
            .state
            .report(span.clone(), ConditionFault::Foreign { found, write });
        Ok(span)
    }
}

/// A text in quotes.
pub(super) fn quoted(input: &mut Input<'_>) -> Read<(String, Range<usize>)> {
    part(alt((quoted_text, typographic_text))).parse_next(input)
}

fn quoted_text(input: &mut Input<'_>) -> Read<String> {
    let (quote, span) = one_of(['\'', '"']).with_span().parse_next(input)?;
    let mut text = String::new();
    loop {
        text.push_str(take_till(0.., [quote, '\\']).parse_next(input)?);
        if opt(quote).parse_next(input)?.is_some() {
            return Ok(text);
        }
        if opt(eof).parse_next(input)?.is_some() {
            return Err(input
                .state
                .report(span, ConditionFault::OpenQuote { quote }));
        }
        let (escaped, (escape, span)) = escape
            .with_taken()
            .with_span()
            .parse_next(input)
            .map(|((escaped, taken), span)| (escaped, (taken, span)))?;
        if let Some(character) = escaped {
            text.push(character);
        } else {
            let escape = shortened(escape);
            input.state.report(span, ConditionFault::Escape { escape });
        }
    }
}

/// An escape: the character that it stands for, or `None` if it is not a valid one.
fn escape(input: &mut Input<'_>) -> Read<Option<char>> {
    let code = (
        "{",
        take_while(1..=6, |digit: char| digit.is_ascii_hexdigit()),
        "}",
    );
    let code = code.map(|(_, digits, _)| {
        u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
    });
    let character = alt((
        ('u', code).map(|(_, character)| character),
        any.map(|sign| match sign {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            '0' => Some('\0'),
            '\\' | '\'' | '"' => Some(sign),
            _ => None,
        }),
        eof.value(None),
    ));
    ('\\', character)
        .map(|(_, character)| character)
        .parse_next(input)
}

/// A text in typographic quotes: a fault, after which parsing continues.
fn typographic_text(input: &mut Input<'_>) -> Read<String> {
    let (quote, span) = one_of(['“', '”', '„', '‘', '’', '「', '『', '＂', '＇'])
        .take()
        .with_span()
        .parse_next(input)?;
    let fault = ConditionFault::Foreign {
        found: quote.to_owned(),
        write: "'",
    };
    let reported = input.state.report(span, fault);
    let closing = ['“', '”', '‘', '’', '」', '』', '＂', '＇'];
    let text = take_till(0.., closing).parse_next(input)?;
    match opt(one_of(closing)).parse_next(input)? {
        Some(_) => Ok(text.to_owned()),
        None => Err(reported),
    }
}
