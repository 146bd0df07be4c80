//! Errors of the import as a whole.

use thiserror::Error;

use super::limits::{MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS};
use crate::dimension::DimensionErrors;

/// Why a file could not be imported. Problems with single entries are in the
/// [`Report`](super::Report) instead.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file has more than [`MAX_XML_BYTES`].
    #[error(
        "the file has {bytes} bytes, the limit is {MAX_XML_BYTES}; split its rules into several files"
    )]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// The text is not well-formed XML.
    #[error("line {line}: not well-formed XML: {message}")]
    Xml {
        /// The line, from 1.
        line: usize,
        /// The error of the XML reader.
        message: String,
    },
    /// The file has a document type, which could define entities.
    #[error("line {line}: metadata must not have a document type; remove it")]
    DocumentType {
        /// The line, from 1.
        line: usize,
    },
    /// Elements are nested deeper than [`MAX_XML_DEPTH`].
    #[error(
        "line {line}: elements are nested deeper than {MAX_XML_DEPTH}, which metadata never is"
    )]
    TooDeep {
        /// The line, from 1.
        line: usize,
    },
    /// The file has more than [`MAX_XML_ELEMENTS`].
    #[error(
        "line {line}: more than {MAX_XML_ELEMENTS} elements; split the rules into several files"
    )]
    TooManyElements {
        /// The line, from 1.
        line: usize,
    },
    /// The outermost element is not `AssignmentRules`.
    #[error("found `{found}` instead of `AssignmentRules`; use an assignment rules file")]
    NoAssignmentRules {
        /// The name of the outermost element; empty if there is none.
        found: String,
    },
    /// A taxonomy or list of stages given for the import has faults.
    #[error("the {what} given for the import are faulty: {errors}")]
    Values {
        /// Which list: regions, industries and so on.
        what: &'static str,
        /// All its faults.
        errors: DimensionErrors,
    },
}
