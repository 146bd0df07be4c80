//! Deserialises values that are texts in files.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

#[cfg(feature = "schema")]
use crate::dimension::DATE_PATTERN;

/// The pattern of days, or of ranges of days.
#[cfg(feature = "schema")]
pub(super) fn days_pattern() -> String {
    format!(r"^\s*{DATE_PATTERN}\s*(\.\.\s*{DATE_PATTERN}\s*)?$")
}

/// The pattern of days, and of moments of a day.
#[cfg(feature = "schema")]
pub(super) fn moment_pattern() -> String {
    format!(r"^\s*{DATE_PATTERN}(\s*$|[Tt\s]\s*([01]?\d|2[0-3])\s*:\s*[0-5]?\d)")
}

/// Parses a value from its text; errors are those of the parser. `expected` describes the text in messages.
pub(super) fn read_text<'de, D, T>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    struct Text<T>(&'static str, PhantomData<T>);

    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(expected, PhantomData))
}
