//! Conditions in files: read in text form or structured form, written in text form.
//!
//! The structured form is for programs that build conditions:
//! `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test: `{"region": {"within": "cn/east"}}`.
//! A list of one value may be written as the value alone.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{self, Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::comparison::Comparison;
use super::condition::{Condition, Shape, all, any, not};
use super::predicate::{Predicate, Subject};
use crate::dimension::{Dimension, Number, parse_date};
use crate::id::AttributeName;
use crate::nesting::Nested;

impl Serialize for Condition {
    /// Writes the text form.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.shape() {
            Shape::TooDeep => Err(too_deep()),
            _ => serializer.collect_str(self),
        }
    }
}

fn too_deep<E: serde::ser::Error>() -> E {
    E::custom("the condition is nested too deeply")
}

impl Condition {
    /// The condition in structured form, as nested maps and lists, for programs that inspect or change
    /// conditions. In policy files a condition may have either form.
    ///
    /// ```
    /// use leadtree::rule::{Condition, customer_size, region};
    ///
    /// let condition = region().within("cn/east") & !customer_size().less_than(1000);
    /// let value = serde_json::to_value(condition.structured())?;
    /// assert_eq!(
    ///     value,
    ///     serde_json::json!({ "all": [
    ///         { "region": { "within": "cn/east" } },
    ///         { "not": { "customer_size": { "less_than": 1000 } } },
    ///     ] }),
    /// );
    /// assert_eq!(serde_json::from_value::<Condition>(value)?, condition);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn structured(&self) -> Structured<'_> {
        Structured(self)
    }
}

/// Serialises a condition in structured form; see [`Condition::structured`].
#[derive(Debug, Clone, Copy)]
pub struct Structured<'a>(&'a Condition);

struct StructuredParts<'a>(&'a [Condition]);

impl Serialize for StructuredParts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Structured))
    }
}

impl Serialize for Structured<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Shape::Unread(unread) = self.0.shape() {
            return serializer.serialize_str(&unread.text);
        }
        if let Shape::Test(test) = self.0.shape()
            && is_other_as_key(&test.subject)
        {
            return serializer.collect_str(self.0);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0.shape() {
            Shape::All { parts, .. } => map.serialize_entry("all", &StructuredParts(parts))?,
            Shape::Any { parts, .. } => map.serialize_entry("any", &StructuredParts(parts))?,
            Shape::Not { part, .. } => map.serialize_entry("not", &Structured(part))?,
            Shape::Test(test) => {
                map.serialize_entry(test.subject.as_str(), &OperatorForm(&test.predicate))?;
            }
            Shape::TooDeep | Shape::Unread(_) => return Err(too_deep()),
        }
        map.end()
    }
}

/// Whether an attribute has the name of a dimension or of `all`, `any` or `not`, so that its name as a key
/// would not be read as the attribute.
fn is_other_as_key(subject: &Subject) -> bool {
    match subject {
        Subject::Dimension(_) => false,
        Subject::Attribute(name) => {
            let name = name.as_str();
            matches!(name, "all" | "any" | "not") || Dimension::from_name(name).is_some()
        }
    }
}

struct OperatorForm<'a>(&'a Predicate);

impl Serialize for OperatorForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        let key = self.0.key();
        match self.0 {
            Predicate::Missing | Predicate::Unlisted => map.serialize_entry(key, &true)?,
            Predicate::Flag(flag) => map.serialize_entry(key, flag)?,
            Predicate::Within(values)
            | Predicate::Is(values)
            | Predicate::Band(values)
            | Predicate::Contains(values)
            | Predicate::StartsWith(values)
            | Predicate::EndsWith(values)
            | Predicate::ContainsAny(values)
            | Predicate::ContainsAll(values) => serialize_values(&mut map, key, values)?,
            Predicate::Stage(comparison) => serialize_comparison(&mut map, key, comparison)?,
            Predicate::Number(comparison) => serialize_comparison(&mut map, key, comparison)?,
            Predicate::Date(comparison) => serialize_comparison(&mut map, key, comparison)?,
        }
        map.end()
    }
}

fn serialize_values<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &str,
    values: &[T],
) -> Result<(), M::Error> {
    match values {
        [only] => map.serialize_entry(key, only),
        values => map.serialize_entry(key, values),
    }
}

