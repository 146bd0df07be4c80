//! The mapping file as written.

use std::sync::Arc;

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
    /// The key of a JSON object around all leads under which their list stands.
    pub(crate) rows: Option<String>,
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
    /// The name of the file and its text.
    #[serde(skip)]
    text: Option<Arc<(String, String)>>,
    #[serde(skip)]
    default_id: Option<String>,
    #[serde(skip)]
    further: Vec<String>,
}

impl Mapping {
    /// Reads a mapping, YAML or JSON. `name` is told in findings.
    ///
    /// # Errors
    /// Every fault of its form, with its line.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let mapping: Self = SourceText::new(name, text).read()?;
        let text = Some(Arc::new((name.to_owned(), text.to_owned())));
        Ok(Self { text, ..mapping })
    }

    /// Findings about it, with their lines where it was read from a text.
    pub(crate) fn located(&self, findings: Vec<Finding>) -> Vec<Finding> {
        match self.text.as_deref() {
            Some((name, text)) => SourceText::new(name, text).locate(findings),
            None => findings,
        }
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

    /// Gives leads without an id this one, instead of leaving them out. A file without a column of ids can be
    /// read, too.
    #[must_use]
    pub fn default_id(mut self, id: impl Into<String>) -> Self {
        self.default_id = Some(id.into());
        self
    }

    pub(crate) fn get_default_id(&self) -> Option<&str> {
        self.default_id.as_deref()
    }

    /// Names columns that are no fields of leads, whose texts [`Arrival::further`](crate::Arrival::further)
    /// gives with each lead. They come before an attribute of the same name, whose column is then
    /// `attributes.` and the name.
    #[must_use]
    pub fn further_columns<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.further = names.into_iter().map(Into::into).collect();
        self
    }

    pub(crate) fn get_further_columns(&self) -> &[String] {
        &self.further
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
