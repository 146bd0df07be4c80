//! The graph of questions: rules that share much.

pub(super) mod compiler;
mod cut;
#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(super) mod graph;
pub(super) mod jump;
mod residue;
mod table;
pub(super) mod view;
