//! Whoever keeps a state and folds the records of all calls into it has the dispatcher's state, bit for bit:
//! whatever is called. A plan, as a function of values, answers as the dispatcher does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

#[path = "random/cases.rs"]
mod cases;
mod dispatch_setup;

use chrono::{DateTime, TimeDelta, Utc};
use dispatch_setup::{NOON, at, lead, lead_to, policy};
use leadtree::availability::{Leave, Presence};
use leadtree::dispatch::{
    DispatchPlan, DispatchState, Dispatcher, PlanError, Receipt, Record, RecordError, RecordKind,
    Recorded, RecordedDispatcher, Release, ReplaceError, Request, RosterChange,
};
use leadtree::policy::Policy;
use leadtree::rule::Target;
use leadtree::strategy::{Memory, StrategyRegistry, Turn};
use leadtree::team::TeamMember;
use proptest::prelude::*;
use serde_json::json;

const MEMBERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const STRATEGIES: [&str; 6] = [
    "round_robin",
    "least_loaded",
    "sticky",
    "random",
    "waterfall",
    "best_fit",
];

/// Two shards, or one where teams share a rotation; a third of a member whom a rule names.
fn policies(strategy: &str, rotation: usize) -> [Policy; 2] {
    let rotation = [
        json!("per_team"),
        json!("per_rule"),
        json!({ "shared": "field" }),
    ][rotation]
        .clone();
    let file = |version: &str, weight: u32, east: &[&str]| {
        policy(&json!({
            "version": version,
            "attributes": { "to": "text" },
            "members": [
                { "id": "a", "max_open": 6, "hours": "mon-fri 09:00-18:00" },
                { "id": "b", "max_within": [{ "leads": 2, "minutes": 90 }, { "leads": 4, "minutes": 600 }] },
                { "id": "c", "max_per_day": 5 }, { "id": "d" },
                { "id": "e", "max_per_week": 9 }, { "id": "f" },
            ],
            "teams": [
                { "id": "east", "strategy": strategy, "rotation": rotation, "members": east,
                  "max_within": [{ "leads": 7, "minutes": 300 }], "if_nobody": { "overflow": "west" } },
                { "id": "west", "strategy": strategy, "rotation": rotation, "named_take_turns": true,
                  "members": [{ "member": "d", "weight": weight },
                              { "member": "e", "max_within": [{ "leads": 3, "minutes": 60 }] }],
                  "if_nobody": "everyone" },
            ],
            "rules": [
                { "id": "east", "when": "to = east", "assign_to": "east", "support": ["west"] },
                { "id": "twice", "when": "to = twice", "assign_to": "east", "units": 2 },
                { "id": "named", "when": "to = named", "assign_to": { "member": "d", "team": "west" } },
                { "id": "alone", "when": "to = alone", "assign_to": { "member": "f" } },
                { "id": "west", "when": "to = west", "assign_to": "west" },
            ],
        }))
    };
    [
        file("v1", 3, &["a", "b", "c"]),
        file("v2", 1, &["c", "a", "f"]),
    ]
}

/// Something that is called, by random numbers.
#[derive(Debug, Clone)]
struct Step {
    what: usize,
    which: usize,
    other: usize,
}

fn step() -> impl proptest::strategy::Strategy<Value = Step> {
    let what = prop_oneof![6 => 0_usize..4, 1 => 4_usize..14];
    let step = (what, any::<usize>(), any::<usize>());
    step.prop_map(|(what, which, other)| Step { what, which, other })
}

/// What the caller keeps.
struct World {
    policies: [Policy; 2],
    now: DateTime<Utc>,
    leads: usize,
    receipts: Vec<Receipt>,
}

/// The plan answers as the dispatcher does, with the same record, and leaves the state as it is.
fn agrees<T: PartialEq + std::fmt::Debug>(
    planned: Result<Recorded<T>, PlanError>,
    called: &Recorded<T>,
) {
    assert_eq!(&planned.unwrap(), called);
}

