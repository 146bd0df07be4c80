//! Territories of postal codes: long lists of how codes begin, or ranges of numbers.

use fastrand::Rng;
use leadtree::rule::{Condition, any, number, text};

use super::asks::{Asks, NodeTest};
use super::drawing::{Drawing, once_in, pick};

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

/// Rules in which every tenth or so is an exception that stands before the territory it is cut from.
pub fn rules(drawing: &mut Drawing<'_>, count: usize) -> Vec<Asks> {
    let mut rules = Vec::with_capacity(count);
    while rules.len() < count {
        let country = pick(&mut drawing.random, &COUNTRIES);
        let tree = &drawing.world.regions;
        let country = tree
            .roots()
            .iter()
            .copied()
            .find(|&node| tree.path(node) == country);
        let region = country.map(|country| NodeTest::Within(vec![country]));
        let start = drawing.random.u32(10..990) * 100;
        if once_in(&mut drawing.random, 10) {
            rules.push(Asks {
                region: region.clone(),
                industry: drawing.random.bool().then(|| drawing.industry(2)),
                attribute: Some(exception(start, &mut drawing.random)),
                ..Asks::default()
            });
        }
        rules.push(Asks {
            region,
            // Small sets divide the map once; large ones do so for every segment.
            industry: (count > 300 && drawing.random.bool()).then(|| drawing.industry(3)),
            customer_size: drawing.random.bool().then(|| drawing.customer_size()),
            attribute: Some(territory(start, &mut drawing.random)),
            ..Asks::default()
        });
    }
    rules.truncate(count);
    rules
}

/// Some codes as they are.
fn exception(start: u32, random: &mut Rng) -> Condition {
    let count = random.u32(1..=4);
    let codes = (0..count).map(|_| format!("{:05}", start + random.u32(..100)));
    text("postal_code").is_any(codes.collect::<Vec<_>>())
}

/// One to three hundred beginnings of codes, mostly few; or up to a dozen ranges of numbers.
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
    // As many times two or three digits long as there are lists twice as long.
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
