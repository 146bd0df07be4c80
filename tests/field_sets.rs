//! Sets of rules as sales organisations write them: what they promise, and that engines written by
//! hand, the tree and the interpreter answer them alike.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "../benches/field_sets/mod.rs"]
mod field_sets;

use std::collections::HashSet;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use field_sets::{Bitmaps, FieldSet, FieldShape, LinearScan};
use leadtree::Lead;
use leadtree::dimension::Dimension;
use leadtree::policy::Policy;
use leadtree::rule::{Entry, Rule};
use leadtree::tree::{DecisionTree, Interpreter};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const LEADS: usize = 3_000;

fn rules(policy: &Policy) -> Vec<&Rule> {
    let entries = policy.rules().iter();
    let rules = entries.map(|entry| match entry {
        Entry::Rule(rule) => rule,
        Entry::Group(group) => panic!("a group: {group:?}"),
    });
    rules.collect()
}

#[test]
fn they_are_written_as_sales_organisations_write() {
    let mut text = String::new();
    for shape in FieldShape::ALL {
        writeln!(text, "{}", shape.as_str()).unwrap();
        let policy = shape.policy(300);
        for rule in rules(&policy).into_iter().skip(100).take(5) {
            let mut condition: String = rule.condition().to_string();
            if condition.chars().count() > 240 {
                condition = condition.chars().take(240).chain(" …".chars()).collect();
            }
            writeln!(text, "  {}: {condition}", rule.id()).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_last_of_so_many_rules_is_for_every_lead() {
    for shape in FieldShape::ALL {
        for count in [1, 2, 10, 100, 1_000] {
            let policy = shape.policy(count);
            let rules = rules(&policy);
            assert_eq!(rules.len(), count, "{}", shape.as_str());
            assert_eq!(rules[count - 1].condition().to_string(), "always");
            let others = &rules[..count - 1];
            assert!(
                others
                    .iter()
                    .all(|rule| rule.condition().to_string() != "always"),
                "{}",
                shape.as_str()
            );
        }
    }
}

#[test]
fn codes_are_numbered_as_the_taxonomies_number() {
    let policy = FieldShape::Territory.policy(1);
    let dimensions = policy.dimensions();
    let known = [
        dimensions.regions(),
        dimensions.industries(),
        dimensions.product_lines(),
    ];
    for (paths, taxonomy) in field_sets::paths().iter().zip(known) {
        let there: Vec<&str> = taxonomy.nodes().map(|(_, path)| path).collect();
        assert_eq!(paths, &there);
    }
    assert!(dimensions.regions().len() > 1_000);
}

#[test]
fn tree_interpreter_and_engines_written_by_hand_agree() {
    for shape in FieldShape::ALL {
        for count in [10, 100, 1_000] {
            let set = FieldSet::new(shape, count);
            let policy = set.policy();
            let interpreter = Interpreter::new(&policy);
            let tree = DecisionTree::compile(&policy).unwrap();
            let ranges = set.ranges();
            let by_hand = (set.with_attributes() == 0).then(|| {
                let scan = LinearScan::new(&ranges);
                (scan, Bitmaps::new(&ranges, field_sets::code_counts()))
            });
            for coded in shape.coded_leads(LEADS) {
                let right = interpreter.decide(&coded.lead, NOW).index();
                let at = || format!("{} {count}: {:?}", shape.as_str(), coded.lead);
                assert_eq!(tree.decide(&coded.lead, NOW).index(), right, "{}", at());
                if let Some((scan, bitmaps)) = &by_hand {
                    assert_eq!(scan.first(&coded.codes), Some(right), "{}", at());
                    assert_eq!(bitmaps.first(&coded.codes), Some(right), "{}", at());
                }
            }
        }
    }
}

#[test]
fn every_rule_of_a_live_set_is_the_first_for_some_lead() {
    let set = FieldSet::new(FieldShape::Live, 1_000);
    let policy = set.policy();
    let interpreter = Interpreter::new(&policy);
    let names = field_sets::paths();
    for (position, ranges) in set.ranges().iter().enumerate().rev().skip(1) {
        let mut lead = Lead::builder("L-1");
        for (dimension, ranges) in Dimension::ALL.into_iter().zip(ranges) {
            // The last code is a leaf, the last head count, or the last stage.
            let code = ranges
                .as_ref()
                .map_or(0, |ranges| ranges[ranges.len() - 1].1) as usize;
            let value = match dimension {
                Dimension::Region => names[0][code].to_owned(),
                Dimension::Industry => names[1][code].to_owned(),
                Dimension::ProductLine => names[2][code].to_owned(),
                Dimension::CustomerSize => code.to_string(),
                Dimension::LifecycleStage => {
                    let stages = policy.dimensions().lifecycle_stages();
                    stages.names().nth(code).unwrap().to_owned()
                }
                Dimension::FunnelStage => {
                    let stages = policy.dimensions().funnel_stages();
                    stages.names().nth(code).unwrap().to_owned()
                }
            };
            lead = lead.value(dimension, value);
        }
        let lead = lead.build();
        assert_eq!(interpreter.decide(&lead, NOW).index(), position, "{lead:?}");
    }
}

#[test]
fn leads_match_late_where_narrow_rules_come_first() {
    let middle = |shape: FieldShape| {
        let policy = shape.policy(1_000);
        let interpreter = Interpreter::new(&policy);
        let leads = shape.leads(LEADS);
        let mut places: Vec<usize> = leads
            .iter()
            .map(|lead| interpreter.decide(lead, NOW).index())
            .collect();
        places.sort_unstable();
        places[places.len() / 2]
    };
    assert!(middle(FieldShape::Late) > 2 * middle(FieldShape::Random));
}

#[test]
fn leads_are_missing_unlisted_and_oddly_spelt_now_and_then() {
    let leads = FieldShape::Territory.coded_leads(20_000);
    for (dimension, count) in field_sets::code_counts().into_iter().enumerate() {
        let of = |code: u32| {
            leads
                .iter()
                .filter(|coded| coded.codes[dimension] == code)
                .count()
        };
        assert!(
            (450..750).contains(&of(count - 2)),
            "missing: {}",
            of(count - 2)
        );
        assert!(
            (300..500).contains(&of(count - 1)),
            "unlisted: {}",
            of(count - 1)
        );
    }
    let names: HashSet<&str> = field_sets::paths()[0].iter().copied().collect();
    let regions = leads.iter().filter_map(|coded| coded.lead.region());
    let odd = regions
        .filter(|region| !names.contains(region.as_str()))
        .count();
    assert!((2_000..5_000).contains(&odd), "{odd}");
    // A few regions have most of the leads.
    let mut by_region = std::collections::HashMap::new();
    for coded in &leads {
        *by_region.entry(coded.codes[0]).or_insert(0) += 1;
    }
    let mut counts: Vec<usize> = by_region.into_values().collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    assert!(counts.len() > 500 && counts.iter().take(100).sum::<usize>() > 8_000);
}

#[test]
fn the_same_set_and_the_same_leads_every_time() {
    for shape in FieldShape::ALL {
        assert!(shape.draft(100) == shape.draft(100), "{}", shape.as_str());
        assert!(shape.draft(100) != shape.draft(101), "{}", shape.as_str());
        assert_eq!(shape.leads(50), shape.leads(50));
    }
}
