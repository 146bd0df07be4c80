//! Imports a file: its fields become dimensions and attributes, its assignees teams, its entries rules.

mod assignees;
mod condition;
mod dimension_lists;
mod field_kind;
mod field_map;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod import;
mod mapped_fields;
mod unique_names;

pub use assignees::OWNER_STAYS;
pub use field_map::FieldMap;
pub use import::{Import, Imported};
