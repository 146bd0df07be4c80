//! Who gets a lead: strategies, and what happens when nobody can take it.

mod dispatch_setup;

use chrono::{DateTime, Utc};
use dispatch_setup::{NOON, at, dispatcher, lead, owner, owners, policy};
use leadtree::dispatch::{
    Assignment, AssignmentRecord, BuildError, Chosen, DispatchState, Dispatcher, Receipt,
    RosterChanges, StateReport,
};
use leadtree::explain::Explanation;
use leadtree::policy::{LoadError, Policy, PolicyDraft};
use leadtree::rule::{Condition, Rule};
use leadtree::strategy::{Memory, Strategy, StrategyRegistry, Turn};
use leadtree::tree::{DecisionTree, Profile};
use leadtree::{Lead, MemberId};
use serde_json::{Value, json};

/// A policy with one team, which gets every lead.
fn one_team(strategy: &Value, members: &Value) -> Value {
    json!({
        "teams": [{ "id": "east", "strategy": strategy, "members": members }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    })
}

#[test]
fn each_strategy_picks_as_documented() {
    let three = json!(["m-1", "m-2", "m-3"]);
    let weighted = json!([{ "member": "m-1", "weight": 2 }, "m-2"]);
    let limited =
        json!([{ "member": "m-1", "max_open": 2 }, { "member": "m-2", "max_per_day": 1 }, "m-3"]);
    for (strategy, members, expected) in [
        ("round_robin", &three, "m-1 m-2 m-3 m-1 m-2 m-3"),
        ("round_robin", &weighted, "m-1 m-2 m-1 m-1 m-2 m-1"),
        ("least_loaded", &three, "m-1 m-2 m-3 m-1 m-2 m-3"),
        // (open + 1) / weight: m-1 has 1/2, then 2/2 against 1/1; the tie goes to m-2, who waited
        // longer.
        ("least_loaded", &weighted, "m-1 m-2 m-1 m-1 m-2 m-1"),
        ("waterfall", &three, "m-1 m-1 m-1 m-1 m-1 m-1"),
        ("waterfall", &limited, "m-1 m-1 m-2 m-3 m-3 m-3"),
    ] {
        let dispatcher = dispatcher(&one_team(&json!(strategy), members));
        assert_eq!(
            owners(&dispatcher, 6, NOON),
            expected,
            "{strategy} of {members}"
        );
    }
}

#[test]
fn sticky_keeps_an_account_with_its_member() {
    let members: Vec<String> = (0..7).map(|number| format!("m-{number}")).collect();
    let dispatcher = dispatcher(&one_team(&json!("sticky"), &json!(members)));
    let owner_of = |id: &str, account: &str| {
        let lead = Lead::builder(id).account(account).build();
        owner(&dispatcher.assign(&lead, at(NOON)))
    };
    let mut seen = std::collections::HashSet::new();
    for account in 0..40 {
        let account = format!("A-{account}");
        let first = owner_of("L-1", &account);
        assert_eq!(owner_of("L-2", &account), first, "account {account}");
        seen.insert(first);
    }
    assert!(seen.len() > 4, "accounts spread over the members: {seen:?}");
    // Without an account, the lead itself is the key.
    for blank in [" ", "\u{200b}"] {
        assert_eq!(owner_of("L-9", blank), owner_of("L-9", ""), "{blank:?}");
    }
}

#[test]
fn sticky_knows_an_account_in_any_spelling() {
    let members: Vec<String> = (0..40).map(|number| format!("m-{number}")).collect();
    let dispatcher = dispatcher(&one_team(&json!("sticky"), &json!(members)));
    for spellings in [
        &[
            "user1@x",
            "User1@x",
            " USER1@X ",
            "ｕｓｅｒ１@x",
            "user1\u{200b}@x",
        ][..],
        &[
            "Müller & Söhne",
            "MU\u{308}LLER & SO\u{308}HNE",
            "Müller  &\tSöhne",
        ],
        &["O'Brien-Smith", "o’brien–smith"],
    ] {
        let lead = |account| Lead::builder("L-1").account(account).build();
        let by_account = spellings.iter().copied().map(lead);
        let by_id = spellings.iter().map(|&id| Lead::builder(id).build());
        let owners: Vec<_> = by_account
            .chain(by_id)
            .map(|lead| owner(&dispatcher.assign(&lead, at(NOON))))
            .collect();
        assert!(
            owners.iter().all(|it| *it == owners[0]),
            "{spellings:?}: {owners:?}"
        );
    }
}

#[test]
fn random_depends_on_the_lead_and_the_seed_only() {
    let members = json!(["m-1", "m-2", "m-3", "m-4"]);
    let twenty = |seed: u32| {
        let strategy = json!({ "name": "random", "seed": seed });
        owners(&dispatcher(&one_team(&strategy, &members)), 20, NOON)
    };
    assert_eq!(twenty(1), twenty(1));
    assert_ne!(twenty(1), twenty(2));
    for member in ["m-1", "m-2", "m-3", "m-4"] {
        assert!(
            twenty(1).contains(member),
            "{member} gets some: {}",
            twenty(1)
        );
    }
}

#[test]
fn a_named_member_gets_the_lead_within_the_limits() {
    let file = json!({
        "members": [{ "id": "m-1", "max_open": 2 }, { "id": "m-2" }],
        "teams": [{ "id": "east", "members": [{ "member": "m-2", "max_open": 1 }] }],
        "pools": ["later"],
        "rules": [
            { "id": "named", "assign_to": { "member": "m-1", "if_nobody": { "overflow": { "pool": "later" } } } },
        ],
    });
    let dispatcher = dispatcher(&file);
    let answers: Vec<String> = (0..3)
        .map(|number| dispatcher.assign(&lead(number), at(NOON)).to_string())
        .collect();
    assert_eq!(
        answers,
        [
            "lead `L-0`: rule `named` assigns to member `m-1`",
            "lead `L-1`: rule `named` assigns to member `m-1`",
            "lead `L-2`: rule `named` leaves it in pool `later`; the member could not: \
             nobody at work has room for the lead",
        ]
    );
    let seat = dispatcher.assign(&lead(0), at(NOON));
    assert!(seat.owner().is_none());
}

#[test]
fn a_named_member_of_a_team_counts_for_that_team() {
    let file = json!({
        "teams": [{ "id": "east", "members": [{ "member": "m-1", "max_open": 1 }, "m-2"] }],
        "rules": [{ "id": "named", "assign_to": { "team": "east", "member": "m-1" } }],
    });
    let dispatcher = dispatcher(&file);
    let first = dispatcher.assign(&lead(0), at(NOON));
    let seat = first.owner().unwrap();
    assert_eq!(seat.to_string(), "member `m-1` of team `east`");
    assert_eq!(seat.chosen(), Chosen::ByName);
    assert_eq!(
        dispatcher.state().team("east").unwrap().seats["m-1"].open,
        1
    );
    let second = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(second.reason_code(), Some("nobody_with_capacity"));
    // An assignment by name takes no turn.
    assert_eq!(dispatcher.state().rotation("east").unwrap().state.turn, 0);
}

#[test]
fn if_nobody_says_what_happens_when_nobody_is_there() {
    let full = json!([{ "member": "m-1", "max_open": 0 }]);
    let inactive = json!([{ "member": "m-1", "active": false }]);
    let overflow_west = json!({ "overflow": "west" });
    let pool = json!({ "overflow": { "pool": "later" } });
    for (members, team_answer, rule_answer, expected) in [
        (
            &full,
            None,
            None,
            "leaves it unassigned; team `east` could not: nobody at work has room for the lead",
        ),
        (
            &full,
            Some(json!("unassigned")),
            None,
            "leaves it unassigned; team `east` could not: nobody at work has room for the lead",
        ),
        (
            &json!([]),
            None,
            None,
            "leaves it unassigned; team `east` could not: it has no members",
        ),
        (
            &inactive,
            None,
            None,
            "leaves it unassigned; team `east` could not: nobody is active",
        ),
        (
            &full,
            Some(json!("everyone")),
            None,
            "assigns to member `m-1` of team `east`; set aside: the owner is over a limit now",
        ),
        (
            &inactive,
            Some(json!("everyone")),
            None,
            "leaves it unassigned; team `east` could not: nobody is active",
        ),
        (
            &full,
            Some(overflow_west.clone()),
            None,
            "assigns to member `w-1` of team `west`; team `east` could not: nobody at work has room for the lead",
        ),
        (
            &full,
            Some(pool.clone()),
            None,
            "leaves it in pool `later`; team `east` could not: nobody at work has room for the lead",
        ),
        (
            &inactive,
            Some(overflow_west.clone()),
            Some(json!("unassigned")),
            "leaves it unassigned; team `east` could not: nobody is active",
        ),
        (
            &json!([]),
            Some(json!("everyone")),
            Some(pool),
            "leaves it in pool `later`; team `east` could not: it has no members",
        ),
        (
            &full,
            Some(overflow_west),
            Some(json!("everyone")),
            "assigns to member `m-1` of team `east`; set aside: the owner is over a limit now",
        ),
    ] {
        let mut file = json!({
            "pools": ["later"],
            "teams": [
                { "id": "east", "members": members },
                { "id": "west", "members": ["w-1"] },
            ],
            "rules": [{ "id": "all", "assign_to": { "team": "east" } }],
        });
        if let Some(answer) = &team_answer {
            file["teams"][0]["if_nobody"] = answer.clone();
        }
        if let Some(answer) = &rule_answer {
            file["rules"][0]["assign_to"]["if_nobody"] = answer.clone();
        }
        let answer = dispatcher(&file).assign(&lead(1), at(NOON)).to_string();
        assert_eq!(
            answer,
            format!("lead `L-1`: rule `all` {expected}"),
            "{file}"
        );
    }
}

#[test]
fn a_chain_of_overflows_is_reported_in_order() {
    let file = json!({
        "teams": [
            { "id": "a", "members": [], "if_nobody": { "overflow": "b" } },
            { "id": "b", "members": [{ "member": "m-1", "max_open": 0 }], "if_nobody": { "overflow": "c" } },
            { "id": "c", "members": [{ "member": "m-2", "active": false }], "if_nobody": { "overflow": { "pool": "unmatched" } } },
        ],
        "rules": [{ "id": "all", "assign_to": "a" }],
    });
    let assignment = dispatcher(&file).assign(&lead(1), at(NOON));
    assert_eq!(
        assignment.to_string(),
        "lead `L-1`: rule `all` leaves it in pool `unmatched`; team `a` could not: \
         it has no members; team `b` could not: nobody at work has room for the lead; team `c` could not: \
         nobody is active"
    );
    assert_eq!(assignment.reason_code(), Some("nobody_active"));
}

/// A strategy that returns a given answer.
#[derive(Debug)]
struct Stubborn(Option<usize>);

impl Strategy for Stubborn {
    fn choose(&self, _: &Turn<'_>, _: &mut Memory) -> Option<usize> {
        self.0
    }
}

#[test]
fn a_strategy_that_picks_nobody_or_nonsense_declines() {
    let file = one_team(
        &json!("stubborn"),
        &json!(["m-1", { "member": "m-2", "max_open": 0 }]),
    );
    for (answer, expected) in [
        (None, "declined"),
        (Some(0), "m-1"),
        (Some(1), "declined"),
        (Some(2), "declined"),
        (Some(usize::MAX), "declined"),
    ] {
        let mut registry = StrategyRegistry::new();
        registry.register("stubborn", move |_| Ok(Box::new(Stubborn(answer))));
        let dispatcher = Dispatcher::builder(&policy(&file))
            .registry(registry)
            .build()
            .unwrap();
        assert_eq!(owners(&dispatcher, 1, NOON), expected, "{answer:?}");
        let open = u32::from(expected == "m-1");
        assert_eq!(
            dispatch_setup::load(&dispatcher, "m-1"),
            (open, open),
            "{answer:?}"
        );
        assert_eq!(
            dispatch_setup::load(&dispatcher, "m-2"),
            (0, 0),
            "{answer:?}"
        );
    }
}

#[test]
fn unknown_strategies_and_options_are_reported_at_once() {
    let file = json!({ "teams": [
        { "id": "a", "strategy": "roundrobin" },
        { "id": "b", "strategy": "sticky" },
        { "id": "c", "strategy": { "name": "random", "sed": 1 } },
        { "id": "d", "strategy": { "name": "random", "seed": "x" } },
    ] });
    let error = Dispatcher::new(&policy(&file)).unwrap_err();
    assert!(matches!(error, BuildError::Strategies(_)));
    insta::assert_snapshot!(error, @r"
    the policy has 3 problems:
      teams[0].strategy: unknown strategy `roundrobin`; did you mean `round_robin`?
      teams[2].strategy: strategy `random` has no option `sed`; did you mean `seed`?
      teams[3].strategy: option `seed` of strategy `random` must be a whole number from 0 to 2^64 - 1
    ");
}

#[test]
fn assigning_many_leads_equals_assigning_one_by_one() {
    let strategies = [
        "round_robin",
        "least_loaded",
        "sticky",
        "random",
        "waterfall",
    ];
    for strategy in strategies {
        let members =
            json!([{ "member": "m-1", "max_open": 9 }, "m-2", { "member": "m-3", "weight": 3 }]);
        let file = one_team(&json!(strategy), &members);
        let (together, one_by_one) = (dispatcher(&file), dispatcher(&file));
        let leads: Vec<Lead<'_>> = (0..60).map(lead).collect();
        let batch = together.assign_all(&leads, at(NOON));
        let singles: Vec<_> = leads
            .iter()
            .map(|lead| one_by_one.assign(lead, at(NOON)))
            .collect();
        assert_eq!(batch, singles, "{strategy}");
        assert_eq!(together.state(), one_by_one.state(), "{strategy}");
    }
}

#[test]
fn an_assignment_is_a_flat_record() {
    let file = json!({
        "version": "v7",
        "teams": [
            { "id": "east", "members": [], "if_nobody": { "overflow": "west" } },
            { "id": "west", "members": ["m-1"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east", "support": ["west"] }],
    });
    let assignment = dispatcher(&file).assign(&lead(1), at(NOON));
    assert_eq!(
        serde_json::to_value(&assignment).unwrap(),
        json!({
            "id": "1-0-1", "lead": "L-1", "outcome": "assigned", "rule": "all", "pool": null,
            "until": null, "reason": null, "units": 1, "by_hand": false,
            "seats": [{
                "role": "owner", "team": "west", "member": "m-1", "chosen": "by_strategy",
                "turn": { "number": 1, "before": 0 },
                "counted_at": "2026-03-31T12:00:00Z", "counted_on": "2026-03-31",
            }],
            "support": ["west"],
            "support_unavailable": [{ "team": "west", "missing": 1, "reason": "all_seated" }],
            "refusals": [{ "team": "east", "reason": "team_empty" }],
            "warnings": [],
            "available_from": null,
            "policy": assignment.policy_identity().to_string(),
            "policy_version": "v7",
            "now": "2026-03-31T12:00:00Z",
        })
    );
    let receipt = serde_json::to_value(assignment.receipt()).unwrap();
    assert_eq!(
        serde_json::from_value::<Receipt>(receipt).unwrap(),
        assignment.receipt()
    );
    let kept = serde_json::to_string(&assignment).unwrap();
    let kept: AssignmentRecord = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept.receipt(), assignment.receipt());

    for units in [0, 1_001, u32::MAX] {
        let told = format!("`units` is {units}; a lead counts as 1 to 1000");
        let mut receipt = serde_json::to_value(assignment.receipt()).unwrap();
        receipt["units"] = units.into();
        let error = serde_json::from_value::<Receipt>(receipt).unwrap_err();
        assert!(error.to_string().contains(&told), "{error}");
        let mut kept = serde_json::to_value(&assignment).unwrap();
        kept["units"] = units.into();
        let error = serde_json::from_value::<AssignmentRecord>(kept).unwrap_err();
        assert!(error.to_string().contains(&told), "{error}");
    }
    for units in [1, 1_000] {
        let mut receipt = serde_json::to_value(assignment.receipt()).unwrap();
        receipt["units"] = units.into();
        assert_eq!(
            serde_json::from_value::<Receipt>(receipt).unwrap().units(),
            units
        );
    }
    assert_eq!(kept.support, assignment.support());
}

#[test]
fn a_lead_that_no_rule_matches_goes_to_the_pool_unmatched() {
    let assignment = dispatcher(&json!({})).assign(&lead(1), at(NOON));
    assert_eq!(assignment.reason_code(), Some("no_rule_matched"));
    assert_eq!(assignment.receipt().seats(), []);
    assert_eq!(
        assignment.to_string(),
        "lead `L-1`: the otherwise of the policy leaves it in pool `unmatched`"
    );
}

#[test]
fn the_running_tree_does_not_change() {
    let file = one_team(&json!("waterfall"), &json!(["m-1"]));
    let dispatcher = dispatcher(&file);
    let tree = dispatcher.tree();
    dispatcher.replace_policy(&policy(&json!({}))).unwrap();
    let now = at(NOON);
    assert_eq!(tree.decide(&lead(1), now).rule().unwrap(), "all");
    assert_eq!(dispatcher.tree().decide(&lead(1), now).rule(), None);
}

#[test]
fn shared_types_are_send_and_sync() {
    fn shared<T: Send + Sync>() {}
    shared::<Dispatcher>();
    shared::<DecisionTree>();
    shared::<Policy>();
    shared::<PolicyDraft>();
    shared::<Assignment>();
    shared::<Receipt>();
    shared::<DispatchState>();
    shared::<StateReport>();
    shared::<RosterChanges>();
    shared::<BuildError>();
    shared::<LoadError<serde_json::Error>>();
    shared::<Condition>();
    shared::<Rule>();
    shared::<StrategyRegistry>();
    shared::<MemberId>();
    shared::<DateTime<Utc>>();
    shared::<Lead<'_>>();
    shared::<Profile<'_>>();
    shared::<Explanation<'_>>();
}
