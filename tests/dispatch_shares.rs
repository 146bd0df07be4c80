//! What changes shares: scores, capacities, and leads by name that count as turns.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead, owner, owners};
use leadtree::Lead;
use leadtree::dispatch::{DispatchState, Dispatcher, Release};
use leadtree::rule::Target;
use serde_json::{Value, json};

fn team(options: &Value) -> Value {
    let mut file = json!({
        "attributes": { "named": "flag" },
        "teams": [{ "id": "east", "members": ["a", "b"] }],
        "rules": [
            { "id": "named", "when": "named = true", "assign_to": { "team": "east", "member": "a" } },
            { "id": "all", "assign_to": "east" },
        ],
    });
    for (field, value) in options.as_object().unwrap() {
        file["teams"][0][field] = value.clone();
    }
    file
}

/// How many of `leads` leads each member gets.
fn counts(dispatcher: &Dispatcher, leads: usize) -> [usize; 2] {
    let got = owners(dispatcher, leads, NOON);
    ["a", "b"].map(|name| got.split(' ').filter(|owner| *owner == name).count())
}

#[test]
fn shares_follow_scores_and_nobody_falls_below_the_floor() {
    for (options, scores, expected) in [
        (json!({}), [1.0, 0.0], [600, 600]),
        (json!({ "score_floor": 1 }), [1.0, 0.0], [600, 600]),
        (json!({ "score_floor": 0.5 }), [1.0, 0.0], [900, 300]),
        (json!({ "score_floor": 0.5 }), [0.3, 0.1], [750, 450]),
        (json!({ "score_floor": 0 }), [0.2, 0.1], [800, 400]),
        (json!({ "score_floor": 0 }), [0.0, 0.0], [600, 600]),
    ] {
        let dispatcher = dispatcher(&team(&options));
        dispatcher
            .set_scores([("a", scores[0]), ("b", scores[1])])
            .unwrap();
        assert_eq!(counts(&dispatcher, 1_200), expected, "{options} {scores:?}");
    }
}

#[test]
fn new_scores_apply_without_compensating_past_leads() {
    let dispatcher = dispatcher(&team(&json!({ "score_floor": 0 })));
    dispatcher.set_scores([("a", 3.0), ("b", 1.0)]).unwrap();
    assert_eq!(counts(&dispatcher, 400), [300, 100]);
    dispatcher.set_scores([("a", 1.0), ("b", 1.0)]).unwrap();
    assert_eq!(counts(&dispatcher, 400), [200, 200]);
    let stored = serde_json::to_string(&dispatcher.state()).unwrap();
    let stored: DispatchState = serde_json::from_str(&stored).unwrap();
    let scores: Vec<_> = stored
        .changes
        .scores()
        .map(|(it, score)| (it.to_string(), score))
        .collect();
    assert_eq!(scores, [("a".to_owned(), 1.0), ("b".to_owned(), 1.0)]);
    dispatcher.clear_changes();
    assert_eq!(dispatcher.changes().scores().count(), 0);
}

#[test]
fn a_bad_score_is_refused_and_changes_nothing() {
    let dispatcher = dispatcher(&team(&json!({ "score_floor": 0 })));
    for (member, score, message) in [
        ("c", 1.0, "unknown member `c`"),
        (
            "b",
            -1.0,
            "a score of -1 for `b`; scores are numbers from 0 up",
        ),
        (
            "b",
            f64::NAN,
            "a score of NaN for `b`; scores are numbers from 0 up",
        ),
        (
            "b",
            f64::INFINITY,
            "a score of inf for `b`; scores are numbers from 0 up",
        ),
    ] {
        let error = dispatcher
            .set_scores([("a", 9.0), (member, score)])
            .unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(dispatcher.changes().is_empty());
    }
}

#[test]
fn a_score_floor_is_between_zero_and_one() {
    for floor in [json!(-0.1), json!(1.1)] {
        let draft = serde_json::from_value::<leadtree::policy::PolicyDraft>(team(
            &json!({ "score_floor": floor }),
        ));
        let errors = draft.unwrap().build().unwrap_err();
        assert!(
            errors
                .to_string()
                .contains("teams[0].score_floor: score floor"),
            "{errors}"
        );
    }
}