fn serialize_comparison<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &str,
    comparison: &Comparison<T>,
) -> Result<(), M::Error> {
    match comparison {
        Comparison::Is(values) => serialize_values(map, key, values),
        Comparison::Between(from, to) => map.serialize_entry(key, &[from, to]),
        Comparison::LessThan(bound)
        | Comparison::AtMost(bound)
        | Comparison::AtLeast(bound)
        | Comparison::MoreThan(bound) => map.serialize_entry(key, bound),
    }
}

/// A condition inside another one. Faulty texts are kept, and reported with the policy's other faults.
struct Inner(Condition);

/// Reads the condition of a rule in a policy. Faulty texts are kept, and reported with the policy's other
/// faults.
pub(super) fn read_or_keep<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Condition, D::Error> {
    deserializer.deserialize_any(ConditionVisitor)
}

impl<'de> Deserialize<'de> for Condition {
    /// Reads the text form from a text, and the structured form from a map.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let condition = read_or_keep(deserializer)?;
        match condition.unread() {
            None => Ok(condition),
            Some(errors) => Err(D::Error::custom(errors)),
        }
    }
}

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested::Conditions
            .read(deserializer)
            .map(|Kept(condition)| Self(condition))
    }
}

/// An inner condition, read without counting a level of nesting.
struct Kept(Condition);

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_or_keep(deserializer).map(Self)
    }
}

struct ConditionVisitor;

impl<'de> Visitor<'de> for ConditionVisitor {
    type Value = Condition;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a condition: a text such as `region in cn`, or a map with one of `all`, `any`, \
                     `not`, a dimension or an attribute",
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Condition, E> {
        Ok(Condition::read_or_keep(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
        let key: String = map
            .next_key()?
            .ok_or_else(|| A::Error::custom("the condition is empty; leave out `when` instead"))?;
        let inner = |parts: Vec<Inner>| parts.into_iter().map(|Inner(part)| part);
        let condition = match key.as_str() {
            "all" => all(inner(map.next_value()?)),
            "any" => any(inner(map.next_value()?)),
            "not" => not(map.next_value::<Inner>()?.0),
            name => {
                let subject = match Dimension::from_name(name) {
                    Some(dimension) => Subject::Dimension(dimension),
                    None => Subject::Attribute(AttributeName::from(name)),
                };
                let predicate = map.next_value_seed(PredicateSeed(&subject))?;
                Condition::test(subject, predicate)
            }
        };
        match map.next_key::<String>()? {
            None => Ok(condition),
            Some(second) => Err(A::Error::custom(format!(
                "a condition has one key, but has `{key}` and `{second}`; combine them \
                         with `all` or `any`"
            ))),
        }
    }
}

const OPERATORS: &[&str] = &[
    "within",
    "is",
    "on",
    "band",
    "less_than",
    "at_most",
    "at_least",
    "more_than",
    "before",
    "after",
    "between",
    "contains",
    "starts_with",
    "ends_with",
    "contains_any",
    "contains_all",
    "missing",
    "unlisted",
];

/// Reads the predicate of a test whose subject is known.
struct PredicateSeed<'a>(&'a Subject);

impl<'de> de::DeserializeSeed<'de> for PredicateSeed<'_> {
    type Value = Predicate;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Predicate, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PredicateSeed<'_> {
    type Value = Predicate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a test of `{}`, such as {{\"is\": …}}", self.0.as_str())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Predicate, A::Error> {
        let key: String = map.next_key()?.ok_or_else(|| {
            A::Error::custom("the test is empty; write, for example, {\"is\": …}")
        })?;
        let predicate = match key.as_str() {
            "missing" | "unlisted" => {
                if !map.next_value::<bool>()? {
                    return Err(A::Error::custom(format!(
                        "`{key}` can only be true; to negate it, wrap the test in `not`"
                    )));
                }
                if key == "missing" {
                    Predicate::Missing
                } else {
                    Predicate::Unlisted
                }
            }
            "within" => Predicate::Within(map.next_value::<ListedNames>()?.0),
            "band" if *self.0 == Subject::Dimension(Dimension::CustomerSize) => {
                Predicate::Band(map.next_value::<ListedNames>()?.0)
            }
            "band" => return Err(A::Error::custom("only `customer_size` has bands")),
            "contains" => Predicate::Contains(map.next_value::<ListedNames>()?.0),
            "starts_with" => Predicate::StartsWith(map.next_value::<ListedNames>()?.0),
            "ends_with" => Predicate::EndsWith(map.next_value::<ListedNames>()?.0),
            "contains_any" => Predicate::ContainsAny(map.next_value::<ListedNames>()?.0),
            "contains_all" => Predicate::ContainsAll(map.next_value::<ListedNames>()?.0),
            "on" => Predicate::Date(Comparison::Is(dates(&map.next_value::<ListedNames>()?.0)?)),
            "is" => match map.next_value()? {
                ListedValues::Flag(flag) => Predicate::Flag(flag),
                ListedValues::Numbers(numbers) => Predicate::Number(Comparison::Is(numbers)),
                ListedValues::Names(names) => Predicate::Is(names),
            },
            "less_than" | "before" => self.ordered(&Comparison::LessThan(map.next_value()?))?,
            "at_most" => self.ordered(&Comparison::AtMost(map.next_value()?))?,
            "at_least" => self.ordered(&Comparison::AtLeast(map.next_value()?))?,
            "more_than" | "after" => self.ordered(&Comparison::MoreThan(map.next_value()?))?,
            "between" => {
                let (from, to) = map.next_value()?;
                self.ordered(&Comparison::Between(from, to))?
            }
            _ => return Err(A::Error::unknown_field(&key, OPERATORS)),
        };
        match map.next_key::<String>()? {
            None => Ok(predicate),
            Some(second) => Err(A::Error::custom(format!(
                "a test has one operator, but has `{key}` and `{second}`; combine two tests \
                 with `all` or `any`"
            ))),
        }
    }
}

impl PredicateSeed<'_> {
    /// Reads bounds. Texts are stages for a dimension and dates for an attribute, since texts have no order.
    fn ordered<E: Error>(&self, comparison: &Comparison<ListedValues>) -> Result<Predicate, E> {
        let one = |values: &ListedValues| match values {
            ListedValues::Numbers(numbers) if numbers.len() == 1 => numbers.first().copied(),
            _ => None,
        };
        if let Some(numbers) = comparison.try_map(one) {
            return Ok(Predicate::Number(numbers));
        }
        let name = |values: &ListedValues| match values {
            ListedValues::Names(names) if names.len() == 1 => names.first().cloned(),
            _ => None,
        };
        let Some(names) = comparison.try_map(name) else {
            return Err(E::custom(
                "both bounds must be of one kind: numbers, stages or dates",
            ));
        };
        match self.0 {
            Subject::Dimension(_) => Ok(Predicate::Stage(names)),
            Subject::Attribute(_) => names
                .try_map(|name| parse_date(name))
                .map(Predicate::Date)
                .ok_or_else(|| {
                    E::custom("texts have no order; write a number or a date (2026-03-31)")
                }),
        }
    }
}

