//! Tables of a graph: one entry a class, or one a digit.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::graph::Graph;
use super::jump::{Digit, Jump};
use crate::tree::lookup::key::Radix;

/// Whole tables of more classes than this do not fit their digit.
const MOST_WHOLE: u32 = 1 << u16::BITS;

/// Makes tables; those of low digits that are equal are one.
pub(crate) struct Tables {
    radix: Radix,
    low: HashMap<(u32, Box<[Jump]>), usize, FixedState>,
}

/// What an axis leads to: ranges of classes by the last of each, and their targets.
#[derive(Clone, Copy)]
pub(crate) struct Branches<'a> {
    pub(crate) axis: u32,
    pub(crate) ends: &'a [u32],
    pub(crate) targets: &'a [Jump],
}

impl Branches<'_> {
    fn classes(self) -> u32 {
        self.ends.last().map_or(0, |&last| last + 1)
    }

    /// The targets of those classes, one by one; beyond the last class, the last target again.
    fn each(self, first: u32, count: u32) -> impl Iterator<Item = Jump> {
        let mut range = self.ends.partition_point(|&end| end < first);
        let end = first.saturating_add(count);
        (first..end).map(move |class| {
            if self.ends.get(range).is_some_and(|&end| end < class) {
                range += 1;
            }
            let target = self.targets.get(range).or(self.targets.last());
            target.copied().unwrap_or(Jump::NOTHING)
        })
    }

    /// The target that all those classes share.
    fn only(self, first: u32, count: u32) -> Option<Jump> {
        let range = self.ends.partition_point(|&end| end < first);
        let last = first + (count - 1);
        let is_one = range + 1 >= self.ends.len() || self.ends.get(range)? >= &last;
        let target = self.targets.get(range).or(self.targets.last());
        target.copied().filter(|_| is_one)
    }
}

impl Tables {
    pub(crate) fn new(radix: Radix) -> Self {
        Self {
            radix,
            low: HashMap::default(),
        }
    }

    /// How many entries the cases would take, about; at the most.
    pub(crate) fn entries(&self, cases: Branches<'_>) -> usize {
        match self.low_bits(cases) {
            Some(bits) => cut_entries(cases, bits),
            None => cases.classes() as usize,
        }
    }

    /// Whether the cases are better cut into digits, and where.
    fn low_bits(&self, cases: Branches<'_>) -> Option<u32> {
        let classes = cases.classes();
        let bits = self.radix.low_bits(cases.axis, classes)?;
        let is_smaller = cut_entries(cases, bits) * 3 < classes as usize * 2;
        Some(bits).filter(|_| is_smaller || classes > MOST_WHOLE)
    }

    /// Adds a node; how many steps lead through it.
    pub(crate) fn add(
        &mut self,
        graph: &mut Graph,
        cases: Branches<'_>,
        candidates: usize,
    ) -> (Jump, u32) {
        let Some(bits) = self.low_bits(cases) else {
            let base = graph.add_table(cases.each(0, cases.classes()));
            let whole = (cases.axis, Digit::Whole);
            return (graph.add_dimension(whole, base, candidates), 1);
        };
        let size = 1 << bits;
        let high: Vec<Jump> = (0..cases.classes())
            .step_by(size as usize)
            .map(|first| match cases.only(first, size) {
                Some(target) => target,
                None => self.low(graph, cases, first, size),
            })
            .collect();
        let base = graph.add_table(high);
        let high = (cases.axis, Digit::High);
        (graph.add_dimension(high, base, candidates), 2)
    }

    fn low(&mut self, graph: &mut Graph, cases: Branches<'_>, first: u32, size: u32) -> Jump {
        let table: Box<[Jump]> = cases.each(first, size).collect();
        let entry = self.low.entry((cases.axis, table));
        let entries = entry.key().1.clone();
        let base = *entry.or_insert_with(|| graph.add_table(entries));
        Jump::dimension(cases.axis, Digit::Low, base)
    }
}

fn cut_entries(cases: Branches<'_>, bits: u32) -> usize {
    let high = cases.classes().div_ceil(1 << bits) as usize;
    let low = (cases.ends.len() - 1).min(high);
    high + (low << bits)
}
