//! Moments without an offset are local times of the policy's zone, and are written back as written.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::{DateTime, NaiveDate, Utc};
use leadtree::Lead;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target};
use leadtree::tree::{DecisionTree, Interpreter};

const FILE: &str = "\
time_zone: Europe/Berlin

members:
  - {id: m-1, leave: [{from: 2026-12-24T12:00:00, until: 2026-12-24T15:00:00}]}
  - {id: m-2, time_zone: +08:00, leave: [{from: 2026-12-24T12:00:00, until: 2026-12-24T15:00:00}]}

teams:
  - id: east
    members:
      - {member: m-1, terms: [{until: 2027-07-01}]}
      - {member: m-2, terms: [{from: 2027-07-01, until: 2028-01-01T00:00:00+08:00}]}

rules:
  - id: next-year
    from: 2027-01-01
    until: 2027-03-28T02:30:00
    assign_to: east
";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn they_are_written_back_as_written() {
    let policy = Policy::from_yaml(FILE).unwrap();
    assert_eq!(policy.to_yaml().unwrap(), FILE);
    let json = serde_json::to_string(&policy).unwrap();
    assert!(json.contains(r#""from":"2027-01-01","until":"2027-03-28T02:30:00""#));
    let back = Policy::load(&mut serde_json::Deserializer::from_str(&json)).unwrap();
    assert_eq!(back, policy);
}

#[test]
fn a_rule_begins_at_midnight_in_the_policys_zone() {
    let policy = Policy::from_yaml(FILE).unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    let lead = Lead::builder("L-1").build();
    for (now, rule) in [
        ("2026-12-31T22:59:59Z", None),
        ("2026-12-31T23:00:00Z", Some("next-year")),
        // Clocks skip half past two: the period ends when they are set.
        ("2027-03-28T00:59:59Z", Some("next-year")),
        ("2027-03-28T01:00:00Z", None),
    ] {
        let decision = tree.decide(&lead, at(now));
        assert_eq!(decision.rule().map(leadtree::RuleId::as_str), rule, "{now}");
        let other = Interpreter::new(&policy).decide(&lead, at(now));
        assert_eq!(decision, other, "{now}");
    }
    // In Rust.
    let day = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let rule = Rule::new("r")
        .from(day)
        .assign_to(Target::pool("unmatched"));
    let draft = PolicyDraft::new().time_zone("+08:00").rule(rule);
    let policy = draft.build().unwrap();
    let interpreter = Interpreter::new(&policy);
    assert!(
        interpreter
            .decide(&lead, at("2026-12-31T15:59:59Z"))
            .rule()
            .is_none()
    );
    assert!(
        interpreter
            .decide(&lead, at("2026-12-31T16:00:00Z"))
            .rule()
            .is_some()
    );
}

#[test]
fn terms_end_at_midnight_in_the_policys_zone() {
    let policy = Policy::from_yaml(
        &FILE.replace("    from: 2027-01-01\n    until: 2027-03-28T02:30:00\n", ""),
    )
    .unwrap();
    let dispatcher = Dispatcher::new(&policy).unwrap();
    for (now, member) in [
        ("2027-06-30T21:59:59Z", Some("m-1")),
        ("2027-06-30T22:00:00Z", Some("m-2")),
        ("2027-12-31T15:59:59Z", Some("m-2")),
        ("2027-12-31T16:00:00Z", None),
    ] {
        let lead = Lead::builder(now).build();
        let assignment = dispatcher.assign(&lead, at(now));
        let text = assignment.to_string();
        match member {
            Some(member) => assert!(text.contains(&format!("member `{member}`")), "{text}"),
            None => assert!(!text.contains("member `"), "{text}"),
        }
    }
}

#[test]
fn leave_in_local_time_is_that_of_the_member() {
    let policy = Policy::from_yaml(FILE).unwrap();
    for (member, from, until) in [
        ("m-1", "2026-12-24T11:00:00Z", "2026-12-24T14:00:00Z"),
        ("m-2", "2026-12-24T04:00:00Z", "2026-12-24T07:00:00Z"),
    ] {
        let availability = policy.member_availability(member);
        let second = chrono::TimeDelta::seconds(1);
        for (now, is_there) in [
            (at(from) - second, true),
            (at(from), false),
            (at(until) - second, false),
            (at(until), true),
        ] {
            assert_eq!(
                availability.is_available_at(now),
                is_there,
                "{member} {now}"
            );
        }
    }
}

#[test]
fn a_period_must_end_after_it_begins() {
    let text = "time_zone: +08:00
rules:
  - {id: a, assign_to: {pool: unmatched}, from: 2027-01-01, until: 2026-12-31T16:00:00Z}
  - {id: b, assign_to: {pool: unmatched}, from: 2027-01-01, until: 2026-12-31T16:00:01Z}
";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 1 problem:
      rules[0].until: ends at 2026-12-31T16:00:00Z, which is not after its start at 2027-01-01; make it end later
    ");
    let text = "members: [{id: m, leave: [{from: 2026-12-24, until: 2026-12-25T08:00:00}, {from: soon, until: 2026-12-25}, {from: 2026-12-26, until: 2026-12-24}]}]";
    let error = Policy::from_yaml(text).unwrap_err();
    insta::assert_snapshot!(error, @"
    the policy has 3 problems:
      members[0].leave[0]: leave from 2026-12-24 until 2026-12-25T08:00:00 mixes days, local times and times with an offset; write both ends in the same way
      members[0].leave[1].from: `soon` is not a moment; write 2026-03-31, 2026-03-31T08:00:00 or, with an offset, 2026-03-31T08:00:00+08:00
      members[0].leave[2]: leave from 2026-12-26 until 2026-12-24 has no length; `until` is the first day or instant back at work
    ");
}
