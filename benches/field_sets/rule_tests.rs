//! The tests of a generated rule: as a condition, and as ranges of codes.

use leadtree::rule::{
    Condition, all, customer_size, funnel_stage, industry, lifecycle_stage, product_line, region,
};

use super::value_tree::ValueTree;
use super::world::{BANDS, FUNNEL, LARGEST_HEAD_COUNT, LIFECYCLE, World};

/// The number of codes of each dimension: its values from 0, then one for missing and one for unlisted.
pub fn code_counts(world: &World) -> [u32; 6] {
    [
        world.regions.len() + 2,
        world.industries.len() + 2,
        LARGEST_HEAD_COUNT + 3,
        world.products.len() + 2,
        LIFECYCLE.len() as u32 + 2,
        FUNNEL.len() as u32 + 2,
    ]
}

/// A condition over the six dimensions: for each dimension the codes that match, or `None` if all do. Ranges
/// include both ends, are in order, and have gaps between them.
pub type CodeRanges = [Option<Vec<(u32, u32)>>; 6];

/// A test of region, industry or product line.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeTest {
    /// At or below one of the nodes.
    Within(Vec<u32>),
    /// At or below one of the first nodes, but of none of the second.
    Without(Vec<u32>, Vec<u32>),
    /// At or below none of the nodes, or missing or unlisted.
    NotWithin(Vec<u32>),
    /// Exactly this node.
    Is(u32),
}

/// A test of the head count.
#[derive(Debug, Clone, PartialEq)]
pub enum SizeTest {
    Bands(Vec<usize>),
    AtLeast(u32),
    LessThan(u32),
    Between(u32, u32),
}

/// A test of a stage, by position.
#[derive(Debug, Clone, PartialEq)]
pub enum StageTest {
    AnyOf(Vec<usize>),
    AtLeast(usize),
    Before(usize),
    Between(usize, usize),
    /// Any other stage, or missing or unlisted.
    IsNot(usize),
}

/// The tests of a rule, at most one for each dimension.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleTests {
    pub region: Option<NodeTest>,
    pub industry: Option<NodeTest>,
    pub customer_size: Option<SizeTest>,
    pub product_line: Option<NodeTest>,
    pub lifecycle_stage: Option<StageTest>,
    pub funnel_stage: Option<StageTest>,
    /// A test of an attribute, which has no codes.
    pub attribute: Option<Condition>,
}

/// The condition of a test of a taxonomy or of stages. A macro, because each dimension has its own types.
macro_rules! node_condition {
    ($field:ident, $tree:expr, $test:expr) => {
        $test.as_ref().map(|test| match test {
            NodeTest::Within(nodes) => match nodes[..] {
                [node] => $field().within($tree.path(node)),
                _ => $field().within_any($tree.paths(nodes)),
            },
            NodeTest::Without(nodes, but) => {
                $field().within_any($tree.paths(nodes)) & !$field().within_any($tree.paths(but))
            }
            NodeTest::NotWithin(nodes) => !$field().within_any($tree.paths(nodes)),
            NodeTest::Is(node) => $field().is($tree.path(*node)),
        })
    };
}

macro_rules! stage_condition {
    ($field:ident, $stages:expr, $test:expr) => {
        $test.as_ref().map(|test| match test {
            StageTest::AnyOf(stages) => {
                $field().is_any(stages.iter().map(|&stage| $stages[stage].0))
            }
            StageTest::AtLeast(stage) => $field().at_least($stages[*stage].0),
            StageTest::Before(stage) => $field().before($stages[*stage].0),
            StageTest::Between(from, to) => $field().between($stages[*from].0, $stages[*to].0),
            StageTest::IsNot(stage) => $field().is_not($stages[*stage].0),
        })
    };
}

impl RuleTests {
    /// The tests as a condition.
    pub fn condition(&self, world: &World) -> Condition {
        let size = self.customer_size.as_ref().map(|test| match test {
            SizeTest::Bands(bands) => {
                customer_size().in_any_band(bands.iter().map(|&band| BANDS[band].0))
            }
            SizeTest::AtLeast(heads) => customer_size().at_least(*heads),
            SizeTest::LessThan(heads) => customer_size().less_than(*heads),
            SizeTest::Between(from, to) => customer_size().between(*from, *to),
        });
        let parts = [
            node_condition!(region, world.regions, self.region),
            node_condition!(industry, world.industries, self.industry),
            size,
            node_condition!(product_line, world.products, self.product_line),
            stage_condition!(lifecycle_stage, LIFECYCLE, self.lifecycle_stage),
            stage_condition!(funnel_stage, FUNNEL, self.funnel_stage),
            self.attribute.clone(),
        ];
        all(parts.into_iter().flatten())
    }

