//! Rule sets and leads made by a deterministic generator, for benches and figures.
//!
//! Dimensions: 20 countries with 6 areas, each with 8 provinces, each with 10 cities; 16 sectors of
//! 10 industries; 8 product families of 15 products; the default bands and stages. As with real
//! leads, choices are skewed towards the front of a list (the square of a uniform number).
//!
//! Shapes:
//! - `territory`: province or city, industry, and in half of the rules a size;
//! - `matrix`: area, product family, size and lifecycle stage, each free in 40 of 100 rules;
//! - `random`: two to four dimensions at any level, in random order, so that most leads match
//!   early;
//! - `late`: the rules of `random`, narrowest first, so that leads match late;
//! - `live`: distinct combinations of node, sector and band, cities before provinces before areas,
//!   so that every rule can match;
//! - `lists`: 5 to 40 cities or 3 to 12 provinces of a country, or a country without one or two of
//!   its areas; up to six industries; a tenth of the rules test stages only;
//! - `written`: territory, matrix and random as people write them, with siblings, mixed levels,
//!   exclusions, neighbouring bands and subsets of stages.
//!
//! Every set ends in a catch-all. Equal shape, size and seed give equal rules and leads.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "each bench uses a part"
)]
#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod rule_tests;
mod world;

use std::collections::HashSet;

use fastrand::Rng;
use leadtree::Lead;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target};
use leadtree::team::{Team, TeamMember};

pub use rule_tests::{Places, Ranges, RuleTests, Size};
use world::{BANDS, below};
pub use world::{FUNNEL, LIFECYCLE, Place, Tree};

/// The seed of all figures in the documentation.
pub const SEED: u64 = 20_260_101;

/// The sizes of the rule sets in the benches, without the catch-all.
pub const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// A kind of rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Territory,
    Matrix,
    Random,
    Late,
    Live,
    Lists,
    Written,
}