/// Calls what the step says; gives the record. `plan` and `kept` are of the same moment.
fn take(
    dispatcher: &RecordedDispatcher,
    (plan, kept): (&DispatchPlan, &DispatchState),
    step: &Step,
    world: &mut World,
) -> Option<Record> {
    let Step { which, other, .. } = *step;
    let member = MEMBERS[which % MEMBERS.len()];
    let team = ["east", "west"][other % 2];
    let change = |change| Ok::<_, ()>(dispatcher.change_roster(change).ok()?.record).ok()?;
    match step.what {
        0..=2 => {
            world.leads += 1;
            world.now += TimeDelta::minutes(i64::try_from(other % 40).unwrap() - 5);
            let to = ["east", "twice", "named", "alone", "west", "nowhere"][which % 6];
            let lead = lead_to(world.leads, to);
            let mut request = Request::new(&lead);
            if other.is_multiple_of(7) {
                request = request.leave_out([member]);
            }
            if other.is_multiple_of(5) {
                request = request.prefer_member(member);
            }
            if other.is_multiple_of(11) {
                request = request.to(Target::member(member));
            }
            if other.is_multiple_of(3) {
                let audited = dispatcher.assign_with_audit(&request, world.now).unwrap();
                world.receipts.push(audited.answer.0.receipt());
                audited.record
            } else {
                let planned = plan.assign(
                    &only_needed(plan, kept, &request, world.now),
                    &request,
                    world.now,
                );
                let assigned = dispatcher.assign(&request, world.now).unwrap();
                agrees(planned, &assigned);
                world.receipts.push(assigned.answer.receipt());
                assigned.record
            }
        }
        3 if !world.receipts.is_empty() => {
            let receipt = world.receipts[which % world.receipts.len()].clone();
            let release = [None, Some(Release::KeepTurn), Some(Release::GiveTurnBack)][other % 3];
            let (planned, settled) = match release {
                None => (plan.complete(kept, &receipt), dispatcher.complete(&receipt)),
                Some(release) => (
                    plan.release(kept, &receipt, release),
                    dispatcher.release(&receipt, release),
                ),
            };
            agrees(planned, &settled);
            settled.record
        }
        4 => {
            world.now += TimeDelta::hours(i64::try_from(other % 40).unwrap());
            dispatcher.advance_to(world.now)
        }
        5 => change(RosterChange::Pause(member.into())),
        6 => change(RosterChange::Resume(member.into())),
        7 => {
            let presence = Presence::ALL[other % 3];
            change(RosterChange::SetPresence(member.into(), presence))
        }
        8 => {
            let weight = u32::try_from(other % 3 + 1).unwrap();
            let new = TeamMember::new(member).weight(weight);
            change(RosterChange::Add(team.into(), new))
        }
        9 => change(RosterChange::Remove(team.into(), member.into())),
        10 => change(RosterChange::Clear(member.into())),
        11 => {
            let days = ("2026-04-01".parse().unwrap(), "2026-04-02".parse().unwrap());
            let leave = Leave::days(days.0, days.1).unwrap();
            change(RosterChange::SetLeave(member.into(), vec![leave]))
        }
        12 => {
            let policy = &world.policies[other % 2];
            dispatcher.replace_policy(policy).unwrap().record
        }
        13 => dispatcher.restore(&dispatcher.state()).record,
        _ => None,
    }
}

/// The state with the shards alone that the request needs.
fn only_needed(
    plan: &DispatchPlan,
    state: &DispatchState,
    request: &Request<'_>,
    now: DateTime<Utc>,
) -> DispatchState {
    let needed = plan.needed(request, now).unwrap();
    let mut state = state.clone();
    state.shards.retain(|shard| needed.contains(&shard.shard));
    state
}

