//! The ledger as a function of values.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::command::Command;
use super::dispatching::Loaded;
use super::error::LedgerPlanError;
use super::event::Event;
use super::lead_record::LeadRecord;
use super::records::LoadedRecords;
use super::transition::{Came, transition};
use crate::dispatch::{DispatchPlan, DispatchState};

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// What is known of the lead now.
    pub lead: LeadRecord,
    /// What happened; none if the lead was so already.
    pub event: Option<Arc<Event>>,
}

/// A policy laid out for a ledger, and nothing that changes: the function under the
/// [`MemoryLedger`](super::MemoryLedger), for whoever keeps the records elsewhere.
///
/// A call is a pure function. What is handed in stays as it is: whoever stores the event and the lead's new
/// record, with the numbers that the event carries folded in, all at once, has done what was asked.
#[derive(Debug)]
pub struct LedgerPlan {
    dispatch: DispatchPlan,
}

impl LedgerPlan {
    /// On a plan of dispatching.
    pub fn new(dispatch: DispatchPlan) -> Self {
        Self { dispatch }
    }

    /// The plan of dispatching.
    pub fn dispatch(&self) -> &DispatchPlan {
        &self.dispatch
    }

    /// What comes of a command. `records` must tell of the command's lead and, where accounts count, of its
    /// account; `dispatch` must have those shards that are needed. `latest` is the number of the latest event.
    /// Takes time in proportion to the members of the shards.
    ///
    /// # Errors
    /// [`LedgerPlanError`] if the command is refused, or if something is missing: then ask again with it.
    pub fn run(
        &self,
        records: &LoadedRecords,
        dispatch: &DispatchState,
        latest: u64,
        command: &Command<'_>,
        now: DateTime<Utc>,
    ) -> Result<Answer, LedgerPlanError> {
        let loaded = Loaded {
            plan: &self.dispatch,
            state: dispatch.clone(),
        };
        let next = latest.saturating_add(1);
        let came = transition(command, now, records, next, loaded)?;
        Ok(Answer::from(came))
    }
}

impl From<Came<'_>> for Answer {
    fn from(came: Came<'_>) -> Self {
        match came {
            Came::Nothing(lead) => Self {
                lead: lead.clone(),
                event: None,
            },
            Came::Event(event, lead) => Self {
                lead,
                event: Some(event),
            },
        }
    }
}
