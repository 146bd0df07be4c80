//! What can be wrong with the form of a document: its fields and their types.

use thiserror::Error;

use crate::suggestion::Suggestion;

/// A field, or the type of a value, that a policy file does not have there. The message says what to write.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormFault {
    /// A field that does not exist there.
    #[error("unknown field `{name}`{}", remedy(suggestion, hint.as_deref()))]
    UnknownField {
        /// The name as written.
        name: String,
        /// The closest field that exists there, if one is close.
        suggestion: Suggestion,
        /// Where the field belongs, or what there is instead.
        hint: Option<String>,
    },
    /// A required field that is not given.
    #[error("`{field}` is missing; add it")]
    Missing {
        /// The field.
        field: String,
    },
    /// A field that is given twice.
    #[error("`{field}` is given twice; keep one")]
    Twice {
        /// The field.
        field: String,
    },
    /// A word that is not one of those possible there.
    #[error("unknown word `{word}`; write {words}{suggestion}")]
    UnknownWord {
        /// The word as written.
        word: String,
        /// The words that are possible.
        words: String,
        /// The closest of them, if one is close.
        suggestion: Suggestion,
    },
    /// A value of the wrong type, or a number that is out of range.
    #[error("expected {expected}, found {found}{}", remedy(&Suggestion::default(), hint.as_deref()))]
    WrongValue {
        /// What is possible there.
        expected: String,
        /// What is written there.
        found: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// Anything else; the text says what, and what to write.
    #[error("{message}")]
    Other {
        /// What is wrong.
        message: String,
    },
}

fn remedy(suggestion: &Suggestion, hint: Option<&str>) -> String {
    match (suggestion.name(), hint) {
        (None, Some(hint)) => format!("; {hint}"),
        _ => suggestion.to_string(),
    }
}
