//! Generates tests of one dimension as managers write them.

use fastrand::Rng;

use super::rule_tests::{NodeTest, SizeTest, StageTest};
use super::value_tree::ValueTree;
use super::world::{BANDS, World};

/// A random position; each is chosen with its weight.
pub fn weighted(random: &mut Rng, weights: &[u32]) -> usize {
    let mut left = random.u32(..weights.iter().sum::<u32>());
    for (position, &weight) in weights.iter().enumerate() {
        if left < weight {
            return position;
        }
        left -= weight;
    }
    0
}

/// A random value.
pub fn pick<T: Copy>(random: &mut Rng, values: &[T]) -> T {
    values[random.usize(..values.len())]
}

/// Whether something happens that has a chance of 1 in `times`.
pub fn once_in(random: &mut Rng, times: u32) -> bool {
    random.u32(..times) == 0
}

/// `count` different values in random order, or all of them if there are fewer.
pub fn some_of<T: Copy>(random: &mut Rng, values: &[T], count: usize) -> Vec<T> {
    let mut values = values.to_vec();
    random.shuffle(&mut values);
    values.truncate(count);
    values
}

/// `count` adjacent values.
fn run_of<T: Copy>(random: &mut Rng, values: &[T], count: usize) -> Vec<T> {
    let count = count.min(values.len());
    let start = random.usize(..=values.len() - count);
    values[start..start + count].to_vec()
}

/// Generates the tests of one set of rules.
pub struct TestGenerator<'w> {
    pub world: &'w World,
    pub random: Rng,
    /// The weight of each level of regions, from countries down.
    levels: [u32; 4],
    /// The weights of tests for a whole sector, several sectors, industries of one, and all but some.
    sectors: [u32; 4],
}

impl<'w> TestGenerator<'w> {
    /// For a set of `rules` rules: the more there are, the smaller are the regions and industries they test.
    pub fn new(world: &'w World, rules: usize, seed: u64) -> Self {
        let (levels, sectors) = match rules {
            0..=30 => ([30, 60, 10, 0], [30, 60, 5, 5]),
            31..=300 => ([8, 42, 40, 10], [30, 40, 25, 5]),
            301..=3_000 => ([1, 19, 50, 30], [30, 15, 50, 5]),
            _ => ([0, 4, 36, 60], [25, 10, 60, 5]),
        };
        Self {
            world,
            random: Rng::with_seed(seed),
            levels,
            sectors,
        }
    }

    /// Chooses all levels of regions equally often.
    pub fn at_any_level(world: &'w World, seed: u64) -> Self {
        Self {
            world,
            random: Rng::with_seed(seed),
            levels: [1, 1, 1, 1],
            sectors: [30, 15, 50, 5],
        }
    }

    /// The length of a list: one to four, shorter ones more often.
    fn few(&mut self) -> usize {
        1 + weighted(&mut self.random, &[45, 25, 18, 12])
    }

    /// `count` children of the node's parent, half of the time adjacent ones; the node itself if `count` is
    /// 1.
    fn siblings(&mut self, tree: &ValueTree, node: u32, count: usize) -> Vec<u32> {
        if count == 1 {
            return vec![node];
        }
        let siblings = tree.siblings(node);
        if self.random.bool() {
            return run_of(&mut self.random, siblings, count);
        }
        some_of(&mut self.random, siblings, count)
    }

    /// A list of sibling regions, sometimes with another region of the country; or a region without a part.
    pub fn region(&mut self) -> NodeTest {
        let tree = &self.world.regions;
        let depth = weighted(&mut self.random, &self.levels);
        let node = pick(&mut self.random, &tree.at_depth(depth));
        if once_in(&mut self.random, 8) {
            let whole = tree.parent(node).unwrap_or(node);
            if let Some(test) = self.region_without(whole) {
                return test;
            }
        }
        if once_in(&mut self.random, 40) && !tree.is_leaf(node) {
            return NodeTest::Is(node);
        }
        let count = self.few();
        let mut nodes = self.siblings(tree, node, count);
        if once_in(&mut self.random, 6) {
            // An exception: a city elsewhere in the country, or another area.
            let country = tree.root(node);
            let (first, last) = tree.codes(country);
            let odd = self.random.u32(first..=last);
            let apart = nodes.iter().all(|&node| {
                let (from, to) = tree.codes(node);
                !(from..=to).contains(&odd) && !(odd..=tree.codes(odd).1).contains(&node)
            });
            if apart {
                nodes.push(odd);
            }
        }
        NodeTest::Within(nodes)
    }

