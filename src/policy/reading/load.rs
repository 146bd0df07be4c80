//! Reading a policy from any serde format.

use serde::Deserializer;
use thiserror::Error;

use super::read_draft::ReadDraft;
use crate::document::read_document;
use crate::place::Place;
use crate::policy::errors::PolicyErrors;
use crate::policy::policy::Policy;

/// Why a policy could not be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError<E> {
    /// The format itself cannot be read. Reports the first such place only.
    #[error("{path}: {error}")]
    Format {
        /// Path to the faulty place; `policy` for the input as a whole.
        path: String,
        /// The error of the format's deserializer; for JSON it includes line and column.
        error: E,
    },
    /// Fields, values or names are wrong. Reports every problem.
    #[error(transparent)]
    Policy(#[from] PolicyErrors),
}

impl<E> LoadError<E> {
    pub(in crate::policy) fn format(place: &Place, error: E) -> Self {
        let path = match place.as_str() {
            "" => "policy".to_owned(),
            path => path.to_owned(),
        };
        Self::Format { path, error }
    }
}

impl Policy {
    /// Reads and checks a policy. Input after the policy is left unread: with JSON, call the
    /// deserializer's `end` afterwards to refuse trailing text. Time and memory are linear in the input.
    ///
    /// A fault of meaning inside a condition is placed by the condition's structured form, after an `all`
    /// directly inside an `all` has been merged into it (likewise `any`) and double `not`s have
    /// been dropped. A syntax error in the text of a condition is placed at the condition, and its
    /// message gives the position in the text.
    ///
    /// ```
    /// use leadtree::policy::Policy;
    ///
    /// let text = r#"{
    ///     "regions": { "tree": { "cn": { "east": {} } } },
    ///     "teams": [{ "id": "east", "members": [{ "member": "m-01", "weight": "2" }] }],
    ///     "rules": [{ "id": "r1", "when": { "region": { "within": "cm" } }, "asign_to": "east" }]
    /// }"#;
    /// let error = Policy::load(&mut serde_json::Deserializer::from_str(text)).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the policy has 3 problems:
    ///   teams[0].members[0].weight: expected a whole number from 0 to 4294967295, found the text `2`; write it without quotes
    ///   rules[0].asign_to: unknown field `asign_to`; did you mean `assign_to`?
    ///   rules[0].when.region.within: unknown region `cm`"
    /// );
    /// ```
    ///
    /// # Errors
    /// [`LoadError::Format`] if the format cannot be read; [`LoadError::Policy`] with every problem at
    /// once if fields, values or names are wrong.
    pub fn load<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, LoadError<D::Error>> {
        Ok(read(deserializer)?.check(None)?)
    }
}

/// Reads a document. Only what the format cannot read is an error.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<ReadDraft, LoadError<D::Error>> {
    let root =
        read_document(deserializer).map_err(|(place, error)| LoadError::format(&place, error))?;
    Ok(ReadDraft::of(root, ""))
}
