//! What is remembered of accounts.

use std::collections::BTreeMap;

use leadtree::dispatch::{Chosen, DispatchState, Dispatcher, Reason, Release, Request};
use leadtree::ledger::{
    AccountRecord, Change, Command, LeadRecord, LedgerPlan, LoadedRecords, MemoryLedger,
};
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
        answer.lead
    };
    let owner = |lead: &LeadRecord| lead.owner().unwrap().member().to_string();
    assert_eq!(owner(&assign("L-1", "A-1")), "s1");
    assert_eq!(owner(&assign("L-2", "A-2")), "s2");
    // It would be s1's turn; case and spaces make no other account.
    assert_eq!(owner(&assign("L-3", " a-2 ")), "s2");
    let again = assign("L-4", "A-2");
    assert_eq!(owner(&again), "s2");
    assert_eq!(again.owner().unwrap().chosen(), Chosen::AskedFirst);
    // By a rule that remembers leads only, the turn counts.
    let other = of_account("L-5", "executives", "A-2");
    let answer = ledger.run(&Command::assign(&other), NOON).unwrap();
    assert_eq!(owner(&answer.lead), "a1");
    // Whom somebody names gets it before the account's owner does.
    let other = of_account("L-6", "development", "A-2");
    let by_hand = Request::new(&other).to(Target::member("s1"));
    let answer = ledger.run(&Command::assign(by_hand), NOON).unwrap();
    assert_eq!(owner(&answer.lead), "s1");
    // Somebody gives a lead to somebody else, and then the account with it.
    let lead = of_account("L-4", "development", "A-2");
    let by_hand = Command::transfer(&lead, Target::member("a2"));
    ledger.run(&by_hand, NOON).unwrap();
    assert_eq!(ledger.account("A-2").unwrap().member, "s2");
    ledger.run(&by_hand.with_account(), NOON).unwrap();
    assert_eq!(ledger.account("A-2").unwrap().member, "a2");
    assert_eq!(owner(&assign("L-7", "A-2")), "a2");
}

#[test]
fn an_account_goes_with_the_lead_that_its_owner_hands_over() {
    let policy = policy(&json!({
        "ownership": "account",
        "attributes": { "to": "text" },
        "teams": [{ "id": "development", "members": ["s1", "s2"] }, { "id": "executives", "members": ["a1"] }],
        "rules": [
            { "id": "qualified", "when": "to = executives", "assign_to": "executives" },
            { "id": "new", "assign_to": "development" },
        ],
    }));
    let ledger = MemoryLedger::new(Dispatcher::builder(&policy)).unwrap();
    let run = |command: &Command<'_>| {
        let answer = ledger.run(command, NOON).unwrap();
        let lead = answer.lead;
        lead.owner().unwrap().member().to_string()
    };
    let new = of_account("L-1", "development", "A-1");
    assert_eq!(run(&Command::assign(&new)), "s1");
    let qualified = of_account("L-1", "executives", "A-1");
    assert_eq!(run(&Command::reassess(&qualified)), "a1");
    let next = of_account("L-2", "development", "A-1");
    assert_eq!(run(&Command::assign(&next)), "a1");
    // It is asked for by others only.
    let back = Request::new(&qualified).leave_out(["a1"]);
    let answer = ledger.run(&Command::reassess(back), NOON).unwrap();
    let change = &answer.event.unwrap().change;
    assert!(matches!(change, Change::NotTaken { .. }), "{change:?}");
    // Whoever releases a lead is not asked first for it.
    let release = Command::release("L-2", "not ours", Release::KeepTurn);
    ledger.run(&release, NOON).unwrap();
    assert_eq!(run(&Command::assign(&next)), "s2");
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
        let event = answer.event.unwrap();
        let refused = event.change.assignment().unwrap().refusals.iter();
        let refused: Vec<Reason> = refused.map(|refusal| refusal.reason).collect();
        (answer.lead.owner().unwrap().member().to_string(), refused)
    };
    assert_eq!(assign("L-1"), ("m1".to_owned(), vec![]));
    let full = vec![Reason::NobodyWithCapacity];
    assert_eq!(assign("L-2"), ("m2".to_owned(), full));
    assert_eq!(ledger.account("A-1").unwrap().member, "m1");
    let lead = of_account("L-1", "", "A-1");
    let by_hand = Command::transfer(&lead, Target::member("m3")).with_account();
    ledger.run(&by_hand, NOON).unwrap();
    let (_, refused) = assign("L-3");
    assert_eq!(refused, [Reason::NobodyActive]);
    assert_eq!(ledger.account("A-1").unwrap().member, "m3");
    // Under a policy that does not know the owner any more.
    let (dispatch, state, _) = Dispatcher::builder(&policy)
        .plan(&DispatchState::default())
        .unwrap();
    let plan = LedgerPlan::new(dispatch);
    let gone: AccountRecord = serde_json::from_value(json!({"member": "gone"})).unwrap();
    let records = LoadedRecords::default()
        .lead("L-4", None)
        .account(&"A-1".into(), Some(gone));
    let lead = of_account("L-4", "", "A-1");
    let answer = plan.run(&records, &state, 0, &Command::assign(&lead), NOON);
    let event = answer.unwrap().event.unwrap();
    assert_eq!(event.account.as_ref().unwrap().owner.member, "m1");
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
