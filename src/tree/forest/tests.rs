//! The forest against its clauses, one by one.

use proptest::prelude::*;

use super::{Forest, ForestOptions, Thresholds};
use crate::dimension::{AttributeKind, Taxonomy};
use crate::policy::{Policy, PolicyDraft};
use crate::rule::{Condition, Rule, Target, customer_size, flag, industry, number, region, text};
use crate::space::{AskedLead, AxesBuilder, Classes, Clauses, DIMENSIONS, LeadOfClasses};
use crate::tree::lookup::sample::Weights;

const AREAS: usize = 6;
const CITIES: usize = 5;

fn city(area: usize, city: usize) -> String {
    format!("area-{}/city-{}", area % AREAS, city % CITIES)
}

fn conditions() -> impl Strategy<Value = Condition> {
    let place = (0..AREAS, 0..CITIES);
    let places = prop::collection::vec(place, 1..6);
    let test = prop_oneof![
        4 => places.prop_map(|it| region().within_any(it.into_iter().map(|(a, c)| city(a, c)))),
        2 => (0..AREAS).prop_map(|area| region().within(format!("area-{area}"))),
        1 => (0..AREAS).prop_map(|area| !region().within(format!("area-{area}"))),
        2 => prop::collection::vec(0..8, 1..4)
            .prop_map(|it| industry().within_any(it.into_iter().map(|i| format!("sector-{i}")))),
        2 => (0_u32..100, 1_u32..50).prop_map(|(from, more)| customer_size().between(from, from + more)),
        1 => (0_u32..30).prop_map(|from| number("revenue").at_least(from)),
        1 => (0_u32..100).prop_map(|zip| text("zip").starts_with(zip.to_string())),
        1 => (0_u32..10).prop_map(|zip| text("zip").contains(zip.to_string())),
        1 => any::<bool>().prop_map(|it| if it { flag("vip").is_true() } else { flag("vip").is_false() }),
        1 => Just(region().is_missing()),
    ];
    let all = prop::collection::vec(test.clone(), 1..4);
    prop_oneof![
        5 => all.prop_map(crate::rule::all),
        1 => prop::collection::vec(test, 2..4).prop_map(crate::rule::any),
    ]
}

fn policy(conditions: Vec<Condition>) -> Policy {
    let cities = (0..AREAS).flat_map(|area| (0..CITIES).map(move |it| city(area, it)));
    let rules = conditions.into_iter().enumerate();
    let rules = rules.map(|(number, when)| {
        let rule = Rule::new(format!("r-{number}")).when(when);
        rule.assign_to(Target::pool("rest"))
    });
    let rules: Vec<Rule> = rules.collect();
    PolicyDraft::new()
        .regions(Taxonomy::draft().paths(cities))
        .industries(Taxonomy::draft().paths((0..8).map(|it| format!("sector-{it}"))))
        .attribute("revenue", AttributeKind::Number)
        .attribute("zip", AttributeKind::Text)
        .attribute("vip", AttributeKind::Flag)
        .pool("rest")
        .rules(rules)
        .build()
        .unwrap()
}

/// The grant of the first clause that holds.
fn first_of(clauses: &Clauses, lead: &impl AskedLead) -> Option<u32> {
    let mut all = clauses.all.iter();
    let found = all.find(|clause| {
        let mut limits = clause.limits.iter();
        let check = clause.check.map(|check| &clauses.formulas[check as usize]);
        limits.all(|&(axis, set)| clauses.set(set).contains(lead.class(axis as usize)))
            && check.is_none_or(|check| check.holds(lead))
    });
    found.map(|clause| clause.grant)
}

