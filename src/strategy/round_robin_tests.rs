//! Fairness of turns, and what happens when members come and go.

use proptest::prelude::*;

use super::super::{Candidates, Positions, Strategy as _};
use super::*;
use crate::{Lead, RotationId};

/// A rotation with the standings that a dispatcher would keep.
struct Rotation {
    strategy: RoundRobin,
    roster: Vec<Standing>,
    turn: u64,
}

impl Rotation {
    fn new(weights: &[u32]) -> Self {
        let named = weights.iter().enumerate();
        let roster: Vec<_> = named
            .map(|(number, &weight)| Standing::new(format!("m-{number}"), weight))
            .collect();
        let mut strategy = RoundRobin::new();
        strategy.enroll(&roster);
        Self {
            strategy,
            roster,
            turn: 0,
        }
    }

    fn pick(&mut self, eligible: &Positions) -> usize {
        let lead = Lead::builder("L-1").build();
        let rotation = RotationId::from("r");
        let candidates = Candidates::new(&self.roster, eligible);
        let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
        let position = self.strategy.choose(&turn).unwrap();
        self.turn += 1;
        self.roster[position].last_turn = self.turn;
        position
    }

    fn everyone(&self) -> Positions {
        (0..self.roster.len()).collect()
    }

    fn picks(&mut self, count: usize) -> Vec<usize> {
        let everyone = self.everyone();
        (0..count).map(|_| self.pick(&everyone)).collect()
    }
}

/// `|t*w/W - x| <= 1 - 1/(2n-2)`, both sides times `W(2n-2)`.
fn within_bound(weights: &[u32], counts: &[i128], step: i128) -> bool {
    let n = weights.len() as i128;
    let total: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    weights.iter().zip(counts).all(|(&weight, &count)| {
        let lag = (step * i128::from(weight) - count * total) * (2 * n - 2);
        lag.abs() <= total * (2 * n - 3)
    })
}

