//! No limit is ever exceeded: by many threads, over days, and when the clock steps back.

mod dispatch_setup;

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::TimeDelta;
use dispatch_setup::{NOON, at, dispatcher, lead, lead_to, load, owner, owners, policy};
use leadtree::Lead;
use leadtree::dispatch::{AssignmentOutcome, Dispatcher, Receipt, Release};
use leadtree::rule::Target;
use serde_json::{Value, json};

const THREADS: usize = 8;
const LEADS_A_THREAD: usize = 500;

/// Two teams that share a member, with all kinds of limits; what does not fit stays unassigned.
fn shared_member(strategy: &str) -> Value {
    json!({
        "attributes": { "to": "text" },
        "members": [
            { "id": "both", "max_open": 60, "max_per_day": 50 },
            { "id": "m-1", "max_per_day": 40 },
            { "id": "m-2" },
            { "id": "m-3", "max_open": 0 },
        ],
        "teams": [
            { "id": "east", "strategy": strategy, "members": [
                { "member": "both", "max_open": 30, "weight": 3 }, "m-1", { "member": "m-2", "max_open": 70 }, "m-3",
            ] },
            { "id": "west", "strategy": strategy, "members": [
                { "member": "both", "max_per_day": 35 }, { "member": "m-2", "max_per_day": 33, "weight": 2 },
            ] },
        ],
        "rules": [
            { "id": "east", "when": { "to": { "is": "east" } }, "assign_to": "east" },
            { "id": "west", "when": { "to": { "is": "west" } }, "assign_to": "west" },
        ],
    })
}

#[test]
fn eight_threads_never_exceed_a_limit_and_each_call_counts_once() {
    for strategy in [
        "round_robin",
        "least_loaded",
        "sticky",
        "random",
        "waterfall",
    ] {
        let dispatcher = dispatcher(&shared_member(strategy));
        let results = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let (dispatcher, results) = (&dispatcher, &results);
                scope.spawn(move || {
                    for number in 0..LEADS_A_THREAD {
                        let number = thread * LEADS_A_THREAD + number;
                        let team = if number.is_multiple_of(2) {
                            "east"
                        } else {
                            "west"
                        };
                        let assignment = dispatcher.assign(&lead_to(number, team), at(NOON));
                        assert_eq!(assignment.lead().as_str(), format!("L-{number}"));
                        let outcome = assignment.outcome();
                        let is_assigned = *outcome == AssignmentOutcome::Assigned;
                        assert_eq!(assignment.seats().count(), usize::from(is_assigned));
                        results.lock().unwrap().push((team, assignment));
                    }
                });
            }
        });
        let results = results.into_inner().unwrap();
        assert_eq!(results.len(), THREADS * LEADS_A_THREAD, "{strategy}");
        let mut counts: HashMap<(&str, String), u32> = HashMap::new();
        for (team, assignment) in &results {
            *counts.entry((*team, owner(assignment))).or_default() += 1;
        }
        let count =
            |team, member: &str| counts.get(&(team, member.to_owned())).copied().unwrap_or(0);
        let both = |member| count("east", member) + count("west", member);
        // Far more leads than room, so every limit is reached and none exceeded.
        assert_eq!(both("both"), 50, "{strategy}: {counts:?}");
        assert!(count("east", "both") <= 30, "{strategy}: {counts:?}");
        assert!(count("west", "both") <= 35, "{strategy}: {counts:?}");
        assert_eq!(count("east", "m-1"), 40, "{strategy}: {counts:?}");
        assert_eq!(count("east", "m-2"), 70, "{strategy}: {counts:?}");
        assert_eq!(count("west", "m-2"), 33, "{strategy}: {counts:?}");
        assert_eq!(both("m-3"), 0, "{strategy}: {counts:?}");
        // The dispatcher's counters agree with its answers.
        let state = dispatcher.state();
        for member in ["both", "m-1", "m-2", "m-3"] {
            assert_eq!(
                load(&dispatcher, member),
                (both(member), both(member)),
                "{strategy}"
            );
            for team in ["east", "west"] {
                if let Some(seat) = state.team(team).unwrap().seats.get(member) {
                    let expected = count(team, member);
                    assert_eq!((seat.open, seat.today), (expected, expected), "{strategy}");
                }
            }
        }
    }
}

