//! An assignment as it is kept and read back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::assignment::{
    Assignment, AssignmentOutcome, AssignmentWarning, Reason, Refusal, SupportRefusal,
};
use super::assignment_id::AssignmentId;
use super::receipt::{Receipt, Seat};
use crate::id::{LeadId, PoolId, RuleId};
use crate::policy::PolicyIdentity;
use crate::rule::Support;

/// An assignment to keep: for logs, for a ledger, for whoever asks later. It stands for itself, without
/// the policy, and is read back as it was written; its keys are the fields' names, and stay.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dispatch::{AssignmentRecord, Dispatcher};
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::Rule;
/// use leadtree::team::Team;
///
/// let policy = PolicyDraft::new()
///     .team(Team::new("east").members(["m-01"]))
///     .rule(Rule::new("all").assign_to("east"))
///     .build()?;
/// let dispatcher = Dispatcher::new(&policy)?;
/// let lead = Lead::builder("L-1").build();
/// let assignment = dispatcher.assign(&lead, chrono::DateTime::UNIX_EPOCH);
///
/// let kept = serde_json::to_string(&assignment)?;
/// let record: AssignmentRecord = serde_json::from_str(&kept)?;
/// assert_eq!(record, assignment.to_record());
/// assert_eq!(record.seats[0].member(), "m-01");
/// assert_eq!(record.policy, policy.identity());
/// dispatcher.complete(&record.receipt())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AssignmentRecord {
    /// Which assignment it is; none if nobody got the lead.
    pub id: Option<AssignmentId>,
    /// The lead.
    pub lead: LeadId,
    /// What came of it.
    pub outcome: Outcome,
    /// The rule that applied, or the group whose `otherwise` did; none for that of the policy.
    pub rule: Option<RuleId>,
    /// The pool that the lead waits in.
    pub pool: Option<PoolId>,
    /// The moment until which it waits.
    pub until: Option<DateTime<Utc>>,
    /// Why nobody owns it.
    pub reason: Option<Reason>,
    /// All seats: the owner's, then the supporters'.
    pub seats: Vec<Seat>,
    /// As how many leads each seat counts.
    #[serde(deserialize_with = "super::units::read")]
    pub units: u32,
    /// The teams that were to support.
    pub support: Vec<Support>,
    /// The teams that were asked and did not take the lead, in order, and why.
    pub refusals: Vec<Refusal>,
    /// The support that the lead did not get, and why.
    pub support_unavailable: Vec<SupportRefusal>,
    /// What was set aside.
    pub warnings: Vec<AssignmentWarning>,
    /// When the owner is at work, if not at once.
    pub available_from: Option<DateTime<Utc>>,
    /// Whether somebody said by hand where the lead goes.
    pub by_hand: bool,
    /// The policy that decided.
    pub policy: PolicyIdentity,
    /// Its version.
    pub policy_version: Option<String>,
    /// The moment of the assignment, as it was given.
    pub now: DateTime<Utc>,
}

/// What came of a lead; pool, moment and reason stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// A member owns it.
    Assigned,
    /// It waits in a pool.
    Pooled,
    /// Nobody has it yet; it is to be assigned again.
    Waiting,
    /// Nobody has it.
    Unassigned,
}

impl AssignmentRecord {
    /// What gives the seats back later.
    pub fn receipt(&self) -> Receipt {
        Receipt {
            id: self.id,
            lead: self.lead.clone(),
            policy: self.policy,
            seats: self.seats.clone(),
            units: self.units,
        }
    }
}

impl Assignment {
    /// As it is kept and read back: what serde writes of an assignment.
    pub fn to_record(&self) -> AssignmentRecord {
        let until = match self.outcome {
            AssignmentOutcome::Waiting(until) => until,
            _ => None,
        };
        AssignmentRecord {
            id: self.id,
            lead: self.lead.clone(),
            outcome: match self.outcome {
                AssignmentOutcome::Assigned => Outcome::Assigned,
                AssignmentOutcome::Pooled(_) => Outcome::Pooled,
                AssignmentOutcome::Waiting(_) => Outcome::Waiting,
                AssignmentOutcome::Unassigned(_) => Outcome::Unassigned,
            },
            rule: self.source().id().cloned(),
            pool: self.pool().cloned(),
            until,
            reason: self.reason(),
            seats: self.seats().cloned().collect(),
            units: self.units,
            support: self.support().to_vec(),
            refusals: self.refusals.clone(),
            support_unavailable: self.support_refusals.clone(),
            warnings: self.warnings.clone(),
            available_from: self.available_from,
            by_hand: self.by_hand,
            policy: self.policy.identity(),
            policy_version: self.policy_version().map(str::to_owned),
            now: self.now,
        }
    }
}
