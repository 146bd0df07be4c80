//! The first rows of a file, by column.

use std::collections::HashMap;
use std::io::{self, Read};

use crate::columns::OwnColumns;
use crate::lead_file::{OpenError, SAMPLE, head_rows, own_columns};
use crate::mapping::Mapping;
use crate::rows::{Cell, NumberedRow, Reading, Row, Rows, header_line, wrapping_key};
use crate::source::Head;
use crate::stated_reading::reading;

/// More columns than this are not looked at.
const MOST_COLUMNS: usize = 1_000;

/// The first rows of a file, by column.
pub(super) struct Sample {
    pub(super) columns: Vec<Column>,
    /// Names that several columns have, so that none of them can be named.
    pub(super) repeated: Vec<String>,
    pub(super) rows: usize,
    pub(super) encoding: &'static str,
    /// None for JSON.
    pub(super) separator: Option<char>,
    pub(super) header_line: Option<u64>,
    /// The key of an object around all leads, under which their list stands.
    pub(super) list_key: Option<String>,
}

/// A column of the sample.
pub(super) struct Column {
    pub(super) name: String,
    /// The text of each row; empty for none. Lists are joined.
    pub(super) cells: Vec<String>,
    /// Whether some value is a list.
    pub(super) is_list: bool,
    /// The different texts that are not blank, in the order of their first row, and how often each occurs.
    pub(super) values: Vec<(String, usize)>,
}

impl Sample {
    /// Reads the beginning of a file. What the mapping says of encoding, separator, header and sheet holds.
    pub(super) fn read(input: Box<dyn Read + Send>, mapping: &Mapping) -> Result<Self, OpenError> {
        let stated = reading(mapping).map_err(OpenError::Mapping)?;
        let (rows, head) = Rows::open(input, &stated)?;
        let is_table = rows.header().is_some();
        let header_line = stated.header_line.or_else(|| {
            is_table
                .then(|| header_line(&head.text, stated.separator))
                .flatten()
        });
        let list_key = match (&rows, stated.rows) {
            (_, Some(key)) => Some(key.to_owned()),
            (Rows::Json(_), None) if is_single(&head, &stated)? => wrapping_key(&head.text),
            _ => None,
        };
        let found = Reading {
            header_line,
            rows: list_key.as_deref(),
            ..stated
        };
        let mut rows = head_rows(&head, &found)?;
        let own = own_columns(&rows, &head, &found)?;
        let (mut columns, repeated) = columns(&own);
        let mut count = 0;
        while count < SAMPLE
            && let Some(NumberedRow { row, .. }) = rows.advance()?
        {
            let Ok(row) = row else { continue };
            count += 1;
            for (position, column) in &mut columns {
                column.add(&row, *position);
            }
        }
        let columns = columns.into_iter().map(|(_, column)| column.counted());
        Ok(Self {
            columns: columns.collect(),
            repeated,
            rows: count,
            encoding: head.encoding.name(),
            separator: match &rows {
                Rows::Records(rows) => Some(char::from(rows.separator())),
                Rows::Json(_) => None,
            },
            header_line,
            list_key: found.rows.map(str::to_owned),
        })
    }
}

/// Whether a JSON file is a single value, as far as it is looked at.
fn is_single(head: &Head, reading: &Reading<'_>) -> io::Result<bool> {
    let mut rows = head_rows(head, reading)?;
    Ok(rows.advance()?.is_some() && rows.advance()?.is_none())
}

/// The columns that can be named, with their positions, and the names that several have.
fn columns(own: &OwnColumns) -> (Vec<(Option<usize>, Column)>, Vec<String>) {
    let mut columns = Vec::new();
    let mut repeated = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &own.names {
        *counts.entry(name).or_default() += 1;
    }
    for (position, name) in own.names.iter().enumerate().take(MOST_COLUMNS) {
        match counts.get(&**name) {
            _ if name.is_empty() => {}
            Some(1) => {
                let position = Some(position).filter(|_| own.is_table);
                columns.push((position, Column::new(name.clone())));
            }
            _ if repeated.contains(name) => {}
            _ => repeated.push(name.clone()),
        }
    }
    (columns, repeated)
}

impl Column {
    fn new(name: String) -> Self {
        Self {
            name,
            cells: Vec::new(),
            is_list: false,
            values: Vec::new(),
        }
    }

    fn add(&mut self, row: &Row<'_>, position: Option<usize>) {
        let text = match row.cell(position, &self.name) {
            Ok(Some(Cell::Text(text))) => text.trim().to_owned(),
            Ok(Some(Cell::List(texts))) => {
                self.is_list = true;
                texts.join(";")
            }
            _ => String::new(),
        };
        self.cells.push(text);
    }

    fn counted(mut self) -> Self {
        self.values = counted(self.cells.iter().map(String::as_str));
        self
    }

    /// How many rows have a text.
    pub(super) fn given(&self) -> usize {
        self.values.iter().map(|(_, count)| count).sum()
    }

    /// Whether every row has a text, and no two the same.
    pub(super) fn is_unique(&self) -> bool {
        !self.cells.is_empty() && self.values.len() == self.cells.len()
    }
}

/// The different texts that are not blank, in their order, and how often each occurs.
pub(super) fn counted<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(String, usize)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counted: Vec<(String, usize)> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        let place = *places.entry(text).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => counted.push((text.to_owned(), 1)),
        }
    }
    counted
}
