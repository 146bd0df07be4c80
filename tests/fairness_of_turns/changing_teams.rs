//! However members come, go and change weights, no lag exceeds half the number of members.

use fastrand::Rng;
use proptest::prelude::*;

use crate::adversary::Adversary;
use crate::lags::LEAD;
use crate::rotation::Rotation;

/// `floor(n/2)`.
fn bound(members: usize) -> i128 {
    i128::try_from(members / 2).unwrap() * LEAD
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_lag_exceeds_half_the_members(
        members in prop_oneof![2_usize..=8, 2_usize..=50],
        adversary in prop::sample::select(&Adversary::ALL[..]),
        seed in any::<u64>(),
    ) {
        let mut random = Rng::with_seed(seed);
        let mut rotation = Rotation::new(&vec![1; members]);
        let mut candidates = Vec::new();
        for turn in 1..=400 {
            adversary.play(&mut rotation, &mut candidates, &mut random);
            prop_assert!(
                rotation.lags.largest() <= bound(members),
                "turn {}: {:?}", turn, rotation.lags,
            );
        }
    }
}

/// Prints the table in the guide.
#[test]
#[ignore = "long; prints a table: --release -- --ignored --nocapture"]
fn largest_lags_measured() {
    let turns = 20_000;
    print!("| members | bound |");
    for adversary in Adversary::ALL {
        print!(" {adversary:?} |");
    }
    println!();
    for members in [2, 3, 4, 5, 8, 12, 20, 30, 50] {
        print!("| {members} | {} |", members / 2);
        for adversary in Adversary::ALL {
            let mut random = Rng::with_seed(1980);
            let mut rotation = Rotation::new(&vec![1; members]);
            let mut candidates = Vec::new();
            let mut largest: f64 = 0.0;
            for _ in 0..turns {
                adversary.play(&mut rotation, &mut candidates, &mut random);
                assert!(rotation.lags.largest() <= bound(members));
                largest = largest.max(rotation.lags.largest_in_leads());
            }
            print!(" {largest:.2} |");
        }
        println!();
    }
}
