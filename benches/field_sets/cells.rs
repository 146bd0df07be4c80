//! Rules that do not overlap: the space of leads is split into cells, again and again.

use fastrand::Rng;

use super::rule_tests::{NodeTest, RuleTests, SizeTest, StageTest};
use super::test_generator::weighted;
use super::value_tree::ValueTree;
use super::world::{FUNNEL, LARGEST_HEAD_COUNT, LIFECYCLE, World};

/// Head counts at which sizes are split.
const HEADS: [u32; 12] = [
    5, 10, 20, 50, 100, 250, 500, 1_000, 2_500, 5_000, 20_000, 100_000,
];

/// A part of the space of leads. A dimension that is `None` is not limited.
#[derive(Clone, Default)]
struct Cell {
    /// Region, industry, product line: nodes with one parent.
    nodes: [Option<Vec<u32>>; 3],
    /// The positions of its two ends in [`HEADS`].
    heads: Option<(usize, usize)>,
    /// Lifecycle and funnel: first and last stage.
    stages: [Option<(usize, usize)>; 2],
    splits: u32,
}

/// `count` cells in random order.
pub fn cells(world: &World, count: usize, random: &mut Rng) -> Vec<RuleTests> {
    let trees = [&world.regions, &world.industries, &world.products];
    let mut cells = vec![Cell::default()];
    // At least two, so that no rule is for every lead.
    while cells.len() < count.max(2) {
        // The least split of three random cells, so that some stay large.
        let few = [(); 3].map(|()| random.usize(..cells.len()));
        let Some(chosen) = few.into_iter().min_by_key(|&cell| cells[cell].splits) else {
            break;
        };
        let parts = split(&cells[chosen], &trees, random);
        if parts.len() < 2 {
            continue;
        }
        cells.swap_remove(chosen);
        cells.extend(parts);
    }
    random.shuffle(&mut cells);
    cells.truncate(count);
    cells.iter().map(tests).collect()
}

/// The parts of a cell, split along a random dimension; empty if it cannot be split along that one.
fn split(cell: &Cell, trees: &[&ValueTree; 3], random: &mut Rng) -> Vec<Cell> {
    let mut whole = cell.clone();
    whole.splits += 1;
    match weighted(random, &[50, 20, 8, 12, 4, 6]) {
        kind @ 0..=2 => {
            let parts = split_nodes(cell.nodes[kind].as_deref(), trees[kind], random);
            let part = |nodes| {
                let mut part = whole.clone();
                part.nodes[kind] = Some(nodes);
                part
            };
            parts.into_iter().map(part).collect()
        }
        3 => {
            let (from, to) = cell.heads.unwrap_or((0, HEADS.len()));
            let halves = split_range(from, to, random);
            halves
                .into_iter()
                .map(|heads| Cell {
                    heads: Some(heads),
                    ..whole.clone()
                })
                .collect()
        }
        kind => {
            let (kind, stages) = [(0, LIFECYCLE.len()), (1, FUNNEL.len())][kind - 4];
            let (first, last) = cell.stages[kind].unwrap_or((0, stages - 1));
            let part = |(first, last)| {
                let mut part = whole.clone();
                part.stages[kind] = Some((first, last));
                part
            };
            let halves = split_range(first, last, random).into_iter();
            // Both ends are included, so the second half begins one stage later.
            let halves = halves.map(|(from, to)| (if from == first { from } else { from + 1 }, to));
            halves.map(part).collect()
        }
    }
}

/// Two parts with a common end; empty if there is nothing between the ends.
fn split_range(from: usize, to: usize, random: &mut Rng) -> Vec<(usize, usize)> {
    if to - from < 2 {
        return Vec::new();
    }
    let middle = random.usize(from + 1..to);
    vec![(from, middle), (middle, to)]
}

/// Splits a list of nodes, or the children of a single node, into at most four groups.
fn split_nodes(nodes: Option<&[u32]>, tree: &ValueTree, random: &mut Rng) -> Vec<Vec<u32>> {
    let mut nodes = match nodes {
        None => tree.roots().to_vec(),
        Some([node]) => tree.children(*node).to_vec(),
        Some(nodes) => nodes.to_vec(),
    };
    if nodes.len() < 2 {
        return Vec::new();
    }
    if random.bool() {
        random.shuffle(&mut nodes);
    }
    let groups = random.usize(2..=4).min(nodes.len());
    let size = nodes.len().div_ceil(groups);
    nodes.chunks(size).map(<[u32]>::to_vec).collect()
}

fn tests(cell: &Cell) -> RuleTests {
    let within = |nodes: &Option<Vec<u32>>| nodes.clone().map(NodeTest::Within);
    let stage = |stages: Option<(usize, usize)>, count: usize| {
        stages.map(|(first, last)| match (first, last) {
            (first, last) if first == last => StageTest::AnyOf(vec![first]),
            (0, last) if last + 1 < count => StageTest::Before(last + 1),
            (first, last) if last + 1 == count => StageTest::AtLeast(first),
            (first, last) => StageTest::Between(first, last),
        })
    };
    let size = |(from, to): (usize, usize)| match (from, to) {
        (0, to) => SizeTest::LessThan(HEADS.get(to).copied().unwrap_or(LARGEST_HEAD_COUNT)),
        (from, to) if to == HEADS.len() => SizeTest::AtLeast(HEADS[from]),
        (from, to) => SizeTest::Between(HEADS[from], HEADS[to] - 1),
    };
    RuleTests {
        region: within(&cell.nodes[0]),
        industry: within(&cell.nodes[1]),
        product_line: within(&cell.nodes[2]),
        customer_size: cell.heads.map(size),
        lifecycle_stage: stage(cell.stages[0], LIFECYCLE.len()),
        funnel_stage: stage(cell.stages[1], FUNNEL.len()),
        attribute: None,
    }
}
