//! The kinds of rule sets.

use std::collections::HashSet;

use super::attributes;
use super::cells;
use super::postal;
use super::rule_tests::{NodeTest, RuleTests};
use super::test_generator::{TestGenerator, once_in, pick, some_of, weighted};
use super::world::{FUNNEL, LIFECYCLE, World};

/// How a sales organisation lays out its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldShape {
    /// Lists of regions by lists of industries, half of them with customer size.
    Territory,
    /// Area by product family by size by stage, many of them not tested, in the order of the areas.
    Matrix,
    /// Two to four dimensions at any level, in random order.
    Random,
    /// Two to four dimensions at any level, narrowest rules first, so that leads match late.
    Late,
    /// Rules that do not overlap, so that every rule can match.
    Live,
    /// Five to forty cities or three to twelve provinces, up to six industries; countries without
    /// one or two areas; a tenth with stages alone beside the regions.
    Lists,
    /// Territories, where one rule in twelve also tests a text, number, flag, tag or date.
    Attributes,
    /// One to three hundred postal code prefixes or ranges per rule, with exceptions before them.
    Postal,
}

impl FieldShape {
    /// All shapes.
    pub const ALL: [Self; 8] = [
        Self::Territory,
        Self::Matrix,
        Self::Random,
        Self::Late,
        Self::Live,
        Self::Lists,
        Self::Attributes,
        Self::Postal,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::Matrix => "matrix",
            Self::Random => "random",
            Self::Late => "late",
            Self::Live => "live",
            Self::Lists => "lists",
            Self::Attributes => "attributes",
            Self::Postal => "postal",
        }
    }

    /// Whether some rules test attributes, which have no codes.
    pub const fn has_attributes(self) -> bool {
        matches!(self, Self::Attributes | Self::Postal)
    }

    /// The tests of `count` rules, in order.
    pub(super) fn tests(self, world: &World, count: usize) -> Vec<RuleTests> {
        // Each shape and size has its own seed.
        let seed = (self as u64 + 1) << 32 | count as u64;
        let mut generator = TestGenerator::new(world, count, seed);
        match self {
            Self::Territory => (0..count).map(|_| territory(&mut generator)).collect(),
            Self::Matrix => matrix(&mut generator, count),
            Self::Random | Self::Late => {
                let mut generator = TestGenerator::at_any_level(world, seed);
                let mut rules: Vec<RuleTests> =
                    (0..count).map(|_| any_dimensions(&mut generator)).collect();
                if self == Self::Late {
                    rules.sort_by_cached_key(|tests| (tests.width(world) * 1e18) as u64);
                }
                rules
            }
            Self::Live => cells::cells(world, count, &mut generator.random),
            Self::Lists => (0..count).map(|_| list(&mut generator)).collect(),
            Self::Attributes => {
                let mut one = || {
                    let mut tests = territory(&mut generator);
                    if once_in(&mut generator.random, 12) {
                        tests.attribute = Some(attributes::test(&mut generator.random));
                    }
                    tests
                };
                (0..count).map(|_| one()).collect()
            }
            Self::Postal => postal::rules(&mut generator, count),
        }
    }
}

fn territory(generator: &mut TestGenerator<'_>) -> RuleTests {
    RuleTests {
        region: Some(generator.region()),
        industry: Some(generator.industry(3)),
        customer_size: generator.random.bool().then(|| generator.customer_size()),
        ..RuleTests::default()
    }
}

/// Rules like the rows of a spreadsheet, ordered by area, within an area those with more tests first. Rows
/// differ as far as possible.
fn matrix(generator: &mut TestGenerator<'_>, count: usize) -> Vec<RuleTests> {
    let world = generator.world;
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for _ in 0..count {
        let mut row = matrix_row(generator, count);
        for _ in 0..20 {
            if seen.insert(row.ranges(world)) {
                break;
            }
            row = matrix_row(generator, count);
        }
        rows.push(row);
    }
    rows.sort_by_cached_key(|row| {
        let regions = row.ranges(world)[0].take();
        (
            regions.map_or(u32::MAX, |regions| regions[0].0),
            4 - row.asked(),
        )
    });
    rows
}

