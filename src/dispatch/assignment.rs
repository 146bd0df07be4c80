//! The answer for one lead.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::receipt::{Receipt, Seat};
use crate::id::{LeadId, PoolId, TeamId};
use crate::policy::{Grant, Policy, Source};
use crate::rule::Support;

/// What came of one lead: who owns it, by which rule, or why nobody does.
///
/// Serialises as a flat record for logs.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    pub(super) lead: LeadId,
    pub(super) policy: Policy,
    pub(super) grant: usize,
    pub(super) outcome: AssignmentOutcome,
    pub(super) owner: Option<Seat>,
    pub(super) passed: Vec<Passed>,
    pub(super) now: DateTime<Utc>,
    pub(super) day: NaiveDate,
}

/// What came of a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssignmentOutcome {
    /// A member owns it.
    Assigned,
    /// It waits in a pool.
    Pooled(PoolId),
    /// Nobody has it.
    Unassigned(Reason),
}

/// Why a team, or a named member, did not take a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The team has no members.
    TeamEmpty,
    /// No member is active.
    NobodyActive,
    /// Every active member has reached a limit.
    NobodyWithCapacity,
    /// The strategy picked none of those who could.
    Declined,
}

impl Reason {
    /// The reason's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TeamEmpty => "team_empty",
            Self::NobodyActive => "nobody_active",
            Self::NobodyWithCapacity => "nobody_with_capacity",
            Self::Declined => "declined",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A team that was asked first, and why it did not take the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passed {
    /// The team; none for a named member without one.
    pub team: Option<TeamId>,
    /// Why it did not take the lead.
    pub reason: Reason,
}

impl Assignment {
    /// The lead.
    pub fn lead(&self) -> &LeadId {
        &self.lead
    }

    /// What came of it.
    pub fn outcome(&self) -> &AssignmentOutcome {
        &self.outcome
    }

    /// Who owns the lead.
    pub fn owner(&self) -> Option<&Seat> {
        self.owner.as_ref()
    }

    /// All seats: the owner's.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.owner.iter()
    }

    /// Where in the policy the answer stands.
    pub fn source(&self) -> &Source {
        self.grant().source()
    }

    /// The teams that are to support.
    pub fn support(&self) -> &[Support] {
        self.grant().support()
    }

    /// What the policy grants.
    pub fn grant(&self) -> &Grant {
        self.policy.grant(self.grant)
    }

    /// The version of the policy that decided.
    pub fn policy_version(&self) -> Option<&str> {
        self.policy.version()
    }

    /// The teams that were asked before, in order, and why they did not take the lead.
    pub fn passed(&self) -> &[Passed] {
        &self.passed
    }

    /// Why nobody owns the lead: the last reason given. A pool that the rule itself names has none.
    pub fn reason(&self) -> Option<Reason> {
        match self.outcome {
            AssignmentOutcome::Assigned => None,
            AssignmentOutcome::Unassigned(reason) => Some(reason),
            AssignmentOutcome::Pooled(_) => self.passed.last().map(|passed| passed.reason),
        }
    }

    /// The reason's code, for logs and reports: as [`Reason::as_str`], and `no_rule_matched` where
    /// the policy's `otherwise` put the lead in a pool.
    pub fn reason_code(&self) -> Option<&'static str> {
        let unmatched = matches!(self.outcome, AssignmentOutcome::Pooled(_))
            && *self.source() == Source::Otherwise;
        self.reason()
            .map(Reason::as_str)
            .or(unmatched.then_some("no_rule_matched"))
    }

    /// The moment of the assignment, as it was given.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What to keep, to give the seats back later.
    pub fn receipt(&self) -> Receipt {
        Receipt {
            seats: self.seats().cloned().collect(),
            units: 1,
            day: self.day,
        }
    }
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lead `{}`: {} ", self.lead, self.source())?;
        match (&self.outcome, &self.owner) {
            (AssignmentOutcome::Assigned, Some(seat)) => write!(f, "assigns to {seat}")?,
            (AssignmentOutcome::Pooled(pool), _) => write!(f, "leaves it in pool `{pool}`")?,
            (AssignmentOutcome::Unassigned(reason), _) => {
                write!(f, "leaves it unassigned: {reason}")?;
            }
            (AssignmentOutcome::Assigned, None) => write!(f, "assigns to nobody")?,
        }
        for passed in &self.passed {
            match &passed.team {
                Some(team) => write!(f, "; team `{team}` was asked first: {}", passed.reason)?,
                None => write!(f, "; the member was asked first: {}", passed.reason)?,
            }
        }
        Ok(())
    }
}

impl Serialize for Assignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct("Assignment", 10)?;
        record.serialize_field("lead", &self.lead)?;
        let (outcome, pool) = match &self.outcome {
            AssignmentOutcome::Assigned => ("assigned", None),
            AssignmentOutcome::Pooled(pool) => ("pooled", Some(pool)),
            AssignmentOutcome::Unassigned(_) => ("unassigned", None),
        };
        record.serialize_field("outcome", outcome)?;
        record.serialize_field("rule", &self.source().rule())?;
        record.serialize_field("pool", &pool)?;
        record.serialize_field("reason", &self.reason_code())?;
        record.serialize_field("seats", &self.owner.as_slice())?;
        record.serialize_field("support", self.support())?;
        let passed: Vec<_> = self
            .passed
            .iter()
            .map(|passed| (&passed.team, passed.reason.as_str()))
            .collect();
        record.serialize_field("passed", &passed)?;
        record.serialize_field("policy_version", &self.policy_version())?;
        record.serialize_field("now", &self.now)?;
        record.end()
    }
}
