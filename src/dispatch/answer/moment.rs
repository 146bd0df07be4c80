//! How moments are told to people.

use std::fmt;

use chrono::{DateTime, Utc};

/// To the second, as files write it.
pub(in crate::dispatch) fn moment(at: DateTime<Utc>) -> impl fmt::Display {
    at.format("%FT%TZ")
}
