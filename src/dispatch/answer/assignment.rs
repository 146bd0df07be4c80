//! The answer for one lead.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, Serializer};

use super::assignment_id::AssignmentId;
use super::receipt::{Receipt, Seat};
use crate::id::{LeadId, PoolId, RuleId, TeamId};
use crate::policy::{Grant, Policy, PolicyIdentity, Source};
use crate::rule::Support;
use crossbeam_utils::CachePadded;

/// What came of one lead: who owns it, by which rule, or why nobody does.
///
/// Serialises as an [`AssignmentRecord`](crate::dispatch::AssignmentRecord).
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the receipt gives the open lead back"]
pub struct Assignment {
    pub(in crate::dispatch) id: Option<AssignmentId>,
    pub(in crate::dispatch) lead: LeadId,
    pub(in crate::dispatch) policy: Arc<CachePadded<Policy>>,
    pub(in crate::dispatch) grant: usize,
    pub(in crate::dispatch) units: u32,
    pub(in crate::dispatch) by_hand: bool,
    pub(in crate::dispatch) outcome: AssignmentOutcome,
    pub(in crate::dispatch) owner: Option<Seat>,
    pub(in crate::dispatch) supporters: Vec<Seat>,
    pub(in crate::dispatch) refusals: Vec<Refusal>,
    pub(in crate::dispatch) support_refusals: Vec<SupportRefusal>,
    pub(in crate::dispatch) warnings: Vec<AssignmentWarning>,
    pub(in crate::dispatch) available_from: Option<DateTime<Utc>>,
    pub(in crate::dispatch) now: DateTime<Utc>,
}

/// What came of a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssignmentOutcome {
    /// A member owns it.
    Assigned,
    /// It waits in a pool.
    Pooled(PoolId),
    /// Nobody has it yet: it waits until that moment, at which somebody of the team is back. None if
    /// that cannot be told: everybody is full, or nobody is back in sight.
    ///
    /// Nothing is counted for it. Assign the lead again then.
    Waiting(Option<DateTime<Utc>>),
    /// Nobody has it.
    Unassigned(Reason),
}

/// Why a team, or a named member, did not take a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// No rule matched, and the policy's `otherwise` put the lead in a pool.
    NoRuleMatched,
    /// The team has no members.
    TeamEmpty,
    /// No member is active.
    NobodyActive,
    /// No active member is or knows what the lead's rule, or the team, requires.
    NobodyFits,
    /// No active member, of those who fit, is at work and there for leads.
    NobodyAvailable,
    /// Every member at work has reached a limit, or has less room than the lead takes.
    NobodyWithCapacity,
    /// The team as a whole has reached a limit.
    TeamFull,
    /// Whoever could take the lead has a seat of it already, or is left out by the request.
    AllSeated,
    /// Nobody owns the lead who could be supported.
    NoOwner,
    /// The strategy picked none of those who could.
    Declined,
    /// The member is named, but the request leaves the member out.
    LeftOut,
    /// The moment is further ahead of the latest one seen than the dispatcher allows
    /// ([`max_step`](crate::dispatch::DispatcherBuilder::max_step)). Nobody was asked.
    MomentTooFarAhead,
}

impl Reason {
    /// The reason's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoRuleMatched => "no_rule_matched",
            Self::TeamEmpty => "team_empty",
            Self::NobodyActive => "nobody_active",
            Self::NobodyFits => "nobody_fits",
            Self::NobodyAvailable => "nobody_available",
            Self::NobodyWithCapacity => "nobody_with_capacity",
            Self::TeamFull => "team_full",
            Self::AllSeated => "all_seated",
            Self::NoOwner => "no_owner",
            Self::Declined => "declined",
            Self::LeftOut => "left_out",
            Self::MomentTooFarAhead => "moment_too_far_ahead",
        }
    }
}

impl Reason {
    /// The reason in words, as the second half of a sentence that begins with `team east could not: `.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NoRuleMatched => "no rule matched",
            Self::TeamEmpty => "it has no members",
            Self::NobodyActive => "nobody is active",
            Self::NobodyFits => "nobody has what is required",
            Self::NobodyAvailable => "nobody is at work now",
            Self::NobodyWithCapacity => "nobody at work has room for the lead",
            Self::TeamFull => "it has reached a limit as a whole",
            Self::AllSeated => "whoever could has a seat already, or is left out",
            Self::NoOwner => "nobody owns the lead",
            Self::Declined => "the strategy picked nobody",
            Self::LeftOut => "the request leaves the member out",
            Self::MomentTooFarAhead => "the moment is too far ahead",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A team that was asked, and why it did not take the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refusal {
    /// The team; none for a named member without one.
    pub team: Option<TeamId>,
    /// Why it did not take the lead.
    pub reason: Reason,
}

/// Support that a lead did not get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SupportRefusal {
    /// The team that was to support.
    pub team: TeamId,
    /// How many of its members are missing.
    pub missing: u32,
    /// Why.
    pub reason: Reason,
}

impl SupportRefusal {
    /// Nobody supports a lead that nobody owns.
    pub(in crate::dispatch) fn no_owner(support: &[Support]) -> Vec<Self> {
        let refusals = support.iter().map(|support| Self {
            team: support.team().clone(),
            missing: support.get_members(),
            reason: Reason::NoOwner,
        });
        refusals.collect()
    }
}

