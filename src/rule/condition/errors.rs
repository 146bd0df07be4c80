//! Faults in the text of a condition.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

use super::excerpt::Excerpt;
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
    /// A comment in a condition of a single line, of which it would hide all that follows.
    #[error(
        "`#` begins a comment, which hides the rest of this line, and all of the condition is in it; write the \
         comment outside the condition, write a condition of several lines as a block that begins with `|`, or put \
         a text with `#` in quotes"
    )]
    Comment,
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
    /// A head count with separators of thousands, which would be read as decimals.
    #[error("`{value}` would be read as a number with decimals; write the head count as `{plain}`")]
    Separators {
        /// The number as written.
        value: String,
        /// The number without separators.
        plain: String,
    },
    /// A number with a point that may stand between thousands.
    #[error(
        "`{value}` may be {whole} or {decimal}; write {whole} or {decimal}, or a text in quotes: '{value}'"
    )]
    Thousands {
        /// The number as written.
        value: String,
        /// The number with thousands.
        whole: String,
        /// The number with decimals.
        decimal: String,
    },
    /// A number with zeros in front, which it would not keep.
    #[error(
        "`{value}` would be read as the number {plain}; write {plain} if that is meant, or, for a code, put it \
         in quotes and declare the attribute as `text`: '{value}'"
    )]
    LeadingZeros {
        /// The number as written.
        value: String,
        /// The number without the zeros.
        plain: String,
    },
    /// A whole number with more digits than a number keeps.
    #[error(
        "`{value}` would be read as the number {read}, because numbers have about 16 digits; write {read} if that \
         is meant, or, for a code, put it in quotes and declare the attribute as `text`: '{value}'"
    )]
    LostDigits {
        /// The number as written.
        value: String,
        /// The number as it would be read.
        read: String,
    },
    /// A text without quotes that looks like a range of numbers.
    #[error(
        "`{value}` looks like a range, but is one text; write `between {from} and {to}` for numbers, \
         list the beginnings of codes after `starts with`, or, if the text itself is meant, put it in \
         quotes: '{value}'"
    )]
    LikeARange {
        /// The text as written.
        value: String,
        /// What looks like the first number.
        from: String,
        /// What looks like the last number.
        to: String,
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
    excerpt: Excerpt,
    fault: ConditionFault,
}

impl MarkedFault {
    pub(super) fn new(text: &str, span: Range<usize>, fault: ConditionFault) -> Self {
        let excerpt = Excerpt::new(text, &span);
        Self {
            span,
            excerpt,
            fault,
        }
    }

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
        self.excerpt.line
    }

    /// The position of the first faulty character in its line, from 1.
    pub fn column(&self) -> usize {
        self.excerpt.column
    }
}

impl fmt::Display for MarkedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { excerpt, fault, .. } = self;
        let Excerpt { line, column, .. } = excerpt;
        write!(f, "line {line}, column {column}: {fault}\n{excerpt}")
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
