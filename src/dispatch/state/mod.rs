//! What a dispatcher remembers, in a form that can be stored.

pub(super) mod member_change;
pub(super) mod record;
pub(super) mod report;
pub(super) mod roster_changes;
pub(super) mod shard_state;
#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(super) mod state;
pub(super) mod stored;
pub(super) mod window;
