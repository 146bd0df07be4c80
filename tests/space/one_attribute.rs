//! Tests of one attribute that depend on each other.

use leadtree::dimension::AttributeKind;
use leadtree::policy::PolicyDraft;
use leadtree::rule::Condition;
use leadtree::space::{LeadSet, Space, SpaceError, Undecided};

use super::with_rule;

fn set(text: &str) -> LeadSet {
    let condition: Condition = text.parse().unwrap();
    let values = PolicyDraft::new()
        .attribute("source", AttributeKind::Text)
        .attribute("interests", AttributeKind::Tags);
    let policy = with_rule(values, &condition);
    Space::of(&policy).set(&condition).unwrap()
}

#[test]
fn what_no_value_meets_is_empty() {
    for text in [
        "source = crm and not source contains cr",
        "source contains erp and not source contains rp",
        "source = crm and source ends with erp",
        "source is missing and source contains a",
        "source is missing and interests is missing and not (source is missing)",
        "source starts with ab and not source contains b",
        "source contains ab and source contains (aab, bab) and not source contains (aa, ba)",
        "source is missing and not (not source ends with a or source contains a)",
        "interests contains all of (a, b) and not interests contains any of (a, c)",
        "interests contains any of (a, b) and not interests contains any of (b, a, c)",
        "interests is unlisted and interests contains any of (a)",
        "not source contains a and (source starts with a or source = ba)",
    ] {
        let set = set(text);
        assert_eq!(set.is_empty(), Ok(true), "{text}");
        assert_eq!(set.simplest_lead(), Ok(None), "{text}");
    }
}

#[test]
fn what_some_value_meets_has_an_example() {
    let all: Vec<String> = [
        "source contains b and not source contains ab and source starts with a",
        "source contains (ab, cd) and source ends with dc and source starts with c",
        "source contains ab and source contains ba and not source starts with a",
        "not source contains a and source starts with (a, b) and source ends with bb",
        "not source = a and not source starts with b and not source is missing and not source is unlisted",
        "source is unlisted or source contains a",
        "not source is missing and not source contains a",
        "interests contains any of (a, b) and not interests contains any of (a)",
        "interests contains all of (a, b) and not interests contains all of (b, c) and interests contains any of (c, d)",
        "not interests is missing and not interests contains any of (a)",
        "source contains 'trade fair' and not source = 'trade fair'",
    ]
    .into_iter()
    .map(|text| {
        let example = set(text).simplest_lead().unwrap().unwrap();
        let values: Vec<String> = example
            .lead
            .attributes()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        format!("{text}\n  {}", values.join(", "))
    })
    .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn what_cannot_be_settled_is_said() {
    // Too many texts to search: each must be contained, in any order.
    let parts: Vec<String> = (0..300)
        .map(|number| format!("source contains 'part {number}-{number}-{number}'"))
        .collect();
    let text = format!("{} and not source contains t1", parts.join(" and "));
    let error = set(&text).is_empty().unwrap_err();
    let SpaceError::Undecided(Undecided::Dependent { attribute, tests }) = &error else {
        panic!("{error}");
    };
    assert_eq!(attribute, "source");
    assert!(
        tests.starts_with("contains (part 0-0-0) and contains (part 1-1-1)"),
        "{tests}"
    );
}
