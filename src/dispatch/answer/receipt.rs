//! Seats, and what the caller keeps to give them back.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::assignment_id::AssignmentId;
use super::day::When;
use crate::id::{LeadId, MemberId, RotationId, RuleId, TeamId};
use crate::policy::PolicyIdentity;

/// What a seat is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The member owns the lead.
    Owner,
    /// The member supports the owner.
    Support,
}

impl Role {
    /// The role's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Support => "support",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
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
    /// The request preferred the member: [`Request::prefer_member`](crate::dispatch::Request::prefer_member).
    ByPreference,
    /// The request asked the member first: [`Request::ask_first`](crate::dispatch::Request::ask_first).
    AskedFirst,
    /// Somebody named the member: [`Dispatcher::assign_to`](crate::dispatch::Dispatcher::assign_to).
    ByHand,
}

/// One place in an assignment: who, for which team, in which role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seat {
    role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<TeamId>,
    member: MemberId,
    chosen: Chosen,
    /// The turn that was taken, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<TurnTaken>,
    #[serde(flatten)]
    when: When,
}

/// A turn of a rotation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::dispatch) struct TurnTaken {
    /// Its number in the rotation, and that of the member's turn before it.
    pub(in crate::dispatch) number: u64,
    pub(in crate::dispatch) before: u64,
    /// Whose turn it was, where it is not the team's own rotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::dispatch) of: Option<Arc<TurnOf>>,
}

/// A rotation that is not the team's own: one that teams share, or that of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::dispatch) enum TurnOf {
    Rotation(RotationId),
    Rule(RuleId),
}

impl TurnTaken {
    /// The rule whose rotation it was, where the team has one for each rule.
    pub(in crate::dispatch) fn rule(&self) -> Option<&RuleId> {
        match self.of.as_deref() {
            Some(TurnOf::Rule(rule)) => Some(rule),
            Some(TurnOf::Rotation(_)) | None => None,
        }
    }
}

impl Seat {
    pub(in crate::dispatch) fn new(
        role: Role,
        team: Option<TeamId>,
        member: MemberId,
        chosen: Chosen,
        when: When,
    ) -> Self {
        Self {
            role,
            team,
            member,
            chosen,
            turn: None,
            when,
        }
    }

    pub(in crate::dispatch) fn with_chosen(mut self, chosen: Chosen) -> Self {
        self.chosen = chosen;
        self
    }

    pub(in crate::dispatch) fn with_turn(mut self, turn: Option<TurnTaken>) -> Self {
        self.turn = turn;
        self
    }

    pub(in crate::dispatch) fn turn(&self) -> Option<&TurnTaken> {
        self.turn.as_ref()
    }

    pub(in crate::dispatch) fn when(&self) -> When {
        self.when
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

    /// The moment that the lead counts for: that of the assignment, or the latest one that the team
    /// had seen by then.
    pub fn counted_at(&self) -> DateTime<Utc> {
        self.when.at
    }

    /// The day that the lead counts for, in the policy's time zone.
    pub fn counted_on(&self) -> NaiveDate {
        self.when.day.into()
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
/// The dispatcher remembers no leads, so each receipt must be given back at most once. Counts never
/// disagree where it is not: no more is taken off anybody than the seat really has. Reading one refuses units
/// that no lead has: none, or more than [`MAX_UNITS`](crate::limits::MAX_UNITS).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::dispatch) id: Option<AssignmentId>,
    pub(in crate::dispatch) lead: LeadId,
    pub(in crate::dispatch) policy: PolicyIdentity,
    pub(in crate::dispatch) seats: Vec<Seat>,
    #[serde(deserialize_with = "super::units::read")]
    pub(in crate::dispatch) units: u32,
}

impl Receipt {
    /// Which assignment it is of; none if nobody got the lead.
    pub fn id(&self) -> Option<AssignmentId> {
        self.id
    }

    /// The lead.
    pub fn lead(&self) -> &LeadId {
        &self.lead
    }

    /// The policy that decided.
    pub fn policy(&self) -> PolicyIdentity {
        self.policy
    }

    /// The seats taken.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// As how many leads each seat counts.
    pub fn units(&self) -> u32 {
        self.units
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
