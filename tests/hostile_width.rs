//! Very many of anything give an error or a result, in bounded time and on a small stack.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod bounded_run;

use bounded_run::{beginning, endure, load_unguarded};
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Number, Taxonomy, TaxonomyRow};
use leadtree::lead::AttributeValue;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Condition, Group, IfNobody, Rule, Target, all, any, customer_size, number, region, tags, text,
};
use leadtree::team::{Member, Team, TeamMember};
use leadtree::tree::{DecisionTree, Interpreter};

const MANY: u32 = 100_000;
const MILLION: u32 = 1_000_000;
const STACK: usize = 1_024;

fn pool() -> Target {
    Target::pool("unmatched")
}

fn draft() -> PolicyDraft {
    let regions = Taxonomy::draft().paths(["cn/east", "us"]);
    PolicyDraft::new()
        .regions(regions)
        .attribute("zip", AttributeKind::Text)
        .attribute("street", AttributeKind::Text)
        .attribute("revenue", AttributeKind::Number)
        .attribute("interests", AttributeKind::Tags)
}

/// Builds, compiles and decides some leads; tree and interpreter agree.
fn decide_all(what: &str, draft: PolicyDraft, leads: &[(Lead<'_>, Option<&str>)]) {
    let now = chrono::DateTime::UNIX_EPOCH;
    let policy = endure(&format!("{what}: checking"), STACK, || {
        draft.build().unwrap()
    });
    let tree = endure(&format!("{what}: compiling"), STACK, || {
        DecisionTree::compile(&policy).unwrap()
    });
    endure(&format!("{what}: deciding"), STACK, || {
        for (lead, rule) in leads {
            let decision = tree.decide(lead, now);
            assert_eq!(
                decision.rule().map(leadtree::RuleId::as_str),
                *rule,
                "{what}: {lead:?}"
            );
            assert_eq!(
                decision,
                Interpreter::new(&policy).decide(lead, now),
                "{what}"
            );
            assert!(!tree.explain(lead, now).to_string().is_empty());
        }
    });
    endure(
        &format!("{what}: figures and letting go"),
        STACK,
        move || {
            assert!(tree.stats().nodes < usize::MAX);
            drop((tree, policy));
        },
    );
}

fn zip(zip: u32) -> Lead<'static> {
    Lead::builder("L-1")
        .attribute("zip", format!("Z{zip}"))
        .build()
}

fn one_rule(when: Condition) -> PolicyDraft {
    draft().rule(Rule::new("r").when(when).assign_to(pool()))
}

const HIT: Option<&str> = Some("r");

#[test]
fn a_million_texts_in_one_list() {
    let list = text("zip").is_any((0..MILLION).map(|number| format!("z{number}")));
    let leads = [(zip(0), HIT), (zip(MILLION - 1), HIT), (zip(MILLION), None)];
    decide_all("a million texts in one list", one_rule(list), &leads);
}

#[test]
fn a_million_numbers_and_head_counts_in_one_list() {
    let list = number("revenue").is_any((0..MILLION).map(|count| Number::from(2 * count)));
    let lead = |revenue: u32| Lead::builder("L-1").attribute("revenue", revenue).build();
    let leads = [
        (lead(0), HIT),
        (lead(77), None),
        (lead(2 * MILLION - 2), HIT),
    ];
    decide_all("a million numbers in one list", one_rule(list), &leads);
    let list = customer_size().is_any((0..MILLION).map(|count| 2 * count));
    let lead = |size: u32| Lead::builder("L-1").customer_size(size).build();
    let leads = [
        (lead(0), HIT),
        (lead(77), None),
        (lead(2 * MILLION - 2), HIT),
    ];
    decide_all("a million head counts in one list", one_rule(list), &leads);
}

#[test]
fn a_million_times_the_same_region() {
    let list = region().within_any((0..MILLION).map(|_| "cn"));
    let lead = |region: &'static str| Lead::builder("L-1").region(region).build();
    decide_all(
        "a million regions",
        one_rule(list),
        &[(lead("cn/east"), HIT), (lead("us"), None)],
    );
}

#[test]
fn a_million_alternatives_of_one_choice() {
    let choice = any((0..MILLION).map(|number| text("zip").is(format!("z{number}"))));
    let leads = [(zip(0), HIT), (zip(MILLION - 1), HIT), (zip(MILLION), None)];
    decide_all("a million alternatives", one_rule(choice), &leads);
}

#[test]
fn a_million_alternatives_of_two_tests_each() {
    let one = |number: u32| text("zip").is(format!("z{number}")) & customer_size().at_least(number);
    let choice = any((0..MILLION).map(one));
    let lead = |zip: u32, size: u32| {
        let lead = Lead::builder("L-1").customer_size(size);
        lead.attribute("zip", format!("z{zip}")).build()
    };
    let leads = [
        (lead(5, 5), HIT),
        (lead(5, 4), None),
        (lead(MILLION - 1, MILLION), HIT),
    ];
    decide_all("a million alternatives of two", one_rule(choice), &leads);
}

#[test]
fn a_hundred_thousand_rules() {
    let rules = (0..MANY).map(|number| {
        let when = region().within("cn") & customer_size().between(number, number + 3);
        Rule::new(format!("r-{number}"))
            .when(when)
            .assign_to(pool())
    });
    let lead = |size: u32| {
        Lead::builder("L-1")
            .region("cn/east")
            .customer_size(size)
            .build()
    };
    let leads = [
        (lead(0), Some("r-0")),
        (lead(500), Some("r-497")),
        (lead(MANY + 9), None),
    ];
    decide_all("many rules", draft().rules(rules), &leads);
}

#[test]
fn a_hundred_thousand_rules_that_each_look_for_a_text_of_their_own() {
    let rules = (0..MANY).map(|number| {
        let when = text("zip").contains(format!("<{number}>"));
        Rule::new(format!("r-{number}"))
            .when(when)
            .assign_to(pool())
    });
    let lead = |zip: &'static str| Lead::builder("L-1").attribute("zip", zip).build();
    let leads = [
        (lead("a<77>b<5>"), Some("r-5")),
        (lead("<99999>"), Some("r-99999")),
        (lead("nothing"), None),
    ];
    decide_all("many texts to look for", draft().rules(rules), &leads);
}

#[test]
fn seven_choices_times_tens_of_thousands_of_tests() {
    let choices = (0..7).map(|number| {
        let one = text("street").contains(format!("a{number}"));
        any([one, text("zip").contains(format!("b{number}"))])
    });
    let tests = (0..30_000).map(|number| text("zip").contains(format!("<{number}>")));
    let other = text("street").is("x") & number_is(1);
    let leads = [
        (zip(1), None),
        (
            Lead::builder("L-1")
                .attribute("street", "x")
                .attribute("revenue", 1)
                .build(),
            HIT,
        ),
    ];
    let when = any([all(choices.chain(tests)), other]);
    decide_all("choices times tests", one_rule(when), &leads);
}

/// Conditions that multiply to too many alternatives to be cut, and so are evaluated as a whole.
fn unwieldy(number: u32) -> Condition {
    let one_of = |from: u32| {
        any([
            region().is("cn"),
            customer_size().is(from),
            text("zip").is(format!("z{from}")),
            number_is(from),
            tags("interests").contains_any([format!("t{from}")]),
            text("street").is(format!("y{from}")),
        ])
    };
    any([
        one_of(number) & one_of(number + 1) & one_of(number + 2),
        customer_size().is(number),
    ])
}

fn number_is(value: u32) -> Condition {
    number("revenue").is(Number::from(value))
}

fn unwieldy_rules(count: u32) -> PolicyDraft {
    draft().rules((0..count).map(|number| {
        Rule::new(format!("r-{number}"))
            .when(unwieldy(number))
            .assign_to(pool())
    }))
}

#[test]
fn a_thousand_rules_evaluated_as_a_whole() {
    let lead = |size: u32| Lead::builder("L-1").customer_size(size).build();
    let leads = [(lead(999), Some("r-999")), (lead(1_000), None)];
    decide_all("a thousand unwieldy rules", unwieldy_rules(1_000), &leads);
}

#[test]
fn twenty_thousand_rules_evaluated_as_a_whole() {
    let lead = |size: u32| Lead::builder("L-1").customer_size(size).build();
    let leads = [(lead(19_999), Some("r-19999")), (lead(20_000), None)];
    decide_all("many unwieldy rules", unwieldy_rules(20_000), &leads);
}

#[test]
fn rules_of_a_group_whose_condition_is_evaluated_as_a_whole() {
    let has = |letter: char, number: u32| text("zip").contains(format!("{letter}{number}."));
    let eight = |number: u32| all(('a'..='h').map(|letter| has(letter, number)));
    let choices = any((0..1_500).map(eight));
    let when = all((0..10).map(|number| any([choices.clone(), has('k', number)])));
    let rules = (0..MANY).map(|least| {
        let when = number("revenue").at_least(least);
        Rule::new(format!("r-{least}")).when(when).assign_to(pool())
    });
    // All the rules hold, and the group's condition is decided by its last part.
    let lead = |zip: &'static str| {
        let lead = Lead::builder("L-1").attribute("revenue", MANY);
        lead.attribute("zip", zip).build()
    };
    let leads = [
        (lead("k0.k1.k2.k3.k4.k5.k6.k7.k8."), None),
        (lead("k0.k1.k2.k3.k4.k5.k6.k7.k8.k9."), Some("r-0")),
    ];
    let group = Group::new("g").when(when).rules(rules);
    decide_all("rules of an unwieldy group", draft().rule(group), &leads);
}

