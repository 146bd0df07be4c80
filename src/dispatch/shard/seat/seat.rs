//! A place in a team.

use std::sync::Arc;

use super::fitting::Abilities;
use super::tally::Tally;
use super::work_time::WorkTime;
use crate::availability::Presence;

/// A place in a team, and what counts there.
#[derive(Debug, Clone)]
pub(in crate::dispatch) struct ShardSeat {
    /// The member's number in the shard.
    pub(in crate::dispatch) member: usize,
    /// Whether the member is active in this team.
    pub(in crate::dispatch) is_active: bool,
    /// Whether the member is about to be removed.
    pub(in crate::dispatch) is_closed: bool,
    pub(in crate::dispatch) presence: Presence,
    pub(in crate::dispatch) abilities: Arc<Abilities>,
    /// When the member is in the team.
    pub(in crate::dispatch) term: WorkTime,
    /// What counts in this team.
    pub(in crate::dispatch) tally: Tally,
}
