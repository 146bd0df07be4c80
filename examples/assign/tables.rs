//! How tables and their numbers look.

use std::ops::Range;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};

/// The widest that a table gets, where the terminal does not tell or is wider.
const WIDTH: u16 = 100;

/// A table without rows.
pub(crate) fn table<const COLUMNS: usize>(header: [&str; COLUMNS]) -> Table {
    let mut table = Table::new();
    let width = table.width().map_or(WIDTH, |terminal| terminal.min(WIDTH));
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(header);
    table
}

/// The table with these columns, which are numbers, at the right.
pub(crate) fn aligned(mut table: Table, numbers: Range<usize>) -> Table {
    let columns = table.column_iter_mut().skip(numbers.start);
    for column in columns.take(numbers.len()) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows are far below 2^52"
)]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}