/// One long chain of overflows, and rules with overflows into it.
fn long_chain(teams: u32, rules: u32, target: &str) -> PolicyDraft {
    let next = |number: u32| {
        if number + 1 < teams {
            IfNobody::overflow_to_team(format!("t-{}", number + 1))
        } else {
            IfNobody::Unassigned
        }
    };
    let chain = (0..teams).map(|number| Team::new(format!("t-{number}")).if_nobody(next(number)));
    let with_teams = chain.fold(draft().team(Team::new("apart")), PolicyDraft::team);
    let rules = (0..rules).map(|number| {
        let target = Target::team(target).if_nobody(IfNobody::overflow_to_team("t-0"));
        Rule::new(format!("r-{number}")).assign_to(target)
    });
    with_teams.rules(rules.collect::<Vec<_>>())
}

#[test]
fn a_chain_of_a_hundred_thousand_overflows() {
    let draft = long_chain(MANY, 3, "apart");
    let errors = endure("a long chain of overflow", STACK, || {
        draft.build().unwrap_err()
    });
    let text = errors.to_string();
    let message = "the overflow passes through more than 64 teams; end it earlier";
    assert!(
        text.contains(&format!("teams[99935].if_nobody: {message}")),
        "{text}"
    );
    assert_eq!(errors.faults().len(), 1 + 3);
    // The longest chain allowed.
    assert!(long_chain(65, 0, "apart").build().is_ok());
}

