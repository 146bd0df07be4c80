//! Generated leads: a few values are frequent, some are missing, some unlisted.

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::Dimension;

use super::attributes::with_attributes;
use super::rule_tests::code_counts;
use super::test_generator::{pick, weighted};
use super::value_tree::ValueTree;
use super::world::{BANDS, FUNNEL, LIFECYCLE, World};

/// The percentage of values that are missing.
const MISSING: u32 = 3;

/// The percentage of values that are unlisted.
const UNLISTED: u32 = 2;

/// The percentage of taxonomy values that are inner nodes.
const INNER: u32 = 9;

/// The percentage of taxonomy values that are given by an alias or in an unusual spelling.
const ODD: u32 = 12;

/// A lead, and its codes in the order of the dimensions.
pub struct CodedLead {
    pub lead: Lead<'static>,
    pub codes: [u32; 6],
}

/// An endless sequence of leads.
pub struct Leads<'w> {
    world: &'w World,
    random: Rng,
    trees: [Frequencies<'w>; 3],
    attributes: bool,
    next: usize,
}

impl<'w> Leads<'w> {
    /// The leads, with or without attributes. Every call gives equal leads.
    pub fn new(world: &'w World, attributes: bool) -> Self {
        let mut random = Rng::with_seed(2_357);
        let trees = [
            Frequencies::new(&world.regions, 0.9, &mut random),
            Frequencies::new(&world.industries, 0.8, &mut random),
            Frequencies::new(&world.products, 1.0, &mut random),
        ];
        Self {
            world,
            random,
            trees,
            attributes,
            next: 0,
        }
    }
}

impl Iterator for Leads<'_> {
    type Item = CodedLead;

    fn next(&mut self) -> Option<CodedLead> {
        self.next += 1;
        let mut lead = Lead::builder(format!("L-{}", self.next));
        let mut codes = [0; 6];
        let random = &mut self.random;
        let counts = code_counts(self.world);
        for ((dimension, code), count) in Dimension::ALL.into_iter().zip(&mut codes).zip(counts) {
            let (missing, unlisted) = (count - 2, count - 1);
            let (given, value) = match random.u32(..100) {
                of if of < MISSING => {
                    let nothing = ["", " "];
                    (
                        random.bool().then(|| pick(random, &nothing).to_owned()),
                        missing,
                    )
                }
                of if of < MISSING + UNLISTED => {
                    let unknown = ["unknown", "n/a", "tbd", "anything", "see notes"];
                    (Some(pick(random, &unknown).to_owned()), unlisted)
                }
                _ => {
                    let (given, value) = match dimension {
                        Dimension::Region => self.trees[0].draw(random),
                        Dimension::Industry => self.trees[1].draw(random),
                        Dimension::ProductLine => self.trees[2].draw(random),
                        Dimension::CustomerSize => head_count(random),
                        Dimension::LifecycleStage => {
                            stage(&LIFECYCLE, &[10, 30, 18, 12, 9, 14, 2, 5], random)
                        }
                        Dimension::FunnelStage => {
                            stage(&FUNNEL, &[12, 34, 18, 9, 10, 7, 4, 2, 4], random)
                        }
                    };
                    (Some(given), value)
                }
            };
            *code = value;
            if let Some(given) = given {
                lead = match (dimension, given.parse::<u32>()) {
                    (Dimension::CustomerSize, Ok(heads)) => lead.customer_size(heads),
                    _ => lead.value(dimension, given),
                };
            }
        }
        if self.attributes {
            lead = with_attributes(lead, random);
        }
        let lead = lead.build();
        Some(CodedLead { lead, codes })
    }
}

/// The frequencies of the leaves of a taxonomy: that of the n-th most frequent leaf is proportional to n to
/// the power of `-power` (a Zipf distribution).
struct Frequencies<'w> {
    tree: &'w ValueTree,
    /// The leaves, the most frequent first.
    leaves: Vec<u32>,
    /// The cumulated frequencies, by position.
    sums: Vec<f64>,
}

impl<'w> Frequencies<'w> {
    fn new(tree: &'w ValueTree, power: f64, random: &mut Rng) -> Self {
        let mut leaves = tree.leaves();
        random.shuffle(&mut leaves);
        let mut sum = 0.0;
        let sums = (1..=leaves.len()).map(|place| {
            sum += (place as f64).powf(-power);
            sum
        });
        let sums = sums.collect();
        Self { tree, leaves, sums }
    }

    /// A value as the lead gives it, and its code.
    fn draw(&self, random: &mut Rng) -> (String, u32) {
        let wanted = random.f64() * self.sums.last().copied().unwrap_or_default();
        let place = self.sums.partition_point(|&sum| sum <= wanted);
        let mut node = self.leaves[place.min(self.leaves.len() - 1)];
        if random.u32(..100) < INNER {
            node = self.tree.parent(node).unwrap_or(node);
            if random.bool() {
                node = self.tree.parent(node).unwrap_or(node);
            }
        }
        let path = self.tree.path(node);
        let given = if random.u32(..100) < ODD {
            match (self.tree.alias(node), random.u32(..3)) {
                (Some(alias), 0 | 1) => alias.to_owned(),
                (_, 0) => format!(" {path}"),
                (_, 1) => path.to_uppercase(),
                _ => path.replace('/', " / "),
            }
        } else {
            path.to_owned()
        };
        (given, node)
    }
}

/// A head count and its code, small ones more often. Sometimes it is given as a band's name or a range, which
/// count as their lower end.
fn head_count(random: &mut Rng) -> (String, u32) {
    let band = weighted(random, &[30, 30, 20, 11, 6, 3]);
    let (name, from, to) = BANDS[band];
    match random.u32(..100) {
        ..4 => (name.to_owned(), from),
        4..8 => (format!("{from}-{to}"), from),
        _ => {
            let to = f64::from(to.min(200_000) + 1);
            let heads = f64::from(from) * (to / f64::from(from)).powf(random.f64());
            let heads = heads as u32;
            (heads.to_string(), heads)
        }
    }
}

fn stage(stages: &[(&str, &str)], weights: &[u32], random: &mut Rng) -> (String, u32) {
    let stage = weighted(random, weights);
    let (name, alias) = stages[stage];
    let given = match random.u32(..100) {
        ..6 => alias.to_owned(),
        6..12 => name.to_uppercase(),
        _ => name.to_owned(),
    };
    (given, stage as u32)
}
