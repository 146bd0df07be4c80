//! A dispatcher whose state was stored and restored goes on exactly as if it had never stopped.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(
    clippy::let_unit_value,
    clippy::ignored_unit_patterns,
    reason = "what these give back may grow"
)]

mod dispatch_setup;

use chrono::{DateTime, TimeDelta, Utc};
use dispatch_setup::{NOON, at, lead_to, numbers, policy};
use leadtree::dispatch::{BuildError, DispatchState, Dispatcher, Receipt, Release};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::team::TeamMember;
use leadtree::tree::CompileOptions;
use leadtree::{MemberId, TeamId};
use proptest::prelude::*;
use serde_json::json;

#[derive(Debug, Clone)]
enum Step {
    Assign { to: &'static str },
    Complete(usize),
    Release(usize, bool),
    Pause(&'static str),
    Resume(&'static str),
    Add(&'static str, &'static str, u32),
    Remove(&'static str, &'static str),
    Clear(&'static str),
    ClearAll,
    Wait(i64),
    Replace(usize),
}

const MEMBERS: [&str; 5] = ["a", "b", "c", "d", "e"];
const TEAMS: [&str; 3] = ["east", "west", "named"];
const STRATEGIES: [&str; 5] = [
    "round_robin",
    "least_loaded",
    "sticky",
    "random",
    "waterfall",
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let member = || prop::sample::select(&MEMBERS[..]);
    let team = || prop::sample::select(&TEAMS[..2]);
    let step = prop_oneof![
        12 => prop::sample::select(&TEAMS[..]).prop_map(|to| Step::Assign { to }),
        2 => any::<usize>().prop_map(Step::Complete),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(which, turn)| Step::Release(which, turn)),
        1 => member().prop_map(Step::Pause),
        1 => member().prop_map(Step::Resume),
        1 => (team(), member(), 1_u32..4).prop_map(|(team, member, weight)| Step::Add(team, member, weight)),
        1 => (team(), member()).prop_map(|(team, member)| Step::Remove(team, member)),
        1 => member().prop_map(Step::Clear),
        1 => Just(Step::ClearAll),
        1 => (-30_i64..40).prop_map(Step::Wait),
        1 => (0_usize..2).prop_map(Step::Replace),
    ];
    prop::collection::vec(step, 1..60)
}

fn policies(strategy: &str) -> [Policy; 2] {
    let file = |weights: [u32; 3], second: &[&str], version: &str| {
        policy(&json!({
            "version": version,
            "time_zone": "+08:00",
            "attributes": { "to": "text" },
            "members": [
                { "id": "a", "max_open": 20 }, { "id": "b", "max_per_day": 9 }, { "id": "c" }, { "id": "d" }, { "id": "e" },
            ],
            "teams": [
                { "id": "east", "strategy": strategy, "members": [
                    { "member": "a", "weight": weights[0] },
                    { "member": "b", "weight": weights[1] },
                    { "member": "c", "weight": weights[2], "max_open": 12 },
                ], "if_nobody": "everyone" },
                { "id": "west", "strategy": strategy, "members": second, "if_nobody": { "overflow": "east" } },
            ],
            "rules": [
                { "id": "east", "when": { "to": { "is": "east" } }, "assign_to": "east" },
                { "id": "west", "when": { "to": { "is": "west" } }, "assign_to": "west" },
                { "id": "named", "assign_to": { "member": "b" } },
            ],
        }))
    };
    [
        file([1, 2, 3], &["c", "d"], "1"),
        file([2, 2, 3], &["d", "c", "e"], "2"),
    ]
}

/// The result of a step, as text.
fn take(dispatcher: &Dispatcher, step: &Step, world: &mut World) -> String {
    let member = |id: &str| MemberId::from(id);
    let team = |id: &str| TeamId::from(id);
    match step {
        Step::Assign { to } => {
            let lead = lead_to(world.leads, to);
            let assignment = dispatcher.assign(&lead, world.now);
            world.receipts.push(assignment.receipt());
            world.leads += 1;
            // Ids tell of which generation it is.
            let mut record = assignment.to_record();
            record.id = None;
            serde_json::to_string(&record).unwrap()
        }
        Step::Complete(which) => match world.receipt(*which) {
            Some(receipt) => format!("{:?}", dispatcher.complete(&receipt)),
            None => String::new(),
        },
        Step::Release(which, turn) => match world.receipt(*which) {
            Some(receipt) => {
                let release = if *turn {
                    Release::GiveTurnBack
                } else {
                    Release::KeepTurn
                };
                format!("{:?}", dispatcher.release(&receipt, release))
            }
            None => String::new(),
        },
        Step::Pause(id) => format!("{:?}", dispatcher.pause_member(member(id))),
        Step::Resume(id) => format!("{:?}", dispatcher.resume_member(member(id))),
        Step::Add(to, id, weight) => {
            let new = TeamMember::new(*id).weight(*weight);
            format!("{:?}", dispatcher.add_member(team(to), new))
        }
        Step::Remove(from, id) => {
            format!("{:?}", dispatcher.remove_member(team(from), member(id)))
        }
        Step::Clear(id) => {
            let _ = dispatcher.clear_member(member(id));
            String::new()
        }
        Step::ClearAll => {
            let _ = dispatcher.clear_changes();
            String::new()
        }
        Step::Wait(hours) => {
            world.now += TimeDelta::hours(*hours);
            String::new()
        }
        Step::Replace(which) => {
            let report = dispatcher.replace_policy(&world.policies[*which]).unwrap();
            format!("{report:?}")
        }
    }
}

/// What the caller keeps.
#[derive(Clone)]
struct World {
    policies: [Policy; 2],
    now: DateTime<Utc>,
    leads: usize,
    receipts: Vec<Receipt>,
}

impl World {
    fn receipt(&mut self, which: usize) -> Option<Receipt> {
        let count = self.receipts.len();
        (count > 0).then(|| self.receipts.swap_remove(which % count))
    }
}

fn stored(dispatcher: &Dispatcher) -> DispatchState {
    let text = serde_json::to_string(&dispatcher.state()).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn goes_on_alike(strategy: &str, steps: &[Step]) -> Result<(), TestCaseError> {
    let policies = policies(strategy);
    let mut world = World {
        policies: policies.clone(),
        now: at(NOON),
        leads: 0,
        receipts: Vec::new(),
    };
    let running = Dispatcher::new(&policies[0]).unwrap();
    let mut restored = Dispatcher::new(&policies[0]).unwrap();
    for (number, step) in steps.iter().enumerate() {
        let state = stored(&restored);
        prop_assert_eq!(
            &state,
            &restored.state(),
            "{}: the state survives JSON",
            strategy
        );
        let report;
        if number % 2 == 0 {
            restored = Dispatcher::new(&restored.policy()).unwrap();
            report = restored.restore(&state);
        } else {
            let policy = restored.policy();
            (restored, report) = Dispatcher::builder(&policy).restore(&state).unwrap();
        }
        prop_assert!(
            report.is_complete(),
            "{}, step {}: {:?}",
            strategy,
            number,
            report
        );
        let mut same_world = world.clone();
        let (one, other) = (
            take(&running, step, &mut world),
            take(&restored, step, &mut same_world),
        );
        prop_assert_eq!(&one, &other, "{}, step {}: {:?}", strategy, number, step);
        prop_assert_eq!(
            numbers(&running),
            numbers(&restored),
            "{}, after step {}: {:?}",
            strategy,
            number,
            step
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_restored_dispatcher_goes_on_identically(steps in steps()) {
        for strategy in STRATEGIES {
            goes_on_alike(strategy, &steps)?;
        }
    }
}

#[test]
fn the_state_does_not_grow_with_the_number_of_leads() {
    let dispatcher = Dispatcher::new(&policies("round_robin")[0]).unwrap();
    let length = |leads: usize| {
        for number in 0..leads {
            let receipt = dispatcher
                .assign(&lead_to(number, "east"), at(NOON))
                .receipt();
            dispatcher.complete(&receipt).unwrap();
        }
        serde_json::to_string(&dispatcher.state()).unwrap().len()
    };
    let (early, late) = (length(100), length(5_000));
    assert!(
        late < early + 200,
        "{early} bytes after 100 leads, {late} after 5,000"
    );
}

#[test]
fn a_nonsensical_state_is_tolerated() {
    let limits = [i64::MIN, -1, 0, 1, i64::MAX];
    for first in limits {
        for second in limits {
            let state: DispatchState =
                serde_json::from_value(json!({ "generation": u64::MAX, "shards": [{
                "shard": usize::MAX, "number": u64::MAX, "day": "9999-12-31",
                "members": {
                    "a": { "open": u32::MAX, "today": u32::MAX },
                    "nobody": { "open": 1, "today": 1 },
                },
                "teams": {
                    "east": { "seats": {
                        "a": { "open": u32::MAX, "today": 0 },
                        "nobody": { "open": 0, "today": 0 },
                    } },
                    "nowhere": { "seats": {} },
                },
                "rotations": {
                    "east": { "strategy": "round_robin", "state": {
                        "turn": 5,
                        "since": u64::MAX,
                        "last_turns": { "a": u64::MAX, "nobody": 0 },
                        "shared": { "step": first, "total": second, "other": second },
                        "members": {
                            "a": { "carried": first, "picks": second, "weight": first },
                            "b": { "carried": second, "picks": first, "weight": 2 },
                            "nobody": { "carried": 1, "picks": 1, "weight": second },
                        },
                    } },
                },
            }] }))
                .unwrap();
            let dispatcher = Dispatcher::new(&policies("round_robin")[0]).unwrap();
            dispatcher.restore(&state);
            for number in 0..50 {
                let receipt = dispatcher
                    .assign(&lead_to(number, "east"), at(NOON))
                    .receipt();
                if number % 3 == 0 {
                    dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
                }
            }
            dispatcher.pause_member("b").unwrap();
            let _ = dispatcher.assign(&lead_to(1, "east"), at(NOON));
        }
    }
}

#[test]
fn an_overflowing_turn_number_is_tolerated() {
    let state: DispatchState = serde_json::from_value(json!({
        "shards": [{
            "shard": 0, "number": u64::MAX,
            "rotations": { "east": { "strategy": "round_robin", "state": { "turn": u64::MAX } } },
        }],
    }))
    .unwrap();
    let dispatcher = Dispatcher::new(&policies("round_robin")[0]).unwrap();
    dispatcher.restore(&state);
    for number in 0..3 {
        assert!(
            dispatcher
                .assign(&lead_to(number, "east"), at(NOON))
                .owner()
                .is_some()
        );
    }
}

#[test]
fn the_compile_options_of_the_start_hold_for_later_policies() {
    let [first, second] = &policies("round_robin")[..2] else {
        panic!("two policies");
    };
    let none = CompileOptions::new().max_bytes(0);
    let refused = Dispatcher::builder(first).compile_options(none).build();
    assert!(
        matches!(refused, Err(BuildError::Compile(_))),
        "{refused:?}"
    );

    let without_rules = PolicyDraft::new().build().unwrap();
    let dispatcher = Dispatcher::builder(&without_rules)
        .compile_options(none)
        .build()
        .unwrap();
    let refused = dispatcher.replace_policy(second);
    assert!(
        matches!(refused, Err(BuildError::Compile(_))),
        "{refused:?}"
    );
}
