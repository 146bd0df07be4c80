//! The mapping, bound to the columns that a file has.

mod address;
mod bind;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod columns;
mod fault;
mod field;
mod lead_field;
mod steps;
mod table;

pub(crate) use address::OwnColumns;
pub use columns::Arrival;
pub(crate) use columns::Columns;
pub use lead_field::LeadField;
