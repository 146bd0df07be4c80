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

/// A day, 2026-03-31, or a time, with or without its offset: 2026-03-31T08:00:00, 2026-03-31T08:00:00+08:00.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Timestamp(
    #[schemars(regex(pattern = r"^\s*[+-]?\d+\s*-\s*\d+\s*-\s*\d+"))] String,
);
