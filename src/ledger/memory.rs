//! The ledger in memory.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};

use super::account_record::AccountRecord;
use super::command::Command;
use super::error::LedgerError;
use super::event::Event;
use super::lead_record::LeadRecord;
use super::plan::Answer;
use super::records::{AllRecords, account_key};
use super::state::LedgerState;
use super::transition::transition;
use crate::dispatch::{BuildError, DispatcherBuilder, RecordedDispatcher};

/// A ledger in memory. Commands are done one after the other; it can be used from many threads.
///
/// A strategy that panics may leave a lead counted for a member who was picked before it did, without an owner
/// in the ledger; the numbers of that are in the next event.
#[derive(Debug)]
pub struct MemoryLedger {
    dispatcher: RecordedDispatcher,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    records: AllRecords,
    /// All events, in order.
    events: Vec<Arc<Event>>,
}

impl MemoryLedger {
    /// An empty ledger over a policy.
    ///
    /// # Errors
    /// As [`DispatcherBuilder::build`].
    pub fn new(dispatcher: DispatcherBuilder<'_>) -> Result<Self, BuildError> {
        Ok(Self {
            dispatcher: dispatcher.build_recorded()?,
            kept: Mutex::default(),
        })
    }

    /// Does what a command says.
    ///
    /// # Errors
    /// [`LedgerError`] if it is refused. Nothing was changed then.
    pub fn run(&self, command: &Command<'_>, now: DateTime<Utc>) -> Result<Answer, LedgerError> {
        let mut kept = self.lock();
        let next = kept.events.len() as u64 + 1;
        let came = transition(command, now, &kept.records, next, &self.dispatcher)?;
        let answer = Answer::from(came);
        if let Some(event) = &answer.event {
            kept.records.take(event, answer.lead.clone());
            kept.events.push(Arc::clone(event));
        }
        Ok(answer)
    }

    /// What is known of a lead. One hash look-up.
    pub fn lead(&self, lead: impl AsRef<str>) -> Option<LeadRecord> {
        self.lock().records.leads.get(lead.as_ref()).cloned()
    }

    /// Who owns an account. One hash look-up.
    pub fn account(&self, account: impl AsRef<str>) -> Option<AccountRecord> {
        let key = account_key(account.as_ref())?;
        self.lock().records.accounts.get(&key).cloned()
    }

    /// Everything that happened to a lead, oldest first. Linear in its events.
    pub fn history(&self, lead: impl AsRef<str>) -> Vec<Arc<Event>> {
        let kept = self.lock();
        let latest = kept.records.leads.get(lead.as_ref()).map(LeadRecord::event);
        let event = |number: &u64| kept.event(*number);
        let events = std::iter::successors(latest.as_ref().and_then(event), |later| {
            later.previous.as_ref().and_then(event)
        });
        let mut events: Vec<Arc<Event>> = events.cloned().collect();
        events.reverse();
        events
    }

    /// The events behind the one of that number, oldest first, at most so many. Whoever keeps the number of
    /// the latest one that was dealt with misses none.
    pub fn events(&self, after: u64, most: usize) -> Vec<Arc<Event>> {
        let kept = self.lock();
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        kept.events.iter().skip(after).take(most).cloned().collect()
    }

    /// What is known of a lead as of a moment: after the latest of its events up to then. Moments may step
    /// back; the order of the events counts. Linear in its events.
    pub fn lead_at(&self, lead: impl AsRef<str>, at: DateTime<Utc>) -> Option<LeadRecord> {
        let history = self.history(lead);
        let until = history.iter().rposition(|event| event.at <= at)?;
        let events = history.get(..=until)?;
        events
            .iter()
            .fold(None, |before: Option<LeadRecord>, event| {
                LeadRecord::after(before.as_ref(), event)
            })
    }

    /// Everything that is known, at one moment. Linear in the leads.
    pub fn state(&self) -> LedgerState {
        let kept = self.lock();
        LedgerState {
            records: kept.records.clone(),
            dispatch: self.dispatcher.state(),
            event: kept.events.len() as u64,
        }
    }

    /// A strategy that panicked has changed no record.
    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Kept {
    fn event(&self, number: u64) -> Option<&Arc<Event>> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.events.get(index)
    }
}
