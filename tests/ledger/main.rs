//! Who owns which lead: nothing is assigned twice, nothing is lost, and all of it can be replayed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod accounts;
#[path = "../dispatch_setup/mod.rs"]
mod dispatch_setup;
mod replay;
mod sales;

use chrono::TimeDelta;
use leadtree::dispatch::{DispatchState, Dispatcher, Outcome, Release};
use leadtree::ledger::{
    Change, Command, CommandKind, Completion, LeadStatus, LedgerError, LedgerPlan, LedgerPlanError,
    LoadedRecords, RecordKey, ReplayError,
};
use leadtree::rule::Target;
use serde_json::json;

use crate::dispatch_setup::policy;
use crate::sales::{NOON, lead, ledger, of_account, owner, sales};

#[test]
fn a_webhook_that_comes_twice_is_one_assignment() {
    let ledger = ledger();
    let lead = lead("L-1", "executives");
    let first = ledger.run(&Command::assign(&lead), NOON).unwrap();
    let later = NOON + TimeDelta::days(1);
    let again = ledger.run(&Command::assign(&lead), later).unwrap();
    assert!(first.event.is_some());
    assert_eq!(again.event, None);
    assert_eq!(again.lead, first.lead);
    assert_eq!(ledger.history("L-1").len(), 1);
    let state = ledger.state();
    let open: u32 = state.dispatch().members().map(|(_, it)| it.open).sum();
    assert_eq!(open, 2, "an owner and a supporter");
}

#[test]
fn a_lead_that_moved_on_is_handed_over_and_its_story_is_kept() {
    let ledger = ledger();
    let hour = TimeDelta::hours(1);
    let new = lead("L-1", "development");
    ledger.run(&Command::assign(&new), NOON).unwrap();
    assert_eq!(owner(&ledger, "L-1").unwrap(), "s1");
    // Nothing changed that matters.
    let same = ledger.run(&Command::reassess(&new), NOON + hour).unwrap();
    assert_eq!(same.event, None);
    // Qualified now.
    let qualified = lead("L-1", "executives");
    ledger
        .run(
            &Command::reassess(&qualified).by("marketing"),
            NOON + hour * 2,
        )
        .unwrap();
    assert_eq!(owner(&ledger, "L-1").unwrap(), "a1");
    let by_hand = Command::transfer(&qualified, Target::member("a2")).by("a1");
    ledger.run(&by_hand, NOON + hour * 3).unwrap();
    // By the same rule, whom somebody named stays.
    let same = ledger
        .run(&Command::reassess(&qualified), NOON + hour * 3)
        .unwrap();
    assert_eq!(same.event, None);
    let done = Command::complete("L-1", Completion::Won).by("a2");
    ledger.run(&done, NOON + hour * 4).unwrap();

    let owner_at = |hours: i32| {
        let lead = ledger.lead_at("L-1", NOON + hour * hours);
        lead.and_then(|lead| Some(lead.owner()?.member().to_string()))
    };
    assert_eq!(owner_at(-1), None);
    assert_eq!(owner_at(0).unwrap(), "s1");
    assert_eq!(owner_at(1).unwrap(), "s1");
    assert_eq!(owner_at(2).unwrap(), "a1");
    assert_eq!(owner_at(3).unwrap(), "a2");
    assert_eq!(owner_at(4), None);
    let story: Vec<_> = ledger.history("L-1");
    let actors: Vec<_> = story.iter().map(|event| event.actor.as_deref()).collect();
    assert_eq!(actors, [None, Some("marketing"), Some("a1"), Some("a2")]);
    // Everybody's load is free again.
    let state = ledger.state();
    assert!(state.dispatch().members().all(|(_, it)| it.open == 0));
}

#[test]
fn nobody_takes_it_so_the_owner_stays() {
    let ledger = ledger();
    ledger
        .run(&Command::assign(&lead("L-1", "development")), NOON)
        .unwrap();
    let answer = ledger
        .run(&Command::reassess(&lead("L-1", "closed")), NOON)
        .unwrap();
    let event = answer.event.unwrap();
    assert!(
        matches!(&event.change, Change::NotTaken { assignment, .. } if assignment.outcome == Outcome::Unassigned)
    );
    assert_eq!(answer.lead.status(), &LeadStatus::Owned);
    assert_eq!(owner(&ledger, "L-1").unwrap(), "s1");
    // A team that it overflowed to by the same rule is where it belongs.
    let full = lead("L-2", "executives");
    let command = Command::assign(leadtree::dispatch::Request::new(&full).leave_out(["a1", "a2"]));
    ledger.run(&command, NOON).unwrap();
    assert_eq!(owner(&ledger, "L-2").unwrap(), "s2");
    let stays = ledger.run(&Command::reassess(&full), NOON).unwrap();
    assert_eq!(stays.event, None);
}

