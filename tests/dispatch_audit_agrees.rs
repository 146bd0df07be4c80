//! An audit never contradicts the assignment, and requesting one changes nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod dispatch_setup;

use chrono::TimeDelta;
use dispatch_setup::{NOON, at, dispatcher, lead_to};
use fastrand::Rng;
use leadtree::availability::Presence;
use leadtree::dispatch::{Assignment, Audit, Dispatcher, Inquiry, Reason, Release, Role, Verdict};
use serde_json::{Value, json};

const MEMBERS: usize = 7;
const TEAMS: usize = 4;
const RULES: usize = 6;

/// A random item.
fn one(random: &mut Rng, of: &[Value]) -> Value {
    of[random.usize(0..of.len())].clone()
}

/// Adds a field at random.
fn maybe(random: &mut Rng, one_in: usize, to: &mut Value, field: &str, of: &[Value]) {
    if random.usize(0..one_in) == 0 {
        to[field] = one(random, of);
    }
}

fn limits(random: &mut Rng, one_in: usize, to: &mut Value) {
    maybe(
        random,
        one_in,
        to,
        "max_open",
        &[json!(0), json!(2), json!(5)],
    );
    maybe(random, one_in, to, "max_per_day", &[json!(1), json!(4)]);
    maybe(random, one_in, to, "max_per_week", &[json!(3), json!(9)]);
    let windows = [
        json!([{ "leads": 3, "minutes": 90 }]),
        json!([{ "leads": 9, "minutes": 3_000 }, { "leads": 4, "minutes": 600 }]),
    ];
    maybe(random, one_in, to, "max_within", &windows);
}

fn requirement(random: &mut Rng, one_in: usize, to: &mut Value, field: &str) {
    let of = [
        json!({ "grade": { "at_least": "senior" } }),
        json!({ "grade": { "exactly": "junior" } }),
        json!({ "skills": { "german": 2 } }),
        json!({ "skills": ["german", "pricing"] }),
    ];
    maybe(random, one_in, to, field, &of);
}

fn hours(random: &mut Rng, one_in: usize, to: &mut Value) {
    let of = [
        json!("mon-fri 09:00-12:30 13:30-18:00"),
        json!("mon-sun 20:00-08:00"),
        json!("tue,thu,sat 06:00-14:00"),
        json!("never"),
    ];
    maybe(random, one_in, to, "hours", &of);
    maybe(
        random,
        3,
        to,
        "time_zone",
        &[json!("+08:00"), json!("America/Lima")],
    );
}

/// A random member, with more fields if `rich`.
fn member(random: &mut Rng, rich: usize, number: usize) -> Value {
    let mut member = json!({ "id": format!("m-{number}") });
    hours(random, rich, &mut member);
    limits(random, 3 * rich, &mut member);
    let presences = [json!("away"), json!("unavailable")];
    maybe(random, 4, &mut member, "presence", &presences);
    maybe(
        random,
        2,
        &mut member,
        "grade",
        &[json!("junior"), json!("senior")],
    );
    let skills = [json!(["german"]), json!({ "german": 2, "pricing": 1 })];
    maybe(random, 2, &mut member, "skills", &skills);
    maybe(random, 12, &mut member, "active", &[json!(false)]);
    maybe(random, rich, &mut member, "holidays", &[json!(["days"])]);
    let leave = [json!([{ "from": "2026-04-01", "until": "2026-04-03" }])];
    maybe(random, rich, &mut member, "leave", &leave);
    member
}

/// A random team and its members.
fn team(
    random: &mut Rng,
    rich: usize,
    number: usize,
    strategies: &[Value],
) -> (Value, Vec<String>) {
    let mut ids: Vec<usize> = (0..MEMBERS).collect();
    random.shuffle(&mut ids);
    ids.truncate(random.usize(0..=MEMBERS));
    let seats = ids.iter().map(|id| format!("m-{id}")).collect();
    let places = ids.iter().map(|id| {
        let mut place = json!({ "member": format!("m-{id}"), "weight": random.u32(1..4) });
        limits(random, 4 * rich, &mut place);
        maybe(random, 12, &mut place, "active", &[json!(false)]);
        let terms = [
            json!([{ "until": "2026-04-02T00:00:00Z" }]),
            json!([{ "from": "2026-04-01T10:00:00Z" }]),
        ];
        maybe(random, 8, &mut place, "terms", &terms);
        place
    });
    let mut team = json!({ "id": format!("t-{number}"), "members": places.collect::<Vec<_>>() });
    // Teams that share a rotation must have the same strategy.
    team["strategy"] = one(random, strategies);
    match random.usize(0..4) {
        0 => team["rotation"] = json!("per_rule"),
        1 => {
            team["rotation"] = json!({ "shared": "field" });
            team["strategy"] = strategies[0].clone();
        }
        _ => {}
    }
    hours(random, 2 * rich, &mut team);
    limits(random, 4 * rich, &mut team);
    maybe(
        random,
        3,
        &mut team,
        "last_asked",
        &[json!("active"), json!("unavailable")],
    );
    maybe(random, 3, &mut team, "most_ahead", &[json!(0), json!(2)]);
    maybe(
        random,
        3,
        &mut team,
        "look_ahead_hours",
        &[json!(8), json!(120)],
    );
    maybe(random, 3, &mut team, "named_take_turns", &[json!(true)]);
    requirement(random, 8, &mut team, "requires");
    requirement(random, 3, &mut team, "prefers");
    let next = format!("t-{}", number + 1);
    let mut answers = vec![json!("everyone"), json!("wait"), json!("unassigned")];
    if number + 1 < TEAMS {
        answers.extend([json!({ "overflow": next }), json!({ "overflow": next })]);
    }
    maybe(random, 2, &mut team, "if_nobody", &answers);
    (team, seats)
}

