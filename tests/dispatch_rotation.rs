//! The scope of a rotation: per team, per rule, or shared by several teams.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead_to, numbers, owner, policy};
use fastrand::Rng;
use leadtree::dispatch::{Assignment, DispatchState, Dispatcher, Forgotten, Release};
use leadtree::policy::PolicyDraft;
use leadtree::team::{RotationScope, Team};
use serde_json::{Value, json};

/// Two rules for one team, and a third for another.
fn file(first: &Value, second: &Value) -> Value {
    json!({
        "attributes": { "to": "text" },
        "teams": [
            { "id": "east", "members": ["a", "b", "c"], "rotation": first },
            { "id": "west", "members": ["b", "c", "d"], "rotation": second },
        ],
        "rules": [
            { "id": "one", "when": "to = one", "assign_to": "east" },
            { "id": "two", "when": "to = two", "assign_to": "east" },
            { "id": "three", "when": "to = three", "assign_to": "west" },
        ],
    })
}

fn assign(dispatcher: &Dispatcher, rule: &str) -> Assignment {
    dispatcher.assign(&lead_to(1, rule), at(NOON))
}

/// The owners of leads of these rules, one after the other.
fn owners(dispatcher: &Dispatcher, rules: &str) -> String {
    let owners = rules
        .split(' ')
        .map(|rule| owner(&assign(dispatcher, rule)));
    owners.collect::<Vec<String>>().join(" ")
}

#[test]
fn per_team_turns_advance_across_rules() {
    let dispatcher = dispatcher(&file(&json!("per_team"), &json!("per_team")));
    assert_eq!(owners(&dispatcher, "one two one two three"), "a b c a b");
}

#[test]
fn per_rule_each_rule_has_its_own_turns() {
    let dispatcher = dispatcher(&file(&json!("per_rule"), &json!("per_team")));
    assert_eq!(
        owners(&dispatcher, "one two one two one two"),
        "a a b b c c"
    );
    assert_eq!(owners(&dispatcher, "one one one"), "a b c");
}

#[test]
fn ties_go_to_whoever_waited_longest_in_the_rotation() {
    let two = |rotation: Value| {
        let team = |id: &str| json!({ "id": id, "members": ["a", "b"], "rotation": rotation });
        dispatcher(&json!({
            "attributes": { "to": "text" },
            "teams": [team("east"), team("west")],
            "rules": [
                { "id": "one", "when": "to = one", "assign_to": "east" },
                { "id": "two", "when": "to = two", "assign_to": "east" },
                { "id": "three", "when": "to = three", "assign_to": "west" },
            ],
        }))
    };
    let shared = two(json!({ "shared": "field" }));
    let teams = "one three one three one three one three";
    assert_eq!(owners(&shared, teams), "a b a b a b a b");
    let by_rule = two(json!("per_rule"));
    let rules = "one two one two one two one two";
    assert_eq!(owners(&by_rule, rules), "a a b b a a b b");
}

#[test]
fn per_rule_the_otherwise_of_a_group_has_its_own_turns() {
    let dispatcher = dispatcher(&json!({
        "attributes": { "to": "text" },
        "teams": [{ "id": "east", "members": ["a", "b", "c"], "rotation": "per_rule" }],
        "rules": [
            { "id": "one", "when": "to = one", "assign_to": "east" },
            { "group": "rest", "when": "to = two", "rules": [], "otherwise": { "assign_to": "east" } },
        ],
        "otherwise": { "assign_to": "east" },
    }));
    assert_eq!(
        owners(&dispatcher, "one two three one two three"),
        "a a a b b b"
    );

    let of_group = assign(&dispatcher, "two");
    assert_eq!(of_group.rule(), None);
    assert_eq!(of_group.source().id().unwrap(), "rest");
    assert_eq!(serde_json::to_value(&of_group).unwrap()["rule"], "rest");
}

#[test]
fn shared_turns_advance_across_teams() {
    let shared = json!({ "shared": "field" });
    let dispatcher = dispatcher(&file(&shared, &shared));
    // A member who has just had a lead in `east` is not next in `west`.
    assert_eq!(owners(&dispatcher, "one three one three"), "a b c d");
    let got = owners(&dispatcher, &["one three"; 20].join(" "));
    let mut before = "";
    for owner in got.split(' ') {
        assert_ne!(owner, before, "{got}");
        before = owner;
    }
    // Each member gets a third of the team's twenty-two leads.
    for (name, teams) in [("a", 1), ("b", 2), ("c", 2), ("d", 1)] {
        // One of them was before.
        let count = 1 + got.split(' ').filter(|it| *it == name).count();
        let thirds = 22 * teams;
        assert!(
            (3 * count).abs_diff(thirds) <= 3,
            "{name}: {count} of {thirds} thirds"
        );
    }
}

