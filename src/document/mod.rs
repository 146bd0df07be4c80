//! Documents as trees, from which typed values are read with all their faults at once.

mod build;
mod fault;
mod fields;
mod node;
mod read_error;
mod reader;
mod tolerant;
mod typographic_quotes;

pub(crate) use build::read_document;
#[cfg(feature = "yaml")]
pub(crate) use build::{InnerNodes, TreeVisitor};
pub use fault::FormFault;
pub(crate) use fields::fields_of;
pub(crate) use node::Node;
pub(crate) use tolerant::TolerantReader;
pub(crate) use typographic_quotes::typographic_quotes;
