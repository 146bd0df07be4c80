//! The strategy of a team, by name, and its options.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::dimension::Number;
use crate::id::StrategyName;
#[cfg(feature = "schema")]
use crate::name_or_object::or_name;
use crate::text::cut;

/// The name of a strategy, and its options.
///
/// In a file: `"round_robin"`, or with options `{"name": "random", "seed": 7}`.
///
/// ```
/// use leadtree::team::{OptionValue, StrategyChoice};
///
/// let choice: StrategyChoice = serde_json::from_str(r#"{ "name": "random", "seed": 7 }"#)?;
/// assert_eq!(choice.name().as_str(), "random");
/// assert_eq!(choice.get_option("seed"), Some(&OptionValue::Number(7.into())));
/// assert_eq!(choice, StrategyChoice::new("random").option("seed", 7));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(schema_with = "choice_schema", transform = or_name)
)]
pub struct StrategyChoice {
    name: StrategyName,
    options: Vec<(Box<str>, OptionValue)>,
}

/// The value of an option of a strategy.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum OptionValue {
    /// True or false.
    Flag(bool),
    /// A number.
    Number(Number),
    /// A whole number of 2^53 or more, of which a [`Number`] could lose digits. Smaller ones are
    /// [`Number`](Self::Number)s.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Whole(u64),
    /// A text.
    Text(String),
}

/// Every whole number below this one, 2^53, is a [`Number`] exactly.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

impl From<bool> for OptionValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Number> for OptionValue {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for OptionValue {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for OptionValue {
    #[expect(clippy::cast_precision_loss, reason = "the number is exact")]
    fn from(number: u64) -> Self {
        match Number::new(number as f64) {
            Ok(exact) if number < EXACT => Self::Number(exact),
            _ => Self::Whole(number),
        }
    }
}

impl From<i32> for OptionValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for OptionValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<'de> Deserialize<'de> for OptionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Value(value) => Ok(value),
            Written::Map => Err(D::Error::invalid_type(Unexpected::Map, &VALUE)),
        }
    }
}

/// What the value of an option must be.
const VALUE: &str = "true, false, a number or a text";

/// What stands under the name of an option.
enum Written {
    Value(OptionValue),
    /// Perhaps the options of the strategy that has this name.
    Map,
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WrittenVisitor;

        impl<'de> Visitor<'de> for WrittenVisitor {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(VALUE)
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(Written::Value(OptionValue::Flag(flag)))
            }

            #[expect(clippy::cast_precision_loss, reason = "numbers are f64")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                self.visit_f64(number as f64)
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Written::Value(number.into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                Number::new(number)
                    .map(|number| Written::Value(number.into()))
                    .map_err(E::custom)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Written::Value(text.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Written::Map)
            }
        }

        deserializer.deserialize_any(WrittenVisitor)
    }
}

impl StrategyChoice {
    /// A strategy by name, without options.
    pub fn new(name: impl Into<StrategyName>) -> Self {
        Self {
            name: name.into(),
            options: Vec::new(),
        }
    }

    /// Whether it is the default.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Adds an option.
    #[must_use]
    pub fn option(mut self, name: impl Into<Box<str>>, value: impl Into<OptionValue>) -> Self {
        self.options.push((name.into(), value.into()));
        self
    }

    /// The strategy's name.
    pub fn name(&self) -> &StrategyName {
        &self.name
    }

    /// The value of an option, if given. Linear in the number of options.
    pub fn get_option(&self, name: &str) -> Option<&OptionValue> {
        self.options
            .iter()
            .find(|(option, _)| **option == *name)
            .map(|(_, value)| value)
    }

    /// The options in the order given.
    pub fn options(&self) -> impl ExactSizeIterator<Item = (&str, &OptionValue)> {
        self.options.iter().map(|(name, value)| (&**name, value))
    }
}

impl<N: Into<StrategyName>> From<N> for StrategyChoice {
    fn from(name: N) -> Self {
        Self::new(name)
    }
}

impl Default for StrategyChoice {
    /// `round_robin`.
    fn default() -> Self {
        Self::new("round_robin")
    }
}

impl Serialize for StrategyChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.options.is_empty() {
            return self.name.serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(1 + self.options.len()))?;
        map.serialize_entry("name", &self.name)?;
        for (name, value) in &self.options {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A name and options.
#[cfg(feature = "schema")]
fn choice_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "object",
        "properties": { "name": { "type": "string" } },
        "required": ["name"],
        "additionalProperties": generator.subschema_for::<OptionValue>(),
    })
}

impl<'de> Deserialize<'de> for StrategyChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ChoiceVisitor;

        impl<'de> Visitor<'de> for ChoiceVisitor {
            type Value = StrategyChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a strategy's name, or a map with `name` and options")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(StrategyChoice::new(name))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut name = None;
                let mut options = Vec::new();
                let mut known = BTreeSet::new();
                while let Some(key) = map.next_key::<Box<str>>()? {
                    if &*key == "name" {
                        if name.replace(map.next_value()?).is_some() {
                            return Err(A::Error::duplicate_field("name"));
                        }
                    } else if !known.insert(key.clone()) {
                        return Err(A::Error::custom(format!("option `{key}` is given twice")));
                    } else {
                        options.push((key, map.next_value::<Written>()?));
                    }
                }
                let name = match (name, options.first()) {
                    (Some(name), _) => name,
                    (None, None) => return Err(A::Error::missing_field("name")),
                    (None, Some((first, value))) => {
                        let example = match value {
                            Written::Map => format!("`{{name: {}, …: …}}`", cut(first)),
                            Written::Value(_) => "`{name: random, seed: 7}`".to_owned(),
                        };
                        return Err(A::Error::custom(format!(
                            "`name` is missing; write the name of the strategy and its options beside each \
                             other, such as {example}"
                        )));
                    }
                };
                let options = options.into_iter().map(|(key, value)| match value {
                    Written::Value(value) => Ok((key, value)),
                    Written::Map => Err(A::Error::custom(format!(
                        "option `{}` is a map; write {VALUE}",
                        cut(&key)
                    ))),
                });
                let options = options.collect::<Result<_, _>>()?;
                Ok(StrategyChoice { name, options })
            }
        }

        deserializer.deserialize_any(ChoiceVisitor)
    }
}