fn matrix_row(generator: &mut TestGenerator<'_>, count: usize) -> RuleTests {
    let world = generator.world;
    let area = pick(&mut generator.random, &world.areas);
    let kind = weighted(&mut generator.random, &[65, 15, 20]);
    let area = match (kind, world.regions.children(area)) {
        (1, _) => {
            let siblings = world.regions.siblings(area).iter().copied();
            let areas: Vec<u32> = siblings.filter(|node| world.areas.contains(node)).collect();
            some_of(&mut generator.random, &areas, 2)
        }
        // Whole areas alone do not give enough different rows.
        (2, provinces @ [_, ..]) if count > 3_000 => vec![pick(&mut generator.random, provinces)],
        _ => vec![area],
    };
    let family = pick(&mut generator.random, world.products.roots());
    let random = &mut generator.random;
    let free = [20, 35, 40, 45].map(|free| random.u32(..100) < free);
    let size = generator.customer_size();
    let stage = generator.stage(FUNNEL.len());
    let row = RuleTests {
        region: (!free[0]).then_some(NodeTest::Within(area)),
        product_line: (!free[1]).then_some(NodeTest::Within(vec![family])),
        customer_size: (!free[2]).then_some(size),
        funnel_stage: (!free[3]).then_some(stage),
        ..RuleTests::default()
    };
    if row.asked() < 2 {
        matrix_row(generator, count)
    } else {
        row
    }
}

fn any_dimensions(generator: &mut TestGenerator<'_>) -> RuleTests {
    let count = generator.random.usize(2..=4);
    let mut tests = RuleTests::default();
    for dimension in some_of(&mut generator.random, &[0, 1, 2, 3, 4, 5], count) {
        match dimension {
            0 => tests.region = Some(generator.region()),
            1 => tests.industry = Some(generator.industry(3)),
            2 => tests.customer_size = Some(generator.customer_size()),
            3 => tests.product_line = Some(generator.product_line(3)),
            4 => tests.lifecycle_stage = Some(generator.stage(LIFECYCLE.len())),
            _ => tests.funnel_stage = Some(generator.stage(FUNNEL.len())),
        }
    }
    tests
}

fn list(generator: &mut TestGenerator<'_>) -> RuleTests {
    let world = generator.world;
    let tree = &world.regions;
    let mut tests = RuleTests::default();
    let kind = weighted(&mut generator.random, &[55, 30, 15]);
    tests.region = match kind {
        0 => {
            // Neighbouring cities of a country, sometimes with a few others of it.
            let country = pick(&mut generator.random, tree.roots());
            let cities = tree.leaves_within(country);
            let count = generator.random.usize(5..=40);
            let start = generator.random.usize(..cities.len());
            let near = &cities[start.saturating_sub(count)..cities.len().min(start + count)];
            let mut nodes = some_of(&mut generator.random, near, count);
            if once_in(&mut generator.random, 3) {
                nodes.extend(some_of(&mut generator.random, &cities, 3));
            }
            Some(NodeTest::Within(nodes))
        }
        1 => {
            let area = pick(&mut generator.random, &world.areas);
            let country = tree.root(area);
            let (first, last) = tree.codes(country);
            let depth = if world.large_countries.contains(&country) {
                2
            } else {
                1
            };
            let provinces: Vec<u32> = (first..=last)
                .filter(|&node| tree.depth(node) == depth)
                .collect();
            let count = generator.random.usize(3..=12);
            match provinces[..] {
                [] => Some(NodeTest::Within(vec![country])),
                _ => Some(NodeTest::Within(some_of(
                    &mut generator.random,
                    &provinces,
                    count,
                ))),
            }
        }
        _ => {
            let country = pick(&mut generator.random, &world.large_countries);
            generator.region_without(country)
        }
    };
    if kind < 2 && once_in(&mut generator.random, 10) {
        tests.lifecycle_stage = generator
            .random
            .bool()
            .then(|| generator.stage(LIFECYCLE.len()));
        tests.funnel_stage = Some(generator.stage(FUNNEL.len()));
        return tests;
    }
    tests.industry = Some(generator.industry(6));
    // A rule for almost a whole country is limited to some customer sizes.
    tests.customer_size =
        (kind == 2 || once_in(&mut generator.random, 3)).then(|| generator.customer_size());
    tests
}