proptest! {
    #[test]
    fn the_first_clause_that_holds_is_found_whatever_is_cut(
        conditions in prop::collection::vec(conditions(), 0..120),
        in_front in prop_oneof![Just(0_usize), Just(8), Just(4_096)],
        bytes in prop_oneof![Just(0_usize), 0..20_000_usize, Just(1 << 24)],
        gain in prop_oneof![Just(1.0), Just(8.0)],
        cell in 1..40_usize,
        leads in prop::collection::vec(any::<u64>(), 24),
    ) {
        let policy = policy(conditions);
        let mut axes = AxesBuilder::new();
        axes.add_entries(policy.entries());
        let index = axes.finish(policy.dimensions());
        let clauses = Clauses::of(policy.entries(), &index, 1 << 24, 1 << 24);
        let thresholds = Thresholds { gain, cell };
        let options = ForestOptions { in_front, bytes, thresholds };
        let otherwise = 1 << 20;
        let forest = Forest::of(&clauses, (clauses.all.len(), otherwise), &Weights::of(&clauses), options);
        let mut keys = Vec::new();
        for seed in leads {
            let mut random = fastrand::Rng::with_seed(seed);
            let all: Vec<u32> = clauses.classes.iter().map(|&count| random.u32(..count)).collect();
            let lead = LeadOfClasses::new(|axis: usize| all[axis]);
            let classes: Classes = std::array::from_fn(|axis| all[axis]);
            let key = forest.key(&classes);
            let right = first_of(&clauses, &lead).unwrap_or(otherwise);
            match forest.first_by_dimensions(&key) {
                Ok(grant) => prop_assert_eq!(grant, right),
                Err(told) => prop_assert_eq!(forest.first_asking(told, &key, &lead), right),
            }
            prop_assert_eq!(forest.trace(&key, &lead, &mut |_| {}), right);
            keys.push(key);
        }
        if forest.in_front() == 0 {
            for [first, second] in keys.as_chunks().0 {
                let both = forest.first_behind_front([first, second]);
                let one_by_one = [first, second].map(|key| forest.first_by_dimensions(key));
                prop_assert_eq!(both, one_by_one);
            }
        }
    }
}

/// Tests that cannot be ordered have an axis each: more of them than have rows, in a table of several
/// blocks beside one that is cut, which is looked at first.
#[test]
fn the_first_clause_is_found_in_many_blocks_of_many_axes() {
    const LETTERS: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{4e45}';
    let letters: Vec<char> = LETTERS.collect();
    let has = |number: usize| text("zip").contains(letters[number % letters.len()].to_string());
    let area = |number: usize| region().within(format!("area-{}", number % AREAS));
    // The first block is met by no lead of the first sector.
    let sectors = |number: usize| {
        let without = 1 + number % 7;
        let others = (1..8).filter(move |&it| it != without);
        industry().within_any(others.map(|it| format!("sector-{it}")))
    };
    let pairs = (0..900).map(|number| {
        let pair = has(number) & has(number * 7 + number / 70 + 1);
        if number < 300 {
            pair & sectors(number)
        } else {
            pair
        }
    });
    let first =
        (0..40).map(|number| area(number) & has(number) & has(number + 1) & has(number + 2));
    let last = (0..80).map(|number| area(number) & has(number));
    let policy = policy(first.chain(pairs).chain(last).collect());
    let mut axes = AxesBuilder::new();
    axes.add_entries(policy.entries());
    let index = axes.finish(policy.dimensions());
    let clauses = Clauses::of(policy.entries(), &index, 1 << 24, 1 << 24);
    let thresholds = Thresholds {
        gain: 90.0,
        cell: 64,
    };
    let bytes = 1 << 24;
    let otherwise = 1 << 20;
    let mut found = [0; 3];
    for in_front in [0, 4_096] {
        let options = ForestOptions {
            in_front,
            bytes,
            thresholds,
        };
        let weights = Weights::of(&clauses);
        let forest = Forest::of(&clauses, (clauses.all.len(), otherwise), &weights, options);
        for seed in 0..2_000 {
            let mut random = fastrand::Rng::with_seed(seed);
            let often = random.u32(..40) + 2;
            let classes = clauses.classes.iter().enumerate();
            let all: Vec<u32> = classes
                .map(|(axis, &count)| match axis {
                    0..DIMENSIONS => random.u32(..count),
                    _ => count - 1 - u32::from(random.u32(..often) > 0),
                })
                .collect();
            let lead = LeadOfClasses::new(|axis: usize| all[axis]);
            let key = forest.key(&std::array::from_fn(|axis| all[axis]));
            let right = first_of(&clauses, &lead).unwrap_or(otherwise);
            let answer = forest.first_by_dimensions(&key);
            let answer = answer.unwrap_or_else(|told| forest.first_asking(told, &key, &lead));
            assert_eq!(answer, right, "seed {seed}, {in_front} in front");
            if right != otherwise {
                found[usize::from(right >= 40) + usize::from(right >= 940)] += 1;
            }
        }
    }
    assert!(found.iter().all(|&many| many > 20), "{found:?}");
}