fn folds(strategy: &str, rotation: usize, steps: &[Step]) -> Result<(), TestCaseError> {
    let policies = policies(strategy, rotation);
    let dispatcher = Dispatcher::builder(&policies[0]).build_recorded().unwrap();
    let mut kept = dispatcher.state();
    let (mut in_any_order, mut log) = (kept.clone(), Vec::new());
    let mut world = World {
        policies,
        now: at(NOON),
        leads: 0,
        receipts: Vec::new(),
    };
    let (mut plan, planned, _) = Dispatcher::builder(&world.policies[0]).plan(&kept).unwrap();
    prop_assert_eq!(&planned, &kept);
    for (number, step) in steps.iter().enumerate() {
        if plan.generation() != kept.generation {
            let (next, planned, _) = Dispatcher::builder(&dispatcher.policy())
                .plan(&kept)
                .unwrap();
            prop_assert_eq!(&planned, &kept);
            plan = next;
        }
        let record = take(&dispatcher, (&plan, &kept), step, &mut world);
        if let Some(record) = record {
            let text = serde_json::to_string(&record).unwrap();
            let read: Record = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, &record);
            kept.apply(&read).unwrap();
            prop_assert!(kept.apply(&read).is_err(), "a record folds in once only");
            log.push(read);
        }
        prop_assert_eq!(
            serde_json::to_string(&kept).unwrap(),
            serde_json::to_string(&dispatcher.state()).unwrap(),
            "{} {}, after step {}: {:?}",
            strategy,
            rotation,
            number,
            step
        );
        prop_assert_eq!(
            &kept,
            &dispatcher.state(),
            "{} {}, after step {}: {:?}",
            strategy,
            rotation,
            number,
            step
        );
    }
    prop_assert_eq!(in_any_order.apply_all(log.iter().rev()), Ok(0));
    prop_assert_eq!(&in_any_order, &kept);
    // Whoever starts from it goes on in the same generation.
    let policy = dispatcher.policy();
    let (restarted, report) = Dispatcher::builder(&policy)
        .restore_recorded(&kept)
        .unwrap();
    prop_assert!(report.answer.is_complete(), "{:?}", report);
    prop_assert!(report.record.is_none());
    prop_assert_eq!(&restarted.state(), &kept);
    let lead = lead_to(0, "west");
    let assigned = restarted.assign(&Request::new(&lead), world.now).unwrap();
    if let Some(record) = assigned.record {
        kept.apply(&record).unwrap();
    }
    prop_assert_eq!(&restarted.state(), &kept);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(u32::try_from(cases::cases(24)).unwrap()))]

    #[test]
    fn a_state_that_records_are_folded_into_is_the_dispatchers(
        steps in prop::collection::vec(step(), 1..60),
        rotation in 0_usize..3,
    ) {
        for strategy in STRATEGIES {
            folds(strategy, rotation, &steps)?;
        }
    }
}