/// What was set aside when a member was named, when everyone was asked, or when whoever is back first
/// was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AssignmentWarning {
    /// The owner has more leads now than the limits allow.
    OverLimit,
    /// The owner is paused, or not active.
    NotActive,
    /// The owner is not at work now, or is away or unavailable.
    NotAvailable,
    /// The owner is or knows less than what is required.
    NotFit,
}

impl AssignmentWarning {
    /// The warning's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OverLimit => "over_limit",
            Self::NotActive => "not_active",
            Self::NotAvailable => "not_available",
            Self::NotFit => "not_fit",
        }
    }
}

impl AssignmentWarning {
    /// The warning in words, as a clause.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::OverLimit => "the owner is over a limit now",
            Self::NotActive => "the owner is not active",
            Self::NotAvailable => "the owner is not at work now",
            Self::NotFit => "the owner lacks what is required",
        }
    }
}

impl fmt::Display for AssignmentWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Assignment {
    /// Which assignment it is; none if nobody got the lead.
    pub fn id(&self) -> Option<AssignmentId> {
        self.id
    }

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

    /// Who supports the owner.
    pub fn supporters(&self) -> &[Seat] {
        &self.supporters
    }

    /// All seats: the owner's, then the supporters'.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.owner.iter().chain(&self.supporters)
    }

    /// The support that the lead did not get, and why: none is dropped in silence.
    pub fn support_unavailable(&self) -> &[SupportRefusal] {
        &self.support_refusals
    }

    /// What was set aside to give the lead to a member who was named, or because everyone was asked.
    pub fn warnings(&self) -> &[AssignmentWarning] {
        &self.warnings
    }

    /// When the owner is at work, if not now.
    pub fn available_from(&self) -> Option<DateTime<Utc>> {
        self.available_from
    }

    /// Whether somebody said by hand where the lead goes.
    pub fn is_by_hand(&self) -> bool {
        self.by_hand
    }

    /// Where in the policy the answer stands; by hand, what would have applied.
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

    /// The policy that decided, by its content.
    pub fn policy_identity(&self) -> PolicyIdentity {
        self.policy.identity()
    }

    /// The version of the policy that decided.
    pub fn policy_version(&self) -> Option<&str> {
        self.policy.version()
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
            AssignmentOutcome::Waiting(_) => self.refusals.last().map(|refusal| refusal.reason),
            AssignmentOutcome::Pooled(_) => {
                let refused = self.refusals.last().map(|refusal| refusal.reason);
                let is_unmatched = !self.by_hand && *self.source() == Source::Otherwise;
                refused.or(is_unmatched.then_some(Reason::NoRuleMatched))
            }
        }
    }

    /// The reason's code, for reports.
    pub fn reason_code(&self) -> Option<&'static str> {
        self.reason().map(Reason::as_str)
    }

    /// The rule that applied; `None` if an `otherwise` did. [`Source::id`] also names the group of an
    /// `otherwise`.
    pub fn rule(&self) -> Option<&RuleId> {
        match self.source() {
            Source::Rule(rule) => Some(rule),
            Source::GroupOtherwise(_) | Source::Otherwise => None,
        }
    }

    /// The pool that the lead waits in.
    pub fn pool(&self) -> Option<&PoolId> {
        match &self.outcome {
            AssignmentOutcome::Pooled(pool) => Some(pool),
            AssignmentOutcome::Assigned
            | AssignmentOutcome::Waiting(_)
            | AssignmentOutcome::Unassigned(_) => None,
        }
    }

    /// As how many leads each seat counts.
    pub fn units(&self) -> u32 {
        self.units
    }

    /// The moment of the assignment, as it was given.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What to keep, to give the seats back later.
    pub fn receipt(&self) -> Receipt {
        Receipt {
            id: self.id,
            lead: self.lead.clone(),
            policy: self.policy.identity(),
            seats: self.seats().cloned().collect(),
            units: self.units,
        }
    }
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = self.policy.time_zone();
        write!(f, "lead `{}`: ", self.lead)?;
        if self.by_hand {
            write!(f, "by hand, where {} applies: ", self.source())?;
        } else {
            write!(f, "{} ", self.source())?;
        }
        match (&self.outcome, &self.owner) {
            (AssignmentOutcome::Assigned, Some(seat)) => write!(f, "assigns to {seat}")?,
            (AssignmentOutcome::Pooled(pool), _) => write!(f, "leaves it in pool `{pool}`")?,
            (AssignmentOutcome::Waiting(Some(until)), _) => {
                write!(f, "has it wait until {}", zone.format(*until))?;
            }
            (AssignmentOutcome::Waiting(None), _) => write!(f, "has it wait")?,
            (AssignmentOutcome::Unassigned(_), _) => write!(f, "leaves it unassigned")?,
            (AssignmentOutcome::Assigned, None) => write!(f, "assigns to nobody")?,
        }
        for Refusal { team, reason } in &self.refusals {
            match team {
                Some(team) => write!(f, "; team `{team}` could not: {}", reason.in_words())?,
                None => write!(f, "; the member could not: {}", reason.in_words())?,
            }
        }
        for warning in &self.warnings {
            write!(f, "; set aside: {}", warning.in_words())?;
        }
        if let Some(from) = self.available_from {
            write!(f, "; at work from {}", zone.format(from))?;
        }
        for seat in &self.supporters {
            write!(f, "; supported by {seat}")?;
        }
        for SupportRefusal { team, reason, .. } in &self.support_refusals {
            write!(
                f,
                "; team `{team}` could not support: {}",
                reason.in_words()
            )?;
        }
        Ok(())
    }
}

impl Serialize for Assignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_record().serialize(serializer)
    }
}
