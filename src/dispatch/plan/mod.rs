//! A policy at work: all its shards, and what one lead changes in them.

mod giving_back;
mod layout;
pub(super) mod migration;
mod names;
#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(super) mod plan;
mod recording;
pub(super) mod routes;
mod scores;
pub(super) mod shards;
pub(super) mod transition;
