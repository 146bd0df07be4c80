//! What can be wrong with a condition in text.

use std::fmt;
use std::ops::Range;

use thiserror::Error;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::limits::{MAX_CONDITION_BYTES, MAX_NESTING};
use crate::place::write_faults;
use crate::suggestion::Suggestion;

/// A fault in the text of a condition, with its remedy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConditionFault {
    /// Nothing but blanks and comments.
    #[error("an empty condition; write `always` if every lead is meant")]
    Empty,
    /// Something else should stand here.
    #[error("expected {expected}, found {found}{suggestion}")]
    Unexpected {
        /// What should stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// Two tests, or two words of one value, with nothing between them.
    #[error(
        "expected `and` or `or` before {found} (a value of several words goes in quotes){suggestion}"
    )]
    NotJoined {
        /// What stands here.
        found: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// A comma outside a list.
    #[error("a `,` outside a list; lists go in parentheses, and numbers have no separators")]
    Comma,
    /// A sign or word of another language.
    #[error("`{found}` is written `{write}`")]
    Foreign {
        /// The sign as written.
        found: String,
        /// What means the same.
        write: &'static str,
    },
    /// A word of the language where a name or a value is wanted.
    #[error("expected {expected}, found `{word}`; if that is one, write '{word}'")]
    Reserved {
        /// What should stand here.
        expected: &'static str,
        /// The word as written.
        word: String,
    },
    /// A quote that nothing ends.
    #[error("the text in quotes has no end; close it with {quote}")]
    OpenQuote {
        /// The missing quote.
        quote: char,
    },
    /// A backslash before something that needs none.
    #[error(
        "`{escape}` stands for nothing; write \\\\ for a backslash, or one of \\n \\r \\t \\0 \\' \\\" \\u{{4e0a}}"
    )]
    Escape {
        /// The backslash and what follows it.
        escape: String,
    },
    /// A parenthesis that nothing closes.
    #[error("this `(` has no `)`; add it")]
    OpenParenthesis,
    /// A parenthesis that nothing opens.
    #[error("this `)` has no `(`; remove it, or add the `(`")]
    StrayParenthesis,
    /// Parentheses, or what they hold, nest too deep.
    #[error("the condition nests deeper than {MAX_NESTING}; spread it over several rules")]
    TooDeep,
    /// A text over the limit.
    #[error("a condition of {bytes} bytes; the limit is {MAX_CONDITION_BYTES}: split the rule")]
    TooLong {
        /// How long the text is.
        bytes: usize,
    },
    /// Texts, numbers or dates in one list or range.
    #[error("{first} and {second} do not go together; in quotes, every value is a text: '{value}'")]
    Mixed {
        /// What the values before this one are.
        first: &'static str,
        /// What this one is.
        second: &'static str,
        /// The value as written.
        value: String,
    },
    /// An order of texts, which have none.
    #[error("texts have no order, and `{value}` is neither a number nor a date (2026-03-31)")]
    NoOrder {
        /// The value as written.
        value: String,
    },
    /// A date that the calendar does not have.
    #[error("there is no day {value}; if it is a text, write '{value}'")]
    NoSuchDay {
        /// The date as written.
        value: String,
    },
    /// A number beyond the floats.
    #[error("the number {value} is too large; if it is a text, write '{value}'")]
    TooLarge {
        /// The number as written.
        value: String,
    },
    /// A flag with another operator than `=` and `!=`.
    #[error(
        "`{value}` is a flag, which only `=` and `!=` compare; if it is a text, write '{value}'"
    )]
    Flag {
        /// The flag as written.
        value: String,
    },
}

/// A fault and where in the text it stands. `Display` quotes the line, with a marker below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedFault {
    span: Range<usize>,
    line: usize,
    column: usize,
    quote: String,
    marker: Range<usize>,
    fault: ConditionFault,
}

impl MarkedFault {
    /// What is wrong.
    pub fn fault(&self) -> &ConditionFault {
        &self.fault
    }

    /// Which bytes of the text; empty where something is missing.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The line of the text, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The character of the line, from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

/// Before and behind a fault so many columns of its line are quoted.
const QUOTED: usize = 40;

impl MarkedFault {
    pub(super) fn new(text: &str, span: Range<usize>, fault: ConditionFault) -> Self {
        let (before, rest) = text.split_at_checked(span.start).unwrap_or((text, ""));
        let line_before = before.rsplit('\n').next().unwrap_or(before);
        let spanned = rest.get(..span.len()).unwrap_or(rest);
        let spanned = spanned.lines().next().unwrap_or_default();
        let line_after = rest.get(spanned.len()..).unwrap_or_default();
        let line_after = line_after.lines().next().unwrap_or_default();

        let (left, was_cut) = columns(line_before.chars().rev());
        let mut quote: String = if was_cut { "…" } else { "" }.to_owned();
        quote.extend(left.chars().rev());
        let start = quote.width();
        let (marked, marked_cut) = columns(spanned.chars());
        quote.push_str(&marked);
        let end = quote.width().max(start + 1);
        let (right, right_cut) = columns(line_after.chars());
        if !marked_cut {
            quote.push_str(&right);
        }
        if marked_cut || right_cut {
            quote.push('…');
        }
        Self {
            line: before.matches('\n').count() + 1,
            column: line_before.chars().count() + 1,
            quote: quote.trim_end().to_owned(),
            marker: start..end,
            span,
            fault,
        }
    }
}

/// As many characters as the columns hold, control characters as visible ones, and whether there
/// are more.
fn columns(characters: impl Iterator<Item = char>) -> (String, bool) {
    let mut quoted = String::new();
    let mut columns = 0;
    for character in characters {
        let shown = match character {
            '\t' => ' ',
            _ if character.is_control() => '\u{fffd}',
            _ => character,
        };
        // Marks have no width of their own; they count, so that no line of them is endless.
        columns += shown.width().unwrap_or(1).max(1);
        if columns > QUOTED {
            return (quoted, true);
        }
        quoted.push(shown);
    }
    (quoted, false)
}

impl fmt::Display for MarkedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            fault,
            ..
        } = self;
        writeln!(f, "line {line}, column {column}: {fault}")?;
        writeln!(f, "      {}", self.quote)?;
        let (blank, marker) = ("", "^".repeat(self.marker.len()));
        write!(f, "      {blank:width$}{marker}", width = self.marker.start)
    }
}

impl std::error::Error for MarkedFault {}

/// Everything that is wrong with the text of a condition, at once.
///
/// ```
/// use leadtree::rule::Condition;
///
/// let text = "region inn cn/east and customer_size >= and (vip = true";
/// let errors = text.parse::<Condition>().unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "\
/// the condition has 3 problems:
///   line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
///       region inn cn/east and customer_size >= and (vip =…
///              ^^^
///   line 1, column 41: expected a value, found `and`; if that is one, write 'and'
///       region inn cn/east and customer_size >= and (vip = true
///                                               ^^^
///   line 1, column 45: this `(` has no `)`; add it
///       …on inn cn/east and customer_size >= and (vip = true
///                                                ^",
/// );
/// assert_eq!(&text[errors.faults()[0].span()], "inn");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionErrors {
    faults: Vec<MarkedFault>,
}

impl ConditionErrors {
    pub(super) fn new(faults: Vec<MarkedFault>) -> Self {
        Self { faults }
    }

    /// The faults, in the order of the text. There is at least one; after twenty, reading ends.
    pub fn faults(&self) -> &[MarkedFault] {
        &self.faults
    }
}

impl fmt::Display for ConditionErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_faults(f, "the condition", &self.faults)
    }
}

impl std::error::Error for ConditionErrors {}
