//! Values in the structured form: one value alone, or a list of values of one kind.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Error, Unexpected, Visitor};

use crate::dimension::Number;
use crate::rule::condition::errors::ConditionFault;
use crate::text::with_lost_digits;

/// What stands where names are expected.
const TEXTS: &str = "a text or a list of texts";

/// One name or a list of names.
pub(super) struct ListedNames(pub(super) Vec<Box<str>>);

impl<'de> Deserialize<'de> for ListedNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = match ListedValues::deserialize(deserializer)? {
            ListedValues::Names(names) => return Ok(Self(names)),
            ListedValues::Flag(flag) => Unexpected::Bool(flag),
            ListedValues::Numbers(numbers) => match numbers.as_slice() {
                [number] => Unexpected::Float(number.get()),
                _ => Unexpected::Other("numbers"),
            },
        };
        Err(D::Error::invalid_type(found, &TEXTS))
    }
}

/// One value, or a list of values of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ListedValues {
    Flag(bool),
    Numbers(Vec<Number>),
    Names(Vec<Box<str>>),
}

impl<'de> Deserialize<'de> for ListedValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValuesVisitor;

        impl<'de> Visitor<'de> for ValuesVisitor {
            type Value = ListedValues;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, true or false, or a list of texts or numbers")
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<ListedValues, E> {
                Ok(ListedValues::Flag(flag))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<ListedValues, E> {
                self.visit_f64(whole(&number)?)
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<ListedValues, E> {
                self.visit_f64(whole(&number)?)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<ListedValues, E> {
                Ok(ListedValues::Numbers(vec![
                    Number::new(number).map_err(E::custom)?,
                ]))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<ListedValues, E> {
                Ok(ListedValues::Names(vec![Box::from(name)]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<ListedValues, A::Error> {
                let mut names = Vec::new();
                let mut numbers = Vec::new();
                while let Some(value) = seq.next_element::<ListedValue>()? {
                    match value {
                        ListedValue::Name(name) => names.push(name),
                        ListedValue::Number(number) => numbers.push(number),
                    }
                }
                match (names.is_empty(), numbers.is_empty()) {
                    (false, false) => {
                        Err(A::Error::custom("a list must not mix texts and numbers"))
                    }
                    (true, false) => Ok(ListedValues::Numbers(numbers)),
                    (_, true) => Ok(ListedValues::Names(names)),
                }
            }
        }

        deserializer.deserialize_any(ValuesVisitor)
    }
}

/// A whole number, if the number that is read has all its digits.
fn whole<E: Error>(number: &impl ToString) -> Result<f64, E> {
    let written = number.to_string();
    if let Some(read) = with_lost_digits(&written) {
        let fault = ConditionFault::LostDigits {
            value: written,
            read,
        };
        return Err(E::custom(fault));
    }
    written.parse().map_err(E::custom)
}

/// A value inside a list.
enum ListedValue {
    Number(Number),
    Name(Box<str>),
}

impl<'de> Deserialize<'de> for ListedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SingleVisitor;

        impl Visitor<'_> for SingleVisitor {
            type Value = ListedValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<ListedValue, E> {
                self.visit_f64(whole(&number)?)
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<ListedValue, E> {
                self.visit_f64(whole(&number)?)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<ListedValue, E> {
                Number::new(number)
                    .map(ListedValue::Number)
                    .map_err(E::custom)
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<ListedValue, E> {
                Ok(ListedValue::Name(Box::from(name)))
            }
        }

        deserializer.deserialize_any(SingleVisitor)
    }
}
