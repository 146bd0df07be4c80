//! The answer for one lead.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::day::Day;
use super::own_line::OwnLine;
use super::receipt::{Receipt, Seat};
use crate::id::{LeadId, PoolId, RuleId, TeamId};
use crate::policy::{Grant, Policy, Source};
use crate::rule::Support;

/// What came of one lead: who owns it, by which rule, or why nobody does.
///
/// Serialises as a record for logs.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the receipt gives the open lead back"]
pub struct Assignment {
    pub(super) lead: LeadId,
    pub(super) policy: Arc<OwnLine<Policy>>,
    pub(super) grant: usize,
    pub(super) outcome: AssignmentOutcome,
    pub(super) owner: Option<Seat>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) now: DateTime<Utc>,
    pub(super) day: Day,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// No rule matched, and the policy's `otherwise` put the lead in a pool.
    NoRuleMatched,
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
            Self::NoRuleMatched => "no_rule_matched",
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

/// A team that was asked, and why it did not take the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Refusal {
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
        self.policy.0.grant(self.grant)
    }

    /// The version of the policy that decided.
    pub fn policy_version(&self) -> Option<&str> {
        self.policy.0.version()
    }

    /// The teams that were asked and did not take the lead, in order, and why.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// Why nobody owns the lead. None if somebody does, or if the rule itself names a pool.
    pub fn reason(&self) -> Option<Reason> {
        match self.outcome {
            AssignmentOutcome::Assigned => None,
            AssignmentOutcome::Unassigned(reason) => Some(reason),
            AssignmentOutcome::Pooled(_) => {
                let refused = self.refusals.last().map(|refusal| refusal.reason);
                let is_unmatched = *self.source() == Source::Otherwise;
                refused.or(is_unmatched.then_some(Reason::NoRuleMatched))
            }
        }
    }

    /// The reason's code, for reports.
    pub fn reason_code(&self) -> Option<&'static str> {
        self.reason().map(Reason::as_str)
    }

    /// The rule that applied, or the group whose `otherwise` did.
    pub fn rule(&self) -> Option<&RuleId> {
        self.source().rule()
    }

    /// The pool that the lead waits in.
    pub fn pool(&self) -> Option<&PoolId> {
        match &self.outcome {
            AssignmentOutcome::Pooled(pool) => Some(pool),
            AssignmentOutcome::Assigned | AssignmentOutcome::Unassigned(_) => None,
        }
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
            day: self.day.into(),
        }
    }
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lead `{}`: {} ", self.lead, self.source())?;
        match (&self.outcome, &self.owner) {
            (AssignmentOutcome::Assigned, Some(seat)) => write!(f, "assigns to {seat}")?,
            (AssignmentOutcome::Pooled(pool), _) => write!(f, "leaves it in pool `{pool}`")?,
            (AssignmentOutcome::Unassigned(_), _) => write!(f, "leaves it unassigned")?,
            (AssignmentOutcome::Assigned, None) => write!(f, "assigns to nobody")?,
        }
        for Refusal { team, reason } in &self.refusals {
            match team {
                Some(team) => write!(f, "; team `{team}` could not: {reason}")?,
                None => write!(f, "; the member could not: {reason}")?,
            }
        }
        Ok(())
    }
}

impl Serialize for Assignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct("Assignment", 10)?;
        record.serialize_field("lead", &self.lead)?;
        let outcome = match self.outcome {
            AssignmentOutcome::Assigned => "assigned",
            AssignmentOutcome::Pooled(_) => "pooled",
            AssignmentOutcome::Unassigned(_) => "unassigned",
        };
        record.serialize_field("outcome", outcome)?;
        record.serialize_field("rule", &self.rule())?;
        record.serialize_field("pool", &self.pool())?;
        record.serialize_field("reason", &self.reason())?;
        record.serialize_field("seats", &self.owner.as_slice())?;
        record.serialize_field("support", self.support())?;
        record.serialize_field("refusals", &self.refusals)?;
        record.serialize_field("policy_version", &self.policy_version())?;
        record.serialize_field("now", &self.now)?;
        record.end()
    }
}
