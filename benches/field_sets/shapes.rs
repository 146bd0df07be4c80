//! The kinds of rule sets.

use std::collections::HashSet;

use super::asks::{Asks, NodeTest};
use super::attributes;
use super::cells;
use super::drawing::{Drawing, once_in, pick, some_of, weighted};
use super::postal;
use super::world::{FUNNEL, LIFECYCLE, World};

/// How a sales organisation lays out its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldShape {
    /// Lists of regions by lists of industries, half of them with customer size.
    Territory,
    /// Area by product family by size by stage, many of them free, in the order of the areas.
    Matrix,
    /// Two to four dimensions at any level, in no order.
    Random,
    /// The same, narrowest first, so that leads match late.
    Late,
    /// Cells that do not overlap: every rule can be reached.
    Live,
    /// Five to forty cities or three to twelve provinces, up to six industries; countries without
    /// one or two areas; a tenth with stages alone beside the regions.
    Lists,
    /// Territories; one rule in twelve asks for a text, number, flag, tag or date besides.
    Attributes,
    /// One to three hundred postal code prefixes or ranges a rule, with exceptions before.
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

    /// Whether some rules ask for attributes, which have no codes.
    pub const fn has_attributes(self) -> bool {
        matches!(self, Self::Attributes | Self::Postal)
    }

    /// What so many rules ask, in order.
    pub(super) fn asks(self, world: &World, count: usize) -> Vec<Asks> {
        // Each shape and size draws numbers of its own.
        let seed = (self as u64 + 1) << 32 | count as u64;
        let mut drawing = Drawing::new(world, count, seed);
        match self {
            Self::Territory => (0..count).map(|_| territory(&mut drawing)).collect(),
            Self::Matrix => matrix(&mut drawing, count),
            Self::Random | Self::Late => {
                let mut drawing = Drawing::at_any_level(world, seed);
                let mut rules: Vec<Asks> =
                    (0..count).map(|_| any_dimensions(&mut drawing)).collect();
                if self == Self::Late {
                    rules.sort_by_cached_key(|asks| (asks.width(world) * 1e18) as u64);
                }
                rules
            }
            Self::Live => cells::cells(world, count, &mut drawing.random),
            Self::Lists => (0..count).map(|_| list(&mut drawing)).collect(),
            Self::Attributes => {
                let mut one = || {
                    let mut asks = territory(&mut drawing);
                    if once_in(&mut drawing.random, 12) {
                        asks.attribute = Some(attributes::test(&mut drawing.random));
                    }
                    asks
                };
                (0..count).map(|_| one()).collect()
            }
            Self::Postal => postal::rules(&mut drawing, count),
        }
    }
}

fn territory(drawing: &mut Drawing<'_>) -> Asks {
    Asks {
        region: Some(drawing.region()),
        industry: Some(drawing.industry(3)),
        customer_size: drawing.random.bool().then(|| drawing.customer_size()),
        ..Asks::default()
    }
}

/// One row of a spreadsheet a rule, no two alike where there is room, area by area, the rows that
/// leave more free below.
fn matrix(drawing: &mut Drawing<'_>, count: usize) -> Vec<Asks> {
    let world = drawing.world;
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for _ in 0..count {
        let mut row = matrix_row(drawing, count);
        for _ in 0..20 {
            if seen.insert(row.ranges(world)) {
                break;
            }
            row = matrix_row(drawing, count);
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

fn matrix_row(drawing: &mut Drawing<'_>, count: usize) -> Asks {
    let world = drawing.world;
    let area = pick(&mut drawing.random, &world.areas);
    let kind = weighted(&mut drawing.random, &[65, 15, 20]);
    let area = match (kind, world.regions.children(area)) {
        (1, _) => {
            let siblings = world.regions.siblings(area).iter().copied();
            let areas: Vec<u32> = siblings.filter(|node| world.areas.contains(node)).collect();
            some_of(&mut drawing.random, &areas, 2)
        }
        // There are not rows enough for so many rules in whole areas.
        (2, provinces @ [_, ..]) if count > 3_000 => vec![pick(&mut drawing.random, provinces)],
        _ => vec![area],
    };
    let family = pick(&mut drawing.random, world.products.roots());
    let random = &mut drawing.random;
    let free = [20, 35, 40, 45].map(|free| random.u32(..100) < free);
    let size = drawing.customer_size();
    let stage = drawing.stage(FUNNEL.len());
    let row = Asks {
        region: (!free[0]).then_some(NodeTest::Within(area)),
        product_line: (!free[1]).then_some(NodeTest::Within(vec![family])),
        customer_size: (!free[2]).then_some(size),
        funnel_stage: (!free[3]).then_some(stage),
        ..Asks::default()
    };
    if row.asked() < 2 {
        matrix_row(drawing, count)
    } else {
        row
    }
}

fn any_dimensions(drawing: &mut Drawing<'_>) -> Asks {
    let count = drawing.random.usize(2..=4);
    let mut asks = Asks::default();
    for dimension in some_of(&mut drawing.random, &[0, 1, 2, 3, 4, 5], count) {
        match dimension {
            0 => asks.region = Some(drawing.region()),
            1 => asks.industry = Some(drawing.industry(3)),
            2 => asks.customer_size = Some(drawing.customer_size()),
            3 => asks.product_line = Some(drawing.product_line(3)),
            4 => asks.lifecycle_stage = Some(drawing.stage(LIFECYCLE.len())),
            _ => asks.funnel_stage = Some(drawing.stage(FUNNEL.len())),
        }
    }
    asks
}

fn list(drawing: &mut Drawing<'_>) -> Asks {
    let world = drawing.world;
    let tree = &world.regions;
    let mut asks = Asks::default();
    let kind = weighted(&mut drawing.random, &[55, 30, 15]);
    asks.region = match kind {
        0 => {
            // Cities of a country, from the area of one of them first.
            let country = pick(&mut drawing.random, tree.roots());
            let cities = tree.leaves_within(country);
            let count = drawing.random.usize(5..=40);
            let start = drawing.random.usize(..cities.len());
            let near = &cities[start.saturating_sub(count)..cities.len().min(start + count)];
            let mut nodes = some_of(&mut drawing.random, near, count);
            if once_in(&mut drawing.random, 3) {
                nodes.extend(some_of(&mut drawing.random, &cities, 3));
            }
            Some(NodeTest::Within(nodes))
        }
        1 => {
            let area = pick(&mut drawing.random, &world.areas);
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
            let count = drawing.random.usize(3..=12);
            match provinces[..] {
                [] => Some(NodeTest::Within(vec![country])),
                _ => Some(NodeTest::Within(some_of(
                    &mut drawing.random,
                    &provinces,
                    count,
                ))),
            }
        }
        _ => {
            let country = pick(&mut drawing.random, &world.large_countries);
            drawing.region_without(country)
        }
    };
    if kind < 2 && once_in(&mut drawing.random, 10) {
        asks.lifecycle_stage = drawing
            .random
            .bool()
            .then(|| drawing.stage(LIFECYCLE.len()));
        asks.funnel_stage = Some(drawing.stage(FUNNEL.len()));
        return asks;
    }
    asks.industry = Some(drawing.industry(6));
    // Whoever has all of a country, but for two areas, has only customers of some size.
    asks.customer_size =
        (kind == 2 || once_in(&mut drawing.random, 3)).then(|| drawing.customer_size());
    asks
}