/// The rotation of each rule is independent: as in a dispatcher for that rule alone.
#[test]
fn per_rule_turns_equal_those_of_a_dispatcher_for_each_rule() {
    for strategy in ["round_robin", "waterfall", "random", "best_fit"] {
        for seed in 0..20 {
            let mut random = Rng::with_seed(seed);
            let mut by_rule = file(&json!("per_rule"), &json!("per_rule"));
            for team in 0..2 {
                by_rule["teams"][team]["strategy"] = strategy.into();
            }
            let together = dispatcher(&by_rule);
            let apart = ["one", "two", "three"].map(|_| dispatcher(&by_rule));
            for _ in 0..60 {
                let rule = random.usize(0..3);
                let name = ["one", "two", "three"][rule];
                let expected = owner(&assign(&apart[rule], name));
                assert_eq!(
                    owner(&assign(&together, name)),
                    expected,
                    "{strategy} {seed}"
                );
            }
        }
    }
}

#[test]
fn each_rules_shares_are_fair_by_themselves() {
    let dispatcher = dispatcher(&file(&json!("per_rule"), &json!("per_team")));
    let mut random = Rng::with_seed(7);
    let mut counts = std::collections::HashMap::new();
    let mut steps = [0_u32; 2];
    for _ in 0..900 {
        let rule = random.usize(0..2);
        let name = ["one", "two"][rule];
        let member = owner(&assign(&dispatcher, name));
        *counts.entry((rule, member)).or_insert(0_u32) += 1;
        steps[rule] += 1;
        for member in ["a", "b", "c"] {
            let count = counts.get(&(rule, member.to_owned())).copied().unwrap_or(0);
            // Within 1 - 1/(2n-2) of a third, at every step.
            let off = (f64::from(steps[rule]) / 3.0 - f64::from(count)).abs();
            assert!(off <= 0.75 + 1e-9, "{name} {member}: {off}");
        }
    }
}

#[test]
fn turns_are_stored_and_go_on() {
    let scopes = [
        json!("per_team"),
        json!("per_rule"),
        json!({ "shared": "field" }),
    ];
    for scope in scopes {
        let file = file(&scope, &scope);
        let (one, other) = (dispatcher(&file), dispatcher(&file));
        let rules = "one two three one two one three";
        owners(&one, rules);
        let stored = serde_json::to_string(&one.state()).unwrap();
        let stored: DispatchState = serde_json::from_str(&stored).unwrap();
        assert!(other.restore(&stored).is_complete());
        assert_eq!(numbers(&other), numbers(&one), "{scope}");
        assert_eq!(owners(&one, rules), owners(&other, rules), "{scope}");
    }
}

#[test]
fn turns_go_on_when_the_policy_is_replaced_and_members_come_and_go() {
    let scopes = [
        json!("per_team"),
        json!("per_rule"),
        json!({ "shared": "field" }),
    ];
    for scope in scopes {
        let mut file = file(&scope, &scope);
        let (one, other) = (dispatcher(&file), dispatcher(&file));
        let rules = "one two three one two one three two one";
        assert_eq!(owners(&one, rules), owners(&other, rules));
        file["version"] = "2".into();
        assert!(other.replace_policy(&policy(&file)).unwrap().is_complete());
        assert_eq!(owners(&one, rules), owners(&other, rules), "{scope}");
        for dispatcher in [&one, &other] {
            dispatcher.add_member("east", "e").unwrap();
            dispatcher.remove_member("west", "d").unwrap();
        }
        let got = owners(&one, rules);
        assert_eq!(got, owners(&other, rules), "{scope}");
        assert!(got.contains('e') && !got.contains('d'), "{scope}: {got}");
    }
}

