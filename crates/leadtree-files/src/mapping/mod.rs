//! The mapping file: which column is which field of a lead.

mod join;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod mapping;
mod source;

pub use join::Join;
pub use mapping::Mapping;
pub(crate) use source::Source;
