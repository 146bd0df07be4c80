//! Limits of members and teams: by day, by week, sliding windows, leads that count as several, and
//! manual assignment beyond the limits.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;
mod random;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use dispatch_setup::{NOON, at, dispatcher, lead, owner, owners};
use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::Number;
use leadtree::dispatch::{Assignment, AssignmentWarning, Chosen, Dispatcher, Receipt, Release};
use leadtree::rule::Target;
use serde_json::{Value, json};

/// One team with these members, and rules for leads that count as three, two and one.
fn one_team(members: &Value, team: &Value) -> Value {
    let mut file = json!({
        "attributes": { "weight": "number" },
        "teams": [{ "id": "east", "strategy": "waterfall", "members": members }],
        "rules": [
            { "id": "three", "when": { "weight": { "is": 3 } }, "assign_to": "east", "units": 3 },
            { "id": "two", "when": { "weight": { "is": 2 } }, "assign_to": "east", "units": 2 },
            { "id": "one", "assign_to": "east" },
        ],
    });
    for (field, value) in team.as_object().unwrap() {
        file["teams"][0][field] = value.clone();
    }
    file
}

fn weighing(number: usize, counts: u32) -> Lead<'static> {
    let lead = Lead::builder(format!("L-{number}"));
    lead.attribute("weight", Number::from(counts)).build()
}

/// A limit in the model.
#[derive(Debug, Clone, Copy)]
enum Limit {
    Open(u32),
    Day(u32),
    Week(u32),
    Span(u32, u32),
}

impl Limit {
    fn random(random: &mut Rng) -> Self {
        let most = random.u32(1..7);
        match random.u8(0..4) {
            0 => Self::Open(most),
            1 => Self::Day(most),
            2 => Self::Week(most),
            _ => Self::Span(most, random.u32(1..3_000)),
        }
    }
}

fn written(limits: &[Limit]) -> Value {
    let mut fields = json!({});
    let mut spans = Vec::new();
    for limit in limits {
        match *limit {
            Limit::Open(most) => fields["max_open"] = most.into(),
            Limit::Day(most) => fields["max_per_day"] = most.into(),
            Limit::Week(most) => fields["max_per_week"] = most.into(),
            Limit::Span(leads, minutes) => {
                spans.push(json!({ "leads": leads, "minutes": minutes }));
            }
        }
    }
    if !spans.is_empty() {
        fields["max_within"] = spans.into();
    }
    fields
}

/// A few limits with different names.
fn random_limits(random: &mut Rng) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for _ in 0..random.usize(0..4) {
        let limit = Limit::random(random);
        let is_new = limits.iter().all(|known| {
            matches!(limit, Limit::Span(..))
                || std::mem::discriminant(known) != std::mem::discriminant(&limit)
        });
        if is_new {
            limits.push(limit);
        }
    }
    limits
}

/// A lead in the model.
#[derive(Debug)]
struct Taken {
    member: usize,
    at: DateTime<Utc>,
    counts: u32,
    is_open: bool,
    /// Released, so that it no longer counts in any period.
    is_gone: bool,
    receipt: Option<Receipt>,
}

/// Whether the lead counts against the limit at a time, by the definition of the limit.
fn does_count(limit: Limit, lead: &Taken, now: DateTime<Utc>) -> bool {
    match limit {
        Limit::Open(_) => lead.is_open,
        _ if lead.is_gone => false,
        Limit::Day(_) => lead.at.date_naive() == now.date_naive(),
        Limit::Week(_) => lead.at.iso_week() == now.iso_week(),
        Limit::Span(_, minutes) => lead.at + TimeDelta::minutes(minutes.into()) > now,
    }
}

/// Whether one more lead fits, by the definition of the limits and all leads so far.
fn fits(limits: &[Limit], taken: &[&Taken], now: DateTime<Utc>, counts: u32) -> bool {
    limits.iter().all(|&limit| {
        let (Limit::Open(most) | Limit::Day(most) | Limit::Week(most) | Limit::Span(most, _)) =
            limit;
        let counting = taken.iter().filter(|lead| does_count(limit, lead, now));
        counting.map(|lead| lead.counts).sum::<u32>() + counts <= most
    })
}

/// Stores and restores the state, replaces the policy, or does nothing.
fn disturb(dispatcher: &Dispatcher, random: &mut Rng) {
    match random.u8(0..12) {
        0 => {
            let text = serde_json::to_string(&dispatcher.state()).unwrap();
            let state = serde_json::from_str(&text).unwrap();
            assert!(dispatcher.restore(&state).is_complete());
        }
        1 => {
            let report = dispatcher.replace_policy(&dispatcher.policy()).unwrap();
            assert!(report.is_complete());
        }
        2 => {
            dispatcher.pause_member("m-0").unwrap();
            dispatcher.resume_member("m-0").unwrap();
        }
        _ => {}
    }
}

