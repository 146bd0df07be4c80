//! Reads policies from documents, with all faults at once.

mod load;
mod lost_parts;
mod misplaced;
mod read_draft;
#[cfg(feature = "diagnostics")]
mod read_examples;

pub use load::LoadError;
pub(crate) use load::read;
#[cfg(feature = "yaml")]
pub(super) use read_draft::ReadDraft;
#[cfg(feature = "diagnostics")]
pub(crate) use read_examples::ReadExamples;
