//! Leads as they come in: a few values are frequent, some are missing, some nobody knows.

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::Dimension;

use super::asks::code_counts;
use super::attributes::with_attributes;
use super::drawing::{pick, weighted};
use super::value_tree::ValueTree;
use super::world::{BANDS, FUNNEL, LIFECYCLE, World};

/// Of a hundred values so many are missing, and so many more unlisted.
const MISSING: u32 = 3;
const UNLISTED: u32 = 2;

/// Of a hundred values of a taxonomy so many are inner nodes.
const INNER: u32 = 9;

/// Of a hundred values so many are given by another name or in an odd spelling.
const ODD: u32 = 12;

/// A lead and its codes, dimension by dimension.
pub struct CodedLead {
    pub lead: Lead<'static>,
    pub codes: [u32; 6],
}

/// The endless row of leads.
pub struct Leads<'w> {
    world: &'w World,
    random: Rng,
    trees: [Frequencies<'w>; 3],
    attributes: bool,
    next: usize,
}

impl<'w> Leads<'w> {
    /// Always the same leads, with attributes or without.
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

/// How often each leaf of a taxonomy comes up: the n-th most frequent as often as 1 to n, by a power.
struct Frequencies<'w> {
    tree: &'w ValueTree,
    /// The leaves, the most frequent first.
    leaves: Vec<u32>,
    /// By place: how often it or one before it comes up.
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

    /// What is given, and its code.
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

/// A head count, small ones more often; sometimes as a band's name or a range, which stand at their
/// lower end.
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
