//! Who owns which lead: nothing is assigned twice, nothing is lost, and all of it can be replayed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod dispatch_setup;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use dispatch_setup::policy;
use leadtree::Lead;
use leadtree::dispatch::{DispatchState, Dispatcher, Outcome, Release, Role};
use leadtree::ledger::{
    Change, Command, CommandKind, Completion, Event, LeadRecord, LeadStatus, LedgerError,
    LedgerPlan, LedgerPlanError, LedgerState, LoadedLeads, MemoryLedger, ReplayError,
};
use leadtree::policy::Policy;
use leadtree::rule::Target;
use proptest::prelude::*;
use serde_json::json;

/// 2026-03-31, 12:00.
const NOON: DateTime<Utc> = DateTime::from_timestamp(1_774_958_400, 0).unwrap();

/// Development representatives qualify, executives close; `x` has support, `scarce` is soon full.
fn sales() -> Policy {
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
            { "id": "heavy", "when": "to = heavy", "assign_to": "development", "units": 3 },
            { "id": "new", "assign_to": "development" },
        ],
    }))
}

fn lead(id: &str, to: &str) -> Lead<'static> {
    Lead::builder(id.to_owned())
        .attribute("to", to.to_owned())
        .build()
}

fn ledger() -> MemoryLedger {
    MemoryLedger::new(Dispatcher::builder(&sales())).unwrap()
}

fn owner(ledger: &MemoryLedger, lead: &str) -> Option<String> {
    let lead = ledger.lead(lead)?;
    Some(lead.owner()?.member().to_string())
}

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
    let open: u32 = state.dispatch.members().map(|(_, it)| it.open).sum();
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
    assert!(state.dispatch.members().all(|(_, it)| it.open == 0));
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
        matches!(event.change, Change::NotTaken(tried) if tried.outcome == Outcome::Unassigned)
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
    let lead = lead("L-1", "development");
    let command = Command::assign(&lead);
    let mut leads = LoadedLeads::default();
    let missing = plan.run(&leads, &state, 0, &command, NOON).unwrap_err();
    assert_eq!(missing, LedgerPlanError::MissingLead("L-1".into()));
    leads.insert("L-1".into(), None);
    let mut partial = state.clone();
    partial.shards.clear();
    let missing = plan.run(&leads, &partial, 0, &command, NOON).unwrap_err();
    assert!(matches!(missing, LedgerPlanError::Dispatch(_)), "{missing}");
    let answer = plan.run(&leads, &state, 0, &command, NOON).unwrap();
    assert_eq!(answer.lead.status(), &LeadStatus::Owned);
    // What was handed in is as it was.
    assert_eq!(plan.run(&leads, &state, 0, &command, NOON).unwrap(), answer);
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
    let mut other = events[1].clone();
    other.previous = Some(1);
    let error = state.apply(&other).unwrap_err();
    assert!(matches!(error, ReplayError::Lead { .. }), "{error}");
    state.apply(&events[1]).unwrap();
    assert_eq!(state, ledger.state());
}

/// What is done with a lead, by number, and where its attribute says that it goes.
#[derive(Debug, Clone)]
struct Act {
    lead: usize,
    to: &'static str,
    what: What,
    minutes: i64,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Assign,
    Reassess,
    Transfer(&'static str),
    Release(bool),
    Complete(Completion),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let to = prop::sample::select(vec![
        "development",
        "executives",
        "scarce",
        "closed",
        "cold",
        "heavy",
    ]);
    let what = prop_oneof![
        4 => Just(What::Assign),
        3 => Just(What::Reassess),
        1 => prop::sample::select(vec!["s1", "a2", "o1"]).prop_map(What::Transfer),
        1 => any::<bool>().prop_map(What::Release),
        1 => prop::sample::select(vec![Completion::Won, Completion::Merged]).prop_map(What::Complete),
    ];
    let act = (0..8_usize, to, what, -30..600_i64).prop_map(|(lead, to, what, minutes)| Act {
        lead,
        to,
        what,
        minutes,
    });
    prop::collection::vec(act, 0..60)
}

fn run<T>(act: &Act, run: impl FnOnce(&Command<'_>) -> T) -> T {
    let id = format!("L-{}", act.lead);
    let lead = lead(&id, act.to);
    run(&match act.what {
        What::Assign => Command::assign(&lead),
        What::Reassess => Command::reassess(&lead),
        What::Transfer(member) => Command::transfer(&lead, Target::member(member)),
        What::Release(true) => Command::release(&*id, "no", Release::GiveTurnBack),
        What::Release(false) => Command::release(&*id, "no", Release::KeepTurn),
        What::Complete(completion) => Command::complete(&*id, completion),
    })
}

/// A model that knows no counts: which ways there are from one status to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Model {
    Free,
    Kept,
    Closed,
}

impl Model {
    fn of(status: Option<&LeadStatus>) -> Self {
        match status {
            None | Some(LeadStatus::Waiting | LeadStatus::Unassigned | LeadStatus::Released) => {
                Self::Free
            }
            Some(LeadStatus::Owned | LeadStatus::Pooled(_)) => Self::Kept,
            Some(LeadStatus::Closed(_)) => Self::Closed,
            Some(other) => panic!("{other}"),
        }
    }

