//! The mapping, bound to the columns that a file has.

mod address;
mod bind;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod columns;
mod constants;
mod fault;
mod field;
mod full_path;
mod header;
mod lead_field;
mod not_read;
mod steps;
mod table;

pub(crate) use columns::Columns;
pub use columns::{Arrival, JoinedFile};
pub(crate) use fault::{MappingFault, MappingFaults};
pub(crate) use field::{path, size};
pub(crate) use header::OwnColumns;
pub use header::column_key;
pub use lead_field::LeadField;
pub use not_read::{NotRead, UnreadValue};
pub(crate) use table::OUTSIDE;
