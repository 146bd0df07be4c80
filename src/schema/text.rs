//! The schema of texts: names and timestamps.

use schemars::JsonSchema;

/// A name. A bare number or flag in YAML is read as text.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Name {
    Text(String),
    Number(f64),
    Flag(bool),
}

#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Timestamp(#[schemars(regex(pattern = r"^\s*\S+([Tt]|\s+)\S+.*$"))] String);
