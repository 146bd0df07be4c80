//! Parsed texts of a draft. A text that cannot be parsed is kept with its fault, which is reported with
//! all other faults of the policy.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text parsed as a `T`: the value, or the text and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Parsed<T: FromStr> {
    Value(T),
    Fault { text: Box<str>, fault: T::Err },
}

impl<T: FromStr> Parsed<T> {
    pub(crate) fn read(text: &str) -> Self {
        match text.parse() {
            Ok(value) => Self::Value(value),
            Err(fault) => {
                let text = text.into();
                Self::Fault { text, fault }
            }
        }
    }

    /// The value, if the text could be parsed.
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Fault { .. } => None,
        }
    }

    /// What is wrong with the text, if it could not be parsed.
    pub(crate) fn fault(&self) -> Option<&T::Err> {
        match self {
            Self::Value(_) => None,
            Self::Fault { fault, .. } => Some(fault),
        }
    }
}

impl<T: FromStr + fmt::Display> Serialize for Parsed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => serializer.collect_str(value),
            Self::Fault { text, .. } => serializer.serialize_str(text),
        }
    }
}

#[cfg(feature = "schema")]
impl<T: FromStr> schemars::JsonSchema for Parsed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(&Box::<str>::deserialize(deserializer)?))
    }
}
