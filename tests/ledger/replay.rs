//! Random commands: ownership and counts change together, by a model, and all of it can be replayed.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use leadtree::dispatch::{Dispatcher, Release};
use leadtree::ledger::{
    Change, Command, Completion, Event, LeadRecord, LeadStatus, LedgerPlan, LedgerPlanError,
    LoadedRecords,
};
use leadtree::rule::Target;
use proptest::prelude::*;

use crate::sales::{NOON, lead, ledger, loads, of_account, sales};

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

fn account(act: &Act) -> String {
    format!("A-{}", act.lead % 3)
}

fn run<T>(act: &Act, run: impl FnOnce(&Command<'_>) -> T) -> T {
    let id = format!("L-{}", act.lead);
    let lead = of_account(&id, act.to, &account(act));
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

    /// Where it can be after an act that is not refused.
    fn after(self, act: What) -> Vec<Self> {
        match (self, act) {
            (_, What::Complete(_)) | (Self::Closed, _) => vec![Self::Closed],
            (_, What::Release(_)) => vec![Self::Free],
            // Also a member who is named gets it in any case.
            (Self::Kept, What::Assign) | (_, What::Transfer(_)) => vec![Self::Kept],
            (_, What::Assign | What::Reassess) => vec![Self::Kept, Self::Free],
        }
    }
}

/// Whether an act is refused for a lead in that status, or for one that never came.
fn is_refused(act: What, status: Option<&LeadStatus>) -> bool {
    match (act, status) {
        (What::Complete(completion), Some(LeadStatus::Closed(done))) => completion != *done,
        (What::Assign, _) => false,
        (What::Release(_) | What::Complete(_), None)
        | (_, Some(LeadStatus::Closed(_)))
        | (What::Release(_), Some(LeadStatus::Released)) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn ownership_and_counts_change_together_and_can_be_replayed(acts in acts()) {
        let ledger = ledger();
        let mut folded = ledger.state();
        let (dispatch, ..) = Dispatcher::builder(&sales()).plan(folded.dispatch()).unwrap();
        let plan = LedgerPlan::new(dispatch);
        let mut now: DateTime<Utc> = NOON;
        let mut events = 0;
        for act in &acts {
            now += TimeDelta::minutes(act.minutes);
            let id = format!("L-{}", act.lead);
            let before = ledger.lead(&id);
            let model = Model::of(before.as_ref().map(LeadRecord::status));
            let is_refused = is_refused(act.what, before.as_ref().map(LeadRecord::status));
            // The same function on records that were loaded.
            let of_account = ledger.account(account(act));
            let loaded = LoadedRecords::default()
                .lead(&*id, before.clone())
                .account(&account(act).into(), of_account.clone());
            let state = ledger.state();
            let by_plan = run(act, |command| {
                plan.run(&loaded, state.dispatch(), state.event(), command, now)
            });
            let answer = run(act, |command| ledger.run(command, now));
            match (&by_plan, &answer) {
                (Ok(by_plan), Ok(answer)) => prop_assert_eq!(by_plan, answer),
                (Err(LedgerPlanError::Refused(by_plan)), Err(error)) => prop_assert_eq!(by_plan, error),
                _ => prop_assert!(false, "{:?}, {:?}", by_plan, answer),
            }
            prop_assert_eq!(answer.is_err(), is_refused, "{:?}", answer);
            match answer {
                Err(_) => {
                    prop_assert_eq!(ledger.state(), folded.clone());
                    continue;
                }
                Ok(answer) => {
                    let after = Model::of(Some(answer.lead.status()));
                    prop_assert!(model.after(act.what).contains(&after), "{:?}", answer);
                    events += usize::from(answer.event.is_some());
                    if let Some(event) = answer.event {
                        // A new lead of an account that has an owner.
                        if let (Some(first), Change::Assigned { .. }, None) = (&of_account, &event.change, &before)
                            && first.member != "o1"
                            && act.to == "development"
                        {
                            prop_assert_eq!(answer.lead.owner().unwrap().member(), &first.member);
                        }
                        // As it is stored and read back.
                        let stored = serde_json::to_string(&*event).unwrap();
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
