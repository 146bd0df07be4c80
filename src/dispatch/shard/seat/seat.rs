//! A place in a team.

use std::sync::Arc;

use super::fitting::Abilities;
use super::tally::Tally;
use super::work_time::WorkTime;
use crate::availability::Presence;

/// A place in a team, and what counts there.
#[derive(Debug)]
pub(in crate::dispatch) struct ShardSeat {
    /// The member's number in the shard.
    pub(in crate::dispatch) member: usize,
    /// Whether the member is active in this team.
    pub(in crate::dispatch) is_active: bool,
    /// Whether the member is about to be removed.
    pub(in crate::dispatch) is_closed: bool,
    pub(in crate::dispatch) duty: Duty,
    pub(in crate::dispatch) presence: Presence,
    pub(in crate::dispatch) abilities: Arc<Abilities>,
    /// When the member is in the team.
    pub(in crate::dispatch) term: WorkTime,
    /// What counts in this team.
    pub(in crate::dispatch) tally: Tally,
}

/// Whether a member is there for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dispatch) enum Duty {
    /// Takes no leads there: paused, not active, or not in the team now.
    None,
    /// Takes leads, but not at this hour.
    Off,
    /// Takes leads now.
    On,
}
