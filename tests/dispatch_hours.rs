//! Leads go to members who are at work: hours, holidays, leave and presence, and what happens when
//! nobody is there.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use chrono::{DateTime, TimeDelta, Utc};
use dispatch_setup::{at, dispatcher, lead, owner, owners};
use fastrand::Rng;
use leadtree::availability::{Leave, Presence};
use leadtree::dispatch::{AssignmentOutcome, AssignmentWarning, DispatchState, Dispatcher};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{IfNobody, Rule, Target};
use leadtree::team::{Member, Team};
use serde_json::{Value, json};

/// Two shifts in Shanghai: `early` from 06:00 to 14:00, `late` from 14:00 to 22:00.
fn two_shifts(team: &Value) -> Value {
    let mut file = json!({
        "time_zone": "Asia/Shanghai",
        "holidays": { "cn": ["2026-10-01..2026-10-07"] },
        "members": [
            { "id": "early", "hours": "mon-fri 06:00-14:00", "holidays": ["cn"] },
            { "id": "late", "hours": "mon-fri 14:00-22:00", "holidays": ["cn"] },
        ],
        "teams": [
            { "id": "east", "members": ["early", "late"] },
            { "id": "west", "members": ["late"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    for (field, value) in team.as_object().unwrap() {
        file["teams"][0][field] = value.clone();
    }
    file
}

#[test]
fn leads_go_to_those_at_work() {
    let dispatcher = dispatcher(&two_shifts(&json!({})));
    for (now, expected) in [
        ("2026-09-29T06:00:00+08:00", "early early"),
        ("2026-09-29T13:59:59+08:00", "early early"),
        ("2026-09-29T14:00:00+08:00", "late late"),
        ("2026-09-29T21:59:59+08:00", "late late"),
        (
            "2026-09-29T22:00:00+08:00",
            "nobody_available nobody_available",
        ),
        ("2026-09-30T14:00:00+08:00", "late late"),
        (
            "2026-10-01T14:00:00+08:00",
            "nobody_available nobody_available",
        ),
        ("2026-10-08T06:00:00+08:00", "early early"),
    ] {
        assert_eq!(owners(&dispatcher, 2, now), expected, "at {now}");
    }
}

#[test]
fn working_time_goes_by_the_latest_time_seen() {
    let dispatcher = dispatcher(&two_shifts(&json!({})));
    assert_eq!(owners(&dispatcher, 1, "2026-09-29T14:00:00+08:00"), "late");
    assert_eq!(owners(&dispatcher, 1, "2026-09-29T10:00:00+08:00"), "late");
}

#[test]
fn hours_of_teams_and_members_both_apply() {
    let team = json!({ "hours": "mon-fri 09:00-17:00", "time_zone": "+09:00" });
    let dispatcher = dispatcher(&two_shifts(&team));
    for (now, expected) in [
        ("2026-09-29T07:59:59+08:00", "nobody_available"),
        ("2026-09-29T08:00:00+08:00", "early"),
        ("2026-09-29T15:59:59+08:00", "late"),
        ("2026-09-29T16:00:00+08:00", "nobody_available"),
    ] {
        assert_eq!(owners(&dispatcher, 1, now), expected, "at {now}");
    }
}

#[test]
fn hours_of_a_team_apply_to_all_its_members() {
    let dispatcher = dispatcher(&json!({
        "teams": [{ "id": "east", "hours": "mon-sun 09:00-17:00", "members": ["m-1", "m-2"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    assert_eq!(owners(&dispatcher, 2, "2026-09-29T09:00:00Z"), "m-1 m-2");
    assert_eq!(
        owners(&dispatcher, 1, "2026-09-29T17:00:00Z"),
        "nobody_available"
    );
}

/// A Friday evening when nobody is at work.
const EVENING: &str = "2026-09-25T23:00:00+08:00";
/// When `early` is back.
const MONDAY: &str = "2026-09-28T06:00:00+08:00";

#[test]
fn a_lead_can_wait_for_whoever_is_back_first() {
    let dispatcher = dispatcher(&two_shifts(&json!({ "if_nobody": "wait" })));
    let assignment = dispatcher.assign(&lead(1), at(EVENING));
    assert_eq!(
        assignment.outcome(),
        &AssignmentOutcome::Waiting(Some(at(MONDAY)))
    );
    assert_eq!(assignment.reason_code(), Some("nobody_available"));
    assert_eq!(
        assignment.to_string(),
        "lead `L-1`: rule `all` has it wait until 2026-09-28T06:00:00+08:00; \
         team `east` could not: nobody is at work now"
    );
    let record = serde_json::to_value(&assignment).unwrap();
    assert_eq!(record["outcome"], "waiting");
    assert_eq!(record["until"], "2026-09-27T22:00:00Z");
    assert_eq!(owners(&dispatcher, 1, MONDAY), "early");
}

#[test]
fn a_lead_that_waits_for_capacity_has_no_time_to_wait_for() {
    let mut file = two_shifts(&json!({ "if_nobody": "wait" }));
    file["members"][0]["max_open"] = 1.into();
    let dispatcher = dispatcher(&file);
    assert_eq!(owners(&dispatcher, 1, MONDAY), "early");
    let assignment = dispatcher.assign(&lead(2), at(MONDAY));
    assert_eq!(assignment.outcome(), &AssignmentOutcome::Waiting(None));
    assert_eq!(assignment.reason_code(), Some("nobody_with_capacity"));
}

#[test]
fn a_team_can_look_ahead_for_whoever_is_back_first() {
    // From Friday 23:00 to Monday 06:00 is 55 hours.
    for (hours, expected) in [(54, "nobody_available"), (55, "early"), (120, "early")] {
        let dispatcher = dispatcher(&two_shifts(&json!({ "look_ahead_hours": hours })));
        let assignment = dispatcher.assign(&lead(1), at(EVENING));
        assert_eq!(owner(&assignment), expected, "{hours} hours ahead");
    }
    let dispatcher = dispatcher(&two_shifts(&json!({ "look_ahead_hours": 120 })));
    let assignment = dispatcher.assign(&lead(1), at(EVENING));
    assert_eq!(assignment.warnings(), [AssignmentWarning::NotAvailable]);
    assert_eq!(assignment.available_from(), Some(at(MONDAY)));
    assert!(
        assignment
            .to_string()
            .ends_with("; at work from 2026-09-28T06:00:00+08:00")
    );
    let at_work = dispatcher.assign(&lead(2), at(MONDAY));
    assert_eq!(
        (at_work.warnings(), at_work.available_from()),
        (&[][..], None)
    );
}

#[test]
fn looking_ahead_skips_full_members_and_breaks_ties_by_turns() {
    let dispatcher = dispatcher(&json!({
        "members": [
            { "id": "m-1", "hours": "mon-fri 08:00-16:00", "max_open": 1 },
            { "id": "m-2", "hours": "mon-fri 09:00-17:00" },
            { "id": "m-3", "hours": "mon-thu 09:00-13:00" },
            { "id": "m-4", "hours": "mon-fri 10:00-18:00" },
        ],
        "teams": [{
            "id": "east", "members": ["m-1", "m-2", "m-3", "m-4"], "look_ahead_hours": 24,
        }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    let night = "2026-09-29T03:00:00Z";
    assert_eq!(owners(&dispatcher, 5, night), "m-1 m-2 m-3 m-2 m-3");
}

#[test]
fn looking_ahead_comes_before_if_nobody() {
    let team =
        json!({ "look_ahead_hours": 2, "if_nobody": { "overflow": { "pool": "unmatched" } } });
    let dispatcher = dispatcher(&two_shifts(&team));
    assert_eq!(owners(&dispatcher, 1, "2026-09-29T04:00:00+08:00"), "early");
    let night = dispatcher.assign(&lead(1), at("2026-09-29T23:00:00+08:00"));
    assert_eq!(
        night.pool().map(ToString::to_string).as_deref(),
        Some("unmatched")
    );
}

#[test]
fn everyone_ignores_hours_only_when_nobody_is_at_work() {
    let mut file = two_shifts(&json!({ "if_nobody": "everyone" }));
    file["members"][0]["max_open"] = 1.into();
    let dispatcher = dispatcher(&file);
    assert_eq!(owners(&dispatcher, 1, "2026-09-25T07:00:00+08:00"), "early");
    let full = dispatcher.assign(&lead(2), at("2026-09-25T07:00:00+08:00"));
    assert_eq!(owner(&full), "early", "late is not at work");
    assert_eq!(full.warnings(), [AssignmentWarning::OverLimit]);
    let night = dispatcher.assign(&lead(3), at(EVENING));
    assert_eq!(owner(&night), "late", "whose turn it is");
    assert_eq!(night.warnings(), [AssignmentWarning::NotAvailable]);
}

#[test]
fn nobody_at_work_overflows() {
    let dispatcher = dispatcher(&two_shifts(&json!({
        "hours": "mon-fri 06:00-12:00", "if_nobody": { "overflow": "west" },
    })));
    let assignment = dispatcher.assign(&lead(1), at("2026-09-29T15:00:00+08:00"));
    assert_eq!(owner(&assignment), "late");
    assert_eq!(assignment.refusals().len(), 1);
}

#[test]
fn a_named_member_gets_leads_at_any_hour_with_a_warning() {
    let mut file = two_shifts(&json!({}));
    file["rules"][0]["assign_to"] = json!({ "member": "late", "team": "east" });
    let dispatcher = dispatcher(&file);
    let by_name = dispatcher.assign(&lead(1), at("2026-09-29T07:00:00+08:00"));
    assert_eq!(owner(&by_name), "late");
    assert_eq!(by_name.warnings(), [AssignmentWarning::NotAvailable]);
    assert_eq!(
        by_name.available_from(),
        Some(at("2026-09-29T14:00:00+08:00"))
    );
    let target = Target::member("early");
    let by_hand = dispatcher
        .assign_to(target, &lead(2), at("2026-09-29T15:00:00+08:00"))
        .unwrap();
    assert_eq!(owner(&by_hand), "early");
    assert_eq!(by_hand.warnings(), [AssignmentWarning::NotAvailable]);
    let in_time = dispatcher.assign(&lead(3), at("2026-09-29T15:00:00+08:00"));
    assert_eq!(in_time.warnings(), []);
}

/// One active, one away and one unavailable member, each with room for one lead.
fn presences(last_asked: &str) -> Dispatcher {
    dispatcher(&json!({
        "members": [
            { "id": "unavailable", "presence": "unavailable", "max_open": 1 },
            { "id": "away", "presence": "away", "max_open": 1 },
            { "id": "active", "max_open": 1 },
        ],
        "teams": [{
            "id": "east",
            "members": ["unavailable", "away", "active"],
            "last_asked": last_asked,
        }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }))
}

#[test]
fn the_active_are_asked_before_those_who_are_away() {
    let noon = dispatch_setup::NOON;
    for (last_asked, expected) in [
        ("active", "active nobody_with_capacity"),
        ("away", "active away nobody_with_capacity"),
        (
            "unavailable",
            "active away unavailable nobody_with_capacity",
        ),
    ] {
        let count = expected.split(' ').count();
        assert_eq!(
            owners(&presences(last_asked), count, noon),
            expected,
            "{last_asked}"
        );
    }
}

#[test]
fn members_can_switch_their_presence() {
    let dispatcher = presences("away");
    dispatcher.set_presence("active", Presence::Away).unwrap();
    dispatcher
        .set_presence("unavailable", Presence::Active)
        .unwrap();
    assert_eq!(
        owners(&dispatcher, 3, dispatch_setup::NOON),
        "unavailable away active"
    );
    let stored = serde_json::to_string(&dispatcher.state()).unwrap();
    let stored: DispatchState = serde_json::from_str(&stored).unwrap();
    let other = presences("away");
    assert!(other.restore(&stored).is_complete());
    let changed: Vec<_> = other
        .changes()
        .presence()
        .map(|(it, _)| it.to_string())
        .collect();
    assert_eq!(changed, ["active", "unavailable"]);
    other.clear_changes();
    assert!(other.changes().is_empty());
    assert!(dispatcher.set_presence("nobody", Presence::Away).is_err());
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn leave_can_be_set_at_run_time_and_stays_when_the_policy_changes() {
    let file = two_shifts(&json!({}));
    let dispatcher = dispatcher(&file);
    let now = "2026-09-29T07:00:00+08:00";
    assert_eq!(owners(&dispatcher, 1, now), "early");
    let leave = Leave::days(day("2026-09-29"), day("2026-09-30")).unwrap();
    dispatcher.set_leave("early", [leave]).unwrap();
    assert_eq!(owners(&dispatcher, 1, now), "nobody_available");
    dispatcher
        .replace_policy(&Policy::load(&file).unwrap())
        .unwrap();
    assert_eq!(owners(&dispatcher, 1, now), "nobody_available");
    assert_eq!(dispatcher.changes().leave().count(), 1);
    dispatcher.clear_member("early");
    assert_eq!(owners(&dispatcher, 1, now), "early");
}

#[test]
fn clearing_leave_brings_somebody_back_to_work() {
    let mut file = two_shifts(&json!({}));
    file["members"][0]["leave"] = json!([{ "from": "2026-09-01", "until": "2026-10-01" }]);
    let dispatcher = dispatcher(&file);
    let now = "2026-09-29T07:00:00+08:00";
    assert_eq!(owners(&dispatcher, 1, now), "nobody_available");
    dispatcher.set_leave("early", []).unwrap();
    assert_eq!(owners(&dispatcher, 1, now), "early");
}

#[test]
fn somebody_who_is_away_misses_turns_and_gets_none_of_them_back() {
    let dispatcher = dispatcher(&json!({
        "members": [
            { "id": "a", "leave": [{ "from": "2026-09-02", "until": "2026-09-03" }] },
            { "id": "b" },
            { "id": "c" },
        ],
        "teams": [{ "id": "east", "members": ["a", "b", "c"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    assert_eq!(
        owners(&dispatcher, 6, "2026-09-01T08:00:00Z"),
        "a b c a b c"
    );
    assert_eq!(
        owners(&dispatcher, 6, "2026-09-02T08:00:00Z"),
        "b c b c b c"
    );
    assert_eq!(
        owners(&dispatcher, 6, "2026-09-03T08:00:00Z"),
        "a b c a b c"
    );
}

#[test]
fn a_deputy_does_not_inherit_the_turns_of_the_absent() {
    let dispatcher = dispatcher(&json!({
        "members": [
            { "id": "boss", "leave": [{ "from": "2026-09-02", "until": "2026-09-03" }] },
            { "id": "deputy" },
            { "id": "other" },
        ],
        "teams": [
            {
                "id": "east",
                "members": [{ "member": "boss", "weight": 2 }, "other"],
                "if_nobody": { "overflow": "deputies" },
            },
            { "id": "deputies", "members": ["deputy"] },
        ],
        "rules": [
            { "id": "named", "when": { "region": { "unlisted": true } },
              "assign_to": { "member": "deputy" } },
            { "id": "all", "assign_to": "east" },
        ],
    }));
    // While the boss is away, the deputy only gets leads by name.
    assert_eq!(
        owners(&dispatcher, 3, "2026-09-02T08:00:00Z"),
        "other other other"
    );
    let back = owners(&dispatcher, 6, "2026-09-03T08:00:00Z");
    assert_eq!(back.matches("boss").count(), 4);
}

#[test]
fn daily_limits_reset_at_local_midnight_under_daylight_saving() {
    let dispatcher = dispatcher(&json!({
        "time_zone": "Europe/Berlin",
        "members": [{ "id": "m-1", "max_per_day": 1 }],
        "teams": [{ "id": "east", "members": ["m-1"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    // Midnight is at 23:00 UTC in winter and at 22:00 UTC in summer.
    for (now, expected) in [
        ("2026-03-28T22:59:59Z", "m-1"),
        ("2026-03-28T23:00:00Z", "m-1"),
        ("2026-03-29T21:59:59Z", "nobody_with_capacity"),
        ("2026-03-29T22:00:00Z", "m-1"),
    ] {
        assert_eq!(owners(&dispatcher, 1, now), expected, "at {now}");
    }
}

#[test]
fn working_time_in_typed_rust() {
    let policy = PolicyDraft::new()
        .time_zone("Asia/Shanghai")
        .holidays(
            "cn",
            serde_json::from_value(json!(["2026-10-01..2026-10-07"])).unwrap(),
        )
        .member(
            Member::new("early")
                .hours("mon-fri 06:00-14:00")
                .holidays(["cn"]),
        )
        .member(
            Member::new("late")
                .hours("mon-fri 14:00-22:00")
                .holidays(["cn"]),
        )
        .team(
            Team::new("east")
                .members(["early", "late"])
                .if_nobody(IfNobody::Wait),
        )
        .team(Team::new("west").members(["late"]))
        .rule(Rule::new("all").assign_to("east"))
        .build()
        .unwrap();
    let file = two_shifts(&json!({ "if_nobody": "wait" }));
    assert_eq!(policy, Policy::load(&file).unwrap());
    let availability = policy.member_availability("early");
    assert_eq!(availability.next_available(at(EVENING)), Some(at(MONDAY)));
    assert!(
        policy
            .team_availability("east")
            .is_available_at(at(EVENING))
    );
}

#[test]
fn all_faults_of_working_time_come_at_once() {
    let errors = PolicyDraft::new()
        .time_zone("Asia/Shangai")
        .holidays("cn", serde_json::from_value(json!(["2026-10-01"])).unwrap())
        .holidays("cn", serde_json::from_value(json!(["2026-10-02"])).unwrap())
        .member(
            Member::new("m-1")
                .hours("mon-fri 9-18; sut 10:00-12:00")
                .holidays(["cm"]),
        )
        .team(
            Team::new("east")
                .member("m-1")
                .time_zone("+25:00")
                .look_ahead_hours(121),
        )
        .build()
        .unwrap_err();
    insta::assert_snapshot!(errors, @"
    the policy has 8 problems:
      time_zone: no time zone is named `Asia/Shangai`; write a name such as `Asia/Shanghai`, or an offset such as `+08:00`; did you mean `Asia/Shanghai`?
      holidays.cn: calendar `cn` is already used at an earlier entry; give each its own name
      members[0].hours: column 9: `9` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
      members[0].hours: column 11: `18` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
      members[0].hours: column 15: `sut` is not a day; days are mon, tue, wed, thu, fri, sat, sun; did you mean `sun`?
      members[0].holidays[0]: unknown calendar `cm`
      teams[0].time_zone: `+25:00` is not an offset from UTC; write hours and minutes: `+08:00`, `-03:30`
      teams[0].look_ahead_hours: 121 hours; write 1 to 120
    ");
}

const PRESENCES: [Presence; 4] = [
    Presence::Active,
    Presence::Active,
    Presence::Away,
    Presence::Unavailable,
];

fn any<T: Copy>(random: &mut Rng, from: &[T]) -> T {
    from[random.usize(..from.len())]
}

fn random_member(random: &mut Rng, name: &str, presence: Presence) -> Value {
    let hours = [
        "always",
        "never",
        "mon-fri 09:00-18:00",
        "mon-sun 22:00-06:00",
        "sat,sun 10:00-12:00",
    ];
    let zones = ["UTC", "+08:00", "Europe/Berlin", "America/New_York"];
    let first = random.u32(1..28);
    let mut member = json!({
        "id": name,
        "hours": any(random, &hours),
        "time_zone": any(random, &zones),
        "presence": presence.as_str(),
    });
    if random.bool() {
        let (from, until) = (
            format!("2026-03-{first:02}"),
            format!("2026-03-{:02}", first + 2),
        );
        member["leave"] = json!([{ "from": from, "until": until }]);
    }
    member
}

/// Random shifts, time zones, leave and presence, compared with a plain implementation.
#[test]
fn working_time_agrees_with_a_plain_implementation() {
    for seed in 0..80 {
        let mut random = Rng::with_seed(seed);
        let names: Vec<String> = (0..random.usize(1..6))
            .map(|it| format!("m-{it}"))
            .collect();
        let kinds: Vec<Presence> = names.iter().map(|_| any(&mut random, &PRESENCES)).collect();
        let members = names.iter().zip(&kinds);
        let members: Vec<Value> = members
            .map(|(name, presence)| random_member(&mut random, name, *presence))
            .collect();
        let last_asked = any(&mut random, &PRESENCES[1..]);
        let look_ahead = random.bool().then(|| random.u32(1..121));
        let mut team = json!({
            "id": "east", "members": names, "last_asked": last_asked.as_str(), "if_nobody": "wait",
            "hours": any(&mut random, &["always", "mon-fri 08:00-20:00"]),
            "strategy": "waterfall",
        });
        if let Some(hours) = look_ahead {
            team["look_ahead_hours"] = hours.into();
        }
        let policy = dispatch_setup::policy(&json!({
            "members": members, "teams": [team], "rules": [{ "id": "all", "assign_to": "east" }],
        }));
        let times: Vec<_> = names
            .iter()
            .map(|name| policy.member_availability(name))
            .collect();
        let open = policy.team_availability("east");
        let is_there = |member: usize, now: DateTime<Utc>| {
            times[member].is_available_at(now) && open.is_available_at(now)
        };
        let asked = |presence: Presence| {
            let kinds = &kinds;
            (0..names.len()).filter(move |&it| kinds[it] == presence && presence <= last_asked)
        };
        let dispatcher = Dispatcher::new(&policy).unwrap();
        let mut now = at("2026-03-01T00:00:00Z");
        for number in 0..60 {
            now += TimeDelta::minutes(random.i64(1..1_500));
            let assignment = dispatcher.assign(&lead(number), now);
            let there = Presence::ALL
                .into_iter()
                .find_map(|presence| asked(presence).find(|&member| is_there(member, now)));
            if let Some(member) = there {
                assert_eq!(owner(&assignment), names[member], "seed {seed} at {now}");
                assert_eq!(assignment.available_from(), None);
                continue;
            }
            // Minute by minute until somebody is back.
            let everybody = || Presence::ALL.into_iter().flat_map(asked);
            let mut minutes = (0..24 * 60 * 21).map(|minute| now + TimeDelta::minutes(minute));
            let back = minutes.find(|&then| everybody().any(|member| is_there(member, then)));
            let is_near = |back: DateTime<Utc>| {
                look_ahead.is_some_and(|hours| back <= now + TimeDelta::hours(hours.into()))
            };
            match back {
                Some(back) if is_near(back) => {
                    let first = everybody().find(|&it| is_there(it, back)).unwrap();
                    assert_eq!(owner(&assignment), names[first], "seed {seed} at {now}");
                    assert_eq!(
                        assignment.available_from(),
                        Some(back),
                        "seed {seed} at {now}"
                    );
                }
                Some(back) => {
                    let expected = AssignmentOutcome::Waiting(Some(back));
                    assert_eq!(assignment.outcome(), &expected, "seed {seed} at {now}");
                }
                None => {
                    let expected = AssignmentOutcome::Waiting(None);
                    assert_eq!(assignment.outcome(), &expected, "seed {seed} at {now}");
                }
            }
        }
    }
}

#[test]
fn everyone_and_looking_ahead_respect_presence() {
    let mut file = json!({
        "members": [
            { "id": "gone", "presence": "unavailable", "max_open": 0 },
            { "id": "away", "presence": "away", "max_open": 0 },
            { "id": "active", "max_open": 0 },
        ],
        "teams": [{ "id": "east", "members": ["gone", "away", "active"], "if_nobody": "everyone" }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let noon = dispatch_setup::NOON;
    assert_eq!(owners(&dispatcher(&file), 3, noon), "active active active");
    // Likewise when nobody is at work.
    file["teams"][0]["hours"] = "never".into();
    assert_eq!(owners(&dispatcher(&file), 3, noon), "active active active");
    file["teams"][0] = json!({
        "id": "east", "members": ["gone", "away", "active"], "hours": "mon-fri 13:00-17:00",
        "look_ahead_hours": 2, "last_asked": "unavailable",
    });
    for member in 0..3 {
        file["members"][member]["max_open"] = 9.into();
    }
    assert_eq!(owners(&dispatcher(&file), 3, noon), "active active active");
}
