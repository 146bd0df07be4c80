//! Where the cells of a table are in its text.

use std::collections::HashMap;
use std::ops::Range;

use csv::StringRecord;
use leadtree::diagnostics::SourceText;
use leadtree::{Finding, Place};

/// Rows of examples are short; more is read of those that are not.
const BUFFER: usize = 1024;

/// Where the rows and cells of a table are in its text.
#[derive(Default)]
pub(super) struct Table {
    /// By the places of their examples: `[3]`.
    rows: HashMap<String, Row>,
}

/// Where a row is.
pub(super) struct Row {
    /// From 1.
    pub(super) line: u64,
    /// In bytes of the text.
    pub(super) span: Range<usize>,
    /// What is filled by the cells, as places in the document, and where the cells are.
    pub(super) cells: Vec<(Place, Range<usize>)>,
}

impl Table {
    pub(super) fn insert(&mut self, place: &Place, row: Row) {
        self.rows.insert(place.to_string(), row);
    }

    /// The lines in which rows begin.
    pub(super) fn lines(&self) -> impl Iterator<Item = u64> {
        self.rows.values().map(|row| row.line)
    }

    /// A finding with its location: the cell that it is about, or else the row.
    pub(super) fn located(&self, source: SourceText<'_>, finding: Finding) -> Finding {
        let place = finding.place.as_str();
        let is_around = |outer: &Place| {
            let rest = place.strip_prefix(outer.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let example = place.split_inclusive(']').next().unwrap_or_default();
        let row = self.rows.get(example);
        let cell = row.and_then(|row| row.cells.iter().find(|(cell, _)| is_around(cell)));
        match (row, cell) {
            (_, Some((_, span))) if !span.is_empty() => source.located_at(finding, span.clone()),
            (Some(row), _) => source.located_at(finding, row.span.clone()),
            (None, _) => finding,
        }
    }
}

/// The lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    begins: Vec<usize>,
    separator: u8,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        // A carriage return ends the lines of very old files.
        let end = if text.contains('\n') { '\n' } else { '\r' };
        let ends = text.match_indices(end).map(|(at, _)| at + 1);
        Self {
            text,
            begins: std::iter::once(0).chain(ends).collect(),
            separator,
        }
    }

    /// Where a line is, which is counted from 1.
    pub(super) fn span(&self, line: u64) -> Range<usize> {
        let index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        let end = self.text.len();
        let begin = self.begins.get(index).copied().unwrap_or(end);
        let rest = self.text.get(begin..).unwrap_or_default();
        begin..begin + rest.find(['\r', '\n']).unwrap_or(rest.len())
    }

    /// The cells of the record that begins in a line, and where they are. A cell with doubled quotes is not found,
    /// nor are those behind it.
    pub(super) fn cells(&self, line: u64) -> Vec<(String, Range<usize>)> {
        let begin = self.span(line).start;
        let rest = self.text.get(begin..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .buffer_capacity(BUFFER)
            .from_reader(rest.as_bytes());
        let mut record = StringRecord::new();
        // A text in memory has no faults.
        let _ = reader.read_record(&mut record);
        let length = usize::try_from(reader.position().byte()).unwrap_or_default();
        let end = begin + length.min(rest.len());
        let mut next = begin;
        let cells = record.iter().map(|cell| {
            let cell = cell.trim();
            let rest = self.text.get(next..end).unwrap_or_default();
            let span = match rest.find(cell) {
                Some(at) if !cell.is_empty() => next + at..next + at + cell.len(),
                Some(_) => next..next,
                None => end..end,
            };
            next = span.end;
            (cell.to_owned(), span)
        });
        cells.collect()
    }
}
