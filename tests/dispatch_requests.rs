//! What a caller says beyond the rules: who is left out or preferred, other units, other requirements.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead, lead_to, load, owner};
use leadtree::dispatch::{AssignmentOutcome, Chosen, Dispatcher, Request, RosterError};
use leadtree::fit::Requirement;
use leadtree::rule::Target;
use serde_json::json;

/// A team of three with support from another that shares `c` and has `d`.
fn two_teams() -> Dispatcher {
    dispatcher(&json!({
        "attributes": { "to": "text" },
        "grades": ["junior", "senior"],
        "members": [
            { "id": "a", "grade": "junior" }, { "id": "b", "grade": "senior" },
            { "id": "c", "grade": "senior" }, { "id": "d" },
        ],
        "teams": [
            { "id": "east", "members": ["a", "b", { "member": "c", "max_open": 4 }] },
            { "id": "help", "members": ["c", "d"] },
        ],
        "rules": [
            { "id": "helped", "when": "to = helped", "assign_to": "east", "support": ["help"] },
            { "id": "c", "when": "to = c", "assign_to": { "member": "c", "team": "east" } },
            { "id": "all", "assign_to": "east" },
        ],
    }))
}

fn assign(dispatcher: &Dispatcher, request: &Request<'_>) -> String {
    owner(&dispatcher.assign_request(request, at(NOON)).unwrap())
}

#[test]
fn who_is_left_out_gets_no_seat() {
    let dispatcher = two_teams();
    let plain = lead(1);
    for _ in 0..6 {
        let request = Request::new(&plain)
            .leave_out(["a"])
            .leave_out(["nobody known"]);
        assert_ne!(assign(&dispatcher, &request), "a");
    }
    let nobody = Request::new(&plain).leave_out(["a", "b", "c"]);
    assert_eq!(assign(&dispatcher, &nobody), "all_seated");
    // Not as support, nor by name.
    let helped = lead_to(2, "helped");
    for _ in 0..4 {
        let request = Request::new(&helped).leave_out(["d", "c"]);
        let assignment = dispatcher.assign_request(&request, at(NOON)).unwrap();
        assert_eq!(assignment.supporters(), []);
        assert_eq!(
            assignment.support_unavailable()[0].reason.as_str(),
            "all_seated"
        );
    }
    let named = lead_to(3, "c");
    assert_eq!(
        assign(&dispatcher, &Request::new(&named).leave_out(["c"])),
        "left_out"
    );
    let by_hand = Request::new(&plain)
        .to(Target::member("b"))
        .leave_out(["b"]);
    assert_eq!(assign(&dispatcher, &by_hand), "left_out");
}

#[test]
fn a_preferred_member_gets_the_lead_if_possible_and_it_is_a_turn() {
    let dispatcher = two_teams();
    let plain = lead(1);
    let prefers = |member: &str| Request::new(&plain).prefer_member(member);
    for _ in 0..2 {
        let assignment = dispatcher.assign_request(&prefers("b"), at(NOON)).unwrap();
        let seat = assignment.owner().unwrap();
        assert_eq!(
            (seat.member().as_str(), seat.chosen()),
            ("b", Chosen::ByPreference)
        );
    }
    // The two count as turns of b.
    let next: Vec<String> = (0..4)
        .map(|_| assign(&dispatcher, &Request::new(&plain)))
        .collect();
    assert_eq!(next, ["a", "c", "a", "c"]);
    // Paused, full, in another team, unknown: the strategy picks.
    dispatcher.pause_member("b").unwrap();
    for member in ["b", "d", "nobody known"] {
        assert!(
            ["a", "c"].contains(&&*assign(&dispatcher, &prefers(member))),
            "{member}"
        );
    }
    while load(&dispatcher, "c").0 < 4 {
        assert_eq!(assign(&dispatcher, &prefers("c")), "c");
    }
    assert_eq!(assign(&dispatcher, &prefers("c")), "a");
    // The owner's preference says nothing of support.
    let helped = lead_to(2, "helped");
    let assignment = dispatcher.assign_request(&Request::new(&helped).prefer_member("a"), at(NOON));
    assert_eq!(assignment.unwrap().supporters().len(), 1);
}

