//! Territories of postal codes: long lists of prefixes, or ranges of numbers.

use fastrand::Rng;
use leadtree::rule::{Condition, any, number, text};

use super::rule_tests::{NodeTest, RuleTests};
use super::test_generator::{TestGenerator, once_in, pick};

/// Countries whose rules go by postal code.
const COUNTRIES: [&str; 8] = [
    "germany",
    "france",
    "spain",
    "united-states",
    "china",
    "italy",
    "mexico",
    "south-korea",
];

/// `count` rules. About every tenth territory comes with a rule for an exception before it.
pub fn rules(generator: &mut TestGenerator<'_>, count: usize) -> Vec<RuleTests> {
    let mut rules = Vec::with_capacity(count);
    while rules.len() < count {
        let country = pick(&mut generator.random, &COUNTRIES);
        let tree = &generator.world.regions;
        let country = tree
            .roots()
            .iter()
            .copied()
            .find(|&node| tree.path(node) == country);
        let region = country.map(|country| NodeTest::Within(vec![country]));
        let start = generator.random.u32(10..990) * 100;
        if once_in(&mut generator.random, 10) {
            rules.push(RuleTests {
                region: region.clone(),
                industry: generator.random.bool().then(|| generator.industry(2)),
                attribute: Some(exception(start, &mut generator.random)),
                ..RuleTests::default()
            });
        }
        rules.push(RuleTests {
            region,
            // Small sets divide the map once; large ones do so for every segment.
            industry: (count > 300 && generator.random.bool()).then(|| generator.industry(3)),
            customer_size: generator.random.bool().then(|| generator.customer_size()),
            attribute: Some(territory(start, &mut generator.random)),
            ..RuleTests::default()
        });
    }
    rules.truncate(count);
    rules
}

/// A list of whole codes.
fn exception(start: u32, random: &mut Rng) -> Condition {
    let count = random.u32(1..=4);
    let codes = (0..count).map(|_| format!("{:05}", start + random.u32(..100)));
    text("postal_code").is_any(codes.collect::<Vec<_>>())
}

/// One to three hundred prefixes of codes, mostly few; or up to a dozen ranges of numbers.
fn territory(start: u32, random: &mut Rng) -> Condition {
    if once_in(random, 6) {
        let ranges = random.u32(1..=12);
        let mut from = start;
        let ranges = (0..ranges).map(|_| {
            let to = from + random.u32(10..400);
            let range = number("postal_number").between(from, to);
            from = to + random.u32(2..500);
            range
        });
        return any(ranges.collect::<Vec<_>>());
    }
    // The logarithm is uniform: as many lists have 2 to 4 prefixes as have 100 to 200.
    let wanted = (300.0_f64.powf(random.f64())).round() as usize;
    let digits = match wanted {
        0..=3 => random.usize(2..=3),
        4..=40 => random.usize(3..=4),
        _ => random.usize(3..=5),
    };
    let step = 10_u32.pow(5 - digits as u32);
    let codes = 100_000 / step;
    let mut beginnings: Vec<u32> = Vec::with_capacity(wanted);
    let mut next = start / step;
    while beginnings.len() < wanted.min(codes as usize / 2) {
        // Runs, with gaps between them.
        for _ in 0..random.u32(1..=12) {
            if beginnings.len() < wanted {
                beginnings.push(next % codes);
                next += 1;
            }
        }
        next += random.u32(1..=6);
    }
    beginnings.sort_unstable();
    beginnings.dedup();
    let beginnings = beginnings
        .iter()
        .map(|beginning| format!("{beginning:0digits$}"));
    text("postal_code").starts_with_any(beginnings.collect::<Vec<_>>())
}
