//! By chance, reproducibly.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Strategy, Turn};

/// Picks by chance in proportion to the weights. The chance comes from the seed, the rotation and
/// the lead's id (by XXH3), so the same lead among the same candidates always gets the same member.
///
/// Linear in the candidates; no state.
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
    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        let seed = xxh3_64_with_seed(turn.rotation().as_str().as_bytes(), self.seed);
        let hash = xxh3_64_with_seed(turn.lead().id().as_bytes(), seed);
        let weights = turn
            .candidates()
            .iter()
            .map(|candidate| u64::from(candidate.weight()));
        let total: u64 = weights.sum();
        // The high half of the product lies evenly between 0 and the total.
        let mut left = (u128::from(hash) * u128::from(total)) >> 64;
        turn.candidates().iter().find_map(|candidate| {
            let weight = u128::from(candidate.weight());
            if left < weight {
                return Some(candidate.position());
            }
            left -= weight;
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Candidates, Positions, Standing};
    use super::*;
    use crate::{Lead, RotationId};

    #[test]
    fn reproducible_and_in_proportion() {
        let roster = [1, 2, 5].map(|weight| Standing::new(format!("m-{weight}"), weight));
        let rotation = RotationId::from("r");
        let everyone: Positions = (0..3).collect();
        let mut counts = [0; 3];
        for number in 0..8_000 {
            let id = format!("L-{number}");
            let lead = Lead::builder(&*id).build();
            let turn = Turn::new(
                chrono::DateTime::UNIX_EPOCH,
                &lead,
                &rotation,
                Candidates::new(&roster, &everyone),
            );
            let pick = Random::with_seed(7).choose(&turn).unwrap();
            assert_eq!(Random::with_seed(7).choose(&turn), Some(pick));
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
