//! Why a row is left out.

use std::borrow::Cow;
use std::fmt;

/// Why a row is left out. `Display` tells the problem and what to do about it.
///
/// ```
/// use leadtree_files::RowFault;
///
/// assert_eq!(RowFault::NoId.code(), "no-id");
/// assert_eq!(
///     RowFault::NoId.to_string(),
///     "no id; fill it in, or take the number of the row, `columns: {id: {row_number: true}}`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowFault {
    /// More or fewer cells than the header has.
    FieldCount {
        /// How many there are.
        found: usize,
        /// How many names the header has.
        expected: usize,
    },
    /// A quotation mark at the beginning of a cell that has no partner, so that further lines would become
    /// part of the cell.
    OpenQuote,
    /// Bytes that are no text in the encoding of the file.
    NotText {
        /// The column.
        column: String,
        /// The encoding.
        encoding: &'static str,
    },
    /// A text that is not a JSON object.
    NotJson(String),
    /// A key that is given twice in a JSON object.
    GivenTwice {
        /// The key.
        key: String,
    },
    /// A row that is longer than any row of leads.
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// The end of a JSON list is missing.
    CutOff,
    /// Something stands behind the object around all leads.
    MoreBehind,
    /// A lead without an id.
    NoId,
    /// An object or a list where a text is expected.
    NotAValue {
        /// The field of the lead.
        field: String,
        /// What is there.
        found: &'static str,
    },
    /// A moment that cannot be read.
    NotAMoment {
        /// The text of the cell.
        text: String,
    },
}

impl RowFault {
    /// A stable word for the kind of fault, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FieldCount { .. } => "field-count",
            Self::OpenQuote => "open-quote",
            Self::NotText { .. } => "not-text",
            Self::NotJson(_) => "not-json",
            Self::GivenTwice { .. } => "given-twice",
            Self::TooLong { .. } => "too-long",
            Self::CutOff => "cut-off",
            Self::MoreBehind => "more-behind",
            Self::NoId => "no-id",
            Self::NotAValue { .. } => "not-a-value",
            Self::NotAMoment { .. } => "not-a-moment",
        }
    }

    /// What is wrong.
    pub fn problem(&self) -> Cow<'static, str> {
        match self {
            Self::FieldCount { found, expected } => {
                format!("{found} fields, but the header has {expected}").into()
            }
            Self::OpenQuote => "a quotation mark is not closed".into(),
            Self::NotText { column, encoding } => {
                format!("column `{column}` is not {encoding}").into()
            }
            Self::NotJson(told) => told.clone().into(),
            Self::GivenTwice { key } => format!("`{key}` is given twice").into(),
            Self::TooLong { limit } => format!("longer than {limit} bytes").into(),
            Self::CutOff => "the list is not closed, so the file was cut off".into(),
            Self::MoreBehind => {
                "more stands behind the object around all leads, and is not read".into()
            }
            Self::NoId => "no id".into(),
            Self::NotAValue { field, found } => {
                format!("`{field}` is {found}, not a text, a number or a flag").into()
            }
            Self::NotAMoment { text } => format!("`{text}` is not a time").into(),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::FieldCount { .. } => {
                "add or remove a separator, and put a cell with a separator in it in quotes"
            }
            Self::OpenQuote => "close it, or write it twice if it belongs to the text",
            Self::NotText { .. } => "name the file's `encoding`",
            Self::NotJson(_) => "write each lead as an object, `{\"id\": …}`",
            Self::GivenTwice { .. } => "keep one",
            Self::TooLong { .. } => "look for a quotation mark or a bracket that is not closed",
            Self::CutOff => "export it again",
            Self::MoreBehind => "give each object a file of its own",
            Self::NoId => {
                "fill it in, or take the number of the row, `columns: {id: {row_number: true}}`"
            }
            Self::NotAValue { found, .. } if *found != "an object" => "write a single value",
            Self::NotAValue { .. } => {
                "name what is inside it by a path of keys, as in `properties.region`"
            }
            Self::NotAMoment { .. } => {
                "write 2026-03-31T09:30:00+08:00 or 2026-03-31 09:30:00, or give its format as `date` in the mapping"
            }
        }
    }
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.problem(), self.remedy())
    }
}

impl std::error::Error for RowFault {}