    /// Where it can be after an act; none if that is refused.
    fn after(self, act: What, is_known: bool) -> Option<Vec<Self>> {
        match (self, act) {
            (Self::Closed, What::Assign) => Some(vec![Self::Closed]),
            (Self::Closed, _) => None,
            (Self::Kept, What::Reassess) => Some(vec![Self::Kept, Self::Free]),
            (Self::Free, What::Assign | What::Reassess) => Some(vec![Self::Free, Self::Kept]),
            // Also a member who is named gets it in any case.
            (Self::Kept, What::Assign) | (_, What::Transfer(_)) => Some(vec![Self::Kept]),
            (_, What::Release(_) | What::Complete(_)) if !is_known => None,
            (_, What::Release(_)) => Some(vec![Self::Free]),
            (_, What::Complete(_)) => Some(vec![Self::Closed]),
        }
    }
}

/// As many leads are open for each member as there are seats in the ledger.
fn loads(state: &LedgerState) -> (BTreeMap<String, u32>, BTreeMap<String, u32>) {
    let mut seated: BTreeMap<String, u32> = BTreeMap::new();
    for lead in state.leads.values() {
        let heavy = lead.rule().is_some_and(|rule| rule == "heavy");
        for seat in lead.seats() {
            *seated.entry(seat.member().to_string()).or_default() += if heavy { 3 } else { 1 };
        }
        let owners = lead
            .seats()
            .iter()
            .filter(|seat| seat.role() == Role::Owner);
        let owned = usize::from(*lead.status() == LeadStatus::Owned);
        assert_eq!(owners.count(), owned, "{lead:?}");
    }
    let open = state.dispatch.members();
    let open = open.filter(|(_, it)| it.open > 0);
    let open = open.map(|(member, it)| (member.to_string(), it.open));
    (seated, open.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn ownership_and_counts_change_together_and_can_be_replayed(acts in acts()) {
        let ledger = ledger();
        let mut folded = ledger.state();
        let (dispatch, ..) = Dispatcher::builder(&sales()).plan(&folded.dispatch).unwrap();
        let plan = LedgerPlan::new(dispatch);
        let mut now: DateTime<Utc> = NOON;
        let mut events = 0;
        for act in &acts {
            now += TimeDelta::minutes(act.minutes);
            let id = format!("L-{}", act.lead);
            let before = ledger.lead(&id);
            let model = Model::of(before.as_ref().map(LeadRecord::status));
            let expected = model.after(act.what, before.is_some());
            // The same function on records that were loaded.
            let loaded: LoadedLeads = [(id.as_str().into(), before.clone())].into_iter().collect();
            let state = ledger.state();
            let by_plan = run(act, |command| plan.run(&loaded, &state.dispatch, state.event, command, now));
            let answer = run(act, |command| ledger.run(command, now));
            match (&by_plan, &answer) {
                (Ok(by_plan), Ok(answer)) => prop_assert_eq!(by_plan, answer),
                (Err(LedgerPlanError::Refused(by_plan)), Err(error)) => prop_assert_eq!(by_plan, error),
                _ => prop_assert!(false, "{:?}, {:?}", by_plan, answer),
            }
            let again_released = matches!(act.what, What::Release(_))
                && before.as_ref().is_some_and(|lead| *lead.status() == LeadStatus::Released);
            match answer {
                Err(error) => {
                    prop_assert!(expected.is_none() || again_released, "{}", error);
                    prop_assert_eq!(ledger.state(), folded.clone());
                    continue;
                }
                Ok(answer) => {
                    let after = Model::of(Some(answer.lead.status()));
                    prop_assert!(expected.is_some_and(|expected| expected.contains(&after)), "{:?}", answer);
                    events += usize::from(answer.event.is_some());
                    if let Some(event) = answer.event {
                        // As it is stored and read back.
                        let stored = serde_json::to_string(&event).unwrap();
                        let event: Event = serde_json::from_str(&stored).unwrap();
                        folded.apply(&event).unwrap();
                    }
                }
            }
            prop_assert_eq!(&folded, &ledger.state());
            let (seated, open) = loads(&folded);
            prop_assert_eq!(seated, open);
        }
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        for lead in 0..8 {
            for event in ledger.history(format!("L-{lead}")) {
                *numbers.entry(event.sequence).or_default() += 1;
            }
        }
        prop_assert_eq!(numbers.len(), events);
        prop_assert!(numbers.values().all(|count| *count == 1));
    }
}

#[test]
fn threads_with_the_same_leads_assign_each_once() {
    const THREADS: usize = 8;
    const LEADS: usize = 200;
    let ledger = ledger();
    let beginning = ledger.state();
    let taken: usize = std::thread::scope(|scope| {
        let threads = (0..THREADS).map(|thread| {
            let ledger = &ledger;
            scope.spawn(move || {
                let mut taken = 0;
                for number in 0..LEADS {
                    // Each begins elsewhere.
                    let number = (number + thread * LEADS / THREADS) % LEADS;
                    let lead = lead(&format!("L-{number}"), "development");
                    let answer = ledger.run(&Command::assign(&lead), NOON).unwrap();
                    taken += usize::from(answer.event.is_some());
                }
                taken
            })
        });
        let threads: Vec<_> = threads.collect();
        threads.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert_eq!(taken, LEADS);
    let mut folded = beginning;
    for event in ledger.events(0, usize::MAX) {
        folded.apply(&event).unwrap();
    }
    assert_eq!(folded, ledger.state());
    let (seated, open) = loads(&folded);
    assert_eq!(seated, open);
    assert_eq!(open.values().sum::<u32>() as usize, LEADS);
}

#[test]
fn a_command_tells_what_it_is() {
    let lead = lead("L-1", "cold");
    let command = Command::assign(&lead);
    assert!(matches!(command.kind(), CommandKind::Assign(request) if request.lead().id() == "L-1"));
    let unknown = LedgerError::UnknownLead("L-9".into());
    assert_eq!(unknown, LedgerError::UnknownLead("L-9".into()));
}
