//! What is remembered of accounts.

use std::collections::BTreeMap;

use leadtree::dispatch::{AssignmentRecord, Chosen, Dispatcher, Reason};
use leadtree::ledger::{Change, Command, LeadRecord, MemoryLedger};
use leadtree::rule::Target;
use serde_json::json;

use crate::dispatch_setup::policy;
use crate::sales::{NOON, lead, ledger, loads, of_account, owner};

#[test]
fn whoever_has_an_account_gets_its_other_leads() {
    let ledger = ledger();
    let assign = |id: &str, account: &str| {
        let lead = of_account(id, "development", account);
        let answer = ledger.run(&Command::assign(&lead), NOON).unwrap();
        let Some(Change::Assigned(assignment)) = answer.event.map(|event| event.change.clone())
        else {
            panic!("assigned")
        };
        (*assignment, answer.lead)
    };
    let owner =
        |(_, lead): &(AssignmentRecord, LeadRecord)| lead.owner().unwrap().member().to_string();
    assert_eq!(owner(&assign("L-1", "A-1")), "s1");
    assert_eq!(owner(&assign("L-2", "A-2")), "s2");
    // It would be s1's turn.
    assert_eq!(owner(&assign("L-3", " A-2 ")), "s2");
    let again = assign("L-4", "A-2");
    assert_eq!(owner(&again), "s2");
    assert_eq!(again.1.owner().unwrap().chosen(), Chosen::AskedFirst);
    // Without an account, or by a rule that remembers leads only, the turn counts.
    let other = of_account("L-5", "executives", "A-2");
    let answer = ledger.run(&Command::assign(&other), NOON).unwrap();
    assert_eq!(answer.lead.owner().unwrap().member(), "a1");
    // Somebody gives the account's lead to somebody else, and the account with it.
    let lead = of_account("L-4", "development", "A-2");
    let by_hand = Command::transfer(&lead, Target::member("a2"));
    ledger.run(&by_hand, NOON).unwrap();
    assert_eq!(ledger.account("A-2").unwrap().member, "a2");
    assert_eq!(owner(&assign("L-6", "A-2")), "a2");
    // A lead that was not the account owner's tells nothing of the account.
    let lead = of_account("L-2", "development", "A-2");
    ledger
        .run(&Command::transfer(&lead, Target::member("s1")), NOON)
        .unwrap();
    assert_eq!(ledger.account("A-2").unwrap().member, "a2");
}

#[test]
fn an_account_whose_owner_is_full_stays_and_whose_owner_is_gone_passes_on() {
    let policy = policy(&json!({
        "members": ["m1", "m2", {"id": "m3", "active": false}],
        "ownership": "account",
        "teams": [{ "id": "all", "members": [{"member": "m1", "max_open": 1}, "m2"] }],
        "rules": [{ "id": "all", "assign_to": "all" }],
    }));
    let ledger = MemoryLedger::new(Dispatcher::builder(&policy)).unwrap();
    let assign = |id: &str| {
        let lead = of_account(id, "", "A-1");
        let answer = ledger.run(&Command::assign(&lead), NOON).unwrap();
        let refused = match answer.event.map(|event| event.change.clone()) {
            Some(Change::Assigned(assignment)) => assignment.refusals,
            other => panic!("{other:?}"),
        };
        let refused = refused
            .iter()
            .map(|refusal| refusal.reason)
            .collect::<Vec<_>>();
        (answer.lead.owner().unwrap().member().to_string(), refused)
    };
    assert_eq!(assign("L-1"), ("m1".to_owned(), vec![]));
    let full = vec![Reason::NobodyWithCapacity];
    assert_eq!(assign("L-2"), ("m2".to_owned(), full));
    assert_eq!(ledger.account("A-1").unwrap().member, "m1");
    let lead = of_account("L-1", "", "A-1");
    ledger
        .run(&Command::transfer(&lead, Target::member("m3")), NOON)
        .unwrap();
    assert_eq!(ledger.account("A-1").unwrap().member, "m3");
    let gone = vec![Reason::NobodyActive];
    let (owner, refused) = assign("L-3");
    assert_eq!(refused, gone);
    assert_eq!(ledger.account("A-1").unwrap().member, &*owner);
}

#[test]
fn a_lead_that_is_not_remembered_is_assigned_again_and_counted_once() {
    let ledger = ledger();
    let lead = lead("L-1", "heavy");
    ledger.run(&Command::assign(&lead), NOON).unwrap();
    assert_eq!(owner(&ledger, "L-1").unwrap(), "s1");
    ledger.run(&Command::assign(&lead), NOON).unwrap();
    assert_eq!(owner(&ledger, "L-1").unwrap(), "s2");
    let (seated, open) = loads(&ledger.state());
    assert_eq!(open, BTreeMap::from([("s2".to_owned(), 3)]));
    assert_eq!(seated, open);
}