#[test]
fn what_cannot_be_done_is_told_and_changes_nothing() {
    let ledger = ledger();
    let release = |id: &str| Command::release(id, "holiday", Release::KeepTurn);
    let told = |command: &Command<'_>| ledger.run(command, NOON).unwrap_err().to_string();
    insta::assert_snapshot!(told(&release("L-1")), @"lead `L-1` is not known; assign it first");
    let lead = lead("L-1", "development");
    ledger.run(&Command::assign(&lead), NOON).unwrap();
    insta::assert_snapshot!(
        told(&Command::transfer(&lead, Target::member("nobody"))),
        @"unknown member `nobody`"
    );
    ledger.run(&release("L-1"), NOON).unwrap();
    insta::assert_snapshot!(told(&release("L-1")), @"lead `L-1` is released already");
    ledger
        .run(&Command::complete("L-1", Completion::Invalid), NOON)
        .unwrap();
    let before = ledger.state();
    for command in [
        Command::complete("L-1", Completion::Won),
        release("L-1"),
        Command::reassess(&lead),
        Command::transfer(&lead, Target::member("a1")),
    ] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(told(&command), @"lead `L-1` is closed (invalid) already");
        }
    }
    assert_eq!(ledger.state(), before);
}

#[test]
fn a_lead_that_waited_or_was_released_is_tried_again() {
    let ledger = ledger();
    let ids = ["L-1", "L-2", "L-3"];
    let leads = ids.map(|id| lead(id, "scarce"));
    for lead in &leads {
        ledger.run(&Command::assign(lead), NOON).unwrap();
    }
    let status = |id: &str| ledger.lead(id).unwrap().status().clone();
    assert_eq!(
        ids.map(status),
        [LeadStatus::Owned, LeadStatus::Owned, LeadStatus::Waiting]
    );
    ledger
        .run(
            &Command::release("L-1", "wrong", Release::GiveTurnBack),
            NOON,
        )
        .unwrap();
    ledger.run(&Command::assign(&leads[2]), NOON).unwrap();
    assert_eq!(
        ids.map(status),
        [LeadStatus::Released, LeadStatus::Owned, LeadStatus::Owned]
    );
    assert_eq!(owner(&ledger, "L-3").unwrap(), "o1");
}

#[test]
fn what_is_missing_is_named_and_asked_for_again() {
    let policy = sales();
    let (dispatch, state, _) = Dispatcher::builder(&policy)
        .plan(&DispatchState::default())
        .unwrap();
    let plan = LedgerPlan::new(dispatch);
    let lead = of_account("L-1", "development", "A-1");
    let command = Command::assign(&lead);
    let none = LoadedRecords::default();
    let missing = plan.run(&none, &state, 0, &command, NOON).unwrap_err();
    assert_eq!(
        missing,
        LedgerPlanError::Missing(RecordKey::Lead("L-1".into()))
    );
    insta::assert_snapshot!(missing, @"the record of lead `L-1` is missing; ask again with it, or say that there is none");
    let records = none.lead("L-1", None);
    let missing = plan.run(&records, &state, 0, &command, NOON).unwrap_err();
    assert_eq!(
        missing,
        LedgerPlanError::Missing(RecordKey::Account("a-1".into()))
    );
    let records = records.account(&"A-1".into(), None);
    let mut partial = state.clone();
    partial.shards.clear();
    let missing = plan.run(&records, &partial, 0, &command, NOON).unwrap_err();
    assert!(matches!(missing, LedgerPlanError::Dispatch(_)), "{missing}");
    let answer = plan.run(&records, &state, 0, &command, NOON).unwrap();
    assert_eq!(answer.lead.status(), &LeadStatus::Owned);
    // What was handed in is as it was.
    assert_eq!(
        plan.run(&records, &state, 0, &command, NOON).unwrap(),
        answer
    );
}

