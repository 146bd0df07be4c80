//! Who supports the owner of a lead, and how missing support is reported.

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead, load, owner};
use leadtree::Lead;
use leadtree::dispatch::{Assignment, Dispatcher, Release, Role, Seat};
use serde_json::{Value, json};

fn file(support: &Value) -> Value {
    json!({
        "teams": [
            { "id": "east", "members": ["m-1", "m-2", "m-3"] },
            { "id": "experts", "strategy": "least_loaded", "members": ["x-1", { "member": "x-2", "max_open": 1 }] },
            { "id": "both", "members": ["m-1", "x-1"] },
            { "id": "nobody" },
        ],
        "rules": [{ "id": "all", "assign_to": "east", "support": support }],
    })
}

fn assign(dispatcher: &Dispatcher, number: usize) -> Assignment {
    dispatcher.assign(&lead(number), at(NOON))
}

/// `m-1 + x-1 x-2; nobody misses 1: team_empty`.
fn told(assignment: &Assignment) -> String {
    let supporters = assignment.supporters().iter();
    let supporters: Vec<_> = supporters.map(|seat| seat.member().as_str()).collect();
    let mut parts = vec![owner(assignment)];
    if !supporters.is_empty() {
        parts[0] = format!("{} + {}", parts[0], supporters.join(" "));
    }
    let refusals = assignment.support_unavailable().iter();
    parts.extend(refusals.map(|refusal| {
        let (team, missing, reason) = (&refusal.team, refusal.missing, refusal.reason);
        format!("{team} misses {missing}: {reason}")
    }));
    parts.join("; ")
}

#[test]
fn each_team_picks_its_supporters_by_its_own_strategy() {
    let dispatcher = dispatcher(&file(&json!(["experts", "both"])));
    let all: Vec<_> = (0..4)
        .map(|number| told(&assign(&dispatcher, number)))
        .collect();
    assert_eq!(
        all,
        [
            "m-1 + x-1; both misses 1: all_seated",
            "m-2 + x-2 m-1",
            "m-3 + x-1 m-1",
            "m-1 + x-1; both misses 1: all_seated"
        ]
    );
}

#[test]
fn nobody_gets_two_seats_for_one_lead() {
    for number in 1..4 {
        let support = json!([{ "team": "east", "members": number }]);
        let dispatcher = dispatcher(&file(&support));
        for lead in 0..20 {
            let assignment = assign(&dispatcher, lead);
            let mut seated: Vec<_> = assignment
                .seats()
                .map(|seat| seat.member().clone())
                .collect();
            seated.sort();
            seated.dedup();
            let expected = (number + 1).min(3);
            assert_eq!(seated.len(), expected, "{assignment}");
            assert_eq!(assignment.seats().count(), expected);
            let roles: Vec<_> = assignment.seats().map(Seat::role).collect();
            assert_eq!(roles[0], Role::Owner);
            assert!(roles[1..].iter().all(|&role| role == Role::Support));
        }
    }
}

#[test]
fn missing_support_is_always_reported() {
    let support = json!([{ "team": "experts", "members": 3 }, "nobody"]);
    let dispatcher = dispatcher(&file(&support));
    let first = assign(&dispatcher, 1);
    assert_eq!(
        told(&first),
        "m-1 + x-1 x-2; experts misses 1: all_seated; nobody misses 1: team_empty"
    );
    insta::assert_snapshot!(first, @"lead `L-1`: rule `all` assigns to member `m-1` of team `east`; supported by member `x-1` of team `experts`; supported by member `x-2` of team `experts`; team `experts` could not support: whoever could has a seat already, or is left out; team `nobody` could not support: it has no members");
    assert_eq!(
        told(&assign(&dispatcher, 2)),
        "m-2 + x-1; experts misses 2: all_seated; nobody misses 1: team_empty"
    );
    dispatcher.pause_member("x-1").unwrap();
    assert_eq!(
        told(&assign(&dispatcher, 3)),
        "m-3; experts misses 3: nobody_with_capacity; nobody misses 1: team_empty"
    );
    for member in ["m-1", "m-2", "m-3"] {
        dispatcher.pause_member(member).unwrap();
    }
    assert_eq!(
        told(&assign(&dispatcher, 4)),
        "nobody_active; experts misses 3: no_owner; nobody misses 1: no_owner"
    );
}

