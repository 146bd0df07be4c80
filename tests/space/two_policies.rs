//! Two policies in one space.

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, BandsDraft, StageDraft, StagesDraft, Taxonomy};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Condition, customer_size, region};
use leadtree::space::{Space, SpaceError};

use super::random::{cases, pick};
use super::{meets, with_rule};

fn old() -> PolicyDraft {
    PolicyDraft::new()
        .regions(
            Taxonomy::draft()
                .paths(["cn/east/shanghai", "cn/north", "us"])
                .alias("us", ["america"]),
        )
        .industries(Taxonomy::draft().paths(["energy", "finance"]))
        .customer_sizes(
            BandsDraft::default()
                .band("small", 1..=49)
                .band("large", 50..=u32::MAX),
        )
        .funnel_stages(StagesDraft::from_iter(["new", "proposal", "won"]))
        .attribute("source", AttributeKind::Text)
        .attribute("score", AttributeKind::Number)
        .attribute("old", AttributeKind::Flag)
}

/// The second policy: Shanghai is moved, north is removed, an alias belongs to another node, a band begins
/// later, and stages are reversed.
fn new() -> PolicyDraft {
    PolicyDraft::new()
        .regions(
            Taxonomy::draft()
                .paths(["cn/shanghai", "cn/east", "us", "latin-america"])
                .alias("cn/shanghai", ["cn/east/shanghai"])
                .alias("latin-america", ["america"]),
        )
        .industries(Taxonomy::draft().paths(["energy", "finance"]))
        .customer_sizes(
            BandsDraft::default()
                .band("small", 5..=49)
                .band("huge", 500..=u32::MAX),
        )
        .funnel_stages(StagesDraft::from_iter([
            StageDraft::from("new"),
            StageDraft::from("won"),
            StageDraft::new("proposal", ["offer"]),
        ]))
        .attribute("score", AttributeKind::Number)
        .attribute("source", AttributeKind::Text)
        .attribute("new", AttributeKind::Flag)
}

const TESTS: [&str; 10] = [
    "region in cn",
    "region in us",
    "region in cn/east",
    "industry in energy",
    "customer_size in small",
    "customer_size >= 5",
    "funnel_stage >= proposal",
    "region is unlisted",
    "customer_size is unlisted",
    "funnel_stage is missing",
];

fn condition(random: &mut Rng, own: &[&str]) -> String {
    let mut test = || {
        let tests = [&TESTS[..], own].concat();
        let not = if random.bool() { "" } else { "not " };
        format!("{not}{}", pick(random, &tests))
    };
    format!("{} and {} or {}", test(), test(), test())
}

/// Every text that one of the policies knows, and others.
fn leads() -> Vec<Lead<'static>> {
    let regions = [
        "",
        "cn",
        "cn/east",
        "cn/east/shanghai",
        "cn/shanghai",
        "cn/north",
        "us",
        "america",
        "latin-america",
        "mars",
    ];
    let sizes = [
        "", "1", "4", "5", "49", "50", "499", "500", "small", "large", "huge", "many",
    ];
    let stages = ["", "new", "proposal", "won", "offer", "lost"];
    let mut leads = Vec::new();
    for region in regions {
        for size in sizes {
            for stage in stages {
                for industry in ["", "energy"] {
                    for source in ["", "web", "fair"] {
                        let lead = Lead::builder("L-1").region(region).customer_size(size);
                        let lead = lead.funnel_stage(stage).industry(industry);
                        let lead = lead.attribute("source", source);
                        leads.push(lead.clone().build());
                        leads.push(lead.attribute("new", true).build());
                    }
                }
            }
        }
    }
    leads
}

#[test]
fn conditions_of_two_policies_differ_where_some_lead_tells() {
    let leads = leads();
    let (mut same, mut differ) = (0, 0);
    for seed in 0..cases(120) {
        let mut random = Rng::with_seed(seed ^ 24 << 32);
        let text = condition(&mut random, &["source contains a"]);
        let other_text = if random.bool() {
            text.clone()
        } else {
            condition(&mut random, &["new = true", "source = web"])
        };
        let (one, other): (Condition, Condition) =
            (text.parse().unwrap(), other_text.parse().unwrap());
        let (first, second) = (with_rule(old(), &one), with_rule(new(), &other));
        let space = Space::joining(&first, &second);
        let sets = [
            space.set_of(&first, &one).unwrap(),
            space.set_of(&second, &other).unwrap(),
        ];
        let told = format!("seed {seed}: {text} / {other_text}");
        let now = chrono::DateTime::UNIX_EPOCH;
        for lead in &leads {
            assert_eq!(
                sets[0].contains(lead, now),
                meets(&first, lead),
                "{told}: {lead:?}"
            );
            assert_eq!(
                sets[1].contains(lead, now),
                meets(&second, lead),
                "{told}: {lead:?}"
            );
        }
        for [a, b] in [[0, 1], [1, 0]] {
            let policies: [&Policy; 2] = [&first, &second];
            let expected = leads
                .iter()
                .any(|lead| meets(policies[a], lead) && !meets(policies[b], lead));
            let left = sets[a].difference(&sets[b]).unwrap();
            let example = left.simplest_lead().unwrap();
            assert_eq!(example.is_some(), expected, "{told}: {example:?}");
            if let Some(example) = example {
                differ += 1;
                let lead = &example.lead;
                assert!(
                    meets(policies[a], lead) && !meets(policies[b], lead),
                    "{told}: {lead:?}"
                );
            } else {
                same += 1;
            }
        }
    }
    assert!(same > 10 && differ > 60, "{same} {differ}");
}

