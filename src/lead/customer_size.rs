//! A lead's customer size as given.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

/// The customer's head count, or a text that tells it: `1,200`, `51-200`, `1000+`, `small`.
///
/// ```
/// use leadtree::lead::CustomerSize;
///
/// assert_eq!(serde_json::from_str::<CustomerSize>("250")?, CustomerSize::from(250));
/// assert_eq!(serde_json::from_str::<CustomerSize>("\"51-200\"")?, CustomerSize::from("51-200"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum CustomerSize<'a> {
    /// The head count.
    HeadCount(u32),
    /// A text, read when the lead meets a policy.
    Text(Cow<'a, str>),
}

impl CustomerSize<'_> {
    /// The same, owning its text.
    pub fn into_owned(self) -> CustomerSize<'static> {
        match self {
            Self::HeadCount(head_count) => CustomerSize::HeadCount(head_count),
            Self::Text(text) => CustomerSize::Text(Cow::Owned(text.into_owned())),
        }
    }
}

impl fmt::Debug for CustomerSize<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadCount(head_count) => write!(f, "{head_count}"),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}

impl fmt::Display for CustomerSize<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadCount(head_count) => write!(f, "{head_count}"),
            Self::Text(text) => f.pad(text),
        }
    }
}

impl From<u32> for CustomerSize<'_> {
    fn from(head_count: u32) -> Self {
        Self::HeadCount(head_count)
    }
}

impl<'a> From<&'a str> for CustomerSize<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for CustomerSize<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for CustomerSize<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for CustomerSize<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl Serialize for CustomerSize<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::HeadCount(head_count) => serializer.serialize_u32(*head_count),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for CustomerSize<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SizeVisitor;

        impl Visitor<'_> for SizeVisitor {
            type Value = CustomerSize<'static>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a head count or a text")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                // A number that is no head count is kept as text, to be told as unlisted.
                Ok(u32::try_from(number).map_or_else(
                    |_| CustomerSize::from(number.to_string()),
                    CustomerSize::HeadCount,
                ))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(u32::try_from(number).map_or_else(
                    |_| CustomerSize::from(number.to_string()),
                    CustomerSize::HeadCount,
                ))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                Ok(CustomerSize::from(number.to_string()))
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(CustomerSize::from(flag.to_string()))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(CustomerSize::from(text.to_owned()))
            }
        }

        deserializer.deserialize_any(SizeVisitor)
    }
}