/// Parses dates.
fn dates<E: Error>(texts: &[Box<str>]) -> Result<Vec<NaiveDate>, E> {
    texts
        .iter()
        .map(|text| {
            parse_date(text)
                .ok_or_else(|| E::custom(format!("`{text}` is not a date; write it as 2026-03-31")))
        })
        .collect()
}

/// One name or a list of names.
struct ListedNames(Vec<Box<str>>);

impl<'de> Deserialize<'de> for ListedNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match ListedValues::deserialize(deserializer)? {
            ListedValues::Names(names) => Ok(Self(names)),
            ListedValues::Flag(_) | ListedValues::Numbers(_) => {
                Err(D::Error::custom("expected a text or a list of texts"))
            }
        }
    }
}

/// One value, or a list of values of one kind.
#[derive(Debug, Clone, PartialEq)]
enum ListedValues {
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

            #[expect(clippy::cast_precision_loss, reason = "number attributes are f64")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<ListedValues, E> {
                self.visit_f64(number as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "number attributes are f64")]
            fn visit_u64<E: Error>(self, number: u64) -> Result<ListedValues, E> {
                self.visit_f64(number as f64)
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

            #[expect(clippy::cast_precision_loss, reason = "number attributes are f64")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<ListedValue, E> {
                self.visit_f64(number as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "number attributes are f64")]
            fn visit_u64<E: Error>(self, number: u64) -> Result<ListedValue, E> {
                self.visit_f64(number as f64)
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
