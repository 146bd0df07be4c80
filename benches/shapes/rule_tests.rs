//! The tests of one generated rule: a condition for the library, ranges of codes for the other
//! engines.

use fastrand::Rng;
use leadtree::rule::{
    Condition, all, any, customer_size, funnel_stage, industry, lifecycle_stage, product_line,
    region,
};

use super::world::{BANDS, FUNNEL, LIFECYCLE, Place, Tree, below};

/// The tests of a rule. An empty list matches anything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleTests {
    pub region: Places,
    pub industry: Places,
    pub size: Vec<Size>,
    pub product: Places,
    /// Stages, in order.
    pub lifecycle: Vec<usize>,
    pub funnel: Vec<usize>,
}

/// Any of the nodes `any`, without the nodes `without` below them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    pub any: Vec<Place>,
    pub without: Vec<Place>,
}

impl From<Place> for Places {
    fn from(place: Place) -> Self {
        Self {
            any: vec![place],
            without: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Band(usize),
    AtLeast(u32),
}

/// Codes, both ends included.
pub type Ranges = Vec<(u32, u32)>;

impl Places {
    fn is_free(&self) -> bool {
        self.any.is_empty()
    }

    fn condition(&self, within: impl Fn(Vec<String>) -> Condition) -> Option<Condition> {
        let paths = |places: &[Place]| places.iter().map(Place::path).collect();
        if self.is_free() {
            return None;
        }
        let any = within(paths(&self.any));
        Some(if self.without.is_empty() {
            any
        } else {
            any & !within(paths(&self.without))
        })
    }

    fn ranges(&self) -> Ranges {
        if self.is_free() {
            return vec![FREE];
        }
        let mut left: Ranges = self.any.iter().map(Place::codes).collect();
        for (first, last) in self.without.iter().map(Place::codes) {
            left = left
                .into_iter()
                .flat_map(|(from, to)| {
                    let before = first.checked_sub(1).map(|end| (from, to.min(end)));
                    let behind = (from.max(last + 1), to);
                    before.into_iter().chain([behind])
                })
                .filter(|(from, to)| from <= to)
                .collect();
        }
        joined(left)
    }

    /// Adds at most `siblings` siblings of the first place, and sometimes one on another level.
    fn widen(&mut self, random: &mut Rng, siblings: usize) {
        let Some(first) = self.any.first().cloned() else {
            return;
        };
        for _ in 0..siblings {
            self.any.push(first.sibling(random));
        }
        if random.u32(..6) == 0 {
            self.any.push(first.on_another_level(random));
        }
        self.any.sort_by_key(Place::codes);
        self.any.dedup();
        if self.any.len() == 1 && random.u32(..6) == 0 {
            self.without.extend(first.below(random));
        }
    }
}

/// The ranges in order. Ranges that overlap are merged.
fn joined(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    ranges.dedup_by(|(first, last), before| {
        let overlaps = *first <= before.1;
        if overlaps {
            before.1 = before.1.max(*last);
        }
        overlaps
    });
    ranges
}

const FREE: (u32, u32) = (0, u32::MAX);

impl RuleTests {
    /// The rule as people write it: lists of siblings, an odd level, exclusions, neighbouring bands,
    /// subsets of stages.
    pub fn written_by_people(mut self, random: &mut Rng) -> Self {
        let siblings = below(random, 4);
        self.region.widen(random, siblings);
        let siblings = below(random, 3);
        self.industry.widen(random, siblings);
        if let [Size::Band(band)] = *self.size
            && random.bool()
        {
            self.size = vec![Size::Band(band), Size::Band((band + 1) % BANDS.len())];
        }
        if !self.lifecycle.is_empty() && random.bool() {
            self.lifecycle.push(below(random, LIFECYCLE.len()));
            self.lifecycle.sort_unstable();
            self.lifecycle.dedup();
        }
        self
    }

    pub fn condition(&self) -> Condition {
        let mut parts = Vec::new();
        parts.extend(self.region.condition(|paths| region().within_any(paths)));
        parts.extend(
            self.industry
                .condition(|paths| industry().within_any(paths)),
        );
        let sizes = self.size.iter().map(|size| match *size {
            Size::Band(band) => customer_size().in_band(BANDS[band].0),
            Size::AtLeast(count) => customer_size().at_least(count),
        });
        if !self.size.is_empty() {
            parts.push(any(sizes));
        }
        parts.extend(
            self.product
                .condition(|paths| product_line().within_any(paths)),
        );
        if !self.lifecycle.is_empty() {
            let stages = self.lifecycle.iter().map(|&stage| LIFECYCLE[stage]);
            parts.push(lifecycle_stage().is_any(stages));
        }
        if !self.funnel.is_empty() {
            let stages = self.funnel.iter().map(|&stage| FUNNEL[stage]);
            parts.push(funnel_stage().is_any(stages));
        }
        all(parts)
    }

    /// The ranges of codes in the order of the dimensions.
    pub fn ranges(&self) -> [Ranges; 6] {
        let or_free = |ranges: Ranges| {
            if ranges.is_empty() {
                vec![FREE]
            } else {
                ranges
            }
        };
        let sizes = self.size.iter().map(|size| match *size {
            Size::Band(band) => (BANDS[band].1, BANDS[band].2),
            Size::AtLeast(size) => (size, u32::MAX),
        });
        let stages = |stages: &[usize]| {
            let codes = stages
                .iter()
                .map(|&stage| u32::try_from(stage).unwrap_or(0));
            or_free(joined(codes.map(|code| (code, code)).collect()))
        };
        [
            self.region.ranges(),
            self.industry.ranges(),
            or_free(joined(sizes.collect())),
            self.product.ranges(),
            stages(&self.lifecycle),
            stages(&self.funnel),
        ]
    }

    /// The approximate share of leads it matches, as a logarithm.
    pub fn breadth(&self) -> f64 {
        let counts = [
            Tree::Region.nodes(),
            Tree::Industry.nodes(),
            5_000,
            Tree::Product.nodes(),
            7,
            6,
        ];
        let parts = self.ranges().into_iter().zip(counts);
        let parts = parts.map(|(ranges, count)| {
            let widths = ranges
                .iter()
                .map(|&(first, last)| f64::from(last.min(count).saturating_sub(first) + 1));
            (widths.sum::<f64>() / f64::from(count)).min(1.0).ln()
        });
        parts.sum()
    }
}
