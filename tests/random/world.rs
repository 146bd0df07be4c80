//! Random values of the dimensions and attributes.

use std::collections::HashSet;

use chrono::NaiveDate;
use fastrand::Rng;
use leadtree::dimension::{
    AttributeKind, BandsDraft, StageDraft, StagesDraft, Taxonomy, TaxonomyDraft,
};

use super::words::{Word, plain_path, written_path};
use super::{one_in, pick};

/// The meaning of a value, independent of the code under test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Truth<T> {
    Missing,
    Unlisted,
    Known(T),
}

impl<T> Truth<T> {
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing | Self::Unlisted => None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct World {
    /// Region, industry, product line.
    pub trees: [Tree; 3],
    /// Lifecycle, funnel.
    pub stages: [StageList; 2],
    pub bands: Vec<Band>,
    pub attributes: Vec<(String, AttributeKind)>,
    /// Constants that rules use; values of leads are at and near them.
    pub head_counts: Vec<u32>,
    pub numbers: Vec<f64>,
    pub dates: Vec<NaiveDate>,
    pub texts: Vec<Word>,
    pub moments: Vec<i64>,
}

#[derive(Debug, Clone)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub by_name: bool,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub path: Vec<Word>,
    pub aliases: Vec<Word>,
}

#[derive(Debug, Clone)]
pub struct StageList(pub Vec<(Word, Vec<Word>)>);

#[derive(Debug, Clone)]
pub struct Band {
    pub name: Word,
    pub from: u32,
    pub to: u32,
}

pub const KINDS: [AttributeKind; 5] = [
    AttributeKind::Text,
    AttributeKind::Number,
    AttributeKind::Flag,
    AttributeKind::Tags,
    AttributeKind::Date,
];

impl World {
    pub fn new(random: &mut Rng) -> Self {
        let head_counts: Vec<u32> = (0..5)
            .map(|_| match random.u32(..6) {
                0 => *pick(random, &[0, 1, u32::MAX, u32::MAX - 1]),
                _ => random.u32(..40),
            })
            .collect();
        let mut names = HashSet::new();
        let mut bands = Vec::new();
        for _ in 0..random.usize(1..4) {
            let name = Word::name(random);
            // A name that looks like a number is a number.
            let fresh = names.insert(name.plain()) && name.plain().parse::<u32>().is_err();
            if fresh {
                let (one, other) = (*pick(random, &head_counts), *pick(random, &head_counts));
                let (from, to) = (one.min(other), one.max(other));
                bands.push(Band { name, from, to });
            }
        }
        let numbers = (0..5)
            .map(|_| match random.u32(..8) {
                0 => *pick(random, &[f64::MIN, -5e-324, f64::MAX, 5e-324]),
                1 => random.f64() - 0.5,
                _ => f64::from(random.i32(-4..5)),
            })
            .collect();
        let mut texts: Vec<Word> = (0..4).map(|_| Word::text(random)).collect();
        // Texts with common beginnings and ends.
        texts.push(texts[0].then(&texts[1]));
        texts.push(texts[1].then(&texts[0]));
        let dates = (0..4).map(|_| day(random.i32(20_000..20_010))).collect();
        let attributes = KINDS
            .into_iter()
            .flat_map(|kind| (1..=2).map(move |number| (format!("{kind}_{number}_x"), kind)))
            .collect();
        Self {
            trees: [(); 3].map(|()| Tree::new(random)),
            stages: [(); 2].map(|()| StageList::new(random)),
            bands,
            attributes,
            head_counts,
            numbers,
            dates,
            texts,
            moments: (0..4).map(|_| random.i64(1_000..1_010)).collect(),
        }
    }

    /// With numbers that JSON readers preserve exactly: finite multiples of a quarter.
    #[must_use]
    pub fn with_plain_numbers(mut self) -> Self {
        for number in &mut self.numbers {
            *number = (number.clamp(-1e12, 1e12) * 4.0).round() / 4.0;
        }
        self
    }

    pub fn attributes_of(&self, kind: AttributeKind) -> Vec<&str> {
        let of_kind = self.attributes.iter().filter(|(_, known)| *known == kind);
        of_kind.map(|(name, _)| name.as_str()).collect()
    }

    pub fn bands_draft(&self, random: &mut Rng) -> BandsDraft {
        self.bands
            .iter()
            .fold(BandsDraft::default(), |draft, band| {
                draft.band(band.name.as_name(random), band.from..=band.to)
            })
    }
}

/// The day with this number, counted from 1 January 1970.
pub fn day(number: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(number).unwrap()
}

