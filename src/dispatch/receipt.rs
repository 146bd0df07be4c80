//! Seats, and what the caller keeps to give them back.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{MemberId, TeamId};

/// What a seat is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The member owns the lead.
    Owner,
}

/// How the member of a seat was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Chosen {
    /// The team's strategy picked the member.
    ByStrategy,
    /// The rule names the member.
    ByName,
}

/// One place in an assignment: who, for which team, in which role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seat {
    role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<TeamId>,
    member: MemberId,
    chosen: Chosen,
    /// The number of the turn, and of the member's turn before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<(u64, u64)>,
}

impl Seat {
    pub(super) fn owner(team: Option<TeamId>, member: MemberId, chosen: Chosen) -> Self {
        Self {
            role: Role::Owner,
            team,
            member,
            chosen,
            turn: None,
        }
    }

    pub(super) fn with_turn(mut self, turn: u64, before: u64) -> Self {
        self.turn = Some((turn, before));
        self
    }

    pub(super) fn turn(&self) -> Option<(u64, u64)> {
        self.turn
    }

    /// What it is for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The team that the lead counts for; none for a named member without a team.
    pub fn team(&self) -> Option<&TeamId> {
        self.team.as_ref()
    }

    /// The member.
    pub fn member(&self) -> &MemberId {
        &self.member
    }

    /// How the member was found.
    pub fn chosen(&self) -> Chosen {
        self.chosen
    }
}

impl fmt::Display for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "member `{}`", self.member)?;
        match &self.team {
            Some(team) => write!(f, " of team `{team}`"),
            None => Ok(()),
        }
    }
}

/// What the caller keeps of an assignment, to give the seats back when the work is done or the lead
/// is taken away.
///
/// The dispatcher remembers no leads, so each receipt must be given back at most once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub(super) seats: Vec<Seat>,
    pub(super) units: u32,
    pub(super) day: NaiveDate,
}

impl Receipt {
    /// The seats taken.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// How many units of load each seat counts.
    pub fn units(&self) -> u32 {
        self.units
    }

    /// The day that the lead counts for, in the policy's time zone.
    pub fn day(&self) -> NaiveDate {
        self.day
    }
}

/// What a lead that is taken back leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Release {
    /// The turn stays used: the member had a chance.
    KeepTurn,
    /// The turn is given back, too: the member is as before the pick, and next again where turns
    /// or waiting decide. Others who were picked meanwhile keep theirs.
    GiveTurnBack,
}
