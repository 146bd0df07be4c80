//! Why a row is left out.

use thiserror::Error;

/// Why a row is left out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RowFault {
    /// More or fewer cells than the header has.
    #[error("{found} fields, but the header has {expected}")]
    FieldCount {
        /// How many there are.
        found: usize,
        /// How many names the header has.
        expected: usize,
    },
    /// A quotation mark at the beginning of a cell that has no partner, so that further lines would become
    /// part of the cell.
    #[error(
        "a quotation mark is not closed; close it, or write it twice if it belongs to the text"
    )]
    OpenQuote,
    /// Bytes that are no text in the encoding of the file.
    #[error("column `{column}` is not {encoding}; name the file's `encoding`")]
    NotText {
        /// The column.
        column: String,
        /// The encoding.
        encoding: &'static str,
    },
    /// A text that is not a JSON object.
    #[error("{0}")]
    NotJson(String),
    /// A key that is given twice in a JSON object.
    #[error("`{key}` is given twice; keep one")]
    GivenTwice {
        /// The key.
        key: String,
    },
    /// A row that is longer than any row of leads.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// The end of a JSON list is missing.
    #[error("the list is not closed; the file was cut off")]
    CutOff,
    /// A lead without an id.
    #[error("no id")]
    NoId,
    /// An object or a list where a text is expected.
    #[error("`{field}` is {found}, not a text, a number or a flag")]
    NotAValue {
        /// The field of the lead.
        field: String,
        /// What is there.
        found: &'static str,
    },
    /// A moment that cannot be read.
    #[error(
        "`{text}` is not a time; write 2026-03-31T09:30:00+08:00 or 2026-03-31 09:30:00, or give its format \
         as `date` in the mapping"
    )]
    NotAMoment {
        /// The text of the cell.
        text: String,
    },
}
