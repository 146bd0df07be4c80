//! The mapping file as somebody wrote it: which column feeds what.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use leadtree::RawMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

/// The whole file; an empty one feeds every part from the column of its name.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    /// Further files whose columns are added.
    #[serde(default)]
    pub(crate) joins: Vec<Join>,
    /// By part of the lead.
    #[serde(default)]
    pub(crate) columns: RawMap<Source>,
}

/// A further CSV file, at most one row of which belongs to each lead.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Join {
    /// Its path, relative to the folder of the leads.
    pub(crate) file: PathBuf,
    /// The column that both have.
    pub(crate) on: String,
    /// That column's name in this file, where it is another.
    pub(crate) key: Option<String>,
}

impl Join {
    pub(crate) fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.on)
    }
}

/// Where a part of the lead comes from, and what is made of it.
///
/// In the file a column's name, or an object with these fields.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
pub(crate) struct Source {
    pub(crate) column: Option<String>,
    /// A constant.
    pub(crate) value: Option<String>,
    /// How many characters there are at least, zeros being put in front.
    pub(crate) pad: usize,
    /// How many characters count.
    pub(crate) first: Option<usize>,
    /// Other words for values.
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) if_blank: Option<String>,
    pub(crate) if_given: Option<String>,
    /// The format of dates and moments.
    pub(crate) date: Option<String>,
    /// What separates tags.
    pub(crate) split: Option<String>,
}

impl Mapping {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let mut json = serde_json::Deserializer::from_reader(BufReader::new(File::open(path)?));
        let mapping = serde_path_to_error::deserialize(&mut json)?;
        json.end()?;
        Ok(mapping)
    }
}

impl Source {
    /// The column of that name, as it is.
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
