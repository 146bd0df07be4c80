//! Audits: why one member got the lead and another did not.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead, lead_to, owner, policy};
use leadtree::dispatch::{Dispatcher, Seat, Verdict};
use leadtree::strategy::{Memory, Strategy, StrategyRegistry, Turn};
use serde_json::{Value, json};

/// Members who cannot get a lead, each for a different reason, and three who can.
fn everybody() -> Value {
    json!({
        "grades": ["junior", "senior"],
        "holidays": { "cn": ["2026-03-31..2026-04-02"] },
        "members": [
            { "id": "next", "grade": "senior", "skills": { "german": 2 } },
            { "id": "able", "grade": "senior", "skills": { "german": 3 } },
            { "id": "paused", "active": false },
            { "id": "off", "hours": "mon-fri 13:00-17:00", "grade": "senior", "skills": { "german": 2 } },
            { "id": "on-holiday", "holidays": ["cn"], "grade": "senior", "skills": { "german": 2 } },
            { "id": "on-leave", "leave": [{ "from": "2026-03-30", "until": "2026-04-04" }], "grade": "senior",
              "skills": { "german": 2 } },
            { "id": "away", "presence": "away", "grade": "senior", "skills": { "german": 2 } },
            { "id": "unavailable", "presence": "unavailable", "grade": "senior", "skills": { "german": 2 } },
            { "id": "full", "max_open": 0, "grade": "senior", "skills": { "german": 2 } },
            { "id": "had-enough", "grade": "senior", "skills": { "german": 2 } },
            { "id": "junior", "grade": "junior", "skills": { "german": 2 } },
            { "id": "no-german", "grade": "senior" },
        ],
        "teams": [{ "id": "east", "members": [
            "next", "able", "paused", "off", "on-holiday", "on-leave", "away", "unavailable", "full",
            { "member": "had-enough", "max_per_day": 0 }, "junior", "no-german",
        ] }],
        "rules": [{ "id": "all", "assign_to": "east",
            "requires": { "grade": { "at_least": "senior" }, "skills": { "german": 2 } } }],
    })
}

