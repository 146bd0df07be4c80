//! Peak memory of compiling, including policies built to explode.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../benches/shapes/mod.rs"]
mod shapes;

use allocation_counter::measure;
use leadtree::dimension::AttributeKind;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Condition, Rule, Target, all, any, customer_size, number};
use leadtree::tree::{CompileError, CompileOptions};
use shapes::Shape;

/// Compiles within several budgets; returns the bytes for each rule with the default budget.
fn compile(what: &str, policy: &Policy) -> usize {
    let mut bytes = None;
    for budget in [1 << 30, 64 << 20, 8 << 20] {
        let mut result = None;
        let peak = measure(|| {
            result = Some(CompileOptions::new().max_bytes(budget).compile(policy));
        });
        assert!(
            peak.bytes_max <= budget as u64,
            "{what}: {budget} allowed, {peak:?}"
        );
        match result.unwrap() {
            Ok(tree) => {
                bytes.get_or_insert(tree.stats().bytes);
            }
            Err(CompileError::BudgetExceeded {
                costliest,
                dimensions,
                ..
            }) => {
                assert!(!costliest.is_empty() && !dimensions.is_empty(), "{what}");
            }
            Err(error) => panic!("{what}: {error}"),
        }
    }
    bytes.unwrap() / policy.grants().count()
}

fn hostile(attributes: usize, conditions: impl Iterator<Item = Condition>) -> Policy {
    let mut draft = PolicyDraft::new().pool("some");
    for attribute in 0..attributes {
        draft = draft.attribute(format!("a{attribute}"), AttributeKind::Number);
    }
    let rules = conditions.enumerate().map(|(rule, condition)| {
        Rule::new(format!("r-{rule}"))
            .when(condition)
            .assign_to(Target::pool("some"))
    });
    draft.rules(rules.collect::<Vec<_>>()).build().unwrap()
}

#[test]
fn generated_sets_stay_within_the_budget() {
    for (shape, most) in Shape::ALL.into_iter().zip([300, 300, 700, 700, 300]) {
        let bytes = compile(shape.as_str(), &shape.policy(10_000));
        assert!(bytes <= most, "{}: {bytes} bytes a rule", shape.as_str());
    }
}

#[test]
fn each_rule_with_its_own_pair_of_attributes() {
    let conditions = (0_u32..4_000).map(|rule| {
        let (one, other) = (rule % 32, (rule / 32 + rule) % 32);
        let from = rule % 97;
        number(format!("a{one}")).at_least(from) & number(format!("a{other}")).at_most(from + 7)
    });
    compile("pairs", &hostile(32, conditions));
}

#[test]
fn staircases() {
    let conditions = (0_u32..4_000).map(|rule| {
        let step = rule;
        all([
            number("a0").at_least(step),
            number("a1").at_most(8_000 - step),
            number("a2").at_least(rule * 7 % 4_000),
            customer_size().at_least(rule),
        ])
    });
    compile("staircases", &hostile(3, conditions));
}

#[test]
fn hundreds_of_alternatives_a_rule() {
    let conditions = (0_u32..1_000).map(|rule| {
        any((0_u32..90).map(|part| {
            let value = rule * 90 + part;
            number(format!("a{}", part % 4)).is(value) & number("a4").at_least(value / 2)
        }))
    });
    compile("alternatives", &hostile(5, conditions));
}
