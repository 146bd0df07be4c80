//! Tables and paragraphs.

use std::ops::Range;

use comfy_table::presets::{NOTHING, UTF8_FULL_CONDENSED};
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle, Width,
};

use super::width;

/// Narrower tables have no borders.
const NARROW: usize = 80;

/// An empty table.
pub(crate) fn table<const COLUMNS: usize>(header: [&str; COLUMNS]) -> Table {
    let is_narrow = width() < NARROW;
    let mut table = wrapped(if is_narrow {
        NOTHING
    } else {
        UTF8_FULL_CONDENSED
    });
    table.set_header(header);
    if is_narrow {
        for column in table.column_iter_mut() {
            column.set_padding((0, 1));
        }
    }
    table
}

/// The table with columns of numbers aligned to the right, and with no word broken.
pub(crate) fn finished(mut table: Table, numbers: Range<usize>) -> Table {
    let header = table.header().cloned();
    for (index, column) in table.column_iter_mut().enumerate() {
        if numbers.contains(&index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let headings = header
        .as_ref()
        .map(|row| row.cell_iter().map(longest_word).collect());
    let headings: Vec<usize> = headings.unwrap_or_default();
    let longest: Vec<_> = headings
        .into_iter()
        .enumerate()
        .map(|(index, heading)| {
            let cells = table
                .row_iter()
                .filter_map(|row| row.cell_iter().nth(index));
            cells.map(longest_word).fold(heading, usize::max)
        })
        .collect();
    for (column, longest) in table.column_iter_mut().zip(longest) {
        let padded = longest + usize::from(column.padding_width());
        let least = Width::Fixed(u16::try_from(padded).unwrap_or(u16::MAX));
        column.set_constraint(ColumnConstraint::LowerBoundary(least));
    }
    table
}

fn longest_word(cell: &Cell) -> usize {
    let words = cell.content();
    let words = words.split_whitespace().map(|word| word.chars().count());
    words.max().unwrap_or_default()
}

/// A text over as many lines as it needs, indented: a table of one cell.
pub(crate) fn paragraph(text: &str, indent: u16) -> String {
    let mut table = wrapped(NOTHING);
    table.add_row([text]);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((indent, 0));
    }
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn wrapped(style: TableStyle) -> Table {
    let mut table = Table::new();
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width()).unwrap_or(u16::MAX));
    table
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows are far below 2^52"
)]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}
