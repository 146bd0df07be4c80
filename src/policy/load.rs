//! Reading a policy from any serde format.

use serde::Deserializer;
use thiserror::Error;

use super::draft::PolicyDraft;
use super::fault::PolicyErrors;
use super::policy::Policy;

/// Why a policy could not be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError<E> {
    /// The file format or its shape is wrong: the first place, as the format's reader tells it.
    #[error("{path}: {error}")]
    Format {
        /// The path to the place; `policy` for the whole.
        path: String,
        /// What the reader says; for JSON with line and column.
        error: E,
    },
    /// The policy can be read, but does not make sense: all problems.
    #[error(transparent)]
    Meaning(#[from] PolicyErrors),
}

impl Policy {
    /// Reads and checks a policy. What follows it in the input is the reader's affair: with JSON,
    /// call the deserializer's `end` afterwards to refuse trailing text.
    ///
    /// Places of faults inside a condition are those of its structured form, in which `all` inside
    /// `all` counts as one list, and two `not`s as none. Faults in the text of a condition stand at the
    /// condition, and tell where in the text they are.
    ///
    /// ```
    /// use leadtree::policy::Policy;
    ///
    /// let text = r#"{
    ///     "regions": { "tree": { "cn": { "east": {} } } },
    ///     "teams": [{ "id": "east", "members": ["m-01"] }],
    ///     "rules": [{ "id": "r1", "when": { "region": { "within": "cn" } }, "asign_to": "east" }]
    /// }"#;
    /// let error = Policy::load(&mut serde_json::Deserializer::from_str(text)).unwrap_err();
    /// let error = error.to_string();
    /// assert!(error.starts_with("rules[0].asign_to: unknown field `asign_to`, expected one of `id`"));
    /// assert!(error.ends_with(" at line 4 column 80"));
    /// ```
    ///
    /// # Errors
    /// [`LoadError::Format`] for what the format's reader refuses, [`LoadError::Meaning`] with every
    /// problem at once for what does not make sense.
    pub fn load<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, LoadError<D::Error>> {
        let draft: PolicyDraft =
            serde_path_to_error::deserialize(deserializer).map_err(|error| LoadError::Format {
                path: match error.path().to_string().as_str() {
                    "" | "." | "?" => "policy".to_owned(),
                    path => path.to_owned(),
                },
                error: error.into_inner(),
            })?;
        Ok(draft.build()?)
    }
}
