//! The mapping file as written.

use leadtree::diagnostics::SourceText;
use leadtree::{Finding, RawMap};

use super::join::Join;
use super::source::Source;
use crate::value::DecimalMark;

/// Which column is which field of a lead, and how the file is to be read. What a mapping does not say is
/// recognised, or by the names: a field without a mapping uses the column with its name.
///
/// ```
/// use leadtree_files::Mapping;
///
/// let mapping = Mapping::read(
///     "leads.mapping.yaml",
///     r#"
/// decimal: ","
/// columns:
///   id: Lead-Nr.
///   region: {path: [Land, Bundesland]}
///   customer_size: Mitarbeiter
///   received: {column: Eingang, date: "%d.%m.%Y %H:%M"}
/// "#,
/// );
/// assert!(mapping.is_ok());
/// ```
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The encoding of the file, as web pages name it.
    pub(crate) encoding: Option<String>,
    /// The separator of the cells of a CSV file: one character, or `tab`.
    pub(crate) separator: Option<String>,
    /// The line of the header, if there is anything above it.
    pub(crate) header_line: Option<u64>,
    /// The sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// The decimal mark of numbers.
    pub(crate) decimal: Option<DecimalMark>,
    /// The first of the hundred years that two digits can mean.
    pub(crate) two_digit_years: Option<i32>,
    /// Words that stand for no value.
    pub(crate) blanks: Option<Vec<String>>,
    /// Further files whose columns are joined.
    pub(crate) joins: Vec<Join>,
    /// By field of the lead.
    pub(crate) columns: RawMap<Source>,
}

impl Mapping {
    /// Reads a mapping, YAML or JSON. `name` is told in findings.
    ///
    /// # Errors
    /// Every fault of its form, with its line.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Finding>> {
        SourceText::new(name, text).read()
    }

    /// Takes the number of its line for the id of each lead.
    #[must_use]
    pub fn number_rows(mut self) -> Self {
        let others = self.columns.iter().filter(|(name, _)| *name != "id");
        let others = others.map(|(name, source)| (Box::<str>::from(name), source.clone()));
        let id = (Box::<str>::from("id"), Source::row_number());
        self.columns = std::iter::once(id).chain(others).collect();
        self
    }

    /// States the encoding, as web pages name it: `utf-8`, `windows-1252`, `gbk`.
    #[must_use]
    pub fn encoding(mut self, name: impl Into<String>) -> Self {
        self.encoding = Some(name.into());
        self
    }

    /// States the separator of cells: one character, or `tab`.
    #[must_use]
    pub fn separator(mut self, separator: impl Into<String>) -> Self {
        self.separator = Some(separator.into());
        self
    }

    /// The files whose columns are joined.
    pub fn joins(&self) -> &[Join] {
        &self.joins
    }
}
