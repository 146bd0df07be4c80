//! The sample, checked lead by lead.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use leadtree::Lead;
use leadtree::lead::AttributeValue;
use leadtree::policy::Policy;
use leadtree::rule::IfNobody;
use leadtree::tree::Interpreter;

use super::{Row, assign, data, folder, rows, stderr, stdout};

fn policy(path: &Path) -> Policy {
    let text = fs::read_to_string(path).unwrap();
    Policy::from_yaml(&text).unwrap()
}
/// A lead of the sample, read without the command's code.
fn sample_lead(row: &Row) -> Lead<'_> {
    let mut lead = Lead::builder(row["id"].as_str())
        .region(&row["region"])
        .industry(&row["industry"])
        .customer_size(row["customer_size"].trim_start_matches("ca. "))
        .product_line(&row["product_line"])
        .lifecycle_stage(&row["lifecycle_stage"])
        .funnel_stage(&row["funnel_stage"]);
    for name in [
        "company",
        "source",
        "language",
        "annual_revenue",
        "vip",
        "requested_on",
    ] {
        lead = lead.attribute(name, row[name].as_str());
    }
    if !row["interests"].is_empty() {
        let tags = AttributeValue::tags(row["interests"].split(';'));
        lead = lead.attribute("interests", tags);
    }
    lead.build()
}

fn sample_moment(row: &Row) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(&row["received"], "%Y-%m-%d %H:%M:%S").unwrap();
    (local - TimeDelta::hours(8)).and_utc()
}

#[test]
fn the_sample_is_assigned_as_the_interpreter_decides() {
    let folder = folder("sample");
    let output = assign(&folder, &[], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("5,000 rows read = 5,000 leads + 0 bad rows\n"));

    let policy = policy(&data("policy.yaml"));
    let interpreter = Interpreter::new(&policy);
    let leads = rows(&data("leads.csv"));
    let assignments = rows(&folder.join("assignments.csv"));
    assert_eq!((leads.len(), assignments.len()), (5_000, 5_000));
    for (row, assignment) in leads.iter().zip(&assignments) {
        let lead = sample_lead(row);
        let decision = interpreter.decide(&lead, sample_moment(row));
        assert_eq!(assignment["lead"], row["id"]);
        let rule = decision.source().id().map_or("", |rule| rule.as_str());
        assert_eq!(assignment["rule"], rule, "{lead:?}");
        // The teams that support, each with the member that it gives.
        let support = decision.support().iter();
        let teams: Vec<_> = support.map(|support| support.team().as_str()).collect();
        let seats = assignment["support"].split(';').filter(|it| !it.is_empty());
        let seated: Vec<_> = seats.map(|seat| seat.split_once('/').unwrap().0).collect();
        match assignment["outcome"].as_str() {
            "assigned" => assert_eq!(seated, teams, "{lead:?}"),
            _ => assert!(seated.is_empty(), "{lead:?}"),
        }
        let has = |column: &str| !assignment[column].is_empty();
        let expected = match assignment["outcome"].as_str() {
            "assigned" => (true, true, false, false),
            "pooled" => (false, false, true, has("reason")),
            "unassigned" => (false, false, false, true),
            other => panic!("outcome {other}"),
        };
        let filled = (has("team"), has("member"), has("pool"), has("reason"));
        assert_eq!(filled, expected, "{assignment:?}");
    }
}

#[test]
fn the_sample_meets_every_outcome_and_no_limit_is_passed() {
    let folder = folder("limits");
    assign(&folder, &[], b"");
    let assignments = rows(&folder.join("assignments.csv"));
    let leads = rows(&data("leads.csv"));
    let policy = policy(&data("policy.yaml"));

    let mut a_day: HashMap<(&str, &str, &str), u32> = HashMap::new();
    let mut a_day_overall: HashMap<(&str, &str), u32> = HashMap::new();
    let mut reasons: HashMap<(&str, &str), u32> = HashMap::new();
    for (row, assignment) in leads.iter().zip(&assignments) {
        let (team, member) = (assignment["team"].as_str(), assignment["member"].as_str());
        let day = row["received"].split(' ').next().unwrap();
        *a_day.entry((team, member, day)).or_default() += 1;
        *a_day_overall.entry((member, day)).or_default() += 1;
        let (outcome, reason) = (
            assignment["outcome"].as_str(),
            assignment["reason"].as_str(),
        );
        *reasons.entry((outcome, reason)).or_default() += 1;
    }
    for team in policy.teams() {
        if *team.get_if_nobody() == IfNobody::Everyone {
            continue;
        }
        for seat in team.get_members() {
            let limit = seat.limits().max_per_day.unwrap_or(u32::MAX);
            for (_, &count) in a_day
                .iter()
                .filter(|((in_team, member, _), _)| team.id() == in_team && seat.member() == member)
            {
                assert!(count <= limit, "{} in {}", seat.member(), team.id());
            }
        }
    }
    for member in policy.members() {
        let limit = member.limits().max_per_day.unwrap_or(u32::MAX);
        for (_, &count) in a_day_overall
            .iter()
            .filter(|((id, _), _)| member.id() == id)
        {
            assert!(count <= limit, "{}", member.id());
        }
    }
    for expected in [
        ("assigned", ""),
        ("pooled", ""),
        ("pooled", "no_rule_matched"),
        ("pooled", "nobody_with_capacity"),
        ("unassigned", "nobody_with_capacity"),
    ] {
        assert!(reasons.contains_key(&expected), "{expected:?}: {reasons:?}");
    }
    assert!(reasons[&("assigned", "")] > 3_500);
}