#[test]
fn many_rules_with_overflows_into_a_long_chain() {
    let draft = long_chain(MANY, MANY, "apart");
    let errors = endure("rules into a long chain", STACK, || {
        draft.build().unwrap_err()
    });
    assert_eq!(errors.faults().len(), 1 + MANY as usize);
}

#[test]
fn many_rules_whose_overflow_returns_to_their_team() {
    let draft = long_chain(20_000, 20_000, "t-19999");
    let errors = endure("rules in a long circle", STACK, || {
        draft.build().unwrap_err()
    });
    assert!(errors.to_string().len() < 1_000_000);
}

#[test]
fn a_hundred_thousand_of_everything_twice() {
    let rules = (0..MANY).map(|_| Rule::new("same").assign_to(Target::team("same")));
    let mut draft = draft().rules(rules);
    for _ in 0..MANY {
        draft = draft
            .team(Team::new("same"))
            .member(Member::new("same"))
            .pool("same")
            .attribute("same", AttributeKind::Flag);
    }
    draft =
        draft.team(Team::new("of the same").members((0..MANY).map(|_| TeamMember::new("same"))));
    let nodes = (0..MANY).map(|_| "same");
    let aliases = (0..MANY).map(|number| if number % 2 == 0 { "same" } else { "other" });
    draft = draft.industries(Taxonomy::draft().paths(nodes).alias("same", aliases));
    let errors = endure("everything twice", STACK, || draft.build().unwrap_err());
    assert_eq!(errors.faults().len(), 7 * (MANY as usize - 1));
    assert_eq!(
        beginning(&errors, 2),
        "the policy has 699993 problems:\n  industries.paths[1]: node `same` is listed twice (case, \
         spaces and typography are ignored); remove one"
    );
    assert!(
        errors.to_string().ends_with("… and 699793 more"),
        "{}",
        errors.faults().len()
    );
}

