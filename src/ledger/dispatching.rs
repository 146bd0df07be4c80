//! What the ledger asks of dispatching, wherever its numbers are kept.

use chrono::{DateTime, Utc};

use super::error::{LedgerError, LedgerPlanError};
use crate::dispatch::{
    Assignment, DispatchPlan, DispatchState, Receipt, Record, RecordError, RecordedDispatcher,
    Release, Request, Seat,
};
use crate::id::{MemberId, RuleId};
use crate::lead::Lead;
use crate::policy::PolicyIdentity;
use crate::rule::Ownership;
use crate::tree::DecisionTree;

/// What the rules say of a lead that the ledger goes by.
#[derive(Debug, PartialEq)]
pub(super) struct Ruling {
    pub(super) rule: Option<RuleId>,
    pub(super) ownership: Ownership,
}

impl Ruling {
    fn of(tree: &DecisionTree, lead: &Lead<'_>, now: DateTime<Utc>) -> Self {
        let decision = tree.decide(lead, now);
        Self {
            rule: decision.source().id().cloned(),
            ownership: decision.grant().ownership(),
        }
    }
}

/// Dispatching, of which every change comes back as a record.
pub(super) trait Dispatching {
    /// Why there is no answer.
    type Error: From<LedgerError>;

    /// The policy that runs.
    fn policy(&self) -> PolicyIdentity;

    /// What the rules say of a lead.
    fn ruling(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Ruling;

    /// Whether a member is known.
    fn knows(&self, member: &MemberId) -> bool;

    /// Whether the rules lead a lead to a seat, which was taken by that rule.
    fn leads_to(
        &self,
        lead: &Lead<'_>,
        seat: &Seat,
        rule: Option<&RuleId>,
        now: DateTime<Utc>,
    ) -> bool;

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

    fn policy(&self) -> PolicyIdentity {
        RecordedDispatcher::policy(self).identity()
    }

    fn ruling(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Ruling {
        Ruling::of(&self.tree(), lead, now)
    }

    fn knows(&self, member: &MemberId) -> bool {
        RecordedDispatcher::knows(self, member)
    }

    fn leads_to(
        &self,
        lead: &Lead<'_>,
        seat: &Seat,
        rule: Option<&RuleId>,
        now: DateTime<Utc>,
    ) -> bool {
        RecordedDispatcher::leads_to(self, lead, seat, rule, now)
    }

    fn assign(
        &mut self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        records: &mut Vec<Record>,
    ) -> Result<Assignment, Self::Error> {
        let assigned = RecordedDispatcher::assign(self, request, now)?;
        records.extend(assigned.record);
        Ok(assigned.answer)
    }

    fn give_back(
        &mut self,
        receipt: &Receipt,
        release: Option<Release>,
        records: &mut Vec<Record>,
    ) -> Result<(), Self::Error> {
        let given_back = match release {
            None => self.complete(receipt),
            Some(release) => RecordedDispatcher::release(self, receipt, release),
        };
        records.extend(given_back.record);
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

    fn policy(&self) -> PolicyIdentity {
        self.plan.policy().identity()
    }

    fn ruling(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Ruling {
        Ruling::of(&self.plan.tree(), lead, now)
    }

    fn knows(&self, member: &MemberId) -> bool {
        self.plan.knows(member)
    }

    fn leads_to(
        &self,
        lead: &Lead<'_>,
        seat: &Seat,
        rule: Option<&RuleId>,
        now: DateTime<Utc>,
    ) -> bool {
        self.plan.leads_to(lead, seat, rule, now)
    }

    fn assign(
        &mut self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        records: &mut Vec<Record>,
    ) -> Result<Assignment, Self::Error> {
        let assigned = self.plan.assign(&self.state, request, now)?;
        self.take(assigned.record, records)?;
        Ok(assigned.answer)
    }

    fn give_back(
        &mut self,
        receipt: &Receipt,
        release: Option<Release>,
        records: &mut Vec<Record>,
    ) -> Result<(), Self::Error> {
        let given_back = match release {
            None => self.plan.complete(&self.state, receipt)?,
            Some(release) => self.plan.release(&self.state, receipt, release)?,
        };
        Ok(self.take(given_back.record, records)?)
    }
}
