//! For leads at the boundaries of rules, and with missing and unlisted values, the tree agrees with
//! the interpreter and with plain ranges of codes.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../benches/shapes/mod.rs"]
mod shapes;

mod random;

use chrono::DateTime;
use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::Dimension;
use leadtree::tree::{DecisionTree, Interpreter};
use shapes::{FUNNEL, LIFECYCLE, Place, RuleTests, Shape};

const LEADS: u64 = 10_000;

/// A value of a dimension as a lead writes it, with its code if it is known.
type Value = (Option<String>, Option<u32>);

/// For each dimension, values at the boundaries of the rules.
struct Boundaries([Vec<Value>; 6]);

impl Boundaries {
    fn of(rule_tests: &[RuleTests]) -> Self {
        let mut values: [Vec<Value>; 6] = Default::default();
        for tests in rule_tests {
            for (dimension, place) in [
                (0, &tests.region),
                (1, &tests.industry),
                (3, &tests.product),
            ] {
                let places = place.any.iter().chain(&place.without);
                let places = places.flat_map(Place::around);
                values[dimension].extend(places.map(|place| {
                    let code = place.codes().0;
                    (Some(place.path()), Some(code))
                }));
            }
            let sizes = &tests.ranges()[2];
            for size in sizes.iter().flat_map(|&(first, last)| [first, last]) {
                for size in [size.saturating_sub(1), size, size.saturating_add(1)] {
                    values[2].push((Some(size.to_string()), Some(size)));
                }
            }
        }
        let stages = |names: &[&str]| {
            let known = names.iter().zip(0..);
            known
                .map(|(name, code)| (Some((*name).to_owned()), Some(code)))
                .collect()
        };
        values[4] = stages(&LIFECYCLE);
        values[5] = stages(&FUNNEL);
        for values in &mut values {
            let twentieth = values.len() / 20 + 1;
            values.extend(vec![(None, None); twentieth]);
            values.extend(vec![(Some("no such thing".to_owned()), None); twentieth]);
        }
        Self(values)
    }

    /// A lead, and its codes.
    fn lead(&self, random: &mut Rng) -> (Lead<'static>, [Option<u32>; 6]) {
        let mut lead = Lead::builder("L-1");
        let mut codes = [None; 6];
        for ((dimension, values), code) in Dimension::ALL.into_iter().zip(&self.0).zip(&mut codes) {
            let (text, known) = random::pick(random, values);
            *code = *known;
            if let Some(text) = text {
                lead = lead.value(dimension, text.clone());
            }
        }
        (lead.build(), codes)
    }
}

/// The position of the first rule whose tests allow the codes, or of the catch-all after the last.
fn first(rule_tests: &[RuleTests], codes: &[Option<u32>; 6]) -> usize {
    let lies_in = |tests: &RuleTests| {
        let mut dimensions = tests.ranges().into_iter().zip(codes);
        dimensions.all(|(ranges, code)| match code {
            Some(code) => ranges
                .iter()
                .any(|(first, last)| (first..=last).contains(&code)),
            None => ranges == [(0, u32::MAX)],
        })
    };
    rule_tests
        .iter()
        .position(lies_in)
        .unwrap_or(rule_tests.len())
}

fn check(shape: Shape, rules: usize) {
    let rule_tests = shape.rule_tests(rules);
    let policy = shape.policy(rules);
    let tree = DecisionTree::compile(&policy).unwrap();
    let interpreter = Interpreter::new(&policy);
    let boundaries = Boundaries::of(&rule_tests);
    let mut random = Rng::with_seed(rules as u64);
    let now = DateTime::UNIX_EPOCH;
    let mut applied = vec![false; rule_tests.len() + 1];
    for _ in 0..random::cases(LEADS) {
        let (lead, codes) = boundaries.lead(&mut random);
        let right = first(&rule_tests, &codes);
        let what = format!("{} of {rules} rules, {lead:?}", shape.as_str());
        assert_eq!(interpreter.decide(&lead, now).index(), right, "{what}");
        assert_eq!(tree.decide(&lead, now).index(), right, "{what}");
        applied[right] = true;
    }
    let applied = applied.into_iter().filter(|applied| *applied).count();
    assert!(
        applied > 5,
        "only {applied} rules of {} apply",
        shape.as_str()
    );
}

#[test]
fn ten_rules() {
    for shape in Shape::ALL {
        check(shape, 10);
    }
}

#[test]
fn a_hundred_rules() {
    for shape in Shape::ALL {
        check(shape, 100);
    }
}

#[test]
fn three_hundred_rules() {
    for shape in Shape::ALL {
        check(shape, 300);
    }
}

#[test]
fn a_thousand_rules() {
    for shape in Shape::ALL {
        check(shape, 1_000);
    }
}
