//! The rule sets to measure: generated shapes, sets with attributes, and the sample policy.

use std::error::Error;
use std::path::Path;

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::lead::LeadBuilder;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Condition, Rule, Target, flag, number as number_of, region, text};
use leadtree::team::Team;

use crate::shapes::{self, LeadCodes, SEED, Shape, Tree};

/// A rule set, and leads to decide.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) rules: usize,
    pub(crate) policy: Policy,
    pub(crate) leads: Vec<LeadCodes>,
    /// The rules as ranges of codes, if they only test dimensions; the hand-written engines need
    /// these.
    pub(crate) ranges: Option<Vec<[shapes::Ranges; 6]>>,
}

impl Set {
    pub(crate) fn of_shape(shape: Shape, rules: usize, leads: usize) -> Self {
        let rule_tests = shape.rule_tests(rules);
        Self {
            name: shape.as_str(),
            rules,
            policy: shape.policy(rules),
            leads: shapes::lead_codes(leads),
            ranges: Some(rule_tests.iter().map(shapes::RuleTests::ranges).collect()),
        }
    }

    /// Territory, where one rule in sixteen also tests one of 32 attributes.
    pub(crate) fn with_attributes(rules: usize, leads: usize) -> Result<Self, Box<dyn Error>> {
        let mut draft = PolicyDraft::new();
        for attribute in 0..32 {
            draft = draft.attribute(attribute_name(attribute), attribute_kind(attribute));
        }
        let rule_tests = Shape::Territory.rule_tests(rules).into_iter().enumerate();
        let rules_with_attributes = rule_tests.map(|(number, cell)| {
            let mut condition = cell.condition();
            if number % 16 == 0 {
                condition = condition & attribute_test(number / 16);
            }
            Rule::new(format!("r-{number}"))
                .when(condition)
                .assign_to("team")
        });
        let rules_with_attributes: Vec<Rule> = rules_with_attributes.collect();
        let policy = shapes::with_taxonomies(draft)
            .team(Team::new("team").member("m-01"))
            .pool("rest")
            .rules(rules_with_attributes)
            .rule(Rule::new("rest").assign_to(Target::pool("rest")))
            .build()?;
        let mut random = Rng::with_seed(SEED);
        let leads = shapes::leads(leads).into_iter().map(|lead| {
            let mut builder = like(&lead);
            for _ in 0..8 {
                let attribute = random.usize(..32);
                let name = attribute_name(attribute);
                builder = match attribute_kind(attribute) {
                    AttributeKind::Number => builder.attribute(name, random.u32(..100)),
                    AttributeKind::Flag => builder.attribute(name, random.bool()),
                    _ => builder.attribute(name, format!("value-{}", random.u32(..20))),
                };
            }
            without_codes(builder.build())
        });
        Ok(Self {
            name: "attributes",
            rules,
            policy,
            leads: leads.collect(),
            ranges: None,
        })
    }

    /// Areas, each with ten to ten thousand prefixes of postal codes.
    pub(crate) fn postal_codes(leads: usize) -> Result<Self, Box<dyn Error>> {
        let rules = 100;
        let mut random = Rng::with_seed(SEED);
        let areas = Tree::Region.level(2);
        let mut code = |digits: usize| {
            let digits = (0..digits).map(|_| random.digit(10));
            digits.collect::<String>()
        };
        let all = (0..rules).map(|number| {
            let beginnings = (0..10_usize.pow(1 + number % 4)).map(|_| code(5));
            let beginnings: Vec<String> = beginnings.collect();
            let area = &areas[number as usize % areas.len()];
            Rule::new(format!("r-{number}"))
                .when(
                    region().within(area.path().as_str())
                        & text("postal_code").starts_with_any(beginnings),
                )
                .assign_to("team")
        });
        let all: Vec<Rule> = all.collect();
        let policy = shapes::with_taxonomies(PolicyDraft::new())
            .attribute("postal_code", AttributeKind::Text)
            .team(Team::new("team").member("m-01"))
            .pool("rest")
            .rules(all)
            .rule(Rule::new("rest").assign_to(Target::pool("rest")))
            .build()?;
        let leads = shapes::leads(leads).into_iter().map(|lead| {
            let lead = like(&lead).attribute("postal_code", code(6)).build();
            without_codes(lead)
        });
        Ok(Self {
            name: "postal codes",
            rules: rules as usize,
            policy,
            leads: leads.collect(),
            ranges: None,
        })
    }

    /// The rules and leads of `examples/data`.
    pub(crate) fn sales(leads: usize) -> Result<Self, Box<dyn Error>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
        let policy = std::fs::read_to_string(folder.join("policy.yaml"))?;
        let policy = Policy::from_yaml(&policy)?;
        let mut rows = csv::Reader::from_path(folder.join("leads.csv"))?;
        let columns = rows.headers()?.clone();
        let mut all = Vec::new();
        for row in rows.records().take(leads) {
            let row = row?;
            let mut lead = Lead::builder(row.get(0).unwrap_or_default().to_owned());
            for (column, cell) in columns
                .iter()
                .zip(&row)
                .filter(|(_, cell)| !cell.is_empty())
            {
                lead = match Dimension::ALL.into_iter().find(|it| it.as_str() == column) {
                    Some(dimension) => lead.value(dimension, cell.to_owned()),
                    None => lead.attribute(column.to_owned(), cell.to_owned()),
                };
            }
            all.push(without_codes(lead.build()));
        }
        Ok(Self {
            name: "sales",
            rules: policy.grants().count(),
            policy,
            leads: all,
            ranges: None,
        })
    }
}

/// A lead without codes.
pub(crate) fn without_codes(lead: Lead<'static>) -> LeadCodes {
    let codes = [0; 6];
    LeadCodes { lead, codes }
}

fn attribute_name(number: usize) -> String {
    format!("attribute-{:02}", number % 32)
}

fn attribute_kind(number: usize) -> AttributeKind {
    match number % 3 {
        0 => AttributeKind::Number,
        1 => AttributeKind::Flag,
        _ => AttributeKind::Text,
    }
}

fn attribute_test(number: usize) -> Condition {
    let name = attribute_name(number);
    match attribute_kind(number % 32) {
        AttributeKind::Number => number_of(name).at_least(50),
        AttributeKind::Flag => flag(name).is_true(),
        _ => text(name).is(format!("value-{}", number % 20)),
    }
}

/// A lead with the given values of the dimensions, to extend.
fn like(lead: &Lead<'static>) -> LeadBuilder<'static> {
    let mut builder = Lead::builder(lead.id().to_owned());
    if let Some(region) = lead.region() {
        builder = builder.region(region.as_str().to_owned());
    }
    if let Some(industry) = lead.industry() {
        builder = builder.industry(industry.as_str().to_owned());
    }
    if let Some(size) = lead.customer_size() {
        builder = builder.customer_size(size.clone());
    }
    builder
}
