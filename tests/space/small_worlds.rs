//! Sets in worlds that are small enough to try every lead with the interpreter.

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Taxonomy};
use leadtree::lead::AttributeValue;
use leadtree::policy::PolicyDraft;
use leadtree::rule::Condition;
use leadtree::space::Space;

use super::random::{cases, pick};
use super::{meets, with_rule};

fn values() -> PolicyDraft {
    PolicyDraft::new()
        .regions(Taxonomy::draft().paths(["cn/east", "cn/north", "us"]))
        .attribute("source", AttributeKind::Text)
        .attribute("interests", AttributeKind::Tags)
        .attribute("revenue", AttributeKind::Number)
        .attribute("vip", AttributeKind::Flag)
        .attribute("signed", AttributeKind::Date)
}

/// A kind of value: tests of it, and one value for each combination of their answers.
struct Subject {
    tests: &'static [&'static str],
    set: fn(leadtree::lead::LeadBuilder<'static>, &str) -> leadtree::lead::LeadBuilder<'static>,
    values: Vec<String>,
}

/// Placeholders for a missing value and for an unlisted one.
const MISSING: &str = "-";
const UNLISTED: &str = "?";

fn value(text: &str) -> AttributeValue<'static> {
    match text {
        UNLISTED => AttributeValue::Other,
        text => AttributeValue::from(text.to_owned()),
    }
}

/// All texts of at most five letters, after missing and before unlisted.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = vec![String::new()];
    for begin in 0.. {
        if texts[begin].len() == 5 {
            break;
        }
        let next = ["a", "b", "z"].map(|more| format!("{}{more}", texts[begin]));
        texts.extend(next);
    }
    MISSING.clone_into(&mut texts[0]);
    texts.push(UNLISTED.to_owned());
    texts
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn subjects() -> Vec<Subject> {
    let listed = |values: &[&str]| values.iter().map(ToString::to_string).collect();
    vec![
        Subject {
            tests: &[
                "region in cn",
                "region = cn",
                "region in cn/east",
                "region in (us, cn/north)",
                "region is missing",
                "region is unlisted",
            ],
            set: |lead, text| lead.region(text.to_owned()),
            values: listed(&[MISSING, UNLISTED, "cn", "cn/east", "cn/north", "us"]),
        },
        Subject {
            tests: &[
                "customer_size >= 10",
                "customer_size < 20",
                "customer_size between 10 and 12",
                "customer_size = 4294967295",
                "customer_size is missing",
                "customer_size is unlisted",
            ],
            set: |lead, text| lead.customer_size(text.to_owned()),
            values: listed(&[MISSING, UNLISTED, "1", "10", "12", "13", "20", "4294967295"]),
        },
        Subject {
            tests: &[
                "source = a",
                "source in (ab, ba)",
                "source starts with a",
                "source starts with ab",
                "source contains b",
                "source contains ab",
                "source contains (aa, bb)",
                "source ends with a",
                "source ends with (ab, b)",
                "source is missing",
                "source is unlisted",
            ],
            set: |lead, text| lead.attribute("source", value(text)),
            values: texts(),
        },
        Subject {
            tests: &[
                "interests contains any of (a)",
                "interests contains any of (a, b)",
                "interests contains any of (b, c)",
                "interests contains all of (a, b)",
                "interests contains all of (b, c)",
                "interests is missing",
                "interests is unlisted",
            ],
            set: |lead, text| {
                let tags = text.chars().filter(|it| *it != ' ').map(String::from);
                let tags = AttributeValue::tags(tags);
                lead.attribute(
                    "interests",
                    if text == UNLISTED {
                        AttributeValue::Other
                    } else {
                        tags
                    },
                )
            },
            values: listed(&[
                MISSING, UNLISTED, " ", "a", "b", "c", "ab", "ac", "bc", "abc",
            ]),
        },
        Subject {
            tests: &[
                "revenue > 5",
                "revenue <= 5",
                "revenue in (0, 7)",
                "revenue < 0",
                "revenue is missing",
                "revenue is unlisted",
            ],
            set: |lead, text| lead.attribute("revenue", value(text)),
            values: listed(&[MISSING, UNLISTED, "-1", "0", "3", "5", "6", "7", "8"]),
        },
        Subject {
            tests: &[
                "vip = true",
                "vip = false",
                "vip is missing",
                "vip is unlisted",
            ],
            set: |lead, text| lead.attribute("vip", value(text)),
            values: listed(&[MISSING, UNLISTED, "true", "false"]),
        },
        Subject {
            tests: &[
                "signed < 2026-01-01",
                "signed >= 2026-03-31",
                "signed = 2026-02-01",
                "signed is missing",
            ],
            set: |lead, text| lead.attribute("signed", value(text)),
            values: listed(&[
                MISSING,
                UNLISTED,
                "2025-12-31",
                "2026-01-01",
                "2026-02-01",
                "2026-12-01",
            ]),
        },
    ]
}

