//! Rosters and policies change while the dispatcher runs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(
    clippy::let_unit_value,
    clippy::ignored_unit_patterns,
    reason = "what these give back may grow"
)]

mod dispatch_setup;

use std::sync::Barrier;

use dispatch_setup::{NOON, at, dispatcher, lead, load, owner, owners, policy};
use leadtree::dispatch::{Dispatcher, Release};
use leadtree::policy::PolicyDraft;
use leadtree::team::TeamMember;
use leadtree::{MemberId, TeamId};
use serde_json::{Value, json};

const ROUNDS: usize = 40;
const LEADS_A_ROUND: usize = 25;

fn team_of(members: &[&str]) -> Value {
    json!({
        "teams": [{ "id": "east", "members": members }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    })
}

fn east() -> TeamId {
    TeamId::from("east")
}

fn member(id: &str) -> MemberId {
    MemberId::from(id)
}

#[test]
fn a_paused_member_gets_nothing_until_resumed() {
    let dispatcher = dispatcher(&team_of(&["a", "b"]));
    dispatcher.pause_member(member("a")).unwrap();
    assert_eq!(owners(&dispatcher, 3, NOON), "b b b");
    assert_eq!(
        dispatcher.changes().paused().collect::<Vec<_>>(),
        [&member("a")]
    );
    dispatcher.pause_member(member("b")).unwrap();
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_active");
    dispatcher.resume_member(member("a")).unwrap();
    assert_eq!(owners(&dispatcher, 2, NOON), "a a");
}

#[test]
fn resuming_overrides_the_policy_until_the_change_is_cleared() {
    let file = json!({
        "members": [{ "id": "a", "active": false }],
        "teams": [{ "id": "east", "members": ["a"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let dispatcher = dispatcher(&file);
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_active");
    dispatcher.resume_member(member("a")).unwrap();
    assert_eq!(owners(&dispatcher, 1, NOON), "a");
    let _ = dispatcher.clear_member(member("a"));
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_active");
    assert!(dispatcher.changes().is_empty());
}

#[test]
fn members_are_added_and_removed_while_running() {
    let dispatcher = dispatcher(&team_of(&["a", "b"]));
    dispatcher.remove_member(east(), member("a")).unwrap();
    assert_eq!(owners(&dispatcher, 2, NOON), "b b");
    dispatcher
        .add_member(east(), TeamMember::new("c").max_open(1))
        .unwrap();
    // Level with b, but after b in the roster; at the limit after one lead.
    assert_eq!(owners(&dispatcher, 3, NOON), "b c b");
    // A removed member comes back at the end of the roster, level with the others.
    dispatcher.add_member(east(), "a").unwrap();
    let changes = dispatcher.changes();
    let added: Vec<_> = changes
        .added()
        .flat_map(|(_, members)| members.iter().map(|seat| seat.member().to_string()))
        .collect();
    assert_eq!(added, ["c", "a"]);
    let _ = dispatcher.clear_changes();
    assert!(dispatcher.changes().is_empty());
    let members: Vec<_> = dispatcher
        .state()
        .team("east")
        .unwrap()
        .seats
        .keys()
        .cloned()
        .collect();
    assert_eq!(members, ["a", "b"]);
}

#[test]
fn changes_that_make_no_sense_are_refused_and_change_nothing() {
    let dispatcher = dispatcher(&team_of(&["m-01", "m-02"]));
    owners(&dispatcher, 3, NOON);
    let before = dispatcher.state();
    let weightless = TeamMember::new("x").weight(0);
    let heavy = TeamMember::new("x").weight(1_000_001);
    for (result, message) in [
        (
            dispatcher.pause_member(member("m-1")),
            "unknown member `m-1`; did you mean `m-01`?",
        ),
        (dispatcher.resume_member(member("x")), "unknown member `x`"),
        (
            dispatcher.add_member("eats", "x"),
            "unknown team `eats`; did you mean `east`?",
        ),
        (
            dispatcher.add_member(east(), "m-01"),
            "member `m-01` is in team `east` already; remove first to change the place",
        ),
        (
            dispatcher.add_member(east(), weightless),
            "a weight of 0; give 1 to 1000000",
        ),
        (
            dispatcher.add_member(east(), heavy),
            "a weight of 1000001; give 1 to 1000000",
        ),
        (
            dispatcher.remove_member(east(), member("x")),
            "member `x` is not in team `east`",
        ),
        (dispatcher.remove_member("", member("x")), "unknown team ``"),
    ] {
        assert_eq!(result.unwrap_err().to_string(), message);
    }
    assert_eq!(dispatcher.state(), before);
}

#[test]
fn open_leads_stay_with_a_member_who_is_removed() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "a" }, { "id": "b" }],
        "teams": [{ "id": "east", "members": ["a", "b"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    let receipt = dispatcher.assign(&lead(1), at(NOON)).receipt();
    dispatcher.remove_member(east(), member("a")).unwrap();
    assert_eq!(load(&dispatcher, "a"), (1, 1));
    dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
    assert_eq!(load(&dispatcher, "a"), (0, 0));
}

#[test]
fn resuming_overrides_the_team_too() {
    let dispatcher = dispatcher(&json!({
        "teams": [{ "id": "east", "members": [{ "member": "a", "active": false }] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_active");
    dispatcher.resume_member("a").unwrap();
    assert_eq!(
        dispatcher.changes().resumed().collect::<Vec<_>>(),
        [&member("a")]
    );
    assert_eq!(owners(&dispatcher, 1, NOON), "a");
    let state = dispatcher.state();
    dispatcher.restore(&state);
    assert_eq!(owners(&dispatcher, 1, NOON), "a");
    let _ = dispatcher.clear_member("a");
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_active");
}

#[test]
fn leaving_and_returning_gains_no_extra_leads() {
    let dispatcher = dispatcher(&json!({
        "teams": [{ "id": "east", "members": [{ "member": "a", "max_open": 2 }] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    assert_eq!(owners(&dispatcher, 2, NOON), "a a");
    dispatcher.remove_member(east(), member("a")).unwrap();
    assert_eq!(load(&dispatcher, "a"), (2, 2));
    let nobody = dispatcher.assign(&lead(3), at(NOON));
    assert_eq!(nobody.reason_code(), Some("team_empty"));
    let back = TeamMember::new("a").max_open(2);
    dispatcher.add_member(east(), back).unwrap();
    let full = dispatcher.assign(&lead(4), at(NOON));
    assert_eq!(full.reason_code(), Some("nobody_with_capacity"));
    // Likewise from a stored state, and after all changes are cleared.
    let stored = serde_json::to_string(&dispatcher.state()).unwrap();
    let _ = dispatcher.restore(&serde_json::from_str(&stored).unwrap());
    assert!(dispatcher.clear_changes().is_complete());
    let still_full = dispatcher.assign(&lead(5), at(NOON));
    assert_eq!(still_full.reason_code(), Some("nobody_with_capacity"));
}

#[test]
fn what_clearing_changes_forgets_is_reported() {
    let dispatcher = dispatcher(&team_of(&["a"]));
    let guest = TeamMember::new("guest");
    dispatcher.add_member(east(), guest).unwrap();
    assert_eq!(owners(&dispatcher, 2, NOON), "a guest");
    let report = dispatcher.clear_member(member("guest"));
    let forgotten: Vec<_> = report.forgotten().iter().map(ToString::to_string).collect();
    assert_eq!(
        forgotten,
        [
            "member `guest` with 1 open lead",
            "the place of `guest` in team `east`"
        ]
    );
}

#[test]
fn another_policy_keeps_rotation_and_load() {
    let dispatcher = dispatcher(&team_of(&["a", "b", "c"]));
    assert_eq!(owners(&dispatcher, 2, NOON), "a b");
    let mut other = team_of(&["a", "b", "c"]);
    other["version"] = json!("2");
    other["rules"] = json!([{ "id": "new", "assign_to": "east" }]);
    let report = dispatcher.replace_policy(&policy(&other)).unwrap();
    assert!(report.is_complete(), "{report:?}");
    let next = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(
        (owner(&next).as_str(), next.policy_version()),
        ("c", Some("2"))
    );
    assert_eq!(load(&dispatcher, "a"), (1, 1));
}

#[test]
fn changes_made_at_run_time_stay_on_top_of_another_policy() {
    let dispatcher = dispatcher(&team_of(&["a", "b"]));
    dispatcher.pause_member(member("a")).unwrap();
    dispatcher.remove_member(east(), member("b")).unwrap();
    dispatcher.add_member(east(), "x").unwrap();
    let other = team_of(&["b", "a", "c"]);
    dispatcher.replace_policy(&policy(&other)).unwrap();
    assert_eq!(owners(&dispatcher, 4, NOON), "c x c x");
}

#[test]
fn what_another_policy_forgets_is_reported() {
    let file = json!({
        "members": [{ "id": "a" }, { "id": "b" }, { "id": "c" }],
        "teams": [
            { "id": "east", "members": ["a", "b"] },
            { "id": "west", "members": ["c"] },
            { "id": "north", "members": ["b", "c"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let dispatcher = dispatcher(&file);
    owners(&dispatcher, 3, NOON);
    dispatcher.add_member("west", "d").unwrap();
    let other = json!({
        "members": [{ "id": "a" }, { "id": "c" }],
        "teams": [
            { "id": "east", "members": ["a"], "strategy": "random" },
            { "id": "north", "members": ["c"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let report = dispatcher.replace_policy(&policy(&other)).unwrap();
    let forgotten: Vec<String> = report.forgotten().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(forgotten.join("\n"), @r"
    member `b` with 1 open lead
    member `d` with 0 open leads
    the place of `b` in team `east`
    team `west`
    the place of `b` in team `north`
    the turns of rotation `east`
    run-time changes of team `west`, on hold
    ");
}

#[test]
fn a_policy_that_cannot_run_changes_nothing() {
    let dispatcher = dispatcher(&team_of(&["a", "b"]));
    owners(&dispatcher, 3, NOON);
    dispatcher.pause_member(member("a")).unwrap();
    let (before, running) = (dispatcher.state(), dispatcher.policy());
    let mut broken = team_of(&["a", "b"]);
    broken["teams"][0]["strategy"] = json!("roundabout");
    let error = dispatcher.replace_policy(&policy(&broken)).unwrap_err();
    assert!(
        error.to_string().contains("unknown strategy `roundabout`"),
        "{error}"
    );
    assert_eq!(dispatcher.state(), before);
    assert_eq!(dispatcher.policy(), running);
    assert_eq!(owners(&dispatcher, 1, NOON), "b");
}

#[test]
fn policies_change_under_threads_and_no_lead_is_lost() {
    let policies: Vec<_> = [&["a", "b"][..], &["b", "a", "c"], &["a", "b", "c", "d"]]
        .iter()
        .map(|members| {
            let mut file = team_of(members);
            // All four stay known, so that no load is forgotten.
            file["members"] = json!([{ "id": "a" }, { "id": "b" }, { "id": "c" }, { "id": "d" }]);
            policy(&file)
        })
        .collect();
    let dispatcher = Dispatcher::new(&policies[0]).unwrap();
    // In each round the policy changes while four threads assign, so that changes and leads mix however
    // the threads are scheduled.
    for round in 0..ROUNDS {
        let begin = Barrier::new(5);
        std::thread::scope(|scope| {
            let (dispatcher, begin) = (&dispatcher, &begin);
            for _ in 0..4 {
                scope.spawn(move || {
                    begin.wait();
                    for number in 0..LEADS_A_ROUND {
                        let assignment = dispatcher.assign(&lead(number), at(NOON));
                        assert!(assignment.owner().is_some(), "{assignment}");
                    }
                });
            }
            begin.wait();
            dispatcher.replace_policy(&policies[round % 3]).unwrap();
            if round % 5 == 0 {
                dispatcher.pause_member(member("a")).unwrap();
                assert_eq!(dispatcher.state().members().count(), 4);
                let _ = dispatcher.clear_changes();
            }
        });
    }
    let open: u32 = dispatcher
        .state()
        .members()
        .map(|(_, member)| member.open)
        .sum();
    assert_eq!(open, 4_000);
}

#[test]
fn a_team_and_its_rotation_come_back_from_a_state_that_still_knows_them() {
    let dispatcher = dispatcher(&team_of(&["a", "b", "c"]));
    owners(&dispatcher, 2, NOON);
    let stored = dispatcher.state();
    let report = dispatcher
        .replace_policy(&PolicyDraft::new().build().unwrap())
        .unwrap();
    assert!(!report.is_complete());
    dispatcher
        .replace_policy(&policy(&team_of(&["a", "b", "c"])))
        .unwrap();
    assert_eq!(
        owners(&dispatcher, 1, NOON),
        "a",
        "what was forgotten is gone"
    );
    let report = dispatcher.restore(&stored);
    assert!(report.is_complete(), "{report:?}");
    assert_eq!(owners(&dispatcher, 1, NOON), "c");
}

#[test]
fn a_member_of_one_team_can_join_another_that_shares_nobody_with_it() {
    let dispatcher = dispatcher(&json!({
        "teams": [{ "id": "east", "members": ["m-1"] }, { "id": "west", "members": ["m-2"] }],
        "rules": [{ "id": "all", "assign_to": "west" }],
    }));
    let refused = dispatcher.remove_member("west", "m-1").unwrap_err();
    assert_eq!(refused.to_string(), "member `m-1` is not in team `west`");
    dispatcher.add_member("west", "m-1").unwrap();
    assert_eq!(owners(&dispatcher, 2, NOON), "m-2 m-1");
}

#[test]
fn added_members_are_checked_against_the_limits() {
    let dispatcher = dispatcher(&team_of(&["a"]));
    let refused = |member: TeamMember| {
        dispatcher
            .add_member("east", member)
            .unwrap_err()
            .to_string()
    };
    let b = || TeamMember::new("b");
    assert_eq!(
        refused(b().max_within(u32::MAX, 60)),
        "4294967295 leads within a span; give 1 to 10000"
    );
    assert_eq!(
        refused(b().max_within(1, 0)),
        "0 minutes of a span; give 1 to 576000"
    );
    let many = (0..9).fold(b(), |member, _| member.max_within(1, 60));
    assert_eq!(refused(many), "9 sliding-window limits; give 0 to 8");
    let terms = (0..1_001).fold(b(), |member, _| {
        member.term(leadtree::rule::Period::default())
    });
    assert_eq!(refused(terms), "1001 terms; give 0 to 1000");
    dispatcher
        .add_member("east", b().max_within(1, 60))
        .unwrap();

    // Nor does a stored state add others.
    let mut state = serde_json::to_value(dispatcher.state()).unwrap();
    state["changes"]["added"]["east"][0]["max_within"] =
        serde_json::json!([{ "leads": u32::MAX, "minutes": 1 }, { "leads": 2, "minutes": 60 }]);
    let state = serde_json::from_value(state).unwrap();
    assert!(dispatcher.restore(&state).is_complete());
    let added = serde_json::to_value(dispatcher.changes()).unwrap();
    assert_eq!(
        added["added"]["east"][0]["max_within"],
        serde_json::json!([{ "leads": 2, "minutes": 60 }])
    );
}

#[test]
fn a_member_from_another_team_inherits_no_counts() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "m-1" }, { "id": "m-2" }],
        "teams": [
            { "id": "east", "members": ["m-1"] },
            { "id": "west", "members": [{ "member": "m-2", "max_open": 3 }] },
        ],
        "rules": [{ "id": "all", "assign_to": "west" }],
    }));
    assert_eq!(owners(&dispatcher, 3, NOON), "m-2 m-2 m-2");
    dispatcher
        .add_member("west", TeamMember::new("m-1").max_open(3))
        .unwrap();
    let state = dispatcher.state();
    assert_eq!(state.team("west").unwrap().seats["m-1"].open, 0);
    assert_eq!(
        owners(&dispatcher, 4, NOON),
        "m-1 m-1 m-1 nobody_with_capacity"
    );
}
