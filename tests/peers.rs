//! Behaviour that people know from other lead routers.

mod dispatch_setup;

use dispatch_setup::{dispatcher, owners};
use serde_json::{Value, json};

const NOON: &str = "2026-09-01T12:00:00Z";

/// A team with these members, some of whom are declared with limits across all teams.
fn team(strategy: &str, seats: &Value, members: &Value) -> Value {
    json!({
        "members": members,
        "teams": [
            { "id": "east", "strategy": strategy, "members": seats, "if_nobody": { "overflow": "west" } },
            { "id": "west", "members": ["w"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east" }],
    })
}

/// Equal members take turns in listed order; a new day does not restart the rotation.
#[test]
fn equal_members_in_turn() {
    for (count, expected) in [(1, "a"), (2, "a b"), (3, "a b c"), (7, "a b c a b c a")] {
        let seats = json!(["a", "b", "c"]);
        let dispatcher = dispatcher(&team("round_robin", &seats, &json!([])));
        assert_eq!(owners(&dispatcher, count, NOON), expected);
    }
    let dispatcher = dispatcher(&team("round_robin", &json!(["a", "b", "c"]), &json!([])));
    assert_eq!(owners(&dispatcher, 2, NOON), "a b");
    assert_eq!(owners(&dispatcher, 2, "2026-09-02T12:00:00Z"), "c a");
}

/// Weights interleave smoothly: nobody gets a burst.
#[test]
fn weights_without_bursts() {
    for (weights, expected) in [
        ([2, 1, 1], "a b c a a b c a"),
        ([3, 1, 1], "a b a c a a b a c a"),
        ([1, 1, 2], "c a b c c a b c"),
    ] {
        let names = ["a", "b", "c"];
        let seats = names.iter().zip(weights);
        let seats = seats.map(|(name, weight)| json!({ "member": name, "weight": weight }));
        let dispatcher = dispatcher(&team("round_robin", &seats.collect(), &json!([])));
        let count = expected.split(' ').count();
        let got = owners(&dispatcher, count, NOON);
        assert_eq!(got, expected, "{weights:?}");
    }
}

/// A member on leave is skipped and the others keep their order; the member who returns has waited
/// longest, and is not flooded.
#[test]
fn leave_only_skips() {
    let members = json!([
        { "id": "a" }, { "id": "b", "leave": [{ "from": "2026-09-02", "until": "2026-09-09" }] },
        { "id": "c" }, { "id": "d" }, { "id": "w" },
    ]);
    let dispatcher = dispatcher(&team("round_robin", &json!(["a", "b", "c", "d"]), &members));
    for (day, count, expected) in [
        ("2026-09-01", 4, "a b c d"),
        ("2026-09-02", 6, "a c d a c d"),
        ("2026-09-08", 3, "a c d"),
        ("2026-09-09", 8, "b a c d b a c d"),
    ] {
        let now = format!("{day}T12:00:00Z");
        assert_eq!(owners(&dispatcher, count, &now), expected, "{day}");
    }
}

/// Members at their limit are skipped, and a team at its limit overflows.
#[test]
fn a_full_team_overflows() {
    for (strategy, expected) in [
        ("round_robin", "a b a a w"),
        ("least_loaded", "a b a a w"),
        ("waterfall", "a a a b w"),
    ] {
        let members =
            json!([{ "id": "a", "max_open": 3 }, { "id": "b", "max_open": 1 }, { "id": "w" }]);
        let dispatcher = dispatcher(&team(strategy, &json!(["a", "b"]), &members));
        assert_eq!(owners(&dispatcher, 5, NOON), expected, "{strategy}");
    }
}

/// A daily limit resets the next day in the policy's time zone.
#[test]
fn a_daily_cap_opens_the_next_day() {
    let members = json!([{ "id": "a", "max_per_day": 1 }, { "id": "w" }]);
    let mut file = team("round_robin", &json!(["a"]), &members);
    file["time_zone"] = "America/New_York".into();
    let dispatcher = dispatcher(&file);
    for (now, expected) in [
        ("2026-09-01T12:00:00Z", "a w"),
        ("2026-09-02T03:59:00Z", "w"),
        ("2026-09-02T04:00:00Z", "a w"),
    ] {
        let count = expected.split(' ').count();
        assert_eq!(owners(&dispatcher, count, now), expected, "{now}");
    }
}

/// The least loaded member comes first, in proportion to weight; ties go to the member who waited longest.
#[test]
fn the_least_busy_first() {
    for (weights, expected) in [([1, 1, 1], "a b c a b c"), ([1, 2, 1], "b a c b b a")] {
        let seats = ["a", "b", "c"].iter().zip(weights);
        let seats = seats.map(|(name, weight)| json!({ "member": name, "weight": weight }));
        let dispatcher = dispatcher(&team("least_loaded", &seats.collect(), &json!([])));
        assert_eq!(owners(&dispatcher, 6, NOON), expected, "{weights:?}");
    }
}