    /// A region without one or two of its parts; `None` if it has too few.
    pub fn region_without(&mut self, whole: u32) -> Option<NodeTest> {
        let parts = self.world.regions.children(whole);
        let but = self.random.usize(1..=2);
        let enough = parts.len() > but;
        enough.then(|| NodeTest::Without(vec![whole], some_of(&mut self.random, parts, but)))
    }

    /// One to `most` industries of a sector, a sector or some of them.
    pub fn industry(&mut self, most: usize) -> NodeTest {
        self.nodes_of(&self.world.industries, most)
    }

    /// One to `most` products of a family, a family or some of them.
    pub fn product_line(&mut self, most: usize) -> NodeTest {
        self.nodes_of(&self.world.products, most)
    }

    fn nodes_of(&mut self, tree: &ValueTree, most: usize) -> NodeTest {
        let count = self.random.usize(1..=most);
        let top = pick(&mut self.random, tree.roots());
        match weighted(&mut self.random, &self.sectors) {
            0 => NodeTest::Within(vec![top]),
            1 => NodeTest::Within(some_of(&mut self.random, tree.roots(), count)),
            2 => match tree.children(top) {
                [] => NodeTest::Within(vec![top]),
                below => {
                    let mut nodes = some_of(&mut self.random, below, count);
                    // Another sector that the same people look after.
                    if nodes.len() < count {
                        let other = pick(&mut self.random, tree.roots());
                        nodes.extend(Some(other).filter(|other| *other != top));
                    }
                    NodeTest::Within(nodes)
                }
            },
            _ => {
                let count = count.min(2);
                NodeTest::NotWithin(some_of(&mut self.random, tree.roots(), count))
            }
        }
    }

    /// One band, two adjacent bands, or a comparison.
    pub fn customer_size(&mut self) -> SizeTest {
        const HEADS: [u32; 9] = [20, 50, 100, 200, 300, 500, 1_000, 2_500, 10_000];
        let bands: Vec<usize> = (0..BANDS.len()).collect();
        match weighted(&mut self.random, &[40, 25, 15, 10, 10]) {
            0 => SizeTest::Bands(run_of(&mut self.random, &bands, 1)),
            1 => SizeTest::Bands(run_of(&mut self.random, &bands, 2)),
            2 => SizeTest::AtLeast(pick(&mut self.random, &HEADS)),
            3 => SizeTest::LessThan(pick(&mut self.random, &HEADS)),
            _ => {
                let from = self.random.usize(..HEADS.len() - 1);
                let to = self.random.usize(from + 1..HEADS.len());
                SizeTest::Between(HEADS[from], HEADS[to] - 1)
            }
        }
    }

    /// A test of a dimension with `stages` stages: a list, a comparison, or all but one.
    pub fn stage(&mut self, stages: usize) -> StageTest {
        let all: Vec<usize> = (0..stages).collect();
        match weighted(&mut self.random, &[30, 30, 15, 10, 10, 5]) {
            0 => StageTest::AnyOf(vec![self.random.usize(..stages)]),
            1 => {
                let count = self.random.usize(2..=4);
                StageTest::AnyOf(some_of(&mut self.random, &all, count))
            }
            2 => StageTest::AtLeast(self.random.usize(1..stages)),
            3 => StageTest::Before(self.random.usize(1..stages)),
            4 => {
                let from = self.random.usize(..stages - 1);
                StageTest::Between(from, self.random.usize(from + 1..stages))
            }
            _ => StageTest::IsNot(self.random.usize(..stages)),
        }
    }
}