#[test]
fn only_the_members_concerned_are_in_a_record() {
    let members: Vec<String> = (0..1_000).map(|number| format!("m-{number}")).collect();
    let file = json!({
        "teams": [{ "id": "east", "members": members }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let dispatcher = Dispatcher::builder(&policy(&file))
        .build_recorded()
        .unwrap();
    let mut records = Vec::new();
    for number in 0..20 {
        let lead = lead(number);
        let assigned = dispatcher.assign(&Request::new(&lead), at(NOON)).unwrap();
        records.push(assigned.record.unwrap());
    }
    let last = records.last().unwrap();
    assert_eq!(last.kind, RecordKind::Assigned);
    assert_eq!(last.assignment.unwrap().to_string(), "1-0-20");
    let [shard] = &last.shards[..] else {
        panic!("one shard: {last:?}");
    };
    assert_eq!(shard.members.len(), 1);
    assert_eq!(shard.teams["east"].seats.len(), 1);
    assert_eq!(shard.rotations["east"].state.last_turns.len(), 1);
    assert_eq!(shard.rotations["east"].state.members.len(), 1);
    let written = serde_json::to_string(last).unwrap();
    assert!(written.len() < 600, "{written}");
}

#[test]
fn a_pooled_lead_and_one_too_far_ahead_change_nothing() {
    let policies = policies("round_robin", 0);
    let builder = Dispatcher::builder(&policies[0]).max_step(TimeDelta::hours(1));
    let dispatcher = builder.build_recorded().unwrap();
    let lead_to = |to| lead_to(1, to);
    let (east, nowhere) = (lead_to("east"), lead_to("nowhere"));
    let assign = |lead| dispatcher.assign(&Request::new(lead), at(NOON)).unwrap();
    assert!(assign(&east).record.is_some());
    assert!(assign(&nowhere).record.is_none());
    let later = at(NOON) + TimeDelta::hours(2);
    let refused = dispatcher.assign(&Request::new(&east), later).unwrap();
    assert!(refused.record.is_none());
    assert_eq!(refused.answer.id(), None);
}

#[test]
fn records_are_folded_in_their_order() {
    let policies = policies("round_robin", 0);
    let dispatcher = Dispatcher::builder(&policies[0]).build_recorded().unwrap();
    let mut kept = dispatcher.state();
    let west = lead_to(1, "west");
    let assign = || {
        let assigned = dispatcher.assign(&Request::new(&west), at(NOON)).unwrap();
        assigned.record.unwrap()
    };
    let (first, second) = (assign(), assign());
    let replaced = dispatcher.replace_policy(&policies[1]).unwrap();
    let replaced = replaced.record.unwrap();
    let third = assign();

    let before = kept.clone();
    let gap = kept.apply(&second).unwrap_err();
    assert_eq!(
        gap.to_string(),
        "records are missing: generation 1, shard 1, number 1 comes next, and this one is generation 1, \
         shard 1, number 2"
    );
    assert!(matches!(kept.apply(&third), Err(RecordError::Gap { .. })));
    assert_eq!(kept, before, "nothing is changed in case of an error");
    kept.apply(&first).unwrap();
    // A new generation needs nothing of what was before it.
    kept.apply(&replaced).unwrap();
    assert!(matches!(kept.apply(&second), Err(RecordError::Past(_))));
    kept.apply(&third).unwrap();
    assert_eq!(kept, dispatcher.state());
}

#[test]
fn a_policy_is_replaced_only_if_it_is_the_expected_one() {
    let [first, second] = policies("round_robin", 0);
    let dispatcher = Dispatcher::new(&first).unwrap();
    dispatcher
        .replace_policy_if(first.identity(), &second)
        .unwrap();
    let late = dispatcher.replace_policy_if(first.identity(), &first);
    let ReplaceError::OtherPolicy { expected, running } = late.unwrap_err() else {
        panic!("another policy runs");
    };
    assert_eq!((expected, running), (first.identity(), second.identity()));
    assert_eq!(dispatcher.policy().version(), Some("v2"));
}

#[test]
fn policies_that_differ_in_anything_have_other_identities() {
    let file = json!({
        "teams": [{ "id": "east", "members": ["a", "b"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let identity = |file: &serde_json::Value| policy(file).identity().to_string();
    // As first published: what is stored with it must be found again.
    assert_eq!(identity(&file), "b9302962e8888f2bc59b5675b7263623");
    let mut seen = vec![identity(&file)];
    for (place, value) in [
        ("/teams/0/members", json!(["b", "a"])),
        ("/teams/0/members", json!(["ab"])),
        ("/teams/0/id", json!("east ")),
        ("/rules/0/id", json!("al")),
    ] {
        let mut other = file.clone();
        *other.pointer_mut(place).unwrap() = value;
        if place == "/teams/0/id" {
            other["rules"][0]["assign_to"] = json!("east ");
        }
        let identity = identity(&other);
        assert!(!seen.contains(&identity), "{place}");
        seen.push(identity);
    }
}

#[test]
fn a_plan_says_what_it_lacks() {
    let [first, second] = policies("round_robin", 0);
    let nothing = DispatchState::default();
    let (plan, state, _) = Dispatcher::builder(&first).plan(&nothing).unwrap();
    let lead = lead_to(1, "east");
    let request = Request::new(&lead);
    assert_eq!(plan.needed(&request, at(NOON)).unwrap(), [0, 1]);
    let mut part = state.clone();
    part.shards.truncate(1);
    let lacks = plan.assign(&part, &request, at(NOON)).unwrap_err();
    assert_eq!(lacks, PlanError::MissingShards(vec![1]));
    assert_eq!(
        lacks.to_string(),
        "shards are missing in the state: 1; ask again with them"
    );
    let (other, later, _) = Dispatcher::builder(&second).plan(&state).unwrap();
    assert_eq!(later.generation, state.generation + 1);
    let refused = other.assign(&state, &request, at(NOON)).unwrap_err();
    assert_eq!(refused, PlanError::Generation { state: 1, plan: 2 });
    let nobody = request.clone().to(Target::member("nobody"));
    let refused = plan.assign(&state, &nobody, at(NOON)).unwrap_err();
    assert!(matches!(refused, PlanError::Request(_)));
}

#[test]
fn a_start_with_another_policy_is_recorded() {
    let [first, second] = policies("round_robin", 0);
    let dispatcher = Dispatcher::builder(&first).build_recorded().unwrap();
    let mut kept = dispatcher.state();
    let (dispatcher, report) = Dispatcher::builder(&second)
        .restore_recorded(&kept)
        .unwrap();
    let began = report.record.unwrap();
    assert_eq!((began.kind, began.generation), (RecordKind::Restored, 2));
    kept.apply(&began).unwrap();
    assert_eq!(kept, dispatcher.state());
}

#[test]
fn records_that_no_dispatcher_wrote_are_refused() {
    let policies = policies("round_robin", 0);
    let dispatcher = Dispatcher::builder(&policies[0]).build_recorded().unwrap();
    let mut kept = dispatcher.state();
    let west = lead_to(1, "west");
    let assigned = dispatcher.assign(&Request::new(&west), at(NOON)).unwrap();
    let record = assigned.record.unwrap();
    let replaced = dispatcher.replace_policy(&policies[1]).unwrap();
    let began = replaced.record.unwrap();

    let mut twice = record.clone();
    twice.shards.push(record.shards[0].clone());
    let mut nothing = record.clone();
    nothing.shards.clear();
    let mut both = began.clone();
    both.shards.clone_from(&record.shards);
    let mut backwards = began.clone();
    backwards.generation += 7;
    for malformed in [twice, nothing, both, backwards] {
        assert_eq!(kept.apply(&malformed), Err(RecordError::Malformed));
    }
    let mut elsewhere = record.clone();
    elsewhere.shards[0].shard = usize::MAX;
    let refused = kept.apply(&elsewhere);
    assert!(matches!(refused, Err(RecordError::NoShard(_))));
    let mut others = record.clone();
    others.policy = policies[1].identity();
    let refused = kept.apply(&others);
    assert!(matches!(refused, Err(RecordError::OtherPolicy { .. })));
    kept.apply(&record).unwrap();
}

#[test]
fn what_a_strategy_did_before_it_panicked_is_in_the_next_record() {
    #[derive(Debug)]
    struct Panics;
    impl leadtree::strategy::Strategy for Panics {
        fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
            let position = turn.candidates().iter().next()?.position();
            assert!(memory.numbers().turn() > 0, "the first turn fails");
            Some(position)
        }
    }
    let file = json!({
        "teams": [{ "id": "east", "members": ["a"] }, { "id": "help", "members": ["b"], "strategy": "panics" }],
        "rules": [{ "id": "all", "assign_to": "east", "support": ["help"] }],
    });
    let mut registry = StrategyRegistry::new();
    registry.register("panics", |_| Ok(Box::new(Panics)));
    let policy = policy(&file);
    let builder = Dispatcher::builder(&policy).registry(registry);
    let dispatcher = builder.build_recorded().unwrap();
    let mut kept = dispatcher.state();
    let call = || {
        let lead = lead(1);
        let _ = dispatcher.assign(&Request::new(&lead), at(NOON));
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
    let paused = dispatcher.change_roster(RosterChange::Pause("a".into()));
    kept.apply(&paused.unwrap().record.unwrap()).unwrap();
    assert_eq!(kept.shards[0].members["a"].open, 1);
    assert_eq!(kept.shards[0], dispatcher.state().shards[0]);
}