impl Shape {
    pub const ALL: [Self; 7] = [
        Self::Territory,
        Self::Matrix,
        Self::Random,
        Self::Late,
        Self::Live,
        Self::Lists,
        Self::Written,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::Matrix => "matrix",
            Self::Random => "random",
            Self::Late => "late",
            Self::Live => "live",
            Self::Lists => "lists",
            Self::Written => "written",
        }
    }

    /// The tests of the rules in order, without the catch-all.
    pub fn rule_tests(self, rules: usize) -> Vec<RuleTests> {
        let seed = match self {
            Self::Territory => 0,
            Self::Matrix => 1,
            Self::Random | Self::Late => 2,
            Self::Live => 3,
            Self::Lists => 4,
            Self::Written => 5,
        };
        let mut random = Rng::with_seed(SEED ^ rules as u64 ^ seed << 32);
        if self == Self::Live {
            return live(&mut random, rules);
        }
        let mut rule_tests: Vec<RuleTests> = (0..rules).map(|_| self.tests(&mut random)).collect();
        if self == Self::Late {
            rule_tests.sort_by(|left, right| left.breadth().total_cmp(&right.breadth()));
        }
        rule_tests
    }

    fn tests(self, random: &mut Rng) -> RuleTests {
        let mut tests = RuleTests::default();
        let any_stage = |random: &mut Rng, stages: &[&str]| vec![below(random, stages.len())];
        match self {
            Self::Territory => {
                let level = if random.bool() { 3 } else { 4 };
                tests.region = Tree::Region.skewed(random, level).into();
                tests.industry = Tree::Industry.skewed(random, 2).into();
                if random.bool() {
                    tests.size = vec![size(random)];
                }
            }
            Self::Matrix => {
                let is_free = |random: &mut Rng| random.u32(..100) < 40;
                if !is_free(random) {
                    tests.region = Tree::Region.skewed(random, 2).into();
                }
                if !is_free(random) {
                    tests.product = Tree::Product.skewed(random, 1).into();
                }
                if !is_free(random) {
                    tests.size = vec![size(random)];
                }
                if !is_free(random) || tests == RuleTests::default() {
                    tests.lifecycle = any_stage(random, &LIFECYCLE);
                }
            }
            Self::Random | Self::Late => {
                let mut dimensions = [0, 1, 2, 3, 4, 5];
                random.shuffle(&mut dimensions);
                let count = random.usize(2..=4);
                for dimension in &dimensions[..count] {
                    match dimension {
                        0 => {
                            let level = random.usize(1..=4);
                            tests.region = Tree::Region.skewed(random, level).into();
                        }
                        1 => {
                            let level = random.usize(1..=2);
                            tests.industry = Tree::Industry.skewed(random, level).into();
                        }
                        2 => {
                            let level = random.usize(1..=2);
                            tests.product = Tree::Product.skewed(random, level).into();
                        }
                        3 => tests.size = vec![size(random)],
                        4 => {
                            let stage = below(random, LIFECYCLE.len());
                            tests.lifecycle = (stage..LIFECYCLE.len()).collect();
                        }
                        _ => tests.funnel = any_stage(random, &FUNNEL),
                    }
                }
            }
            Self::Lists if random.u32(..10) == 0 => {
                tests.lifecycle = any_stage(random, &LIFECYCLE);
                tests.funnel = any_stage(random, &FUNNEL);
            }
            Self::Lists => {
                tests.region = listed(random);
                let sector = Tree::Industry.skewed(random, 2);
                let industries = (0..random.usize(1..=6)).map(|_| sector.sibling(random));
                tests.industry.any = industries.collect();
                tests.size = vec![size(random)];
            }
            Self::Written => {
                let shapes = [Self::Territory, Self::Matrix, Self::Random];
                let shape = shapes[random.usize(..shapes.len())];
                return shape.tests(random).written_by_people(random);
            }
            Self::Live => {}
        }
        tests
    }

    /// A draft with `rules` rules, a catch-all, and 50 teams of 20 members.
    pub fn draft(self, rules: usize) -> PolicyDraft {
        let mut random = Rng::with_seed(SEED);
        let teams = 50;
        let mut draft = with_taxonomies(PolicyDraft::new()).pool("rest");
        for team in 0..teams {
            let members = (0..20).map(|member| {
                TeamMember::new(format!("m-{team:02}-{member:02}")).weight(1 + member % 3)
            });
            draft = draft.team(Team::new(format!("team-{team:02}")).members(members));
        }
        let rules = self.rule_tests(rules).into_iter().enumerate();
        let rules = rules.map(|(number, tests)| {
            let team = format!("team-{:02}", random.usize(..teams));
            Rule::new(format!("r-{number}"))
                .when(tests.condition())
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

/// The draft with the generated regions, industries and product lines.
pub fn with_taxonomies(draft: PolicyDraft) -> PolicyDraft {
    draft
        .regions(Tree::Region.taxonomy())
        .industries(Tree::Industry.taxonomy())
        .product_lines(Tree::Product.taxonomy())
}

/// Distinct combinations of node, sector and band, deeper nodes first.
fn live(random: &mut Rng, rules: usize) -> Vec<RuleTests> {
    let mut seen = HashSet::new();
    let mut rule_tests = Vec::with_capacity(rules);
    while rule_tests.len() < rules {
        let level = random.usize(2..=4);
        let tests = RuleTests {
            region: Tree::Region.skewed(random, level).into(),
            industry: Tree::Industry.skewed(random, 1).into(),
            size: vec![Size::Band(below(random, BANDS.len()))],
            ..RuleTests::default()
        };
        if seen.insert(tests.ranges()) {
            rule_tests.push((level, tests));
        }
    }
    rule_tests.sort_by_key(|&(level, _)| std::cmp::Reverse(level));
    rule_tests.into_iter().map(|(_, tests)| tests).collect()
}

/// Cities or provinces of an area, or a country without some areas.
fn listed(random: &mut Rng) -> Places {
    let country = Tree::Region.skewed(random, 1);
    if random.u32(..4) == 0 {
        return Places {
            without: country.below(random),
            any: vec![country],
        };
    }
    let (level, counts) = if random.bool() {
        (4, 5..=40)
    } else {
        (3, 3..=12)
    };
    let count = random.usize(counts);
    let first = Tree::Region.skewed(random, level);
    let any = (0..count).map(|_| first.in_the_same_country(random));
    Places {
        any: any.collect(),
        without: Vec::new(),
    }
}

/// A lead's values, as names and as codes.
pub struct LeadCodes {
    pub lead: Lead<'static>,
    /// In the order of the dimensions.
    pub codes: [u32; 6],
}

/// Leads spelled as in the taxonomies.
pub fn leads(count: usize) -> Vec<Lead<'static>> {
    lead_codes(count)
        .into_iter()
        .map(|lead| lead.lead)
        .collect()
}

/// The leads with their codes.
pub fn lead_codes(count: usize) -> Vec<LeadCodes> {
    let mut random = Rng::with_seed(SEED);
    let one = |number| {
        let region = Tree::Region.skewed(&mut random, 4);
        let industry = Tree::Industry.skewed(&mut random, 2);
        let product = Tree::Product.skewed(&mut random, 2);
        let size = head_count(&mut random);
        let lifecycle = below(&mut random, LIFECYCLE.len());
        let funnel = below(&mut random, FUNNEL.len());
        let lead = Lead::builder(format!("L-{number}"))
            .region(region.path())
            .industry(industry.path())
            .product_line(product.path())
            .customer_size(size)
            .lifecycle_stage(LIFECYCLE[lifecycle])
            .funnel_stage(FUNNEL[funnel])
            .build();
        let stage = |stage: usize| u32::try_from(stage).unwrap_or(0);
        let codes = [
            region.codes().0,
            industry.codes().0,
            size,
            product.codes().0,
            stage(lifecycle),
            stage(funnel),
        ];
        LeadCodes { lead, codes }
    };
    (0..count).map(one).collect()
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

fn size(random: &mut Rng) -> Size {
    if random.bool() {
        Size::Band(below(random, BANDS.len()))
    } else {
        Size::AtLeast(random.u32(1..20) * 50)
    }
}
