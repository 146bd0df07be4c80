//! The dispatcher's memory in a form that can be stored.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::roster_changes::RosterChanges;
use crate::dispatch::shard::seat::tally::Arrival;
use crate::id::{MemberId, RotationId, RuleId, StrategyName, TeamId};
use crate::map_form::map_form;
use crate::strategy::StrategyState;

/// Everything that a dispatcher remembers: a few numbers a member. It knows no leads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
#[non_exhaustive]
pub struct DispatchState {
    /// Members over all teams.
    #[serde(default)]
    pub members: IndexMap<MemberId, MemberState>,
    /// Teams.
    #[serde(default)]
    pub teams: IndexMap<TeamId, TeamState>,
    /// Rotations.
    #[serde(default)]
    pub rotations: IndexMap<RotationId, RotationState>,
    /// What was changed in the rosters at run time.
    #[serde(default)]
    pub changes: RosterChanges,
}

map_form!(DispatchState, "the state of a dispatcher");

impl DispatchState {
    /// Drops what no dispatcher would write, and restores the order of lists.
    pub(in crate::dispatch) fn normalised(mut self) -> Self {
        self.changes = self.changes.normalised();
        for member in self.members.values_mut() {
            in_order(&mut member.recent);
        }
        for team in self.teams.values_mut() {
            in_order(&mut team.recent);
            for seat in team.seats.values_mut() {
                in_order(&mut seat.recent);
            }
        }
        self
    }
}

fn in_order(arrivals: &mut [Arrival]) {
    arrivals.sort_by_key(|arrival| arrival.at);
}

/// A member's numbers over all teams.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberState {
    /// Leads open.
    pub open: u32,
    /// The latest moment that the member's teams have seen; none before the first lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<DateTime<Utc>>,
    /// The day that `today` counts for; none before the first lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// Leads got on that day.
    pub today: u32,
    /// Leads got in that day's week.
    #[serde(default)]
    pub this_week: u32,
    /// Leads that still count in a sliding-window limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Arrival>,
}

/// A team's numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TeamState {
    /// Leads of all members together that are open.
    #[serde(default)]
    pub open: u32,
    /// The latest moment that the team has seen; none before the first lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<DateTime<Utc>>,
    /// The day that `today` counts for; none before the first lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// Leads that all got together on that day.
    #[serde(default)]
    pub today: u32,
    /// Leads that all got together in that day's week.
    #[serde(default)]
    pub this_week: u32,
    /// Leads that still count in a sliding-window limit of the team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Arrival>,
    /// The members' numbers in this team.
    pub seats: IndexMap<MemberId, SeatState>,
}

/// A member's numbers in a team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SeatState {
    /// Leads of this team open.
    pub open: u32,
    /// Leads of this team got on the member's day.
    pub today: u32,
    /// Leads of this team got in the week of the member's day.
    #[serde(default)]
    pub this_week: u32,
    /// Leads of this team that still count in a sliding-window limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Arrival>,
}

/// A rotation's memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RotationState {
    /// The strategy whose memory it is.
    pub strategy: StrategyName,
    /// What it remembers.
    #[serde(default)]
    pub state: StrategyState,
    /// What those of single rules remember, where a team has them.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub by_rule: IndexMap<RuleId, StrategyState>,
}

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