#[test]
fn a_million_unknown_names_are_reported_quickly() {
    let paths = (0..20_000).map(|number| format!("land/place-{number}"));
    let draft = draft().regions(Taxonomy::draft().paths(paths));
    let names = (0..MILLION).map(|number| format!("land/plaice-{number}"));
    let names: Vec<String> = names.collect();
    let when = region().within_any(names.iter().map(String::as_str));
    let draft = draft.rule(Rule::new("r").when(when).assign_to("nobody"));
    let errors = endure("a million wrong names", STACK, || {
        draft.build().unwrap_err()
    });
    assert_eq!(errors.faults().len(), 1_000_001);
    let text = endure("to words", STACK, || errors.to_string());
    assert!(text.len() < 100_000 && text.ends_with("… and 999801 more"));
}

#[test]
fn a_cycle_of_a_hundred_thousand_rows() {
    let rows = (0..MANY).map(|number| TaxonomyRow {
        id: format!("row-{number}"),
        parent: Some(format!("row-{}", (number + 1) % MANY)),
        ..TaxonomyRow::default()
    });
    let taxonomy = Taxonomy::draft().rows(rows);
    let errors = endure("a circle of rows", STACK, || taxonomy.build().unwrap_err());
    assert_eq!(
        errors.to_string(),
        "the list of values has 1 problem:\n  rows[0]: row `row-0` is its own ancestor (row-0 -> \
         row-1 -> row-2 -> row-3 -> row-4 -> … -> row-0); give one of them another parent"
    );
}

#[test]
fn fifty_thousand_regions_load() {
    let places = (0..50_u32)
        .flat_map(|land| (0..999_u32).map(move |place| format!("land-{land}/place-{place}")));
    let places: Vec<String> = places.collect();
    let file = serde_json::json!({
        "regions": { "paths": places, "by_name": true },
        "rules": [{ "id": "r", "when": { "region": { "within": "land-49" } }, "assign_to": { "pool": "unmatched" } }],
    });
    let text = file.to_string();
    let policy: Policy = endure("fifty thousand regions", STACK, || {
        load_unguarded(&text).unwrap()
    });
    assert_eq!(policy.dimensions().regions().len(), 50_000);
    let tree = DecisionTree::compile(&policy).unwrap();
    let lead = Lead::builder("L-1").region("LAND-49/place-998").build();
    assert_eq!(
        tree.decide(&lead, chrono::DateTime::UNIX_EPOCH)
            .rule()
            .unwrap(),
        "r"
    );
}

