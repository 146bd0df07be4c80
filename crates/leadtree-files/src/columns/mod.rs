//! The mapping, bound to the columns that a file has.

mod address;
mod bind;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod columns;
mod fault;
mod field;
mod header;
mod lead_field;
mod steps;
mod table;

pub use columns::Arrival;
pub(crate) use columns::Columns;
pub(crate) use field::size;
pub(crate) use header::OwnColumns;
pub use lead_field::LeadField;
