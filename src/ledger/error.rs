//! Why a ledger does not do what it is asked.

use std::convert::Infallible;

use thiserror::Error;

use super::lead_record::LeadStatus;
use super::records::RecordKey;
use crate::dispatch::{PlanError, RecordError, RosterError};
use crate::id::LeadId;
use crate::limits::MAX_TEXT_BYTES;

/// Why a command was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The lead has no id. Two of them would be taken for one.
    #[error("the lead has no id; give each lead one of its own")]
    NoId,
    /// A text that would be kept is too long.
    #[error("the {what} is longer than {most} bytes; shorten it", most = MAX_TEXT_BYTES)]
    TooLong {
        /// What it is.
        what: &'static str,
    },
    /// Something happened to the lead since.
    #[error("lead `{lead}` has changed since event {expected}; look at it, and say it again")]
    Changed {
        /// The lead.
        lead: LeadId,
        /// The event that was expected to be its latest.
        expected: u64,
        /// Its latest event, if there is one.
        found: Option<u64>,
    },
    /// The lead never came.
    #[error("lead `{0}` is not known; assign it first")]
    UnknownLead(LeadId),
    /// Only what has an owner, or is still to have one, can be released or completed.
    #[error("lead `{lead}` is {status} already")]
    NotOpen {
        /// The lead.
        lead: LeadId,
        /// Where it is.
        status: LeadStatus,
    },
    /// The request names nobody, or is outside the limits.
    #[error(transparent)]
    Request(#[from] RosterError),
}

/// Why a [`LedgerPlan`](super::LedgerPlan) has no answer.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum LedgerPlanError {
    /// The command is refused.
    #[error(transparent)]
    Refused(#[from] LedgerError),
    /// A record is missing: ask again with it, or with the word that there is none.
    #[error("the record of {0} is missing; ask again with it, or say that there is none")]
    Missing(RecordKey),
    /// The numbers of dispatching are missing, or are of another plan.
    #[error(transparent)]
    Dispatch(PlanError),
    /// The numbers of dispatching do not go together.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<Infallible> for LedgerError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<RecordKey> for LedgerPlanError {
    fn from(key: RecordKey) -> Self {
        Self::Missing(key)
    }
}

impl From<PlanError> for LedgerPlanError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Request(error) => Self::Refused(error.into()),
            other => Self::Dispatch(other),
        }
    }
}

/// Why an event cannot be folded into a state.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// Another event comes next.
    #[error("event {expected} comes next, and this one is {found}")]
    Order {
        /// The number that comes next.
        expected: u64,
        /// The event's number.
        found: u64,
    },
    /// The lead's own events are not those that the event was written after.
    #[error("the event before it of lead `{lead}` is {found:?}, and the state's is {expected:?}")]
    Lead {
        /// The lead.
        lead: LeadId,
        /// The latest event of the lead in the state.
        expected: Option<u64>,
        /// The one that the event names.
        found: Option<u64>,
    },
    /// No ledger writes it.
    #[error("event {0} contradicts itself, or what came before: it is none that a ledger wrote")]
    Malformed(u64),
    /// The numbers of dispatching are not those that the event was written after.
    #[error(transparent)]
    Dispatch(#[from] RecordError),
}
