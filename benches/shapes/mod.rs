//! Rule sets and leads made by a deterministic generator, for benches and figures.
//!
//! The world: 20 countries of 6 areas of 8 provinces of 10 cities; 16 sectors of 10 industries; 8
//! product families of 15 products; the default bands and stages. All choices are skewed towards
//! the first of a list (the square of an even chance), as real leads are.
//!
//! Shapes:
//! - `territory`: province or city, industry, and in half of the rules a size;
//! - `matrix`: area, product family, size and lifecycle stage, each free in 40 of 100 rules;
//! - `random`: two to four dimensions at any level, in no order.
//!
//! Every set ends in a catch-all. The same shape, size and seed give the same rules and leads.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "each bench uses a part"
)]
#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{Taxonomy, TaxonomyDraft};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Condition, Rule, Target, all, customer_size, funnel_stage, industry, lifecycle_stage,
    product_line, region,
};
use leadtree::team::{Team, TeamMember};

/// The seed of all figures in the documentation.
pub const SEED: u64 = 20_260_101;

const BANDS: [&str; 5] = ["micro", "small", "medium", "large", "enterprise"];
const LIFECYCLE: [&str; 7] = [
    "subscriber",
    "lead",
    "marketing_qualified",
    "sales_qualified",
    "opportunity",
    "customer",
    "evangelist",
];
const FUNNEL: [&str; 6] = [
    "prospecting",
    "qualification",
    "proposal",
    "negotiation",
    "won",
    "lost",
];

/// How many rules the sets of the benches have, the catch-all not counted.
pub const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// A kind of rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Territory,
    Matrix,
    Random,
}

impl Shape {
    pub const ALL: [Self; 3] = [Self::Territory, Self::Matrix, Self::Random];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::Matrix => "matrix",
            Self::Random => "random",
        }
    }

    fn condition(self, random: &mut Rng) -> Condition {
        match self {
            Self::Territory => {
                let level = if random.bool() { 3 } else { 4 };
                let place = region_at(random, level);
                let mut condition = region().within(place.as_str())
                    & industry().within(industry_at(random, 2).as_str());
                if random.bool() {
                    condition = condition & size(random);
                }
                condition
            }
            Self::Matrix => {
                let mut parts = Vec::new();
                let free = |random: &mut Rng| random.u32(..100) < 40;
                if !free(random) {
                    parts.push(region().within(region_at(random, 2).as_str()));
                }
                if !free(random) {
                    parts.push(product_line().within(product_at(random, 1).as_str()));
                }
                if !free(random) {
                    parts.push(size(random));
                }
                if !free(random) || parts.is_empty() {
                    parts.push(lifecycle_stage().is(skewed(random, &LIFECYCLE)));
                }
                all(parts)
            }
            Self::Random => {
                let mut dimensions = [0, 1, 2, 3, 4, 5];
                random.shuffle(&mut dimensions);
                let count = random.usize(2..=4);
                all(dimensions[..count].iter().map(|dimension| match dimension {
                    0 => {
                        let level = random.usize(1..=4);
                        region().within(region_at(random, level).as_str())
                    }
                    1 => {
                        let level = random.usize(1..=2);
                        industry().within(industry_at(random, level).as_str())
                    }
                    2 => {
                        let level = random.usize(1..=2);
                        product_line().within(product_at(random, level).as_str())
                    }
                    3 => size(random),
                    4 => lifecycle_stage().at_least(skewed(random, &LIFECYCLE)),
                    _ => funnel_stage().is(skewed(random, &FUNNEL)),
                }))
            }
        }
    }

    /// A draft with so many rules, the catch-all not counted, and 50 teams of 20 members.
    pub fn draft(self, rules: usize) -> PolicyDraft {
        let mut random = Rng::with_seed(SEED ^ rules as u64 ^ (self as u64) << 32);
        let teams = 50;
        let mut draft = PolicyDraft::new()
            .regions(regions())
            .industries(industries())
            .product_lines(product_lines())
            .pool("rest");
        for team in 0..teams {
            let members = (0..20).map(|member| {
                TeamMember::new(format!("m-{team:02}-{member:02}")).weight(1 + member % 3)
            });
            draft = draft.team(Team::new(format!("team-{team:02}")).members(members));
        }
        let rules = (0..rules).map(|number| {
            let team = format!("team-{:02}", random.usize(..teams));
            Rule::new(format!("r-{number}"))
                .when(self.condition(&mut random))
                .assign_to(team.as_str())
        });
        let rules: Vec<Rule> = rules.collect();
        draft
            .rules(rules)
            .rule(Rule::new("rest").assign_to(Target::pool("rest")))
    }

    pub fn policy(self, rules: usize) -> Policy {
        self.draft(rules)
            .build()
            .expect("the generator makes sound policies")
    }
}