#[test]
fn a_lead_with_a_hundred_thousand_attributes() {
    let policy = one_rule(text("zip").is("z")).build().unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    endure("many attributes", STACK, || {
        let mut lead = Lead::builder("L-1");
        for number in 0..MANY {
            lead = lead.attribute(format!("x-{number}"), number);
        }
        let lead = lead.attribute("zip", " Z ").build();
        let now = chrono::DateTime::UNIX_EPOCH;
        assert_eq!(tree.decide(&lead, now).rule().unwrap(), "r");
        let text = serde_json::to_string(&lead).unwrap();
        assert_eq!(serde_json::from_str::<Lead<'_>>(&text).unwrap(), lead);
        assert!(tree.explain(&lead, now).to_string().lines().count() > 100_000);
    });
}

#[test]
fn values_of_a_million_characters() {
    let long = "ẞ".repeat(1_000_000);
    let when = any([
        text("zip").contains("x"),
        text("zip").ends_with("ß"),
        text("zip").starts_with(&long),
        region().is_missing(),
    ]);
    let policy = one_rule(when).build().unwrap();
    let tree = endure("a rule of a million characters", STACK, || {
        DecisionTree::compile(&policy).unwrap()
    });
    endure("values of a million characters", STACK, || {
        let lead = Lead::builder(&*long)
            .account(&*long)
            .region(&*long)
            .industry(&*long)
            .product_line(&*long)
            .lifecycle_stage(&*long)
            .funnel_stage(&*long)
            .customer_size("9".repeat(1_000_000))
            .attribute("zip", &*long)
            .attribute("revenue", &*long)
            .attribute("interests", AttributeValue::tags([&*long]))
            .build();
        let now = chrono::DateTime::UNIX_EPOCH;
        // An attribute this long is unlisted.
        assert_eq!(tree.decide(&lead, now).rule(), None);
        assert!(
            tree.explain(&lead, now)
                .to_string()
                .contains("customer_size: unlisted")
        );
    });
}

#[test]
fn very_many_tags_against_very_many_tags() {
    let wanted = (0..20_000).map(|number| format!("wanted-{number}"));
    let policy = one_rule(tags("interests").contains_any(wanted))
        .build()
        .unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    let given = (0..20_000).map(|number| format!("Given-{number}"));
    let lead = Lead::builder("L-1")
        .attribute("interests", AttributeValue::tags(given))
        .build();
    endure("20,000 tags against 20,000", STACK, || {
        assert_eq!(
            tree.decide(&lead, chrono::DateTime::UNIX_EPOCH).rule(),
            None
        );
    });
}

/// A rule with 33 tests prevents a graph, and a group with 13 leaves one test to each of its rules.
#[test]
fn a_long_test_of_a_group_is_evaluated_once_for_each_lead() {
    let many = 20_000_u32;
    let short = (0..12).map(|part| text("zip").contains_any([format!("a{part}"), "x".to_owned()]));
    let long = text("zip").contains_any((0..many).map(|part| format!("<{part}>")));
    let rules = (0..many).map(|revenue| {
        Rule::new(format!("r-{revenue}"))
            .when(number("annual_revenue").at_least(revenue))
            .assign_to(pool())
    });
    let group = Group::new("group")
        .when(all(short.chain([long])))
        .rules(rules);
    let parts = (0..33).map(|part| text("zip").contains(format!("p{part}")));
    let long_rule = Rule::new("33 tests").when(all(parts)).assign_to(pool());
    let draft = draft().attribute("annual_revenue", AttributeKind::Number);
    let policy = draft.rule(group).rule(long_rule).build().unwrap();
    let tree = DecisionTree::compile(&policy).unwrap();
    let lead = Lead::builder("L-1")
        .attribute("zip", format!("x{}", "<".repeat(200)))
        .attribute("annual_revenue", MANY)
        .build();
    endure("20,000 rules that ask for 20,000 texts", STACK, || {
        let decision = tree.decide(&lead, chrono::DateTime::UNIX_EPOCH);
        assert_eq!(decision.rule(), None);
    });
}
