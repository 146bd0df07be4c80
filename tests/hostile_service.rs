//! One bad name, lead, state or strategy must not stop the service for others.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod bounded_run;
mod dispatch_setup;

use bounded_run::endure;
use dispatch_setup::{NOON, at, dispatcher, numbers, owners, policy};
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Taxonomy};
use leadtree::dispatch::{DispatchState, Dispatcher};
use leadtree::policy::PolicyDraft;
use leadtree::rule::{Group, Rule, Target, all, customer_size, region, text};
use leadtree::strategy::{Memory, Strategy, StrategyRegistry, Turn};
use leadtree::team::{Team, TeamMember};
use leadtree::tree::{CompileError, CompileOptions, DecisionTree, Interpreter};
use serde_json::json;

const STACK: usize = 1_024;

#[test]
fn very_long_unknown_names_get_no_suggestion_search() {
    let long = "ab".repeat(50_000);
    let members = (0..5_000).map(|number| TeamMember::new(format!("m-{number}")));
    let draft = PolicyDraft::new()
        .team(Team::new("east").members(members))
        .team(Team::new(long.as_str()))
        .rule(Rule::new("r").assign_to("ba".repeat(50_000).as_str()));
    let errors = endure("a rule for a very long team", STACK, || {
        draft.build().unwrap_err()
    });
    assert_eq!(errors.faults().len(), 1);
    let running = dispatcher(&json!({ "teams": [{ "id": "east", "members": ["m-1"] }] }));
    endure("pausing a very long name", STACK, || {
        running.pause_member(&long).unwrap_err();
        running.add_member(&long, "m-2").unwrap_err();
    });
}

#[test]
fn one_lead_with_a_long_text_does_not_hold_up_thousands_of_tests() {
    let rules = (0..2_000).map(|number| {
        let when = text("t").contains(format!("x{number}"));
        Rule::new(format!("r-{number}"))
            .when(when)
            .assign_to(Target::pool("unmatched"))
    });
    let draft = PolicyDraft::new().attribute("t", AttributeKind::Text);
    let policy = draft.rules(rules.collect::<Vec<_>>()).build().unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    for length in [60_000, 1_000_000] {
        let lead = Lead::builder("L-1")
            .attribute("t", "Y".repeat(length))
            .build();
        endure(&format!("{length} characters"), STACK, || {
            assert_eq!(tree.decide(&lead, at(NOON)).rule(), None);
        });
    }
}

#[test]
fn many_tests_of_a_group_are_not_written_again_for_each_of_many_rules() {
    let tests = (0..3_000).map(|number| text("t").contains(format!("x{number}")));
    let rules = (0..3_000).map(|number| {
        let when = customer_size().is(number);
        Rule::new(format!("r-{number}"))
            .when(when)
            .assign_to(Target::pool("unmatched"))
    });
    let group = Group::new("g")
        .when(all(tests))
        .rules(rules.collect::<Vec<_>>());
    let draft = PolicyDraft::new()
        .attribute("t", AttributeKind::Text)
        .rule(group);
    let policy = draft.build().unwrap();
    endure("compiling", STACK, || {
        DecisionTree::compile(&policy).unwrap()
    });
    let little = endure("compiling in little memory", STACK, || {
        CompileOptions::new().max_bytes(1 << 16).compile(&policy)
    });
    assert!(matches!(little, Err(CompileError::BudgetExceeded { .. })));
}

#[test]
fn paths_that_come_to_too_much_together_are_refused() {
    let name = "n".repeat(2_000);
    let paths = (0..40_000).map(|number| format!("{name}/{number}"));
    let draft = Taxonomy::draft().paths(paths);
    let errors = endure("eighty megabytes of paths", STACK, || {
        draft.build().unwrap_err()
    });
    let message = "all paths together exceed the limit of 67108864 bytes; shorten the names";
    assert!(
        errors.to_string().ends_with(message),
        "{:.300}",
        errors.to_string()
    );
}

