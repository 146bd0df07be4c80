//! What keeps a member from a lead.

use crate::dispatch::answer::assignment::Reason;

/// What keeps a member from a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dispatch) enum Obstacle {
    /// Is in the team at other times, or no longer.
    NotInTeam,
    /// Is paused, or not active.
    NotActive,
    /// Gets no seat of this lead.
    Excluded(Exclusion),
    /// Is or knows less than what is required.
    Unfit,
    /// Is not at work.
    OffWork,
    /// The team is not at work.
    TeamClosed,
    /// The team does not ask those of that presence.
    NotAsked,
    /// Is there, but away or unavailable.
    NotPresent,
    /// Has no room within the member's limits.
    Full,
    /// The team as a whole has no room within its limits.
    TeamFull,
}

/// Everything that keeps a member from a lead, in the order in which it counts.
#[derive(Debug, Clone, Copy)]
pub(in crate::dispatch) struct Obstacles(pub(in crate::dispatch) [Option<Obstacle>; 10]);

impl Obstacles {
    /// In the order in which they count.
    pub(in crate::dispatch) fn iter(&self) -> impl Iterator<Item = Obstacle> + '_ {
        self.0.iter().flatten().copied()
    }

    pub(in crate::dispatch) fn contains(&self, obstacle: Obstacle) -> bool {
        self.iter().any(|it| it == obstacle)
    }

    /// Whether the member takes leads there at all.
    pub(in crate::dispatch) fn is_active(&self) -> bool {
        !self.contains(Obstacle::NotInTeam) && !self.contains(Obstacle::NotActive)
    }

    /// Whether the member and the team are at work.
    pub(in crate::dispatch) fn is_at_work(&self) -> bool {
        !self.contains(Obstacle::OffWork) && !self.contains(Obstacle::TeamClosed)
    }
}

impl Obstacle {
    /// Why a team would not have the lead if this kept everybody from it; the reason that counts for a
    /// member who is named.
    pub(in crate::dispatch) fn reason(self) -> Reason {
        match self {
            Self::NotInTeam | Self::NotActive => Reason::NobodyActive,
            Self::Excluded(Exclusion::Seated) => Reason::AllSeated,
            Self::Excluded(Exclusion::ByRequest) => Reason::LeftOut,
            Self::Unfit => Reason::NobodyFits,
            Self::OffWork | Self::TeamClosed | Self::NotAsked | Self::NotPresent => {
                Reason::NobodyAvailable
            }
            Self::Full => Reason::NobodyWithCapacity,
            Self::TeamFull => Reason::TeamFull,
        }
    }
}

/// Why a member gets no seat of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dispatch) enum Exclusion {
    /// The member has one already.
    Seated,
    /// The request says so.
    ByRequest,
}
