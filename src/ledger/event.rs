//! What happened, as it is kept.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::account_record::AccountChange;
use crate::dispatch::{AssignmentRecord, Record, Seat};
use crate::id::{LeadId, RuleId};
use crate::policy::PolicyIdentity;
use crate::rule::Ownership;

/// What happened to a lead. It carries everything that the state after it has: folding it
/// ([`LedgerState::apply`](super::LedgerState::apply)) asks no rule and no strategy.
///
/// It holds ids, codes, and the reasons that were given; nothing else of the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    /// The version of its form: [`Event::VERSION`].
    pub version: u16,
    /// Its number in the ledger, from 1, without gaps.
    pub sequence: u64,
    /// The number of the event before it of the same lead; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<u64>,
    /// The moment, as it was given with the command. Moments may step back from one event to the next.
    pub at: DateTime<Utc>,
    /// Who said so, if it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Box<str>>,
    /// The lead.
    pub lead: LeadId,
    /// The policy that ran.
    pub policy: PolicyIdentity,
    /// What happened.
    pub change: Change,
    /// The account that got an owner by it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountChange>,
    /// The seats that were given back by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_back: Vec<Seat>,
    /// What changed in the numbers of dispatching, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispatch: Vec<Record>,
}

/// What happened to a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// It was assigned, or it was tried.
    #[non_exhaustive]
    Assigned {
        /// What came of it.
        assignment: Box<AssignmentRecord>,
        /// What is remembered of it.
        ownership: Ownership,
    },
    /// The rules led elsewhere.
    #[non_exhaustive]
    HandedOver {
        /// What came of it.
        assignment: Box<AssignmentRecord>,
        /// What is remembered of it.
        ownership: Ownership,
    },
    /// Somebody gave it by hand.
    #[non_exhaustive]
    Transferred {
        /// What came of it.
        assignment: Box<AssignmentRecord>,
        /// What is remembered of it.
        ownership: Ownership,
    },
    /// It was to go elsewhere, but nobody there could take it: the owner stays.
    #[non_exhaustive]
    NotTaken {
        /// What came of it.
        assignment: Box<AssignmentRecord>,
    },
    /// Another rule leads to the same owner.
    #[non_exhaustive]
    Stayed {
        /// The rule; none for the policy's `otherwise`.
        rule: Option<RuleId>,
        /// What is remembered of it.
        ownership: Ownership,
    },
    /// It was taken back.
    #[non_exhaustive]
    Released {
        /// Why, as it was given.
        reason: Box<str>,
    },
    /// The work was done.
    #[non_exhaustive]
    Completed {
        /// How it ended.
        completion: Completion,
    },
}

impl Event {
    /// The version of the form of events. One of another version is not folded.
    pub const VERSION: u16 = 1;
}

impl Change {
    /// What came of asking somebody, where somebody was asked.
    pub fn assignment(&self) -> Option<&AssignmentRecord> {
        match self {
            Self::Assigned { assignment, .. }
            | Self::HandedOver { assignment, .. }
            | Self::Transferred { assignment, .. }
            | Self::NotTaken { assignment } => Some(assignment),
            Self::Stayed { .. } | Self::Released { .. } | Self::Completed { .. } => None,
        }
    }
}

/// How the work on a lead ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Completion {
    /// A customer was won.
    Won,
    /// The customer decided otherwise.
    Lost,
    /// There was no customer.
    Invalid,
    /// It was the same as another lead.
    Merged,
}

impl Completion {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Invalid => "invalid",
            Self::Merged => "merged",
        }
    }
}

impl fmt::Display for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
