//! Proposes a mapping for a file, by the names of its columns and by their values.

mod dates;
mod known;
mod marks;
mod matching;
mod name_score;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod proposal;
mod sample;
mod synonyms;
mod yaml;

pub use proposal::{Proposal, ProposedField, Recognised, UnusedColumn};
