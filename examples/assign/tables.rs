//! Formatting of tables and numbers.

use std::ops::Range;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};

/// The maximum width of a table, if the terminal's is unknown or larger.
const WIDTH: u16 = 100;

/// An empty table.
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

/// Right-aligns columns of numbers.
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
