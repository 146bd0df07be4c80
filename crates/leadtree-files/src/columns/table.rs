//! A further file whose columns are joined to the leads.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Component, Path};

use csv::StringRecord;
use leadtree::text::{name_key, trimmed};
use leadtree::{Place, Suggestion};

use super::fault::{MappingFault, MappingFaults};
use super::steps::Steps;
use crate::mapping::{Join, Source};
use crate::rows::{NumberedRow, Reading, RowFault, Rows};

/// At most this many rows that are left out are remembered.
const MOST_LEFT_OUT: usize = 100;

/// Opens joined files, by the paths that the mapping has.
pub(crate) type OpenJoin<'o> = dyn FnMut(&Path) -> io::Result<Box<dyn Read + Send>> + 'o;

/// The rows of a joined file by their key.
#[derive(Debug)]
pub(super) struct Table {
    file: String,
    header: StringRecord,
    /// The position of the key.
    key: usize,
    pub(super) steps: Steps,
    /// By the folded key, with the keys as they are.
    rows: HashMap<String, Vec<(String, StringRecord)>>,
    /// Rows that cannot be used, the first of them, with their lines.
    pub(super) left_out: Vec<(u64, RowFault)>,
}

impl Table {
    /// Reads the whole file. A key must be unique, so that a lead has at most one row; rows without a key
    /// are ignored, and rows that are no rows are left out. Which column has the key, and what is made of it, is
    /// the join's `key`.
    pub(super) fn read(
        join: &Join,
        reading: &Reading<'_>,
        open: &mut OpenJoin<'_>,
        place: &Place,
        faults: &mut MappingFaults,
    ) -> Result<Self, MappingFault> {
        let file = join.file.display().to_string();
        let told = |message: String| MappingFault::Join {
            file: join.file.display().to_string(),
            message,
        };
        let mut parts = join.file.components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) {
            return Err(told(OUTSIDE.to_owned()));
        }
        let on = || Source {
            column: join.on.column.clone(),
            ..Source::default()
        };
        let source = join.key.clone().unwrap_or_else(on);
        let Some(column) = &source.column else {
            let field = "key".to_owned();
            return Err(MappingFault::NoSource { field });
        };
        let steps = Steps::new(&source, &place.field("key"), faults);
        let input = open(&join.file).map_err(|error| told(error.to_string()))?;
        let (mut rows, _) = Rows::open(input, reading).map_err(|error| told(error.to_string()))?;
        let Some(header) = rows.header().cloned() else {
            return Err(told(
                "only CSV files can be joined; save it as one".to_owned(),
            ));
        };
        if header.iter().all(|name| name != column) {
            let suggestion = Suggestion::among(column, header.iter());
            return Err(told(format!("no column `{column}`{suggestion}")));
        }
        let mut table = Self {
            file,
            header,
            key: 0,
            steps,
            rows: HashMap::new(),
            left_out: Vec::new(),
        };
        table.key = table.position(column)?;
        while let Some(NumberedRow { line, row, .. }) =
            rows.advance().map_err(|error| told(error.to_string()))?
        {
            match row.map(|row| row.record()) {
                Ok(Some(record)) => table.add(&record.iter().collect(), line, column)?,
                Err(fault) if table.left_out.len() < MOST_LEFT_OUT => {
                    table.left_out.push((line, fault));
                }
                Ok(None) | Err(_) => {}
            }
        }
        Ok(table)
    }

    /// Adds a row under its key. One that is there already may come again, but not with other cells.
    fn add(&mut self, record: &StringRecord, line: u64, column: &str) -> Result<(), MappingFault> {
        let text = trimmed(record.get(self.key).unwrap_or_default());
        let key = self.steps.text(text.into()).into_owned();
        if key.is_empty() {
            return Ok(());
        }
        let alike = self.rows.entry(name_key(&key)).or_default();
        match alike.iter().find(|(known, _)| *known == key) {
            None => alike.push((key, record.clone())),
            Some((_, known)) if known == record => {}
            Some(_) => {
                return Err(MappingFault::Join {
                    file: self.file.clone(),
                    message: format!(
                        "line {line}: `{key}` occurs twice in `{column}`, with different rows; keep one"
                    ),
                });
            }
        }
        Ok(())
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter()
    }

    /// Whether there is a column of the name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// Where a column is.
    pub(super) fn position(&self, column: &str) -> Result<usize, MappingFault> {
        let mut named = self.header.iter().enumerate();
        let mut named = named.by_ref().filter(|(_, name)| *name == column);
        match (named.next(), named.next()) {
            (Some((position, _)), None) => Ok(position),
            _ => Err(MappingFault::AmbiguousColumn {
                file: self.file.clone(),
                column: column.to_owned(),
            }),
        }
    }

    /// The columns that are neither the key nor among those used.
    pub(super) fn unused(&self, used: &[usize]) -> Vec<&str> {
        let names = self.header.iter().enumerate();
        let names =
            names.filter(|(at, name)| *at != self.key && !name.is_empty() && !used.contains(at));
        names.map(|(_, name)| name).collect()
    }

    /// The row with a key: with this very key, or else with the only one that differs in capitals or spaces.
    pub(super) fn row(&self, key: &str) -> Option<&StringRecord> {
        let alike = self.rows.get(&name_key(key))?;
        let exact = alike.iter().find(|(known, _)| known == key);
        let only = match alike.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        exact.or(only).map(|(_, record)| record)
    }
}

/// Where joined files must be.
pub(crate) const OUTSIDE: &str =
    "joined files stand in the folder of the leads, or in one inside it";
