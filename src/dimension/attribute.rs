//! The attributes that a policy declares, and their kinds.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::Dimension;
use super::errors::{DimensionErrors, DimensionFault};
use crate::id::AttributeName;
use crate::place::{Place, Placed};
use crate::raw_map::RawMap;
use crate::text::trimmed;
use crate::unknown_name::UnknownName;

/// The longest name of an attribute, in bytes.
const LONGEST_NAME: usize = 128;

/// Reserved words of the rule language, which cannot name an attribute.
const WORDS: [&str; 18] = [
    "and", "or", "not", "in", "is", "between", "missing", "unlisted", "contains", "starts", "ends",
    "with", "any", "all", "of", "true", "false", "always",
];

/// The kind of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AttributeKind {
    /// A text.
    ///
    /// Texts are folded for comparison; see the guide's [concepts](crate::guide::concepts).
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A set of texts.
    Tags,
    /// A calendar date.
    Date,
}

impl AttributeKind {
    /// All kinds.
    const ALL: [Self; 5] = [Self::Text, Self::Number, Self::Flag, Self::Tags, Self::Date];

    /// The name used in files and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Tags => "tags",
            Self::Date => "date",
        }
    }
}

impl FromStr for AttributeKind {
    type Err = UnknownName;

    /// The kind of that name, as written in files: `text`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find("kind of attribute", name, &Self::ALL, Self::as_str)
    }
}

impl fmt::Display for AttributeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The pattern of dates. As lenient as reading, which also knows how long months are.
#[cfg(feature = "schema")]
pub(crate) const DATE_PATTERN: &str =
    r"[+-]?\d+\s*-\s*(0?[1-9]|1[0-2])\s*-\s*(0?[1-9]|[12]\d|3[01])";

/// Parses a date such as `2026-03-31`.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    trimmed(text).parse().ok()
}

/// The attributes that a policy declares: names and kinds, in order of declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes(IndexMap<AttributeName, AttributeKind>);

impl Attributes {
    pub(crate) fn build(draft: &RawMap<AttributeKind>) -> Result<Self, DimensionErrors> {
        let mut faults = Vec::new();
        let mut attributes = IndexMap::with_capacity(draft.len());
        for (name, &kind) in draft.iter() {
            let fault = if !is_attribute_name(name) {
                DimensionFault::ReservedAttribute {
                    name: name.to_owned(),
                }
            } else if attributes.insert(AttributeName::from(name), kind).is_some() {
                DimensionFault::DuplicateAttribute {
                    name: name.to_owned(),
                }
            } else {
                continue;
            };
            faults.push(Placed::new(Place::whole().field(name), fault));
        }
        DimensionErrors::unless_any(faults, Self(attributes))
    }

    /// The kind of an attribute, if it is declared.
    pub fn kind(&self, name: &str) -> Option<AttributeKind> {
        self.0.get(name).copied()
    }

    /// The position and kind of an attribute, if it is declared.
    pub(crate) fn find(&self, name: &str) -> Option<(usize, AttributeKind)> {
        self.0.get_full(name).map(|(index, _, &kind)| (index, kind))
    }

    /// The name and kind of the attribute at a position.
    pub(crate) fn at(&self, index: usize) -> Option<(&AttributeName, AttributeKind)> {
        self.0.get_index(index).map(|(name, &kind)| (name, kind))
    }

    /// Names and kinds, in order of declaration.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&AttributeName, AttributeKind)> {
        self.0.iter().map(|(name, &kind)| (name, kind))
    }
}

fn is_attribute_name(name: &str) -> bool {
    let mut characters = name.chars();
    name.len() <= LONGEST_NAME
        && characters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || "_-".contains(character))
        && Dimension::from_name(name).is_none()
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_written_read_back() {
        for (name, kind) in [
            ("text", AttributeKind::Text),
            ("number", AttributeKind::Number),
            ("flag", AttributeKind::Flag),
            ("tags", AttributeKind::Tags),
            ("date", AttributeKind::Date),
        ] {
            assert_eq!(kind.to_string(), name);
            assert_eq!(name.parse(), Ok(kind));
        }
        let error = "texts".parse::<AttributeKind>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown kind of attribute `texts`; did you mean `text`?"
        );
    }

    #[test]
    fn names_that_the_rule_language_needs_are_refused() {
        let kind = AttributeKind::Text;
        for name in [
            "source",
            "_x",
            "zip-code",
            "行业来源",
            "lead_behaviour_profile",
        ] {
            assert!(
                Attributes::build(&RawMap::from_iter([(name, kind)])).is_ok(),
                "{name}"
            );
        }
        for name in ["", "region", "AND", "two words", "9lives", "a.b", "x("] {
            assert!(
                Attributes::build(&RawMap::from_iter([(name, kind)])).is_err(),
                "{name}"
            );
        }
        assert!(Attributes::build(&RawMap::from_iter([("a", kind), ("a", kind)])).is_err());
    }
}