#[test]
fn a_forged_state_opens_no_limit_twice() {
    let running = dispatcher(&json!({
        "teams": [{ "id": "east", "members": [] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    let state: DispatchState = serde_json::from_value(json!({ "changes": { "added": { "east": [
        { "member": "m-1", "max_open": 1 }, { "member": "m-1", "max_open": 1 },
        { "member": "m-2", "weight": 0, "max_open": 1 },
    ] } } }))
    .unwrap();
    let report = running.restore(&state);
    assert!(report.is_complete(), "{report:?}");
    assert_eq!(owners(&running, 3, NOON), "m-1 m-2 nobody_with_capacity");
    let before = numbers(&running);
    running.restore(&running.state());
    assert_eq!(numbers(&running), before);
}

/// Takes turns until the team has three members.
#[derive(Debug)]
struct Fragile;

impl Strategy for Fragile {
    fn choose(&self, turn: &Turn<'_>, _: &mut Memory) -> Option<usize> {
        assert!(turn.candidates().roster().len() < 3, "too many");
        turn.candidates()
            .iter()
            .next()
            .map(|candidate| candidate.position())
    }
}

#[test]
fn a_strategy_that_panics_harms_no_other_team() {
    let file = json!({
        "attributes": { "to": "text" },
        "teams": [
            { "id": "a", "members": ["a-1", "a-2"] },
            { "id": "b", "strategy": "fragile", "members": ["b-1", "b-2"] },
        ],
        "rules": [
            { "id": "a", "when": { "to": { "is": "a" } }, "assign_to": "a" },
            { "id": "b", "assign_to": "b" },
        ],
    });
    let mut registry = StrategyRegistry::new();
    registry.register("fragile", |_| Ok(Box::new(Fragile)));
    let running = Dispatcher::builder(&policy(&file))
        .registry(registry)
        .build()
        .unwrap();
    let to_a = || {
        let assignment = running.assign(&dispatch_setup::lead_to(1, "a"), at(NOON));
        dispatch_setup::owner(&assignment)
    };
    assert_eq!(to_a(), "a-1");
    running.add_member("b", "b-3").unwrap();
    let before = running.state();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        running.assign(&dispatch_setup::lead_to(2, "b"), at(NOON))
    }));
    assert!(panicked.is_err());
    // Nothing was counted, and the others get their turns.
    let open = |state: &DispatchState| state.team("b").unwrap().open;
    assert_eq!(open(&running.state()), open(&before));
    assert_eq!(running.state().team("b").unwrap().seats.len(), 3);
    assert_eq!([to_a(), to_a(), to_a()], ["a-2", "a-1", "a-2"]);
    assert_eq!(
        running.state().rotation("a").unwrap().strategy.as_str(),
        "round_robin"
    );
}

#[test]
fn a_long_list_of_a_group_meets_many_rules_that_cut_into_it() {
    let places = 100_000;
    let regions = (0..places).flat_map(|place| [format!("r{place}/a"), format!("r{place}/b")]);
    let listed: Vec<String> = (0..places).map(|place| format!("r{place}/a")).collect();
    let rules = (0..20_000).map(|number| {
        let when = region().not_within(format!("r{number}")) & customer_size().is(number);
        Rule::new(format!("r-{number}"))
            .when(when)
            .assign_to(Target::pool("unmatched"))
    });
    let group = Group::new("g")
        .when(region().is_any(listed.iter().map(String::as_str)))
        .rules(rules.collect::<Vec<_>>());
    let draft = PolicyDraft::new().regions(Taxonomy::draft().paths(regions));
    let policy = draft.rule(group).build().unwrap();
    let tree = endure("compiling", STACK, || {
        DecisionTree::compile(&policy).unwrap()
    });
    for (region, size) in [("r7/a", 7), ("r7/a", 8), ("r8/b", 7), ("r50000/a", 19_999)] {
        let lead = Lead::builder("L-1")
            .region(region)
            .customer_size(size)
            .build();
        let expected = Interpreter::new(&policy).decide(&lead, at(NOON));
        assert_eq!(tree.decide(&lead, at(NOON)), expected, "{region} {size}");
    }
}