#[test]
fn a_turn_is_given_back_to_the_rotation_it_came_from() {
    for scope in [json!("per_rule"), json!({ "shared": "field" })] {
        let (one, other) = (
            dispatcher(&file(&scope, &scope)),
            dispatcher(&file(&scope, &scope)),
        );
        let assignment = assign(&one, "one");
        let receipt = serde_json::to_string(&assignment.receipt()).unwrap();
        let receipt = serde_json::from_str(&receipt).unwrap();
        one.release(&receipt, Release::GiveTurnBack).unwrap();
        let rules = "one two one three one two";
        assert_eq!(owners(&one, rules), owners(&other, rules), "{scope}");
    }
}

#[test]
fn turns_of_rules_that_are_gone_are_reported() {
    let by_rule = dispatcher(&file(&json!("per_rule"), &json!("per_team")));
    owners(&by_rule, "one two one");
    let by_team = dispatcher(&file(&json!("per_team"), &json!("per_team")));
    let report = by_team.restore(&by_rule.state());
    assert_eq!(report.forgotten(), [Forgotten::Rotation("east".into())]);
}

#[test]
fn a_shared_rotation_has_one_strategy_and_a_name_of_its_own() {
    let shared = |name: &str| RotationScope::Shared(name.into());
    let errors = PolicyDraft::new()
        .team(Team::new("east").rotation(shared("field")))
        .team(
            Team::new("west")
                .rotation(shared("field"))
                .strategy("random"),
        )
        .team(Team::new("north").rotation(shared("east")))
        .team(Team::new("south").rotation(shared(" ")))
        .build()
        .unwrap_err();
    insta::assert_snapshot!(errors, @"
    the policy has 3 problems:
      teams[1].rotation.shared: rotation `field` is shared with team `east`, which uses another strategy; use the same one
      teams[2].rotation.shared: rotation `east` is named like a team; give it another name
      teams[3].rotation.shared: a rotation without a name; give it one
    ");
}

#[test]
fn the_scope_reads_back_as_it_was_written() {
    let policy = PolicyDraft::new()
        .team(Team::new("a").rotation(RotationScope::Shared("field".into())))
        .team(Team::new("b").rotation(RotationScope::PerRule))
        .team(Team::new("c").rotation(RotationScope::PerTeam))
        .build()
        .unwrap();
    let yaml = policy.to_yaml().unwrap();
    insta::assert_snapshot!(yaml, @"
    teams:
      - id: a
        rotation: {shared: field}

      - id: b
        rotation: per_rule

      - id: c
    ");
    assert_eq!(leadtree::policy::Policy::from_yaml(&yaml).unwrap(), policy);
}

#[test]
fn an_unknown_strategy_is_reported_once_for_each_team() {
    let mut file = file(&json!("per_rule"), &json!({ "shared": "field" }));
    for team in 0..2 {
        file["teams"][team]["strategy"] = "round-robin".into();
    }
    let error = Dispatcher::new(&policy(&file)).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 2 problems:
      teams[0].strategy: unknown strategy `round-robin`; did you mean `round_robin`?
      teams[1].strategy: unknown strategy `round-robin`; did you mean `round_robin`?
    ");
}

#[test]
fn an_empty_team_may_share_turns_with_others() {
    let shared = json!({ "shared": "field" });
    for empty in 0..3 {
        let mut file = file(&shared, &shared);
        let twin = dispatcher(&file);
        let teams = file["teams"].as_array_mut().unwrap();
        teams.insert(
            empty,
            json!({ "id": "new", "rotation": shared, "members": [] }),
        );
        let dispatcher = dispatcher(&file);
        let rules = "one three one three two";
        assert_eq!(owners(&dispatcher, rules), owners(&twin, rules), "{empty}");
        dispatcher.add_member("new", "e").unwrap();
        dispatcher.remove_member("new", "e").unwrap();
        assert_eq!(owners(&dispatcher, rules), owners(&twin, rules), "{empty}");
    }
}

#[test]
fn a_turn_by_a_rule_is_not_given_back_to_other_turns() {
    let (by_rule, by_team) = (json!("per_rule"), json!("per_team"));
    let dispatcher = dispatcher(&file(&by_rule, &by_team));
    let got: Vec<Assignment> = (0..4).map(|_| assign(&dispatcher, "one")).collect();
    dispatcher
        .replace_policy(&policy(&file(&by_team, &by_team)))
        .unwrap();
    for number in [3, 0] {
        assert_eq!(owner(&got[number]), "a");
        let receipt = got[number].receipt();
        dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
    }
    // The team's own rotation did not count them, so nobody is owed a lead.
    assert_eq!(owners(&dispatcher, "one one one one"), "a b c a");
}
