//! The fold of the events.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::error::ReplayError;
use super::event::{Change, Event};
use super::lead_record::{LeadRecord, LeadStatus};
use crate::dispatch::DispatchState;
use crate::id::LeadId;

/// Everything that a ledger knows at a moment: who has each lead, and the numbers of dispatching.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct LedgerState {
    /// The leads that ever came.
    pub leads: HashMap<LeadId, LeadRecord, FixedState>,
    /// The numbers of dispatching.
    pub dispatch: DispatchState,
    /// The number of the latest event; 0 if there was none.
    pub event: u64,
}

impl LedgerState {
    /// Before the first event, with the numbers that dispatching begins with.
    pub fn beginning(dispatch: DispatchState) -> Self {
        Self {
            dispatch,
            ..Self::default()
        }
    }

    /// Folds an event into the state: takes over what it carries. Nothing is changed in case of an error.
    /// Linear in what the event carries.
    ///
    /// # Errors
    /// [`ReplayError`] if it is not the next event, or was written after other ones.
    pub fn apply(&mut self, event: &Event) -> Result<(), ReplayError> {
        let expected = self.event.saturating_add(1);
        if event.sequence != expected {
            let found = event.sequence;
            return Err(ReplayError::Order { expected, found });
        }
        let own = self.leads.get(&event.lead).map(LeadRecord::event);
        if own != event.previous {
            return Err(ReplayError::Lead {
                lead: event.lead.clone(),
                expected: own,
                found: event.previous,
            });
        }
        let dispatch = match event.dispatch.as_slice() {
            [] => None,
            records => {
                let mut dispatch = self.dispatch.clone();
                for record in records {
                    dispatch.apply(record)?;
                }
                Some(dispatch)
            }
        };
        self.dispatch = dispatch.unwrap_or_else(|| std::mem::take(&mut self.dispatch));
        self.event = event.sequence;
        let before = self.leads.get(&event.lead);
        let after = event.after(before);
        self.leads.insert(event.lead.clone(), after);
        Ok(())
    }
}

impl Event {
    /// What is known of the lead after it.
    pub(super) fn after(&self, before: Option<&LeadRecord>) -> LeadRecord {
        let ended = |status| LeadRecord {
            status,
            receipt: None,
            rule: before.and_then(|lead| lead.rule.clone()),
            event: self.sequence,
        };
        match (&self.change, before) {
            (Change::NotTaken(_), Some(lead)) => LeadRecord {
                event: self.sequence,
                ..lead.clone()
            },
            (
                Change::Assigned(assignment)
                | Change::HandedOver(assignment)
                | Change::NotTaken(assignment)
                | Change::Transferred(assignment),
                _,
            ) => LeadRecord::assigned(assignment, self.sequence),
            (Change::Released(_), _) => ended(LeadStatus::Released),
            (Change::Completed(completion), _) => ended(LeadStatus::Closed(*completion)),
        }
    }
}