#[test]
fn events_are_folded_in_their_order_only() {
    let ledger = ledger();
    let beginning = ledger.state();
    for id in ["L-1", "L-2"] {
        ledger
            .run(&Command::assign(&lead(id, "development")), NOON)
            .unwrap();
    }
    let events = ledger.events(0, 10);
    let mut state = beginning.clone();
    let error = state.apply(&events[1]).unwrap_err();
    insta::assert_snapshot!(error, @"event 1 comes next, and this one is 2");
    assert_eq!(state, beginning);
    state.apply(&events[0]).unwrap();
    let error = state.apply(&events[0]).unwrap_err();
    assert!(matches!(error, ReplayError::Order { .. }));
    let mut other = leadtree::ledger::Event::clone(&events[1]);
    other.previous = Some(1);
    let error = state.apply(&other).unwrap_err();
    assert!(matches!(error, ReplayError::Lead { .. }), "{error}");
    state.apply(&events[1]).unwrap();
    assert_eq!(state, ledger.state());
}

#[test]
fn what_was_seen_is_what_is_taken_back() {
    let ledger = ledger();
    let lead = lead("L-1", "development");
    let seen = ledger
        .run(&Command::assign(&lead), NOON)
        .unwrap()
        .lead
        .event();
    let release = Command::release("L-1", "no time", Release::KeepTurn).expecting(seen);
    ledger.run(&release, NOON).unwrap();
    ledger.run(&Command::assign(&lead), NOON).unwrap();
    // The same again, late.
    let told = ledger.run(&release, NOON).unwrap_err();
    insta::assert_snapshot!(told, @"lead `L-1` has changed since event 1; look at it, and say it again");
    let done = Command::complete("L-1", Completion::Won);
    ledger.run(&done, NOON).unwrap();
    assert_eq!(ledger.run(&done, NOON).unwrap().event, None);
    let won_by = ledger
        .lead("L-1")
        .unwrap()
        .last_owner()
        .unwrap()
        .to_string();
    assert_eq!(won_by, "s2");
}

#[test]
fn a_lead_that_goes_to_a_full_team_keeps_its_owner() {
    let ledger = ledger();
    let lead = lead("L-1", "development");
    ledger.run(&Command::assign(&lead), NOON).unwrap();
    let to_nobody = Command::transfer(&lead, Target::team("closed"));
    let answer = ledger.run(&to_nobody, NOON).unwrap();
    assert!(matches!(
        &answer.event.unwrap().change,
        Change::NotTaken { .. }
    ));
    assert_eq!(owner(&ledger, "L-1").unwrap(), "s1");
}

#[test]
fn texts_that_would_be_kept_are_bounded_and_ids_are_not_blank() {
    let ledger = ledger();
    let blank = lead(" ", "cold");
    let told = ledger.run(&Command::assign(&blank), NOON).unwrap_err();
    insta::assert_snapshot!(told, @"the lead has no id; give each lead one of its own");
    let known = lead("L-1", "cold");
    ledger.run(&Command::assign(&known), NOON).unwrap();
    let long = "x".repeat(100_000);
    let release = Command::release("L-1", &long, Release::KeepTurn);
    let told = ledger.run(&release, NOON).unwrap_err();
    insta::assert_snapshot!(told, @"the reason is longer than 65536 bytes; shorten it");
}

#[test]
fn events_that_no_ledger_wrote_are_not_folded() {
    let ledger = ledger();
    let beginning = ledger.state();
    ledger
        .run(&Command::assign(&lead("L-1", "development")), NOON)
        .unwrap();
    let event = ledger.events(0, 1).remove(0);
    let forged = |change: &dyn Fn(&mut leadtree::ledger::Event)| {
        let mut event = leadtree::ledger::Event::clone(&event);
        change(&mut event);
        let mut state = beginning.clone();
        let folded = state.apply(&event);
        assert_eq!(state, beginning);
        folded.unwrap_err()
    };
    let malformed = ReplayError::Malformed(1);
    assert_eq!(forged(&|event| event.version = 2), malformed);
    assert_eq!(forged(&|event| event.lead = "L-2".into()), malformed);
    let other = policy(&json!({})).identity();
    assert_eq!(forged(&|event| event.policy = other), malformed);
    assert_eq!(
        forged(&|event| event.dispatch[0].state = Some(Box::default())),
        malformed
    );
    let without_owner = |event: &mut leadtree::ledger::Event| {
        if let Change::Assigned { assignment, .. } = &mut event.change {
            assignment.seats.clear();
        }
    };
    assert_eq!(forged(&without_owner), malformed);
}

#[test]
fn a_command_tells_what_it_is() {
    let lead = lead("L-1", "cold");
    let command = Command::assign(&lead);
    assert!(matches!(command.kind(), CommandKind::Assign(request) if request.lead().id() == "L-1"));
    let unknown = LedgerError::UnknownLead("L-9".into());
    assert_eq!(unknown, LedgerError::UnknownLead("L-9".into()));
}