/// A random rule for one of the teams.
fn rule(random: &mut Rng, number: usize, seats: &[Vec<String>]) -> Value {
    let team = random.usize(0..TEAMS);
    let of_team = &seats[team];
    let mut target = json!({ "team": format!("t-{team}") });
    if random.usize(0..4) == 0 && !of_team.is_empty() {
        target["member"] = of_team[random.usize(0..of_team.len())].as_str().into();
    }
    maybe(
        random,
        5,
        &mut target,
        "if_nobody",
        &[json!("everyone"), json!("wait")],
    );
    let id = format!("r-{number}");
    let mut rule = json!({ "id": id, "when": format!("to = {id}"), "assign_to": target });
    maybe(random, 3, &mut rule, "units", &[json!(2), json!(3)]);
    requirement(random, 4, &mut rule, "requires");
    requirement(random, 3, &mut rule, "prefers");
    let support = [
        json!(["t-0"]),
        json!([{ "team": "t-1", "members": 2 }, "t-2"]),
    ];
    maybe(random, 3, &mut rule, "support", &support);
    rule
}

/// A random policy that uses everything policies can say about teams.
fn file(random: &mut Rng) -> Value {
    // Some policies give members every field, others hardly any.
    let rich = [2, 4, 9][random.usize(0..3)];
    let members = (0..MEMBERS).map(|number| member(random, rich, number));
    let mut members: Vec<Value> = members.collect();
    members.push(json!({ "id": "knows-all", "skills": ["german", "pricing"] }));
    let mut strategies = [
        json!("round_robin"),
        json!("least_loaded"),
        json!({ "name": "least_loaded", "relative_to": "capacity" }),
        json!("sticky"),
        json!("random"),
        json!("waterfall"),
        json!("best_fit"),
        json!({ "name": "best_fit", "then": "least_loaded" }),
    ];
    random.shuffle(&mut strategies);
    let teams = (0..TEAMS).map(|number| team(random, rich, number, &strategies));
    let (teams, seats): (Vec<Value>, Vec<Vec<String>>) = teams.unzip();
    let rules = (0..RULES).map(|number| rule(random, number, &seats));
    let rules: Vec<Value> = rules.collect();
    json!({
        "time_zone": "+02:00",
        "attributes": { "to": "text" },
        "grades": ["junior", "senior"],
        "holidays": { "days": ["2026-04-04..2026-04-05"] },
        "members": members,
        "teams": teams,
        "rules": rules,
    })
}

fn seen(verdict: &Verdict) -> bool {
    !matches!(verdict, Verdict::NotActive | Verdict::NotInTeam { .. })
}

/// The inconsistency in one inquiry, if there is one.
fn contradiction(inquiry: &Inquiry) -> Option<&'static str> {
    let mut members = inquiry.members.iter();
    let eligible = inquiry
        .members
        .iter()
        .filter(|it| it.verdict.is_eligible())
        .count();
    let verdicts = || inquiry.members.iter().map(|it| &it.verdict);
    if inquiry.ground.as_deref() == Some("") {
        return Some("an empty ground");
    }
    let Some(chosen) = &inquiry.chosen else {
        let is_clear = match inquiry.reason {
            None => return Some("nobody, and no reason"),
            Some(Reason::TeamEmpty) => inquiry.members.is_empty(),
            Some(Reason::NobodyActive) => !verdicts().any(seen),
            Some(Reason::NobodyFits) => {
                !verdicts().any(|it| matches!(it, Verdict::Full { .. } | Verdict::Absent { .. }))
            }
            Some(Reason::NobodyWithCapacity) => {
                verdicts().any(|it| matches!(it, Verdict::Full { .. } | Verdict::Seated))
            }
            Some(Reason::AllSeated) => verdicts().any(|it| matches!(it, Verdict::Seated)),
            Some(_) => true,
        };
        return match (eligible, is_clear) {
            (0, true) => None,
            (0, false) => Some("the reason contradicts the verdicts"),
            _ if inquiry.reason == Some(Reason::Declined) => None,
            _ => Some("somebody could have had what nobody got"),
        };
    };
    if inquiry.reason.is_some() {
        return Some("somebody, and a reason for nobody");
    }
    let is_named = inquiry.members.is_empty();
    if is_named {
        return None;
    }
    let Some(considered) = members.find(|it| it.member == *chosen) else {
        return Some("the one chosen was not considered");
    };
    let is_absent = matches!(
        considered.verdict,
        Verdict::Absent { .. } | Verdict::TeamClosed { .. }
    );
    match eligible {
        0 if is_absent => None,
        0 => Some("the one chosen could not have had it, nor anybody else"),
        _ if considered.verdict.is_eligible() => None,
        _ => Some("the one chosen could not have had it, and others could"),
    }
}

