//! Writes conditions: in text form, or in structured form on request.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::super::comparison::Comparison;
use super::super::condition::{Condition, Shape};
use super::super::predicate::Predicate;
use super::super::subject::Subject;
use crate::dimension::Dimension;

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