#[test]
fn the_first_listed_member_with_room_gets_the_lead() {
    for seed in 0..random::cases(300) {
        let mut random = Rng::with_seed(seed ^ 6 << 32);
        let count = random.usize(1..5);
        let overall: Vec<_> = (0..count).map(|_| random_limits(&mut random)).collect();
        let here: Vec<_> = (0..count).map(|_| random_limits(&mut random)).collect();
        let of_team = if random.u8(0..3) == 0 {
            random_limits(&mut random)
        } else {
            Vec::new()
        };
        let members: Vec<Value> = (0..count)
            .map(|member| {
                let mut seat = written(&here[member]);
                seat["member"] = format!("m-{member}").into();
                seat
            })
            .collect();
        let mut file = one_team(&members.into(), &written(&of_team));
        let everybody = (0..count).map(|member| {
            let mut everybody = written(&overall[member]);
            everybody["id"] = format!("m-{member}").into();
            everybody
        });
        file["members"] = everybody.collect();
        let dispatcher = dispatcher(&file);

        let mut taken: Vec<Taken> = Vec::new();
        let mut latest = at("2026-03-27T12:00:00Z");
        for number in 0..120 {
            let least = if number == 0 { 0 } else { -100 };
            let step = TimeDelta::minutes(random.i64(least..400));
            let now = latest + step;
            latest = latest.max(now);
            let counts = *random.choice(&[1, 1, 1, 2, 3]).unwrap();
            let all: Vec<&Taken> = taken.iter().collect();
            let has_room = |&member: &usize| {
                let own: Vec<&Taken> = taken.iter().filter(|it| it.member == member).collect();
                fits(&overall[member], &own, latest, counts)
                    && fits(&here[member], &own, latest, counts)
            };
            let is_full = !fits(&of_team, &all, latest, counts);
            let expected = (0..count).find(has_room).filter(|_| !is_full);
            let assignment = dispatcher.assign(&weighing(number, counts), now);
            let got = assignment.owner().map(|seat| seat.member().to_string());
            let expected = expected.map(|member| format!("m-{member}"));
            assert_eq!(
                got, expected,
                "seed {seed}, lead {number} at {latest}: {assignment}\n{taken:#?}\n{file:#}"
            );
            if let Some(seat) = assignment.owner() {
                taken.push(Taken {
                    member: seat.member().as_str()[2..].parse().unwrap(),
                    at: latest,
                    counts,
                    is_open: true,
                    is_gone: false,
                    receipt: Some(assignment.receipt()),
                });
            }
            if random.u8(0..3) == 0
                && let Some(done) = random.choice(taken.iter_mut().collect::<Vec<_>>())
                && let Some(receipt) = done.receipt.take()
            {
                done.is_open = false;
                if random.bool() {
                    dispatcher.complete(&receipt).unwrap();
                } else {
                    done.is_gone = true;
                    dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
                }
            }
            disturb(&dispatcher, &mut random);
        }
    }
}

#[test]
fn a_week_begins_on_monday_in_the_policys_time_zone() {
    let mut file = one_team(&json!([{ "member": "m-1", "max_per_week": 1 }]), &json!({}));
    file["time_zone"] = "+08:00".into();
    let dispatcher = dispatcher(&file);
    // 2026-03-29 is a Sunday.
    for (moment, expected) in [
        ("2026-03-28T12:00:00Z", "m-1"),
        ("2026-03-29T15:59:59Z", "nobody_with_capacity"),
        ("2026-03-29T16:00:00Z", "m-1"),
        ("2026-04-03T12:00:00Z", "nobody_with_capacity"),
        ("2026-04-05T16:00:00Z", "m-1"),
    ] {
        assert_eq!(owners(&dispatcher, 1, moment), expected, "{moment}");
    }
}

#[test]
fn a_sliding_window_moves_with_every_lead() {
    let members = json!([{ "member": "m-1", "max_within": [{ "leads": 2, "minutes": 60 }] }]);
    let dispatcher = dispatcher(&one_team(&members, &json!({})));
    for (moment, expected) in [
        ("2026-03-31T09:00:00Z", "m-1"),
        ("2026-03-31T09:40:00Z", "m-1"),
        ("2026-03-31T09:59:59Z", "nobody_with_capacity"),
        ("2026-03-31T10:00:00Z", "m-1"),
        ("2026-03-31T10:39:59Z", "nobody_with_capacity"),
        ("2026-03-31T10:40:00Z", "m-1"),
    ] {
        assert_eq!(owners(&dispatcher, 1, moment), expected, "{moment}");
    }
}

