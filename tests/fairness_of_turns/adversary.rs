//! Adversaries that try to make turns unfair, by choosing the candidates and weights of every turn.

use fastrand::Rng;

use crate::lags::MOST_WEIGHT;
use crate::rotation::Rotation;

/// How the candidates of each turn are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adversary {
    /// At random, rarely changed, so that periods last.
    Seldom,
    /// At random, changed for every turn.
    Random,
    /// Two members with neighbouring lags.
    Pairs,
    /// The members furthest behind, or furthest ahead.
    Prefixes,
    /// The most damaging of six attempts of the other kinds.
    Climber,
}

impl Adversary {
    pub(crate) const ALL: [Self; 5] = [
        Self::Seldom,
        Self::Random,
        Self::Pairs,
        Self::Prefixes,
        Self::Climber,
    ];

    /// Chooses candidates and lets them take a turn.
    pub(crate) fn play(self, rotation: &mut Rotation, before: &mut Vec<usize>, random: &mut Rng) {
        match self {
            Self::Seldom => {
                if before.is_empty() || random.u8(..12) == 0 {
                    *before = by_chance(rotation.len(), random);
                }
                play(rotation, before, random, 40);
            }
            Self::Random => play(rotation, &by_chance(rotation.len(), random), random, 4),
            Self::Pairs => play(rotation, &pair(rotation, random), random, 200),
            Self::Prefixes => play(rotation, &prefix(rotation, random), random, 200),
            Self::Climber => {
                let tries = (0..6).map(|number| {
                    let mut attempt = rotation.clone();
                    let candidates = match number % 3 {
                        0 => pair(rotation, random),
                        1 => prefix(rotation, random),
                        _ => by_chance(rotation.len(), random),
                    };
                    play(&mut attempt, &candidates, random, 3);
                    attempt
                });
                let best =
                    tries.max_by(|one, other| one.lags.unrest().total_cmp(&other.lags.unrest()));
                *rotation = best.unwrap();
            }
        }
    }
}

/// The candidates take a turn, with new weights once in `one_of` turns; fewer take part if they
/// weigh too much.
fn play(rotation: &mut Rotation, candidates: &[usize], random: &mut Rng, one_of: u32) {
    if random.u32(..one_of) == 0 {
        let weights: Vec<u32> = match random.u8(..3) {
            0 => vec![1; rotation.len()],
            1 => (0..rotation.len()).map(|_| random.u32(1..=3)).collect(),
            _ => (0..rotation.len())
                .map(|_| if random.u8(..4) == 0 { 25 } else { 1 })
                .collect(),
        };
        rotation.weigh(&weights);
    }
    let mut total = 0;
    let mut light: Vec<usize> = candidates
        .iter()
        .copied()
        .take_while(|&it| {
            total += rotation.weights()[it];
            total <= MOST_WEIGHT
        })
        .collect();
    light.sort_unstable();
    rotation.pick(&light);
}

/// A random choice of at least one member.
fn by_chance(members: usize, random: &mut Rng) -> Vec<usize> {
    let chance = random.u8(1..8);
    let mut chosen: Vec<usize> = (0..members).filter(|_| random.u8(..8) < chance).collect();
    if chosen.is_empty() {
        chosen.push(random.usize(..members));
    }
    chosen
}

/// One of the few pairs with the closest lags.
fn pair(rotation: &Rotation, random: &mut Rng) -> Vec<usize> {
    let order = rotation.lags.furthest_first();
    let mut pairs: Vec<&[usize]> = order.windows(2).collect();
    pairs.sort_by_key(|pair| rotation.lags.of(pair[0]) - rotation.lags.of(pair[1]));
    let first = pairs.len().min(3);
    pairs[random.usize(..first)].to_vec()
}

/// The first or last few members by lag.
fn prefix(rotation: &Rotation, random: &mut Rng) -> Vec<usize> {
    let mut order = rotation.lags.furthest_first();
    if random.bool() {
        order.reverse();
    }
    order.truncate(random.usize(1..=order.len()));
    order
}