#[test]
fn every_member_gets_a_reason() {
    let (assignment, audit) = dispatcher(&everybody()).assign_with_audit(&lead(1), at(NOON));
    assert_eq!(owner(&assignment), "next");
    insta::assert_snapshot!(audit, @"
    lead `L-1`:
      owner of team `east`: `next`, whose turn it was: 0.50 of a lead behind the share
        could have had it: `able` with 0 open
        `paused`: not active
        `off`: not in working hours until 2026-03-31T13:00:00Z
        `on-holiday`: on a holiday until 2026-04-03T00:00:00Z
        `on-leave`: on leave until 2026-04-04T00:00:00Z
        `away`: away
        `unavailable`: unavailable
        `full`: has 0 of 0 leads open
        `had-enough`: has 0 of 0 leads today of this team
        `junior`: lacks grade `senior` or higher
        `no-german`: lacks `german` at level 2
    ");
    insta::assert_snapshot!(audit.why_not("able").unwrap(), @"`able` could have had lead `L-1`, and `next` got it, whose turn it was: 0.50 of a lead behind the share");
    insta::assert_snapshot!(audit.why_not("on-leave").unwrap(), @"`on-leave` could not have lead `L-1`: on leave until 2026-04-04T00:00:00Z");
    assert_eq!(audit.why_not("next"), None);
    assert_eq!(audit.why_not("nobody"), None);
}

#[test]
fn an_audit_is_a_record() {
    let mut file = everybody();
    file["teams"][0]["members"] = json!(["next", "full", "junior", "off"]);
    let (_, audit) = dispatcher(&file).assign_with_audit(&lead(1), at(NOON));
    insta::assert_snapshot!(serde_json::to_string_pretty(&audit).unwrap(), @r#"
    {
      "lead": "L-1",
      "inquiries": [
        {
          "team": "east",
          "role": "owner",
          "everyone": false,
          "chosen": "next",
          "ground": "whose turn it was: 1.00 of a lead behind the share",
          "reason": null,
          "members": [
            {
              "member": "next",
              "verdict": "eligible",
              "weight": 1,
              "open": 0,
              "today": 0,
              "fit": 0
            },
            {
              "member": "full",
              "verdict": "full",
              "limit": "max_open",
              "reached": 0,
              "most": 0,
              "in_team": false,
              "weight": 1,
              "open": 0,
              "today": 0,
              "fit": 0
            },
            {
              "member": "junior",
              "verdict": "unfit",
              "lacks": [
                "grade `senior` or higher"
              ],
              "weight": 1,
              "open": 0,
              "today": 0,
              "fit": 0
            },
            {
              "member": "off",
              "verdict": "absent",
              "absence": "off_hours",
              "until": "2026-03-31T13:00:00Z",
              "weight": 1,
              "open": 0,
              "today": 0,
              "fit": 0
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn an_audit_changes_nothing() {
    for strategy in [
        "round_robin",
        "least_loaded",
        "sticky",
        "random",
        "waterfall",
        "best_fit",
    ] {
        let mut file = everybody();
        file["teams"][0]["strategy"] = strategy.into();
        let (with, without) = (dispatcher(&file), dispatcher(&file));
        for number in 0..20 {
            let (assignment, audit) = with.assign_with_audit(&lead(number), at(NOON));
            assert_eq!(assignment, without.assign(&lead(number), at(NOON)));
            let inquiry = &audit.inquiries()[0];
            assert_eq!(
                inquiry.chosen.as_ref(),
                assignment.owner().map(Seat::member)
            );
            assert!(
                inquiry
                    .ground
                    .as_ref()
                    .is_some_and(|ground| !ground.is_empty()),
                "{strategy}"
            );
        }
        assert_eq!(with.state(), without.state());
    }
}

#[test]
fn every_team_that_was_tried_is_in_the_audit() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "a", "max_open": 0 }, { "id": "b" }, { "id": "c" }],
        "teams": [
            { "id": "east", "members": ["a"], "if_nobody": { "overflow": "west" } },
            { "id": "west", "members": ["b"] },
            { "id": "experts", "members": ["b", "c"], "strategy": "waterfall" },
        ],
        "rules": [{ "id": "all", "assign_to": "east", "support": ["experts"] }],
    }));
    let (_, audit) = dispatcher.assign_with_audit(&lead(1), at(NOON));
    insta::assert_snapshot!(audit, @"
    lead `L-1`:
      owner of team `east`: nobody at work has room for the lead
        `a`: has 0 of 0 leads open
      owner of team `west`: `b`, whose turn it was: 1.00 of a lead behind the share
      support of team `experts`: `c`, who is listed first of those who could
        `b`: has a seat already
    ");
    let b_in_experts = &audit.inquiries()[2].members[0];
    assert_eq!(b_in_experts.verdict, Verdict::Seated);
}

#[test]
fn the_audit_covers_everyone_looking_ahead_and_named_members() {
    let mut file = json!({
        "members": [
            { "id": "a", "hours": "mon-fri 13:00-17:00" },
            { "id": "b", "hours": "mon-fri 14:00-17:00" },
        ],
        "teams": [{ "id": "east", "members": ["a", "b"], "look_ahead_hours": 24 }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    let (_, back_first) = dispatcher(&file).assign_with_audit(&lead(1), at(NOON));
    file["teams"][0] = json!({ "id": "east", "members": ["a", "b"], "if_nobody": "everyone" });
    let (_, everyone) = dispatcher(&file).assign_with_audit(&lead(1), at(NOON));
    file["rules"][0]["assign_to"] = json!({ "member": "b" });
    let (_, by_name) = dispatcher(&file).assign_with_audit(&lead(1), at(NOON));
    insta::assert_snapshot!(format!("{back_first}\n{everyone}\n{by_name}"), @"
    lead `L-1`:
      owner of team `east`: `a`, back first, at 2026-03-31T13:00:00Z; whose turn it was: 1.00 of a lead behind the share
        `a`: not in working hours until 2026-03-31T13:00:00Z
        `b`: not in working hours until 2026-03-31T14:00:00Z
    lead `L-1`:
      owner of team `east`: nobody is at work now
        `a`: not in working hours until 2026-03-31T13:00:00Z
        `b`: not in working hours until 2026-03-31T14:00:00Z
      owner of team `east`, limits and hours aside: `a`, whose turn it was: 0.50 of a lead behind the share
        could have had it: `b` with 0 open
    lead `L-1`:
      owner: `b`, named by the rule
    ");
}

#[test]
fn members_too_far_ahead_are_reported() {
    let dispatcher = dispatcher(&json!({
        "teams": [{ "id": "east", "strategy": "waterfall", "members": ["a", "b"], "most_ahead": 1 }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    let _ = dispatcher.assign(&lead(1), at(NOON));
    let (assignment, audit) = dispatcher.assign_with_audit(&lead(2), at(NOON));
    assert_eq!(owner(&assignment), "b");
    assert_eq!(
        audit.inquiries()[0].members[0].verdict,
        Verdict::TooFarAhead
    );
}

#[test]
fn a_team_at_its_limit_is_reported_with_the_window() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "a" }, { "id": "b", "max_within": [
            { "leads": 2, "minutes": 30_000 }, { "leads": 9, "minutes": 60 }, { "leads": 5, "minutes": 120 },
        ] }],
        "teams": [
            { "id": "east", "members": ["a"], "max_per_day": 1 },
            { "id": "west", "members": ["b"] },
        ],
        "attributes": { "to": "text" },
        "rules": [
            { "id": "east", "when": "to = east", "assign_to": "east" },
            { "id": "west", "assign_to": "west", "units": 2 },
        ],
    }));
    for team in ["east", "west"] {
        let _ = dispatcher.assign(&lead_to(1, team), at(NOON));
    }
    let (_, east) = dispatcher.assign_with_audit(&lead_to(2, "east"), at(NOON));
    let (_, west) = dispatcher.assign_with_audit(&lead_to(2, "west"), at("2026-04-01T12:00:00Z"));
    insta::assert_snapshot!(format!("{east}\n{west}"), @"
    lead `L-2`:
      owner of team `east`: it has reached a limit as a whole
        `a`: the team has 1 of 1 leads today
    lead `L-2`:
      owner of team `west`: nobody at work has room for the lead
        `b`: has 2 of 2 leads within a span
    ");
}

#[test]
fn a_refused_named_member_is_in_the_audit() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "a", "max_open": 0 }, { "id": "b" }, { "id": "c", "active": false }],
        "teams": [{ "id": "east", "members": ["a", "b", "c"] }],
        "attributes": { "to": "text" },
        "rules": [
            { "id": "a", "when": "to = a", "assign_to": { "member": "a", "if_nobody": { "overflow": "east" } } },
            { "id": "c", "assign_to": { "member": "c", "team": "east", "if_nobody": { "overflow": "east" } } },
        ],
    }));
    let (_, full) = dispatcher.assign_with_audit(&lead_to(1, "a"), at(NOON));
    let (_, paused) = dispatcher.assign_with_audit(&lead_to(2, "c"), at(NOON));
    insta::assert_snapshot!(format!("{full}\n{paused}"), @"
    lead `L-1`:
      owner: nobody at work has room for the lead
        `a`: has 0 of 0 leads open
      owner of team `east`: `b`, whose turn it was: 1.00 of a lead behind the share
        `a`: has 0 of 0 leads open
        `c`: not active
    lead `L-2`:
      owner of team `east`: nobody is active
        `c`: not active
      owner of team `east`: `b`, whose turn it was: 1.00 of a lead behind the share
        `a`: has 0 of 0 leads open
        `c`: not active
    ");
    assert!(paused.why_not("c").unwrap().ends_with("not active"));
}

/// A strategy that gives no reason.
#[derive(Debug)]
struct Silent;

impl Strategy for Silent {
    fn choose(&self, turn: &Turn<'_>, _: &mut Memory) -> Option<usize> {
        turn.candidates().iter().map(|it| it.position()).last()
    }
}

#[test]
fn a_strategy_may_give_no_reason() {
    let mut registry = StrategyRegistry::new();
    registry.register("silent", |_| Ok(Box::new(Silent)));
    let file = json!({
        "members": [{ "id": "a" }, { "id": "b" }, { "id": "c", "hours": "mon-fri 13:00-17:00" }],
        "teams": [{ "id": "east", "strategy": "silent", "members": ["a", "b"] },
            { "id": "west", "strategy": "silent", "members": ["c"], "look_ahead_hours": 2 }],
        "attributes": { "to": "text" },
        "rules": [
            { "id": "east", "when": "to = east", "assign_to": "east" },
            { "id": "west", "assign_to": "west" },
        ],
    });
    let dispatcher = Dispatcher::builder(&policy(&file))
        .registry(registry)
        .build()
        .unwrap();
    let (_, east) = dispatcher.assign_with_audit(&lead_to(1, "east"), at(NOON));
    let (_, west) = dispatcher.assign_with_audit(&lead_to(2, "west"), at(NOON));
    assert_eq!(
        east.why_not("a").unwrap(),
        "`a` could have had lead `L-1`, and `b` got it, whom the strategy picked"
    );
    insta::assert_snapshot!(format!("{east}\n{west}"), @"
    lead `L-1`:
      owner of team `east`: `b`
        could have had it: `a` with 0 open
    lead `L-2`:
      owner of team `west`: `c`, back first, at 2026-03-31T13:00:00Z
        `c`: not in working hours until 2026-03-31T13:00:00Z
    ");
}