fn weights() -> impl proptest::strategy::Strategy<Value = Vec<u32>> {
    prop_oneof![
        prop::collection::vec(1_u32..=1_000, 2..=50),
        prop::collection::vec(1_u32..=5, 2..=8),
        prop::collection::vec(
            prop_oneof![Just(1_u32), 1..=crate::limits::MAX_WEIGHT],
            2..=20
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn counts_stay_within_the_bound_of_tijdeman(weights in weights()) {
        let mut rotation = Rotation::new(&weights);
        let everyone = rotation.everyone();
        let mut counts = vec![0_i128; weights.len()];
        for step in 1..=2_000 {
            counts[rotation.pick(&everyone)] += 1;
            prop_assert!(within_bound(&weights, &counts, step), "step {} {:?}", step, counts);
        }
    }

    #[test]
    fn goes_on_from_a_saved_state_as_if_nothing_had_been(
        weights in weights(),
        before in 0_usize..300,
        away in prop::collection::vec(any::<bool>(), 300),
    ) {
        let mut rotation = Rotation::new(&weights);
        let everyone = rotation.everyone();
        let fewer: Positions = everyone.iter().skip(1).collect();
        for &away in away.iter().take(before) {
            rotation.pick(if away { &fewer } else { &everyone });
        }
        let saved = serde_json::to_string(&rotation.strategy.save()).unwrap();
        let mut strategy = RoundRobin::new();
        strategy.enroll(&rotation.roster);
        strategy.restore(&serde_json::from_str(&saved).unwrap());
        let mut restored = Rotation { strategy, roster: rotation.roster.clone(), turn: rotation.turn };
        prop_assert_eq!(rotation.picks(50), restored.picks(50));
    }

    #[test]
    fn deviation_stays_small_while_members_come_and_go(
        weights in prop::collection::vec(1_u32..=5, 2..=8),
        choices in prop::collection::vec(any::<u8>(), 400),
    ) {
        let mut rotation = Rotation::new(&weights);
        let mut lags = vec![0.0_f64; weights.len()];
        for choice in choices {
            let mut eligible: Positions =
                rotation.everyone().iter().filter(|&p| choice >> p & 1 == 1).collect();
            if eligible.is_empty() {
                eligible = rotation.everyone();
            }
            let total: u32 = eligible.iter().map(|p| weights[p]).sum();
            for p in eligible.iter() {
                lags[p] += f64::from(weights[p]) / f64::from(total);
            }
            lags[rotation.pick(&eligible)] -= 1.0;
            prop_assert!(lags.iter().all(|lag| lag.abs() < 3.0), "{:?}", lags);
        }
    }
}

#[test]
fn weights_interleave_without_bursts() {
    assert_eq!(Rotation::new(&[1, 1, 1]).picks(6), [0, 1, 2, 0, 1, 2]);
    assert_eq!(Rotation::new(&[2, 1, 1]).picks(8), [0, 1, 2, 0, 0, 1, 2, 0]);
    let five_one_one = Rotation::new(&[5, 1, 1]).picks(14);
    // Worked out by hand from the rule.
    assert_eq!(five_one_one, [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0]);
    assert_eq!(Rotation::new(&[7]).picks(3), [0, 0, 0]);
}

#[test]
fn a_member_on_leave_comes_back_to_no_flood_and_no_drought() {
    let mut rotation = Rotation::new(&[1, 1, 1]);
    rotation.picks(4);
    let two = [1, 2].into_iter().collect();
    for _ in 0..100 {
        rotation.pick(&two);
    }
    let after = rotation.picks(30);
    let own: Vec<_> = after.iter().enumerate().filter(|(_, p)| **p == 0).collect();
    assert!((9..=11).contains(&own.len()), "{after:?}");
    assert!(
        !after.windows(2).any(|pair| pair == [0, 0]),
        "no flood: {after:?}"
    );
    assert!(own[0].0 <= 3, "no drought: {after:?}");
}

#[test]
fn reordering_and_removing_members_keeps_the_order_of_service() {
    let mut rotation = Rotation::new(&[1, 1, 1, 1]);
    rotation.picks(2);
    rotation.roster.rotate_left(1);
    rotation
        .roster
        .retain(|standing| standing.member().as_str() != "m-3");
    rotation.strategy.enroll(&rotation.roster.clone());
    // m-0 and m-1 have had theirs; m-2 is next, wherever it stands in the list.
    let next = rotation.picks(1)[0];
    assert_eq!(rotation.roster[next].member(), &"m-2");
}

#[test]
fn a_newcomer_joins_level_with_the_others() {
    let mut rotation = Rotation::new(&[1, 1]);
    rotation.picks(1_001);
    rotation
        .roster
        .push(Standing::new("new", 1).with_last_turn(rotation.turn));
    rotation.strategy.enroll(&rotation.roster.clone());
    let picks = rotation.picks(30);
    let got = picks.iter().filter(|&&position| position == 2).count();
    assert!((9..=11).contains(&got), "{picks:?}");
    assert!(!picks.windows(2).any(|pair| pair == [2, 2]), "{picks:?}");
}

#[test]
fn thirty_batches_of_one_lead_are_one_batch_of_thirty() {
    let mut rotation = Rotation::new(&[1, 1]);
    let mut counts = [0; 2];
    for _ in 0..30 {
        let state = rotation.strategy.save();
        rotation.strategy = RoundRobin::new();
        rotation.strategy.enroll(&rotation.roster);
        rotation.strategy.restore(&state);
        counts[rotation.picks(1)[0]] += 1;
    }
    assert_eq!(counts, [15, 15]);
}

#[test]
fn a_turn_given_back_is_next_again() {
    let mut rotation = Rotation::new(&[1, 1, 1]);
    assert_eq!(rotation.picks(4), [0, 1, 2, 0]);
    rotation.strategy.give_back(0);
    assert_eq!(rotation.strategy.save().shared("step"), 0);
    let mut fresh = Rotation::new(&[1, 1, 1]);
    fresh.strategy.give_back(2);
    fresh.strategy.give_back(99);
    assert_eq!(fresh.picks(3).len(), 3);
}

#[test]
fn nothing_drifts_after_very_many_leads() {
    // A cycle is 10^12 steps long; the middle of it is reached by restoring.
    let weights = [crate::limits::MAX_WEIGHT; 50];
    let mut rotation = Rotation::new(&weights);
    let mut state = rotation.strategy.save();
    state.shared.insert("step".into(), 25_000_000);
    for standing in &rotation.roster {
        let numbers = [
            ("picks".to_owned(), 500_000),
            ("weight".to_owned(), 1_000_000),
        ];
        state
            .members
            .insert(standing.member().clone(), numbers.into_iter().collect());
    }
    rotation.strategy.restore(&state);
    assert_eq!(rotation.strategy.save(), state);
    let mut counts = vec![500_000_i128; 50];
    for step in 25_000_001..=25_010_000_i128 {
        counts[rotation.picks(1)[0]] += 1;
        assert!(within_bound(&weights, &counts, step), "step {step}");
    }
}

#[test]
fn nonsense_in_a_saved_state_is_borne_with() {
    let mut rotation = Rotation::new(&[1, 2, 3]);
    let nonsense: StrategyState = serde_json::from_str(
        r#"{
            "shared": { "step": -5, "x": 9223372036854775807 },
            "members": {
                "m-0": { "picks": 9223372036854775807, "weight": -1, "carried": -9223372036854775808 },
                "m-1": { "picks": -9223372036854775808, "weight": 9223372036854775807 },
                "gone": { "picks": 1, "weight": 9223372036854775807 }
            }
        }"#,
    )
    .unwrap();
    rotation.strategy.restore(&nonsense);
    rotation.picks(20);
    rotation.strategy.save();
}
