//! What of a stored state has no place in a policy.

use std::fmt;

use crate::id::{MemberId, RotationId, TeamId};

/// What of a former state has no place in the present policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateReport {
    pub(in crate::dispatch) forgotten: Vec<Forgotten>,
}

impl StateReport {
    /// What was forgotten.
    pub fn forgotten(&self) -> &[Forgotten] {
        &self.forgotten
    }

    /// Whether all was kept.
    pub fn is_complete(&self) -> bool {
        self.forgotten.is_empty()
    }
}

/// A part of a former state that has no place any more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forgotten {
    /// A member.
    Member {
        /// The member.
        member: MemberId,
        /// Leads that were still open.
        open: u32,
    },
    /// A team.
    Team(TeamId),
    /// A member's place in a team.
    Seat {
        /// The team.
        team: TeamId,
        /// The member.
        member: MemberId,
    },
    /// The memory of a rotation that is gone, or has another strategy now.
    Rotation(RotationId),
    /// A change at run time of a team that is gone; it comes back with the team.
    Change(TeamId),
}

impl fmt::Display for Forgotten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member { member, open } => {
                let leads = if *open == 1 { "lead" } else { "leads" };
                write!(f, "member `{member}` with {open} open {leads}")
            }
            Self::Team(team) => write!(f, "team `{team}`"),
            Self::Seat { team, member } => write!(f, "the place of `{member}` in team `{team}`"),
            Self::Rotation(rotation) => write!(f, "the turns of rotation `{rotation}`"),
            Self::Change(team) => write!(f, "run-time changes of team `{team}`, on hold"),
        }
    }
}