#[test]
fn a_lead_that_counts_three_needs_room_for_three_and_gives_back_three() {
    let members = json!([{ "member": "m-1", "max_open": 4 }, { "member": "m-2", "max_open": 3 }]);
    let dispatcher = dispatcher(&one_team(&members, &json!({})));
    let got = |number, counts| dispatcher.assign(&weighing(number, counts), at(NOON));
    let first = got(1, 3);
    assert_eq!(owner(&first), "m-1");
    assert_eq!(first.receipt().units(), 3);
    assert_eq!(owner(&got(2, 3)), "m-2");
    assert_eq!(owner(&got(3, 2)), "nobody_with_capacity");
    assert_eq!(owner(&got(4, 1)), "m-1");
    assert_eq!(owner(&got(5, 1)), "nobody_with_capacity");
    dispatcher.complete(&first.receipt()).unwrap();
    assert_eq!(owner(&got(6, 3)), "m-1");
}

#[test]
fn a_team_has_limits_of_its_own() {
    let members = json!(["m-1", "m-2"]);
    let file = one_team(
        &members,
        &json!({ "max_open": 3, "strategy": "round_robin" }),
    );
    let full = dispatcher(&file);
    assert_eq!(owners(&full, 4, NOON), "m-1 m-2 m-1 team_full");
    let mut file = file;
    file["teams"][0]["if_nobody"] = "everyone".into();
    assert_eq!(owners(&dispatcher(&file), 5, NOON), "m-1 m-2 m-1 m-2 m-1");
}

#[test]
fn nobody_gets_too_far_ahead_of_the_least_loaded() {
    let file = one_team(&json!(["m-1", "m-2", "m-3"]), &json!({ "most_ahead": 2 }));
    let dispatcher = dispatcher(&file);
    // In listed order, but never more than two leads ahead.
    assert_eq!(
        owners(&dispatcher, 9, NOON),
        "m-1 m-1 m-2 m-2 m-3 m-1 m-2 m-3 m-1"
    );
    // Members who cannot take leads do not hold the others back.
    dispatcher.pause_member("m-3").unwrap();
    assert_eq!(owners(&dispatcher, 4, NOON), "m-1 m-2 m-1 m-2");
}

#[test]
fn manual_assignment_exceeds_limits_and_pauses_with_a_warning() {
    let members = json!([{ "member": "m-1", "max_open": 1 }, "m-2"]);
    let dispatcher = dispatcher(&one_team(&members, &json!({})));
    let by_hand = |number, target: Target| -> Assignment {
        dispatcher
            .assign_to(target, &lead(number), at(NOON))
            .unwrap()
    };
    let in_team = || Target::member("m-1").in_team("east");
    let first = by_hand(1, in_team());
    assert_eq!((owner(&first).as_str(), first.warnings()), ("m-1", &[][..]));
    assert_eq!(first.owner().unwrap().chosen(), Chosen::ByHand);
    dispatcher.pause_member("m-1").unwrap();
    let second = by_hand(2, in_team());
    assert_eq!(owner(&second), "m-1");
    assert_eq!(
        second.warnings(),
        [AssignmentWarning::OverLimit, AssignmentWarning::NotActive]
    );
    insta::assert_snapshot!(second, @"lead `L-2`: by hand, where rule `one` applies: assigns to member `m-1` of team `east`; set aside: the owner is over a limit now; set aside: the owner is not active");
    // It counts: giving one back is not enough.
    dispatcher.resume_member("m-1").unwrap();
    dispatcher.complete(&first.receipt()).unwrap();
    assert_eq!(owners(&dispatcher, 1, NOON), "m-2");
    dispatcher.complete(&second.receipt()).unwrap();
    assert_eq!(owners(&dispatcher, 1, NOON), "m-1");
    // Assigned manually to a team, its strategy picks; assigned to a pool, the pool takes it.
    assert_eq!(owner(&by_hand(3, Target::team("east"))), "m-2");
    let pooled = by_hand(4, Target::pool("unmatched"));
    assert_eq!(pooled.pool().unwrap(), "unmatched");
    assert_eq!(pooled.reason(), None);
}

