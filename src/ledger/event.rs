//! What happened, as it is kept.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::account_record::AccountChange;
use crate::dispatch::{AssignmentRecord, Record};
use crate::id::LeadId;
use crate::policy::PolicyIdentity;

/// What happened to a lead. It carries everything that the state after it has: folding it
/// ([`LedgerState::apply`](super::LedgerState::apply)) asks no rule and no strategy.
///
/// It holds ids, codes, and the reasons that were given; nothing else of the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
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
    /// What changed in the numbers of dispatching, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispatch: Vec<Record>,
}

/// What happened to a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// It was assigned, or it was tried: what came of it.
    Assigned(Box<AssignmentRecord>),
    /// The rules led elsewhere: what came of it. The owner before is told by the event before.
    HandedOver(Box<AssignmentRecord>),
    /// The rules led elsewhere, but nobody there could take it: the owner stays.
    NotTaken(Box<AssignmentRecord>),
    /// Somebody gave it by hand: what came of it.
    Transferred(Box<AssignmentRecord>),
    /// It was taken back, for this reason.
    Released(Box<str>),
    /// The work was done.
    Completed(Completion),
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
