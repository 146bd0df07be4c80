//! Attributes of generated leads, and tests of them.

use chrono::{Days, NaiveDate};
use fastrand::Rng;
use leadtree::dimension::AttributeKind;
use leadtree::lead::{AttributeValue, LeadBuilder};
use leadtree::rule::{Condition, date, flag, number, tags, text};

use super::test_generator::{pick, some_of};

/// The attributes of the field sets.
pub const ATTRIBUTES: [(&str, AttributeKind); 7] = [
    ("source", AttributeKind::Text),
    ("annual_revenue", AttributeKind::Number),
    ("partner", AttributeKind::Flag),
    ("interests", AttributeKind::Tags),
    ("requested_on", AttributeKind::Date),
    ("postal_code", AttributeKind::Text),
    ("postal_number", AttributeKind::Number),
];

const SOURCES: [&str; 10] = [
    "web form",
    "trade fair",
    "webinar",
    "referral",
    "cold call",
    "newsletter",
    "partner portal",
    "advertisement",
    "demo request",
    "chat",
];

const INTERESTS: [&str; 8] = [
    "pricing", "demo", "retrofit", "cloud", "security", "training", "robotics", "audit",
];

const REVENUES: [u32; 8] = [1, 5, 10, 25, 50, 100, 250, 1_000];

fn day(random: &mut Rng) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    first + Days::new(random.u64(..330))
}

/// A test of a text list, a range of numbers, a flag, tags or a date.
pub fn test(random: &mut Rng) -> Condition {
    match random.u32(..5) {
        0 => {
            let count = random.usize(2..=6);
            text("source").is_any(some_of(random, &SOURCES, count))
        }
        1 => {
            let from = random.usize(..REVENUES.len() - 1);
            let to = random.usize(from + 1..REVENUES.len());
            number("annual_revenue").between(REVENUES[from], REVENUES[to])
        }
        2 if random.bool() => flag("partner").is_true(),
        2 => flag("partner").is_false(),
        3 => {
            let count = random.usize(1..=3);
            let wanted = some_of(random, &INTERESTS, count);
            if random.bool() {
                tags("interests").contains_any(wanted)
            } else {
                tags("interests").contains_all(wanted)
            }
        }
        _ => {
            let from = day(random);
            match random.u32(..3) {
                0 => date("requested_on").at_least(from),
                1 => date("requested_on").before(from),
                _ => date("requested_on").between(from, from + Days::new(30)),
            }
        }
    }
}

/// Adds attributes to the lead, each of which is sometimes missing.
pub fn with_attributes(mut lead: LeadBuilder<'static>, random: &mut Rng) -> LeadBuilder<'static> {
    for (name, _) in ATTRIBUTES {
        if random.u32(..100) < 8 || name == "postal_number" {
            continue;
        }
        let value = match name {
            "source" => pick(random, &SOURCES).into(),
            "annual_revenue" => (pick(random, &REVENUES) + random.u32(..4)).into(),
            "partner" => random.bool().into(),
            "interests" => {
                let count = random.usize(..=3);
                AttributeValue::tags(some_of(random, &INTERESTS, count))
            }
            "requested_on" => day(random).into(),
            _ => {
                // Low codes, those of large cities, are more frequent.
                let code = random.u32(1..100) * 1_000 + (1_000.0 * random.f64().powi(3)) as u32;
                lead = lead.attribute("postal_number", code);
                format!("{code:05}").into()
            }
        };
        lead = lead.attribute(name, value);
    }
    lead
}
