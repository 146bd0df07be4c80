//! The mapping file as written.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use leadtree::RawMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::error::CommandError;
use crate::files::Input;

/// The whole file. With an empty mapping, every field uses the column with its name.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    /// Further files whose columns are joined.
    #[serde(default)]
    pub(crate) joins: Vec<Join>,
    /// By field of the lead.
    #[serde(default)]
    pub(crate) columns: RawMap<Source>,
}

/// A further CSV file with at most one row for each lead.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Join {
    /// Its path, relative to the folder of the leads.
    pub(crate) file: PathBuf,
    /// The column to join on, in the leads' file.
    pub(crate) on: String,
    /// The column's name in this file, if different.
    pub(crate) key: Option<String>,
}

impl Join {
    pub(crate) fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.on)
    }
}

/// Where a field of the lead comes from, and how it is converted.
///
/// Written as the name of a column, or as an object with these fields.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
pub(crate) struct Source {
    pub(crate) column: Option<String>,
    /// A constant.
    pub(crate) value: Option<String>,
    /// Minimum length; shorter texts get zeros in front.
    pub(crate) pad: usize,
    /// Number of characters to keep.
    pub(crate) first: Option<usize>,
    /// Replacements of values.
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) if_blank: Option<String>,
    pub(crate) if_given: Option<String>,
    /// The format of dates and times.
    pub(crate) date: Option<String>,
    /// The separator of tags.
    pub(crate) split: Option<String>,
}

impl Mapping {
    /// Reads the file.
    pub(crate) fn read(input: &Input) -> Result<Self, CommandError> {
        let text = input.read_to_string()?;
        let mut json = serde_json::Deserializer::from_str(&text);
        let mapping = serde_path_to_error::deserialize(&mut json)
            .map_err(|error| CommandError::faulty(input, error))?;
        json.end()
            .map_err(|error| CommandError::faulty(input, error))?;
        Ok(mapping)
    }
}

impl Source {
    /// The column with this name, unchanged.
    pub(crate) fn column(name: impl Into<String>) -> Self {
        Self {
            column: Some(name.into()),
            ..Self::default()
        }
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;

        impl<'de> Visitor<'de> for SourceVisitor {
            type Value = Source;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column's name, or an object with `column` or `value`")
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
