//! A further fact of a lead, as given.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::dimension::{NotANumber, Number};

/// A lead's value of an attribute.
///
/// A text given for an attribute that the policy declares as a number, flag, date or tags is read
/// as such if it plainly is one (`12.5`, `true`, `2026-03-31`; a text is one tag), and is unlisted
/// otherwise.
///
/// ```
/// use leadtree::lead::AttributeValue;
///
/// assert_eq!(AttributeValue::from("web"), AttributeValue::Text("web".into()));
/// assert!(AttributeValue::try_from(f64::NAN).is_err());
/// let value: AttributeValue = serde_json::from_str(r#"["crm", "erp"]"#)?;
/// assert_eq!(value, AttributeValue::tags(["crm", "erp"]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AttributeValue<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number.
    Number(Number),
    /// True or false.
    Flag(bool),
    /// A set of texts.
    Tags(Vec<Cow<'a, str>>),
    /// A calendar date.
    Date(NaiveDate),
}

impl<'a> AttributeValue<'a> {
    /// A set of texts.
    pub fn tags<T: Into<Cow<'a, str>>>(tags: impl IntoIterator<Item = T>) -> Self {
        Self::Tags(tags.into_iter().map(Into::into).collect())
    }

    /// The same, owning its texts.
    pub fn into_owned(self) -> AttributeValue<'static> {
        match self {
            Self::Text(text) => AttributeValue::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => AttributeValue::Number(number),
            Self::Flag(flag) => AttributeValue::Flag(flag),
            Self::Tags(tags) => AttributeValue::Tags(
                tags.into_iter()
                    .map(|tag| Cow::Owned(tag.into_owned()))
                    .collect(),
            ),
            Self::Date(date) => AttributeValue::Date(date),
        }
    }
}

impl fmt::Display for AttributeValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Tags(tags) => write!(f, "{}", tags.join(", ")),
            Self::Date(date) => write!(f, "{date}"),
        }
    }
}

impl<'a> From<&'a str> for AttributeValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for AttributeValue<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for AttributeValue<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Number> for AttributeValue<'_> {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for AttributeValue<'_> {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for AttributeValue<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl TryFrom<f64> for AttributeValue<'_> {
    type Error = NotANumber;

    fn try_from(number: f64) -> Result<Self, NotANumber> {
        Number::new(number).map(Self::Number)
    }
}

impl From<bool> for AttributeValue<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<NaiveDate> for AttributeValue<'_> {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl Serialize for AttributeValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Tags(tags) => tags.serialize(serializer),
            Self::Date(date) => date.serialize(serializer),
        }
    }
}

/// Reads a text, number, flag or list of texts. A date is read as text; meeting a policy that
/// declares a date makes it one.
impl<'de: 'a, 'a> Deserialize<'de> for AttributeValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;

        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = AttributeValue<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, a flag or a list of texts")
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(AttributeValue::Flag(flag))
            }

            #[expect(clippy::cast_precision_loss, reason = "number attributes are f64")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                self.visit_f64(number as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "number attributes are f64")]
            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                self.visit_f64(number as f64)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                AttributeValue::try_from(number).map_err(E::custom)
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(AttributeValue::from(text))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(AttributeValue::from(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut tags = Vec::new();
                while let Some(tag) = seq.next_element::<String>()? {
                    tags.push(Cow::Owned(tag));
                }
                Ok(AttributeValue::Tags(tags))
            }
        }

        deserializer.deserialize_any(ValueVisitor)
    }
}
