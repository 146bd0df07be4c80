//! Tens of thousands of rules that share little: the tree still agrees with the rule-by-rule
//! interpreter.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../benches/shapes/mod.rs"]
mod shapes;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::AttributeKind;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Condition, Rule, Target, any, customer_size, number, tags, text};
use leadtree::tree::{CompileOptions, DecisionTree, Interpreter, TreeForm};
use shapes::Shape;

/// More rules than are compared side by side at once.
const RULES: usize = 17_000;

/// Compares both; returns how many different rules applied.
fn compare(policy: &Policy, leads: &[(Lead<'_>, DateTime<Utc>)]) -> usize {
    let tree = DecisionTree::compile(policy).unwrap();
    let options = CompileOptions::new().form(TreeForm::Forest);
    let behind = options.in_front(0).compile(policy).unwrap();
    assert!(behind.stats().cells > 1, "{behind:?}");
    let interpreter = Interpreter::new(policy);
    let mut applied = std::collections::HashSet::new();
    for (lead, now) in leads {
        let decision = tree.decide(lead, *now);
        assert_eq!(
            decision,
            interpreter.decide(lead, *now),
            "{lead:?} at {now}"
        );
        assert_eq!(behind.decide(lead, *now), decision);
        let profile = tree.profile(lead);
        assert_eq!(tree.decide_profile(&profile, *now), Ok(decision));
        assert_eq!(tree.explain(lead, *now).decision(), decision);
        applied.insert(decision.index());
    }
    applied.len()
}

#[test]
fn narrow_rules_first() {
    let policy = Shape::Late.policy(RULES);
    let leads = shapes::leads(300).into_iter();
    let leads: Vec<_> = leads.map(|lead| (lead, DateTime::UNIX_EPOCH)).collect();
    assert!(compare(&policy, &leads) > 100);
}

#[test]
fn with_attributes_periods_alternatives_and_gaps() {
    let mut random = Rng::with_seed(7);
    let rule_tests = Shape::Random.rule_tests(RULES);
    let mut draft = PolicyDraft::new()
        .pool("rest")
        .attribute("zip", AttributeKind::Text)
        .attribute("revenue", AttributeKind::Number)
        .attribute("interests", AttributeKind::Tags);
    // The values of the generated sets.
    let generated = Shape::Random.draft(0);
    let written = serde_json::to_value(&generated).unwrap();
    draft = draft
        .regions(serde_json::from_value(written["regions"].clone()).unwrap())
        .industries(serde_json::from_value(written["industries"].clone()).unwrap())
        .product_lines(serde_json::from_value(written["product_lines"].clone()).unwrap());
    let further = |random: &mut Rng| -> Condition {
        match random.u32(..6) {
            0 => text("zip").starts_with(random.u32(10..1_000).to_string()),
            1 => !text("zip").starts_with(random.u32(0..10).to_string()),
            2 => number("revenue").at_least(random.u32(..100)),
            3 => tags("interests").contains_any([random.u32(..20).to_string()]),
            4 => any([
                text("zip").ends_with(random.u32(..100).to_string()),
                number("revenue").is_missing(),
            ]),
            _ => Condition::always(),
        }
    };
    for (number, tests) in rule_tests.iter().enumerate() {
        // Wide rules would match every lead early, so each has a test of its own.
        let zip = text("zip").starts_with(random.u32(10..1_000).to_string());
        let when = tests.condition() & further(&mut random) & zip;
        let mut rule = Rule::new(format!("r-{number}")).when(when);
        if random.u32(..10) == 0 {
            rule = rule.from(DateTime::UNIX_EPOCH + TimeDelta::days(random.i64(0..100)));
        }
        draft = draft.rule(rule.assign_to(Target::pool("rest")));
    }
    let policy = draft.build().unwrap();
    let leads = shapes::leads(400).into_iter().map(|lead| {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(random.i64(-1..101));
        let mut changed = Lead::builder(lead.id().to_owned());
        for (dimension, value) in [
            (
                leadtree::dimension::Dimension::Region,
                lead.region().map(ToString::to_string),
            ),
            (
                leadtree::dimension::Dimension::Industry,
                lead.industry().map(ToString::to_string),
            ),
            (
                leadtree::dimension::Dimension::CustomerSize,
                lead.customer_size().map(ToString::to_string),
            ),
            (
                leadtree::dimension::Dimension::ProductLine,
                lead.product_line().map(ToString::to_string),
            ),
            (
                leadtree::dimension::Dimension::FunnelStage,
                lead.funnel_stage().map(ToString::to_string),
            ),
        ] {
            match random.u32(..20) {
                0 => {}
                1 => changed = changed.value(dimension, "nowhere"),
                _ => changed = changed.value(dimension, value.unwrap_or_default()),
            }
        }
        changed = changed.attribute("zip", random.u32(..100_000).to_string());
        if random.bool() {
            changed = changed.attribute("revenue", random.u32(..120));
        }
        if random.bool() {
            changed = changed.attribute("interests", random.u32(..25).to_string());
        }
        (changed.build(), now)
    });
    let leads: Vec<_> = leads.collect();
    assert!(compare(&policy, &leads) > 5);
}

#[test]
fn wide_ranges_in_no_order() {
    let mut random = Rng::with_seed(11);
    let mut draft = PolicyDraft::new()
        .pool("rest")
        .attribute("revenue", AttributeKind::Number);
    for number in 0..RULES {
        let mut range = |width: u32| {
            let from = random.u32(..1_000_000 - width);
            (from, from + width)
        };
        // Narrow ones first, so that leads match late.
        let width = 1_000 + u32::try_from(number).unwrap() * 40;
        let (from, to) = range(width);
        let (low, high) = range(width);
        let when = customer_size().between(from, to)
            & leadtree::rule::number("revenue").between(low, high);
        let rule = Rule::new(format!("r-{number}")).when(when);
        draft = draft.rule(rule.assign_to(Target::pool("rest")));
    }
    let leads = (0..200).map(|number| {
        let lead = Lead::builder(format!("L-{number}"))
            .customer_size(random.u32(..1_000_000))
            .attribute("revenue", random.u32(..1_000_000))
            .build();
        (lead, DateTime::UNIX_EPOCH)
    });
    let leads: Vec<_> = leads.collect();
    assert!(compare(&draft.build().unwrap(), &leads) > 100);
}
