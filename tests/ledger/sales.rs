//! A sales organisation, its leads, and what must hold in every state of its ledger.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use leadtree::Lead;
use leadtree::dispatch::{Dispatcher, Role};
use leadtree::ledger::{LeadStatus, LedgerState, MemoryLedger};
use leadtree::policy::Policy;
use serde_json::json;

use crate::dispatch_setup::policy;

/// 2026-03-31, 12:00.
pub(crate) const NOON: DateTime<Utc> = DateTime::from_timestamp(1_774_958_400, 0).unwrap();

/// Development representatives qualify, executives close; `x` has support, `scarce` is soon full.
pub(crate) fn sales() -> Policy {
    policy(&json!({
        "members": ["s1", "s2", "a1", "a2", {"id": "o1", "max_open": 2}],
        "pools": ["cold"],
        "attributes": { "to": "text" },
        "teams": [
            { "id": "development", "members": ["s1", "s2"], "strategy": "round_robin" },
            { "id": "executives", "members": ["a1", "a2"], "strategy": "least_loaded",
              "if_nobody": {"overflow": "development"} },
            { "id": "scarce", "members": ["o1"], "if_nobody": "wait" },
            { "id": "closed", "members": [{"member": "s1", "max_open": 0}], "if_nobody": "unassigned" },
        ],
        "rules": [
            { "id": "qualified", "when": "to = executives", "assign_to": "executives", "support": ["development"] },
            { "id": "scarce", "when": "to = scarce", "assign_to": "scarce" },
            { "id": "closed", "when": "to = closed", "assign_to": "closed" },
            { "id": "cold", "when": "to = cold", "assign_to": {"pool": "cold"} },
            { "id": "heavy", "when": "to = heavy", "assign_to": "development", "units": 3, "ownership": "none" },
            { "id": "new", "assign_to": "development", "ownership": "account" },
        ],
    }))
}

pub(crate) fn lead(id: &str, to: &str) -> Lead<'static> {
    Lead::builder(id.to_owned())
        .attribute("to", to.to_owned())
        .build()
}

pub(crate) fn of_account(id: &str, to: &str, account: &str) -> Lead<'static> {
    let lead = Lead::builder(id.to_owned()).account(account.to_owned());
    lead.attribute("to", to.to_owned()).build()
}

pub(crate) fn ledger() -> MemoryLedger {
    MemoryLedger::new(Dispatcher::builder(&sales())).unwrap()
}

pub(crate) fn owner(ledger: &MemoryLedger, lead: &str) -> Option<String> {
    let lead = ledger.lead(lead)?;
    Some(lead.owner()?.member().to_string())
}

/// As many leads are open for each member as there are seats in the ledger.
pub(crate) fn loads(state: &LedgerState) -> (BTreeMap<String, u32>, BTreeMap<String, u32>) {
    let mut seated: BTreeMap<String, u32> = BTreeMap::new();
    for lead in state.leads().map(|(_, lead)| lead) {
        for seat in lead.seats() {
            *seated.entry(seat.member().to_string()).or_default() += lead.units().unwrap();
        }
        let owners = lead.seats().filter(|seat| seat.role() == Role::Owner);
        let owned = usize::from(*lead.status() == LeadStatus::Owned);
        assert_eq!(owners.count(), owned, "{lead:?}");
    }
    let open = state.dispatch().members();
    let open = open.filter(|(_, it)| it.open > 0);
    let open = open.map(|(member, it)| (member.to_string(), it.open));
    (seated, open.collect())
}
