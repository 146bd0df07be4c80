//! Texts of a draft that may stand for nothing: their faults are told with all others.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What somebody wrote: a value, or a text that is none.
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

    /// The value, if it is one.
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Fault { .. } => None,
        }
    }

    /// What is wrong with the text.
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

impl<'de, T: FromStr> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(&Box::<str>::deserialize(deserializer)?))
    }
}
