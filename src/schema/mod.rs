//! The JSON Schema of policy files, which editors use for completion and checks.
//!
//! It follows from the types of a [`PolicyDraft`]: their serde attributes, and the doc comments of their
//! fields, which editors show.

mod doc_comments;
mod integers;
mod leniency;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

use crate::policy::{Policy, PolicyDraft};
use doc_comments::shorten_description;
use integers::bound_integers;
use leniency::allow_what_reading_allows;

impl Policy {
    /// The JSON Schema of policy files, for editors and for programs that generate policies. Needs
    /// the feature `schema`. A schema checks the structure only; whether names refer to anything is
    /// checked when the policy is built.
    ///
    /// An editor with a YAML language server uses the schema that a policy names in its first line:
    /// `# yaml-language-server: $schema=policy.schema.json`.
    ///
    /// ```
    /// let schema = serde_json::to_string_pretty(&leadtree::policy::Policy::schema())?;
    /// assert!(schema.contains("\"assign_to\""));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn schema() -> Schema {
        let settings = SchemaSettings::draft2020_12()
            .with_transform(RecursiveTransform(shorten_description))
            .with_transform(RecursiveTransform(bound_integers))
            .with_transform(RecursiveTransform(allow_what_reading_allows));
        settings
            .into_generator()
            .into_root_schema_for::<PolicyDraft>()
    }
}
