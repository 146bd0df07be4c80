//! The schema of texts: names and moments.

use schemars::JsonSchema;

/// A text; YAML reads a bare number or flag as one, too.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Name {
    Text(String),
    Number(f64),
    Flag(bool),
}

#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Moment(#[schemars(regex(pattern = r"^\s*\S+([Tt]|\s+)\S+.*$"))] String);
