//! Where a field of a lead comes from.

use std::fmt;

use leadtree::RawMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::value::DecimalMark;

/// Where a field of a lead comes from, and how it is read. Written as the name of a column, or as a map.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
pub(crate) struct Source {
    /// A column; in JSON a key, or a path of keys: `properties.region`.
    pub(crate) column: Option<String>,
    /// Columns, of which the first that is not blank counts.
    pub(crate) first_of: Vec<String>,
    /// Columns whose texts are the steps of a path: `[Country, State]` is `USA/CA`.
    pub(crate) path: Vec<String>,
    /// A constant.
    pub(crate) value: Option<String>,
    /// The number of the line.
    pub(crate) row_number: bool,
    /// A regular expression: its first group, or all that it matches, is the text.
    #[serde(rename = "match")]
    pub(crate) matching: Option<String>,
    /// Minimum length; shorter texts get zeros in front.
    pub(crate) pad: usize,
    /// Number of characters to keep.
    pub(crate) first: Option<usize>,
    /// Replacements of values.
    pub(crate) values: RawMap<String>,
    pub(crate) if_blank: Option<String>,
    pub(crate) if_given: Option<String>,
    /// Formats of dates and times.
    pub(crate) date: Formats,
    /// The separator of tags.
    pub(crate) split: Option<String>,
    /// The decimal mark of numbers, if it is another than that of the mapping.
    pub(crate) decimal: Option<DecimalMark>,
}

/// One format, or several that are tried in turn.
#[derive(Debug, Default, Clone)]
pub(crate) struct Formats(pub(crate) Vec<String>);

impl Source {
    /// The column with this name, unchanged.
    pub(crate) fn column(name: impl Into<String>) -> Self {
        Self {
            column: Some(name.into()),
            ..Self::default()
        }
    }

    /// The number of the line.
    pub(crate) fn row_number() -> Self {
        Self {
            row_number: true,
            ..Self::default()
        }
    }

    /// The columns that it reads.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        let one = self.column.iter();
        one.chain(&self.first_of)
            .chain(&self.path)
            .map(|name| &**name)
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;

        impl<'de> Visitor<'de> for SourceVisitor {
            type Value = Source;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column's name, or a map with `column` or `value`")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Source, E> {
                Ok(Source::column(name))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Source, A::Error> {
                // The derived form; `remote` made it an inherent function.
                Source::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_any(SourceVisitor)
    }
}

impl<'de> Deserialize<'de> for Formats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FormatsVisitor;

        impl<'de> Visitor<'de> for FormatsVisitor {
            type Value = Formats;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, format: &str) -> Result<Formats, E> {
                Ok(Formats(vec![format.to_owned()]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Formats, A::Error> {
                let mut formats = Vec::new();
                while let Some(format) = seq.next_element()? {
                    formats.push(format);
                }
                Ok(Formats(formats))
            }
        }

        deserializer.deserialize_any(FormatsVisitor)
    }
}
