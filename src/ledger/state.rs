//! The fold of the events.

use super::account_record::AccountRecord;
use super::error::ReplayError;
use super::event::Event;
use super::lead_record::LeadRecord;
use super::records::{AllRecords, account_key};
use crate::dispatch::{DispatchState, Record};
use crate::id::LeadId;

/// Everything that a ledger knows at a moment: who has each lead, and the numbers of dispatching.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LedgerState {
    pub(super) records: AllRecords,
    /// The numbers of dispatching.
    pub(super) dispatch: DispatchState,
    /// The number of the latest event; 0 if there was none.
    pub(super) event: u64,
}

impl LedgerState {
    /// Before the first event, with the numbers that dispatching begins with.
    pub fn beginning(dispatch: DispatchState) -> Self {
        Self {
            dispatch,
            ..Self::default()
        }
    }

    /// What is known of a lead. One hash look-up.
    pub fn lead(&self, lead: impl AsRef<str>) -> Option<&LeadRecord> {
        self.records.leads.get(lead.as_ref())
    }

    /// Who owns an account. One hash look-up.
    pub fn account(&self, account: impl AsRef<str>) -> Option<&AccountRecord> {
        self.records.accounts.get(&account_key(account.as_ref())?)
    }

    /// All leads that ever came, in no order.
    pub fn leads(&self) -> impl Iterator<Item = (&LeadId, &LeadRecord)> {
        self.records.leads.iter()
    }

    /// The numbers of dispatching.
    pub fn dispatch(&self) -> &DispatchState {
        &self.dispatch
    }

    /// The number of the latest event; 0 if there was none.
    pub fn event(&self) -> u64 {
        self.event
    }

    /// Folds an event into the state: takes over what it carries. Nothing is changed in case of an error.
    /// Linear in what the event carries.
    ///
    /// # Errors
    /// [`ReplayError`] if it is not the next event, or was written after other ones.
    pub fn apply(&mut self, event: &Event) -> Result<(), ReplayError> {
        let malformed = ReplayError::Malformed(event.sequence);
        let Some(expected) = self.event.checked_add(1) else {
            return Err(malformed);
        };
        if event.sequence != expected {
            let found = event.sequence;
            return Err(ReplayError::Order { expected, found });
        }
        let before = self.records.leads.get(&event.lead);
        let own = before.map(LeadRecord::event);
        if own != event.previous {
            return Err(ReplayError::Lead {
                lead: event.lead.clone(),
                expected: own,
                found: event.previous,
            });
        }
        let is_of_this = |record: &Record| record.state.is_none() && record.policy == event.policy;
        let is_sound = event.version == Event::VERSION && event.dispatch.iter().all(is_of_this);
        let after = LeadRecord::after(before, event).filter(|_| is_sound);
        let after = after.ok_or(malformed)?;
        match event.dispatch.as_slice() {
            [] => {}
            // All of it is taken over, or nothing.
            [record] => self.dispatch.apply(record)?,
            records => {
                let mut dispatch = self.dispatch.clone();
                for record in records {
                    dispatch.apply(record)?;
                }
                self.dispatch = dispatch;
            }
        }
        self.event = event.sequence;
        self.records.take(event, after);
        Ok(())
    }
}
