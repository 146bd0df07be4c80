//! What a dispatcher remembers, in a form that can be stored.

pub(super) mod roster_changes;
#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(super) mod state;
