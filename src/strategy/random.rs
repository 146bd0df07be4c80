//! By chance, reproducibly.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::positions::weight_line::WeightLine;
use super::{Memory, Strategy, Turn};

/// Picks by chance in proportion to the weights. The chance comes from the seed, the rotation and
/// the lead's id (by XXH3), so the same lead among the same candidates always gets the same member.
///
/// The weights are kept summed up, so a pick, or one who comes or goes, costs one step for each
/// doubling of the roster. No numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Random {
    seed: u64,
}

impl Random {
    /// Another seed throws other dice.
    pub fn with_seed(seed: u64) -> Self {
        Self { seed }
    }
}

impl Strategy for Random {
    fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
        // The weights of the candidates, by position in the roster.
        memory.with_index(|_, weights: &mut WeightLine| {
            let candidates = turn.candidates();
            if weights.len() != candidates.roster().len() {
                *weights = WeightLine::new(candidates.roster().len());
            }
            for position in turn.changed() {
                let candidate = candidates.get(position);
                weights.set(
                    position,
                    candidate.map_or(0, |candidate| candidate.weight()),
                );
            }
            let seed = xxh3_64_with_seed(turn.rotation().as_str().as_bytes(), self.seed);
            let hash = xxh3_64_with_seed(turn.lead().id().as_bytes(), seed);
            // The high half of the product lies evenly between 0 and the total.
            let point = (u128::from(hash) * u128::from(weights.total())) >> 64;
            weights.find(u64::try_from(point).ok()?)
        })
    }

    fn ground(&self, turn: &Turn<'_>, _: &Memory, _: usize) -> Option<String> {
        let (seed, lead) = (self.seed, turn.lead().id());
        Some(format!(
            "who was drawn by the seed {seed} and the id `{lead}`"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Candidates, Positions, Standing};
    use super::*;
    use crate::{Lead, RotationId};

    /// Along the weights, as far as the chance goes.
    fn by_a_walk(roster: &[Standing], lead: &str) -> usize {
        let seed = xxh3_64_with_seed(b"r", 7);
        let hash = u128::from(xxh3_64_with_seed(lead.as_bytes(), seed));
        let total: u32 = roster.iter().map(Standing::weight).sum();
        let mut left = (hash * u128::from(total)) >> 64;
        let walk = roster.iter().position(|standing| {
            let weight = u128::from(standing.weight());
            let is_here = left < weight;
            left = left.saturating_sub(weight);
            is_here
        });
        walk.unwrap()
    }

    #[test]
    fn reproducible_and_in_proportion() {
        let roster = [1, 2, 5].map(|weight| Standing::new(format!("m-{weight}"), weight));
        let rotation = RotationId::from("r");
        let everyone: Positions = (0..3).collect();
        let mut counts = [0; 3];
        let strategy = Random::with_seed(7);
        let mut memory = Memory::default();
        for number in 0..8_000 {
            let id = format!("L-{number}");
            let lead = Lead::builder(&*id).build();
            let turn = Turn::new(
                chrono::DateTime::UNIX_EPOCH,
                &lead,
                &rotation,
                Candidates::new(&roster, &everyone),
            );
            let pick = strategy.choose(&turn, &mut memory).unwrap();
            let again = strategy.choose(&turn, &mut Memory::default());
            assert_eq!(again, Some(pick));
            assert_eq!(pick, by_a_walk(&roster, &id));
            counts[pick] += 1;
        }
        for (count, expected) in counts.into_iter().zip([1_000, 2_000, 5_000]) {
            assert!(
                (expected - 150..expected + 150).contains(&count),
                "{counts:?}"
            );
        }
    }
}