/// Leads written as in the taxonomies.
pub fn leads(count: usize) -> Vec<Lead<'static>> {
    let mut random = Rng::with_seed(SEED);
    (0..count)
        .map(|number| {
            Lead::builder(format!("L-{number}"))
                .region(region_at(&mut random, 4))
                .industry(industry_at(&mut random, 2))
                .product_line(product_at(&mut random, 2))
                .customer_size(head_count(&mut random))
                .lifecycle_stage(skewed(&mut random, &LIFECYCLE))
                .funnel_stage(skewed(&mut random, &FUNNEL))
                .build()
        })
        .collect()
}

fn head_count(random: &mut Rng) -> u32 {
    let size = random.f64();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below 5,000"
    )]
    let head_count = (size * size * size * 5_000.0) as u32;
    head_count + 1
}

fn size(random: &mut Rng) -> Condition {
    if random.bool() {
        customer_size().in_band(skewed(random, &BANDS))
    } else {
        customer_size().at_least(random.u32(1..20) * 50)
    }
}

/// A number below `count`, smaller ones likelier.
fn below(random: &mut Rng, count: usize) -> usize {
    let chance = random.f64();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    let number = (chance * chance * count as f64) as usize;
    number
}

fn skewed<'a>(random: &mut Rng, list: &[&'a str]) -> &'a str {
    list[below(random, list.len())]
}

/// A region of that level: 1 country, 2 area, 3 province, 4 city.
fn region_at(random: &mut Rng, level: usize) -> String {
    let numbers = [20, 6, 8, 10].map(|count| below(random, count));
    region_name(&numbers[..level])
}

fn region_name(numbers: &[usize]) -> String {
    let kinds = ["country", "area", "province", "city"];
    let names = kinds
        .iter()
        .zip(numbers)
        .map(|(kind, number)| format!("{kind}-{number}"));
    names.collect::<Vec<_>>().join("/")
}

fn industry_at(random: &mut Rng, level: usize) -> String {
    let (sector, industry) = (below(random, 16), below(random, 10));
    if level == 1 {
        format!("sector-{sector}")
    } else {
        format!("sector-{sector}/industry-{industry}")
    }
}

fn product_at(random: &mut Rng, level: usize) -> String {
    let (family, product) = (below(random, 8), below(random, 15));
    if level == 1 {
        format!("family-{family}")
    } else {
        format!("family-{family}/product-{product}")
    }
}

fn regions() -> TaxonomyDraft {
    let mut paths = Vec::new();
    for country in 0..20 {
        for area in 0..6 {
            for province in 0..8 {
                for city in 0..10 {
                    paths.push(region_name(&[country, area, province, city]));
                }
            }
        }
    }
    Taxonomy::draft().paths(paths)
}

fn industries() -> TaxonomyDraft {
    let paths = (0..16).flat_map(|sector| {
        (0..10).map(move |industry| format!("sector-{sector}/industry-{industry}"))
    });
    Taxonomy::draft().paths(paths)
}

fn product_lines() -> TaxonomyDraft {
    let paths = (0..8).flat_map(|family| {
        (0..15).map(move |product| format!("family-{family}/product-{product}"))
    });
    Taxonomy::draft().paths(paths)
}
