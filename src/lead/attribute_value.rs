//! The values of a lead's attributes, as given.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::dimension::{NotFinite, Number};

/// A lead's value of an attribute.
///
/// If the policy declares the attribute as a number, flag or date, a text is parsed as one (`12.5`,
/// `true`, `2026-03-31`), and is unlisted if that fails. If the policy declares tags, a text is a
/// single tag. If the policy declares a text, a number, flag or date is read as the text that `Display`
/// prints (`7` for 7.0). Any other mismatch is unlisted.
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
    /// Something that cannot be a value, such as a map or a list of lists. It is unlisted, whatever
    /// the policy declares.
    Other,
}

impl<'a> AttributeValue<'a> {
    /// A set of texts.
    pub fn tags<T: Into<Cow<'a, str>>>(tags: impl IntoIterator<Item = T>) -> Self {
        Self::Tags(tags.into_iter().map(Into::into).collect())
    }

    /// A number, flag or date as text.
    pub(super) fn scalar_text(&self) -> Option<String> {
        match self {
            Self::Number(_) | Self::Flag(_) | Self::Date(_) => Some(self.to_string()),
            Self::Text(_) | Self::Tags(_) | Self::Other => None,
        }
    }

    /// Copies borrowed texts, so that the value borrows nothing.
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
            Self::Other => AttributeValue::Other,
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
            Self::Other => f.write_str("(no value)"),
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

impl<'a> From<Cow<'a, str>> for AttributeValue<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
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
    type Error = NotFinite;

    fn try_from(number: f64) -> Result<Self, NotFinite> {
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
            Self::Other => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

/// Every whole number up to this one, 2^53, is an `f64` exactly.
const MAX_EXACT_INTEGER: u64 = 1 << f64::MANTISSA_DIGITS;

/// Reads a text, number, flag or list of texts. Dates are read as texts, and parsed when the policy
/// declares a date. Whole numbers beyond 2^53 are read as texts too, because an `f64` would lose digits.
/// Anything else becomes [`AttributeValue::Other`].
impl<'de> Deserialize<'de> for AttributeValue<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;

        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = AttributeValue<'static>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, a flag or a list of texts")
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(AttributeValue::Flag(flag))
            }

            #[expect(clippy::cast_precision_loss, reason = "the number is exact")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                if number.unsigned_abs() > MAX_EXACT_INTEGER {
                    return Ok(AttributeValue::from(number.to_string()));
                }
                self.visit_f64(number as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "the number is exact")]
            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                if number > MAX_EXACT_INTEGER {
                    return Ok(AttributeValue::from(number.to_string()));
                }
                self.visit_f64(number as f64)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                let number = AttributeValue::try_from(number);
                Ok(number.unwrap_or(AttributeValue::Other))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(AttributeValue::from(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut tags = Vec::new();
                let mut is_sound = true;
                while let Some(Tag(tag)) = seq.next_element()? {
                    is_sound &= tag.is_some();
                    tags.extend(tag.map(Cow::Owned));
                }
                Ok(if is_sound {
                    AttributeValue::Tags(tags)
                } else {
                    AttributeValue::Other
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(AttributeValue::Other)
            }
        }

        deserializer.deserialize_any(ValueVisitor)
    }
}

/// An item of a list of tags; `None` if it cannot be a tag.
struct Tag(Option<String>);

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TagVisitor;

        impl<'de> Visitor<'de> for TagVisitor {
            type Value = Tag;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Tag, E> {
                Ok(Tag(Some(flag.to_string())))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Tag, E> {
                Ok(Tag(Some(number.to_string())))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Tag, E> {
                Ok(Tag(Some(number.to_string())))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Tag, E> {
                Ok(Tag(Some(number.to_string())))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Tag, E> {
                Ok(Tag(Some(text.to_owned())))
            }

            fn visit_unit<E: Error>(self) -> Result<Tag, E> {
                Ok(Tag(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tag, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Tag(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tag, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Tag(None))
            }
        }

        deserializer.deserialize_any(TagVisitor)
    }
}
