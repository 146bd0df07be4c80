//! Deserialises values that are texts in files.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

/// The pattern of texts that begin with a date. As lenient as reading, which also checks that the day exists.
#[cfg(feature = "schema")]
pub(super) const DATE_FIRST: &str = r"^\s*[+-]?\d+\s*-\s*\d+\s*-\s*\d+";

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