impl Tree {
    fn new(random: &mut Rng) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        let mut keys = HashSet::new();
        let count = if one_in(random, 8) {
            60
        } else {
            random.usize(1..16)
        };
        // Sometimes deep trees: always below the latest node.
        let deep = one_in(random, 6);
        while nodes.len() < count {
            let mut path = match nodes.len() {
                0 => Vec::new(),
                length if deep => nodes[length - 1].path.clone(),
                length => {
                    let above = random.usize(..=length);
                    nodes
                        .get(above)
                        .map_or(Vec::new(), |node| node.path.clone())
                }
            };
            path.push(Word::name(random));
            if keys.insert(plain_path(&path)) {
                let aliases = Vec::new();
                nodes.push(Node { path, aliases });
            }
        }
        for node in &mut nodes {
            for _ in 0..random.usize(..3) {
                let alias = Word::name(random);
                if keys.insert(alias.plain()) {
                    node.aliases.push(alias);
                }
            }
        }
        let by_name = random.bool();
        Self { nodes, by_name }
    }

    pub fn draft(&self, random: &mut Rng) -> TaxonomyDraft {
        // Leaves must be listed, inner nodes may be.
        let is_inner = |node: &Node| {
            self.nodes.iter().any(|other| {
                other.path.len() > node.path.len() && other.path.starts_with(&node.path)
            })
        };
        let mut paths: Vec<String> = Vec::new();
        for node in &self.nodes {
            if !is_inner(node) || random.bool() {
                paths.push(written_path(&node.path, random));
            }
        }
        random.shuffle(&mut paths);
        let mut draft = Taxonomy::draft().paths(paths);
        for node in self.nodes.iter().filter(|node| !node.aliases.is_empty()) {
            let aliases: Vec<String> = node
                .aliases
                .iter()
                .map(|alias| alias.as_name(random))
                .collect();
            draft = draft.alias(written_path(&node.path, random), aliases);
        }
        if self.by_name { draft.by_name() } else { draft }
    }

    /// What a path resolves to: the node with that path, otherwise with that alias, otherwise the
    /// only one with that last name.
    pub fn truth(&self, names: &[Word]) -> Truth<usize> {
        let plain = plain_path(names);
        let last = |node: &Node| node.path.last().map(Word::plain);
        let by_path = self
            .nodes
            .iter()
            .position(|node| plain_path(&node.path) == plain);
        let by_alias = || {
            let has = |node: &Node| node.aliases.iter().any(|alias| alias.plain() == plain);
            self.nodes.iter().position(has)
        };
        let by_name = || {
            let mut named = (0..self.nodes.len())
                .filter(|&node| last(&self.nodes[node]).as_ref() == Some(&plain));
            let only = named.next().filter(|_| named.next().is_none());
            only.filter(|_| self.by_name)
        };
        by_path
            .or_else(by_alias)
            .or_else(by_name)
            .map_or(Truth::Unlisted, Truth::Known)
    }

    /// A random name that resolves to the node.
    pub fn name_of(&self, node: usize, random: &mut Rng) -> String {
        let node = &self.nodes[node];
        match random.u32(..3) {
            0 if !node.aliases.is_empty() => pick(random, &node.aliases).as_name(random),
            _ => written_path(&node.path, random),
        }
    }

    /// Whether `node` is `above` or below it.
    pub fn is_within(&self, node: usize, above: usize) -> bool {
        let plain = |node: usize| -> Vec<String> {
            self.nodes[node].path.iter().map(Word::plain).collect()
        };
        plain(node).starts_with(&plain(above))
    }
}

impl StageList {
    fn new(random: &mut Rng) -> Self {
        let mut stages = Vec::new();
        let mut keys = HashSet::new();
        let count = random.usize(1..7);
        while stages.len() < count {
            let name = Word::name(random);
            if keys.insert(name.plain()) {
                stages.push((name, Vec::new()));
            }
        }
        for (_, aliases) in &mut stages {
            let alias = Word::name(random);
            if random.bool() && keys.insert(alias.plain()) {
                aliases.push(alias);
            }
        }
        Self(stages)
    }

    pub fn draft(&self, random: &mut Rng) -> StagesDraft {
        let stages = self.0.iter().map(|(name, aliases)| {
            let aliases: Vec<String> = aliases.iter().map(|alias| alias.as_name(random)).collect();
            StageDraft::new(name.as_name(random), aliases)
        });
        stages.collect()
    }

    pub fn truth(&self, name: &Word) -> Truth<usize> {
        let plain = name.plain();
        let named = self.0.iter().position(|(name, aliases)| {
            name.plain() == plain || aliases.iter().any(|alias| alias.plain() == plain)
        });
        named.map_or(Truth::Unlisted, Truth::Known)
    }

    pub fn name_of(&self, stage: usize, random: &mut Rng) -> String {
        let (name, aliases) = &self.0[stage];
        match random.u32(..3) {
            0 if !aliases.is_empty() => pick(random, aliases).as_name(random),
            _ => name.as_name(random),
        }
    }
}
