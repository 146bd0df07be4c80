//! What the ledger asks of dispatching, wherever its numbers are kept.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use super::error::{LedgerError, LedgerPlanError};
use crate::dispatch::{
    Assignment, DispatchPlan, DispatchState, Plan, Receipt, Record, RecordError,
    RecordedDispatcher, Release, Request, Rules,
};

/// Dispatching, of which every change comes back as a record.
pub(super) trait Dispatching {
    /// Why there is no answer.
    type Error: From<LedgerError>;

    /// The rules and rosters of this moment.
    fn rules(&self) -> Rules<impl Deref<Target = Plan>>;

    /// Assigns a lead.
    fn assign(
        &mut self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        records: &mut Vec<Record>,
    ) -> Result<Assignment, Self::Error>;

    /// Gives seats back: the work on them is done, or they are taken back. Seats that the policy does not
    /// have any more count nothing.
    fn give_back(
        &mut self,
        receipt: &Receipt,
        release: Option<Release>,
        records: &mut Vec<Record>,
    ) -> Result<(), Self::Error>;
}

/// In memory, at once.
impl Dispatching for &RecordedDispatcher {
    type Error = LedgerError;

    fn rules(&self) -> Rules<impl Deref<Target = Plan>> {
        RecordedDispatcher::rules(self)
    }

    fn assign(
        &mut self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        records: &mut Vec<Record>,
    ) -> Result<Assignment, LedgerError> {
        let assigned = RecordedDispatcher::assign(self, request, now)?;
        records.extend(assigned.record);
        Ok(assigned.answer)
    }

    fn give_back(
        &mut self,
        receipt: &Receipt,
        release: Option<Release>,
        records: &mut Vec<Record>,
    ) -> Result<(), LedgerError> {
        records.extend(self.settle(receipt, release).record);
        Ok(())
    }
}

/// On numbers that are kept elsewhere; a copy is worked on.
pub(super) struct Loaded<'p> {
    pub(super) plan: &'p DispatchPlan,
    pub(super) state: DispatchState,
}

impl Loaded<'_> {
    fn take(
        &mut self,
        record: Option<Record>,
        records: &mut Vec<Record>,
    ) -> Result<(), RecordError> {
        if let Some(record) = record {
            self.state.apply(&record)?;
            records.push(record);
        }
        Ok(())
    }
}

impl Dispatching for Loaded<'_> {
    type Error = LedgerPlanError;

    fn rules(&self) -> Rules<impl Deref<Target = Plan>> {
        self.plan.rules()
    }

    fn assign(
        &mut self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        records: &mut Vec<Record>,
    ) -> Result<Assignment, LedgerPlanError> {
        let assigned = self.plan.assign(&self.state, request, now)?;
        self.take(assigned.record, records)?;
        Ok(assigned.answer)
    }

    fn give_back(
        &mut self,
        receipt: &Receipt,
        release: Option<Release>,
        records: &mut Vec<Record>,
    ) -> Result<(), LedgerPlanError> {
        let settled = self.plan.settle(&self.state, receipt, release)?;
        Ok(self.take(settled.record, records)?)
    }
}