    /// The tests of dimensions as ranges of codes, without attributes.
    pub fn ranges(&self, world: &World) -> CodeRanges {
        [
            self.region
                .as_ref()
                .map(|test| node_ranges(&world.regions, test)),
            self.industry
                .as_ref()
                .map(|test| node_ranges(&world.industries, test)),
            self.customer_size.as_ref().map(size_ranges),
            self.product_line
                .as_ref()
                .map(|test| node_ranges(&world.products, test)),
            self.lifecycle_stage
                .as_ref()
                .map(|test| stage_ranges(LIFECYCLE.len(), test)),
            self.funnel_stage
                .as_ref()
                .map(|test| stage_ranges(FUNNEL.len(), test)),
        ]
    }

    /// The number of dimensions that it tests.
    pub fn asked(&self) -> usize {
        usize::from(self.region.is_some())
            + usize::from(self.industry.is_some())
            + usize::from(self.customer_size.is_some())
            + usize::from(self.product_line.is_some())
            + usize::from(self.lifecycle_stage.is_some())
            + usize::from(self.funnel_stage.is_some())
    }

    /// The product of its shares of each dimension's values. The smaller it is, the narrower is the rule.
    pub fn width(&self, world: &World) -> f64 {
        let ranges = self.ranges(world);
        let shares = ranges.iter().zip(code_counts(world)).enumerate().map(
            |(dimension, (ranges, codes))| {
                let Some(ranges) = ranges else { return 1.0 };
                // Head counts are spread about evenly over the orders of magnitude.
                let place = |code: u32| match dimension {
                    2 => f64::from(code.max(1)).ln(),
                    _ => f64::from(code),
                };
                let taken: f64 = ranges
                    .iter()
                    .map(|&(from, to)| place(to + 1) - place(from))
                    .sum();
                taken / place(codes)
            },
        );
        shares.product()
    }
}

fn node_ranges(tree: &ValueTree, test: &NodeTest) -> Vec<(u32, u32)> {
    let of = |nodes: &[u32]| merged(nodes.iter().map(|&node| tree.codes(node)).collect());
    match test {
        NodeTest::Within(nodes) => of(nodes),
        NodeTest::Without(nodes, but) => without(of(nodes), &of(but)),
        NodeTest::NotWithin(nodes) => without(vec![(0, tree.len() + 1)], &of(nodes)),
        NodeTest::Is(node) => vec![(*node, *node)],
    }
}

fn size_ranges(test: &SizeTest) -> Vec<(u32, u32)> {
    match test {
        SizeTest::Bands(bands) => merged(
            bands
                .iter()
                .map(|&band| (BANDS[band].1, BANDS[band].2))
                .collect(),
        ),
        SizeTest::AtLeast(heads) => vec![(*heads, LARGEST_HEAD_COUNT)],
        SizeTest::LessThan(heads) => vec![(0, heads - 1)],
        SizeTest::Between(from, to) => vec![(*from, *to)],
    }
}

fn stage_ranges(stages: usize, test: &StageTest) -> Vec<(u32, u32)> {
    let code = |stage: usize| stage as u32;
    let last = code(stages) - 1;
    match test {
        StageTest::AnyOf(stages) => merged(
            stages
                .iter()
                .map(|&stage| (code(stage), code(stage)))
                .collect(),
        ),
        StageTest::AtLeast(stage) => vec![(code(*stage), last)],
        StageTest::Before(stage) => vec![(0, code(*stage) - 1)],
        StageTest::Between(from, to) => vec![(code(*from), code(*to))],
        StageTest::IsNot(stage) => without(vec![(0, last + 2)], &[(code(*stage), code(*stage))]),
    }
}

/// The ranges in order. Ranges that overlap or touch are merged.
fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (from, to) in ranges {
        match merged.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// The codes of the first ranges that are in none of the second; both are merged before.
fn without(ranges: Vec<(u32, u32)>, but: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut left = Vec::new();
    for (mut from, to) in ranges {
        let mut used_up = false;
        for &(but_from, but_to) in but {
            if but_to < from {
                continue;
            }
            if but_from > to {
                break;
            }
            if but_from > from {
                left.push((from, but_from - 1));
            }
            if but_to >= to {
                used_up = true;
                break;
            }
            from = but_to + 1;
        }
        if !used_up {
            left.push((from, to));
        }
    }
    left
}
