//! Rule sets as sales organisations write them, and leads for them, made up from a seed: lists of
//! regions and industries, exclusions, bands, stages, postal codes.
//!
//! The generator and the engines beside it know nothing of how the library compiles rules; they
//! speak its public rule language alone.
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

mod asks;
mod attributes;
mod bitmaps;
mod cells;
mod drawing;
mod floor_probe;
mod leads;
mod linear_scan;
mod postal;
mod shapes;
mod value_tree;
mod world;

use fastrand::Rng;
use leadtree::dimension::{BandsDraft, StageDraft, StagesDraft, Taxonomy, TaxonomyDraft};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target};
use leadtree::team::Team;
use leadtree::{Lead, MemberId};

use asks::Asks;
pub use asks::CodeRanges;
pub use bitmaps::Bitmaps;
pub use floor_probe::FloorProbe;
pub use leads::CodedLead;
use leads::Leads;
pub use linear_scan::LinearScan;
pub use shapes::FieldShape;
use value_tree::ValueTree;
use world::{BANDS, FUNNEL, LIFECYCLE, world};

/// Numbers of rules, from a small company's to a corporation's.
pub const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// Teams that rules assign to.
const TEAMS: usize = 40;

/// A set of rules, the last of which is for every lead.
pub struct FieldSet {
    /// What the rules ask, in order; the last asks nothing.
    asks: Vec<Asks>,
    shape: FieldShape,
}

impl FieldSet {
    /// The set of that shape with so many rules, at least one. Always the same.
    pub fn new(shape: FieldShape, rules: usize) -> Self {
        let mut asks = shape.asks(world(), rules.saturating_sub(1));
        asks.push(Asks::default());
        Self { asks, shape }
    }

    /// As a policy to be checked.
    pub fn draft(&self) -> PolicyDraft {
        let mut random = Rng::with_seed(self.asks.len() as u64);
        // Ids tell nothing of the order.
        let mut numbers: Vec<usize> = (1..self.asks.len()).collect();
        random.shuffle(&mut numbers);
        let shape = self.shape.as_str();
        let rules = self.asks.iter().zip(&numbers).map(|(asks, number)| {
            Rule::new(format!("{shape}-{number}"))
                .when(asks.condition(world()))
                .assign_to(&*format!("team-{:02}", random.usize(1..=TEAMS)))
        });
        let rules: Vec<Rule> = rules.collect();
        empty()
            .rules(rules)
            .rule(Rule::new("everything-else").assign_to(Target::pool("rest")))
    }

    /// As a policy.
    pub fn policy(&self) -> Policy {
        self.draft().build().expect("the sets are sound")
    }

    /// For each rule the codes that it asks for; tests of attributes are left out.
    pub fn ranges(&self) -> Vec<CodeRanges> {
        self.asks.iter().map(|asks| asks.ranges(world())).collect()
    }

    /// How many rules ask for attributes, too.
    pub fn with_attributes(&self) -> usize {
        self.asks
            .iter()
            .filter(|asks| asks.attribute.is_some())
            .count()
    }
}

impl FieldShape {
    /// The set of that shape with so many rules as a policy to be checked.
    pub fn draft(self, rules: usize) -> PolicyDraft {
        FieldSet::new(self, rules).draft()
    }

    /// The set of that shape with so many rules as a policy.
    pub fn policy(self, rules: usize) -> Policy {
        FieldSet::new(self, rules).policy()
    }

    /// So many leads, always the same; with attributes for the shapes that ask for them.
    pub fn leads(self, count: usize) -> Vec<Lead<'static>> {
        self.coded_leads(count)
            .into_iter()
            .map(|coded| coded.lead)
            .collect()
    }

    /// The same leads with their codes.
    pub fn coded_leads(self, count: usize) -> Vec<CodedLead> {
        Leads::new(world(), self.has_attributes())
            .take(count)
            .collect()
    }
}

/// How many codes each dimension has, missing and unlisted, the last two, counted.
pub fn code_counts() -> [u32; 6] {
    asks::code_counts(world())
}

/// The paths of regions, industries and product lines by code.
pub fn paths() -> [Vec<&'static str>; 3] {
    let world = world();
    [&world.regions, &world.industries, &world.products]
        .map(|tree| tree.nodes().map(|(path, _)| path).collect())
}

/// A policy of all values without rules.
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
