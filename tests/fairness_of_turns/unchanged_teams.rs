//! While candidates and weights stay the same, Tijdeman's bound holds exactly at every step.

use proptest::prelude::*;

use crate::lags::{LEAD, MOST_WEIGHT};
use crate::rotation::Rotation;

/// Weights within the maximum total.
fn weights() -> impl Strategy<Value = Vec<u32>> {
    let weights = prop_oneof![
        prop::collection::vec(1_u32..=1, 2..=60),
        prop::collection::vec(1_u32..=5, 2..=50),
        prop::collection::vec(1_u32..=60, 2..=8),
        (2_usize..=20).prop_map(|members| {
            let mut weights = vec![1; members];
            weights[members / 2] = 50;
            weights
        }),
    ];
    weights.prop_map(|mut weights| {
        while weights.iter().sum::<u32>() > MOST_WEIGHT {
            let most = (0..weights.len()).max_by_key(|&it| weights[it]).unwrap();
            weights[most] = weights[most].div_ceil(2);
            if weights[most] == 1 {
                weights.pop();
            }
        }
        weights
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Members who never take part do not matter: `n` counts the candidates.
    #[test]
    fn every_count_is_within_the_bound_of_its_share(
        weights in weights(),
        away in 0_usize..3,
    ) {
        let members = i128::try_from(weights.len()).unwrap();
        let candidates: Vec<usize> = (0..weights.len()).collect();
        let roster = [weights, vec![1; away]].concat();
        let mut rotation = Rotation::new(&roster);
        for step in 1..=1_000 {
            rotation.pick(&candidates);
            prop_assert!(
                rotation.lags.largest() * (2 * members - 2) <= LEAD * (2 * members - 3),
                "step {} {:?}: {:?}", step, roster, rotation.lags,
            );
        }
    }
}