#[test]
fn what_has_changed_is_told_by_name() {
    let large = customer_size().at_least(5);
    let (first, second) = (with_rule(old(), &large), with_rule(new(), &large));
    let builder = Space::builder(&first)
        .condition(&region().within("cn/east"))
        .unwrap();
    let builder = builder.condition(&region().within("us")).unwrap();
    let builder = builder
        .condition(&region().is_unlisted())
        .unwrap()
        .policy(&second)
        .unwrap();
    let builder = builder.condition(&region().within("cn/east")).unwrap();
    let builder = builder.condition(&region().within("us")).unwrap();
    let space = builder
        .condition(&customer_size().in_band("small"))
        .unwrap()
        .build();
    let told: Vec<String> = [
        region().within("cn/east"),
        region().within("us"),
        large,
        region().is_unlisted(),
    ]
    .iter()
    .flat_map(|condition| {
        let one = space.set_of(&first, condition).unwrap();
        let other = space.set_of(&second, condition).unwrap();
        let only = |one: &leadtree::space::LeadSet, other, name: &str| {
            let left = one.difference(other).unwrap();
            let said = |policy: &Policy| match left.conditions_of(policy) {
                Ok(conditions) => conditions
                    .iter()
                    .map(|(_, it)| it.to_string())
                    .collect::<Vec<_>>()
                    .join(" | "),
                Err(error) => format!("({error})"),
            };
            let example = left.simplest_lead().unwrap();
            let example = example.map(|it| serde_json::to_string(&it.lead).unwrap());
            format!(
                "{condition}, {name}\n  old: {}\n  new: {}\n  {}",
                said(&first),
                said(&second),
                example.unwrap_or_default(),
            )
        };
        [
            only(&one, &other, "only old"),
            only(&other, &one, "only new"),
        ]
    })
    .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn an_attribute_of_another_kind_is_another_value_of_the_same_lead() {
    let draft = |kind| PolicyDraft::new().attribute("score", kind);
    let (text, number): (Condition, Condition) = (
        "score = '12'".parse().unwrap(),
        "score > 10".parse().unwrap(),
    );
    let first = with_rule(draft(AttributeKind::Text), &text);
    let second = with_rule(draft(AttributeKind::Number), &number);
    let space = Space::joining(&first, &second);
    let sets = [
        space.set_of(&first, &text).unwrap(),
        space.set_of(&second, &number).unwrap(),
    ];
    let both = sets[0].intersection(&sets[1]).unwrap();
    let example = both.simplest_lead().unwrap().unwrap();
    assert!(
        meets(&first, &example.lead) && meets(&second, &example.lead),
        "{example:?}"
    );
    // Neither attribute was given.
    let missing = space.set_of(&first, &"score is missing".parse().unwrap());
    let never = missing.unwrap().intersection(&sets[1]).unwrap();
    assert!(never.is_empty().unwrap());
    // A text that is no number, and one that is a number but not twelve.
    let text_alone = sets[0].difference(&sets[1]).unwrap();
    insta::assert_snapshot!(text_alone.is_empty().unwrap_err(), @"unknown whether any value of `score` meets all of these tests: a text within the limits of the set and a number within the limits of the set; simplify them");
    let number_alone = sets[1].difference(&sets[0]).unwrap();
    let example = number_alone.simplest_lead().unwrap().unwrap();
    assert!(!meets(&first, &example.lead) && meets(&second, &example.lead));
}

#[test]
fn a_policy_with_itself_is_one_space() {
    let condition: Condition = "region in cn and customer_size in small".parse().unwrap();
    let policy = with_rule(old(), &condition);
    let again = with_rule(old(), &condition);
    let space = Space::joining(&policy, &again);
    let one = space.set_of(&policy, &condition).unwrap();
    let other = space.set_of(&again, &condition).unwrap();
    assert!(one.is_subset(&other).unwrap() && other.is_subset(&one).unwrap());
    assert_eq!(
        one.conditions_of(&policy).unwrap(),
        other.conditions_of(&again).unwrap()
    );
}

#[test]
fn a_third_policy_is_refused() {
    let large = customer_size().at_least(5);
    let [first, second, third] = [old(), new(), old()].map(|draft| with_rule(draft, &large));
    let builder = Space::builder(&first).policy(&second).unwrap();
    // Once more is not once more.
    let builder = builder.policy(&first).unwrap();
    let refused = builder.policy(&third).unwrap_err();
    assert_eq!(refused, SpaceError::TooManyPolicies);
}

#[test]
fn a_condition_that_does_not_fit_the_policy_is_not_called_a_policy() {
    let policy = with_rule(old(), &customer_size().at_least(5));
    let error = Space::of(&policy)
        .set(&region().within("nowhere"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the condition does not fit the policy:\n  region.within: unknown region `nowhere`",
    );
}
