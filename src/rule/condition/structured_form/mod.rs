//! Conditions in files: the text form, or the structured form for programs that build conditions.
//!
//! The structured form is `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test such as
//! `{"region": {"within": "cn/east"}}`. A list of one value may be written as the value alone.

mod deserialize;
mod listed_values;
#[cfg(feature = "schema")]
mod schema;
mod serialize;

pub(in crate::rule) use deserialize::read_or_keep;
pub use serialize::Structured;
