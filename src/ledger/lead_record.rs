//! What a ledger knows of a lead.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::event::{Change, Completion, Event};
use crate::dispatch::{AssignmentRecord, Outcome, Receipt, Role, Seat};
use crate::id::{MemberId, PoolId, RuleId};
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
    pub(super) ownership: Ownership,
    /// Whoever owned it last, if it has no owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_owner: Option<MemberId>,
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
        self.seats().find(|seat| seat.role() == Role::Owner)
    }

    /// All seats that are taken: the owner's, then the supporters'.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.receipt.iter().flat_map(|receipt| receipt.seats())
    }

    /// As how many leads each seat counts; none without seats.
    pub fn units(&self) -> Option<u32> {
        self.receipt.as_ref().map(|receipt| receipt.units())
    }

    /// Whoever owned it last: who won it, for example. None while it has an owner, or if it never had one.
    pub fn last_owner(&self) -> Option<&MemberId> {
        self.last_owner.as_ref()
    }

    /// The rule by which it is where it is; none for the policy's `otherwise`.
    pub fn rule(&self) -> Option<&RuleId> {
        self.rule.as_ref()
    }

    /// What is remembered of it, as the rule said.
    pub fn ownership(&self) -> Ownership {
        self.ownership
    }

    /// The number of its latest event.
    pub fn event(&self) -> u64 {
        self.event
    }

    /// Whether assigning the lead again changes nothing: it is closed; or it has an owner or is in a pool, and
    /// that is remembered.
    pub(super) fn is_settled(&self) -> bool {
        match self.status {
            LeadStatus::Closed(_) => true,
            LeadStatus::Owned | LeadStatus::Pooled(_) => self.ownership != Ownership::None,
            LeadStatus::Waiting | LeadStatus::Unassigned | LeadStatus::Released => false,
        }
    }

    /// After an event, which says what it needs; what was known before stays. None if the event is not one
    /// that a ledger writes then.
    pub(super) fn after(before: Option<&Self>, event: &Event) -> Option<Self> {
        let is_closed = |lead: &Self| matches!(lead.status, LeadStatus::Closed(_));
        if before.is_some_and(is_closed) {
            return None;
        }
        match &event.change {
            Change::Assigned {
                assignment,
                ownership,
            }
            | Change::HandedOver {
                assignment,
                ownership,
            }
            | Change::Transferred {
                assignment,
                ownership,
            } => Self::assigned(before, assignment, *ownership, event),
            Change::NotTaken { .. } => Some(Self {
                event: event.sequence,
                ..before?.clone()
            }),
            Change::Stayed { rule, ownership } => Some(Self {
                rule: rule.clone(),
                ownership: *ownership,
                event: event.sequence,
                ..before?.clone()
            }),
            Change::Released { .. } => Some(before?.ended(LeadStatus::Released, event.sequence)),
            Change::Completed { completion } => {
                let status = LeadStatus::Closed(*completion);
                Some(before?.ended(status, event.sequence))
            }
        }
    }

    fn ended(&self, status: LeadStatus, event: u64) -> Self {
        Self {
            status,
            receipt: None,
            rule: self.rule.clone(),
            ownership: self.ownership,
            last_owner: self.owner_now_or_last(),
            event,
        }
    }

    fn owner_now_or_last(&self) -> Option<MemberId> {
        let now = self.owner().map(Seat::member);
        now.or(self.last_owner.as_ref()).cloned()
    }

    fn assigned(
        before: Option<&Self>,
        assignment: &AssignmentRecord,
        ownership: Ownership,
        event: &Event,
    ) -> Option<Self> {
        let owners = assignment.seats.iter();
        let owners = owners.filter(|seat| seat.role() == Role::Owner).count();
        let is_owned = assignment.outcome == Outcome::Assigned;
        let is_sound = assignment.lead == event.lead
            && owners == usize::from(is_owned)
            && (is_owned || assignment.seats.is_empty());
        if !is_sound {
            return None;
        }
        Some(Self {
            status: match (assignment.outcome, &assignment.pool) {
                (Outcome::Assigned, _) => LeadStatus::Owned,
                (Outcome::Pooled, Some(pool)) => LeadStatus::Pooled(pool.clone()),
                (Outcome::Waiting, _) => LeadStatus::Waiting,
                (Outcome::Unassigned, _) => LeadStatus::Unassigned,
                (Outcome::Pooled, None) => return None,
            },
            receipt: is_owned.then(|| Box::new(assignment.receipt())),
            rule: assignment.rule.clone(),
            ownership,
            last_owner: before
                .filter(|_| !is_owned)
                .and_then(Self::owner_now_or_last),
            event: event.sequence,
        })
    }
}

impl LeadStatus {
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
