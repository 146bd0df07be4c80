//! Reading a policy from any serde format.

use serde::Deserializer;
use thiserror::Error;

use super::draft::PolicyDraft;
use super::errors::PolicyErrors;
use super::policy::Policy;

/// Why a policy could not be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError<E> {
    /// The input is malformed or has the wrong shape. Reports the first such place only.
    #[error("{path}: {error}")]
    Format {
        /// Path to the faulty place; `policy` for the input as a whole.
        path: String,
        /// The error of the format's deserializer; for JSON it includes line and column.
        error: E,
    },
    /// The input can be read, but the policy is inconsistent. Reports every problem.
    #[error(transparent)]
    Meaning(#[from] PolicyErrors),
}

impl Policy {
    /// Reads and checks a policy. Input after the policy is left unread: with JSON, call the
    /// deserializer's `end` afterwards to refuse trailing text.
    ///
    /// A fault inside a condition is placed by the condition's structured form, after an `all`
    /// directly inside an `all` has been merged into it (likewise `any`) and double `not`s have
    /// been dropped. A syntax error in the text of a condition is placed at the condition, and its
    /// message gives the position in the text.
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
    /// [`LoadError::Format`] if the input cannot be deserialized; [`LoadError::Meaning`] with every
    /// problem at once if the policy is inconsistent.
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
