//! Reads conditions: in text form from a text, in structured form from a map.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{self, Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::super::comparison::Comparison;
use super::super::condition::{Condition, all, any, not};
use super::super::predicate::Predicate;
use super::super::subject::Subject;
use super::listed_values::{ListedNames, ListedValues};
use crate::dimension::{Dimension, parse_date};
use crate::id::AttributeName;
use crate::nesting::Nested;
use crate::text::cut;

/// A condition inside another one. Faulty texts are kept, and reported with the policy's other faults.
struct Inner(Condition);

/// Reads the condition of a rule in a policy. Faulty texts are kept, and reported with the policy's other
/// faults.
pub(in crate::rule) fn read_or_keep<'de, D: Deserializer<'de>>(
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
        Ok(Condition::parse_or_keep(text))
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

impl PredicateSeed<'_> {
    /// The fault of a value in the place of a test.
    fn without_operator<E: Error>(&self, value: &str) -> E {
        let subject = self.0.as_str();
        let (operator, sign) = match self.0 {
            Subject::Dimension(
                Dimension::Region | Dimension::Industry | Dimension::ProductLine,
            ) => ("within", "in"),
            _ => ("is", "="),
        };
        // An unquoted `yes` is a text.
        let value = match value.to_lowercase().as_str() {
            "yes" if operator == "is" => "true",
            "no" if operator == "is" => "false",
            _ => value,
        };
        E::custom(format!(
            "`{value}` has no operator; write `{{{subject}: {{{operator}: {value}}}}}`, or the condition as a \
             text: `{subject} {sign} {value}`"
        ))
    }
}

impl<'de> Visitor<'de> for PredicateSeed<'_> {
    type Value = Predicate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a test of `{}`, such as {{\"is\": …}}", self.0.as_str())
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Predicate, E> {
        Err(self.without_operator(&flag.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Predicate, E> {
        Err(self.without_operator(&number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Predicate, E> {
        Err(self.without_operator(&number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Predicate, E> {
        Err(self.without_operator(&number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Predicate, E> {
        Err(self.without_operator(&cut(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Predicate, A::Error> {
        let key: String = map.next_key()?.ok_or_else(|| {
            let subject = self.0.as_str();
            A::Error::custom(format!(
                "the test of `{subject}` is empty; write, for example, {{\"is\": …}}. Inside `{{…}}` a comma \
                 ends the value before it: write a condition with a list as a text in quotes, such as \
                 'region in (cn, us)'"
            ))
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
