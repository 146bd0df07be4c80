//! The records that a command needs, wherever they are kept.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;

use foldhash::fast::FixedState;

use super::account_record::AccountRecord;
use super::event::Event;
use super::lead_record::LeadRecord;
use crate::id::{AccountId, LeadId};
use crate::text::fold_text;

/// Looks records up: there is one, or there is none, or that is not known.
pub(super) trait Records<'r> {
    /// What it is that is not known.
    type Missing;

    fn lead(&self, lead: &LeadId) -> Result<Option<&'r LeadRecord>, Self::Missing>;

    fn account(&self, account: &AccountId) -> Result<Option<&'r AccountRecord>, Self::Missing>;
}

/// All records, in memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct AllRecords {
    pub(super) leads: HashMap<LeadId, LeadRecord, FixedState>,
    pub(super) accounts: HashMap<AccountId, AccountRecord, FixedState>,
}

impl AllRecords {
    /// Takes over what an event carries, and what is known of its lead after it.
    pub(super) fn take(&mut self, event: &Event, after: LeadRecord) {
        self.leads.insert(event.lead.clone(), after);
        if let Some(change) = &event.account {
            let owner = change.owner.clone();
            self.accounts.insert(change.account.clone(), owner);
        }
    }
}

/// Accounts are one if they are written alike but for case, spaces and the like; blank is none.
pub(super) fn account_key(account: &str) -> Option<AccountId> {
    let key = fold_text(account);
    (!key.is_empty()).then(|| AccountId::from(key))
}

impl<'r> Records<'r> for &'r AllRecords {
    type Missing = Infallible;

    fn lead(&self, lead: &LeadId) -> Result<Option<&'r LeadRecord>, Infallible> {
        Ok(self.leads.get(lead))
    }

    fn account(&self, account: &AccountId) -> Result<Option<&'r AccountRecord>, Infallible> {
        Ok(self.accounts.get(account))
    }
}

/// The records that were loaded for a command: each is there, or it is known that there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LoadedRecords {
    leads: HashMap<LeadId, Option<LeadRecord>, FixedState>,
    accounts: HashMap<AccountId, Option<AccountRecord>, FixedState>,
}

/// A record that was not loaded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordKey {
    /// That of a lead.
    Lead(LeadId),
    /// That of an account, as accounts are compared: without regard to case, spaces and the like.
    Account(AccountId),
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lead(lead) => write!(f, "lead `{lead}`"),
            Self::Account(account) => write!(f, "account `{account}`"),
        }
    }
}

impl LoadedRecords {
    /// The record of a lead, or that there is none.
    #[must_use]
    pub fn lead(mut self, lead: impl Into<LeadId>, record: Option<LeadRecord>) -> Self {
        self.leads.insert(lead.into(), record);
        self
    }

    /// The record of an account, or that there is none.
    #[must_use]
    pub fn account(mut self, account: &AccountId, record: Option<AccountRecord>) -> Self {
        let key = account_key(account.as_str());
        self.accounts.extend(key.map(|key| (key, record)));
        self
    }
}

impl<'r> Records<'r> for &'r LoadedRecords {
    type Missing = RecordKey;

    fn lead(&self, lead: &LeadId) -> Result<Option<&'r LeadRecord>, RecordKey> {
        let record = self.leads.get(lead).map(Option::as_ref);
        record.ok_or_else(|| RecordKey::Lead(lead.clone()))
    }

    fn account(&self, account: &AccountId) -> Result<Option<&'r AccountRecord>, RecordKey> {
        let record = self.accounts.get(account).map(Option::as_ref);
        record.ok_or_else(|| RecordKey::Account(account.clone()))
    }
}