#[test]
fn missing_support_stands_in_the_record() {
    let support = json!([{ "team": "experts", "members": 3 }, "nobody"]);
    let first = assign(&dispatcher(&file(&support)), 1);
    let identity = first.policy_identity().to_string();
    let record = serde_json::to_string_pretty(&first).unwrap();
    insta::assert_snapshot!(record.replace(&identity, "[identity]"), @r#"
    {
      "id": "1-0-1",
      "lead": "L-1",
      "outcome": "assigned",
      "rule": "all",
      "pool": null,
      "until": null,
      "reason": null,
      "seats": [
        {
          "role": "owner",
          "team": "east",
          "member": "m-1",
          "chosen": "by_strategy",
          "turn": {
            "number": 1,
            "before": 0
          },
          "counted_at": "2026-03-31T12:00:00Z",
          "counted_on": "2026-03-31"
        },
        {
          "role": "support",
          "team": "experts",
          "member": "x-1",
          "chosen": "by_strategy",
          "turn": {
            "number": 1,
            "before": 0
          },
          "counted_at": "2026-03-31T12:00:00Z",
          "counted_on": "2026-03-31"
        },
        {
          "role": "support",
          "team": "experts",
          "member": "x-2",
          "chosen": "by_strategy",
          "turn": {
            "number": 2,
            "before": 0
          },
          "counted_at": "2026-03-31T12:00:00Z",
          "counted_on": "2026-03-31"
        }
      ],
      "units": 1,
      "support": [
        {
          "team": "experts",
          "members": 3
        },
        "nobody"
      ],
      "refusals": [],
      "support_unavailable": [
        {
          "team": "experts",
          "missing": 1,
          "reason": "all_seated"
        },
        {
          "team": "nobody",
          "missing": 1,
          "reason": "team_empty"
        }
      ],
      "warnings": [],
      "available_from": null,
      "by_hand": false,
      "policy": "[identity]",
      "policy_version": null,
      "now": "2026-03-31T12:00:00Z"
    }
    "#);
}

#[test]
fn supporters_count_and_are_given_back_with_the_owner() {
    let mut file = file(&json!([{ "team": "experts", "members": 2 }]));
    file["rules"][0]["units"] = 3.into();
    file["teams"][1]["members"] = json!(["x-1", "x-2"]);
    let dispatcher = dispatcher(&file);
    let first = assign(&dispatcher, 1);
    assert_eq!(told(&first), "m-1 + x-1 x-2");
    let receipt = first.receipt();
    assert_eq!((receipt.seats().len(), receipt.units()), (3, 3));
    for member in ["m-1", "x-1", "x-2"] {
        assert_eq!(load(&dispatcher, member), (3, 3), "{member}");
    }
    dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
    for member in ["m-1", "x-1", "x-2"] {
        assert_eq!(load(&dispatcher, member), (0, 0), "{member}");
    }
}

#[test]
fn a_team_with_everyone_supports_beyond_its_limits() {
    let mut file = file(&json!(["experts"]));
    file["teams"][1]["members"] = json!([{ "member": "x-1", "max_open": 0 }]);
    let refused = dispatcher(&file);
    assert_eq!(
        told(&assign(&refused, 1)),
        "m-1; experts misses 1: nobody_with_capacity"
    );
    file["teams"][1]["if_nobody"] = "everyone".into();
    assert_eq!(told(&assign(&dispatcher(&file), 1)), "m-1 + x-1");
}

#[test]
fn turns_of_supporters_are_fair_by_themselves() {
    let dispatcher = dispatcher(&json!({
        "teams": [
            { "id": "east", "members": ["m-1"] },
            { "id": "experts", "members": ["x-1", "x-2", "x-3"] },
        ],
        "rules": [{ "id": "all", "assign_to": "east", "support": [{ "team": "experts", "members": 2 }] }],
    }));
    let mut counts = [0_i32; 3];
    for number in 0..90 {
        let assignment = dispatcher.assign(&Lead::builder(format!("L-{number}")).build(), at(NOON));
        for seat in assignment.supporters() {
            counts[seat.member().as_str()[2..].parse::<usize>().unwrap() - 1] += 1;
        }
    }
    assert!(
        counts.iter().all(|count| (count - 60).abs() <= 1),
        "{counts:?}"
    );
}
