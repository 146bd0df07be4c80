//! A further file whose columns are joined to the leads.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Component, Path};

use csv::StringRecord;
use leadtree::{Place, Suggestion};

use super::fault::{MappingFault, MappingFaults};
use super::steps::{BlankCounts, BlankWords, Steps};
use crate::mapping::{Join, Source};
use crate::rows::{Cell, NumberedRow, Reading, Rows};
use crate::value::Blanks;

/// The rows of a joined file by their key.
#[derive(Debug)]
pub(super) struct Table {
    header: StringRecord,
    rows: HashMap<String, StringRecord>,
}

impl Table {
    /// Reads the whole file. A key must be unique, so that a lead has at most one row; rows without a key
    /// are ignored. Which column has the key, and what is made of it, is the join's `key`.
    pub(super) fn read(
        join: &Join,
        folder: &Path,
        place: &Place,
        faults: &mut MappingFaults,
    ) -> Result<Self, MappingFault> {
        let path = folder.join(&join.file);
        let told = |message: String| MappingFault::Join {
            file: path.display().to_string(),
            message,
        };
        let is_inside = join
            .file
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !is_inside || !path.is_file() {
            return Err(told(
                "joined files stand in the folder of the leads, or in one inside it".to_owned(),
            ));
        }
        let on = || Source {
            column: join.on.column.clone(),
            ..Source::default()
        };
        let key = join.key.clone().unwrap_or_else(on);
        let Some(column) = &key.column else {
            let field = "key".to_owned();
            return Err(MappingFault::NoSource { field });
        };
        let steps = Steps::new(&key, &place.field("key"), faults);
        let blanks = BlankCounts::new(Blanks::new([]));
        let file = File::open(&path).map_err(|error| told(error.to_string()))?;
        let (mut file_rows, _) = Rows::open(Box::new(file), &Reading::default())
            .map_err(|error| told(error.to_string()))?;
        let header = file_rows.header().cloned().unwrap_or_default();
        let Some(position) = header.iter().position(|name| name == column) else {
            let suggestion = Suggestion::among(column, header.iter());
            return Err(told(format!("no column `{column}`{suggestion}")));
        };
        let mut rows = HashMap::new();
        while let Some(NumberedRow { line, row }) = file_rows
            .advance()
            .map_err(|error| told(error.to_string()))?
        {
            let row = row.map_err(|fault| told(format!("line {line}: {fault}")))?;
            let Some(record) = row.record() else {
                return Err(told("only CSV files can be joined".to_owned()));
            };
            let Ok(Some(Cell::Text(text))) = row.cell(Some(position), column) else {
                continue;
            };
            let text = steps
                .text(blanks.trimmed(text, &BlankWords::default()))
                .into_owned();
            if text.is_empty() {
                continue;
            }
            if rows.contains_key(&text) {
                return Err(told(format!(
                    "line {line}: `{text}` occurs twice in `{column}`"
                )));
            }
            rows.insert(text, record.iter().collect());
        }
        Ok(Self { header, rows })
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter()
    }

    /// Where a column is.
    pub(super) fn position(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name == column)
    }

    /// The row with a key.
    pub(super) fn row(&self, key: &str) -> Option<&StringRecord> {
        self.rows.get(key)
    }
}
