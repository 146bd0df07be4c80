//! One shard: teams linked by shared members or rotations, whose numbers change together.

pub(super) mod attendance;
pub(super) mod auditing;
pub(super) mod noted;
pub(super) mod obstacles;
pub(super) mod request;
pub(super) mod restoring;
pub(super) mod rotation;
pub(super) mod saving;
pub(super) mod seat;
pub(super) mod selection;
#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(super) mod shard;
pub(super) mod team;