/// A random condition in the text form.
fn condition(random: &mut Rng, tests: &[&str], depth: usize) -> String {
    let parts = |random: &mut Rng, word: &str| {
        let parts = (0..random.usize(2..5)).map(|_| condition(random, tests, depth - 1));
        format!("({})", parts.collect::<Vec<_>>().join(word))
    };
    match random.u32(..8) {
        _ if depth == 0 => (*pick(random, tests)).to_owned(),
        0..=3 => parts(random, " and "),
        4..=5 => parts(random, " or "),
        6 => format!("not ({})", condition(random, tests, depth - 1)),
        _ => (*pick(random, tests)).to_owned(),
    }
}

/// Every lead with values of the two subjects, and the number of values that it gives.
fn leads(subjects: [&Subject; 2]) -> Vec<(Lead<'static>, usize)> {
    let [one, other] = subjects;
    let mut leads = Vec::new();
    for first in &one.values {
        for second in &other.values {
            let mut lead = Lead::builder("L-1");
            let mut given = 0;
            for (subject, value) in [(one, first), (other, second)] {
                if value != MISSING {
                    lead = (subject.set)(lead, value);
                    given += 1;
                }
            }
            leads.push((lead.build(), given));
        }
    }
    leads
}

/// The number of values that a lead gives.
fn given(lead: &Lead<'_>) -> usize {
    let dimensions = [
        lead.region().is_some(),
        lead.customer_size().is_some(),
        lead.industry().is_some(),
    ];
    let dimensions = dimensions.into_iter().filter(|given| *given).count();
    dimensions + lead.attributes().count()
}

#[test]
fn sets_are_empty_and_their_simplest_leads_are_simple_as_going_through_all_leads_tells() {
    let subjects = subjects();
    let (mut empty, mut by_values) = (0, [0; 3]);
    for seed in 0..cases(1_500) {
        let mut random = Rng::with_seed(seed ^ 22 << 32);
        let first = random.usize(..subjects.len());
        let second = (first + random.usize(1..subjects.len())) % subjects.len();
        let two = [&subjects[first], &subjects[second]];
        let tests = [two[0].tests, two[1].tests].concat();
        let text = condition(&mut random, &tests, 3);
        let read: Condition = text.parse().unwrap();
        let policy = with_rule(values(), &read);
        let set = Space::of(&policy).set(&read).unwrap();
        let in_it = leads(two)
            .into_iter()
            .filter(|(lead, _)| meets(&policy, lead));
        let fewest = in_it.map(|(_, given)| given).min();
        let example = set.simplest_lead().unwrap();
        assert_eq!(
            set.is_empty().unwrap(),
            fewest.is_none(),
            "seed {seed}: {text}: {example:?}"
        );
        let Some(example) = example else {
            empty += 1;
            continue;
        };
        assert!(
            meets(&policy, &example.lead),
            "seed {seed}: {text}: {example:?}"
        );
        assert_eq!(
            Some(given(&example.lead)),
            fewest,
            "seed {seed}: {text}: {example:?}"
        );
        by_values[given(&example.lead)] += 1;
    }
    assert!(
        empty > 50 && by_values.iter().all(|&many| many > 30),
        "{empty} {by_values:?}"
    );
}

#[test]
fn a_set_lies_in_another_if_every_lead_does() {
    let subjects = subjects();
    let (mut within, mut not) = (0, 0);
    for seed in 0..cases(1_000) {
        let mut random = Rng::with_seed(seed ^ 23 << 32);
        let first = random.usize(..subjects.len());
        let second = (first + random.usize(1..subjects.len())) % subjects.len();
        let two = [&subjects[first], &subjects[second]];
        let tests = [two[0].tests, two[1].tests].concat();
        let texts = [(); 2].map(|()| condition(&mut random, &tests, 2));
        let [one, other]: [Condition; 2] = texts.each_ref().map(|text| text.parse().unwrap());
        let policies = [&one, &other].map(|condition| with_rule(values(), condition));
        let space = Space::builder(&policies[0])
            .condition(&other)
            .unwrap()
            .build();
        let sets = [&one, &other].map(|condition| space.set(condition).unwrap());
        let expected = leads(two)
            .iter()
            .all(|(lead, _)| !meets(&policies[0], lead) || meets(&policies[1], lead));
        let is_subset = sets[0].is_subset(&sets[1]).unwrap();
        assert_eq!(
            is_subset, expected,
            "seed {seed}: {} in {}",
            texts[0], texts[1]
        );
        *(if expected { &mut within } else { &mut not }) += 1;
    }
    assert!(within > 100 && not > 100, "{within} {not}");
}