#[test]
fn a_lead_by_name_takes_a_turn_if_the_team_says_so() {
    let named = Lead::builder("L").attribute("named", true).build();
    for (options, after) in [
        (json!({}), "a b a b"),
        (json!({ "named_take_turns": true }), "b b a b"),
    ] {
        let by_rule = dispatcher(&team(&options));
        let by_hand = dispatcher(&team(&options));
        for _ in 0..2 {
            assert_eq!(owner(&by_rule.assign(&named, at(NOON))), "a");
            let target = Target::member("a").in_team("east");
            let _ = by_hand.assign_to(target, &lead(1), at(NOON)).unwrap();
        }
        assert_eq!(owners(&by_rule, 4, NOON), after, "{options}");
        assert_eq!(owners(&by_hand, 4, NOON), after, "{options}");
    }
}

#[test]
fn a_turn_that_was_taken_by_name_is_given_back_like_any_other() {
    let dispatcher = dispatcher(&team(&json!({ "named_take_turns": true })));
    let named = Lead::builder("L").attribute("named", true).build();
    let assignment = dispatcher.assign(&named, at(NOON));
    dispatcher
        .release(&assignment.receipt(), Release::GiveTurnBack)
        .unwrap();
    assert_eq!(owners(&dispatcher, 4, NOON), "a b a b");
}

/// At night nobody has a share in a lead by name, so giving it back earns nobody an extra turn.
#[test]
fn a_lead_by_name_with_nobody_there_is_no_turn_to_be_given_back() {
    let hours = "mon-sun 08:00-18:00";
    let file = json!({
        "attributes": { "named": "flag" },
        "members": [{ "id": "a", "hours": hours }, { "id": "b", "hours": hours }],
        "teams": [{ "id": "east", "members": ["a", "b"], "named_take_turns": true }],
        "rules": [
            { "id": "named", "when": "named = true", "assign_to": { "member": "b", "team": "east" } },
            { "id": "all", "assign_to": "east" },
        ],
    });
    let dispatcher = dispatcher(&file);
    let named = Lead::builder("L").attribute("named", true).build();
    for _ in 0..6 {
        let assignment = dispatcher.assign(&named, at("2026-03-31T02:00:00Z"));
        let receipt = assignment.receipt();
        dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
    }
    assert_eq!(owners(&dispatcher, 6, NOON), "a b a b a b");
}

#[test]
fn loads_are_measured_by_capacity_if_the_team_says_so() {
    let mut file =
        team(&json!({ "strategy": { "name": "least_loaded", "relative_to": "capacity" } }));
    file["teams"][0]["members"] = json!([
        { "member": "a", "max_open": 10 }, { "member": "b", "max_open": 5 }, "c",
    ]);
    // A member without a limit counts like the one with the largest.
    assert_eq!(owners(&dispatcher(&file), 5, NOON), "a c b a c");
    let got = owners(&dispatcher(&file), 25, NOON);
    let count = |name: &str| got.split(' ').filter(|owner| *owner == name).count();
    assert_eq!(["a", "b", "c"].map(count), [10, 5, 10]);
}

#[test]
fn an_absent_member_has_no_share_in_a_lead_by_name() {
    let file = json!({
        "attributes": { "named": "flag" },
        "members": [
            { "id": "a", "hours": "mon-sun 08:00-18:00" }, { "id": "b", "hours": "mon-sun 08:00-18:00" },
            { "id": "c", "hours": "mon-sun 08:00-18:00" },
        ],
        "teams": [{ "id": "east", "members": ["a", "b", "c"], "most_ahead": 100, "named_take_turns": true }],
        "rules": [
            { "id": "named", "when": "named = true", "assign_to": { "member": "c", "team": "east" } },
            { "id": "all", "assign_to": "east" },
        ],
    });
    let named = Lead::builder("L").attribute("named", true).build();
    // With `most_ahead`, the candidates are determined for each lead.
    let dispatcher = dispatcher(&file);
    assert_eq!(owners(&dispatcher, 3, NOON), "a b c");
    let night = at("2026-03-31T22:00:00Z");
    for _ in 0..3 {
        assert_eq!(owner(&dispatcher.assign(&named, night)), "c");
    }
    // If nobody eligible was there, nobody's turn was used.
    assert_eq!(owners(&dispatcher, 3, "2026-04-01T12:00:00Z"), "a b c");
}