#[test]
fn manual_assignment_to_an_unknown_target_is_refused() {
    let mut file = one_team(&json!(["m-1"]), &json!({}));
    file["teams"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "west", "members": ["m-2"] }));
    let dispatcher = dispatcher(&file);
    let refused = [
        Target::member("m-3"),
        Target::team("aest"),
        Target::pool("unmatch"),
        Target::member("m-1").in_team("west"),
        Target::default(),
    ]
    .map(|target| {
        let error = dispatcher
            .assign_to(target, &lead(1), at(NOON))
            .unwrap_err();
        error.to_string()
    });
    insta::assert_snapshot!(refused.join("\n"), @"
    unknown member `m-3`; did you mean `m-1`?
    unknown team `aest`; did you mean `east`?
    unknown pool `unmatch`; did you mean `unmatched`?
    member `m-1` is not in team `west`
    the target names no place, or two; name a team, a member or a pool
    ");
}

#[test]
fn a_member_named_by_a_rule_stays_within_limits_except_with_everyone() {
    let mut file = json!({
        "teams": [{ "id": "east", "max_open": 1, "members": ["m-1"] }],
        "rules": [{ "id": "one", "assign_to": { "team": "east", "member": "m-1" } }],
    });
    assert_eq!(owners(&dispatcher(&file), 2, NOON), "m-1 team_full");
    file["rules"][0]["assign_to"]["if_nobody"] = "everyone".into();
    let dispatcher = dispatcher(&file);
    let [first, second] = [1, 2].map(|it| dispatcher.assign(&lead(it), at(NOON)));
    assert_eq!(first.warnings(), []);
    assert_eq!(second.warnings(), [AssignmentWarning::OverLimit]);
}

#[test]
fn eight_threads_never_exceed_a_window_or_a_team_limit() {
    let members: Vec<Value> = (0..6)
        .map(|it| json!({ "member": format!("m-{it}"), "max_within": [{ "leads": 40, "minutes": 30 }] }))
        .collect();
    let team = json!({ "strategy": "round_robin", "max_per_day": 200 });
    let dispatcher = dispatcher(&one_team(&members.into(), &team));
    let got: [AtomicU32; 6] = Default::default();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (dispatcher, got) = (&dispatcher, &got);
            scope.spawn(move || {
                for number in 0..100 {
                    let counts = [1, 2, 3][number % 3];
                    let lead = weighing(thread * 100 + number, counts);
                    if let Some(seat) = dispatcher.assign(&lead, at(NOON)).owner() {
                        let member: usize = seat.member().as_str()[2..].parse().unwrap();
                        got[member].fetch_add(counts, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let got: Vec<u32> = got.iter().map(|it| it.load(Ordering::Relaxed)).collect();
    assert!(got.iter().all(|&leads| leads <= 40), "{got:?}");
    assert_eq!(got.iter().sum::<u32>(), 200, "{got:?}");
}

#[test]
fn numbers_out_of_range_are_reported_at_once() {
    let file = json!({
        "teams": [{
            "id": "east",
            "max_within": [{ "leads": 0, "minutes": 5 }, { "leads": 1, "minutes": 1_000_000 }],
            "members": [{ "member": "m-1", "max_within": [{ "leads": 20_000, "minutes": 0 }] }],
        }],
        "rules": [{ "id": "all", "assign_to": "east", "units": 0,
            "support": [{ "team": "east", "members": 101 }] }],
    });
    let error = leadtree::policy::Policy::load(&file).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 6 problems:
      teams[0].members[0].max_within[0].leads: 20000 leads; write 1 to 10000
      teams[0].members[0].max_within[0].minutes: 0 minutes; write 1 to 576000
      teams[0].max_within[0].leads: 0 leads; write 1 to 10000
      teams[0].max_within[1].minutes: 1000000 minutes; write 1 to 576000
      rules[0].support[0].members: 101 members; write 1 to 100
      rules[0].units: 0 leads; write 1 to 1000
    ");
}

#[test]
fn a_window_that_was_exceeded_never_opens_early() {
    let members = json!([{ "member": "m-1", "max_within": [{ "leads": 2, "minutes": 60 }] }]);
    let dispatcher = dispatcher(&one_team(&members, &json!({})));
    let mut moments: VecDeque<DateTime<Utc>> = VecDeque::new();
    let mut random = Rng::with_seed(4);
    let mut now = at(NOON);
    for number in 0..300 {
        now += TimeDelta::minutes(random.i64(0..30));
        let target = Target::member("m-1").in_team("east");
        if random.bool() {
            let _ = dispatcher.assign_to(target, &lead(number), now).unwrap();
            moments.push_back(now);
        } else if dispatcher.assign(&lead(number), now).owner().is_some() {
            let within = moments.iter().filter(|&&it| it + TimeDelta::hours(1) > now);
            assert!(within.count() < 2, "lead {number}");
            moments.push_back(now);
        }
    }
}
