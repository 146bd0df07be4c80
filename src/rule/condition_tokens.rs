//! The tokens of a condition in text: words, quoted texts, signs, and the white space between them.
//!
//! A parser that matches also consumes the white space after the token; one that does not match leaves the
//! input unchanged.

use std::ops::Range;

use winnow::combinator::{alt, eof, opt, peek, repeat};
use winnow::error::{EmptyError, ErrMode};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Stateful};
use winnow::token::{any, one_of, rest, take_till, take_while};

use super::condition_errors::{ConditionErrors, ConditionFault, MarkedFault};
use super::condition_marks::ConditionMarks;
use super::condition_words::{begins_bare, is_bare};
use crate::suggestion::Suggestion;

/// The rest of the text, and the faults so far.
pub(super) type Input<'s> = Stateful<LocatingSlice<&'s str>, Progress>;

/// `Backtrack` means that the parser does not match, `Cut` that a fault was reported.
pub(super) type Miss = ErrMode<EmptyError>;

pub(super) type Read<T> = Result<T, Miss>;

/// Parsing stops after this many faults.
const MOST_FAULTS: usize = 20;

/// Messages quote at most this many characters of a part of the text.
const LONGEST_FOUND: usize = 40;

/// The state of the parsers.
#[derive(Debug, Default)]
pub(super) struct Progress {
    faults: Vec<(Range<usize>, ConditionFault)>,
    /// The end of the last token.
    pub(super) end: usize,
    /// The number of open parentheses.
    pub(super) depth: usize,
    /// Whether the rest of the text was skipped.
    pub(super) is_cut_short: bool,
    /// The positions of all parts, if requested.
    pub(super) marks: Option<ConditionMarks>,
}

impl Progress {
    /// A state that also records the positions of all parts.
    #[cfg(feature = "diagnostics")]
    pub(super) fn marking() -> Self {
        Self {
            marks: Some(ConditionMarks::default()),
            ..Self::default()
        }
    }

    /// Adds a fault, unless there is one at this position already, or there are too many.
    pub(super) fn report(&mut self, span: Range<usize>, fault: ConditionFault) -> Miss {
        let is_reported = |(reported, _): &(Range<usize>, _)| reported.start == span.start;
        if !self.is_enough() && !self.faults.iter().any(is_reported) {
            self.faults.push((span, fault));
        }
        ErrMode::Cut(EmptyError)
    }

    pub(super) fn is_enough(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// The faults in the order of the text, if there are any.
    pub(super) fn errors(mut self, text: &str) -> Option<ConditionErrors> {
        if self.faults.is_empty() {
            return None;
        }
        self.faults.sort_by_key(|(span, _)| span.start);
        let marked = self.faults.into_iter();
        let marked = marked.map(|(span, fault)| MarkedFault::new(text, span, fault));
        Some(ConditionErrors::new(marked.collect()))
    }
}

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
    let comment = ('#', take_till(0.., '\n')).void();
    repeat(0.., alt((space, comment))).parse_next(input)
}

/// A token with its position; consumes the white space after it.
fn part<'s, T>(
    mut parser: impl Parser<Input<'s>, T, Miss>,
) -> impl Parser<Input<'s>, (T, Range<usize>), Miss> {
    move |input: &mut Input<'s>| {
        let (value, span) = parser.by_ref().with_span().parse_next(input)?;
        input.state.end = span.end;
        blank(input)?;
        Ok((value, span))
    }
}

fn bare<'s>(input: &mut Input<'s>) -> Read<&'s str> {
    (one_of(begins_bare), take_while(0.., is_bare))
        .take()
        .parse_next(input)
}

/// A word without quotes: a reserved word, a name, a number, a date.
pub(super) fn word<'s>(input: &mut Input<'s>) -> Read<(&'s str, Range<usize>)> {
    part(bare).parse_next(input)
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
pub(super) fn skip(input: &mut Input<'_>) {
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

/// The next word and its position, without consuming it.
pub(super) fn next_word<'s>(input: &mut Input<'s>) -> Option<(&'s str, Range<usize>)> {
    let next: Read<_> = peek(bare.with_span()).parse_next(input);
    next.ok()
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

/// A part of the text for a message: shortened, and without control characters.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST_FOUND).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace(char::is_control, "\u{fffd}")
}
