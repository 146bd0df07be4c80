//! What a ledger knows of a lead.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::event::{Change, Completion, Event};
use crate::dispatch::{AssignmentRecord, Outcome, Receipt, Role, Seat};
use crate::id::{PoolId, RuleId};
use crate::rule::Ownership;

/// What a ledger knows of a lead: who has it. Everything else stands in its events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeadRecord {
    pub(super) status: LeadStatus,
    /// The seats taken, if any are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<Box<Receipt>>,
    /// The rule by which it is where it is; none for the policy's `otherwise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<RuleId>,
    /// The number of its latest event.
    pub(super) event: u64,
}

/// Where a lead is. It is in exactly one of these at every moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeadStatus {
    /// A member owns it.
    Owned,
    /// It is in a pool.
    Pooled(PoolId),
    /// Nobody has it yet; it is to be assigned again when somebody is back.
    Waiting,
    /// Nobody could take it.
    Unassigned,
    /// It was taken back, and nobody has it since.
    Released,
    /// The work on it is done.
    Closed(Completion),
}

impl LeadRecord {
    /// Where it is.
    pub fn status(&self) -> &LeadStatus {
        &self.status
    }

    /// The owner's seat, if it is owned.
    pub fn owner(&self) -> Option<&Seat> {
        self.seats().iter().find(|seat| seat.role() == Role::Owner)
    }

    /// All seats that are taken: the owner's, then the supporters'.
    pub fn seats(&self) -> &[Seat] {
        self.receipt.as_deref().map_or(&[], Receipt::seats)
    }

    /// The rule by which it is where it is; none for the policy's `otherwise`.
    pub fn rule(&self) -> Option<&RuleId> {
        self.rule.as_ref()
    }

    /// The number of its latest event.
    pub fn event(&self) -> u64 {
        self.event
    }

    /// After an event, which says what it needs; what was known before stays.
    pub(super) fn after(before: Option<&Self>, event: &Event) -> Self {
        let ended = |status| Self {
            status,
            receipt: None,
            rule: before.and_then(|lead| lead.rule.clone()),
            event: event.sequence,
        };
        match (&event.change, before) {
            (Change::NotTaken(_), Some(lead)) => Self {
                event: event.sequence,
                ..lead.clone()
            },
            (
                Change::Assigned(assignment)
                | Change::HandedOver(assignment)
                | Change::NotTaken(assignment)
                | Change::Transferred(assignment),
                _,
            ) => Self::assigned(assignment, event.sequence),
            (Change::Released(_), _) => ended(LeadStatus::Released),
            (Change::Completed(completion), _) => ended(LeadStatus::Closed(*completion)),
        }
    }

    /// After an assignment.
    fn assigned(assignment: &AssignmentRecord, event: u64) -> Self {
        let receipt = assignment.receipt();
        Self {
            status: match (assignment.outcome, &assignment.pool) {
                (Outcome::Assigned, _) => LeadStatus::Owned,
                (Outcome::Pooled, Some(pool)) => LeadStatus::Pooled(pool.clone()),
                (Outcome::Waiting, _) => LeadStatus::Waiting,
                (Outcome::Pooled | Outcome::Unassigned, _) => LeadStatus::Unassigned,
            },
            receipt: (!receipt.seats().is_empty()).then(|| Box::new(receipt)),
            rule: assignment.rule.clone(),
            event,
        }
    }
}

impl LeadStatus {
    /// Whether assigning the lead again changes nothing: it is closed; or it has an owner or is in a pool, and
    /// that is remembered.
    pub fn is_settled(&self, ownership: Ownership) -> bool {
        match self {
            Self::Closed(_) => true,
            Self::Owned | Self::Pooled(_) => ownership != Ownership::None,
            Self::Waiting | Self::Unassigned | Self::Released => false,
        }
    }

    /// Its name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Owned => "owned",
            Self::Pooled(_) => "in a pool",
            Self::Waiting => "waiting",
            Self::Unassigned => "unassigned",
            Self::Released => "released",
            Self::Closed(_) => "closed",
        }
    }
}

impl fmt::Display for LeadStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pooled(pool) => write!(f, "in pool `{pool}`"),
            Self::Closed(completion) => write!(f, "closed ({completion})"),
            _ => f.write_str(self.as_str()),
        }
    }
}
