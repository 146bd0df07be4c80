//! Faults in the text of a condition.

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
    /// Nothing but white space and comments.
    #[error("the condition is empty; to match every lead, write `always`")]
    Empty,
    /// Something else is expected here.
    #[error("expected {expected}, found {found}{suggestion}")]
    Unexpected {
        /// What is expected here.
        expected: &'static str,
        /// What was found.
        found: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// Two tests, or two words of one value, with nothing between them.
    #[error(
        "expected `and` or `or` before {found} (put a value of several words in quotes){suggestion}"
    )]
    NotJoined {
        /// What was found.
        found: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// A comma outside a list.
    #[error("a `,` outside a list; put lists in parentheses, and write numbers without separators")]
    Comma,
    /// An operator or sign of another language.
    #[error("write `{write}` instead of `{found}`")]
    Foreign {
        /// The operator or sign as written.
        found: String,
        /// What to write instead.
        write: &'static str,
    },
    /// A reserved word where a name or a value is expected.
    #[error(
        "expected {expected}, found `{word}`; if the word itself is meant, put it in quotes: '{word}'"
    )]
    Reserved {
        /// What is expected here.
        expected: &'static str,
        /// The word as written.
        word: String,
    },
    /// A quote without a closing quote.
    #[error("this quote is not closed; end the text with {quote}")]
    OpenQuote {
        /// The missing quote.
        quote: char,
    },
    /// A backslash with characters that are not an escape.
    #[error(
        "`{escape}` is not an escape; write \\\\ for a backslash, or one of \\n \\r \\t \\0 \\' \\\" \\u{{4e0a}}"
    )]
    Escape {
        /// The backslash and what follows it.
        escape: String,
    },
    /// An opening parenthesis without a closing one.
    #[error("this `(` has no `)`; add it")]
    OpenParenthesis,
    /// A closing parenthesis without an opening one.
    #[error("this `)` has no `(`; remove it, or add the `(`")]
    StrayParenthesis,
    /// Parentheses or conditions that nest too deeply.
    #[error("the condition nests deeper than {MAX_NESTING} levels; split it into several rules")]
    TooDeep,
    /// A text longer than the limit.
    #[error("the condition has {bytes} bytes; the limit is {MAX_CONDITION_BYTES}: split the rule")]
    TooLong {
        /// The length of the text in bytes.
        bytes: usize,
    },
    /// Values of different kinds in one list or range.
    #[error(
        "{first} and {second} cannot be mixed; to make a value a text, put it in quotes: '{value}'"
    )]
    Mixed {
        /// The kind of the values before this one.
        first: &'static str,
        /// The kind of this one.
        second: &'static str,
        /// The value as written.
        value: String,
    },
    /// A comparison by order with a text.
    #[error("texts have no order; `{value}` must be a number or a date (2026-03-31)")]
    NoOrder {
        /// The value as written.
        value: String,
    },
    /// A date that does not exist.
    #[error("the date {value} does not exist; if a text is meant, put it in quotes: '{value}'")]
    NoSuchDay {
        /// The date as written.
        value: String,
    },
    /// A number too large for an `f64`.
    #[error("the number {value} is too large; if a text is meant, put it in quotes: '{value}'")]
    TooLarge {
        /// The number as written.
        value: String,
    },
    /// A flag with an operator other than `=` and `!=`.
    #[error(
        "`{value}` is a flag; compare it by `=` or `!=`, or, if a text is meant, put it in quotes: '{value}'"
    )]
    Flag {
        /// The flag as written.
        value: String,
    },
}

/// A fault, and where it is in the text. `Display` quotes the line, with a marker below it.
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

    /// The faulty bytes of the text; empty where something is missing.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The line of the fault, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The position of the first faulty character in its line, from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

/// How many columns of the line are quoted before a fault, of it, and after it.
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

/// As many characters as fit into [`QUOTED`] columns, and whether there are more. Control characters are
/// replaced by visible ones.
fn columns(characters: impl Iterator<Item = char>) -> (String, bool) {
    let mut quoted = String::new();
    let mut columns = 0;
    for character in characters {
        let shown = match character {
            '\t' => ' ',
            _ if character.is_control() => '\u{fffd}',
            _ => character,
        };
        // Combining marks have no width, but count here, so that their number is bounded.
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

/// All faults in the text of a condition.
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
///   line 1, column 41: expected a value, found `and`; if the word itself is meant, put it in quotes: 'and'
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

    /// The faults, in the order of the text; at least one, at most twenty.
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
