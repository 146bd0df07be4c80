//! The rows of a file, one after the other.

mod dialect;
mod fault;
mod header_line;
mod json_rows;
mod json_values;
mod object;
mod quotes;
mod record_rows;
mod rereadable;
mod row;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod rows;
mod wrapper;

pub use fault::RowFault;
pub(crate) use header_line::header_line;
pub(crate) use row::{Cell, NumberedRow, Row};
pub(crate) use rows::{Reading, Rows};
pub(crate) use wrapper::wrapping_key;
