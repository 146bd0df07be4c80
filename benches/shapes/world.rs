//! The values of generated rules and leads, with their codes in preorder.

use fastrand::Rng;
use leadtree::dimension::{Taxonomy, TaxonomyDraft};

/// How many children a region has: countries, areas, provinces, cities.
const REGIONS: [usize; 4] = [20, 6, 8, 10];
/// Sectors, and industries of each.
const INDUSTRIES: [usize; 2] = [16, 10];
/// Product families, and products of each.
const PRODUCTS: [usize; 2] = [8, 15];

const REGION_LEVELS: [&str; 4] = ["country", "area", "province", "city"];
const INDUSTRY_LEVELS: [&str; 2] = ["sector", "industry"];
const PRODUCT_LEVELS: [&str; 2] = ["family", "product"];

pub const BANDS: [(&str, u32, u32); 5] = [
    ("micro", 1, 9),
    ("small", 10, 49),
    ("medium", 50, 249),
    ("large", 250, 999),
    ("enterprise", 1000, u32::MAX),
];

pub const LIFECYCLE: [&str; 7] = [
    "subscriber",
    "lead",
    "marketing_qualified",
    "sales_qualified",
    "opportunity",
    "customer",
    "evangelist",
];

pub const FUNNEL: [&str; 6] = [
    "lost",
    "prospecting",
    "qualification",
    "proposal",
    "negotiation",
    "won",
];

/// A node of one of the three taxonomies: its path by numbers, from the root on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    tree: Tree,
    numbers: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    Region,
    Industry,
    Product,
}

impl Tree {
    fn counts(self) -> &'static [usize] {
        match self {
            Self::Region => &REGIONS,
            Self::Industry => &INDUSTRIES,
            Self::Product => &PRODUCTS,
        }
    }

    fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Region => &REGION_LEVELS,
            Self::Industry => &INDUSTRY_LEVELS,
            Self::Product => &PRODUCT_LEVELS,
        }
    }

    /// A random node of a level, from 1 at the top; nodes listed first are likelier.
    pub fn skewed(self, random: &mut Rng, level: usize) -> Place {
        let numbers = self.counts().iter().take(level);
        let numbers = numbers.map(|&count| below(random, count)).collect();
        Place {
            tree: self,
            numbers,
        }
    }

    /// All nodes of a level, in order.
    pub fn level(self, level: usize) -> Vec<Place> {
        let mut paths: Vec<Vec<usize>> = vec![Vec::new()];
        for &count in self.counts().iter().take(level) {
            paths = paths
                .into_iter()
                .flat_map(|path| (0..count).map(move |number| [&path[..], &[number]].concat()))
                .collect();
        }
        let place = |numbers| Place {
            tree: self,
            numbers,
        };
        paths.into_iter().map(place).collect()
    }

    /// All leaves, in order.
    pub fn leaves(self) -> Vec<Place> {
        self.level(self.counts().len())
    }

    /// The taxonomy.
    pub fn taxonomy(self) -> TaxonomyDraft {
        Taxonomy::draft().paths(self.leaves().iter().map(Place::path))
    }

    /// The number of nodes.
    pub fn nodes(self) -> u32 {
        self.counts().iter().rev().fold(0, |below, &count| {
            u32::try_from(count).unwrap_or(0) * (1 + below)
        })
    }
}

impl Place {
    fn with(&self, numbers: &[usize]) -> Self {
        Self {
            tree: self.tree,
            numbers: numbers.to_vec(),
        }
    }

    /// A node beside this one, or this one.
    pub fn sibling(&self, random: &mut Rng) -> Self {
        let counts = self.tree.counts();
        let [above @ .., _] = &*self.numbers else {
            return self.clone();
        };
        let count = counts.get(above.len()).copied().unwrap_or(1);
        self.with(&[above, &[below(random, count)]].concat())
    }

    /// A node of that level in the same country or sector.
    pub fn in_the_same_country(&self, random: &mut Rng) -> Self {
        let first = self.numbers.iter().take(1).copied();
        let counts = self.tree.counts().iter().take(self.numbers.len());
        let others = counts.skip(1).map(|&count| below(random, count));
        let numbers: Vec<usize> = first.chain(others).collect();
        self.with(&numbers)
    }

    /// A node on the level above or below, elsewhere in the same country or sector.
    pub fn on_another_level(&self, random: &mut Rng) -> Self {
        let counts = self.tree.counts();
        let level = match (self.numbers.len(), random.bool()) {
            (length, true) if length < counts.len() => length + 1,
            (length, _) => length.saturating_sub(1).max(2.min(counts.len())),
        };
        let first = self.numbers.iter().take(1).copied();
        let others = counts.iter().take(level).skip(1);
        let others = others.map(|&count| below(random, count));
        let numbers: Vec<usize> = first.chain(others).collect();
        self.with(&numbers)
    }

    /// One or two nodes right below.
    pub fn below(&self, random: &mut Rng) -> Vec<Self> {
        let Some(&count) = self.tree.counts().get(self.numbers.len()) else {
            return Vec::new();
        };
        let numbers = (0..random.usize(1..=2)).map(|_| below(random, count));
        let nodes = numbers.map(|number| self.with(&[&*self.numbers, &[number]].concat()));
        nodes.collect()
    }

    /// The node itself, its parent and siblings, and the first below it.
    pub fn around(&self) -> Vec<Self> {
        let with = |numbers: &[usize]| self.with(numbers);
        let mut places = vec![self.clone()];
        if let [above @ .., last] = &*self.numbers {
            if !above.is_empty() {
                places.push(with(above));
            }
            let count = self.tree.counts().get(above.len()).copied().unwrap_or(0);
            let siblings = [last.checked_sub(1), last.checked_add(1)];
            let siblings = siblings.into_iter().flatten();
            let siblings = siblings.filter(|&sibling| sibling < count);
            places.extend(siblings.map(|sibling| with(&[above, &[sibling]].concat())));
        }
        if self.numbers.len() < self.tree.counts().len() {
            places.push(with(&[&*self.numbers, &[0]].concat()));
        }
        places
    }

    /// The path as the taxonomy writes it.
    pub fn path(&self) -> String {
        let levels = self.tree.levels().iter().zip(&self.numbers);
        let names: Vec<String> = levels
            .map(|(level, number)| format!("{level}-{number}"))
            .collect();
        names.join("/")
    }

    /// The codes of the node and everything below it, in preorder; both ends included.
    pub fn codes(&self) -> (u32, u32) {
        let mut first = 0;
        let mut size = self.tree.nodes();
        let mut inner = 0;
        for (&number, &count) in self.numbers.iter().zip(self.tree.counts()) {
            let count = u32::try_from(count).unwrap_or(1);
            size = (size - inner) / count;
            first += inner + u32::try_from(number).unwrap_or(0) * size;
            inner = 1;
        }
        (first, first + size - 1)
    }
}

/// A number below `count`, smaller ones likelier: the square of a uniform number.
pub fn below(random: &mut Rng, count: usize) -> usize {
    let chance = random.f64();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    let number = (chance * chance * count as f64) as usize;
    number
}
