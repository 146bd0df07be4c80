//! Why a file could not be imported at all.

use thiserror::Error;

use super::limits::{MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS};
use crate::dimension::DimensionErrors;

/// Why a file could not be read. What is wrong with a single entry is told in the
/// [`Report`](super::Report) instead.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// More bytes than the limit.
    #[error("the file has {bytes} bytes, the limit is {MAX_XML_BYTES}; split its rules over files")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// The text is no well-formed XML.
    #[error("line {line}: no well-formed XML: {message}")]
    Xml {
        /// The line, the first being 1.
        line: usize,
        /// What the XML reader says.
        message: String,
    },
    /// A document type, which may define entities.
    #[error("line {line}: a document type has no place in metadata; remove it")]
    DocumentType {
        /// The line, the first being 1.
        line: usize,
    },
    /// Elements in elements in elements.
    #[error("line {line}: elements nest deeper than {MAX_XML_DEPTH}; metadata never does")]
    TooDeep {
        /// The line, the first being 1.
        line: usize,
    },
    /// More elements than the limit.
    #[error("line {line}: more than {MAX_XML_ELEMENTS} elements; split the rules over files")]
    TooManyElements {
        /// The line, the first being 1.
        line: usize,
    },
    /// The file holds something else.
    #[error("`{found}` where `AssignmentRules` is wanted; take a file of `assignmentRules`")]
    NoAssignmentRules {
        /// The outermost element; empty if there is none.
        found: String,
    },
    /// A list of values that the caller gave has faults.
    #[error("the {what} given for the import are faulty: {errors}")]
    Values {
        /// Which list: regions, industries and so on.
        what: &'static str,
        /// Every fault of it.
        errors: DimensionErrors,
    },
}