/// The inconsistency between an audit and its assignment, if there is one.
fn fault(assignment: &Assignment, audit: &Audit) -> Option<String> {
    for inquiry in audit.inquiries() {
        if let Some(what) = contradiction(inquiry) {
            return Some(format!("{what}: {inquiry}"));
        }
    }
    let chosen = |role| {
        let of_role = audit.inquiries().iter().filter(move |it| it.role == role);
        of_role.filter_map(|it| it.chosen.clone())
    };
    let owners: Vec<_> = chosen(Role::Owner).collect();
    let owner: Vec<_> = assignment
        .owner()
        .map(|seat| seat.member().clone())
        .into_iter()
        .collect();
    let supporters: Vec<_> = assignment
        .supporters()
        .iter()
        .map(|it| it.member().clone())
        .collect();
    if owners != owner || chosen(Role::Support).collect::<Vec<_>>() != supporters {
        return Some("others were chosen than have seats".to_owned());
    }
    let refused = audit.inquiries().iter().filter(|it| it.role == Role::Owner);
    let refused: Vec<_> = refused
        .filter_map(|it| Some((it.team.clone(), it.reason?)))
        .collect();
    for refusal in assignment.refusals() {
        if !refused.contains(&(refusal.team.clone(), refusal.reason)) {
            return Some(format!("the refusal {refusal:?} is not in the audit"));
        }
    }
    for member in 0..MEMBERS {
        let member = format!("m-{member}");
        let has_seat = assignment.seats().any(|seat| *seat.member() == *member);
        let of_member = audit.inquiries().iter().flat_map(|it| &it.members);
        let verdicts: Vec<_> = of_member.filter(|it| it.member == *member).collect();
        let why_not = audit.why_not(&member);
        // Where a member was named, nobody else was asked.
        let owner = audit.inquiries().iter().filter(|it| it.role == Role::Owner);
        let is_named = owner
            .into_iter()
            .any(|it| it.members.is_empty() && it.chosen.is_some());
        if why_not.is_some() != (!has_seat && (!verdicts.is_empty() || is_named)) {
            return Some(format!("`{member}`: {why_not:?}"));
        }
        let could = verdicts.iter().any(|it| it.verdict.is_eligible());
        if why_not.is_some_and(|it| it.contains("could have had") != could) {
            return Some(format!("`{member}` could have had it: {could}"));
        }
    }
    None
}

#[test]
fn the_audit_agrees_with_the_pick_and_changes_nothing() {
    for seed in 0..400 {
        let mut random = Rng::with_seed(seed);
        let file = file(&mut random);
        let (audited, twin) = (dispatcher(&file), dispatcher(&file));
        let mut now = at(NOON);
        let mut receipts = Vec::new();
        for number in 0..40 {
            now += TimeDelta::minutes(random.i64(-200..900));
            let lead = lead_to(number, &format!("r-{}", random.usize(0..RULES)));
            let (assignment, audit) = audited.assign_with_audit(&lead, now);
            let of_twin = twin.assign(&lead, now);
            let fail = |what: &str| -> ! {
                panic!("seed {seed}, lead {number}: {what}\n{audit}\n{assignment}\n{file:#}")
            };
            let as_text = |it: &Assignment| serde_json::to_string(it).unwrap();
            if as_text(&assignment) != as_text(&of_twin) {
                fail("the audit changed the pick");
            }
            if let Some(what) = fault(&assignment, &audit) {
                fail(&what);
            }
            receipts.push(assignment.receipt());
            change(&mut random, [&audited, &twin], &mut receipts);
        }
        assert_eq!(audited.state(), twin.state(), "seed {seed}");
    }
}

/// Changes something at random.
fn change(
    random: &mut Rng,
    dispatchers: [&Dispatcher; 2],
    receipts: &mut Vec<leadtree::dispatch::Receipt>,
) {
    let member = format!("m-{}", random.usize(0..MEMBERS));
    let presence = Presence::ALL[random.usize(0..3)];
    let what = random.usize(0..12);
    let receipt = random.usize(0..receipts.len());
    for dispatcher in dispatchers {
        match what {
            0 => dispatcher.pause_member(&member).unwrap(),
            1 => dispatcher.resume_member(&member).unwrap(),
            2 => dispatcher.set_presence(&member, presence).unwrap(),
            3..6 => dispatcher.complete(&receipts[receipt]).unwrap(),
            6 => dispatcher
                .release(&receipts[receipt], Release::GiveTurnBack)
                .unwrap(),
            7 => drop(dispatcher.clear_member(&member)),
            _ => {}
        }
    }
    if (3..7).contains(&what) {
        receipts.swap_remove(receipt);
    }
}