#[test]
fn units_and_requirements_of_the_request_replace_those_of_the_rule() {
    let dispatcher = two_teams();
    let plain = lead(1);
    let request = Request::new(&plain)
        .units(3)
        .requires(Requirement::new().grade_exactly("senior"));
    let assignment = dispatcher.assign_request(&request, at(NOON)).unwrap();
    let member = owner(&assignment);
    assert_eq!(member, "b");
    assert_eq!((assignment.units(), load(&dispatcher, "b").0), (3, 3));
    dispatcher.complete(&assignment.receipt()).unwrap();
    assert_eq!(load(&dispatcher, "b").0, 0);
    // Five units are more than c may have open.
    let five = Request::new(&plain).units(5).leave_out(["a", "b"]);
    assert_eq!(assign(&dispatcher, &five), "nobody_with_capacity");
    for units in [0, 1_001, u32::MAX] {
        let refused = dispatcher.assign_request(&Request::new(&plain).units(units), at(NOON));
        assert!(
            matches!(refused, Err(RosterError::OutOfLimits { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn a_request_replaces_only_what_it_says() {
    let dispatcher = dispatcher(&json!({
        "grades": ["junior", "senior"],
        "members": [{ "id": "a", "grade": "junior" }, { "id": "b", "grade": "senior" }],
        "teams": [{ "id": "east", "members": ["a", "b"] }],
        "rules": [{ "id": "all", "assign_to": "east", "requires": { "grade": { "at_least": "senior" } } }],
    }));
    let plain = lead(1);
    for _ in 0..3 {
        let prefers = Request::new(&plain).prefers(Requirement::new().skill("french", 1));
        assert_eq!(assign(&dispatcher, &prefers), "b");
    }
    let junior = Request::new(&plain).requires(Requirement::new().grade_exactly("junior"));
    assert_eq!(assign(&dispatcher, &junior), "a");
}

#[test]
fn who_could_not_have_had_the_lead_owes_nothing_for_a_preferred_member() {
    let two = || {
        dispatcher(&json!({
            "attributes": { "to": "text" },
            "grades": ["junior", "senior"],
            "members": [
                { "id": "a", "grade": "senior" }, { "id": "b", "grade": "senior" }, { "id": "c", "grade": "junior" },
            ],
            "teams": [{ "id": "east", "members": ["a", "b", "c"] }],
            "rules": [
                { "id": "senior", "when": "to = senior", "assign_to": "east",
                  "requires": { "grade": { "at_least": "senior" } } },
                { "id": "all", "assign_to": "east" },
            ],
        }))
    };
    let (by_strategy, preferred) = (two(), two());
    let senior = lead_to(1, "senior");
    for member in ["a", "b"].into_iter().cycle().take(30) {
        let _ = by_strategy.assign(&senior, at(NOON));
        assert_eq!(
            assign(&preferred, &Request::new(&senior).prefer_member(member)),
            member
        );
    }
    let plain = lead(2);
    for _ in 0..12 {
        let expected = owner(&by_strategy.assign(&plain, at(NOON)));
        assert_eq!(assign(&preferred, &Request::new(&plain)), expected);
    }
}

#[test]
fn a_lead_does_not_wait_for_who_is_left_out() {
    let away = |until: &str| json!([{ "from": "2026-03-01", "until": until }]);
    let dispatcher = dispatcher(&json!({
        "members": [
            { "id": "a", "leave": away("2026-04-01") },
            { "id": "b", "leave": away("2026-04-10") },
        ],
        "teams": [{ "id": "east", "members": ["a", "b"], "if_nobody": "wait" }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    let plain = lead(1);
    let waits = |request: &Request<'_>| {
        let assignment = dispatcher.assign_request(request, at(NOON)).unwrap();
        assignment.outcome().clone()
    };
    let until = |moment: &str| AssignmentOutcome::Waiting(Some(at(moment)));
    assert_eq!(waits(&Request::new(&plain)), until("2026-04-01T00:00:00Z"));
    let without_a = Request::new(&plain).leave_out(["a"]);
    assert_eq!(waits(&without_a), until("2026-04-10T00:00:00Z"));
}

#[test]
fn audits_tell_of_requests() {
    let dispatcher = two_teams();
    let plain = lead(1);
    let request = Request::new(&plain).leave_out(["a"]).prefer_member("c");
    let (_, audit) = dispatcher
        .assign_request_with_audit(&request, at(NOON))
        .unwrap();
    insta::assert_snapshot!(audit, @"
    lead `L-1`:
      owner of team `east`: `c`, whom the request prefers
        could have had it: `b` with 0 open
        `a`: left out by the request
    ");
}
