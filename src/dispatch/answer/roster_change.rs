//! A change of rosters at run time.

use crate::availability::{Leave, Presence};
use crate::id::{MemberId, TeamId};
use crate::team::TeamMember;

/// A change of rosters at run time, as a value: each is what the
/// [`Dispatcher`](crate::dispatch::Dispatcher)'s method of that name does.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RosterChange {
    /// The member takes no leads, in any team, until resumed.
    Pause(MemberId),
    /// The member takes leads, whatever the policy says.
    Resume(MemberId),
    /// What the member is there for while at work.
    SetPresence(MemberId, Presence),
    /// When the member is away, in place of what the policy says.
    SetLeave(MemberId, Vec<Leave>),
    /// Scores of members.
    SetScores(Vec<(MemberId, f64)>),
    /// Another member at the end of a team.
    Add(TeamId, TeamMember),
    /// The member leaves the team.
    Remove(TeamId, MemberId),
    /// Whatever was changed of the member is taken back.
    Clear(MemberId),
    /// All changes are taken back.
    ClearAll,
}
