//! Rule sets as sales organisations write them, and leads for them, generated from a seed: lists of
//! regions and industries, exclusions, bands, stages, postal codes.
//!
//! The generator and the engines know nothing of how the library compiles rules; they use its public
//! interface only.
//!
//! - [`FieldShape`]: the kinds of sets; [`FieldSet`]: one set, as a policy and as ranges of codes
//! - [`FieldShape::leads`], [`FieldShape::coded_leads`]: the leads, as strings and as codes
//! - [`LinearScan`], [`Bitmaps`], [`FloorProbe`]: engines written by hand, over codes
//!
//! Used by benches, tests and examples through `#[path = "../benches/field_sets/mod.rs"]`.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    reason = "shared by several programs, none of which uses all; small numbers; sound by design"
)]

mod attributes;
mod bitmaps;
mod cells;
mod floor_probe;
mod leads;
mod linear_scan;
mod postal;
mod rule_tests;
mod shapes;
mod test_generator;
mod value_tree;
mod world;

use fastrand::Rng;
use leadtree::dimension::{BandsDraft, StageDraft, StagesDraft, Taxonomy, TaxonomyDraft};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target};
use leadtree::team::Team;
use leadtree::{Lead, MemberId};

pub use bitmaps::Bitmaps;
pub use floor_probe::FloorProbe;
pub use leads::CodedLead;
use leads::Leads;
pub use linear_scan::LinearScan;
pub use rule_tests::CodeRanges;
use rule_tests::RuleTests;
pub use shapes::FieldShape;
use value_tree::ValueTree;
use world::{BANDS, FUNNEL, LIFECYCLE, world};

/// Numbers of rules, from a small company's to a corporation's.
pub const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// Teams that rules assign to.
const TEAMS: usize = 40;

/// A set of rules, the last of which is for every lead.
pub struct FieldSet {
    /// The tests of the rules, in order. The last rule has none.
    tests: Vec<RuleTests>,
    shape: FieldShape,
}

impl FieldSet {
    /// The set of that shape with `rules` rules, at least one. Every call gives an equal set.
    pub fn new(shape: FieldShape, rules: usize) -> Self {
        let mut tests = shape.tests(world(), rules.saturating_sub(1));
        tests.push(RuleTests::default());
        Self { tests, shape }
    }

    /// The rules as a draft of a policy.
    pub fn draft(&self) -> PolicyDraft {
        let mut random = Rng::with_seed(self.tests.len() as u64);
        // Ids must not reveal the order of the rules.
        let mut numbers: Vec<usize> = (1..self.tests.len()).collect();
        random.shuffle(&mut numbers);
        let shape = self.shape.as_str();
        let rules = self.tests.iter().zip(&numbers).map(|(tests, number)| {
            Rule::new(format!("{shape}-{number}"))
                .when(tests.condition(world()))
                .assign_to(&*format!("team-{:02}", random.usize(1..=TEAMS)))
        });
        let rules: Vec<Rule> = rules.collect();
        empty()
            .rules(rules)
            .rule(Rule::new("everything-else").assign_to(Target::pool("rest")))
    }

    /// The rules as a policy.
    pub fn policy(&self) -> Policy {
        self.draft().build().expect("the sets are sound")
    }

    /// The codes that each rule allows, without tests of attributes.
    pub fn ranges(&self) -> Vec<CodeRanges> {
        self.tests
            .iter()
            .map(|tests| tests.ranges(world()))
            .collect()
    }

    /// The number of rules that test an attribute.
    pub fn with_attributes(&self) -> usize {
        self.tests
            .iter()
            .filter(|tests| tests.attribute.is_some())
            .count()
    }
}

impl FieldShape {
    /// The draft of a policy of that shape with `rules` rules.
    pub fn draft(self, rules: usize) -> PolicyDraft {
        FieldSet::new(self, rules).draft()
    }

    /// The policy of that shape with `rules` rules.
    pub fn policy(self, rules: usize) -> Policy {
        FieldSet::new(self, rules).policy()
    }

    /// `count` leads, with attributes if the shape tests some. Every call gives equal leads.
    pub fn leads(self, count: usize) -> Vec<Lead<'static>> {
        self.coded_leads(count)
            .into_iter()
            .map(|coded| coded.lead)
            .collect()
    }

    /// `count` leads, equal to those of [`leads`](Self::leads), with their codes.
    pub fn coded_leads(self, count: usize) -> Vec<CodedLead> {
        Leads::new(world(), self.has_attributes())
            .take(count)
            .collect()
    }
}

/// The number of codes of each dimension, including missing and unlisted, which are the last two.
pub fn code_counts() -> [u32; 6] {
    rule_tests::code_counts(world())
}

/// The paths of regions, industries and product lines by code.
pub fn paths() -> [Vec<&'static str>; 3] {
    let world = world();
    [&world.regions, &world.industries, &world.products]
        .map(|tree| tree.nodes().map(|(path, _)| path).collect())
}

/// A draft with all values and teams, but without rules.
fn empty() -> PolicyDraft {
    let world = world();
    let bands = BANDS.iter().enumerate().fold(
        BandsDraft::default(),
        |bands, (index, &(name, from, to))| {
            let last = index + 1 == BANDS.len();
            bands.band(name, from..=if last { u32::MAX } else { to })
        },
    );
    let stages = |stages: &[(&str, &str)]| {
        let stages = stages
            .iter()
            .map(|&(name, alias)| StageDraft::new(name, [alias]));
        stages.collect::<StagesDraft>()
    };
    let teams = (1..=TEAMS).map(|team| {
        Team::new(format!("team-{team:02}"))
            .members(["a", "b"].map(|member| MemberId::from(format!("m-{team:02}-{member}"))))
    });
    let draft = PolicyDraft::new()
        .regions(taxonomy(&world.regions))
        .industries(taxonomy(&world.industries))
        .product_lines(taxonomy(&world.products))
        .customer_sizes(bands)
        .lifecycle_stages(stages(&LIFECYCLE))
        .funnel_stages(stages(&FUNNEL))
        .pool("rest");
    let draft = teams.fold(draft, PolicyDraft::team);
    attributes::ATTRIBUTES
        .iter()
        .fold(draft, |draft, &(name, kind)| draft.attribute(name, kind))
}

fn taxonomy(tree: &ValueTree) -> TaxonomyDraft {
    let draft = Taxonomy::draft().paths(tree.nodes().map(|(path, _)| path));
    let aliases = tree
        .nodes()
        .filter_map(|(path, alias)| Some((path, alias?)));
    aliases.fold(draft, |draft, (path, alias)| draft.alias(path, [alias]))
}