#[test]
fn threads_that_release_leads_leave_nothing_behind() {
    let dispatcher = dispatcher(&shared_member("round_robin"));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let dispatcher = &dispatcher;
            scope.spawn(move || {
                let mut receipts: Vec<Receipt> = Vec::new();
                for number in 0..LEADS_A_THREAD {
                    let team = if (number + thread) % 2 == 0 {
                        "east"
                    } else {
                        "west"
                    };
                    let assignment = dispatcher.assign(&lead_to(number, team), at(NOON));
                    receipts.push(assignment.receipt());
                    if number % 3 == 0 {
                        for receipt in receipts.drain(..) {
                            dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
                        }
                    }
                }
                for receipt in receipts {
                    dispatcher.release(&receipt, Release::KeepTurn).unwrap();
                }
            });
        }
    });
    for member in ["both", "m-1", "m-2", "m-3"] {
        assert_eq!(load(&dispatcher, member), (0, 0), "{member}");
    }
    let state = dispatcher.state();
    let seats = state.teams().flat_map(|(_, team)| team.seats.values());
    assert!(
        seats
            .into_iter()
            .all(|seat| (seat.open, seat.today) == (0, 0))
    );
}

fn one_a_day(time_zone: &str) -> Dispatcher {
    dispatcher(&json!({
        "time_zone": time_zone,
        "teams": [{ "id": "east", "members": [{ "member": "m-1", "max_per_day": 1 }] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }))
}

#[test]
fn the_day_begins_at_midnight_of_the_policys_time_zone() {
    for (time_zone, last, first) in [
        (
            "UTC",
            "2026-03-31T23:59:59.999999999Z",
            "2026-04-01T00:00:00Z",
        ),
        ("+08:00", "2026-03-31T15:59:59Z", "2026-03-31T16:00:00Z"),
        ("-03:30", "2026-04-01T03:29:59Z", "2026-04-01T03:30:00Z"),
        ("+14:00", "2026-03-31T09:59:59Z", "2026-03-31T10:00:00Z"),
    ] {
        let dispatcher = one_a_day(time_zone);
        let got = |moment: &str| owners(&dispatcher, 1, moment);
        let (last_answers, first_answers) = ([got(last), got(last)], [got(first), got(first)]);
        assert_eq!(
            last_answers,
            ["m-1", "nobody_with_capacity"],
            "{time_zone} at {last}"
        );
        assert_eq!(
            first_answers,
            ["m-1", "nobody_with_capacity"],
            "{time_zone} at {first}"
        );
    }
}

#[test]
fn a_clock_that_steps_back_opens_no_limit_twice() {
    let dispatcher = one_a_day("UTC");
    for (moment, expected) in [
        ("2026-03-31T23:59:00Z", "m-1"),
        ("2026-04-01T00:01:00Z", "m-1"),
        ("2026-03-31T23:59:30Z", "nobody_with_capacity"),
        ("2020-01-01T00:00:00Z", "nobody_with_capacity"),
        ("2026-04-01T00:02:00Z", "nobody_with_capacity"),
        ("2026-04-02T00:00:00Z", "m-1"),
    ] {
        assert_eq!(owners(&dispatcher, 1, moment), expected, "{moment}");
    }
    // Nor after storing the state, changing the roster or replacing the policy.
    let stored = dispatcher.state();
    dispatcher.restore(&stored);
    dispatcher.pause_member("m-1").unwrap();
    dispatcher.resume_member("m-1").unwrap();
    dispatcher.replace_policy(&dispatcher.policy()).unwrap();
    assert_eq!(
        owners(&dispatcher, 1, "2026-04-01T00:00:00Z"),
        "nobody_with_capacity"
    );
    assert_eq!(owners(&dispatcher, 1, "2026-04-03T00:00:00Z"), "m-1");
}

#[test]
fn extreme_times_are_safe() {
    use chrono::{DateTime, Utc};
    for time_zone in ["+14:00", "-12:00"] {
        let dispatcher = one_a_day(time_zone);
        for now in [
            DateTime::<Utc>::MIN_UTC,
            at(NOON),
            DateTime::<Utc>::MAX_UTC,
            at(NOON),
        ] {
            let _ = dispatcher.assign(&lead(1), now);
            let text = serde_json::to_string(&dispatcher.state()).unwrap();
            let state = serde_json::from_str(&text).unwrap();
            dispatcher.restore(&state);
        }
    }
}

#[test]
fn an_early_lead_counts_for_the_latest_day_and_goes_back_to_it() {
    let dispatcher = one_a_day("UTC");
    dispatcher.pause_member("m-1").unwrap();
    owners(&dispatcher, 1, "2026-04-02T00:00:00Z");
    dispatcher.resume_member("m-1").unwrap();
    let early = dispatcher.assign(&lead(1), at("2026-04-01T12:00:00Z"));
    assert_eq!(owner(&early), "m-1");
    let seat = early.owner().unwrap();
    assert_eq!(seat.counted_on().to_string(), "2026-04-02");
    assert_eq!(seat.counted_at(), at("2026-04-02T00:00:00Z"));
    assert_eq!(early.now(), at("2026-04-01T12:00:00Z"));
    dispatcher
        .release(&early.receipt(), Release::KeepTurn)
        .unwrap();
    assert_eq!(owners(&dispatcher, 1, "2026-04-02T12:00:00Z"), "m-1");
}

#[test]
fn completing_and_releasing_free_the_right_counts() {
    let file = json!({
        "teams": [{ "id": "east", "members": [{ "member": "m-1", "max_open": 5, "max_per_day": 5 }] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    for (what, same_day, expected) in [
        ("complete", true, (1, 2)),
        ("release", true, (1, 1)),
        ("release with the turn", true, (1, 1)),
        // The count of another day is gone; today's stays.
        ("complete", false, (2, 1)),
        ("release", false, (2, 1)),
        ("release with the turn", false, (2, 1)),
    ] {
        let dispatcher = dispatcher(&file);
        let receipt = dispatcher.assign(&lead(1), at(NOON)).receipt();
        let _ = dispatcher.assign(&lead(2), at(NOON));
        if !same_day {
            let _ = dispatcher.assign(&lead(3), at(NOON) + TimeDelta::days(1));
        }
        match what {
            "complete" => dispatcher.complete(&receipt),
            "release" => dispatcher.release(&receipt, Release::KeepTurn),
            _ => dispatcher.release(&receipt, Release::GiveTurnBack),
        }
        .unwrap();
        assert_eq!(
            load(&dispatcher, "m-1"),
            expected,
            "{what}, same day: {same_day}"
        );
        let seat = dispatcher.state().team("east").unwrap().seats["m-1"].clone();
        assert_eq!(
            (seat.open, seat.today),
            expected,
            "{what}, same day: {same_day}"
        );
    }
}

#[test]
fn a_receipt_given_back_too_often_takes_nothing_below_zero() {
    let dispatcher = one_a_day("UTC");
    let receipt = dispatcher.assign(&lead(1), at(NOON)).receipt();
    for _ in 0..3 {
        dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
        dispatcher.complete(&receipt).unwrap();
    }
    assert_eq!(load(&dispatcher, "m-1"), (0, 0));
    assert_eq!(owners(&dispatcher, 2, NOON), "m-1 nobody_with_capacity");
}

#[test]
fn everyone_ignores_limits_and_still_counts() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "m-1", "max_open": 1 }, { "id": "m-2", "max_open": 0 }, { "id": "m-3", "active": false }],
        "teams": [{ "id": "east", "members": ["m-1", "m-2", "m-3"], "if_nobody": "everyone" }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    assert_eq!(owners(&dispatcher, 1, NOON), "m-1");
    let rest = owners(&dispatcher, 6, NOON);
    assert!(
        !rest.contains("m-3") && rest.contains("m-1") && rest.contains("m-2"),
        "{rest}"
    );
    assert_eq!(load(&dispatcher, "m-1").0 + load(&dispatcher, "m-2").0, 7);
}

#[test]
fn a_policy_with_lower_limits_holds_from_the_moment_it_runs() {
    let file = |max_open: u32| {
        policy(&json!({
            "teams": [{ "id": "east", "members": [{ "member": "m-1", "max_open": max_open }] }],
            "rules": [{ "id": "all", "assign_to": "east" }],
        }))
    };
    let dispatcher = Dispatcher::new(&file(9)).unwrap();
    let receipts: Vec<_> = (0..5)
        .map(|number| dispatcher.assign(&lead(number), at(NOON)).receipt())
        .collect();
    dispatcher.replace_policy(&file(4)).unwrap();
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_with_capacity");
    for receipt in &receipts[..2] {
        dispatcher.complete(receipt).unwrap();
    }
    assert_eq!(owners(&dispatcher, 2, NOON), "m-1 nobody_with_capacity");
}

#[test]
fn a_member_shared_by_teams_is_full_for_all_of_them() {
    let file = json!({
        "attributes": { "to": "text" },
        "members": [{ "id": "both", "max_open": 2 }],
        "teams": [{ "id": "east", "members": ["both"] }, { "id": "west", "members": ["both"] }],
        "rules": [
            { "id": "east", "when": { "to": { "is": "east" } }, "assign_to": "east" },
            { "id": "west", "when": { "to": { "is": "west" } }, "assign_to": "west" },
            { "id": "named", "assign_to": { "member": "both" } },
        ],
    });
    let dispatcher = dispatcher(&file);
    let to = |team| owner(&dispatcher.assign(&lead_to(1, team), at(NOON)));
    assert_eq!((to("east"), to("west")), ("both".into(), "both".into()));
    for team in ["east", "west"] {
        assert_eq!(to(team), "nobody_with_capacity", "{team}");
    }
    let named = dispatcher.assign(&Lead::builder("L-1").build(), at(NOON));
    assert_eq!(owner(&named), "nobody_with_capacity");
}

/// A receipt is for one seat: what comes twice, or to an older state, is not taken off others.
#[test]
fn a_receipt_that_comes_twice_opens_no_place_for_others() {
    let file = json!({
        "teams": [
            { "id": "east", "members": ["a", "b"], "max_open": 2, "max_per_day": 3 },
            { "id": "west", "members": ["a"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let dispatcher = dispatcher(&file);
    let before = dispatcher.state();
    let first = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(owners(&dispatcher, 2, NOON), "b team_full");
    // Once counts, the second time does not, also if it is taken back then.
    dispatcher.complete(&first.receipt()).unwrap();
    dispatcher.complete(&first.receipt()).unwrap();
    dispatcher
        .release(&first.receipt(), Release::KeepTurn)
        .unwrap();
    assert_eq!(owners(&dispatcher, 2, NOON), "a team_full");
    let numbers = |dispatcher: &Dispatcher| {
        let state = dispatcher.state();
        let east = state.team("east").unwrap();
        let seats = east.seats.values();
        let seats = seats.fold((0, 0), |sum, it| (sum.0 + it.open, sum.1 + it.today));
        assert_eq!((east.open, east.today), seats);
        (east.open, east.today)
    };
    assert_eq!(numbers(&dispatcher), (2, 3));
    // A state from before the lead knows nothing of it.
    let _ = dispatcher.restore(&before);
    assert_eq!(owners(&dispatcher, 1, NOON), "a");
    let by_hand = dispatcher
        .assign_to(Target::member("b"), &lead(9), at(NOON))
        .unwrap();
    let of_b = dispatcher.assign(&lead(2), at(NOON));
    assert_eq!(owner(&of_b), "b");
    dispatcher.complete(&of_b.receipt()).unwrap();
    dispatcher.complete(&of_b.receipt()).unwrap();
    assert_eq!(numbers(&dispatcher), (1, 2));
    // The lead without a team is its own.
    assert_eq!(load(&dispatcher, "b"), (1, 2));
    dispatcher.complete(&by_hand.receipt()).unwrap();
    dispatcher.complete(&by_hand.receipt()).unwrap();
    assert_eq!(load(&dispatcher, "b"), (0, 2));
}

#[test]
fn a_moment_far_ahead_closes_no_day() {
    let file = json!({
        "teams": [
            { "id": "east", "members": [{ "member": "a", "max_per_day": 2 }], "if_nobody": { "overflow": "west" } },
            { "id": "west", "members": ["b"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let policy = policy(&file);
    let bounded = Dispatcher::builder(&policy).max_step(TimeDelta::days(3));
    let dispatcher = bounded.build().unwrap();
    assert_eq!(owners(&dispatcher, 1, NOON), "a");
    let before = dispatcher.state();
    // A clock that is wrong by a century; not even the team beside it, which has seen no moment, is asked.
    let far = dispatcher.assign(&lead(2), at("2126-01-01T00:00:00Z"));
    assert_eq!(far.reason_code(), Some("moment_too_far_ahead"));
    assert_eq!((far.owner(), far.refusals()), (None, &[][..]));
    assert_eq!(dispatcher.state(), before);
    // The bound itself is allowed, a moment later is not.
    for (moment, owner) in [
        ("2026-04-03T12:00:00.000000001Z", "moment_too_far_ahead"),
        ("2026-04-03T12:00:00Z", "a"),
        ("2026-04-03T11:00:00Z", "a"),
        ("2026-04-04T11:00:00Z", "a"),
        ("2026-04-20T11:00:00Z", "moment_too_far_ahead"),
    ] {
        assert_eq!(owners(&dispatcher, 1, moment), owner, "{moment}");
    }
    dispatcher.advance_to(at("2026-04-20T11:00:00Z"));
    dispatcher.advance_to(at(NOON));
    assert_eq!(owners(&dispatcher, 3, "2026-04-20T11:00:00Z"), "a a b");
    // The bound stays with later policies.
    let _ = dispatcher.replace_policy(&policy).unwrap();
    assert_eq!(
        owners(&dispatcher, 1, "2027-04-20T11:00:00Z"),
        "moment_too_far_ahead"
    );
}

/// Members of a team who go take their open leads along; the team's day goes on without them.
#[test]
fn a_team_whose_members_are_all_replaced_keeps_its_day_but_not_their_open_leads() {
    let with = |members: &[&str]| {
        policy(&json!({
            "members": [{ "id": "a" }, { "id": "b" }],
            "teams": [{ "id": "east", "members": members, "max_open": 3, "max_per_day": 4 }],
            "rules": [{ "id": "all", "assign_to": "east" }],
        }))
    };
    let dispatcher = Dispatcher::new(&with(&["a"])).unwrap();
    assert_eq!(owners(&dispatcher, 3, NOON), "a a a");
    let stored = dispatcher.state();
    let _ = dispatcher.replace_policy(&with(&["b"])).unwrap();
    let (restored, _) = Dispatcher::builder(&with(&["b"])).restore(&stored).unwrap();
    for dispatcher in [dispatcher, restored] {
        assert_eq!(dispatcher.state().team("east").unwrap().open, 0);
        assert_eq!(owners(&dispatcher, 2, NOON), "b team_full");
    }
}

#[test]
fn a_lead_is_given_back_after_its_team_was_gone_and_has_come_back() {
    let file = |teams: serde_json::Value| {
        policy(&json!({ "members": [{ "id": "a", "max_open": 1 }], "teams": teams }))
    };
    let (with, without) = (
        file(json!([{ "id": "east", "members": ["a"] }])),
        file(json!([])),
    );
    let dispatcher = Dispatcher::new(&with).unwrap();
    let by_hand = Target::member("a").in_team("east");
    let assignment = dispatcher.assign_to(by_hand, &lead(1), at(NOON)).unwrap();
    for policy in [&without, &with] {
        let _ = dispatcher.replace_policy(policy).unwrap();
    }
    assert_eq!(load(&dispatcher, "a"), (1, 1));
    dispatcher.complete(&assignment.receipt()).unwrap();
    assert_eq!(load(&dispatcher, "a"), (0, 1));
}

#[test]
fn a_receipt_that_is_given_back_twice_leaves_the_counts_of_the_day_alike() {
    let file = json!({ "teams": [{ "id": "east", "members": ["a", "b"] }] });
    let dispatcher = Dispatcher::new(&policy(&file)).unwrap();
    let to = |member: &str| Target::member(member).in_team("east");
    let day_before = at(NOON) - chrono::TimeDelta::days(1);
    let _ = dispatcher.assign_to(to("a"), &lead(1), day_before).unwrap();
    let today = dispatcher.assign_to(to("a"), &lead(2), at(NOON)).unwrap();
    let _ = dispatcher.assign_to(to("b"), &lead(3), at(NOON)).unwrap();
    for _ in 0..2 {
        dispatcher
            .release(&today.receipt(), Release::KeepTurn)
            .unwrap();
    }
    let state = dispatcher.state();
    let east = state.team("east").unwrap();
    let seats = east.seats.values().map(|seat| seat.today);
    assert_eq!((east.today, seats.sum::<u32>()), (1, 1));
}
