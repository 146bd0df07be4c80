//! Tables and paragraphs.

use std::ops::Range;

use comfy_table::presets::{NOTHING, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, ContentArrangement, Table, TableStyle};

use super::width;

/// An empty table, which wraps at words.
pub(crate) fn table<const COLUMNS: usize>(header: [&str; COLUMNS]) -> Table {
    let mut table = wrapped(UTF8_FULL_CONDENSED);
    table.set_header(header);
    table
}

/// Right-aligns columns of numbers.
pub(crate) fn aligned(mut table: Table, numbers: Range<usize>) -> Table {
    let columns = table.column_iter_mut().skip(numbers.start);
    for column in columns.take(numbers.len()) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A text over as many lines as it needs: a table of one cell.
pub(crate) fn paragraph(text: &str) -> String {
    let mut table = wrapped(NOTHING);
    table.add_row([text]);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((0, 0));
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
