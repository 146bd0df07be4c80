//! Turns are fair: within Tijdeman's bound at every moment, and nobody is flooded or starved when
//! members come and go.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod office;

use fastrand::Rng;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::PolicyDraft;
use leadtree::rule::Rule;
use leadtree::team::{Team, TeamMember};
use office::{NOON, at, lead, policy};
use serde_json::json;

fn rotation(weights: &[u32]) -> Dispatcher {
    let members = weights.iter().enumerate();
    let members =
        members.map(|(number, weight)| TeamMember::new(number.to_string()).weight(*weight));
    let draft = PolicyDraft::new().team(Team::new("east").members(members));
    let draft = draft.rule(Rule::new("all").assign_to("east"));
    Dispatcher::new(&draft.build().unwrap()).unwrap()
}

fn next(dispatcher: &Dispatcher) -> usize {
    let assignment = dispatcher.assign(&lead(1), at(NOON));
    assignment
        .owner()
        .unwrap()
        .member()
        .as_str()
        .parse()
        .unwrap()
}

#[test]
fn every_count_stays_within_the_bound_of_its_share_at_every_step() {
    let mut random = Rng::with_seed(1980);
    let mut cases: Vec<Vec<u32>> = vec![
        vec![1; 2],
        vec![1; 50],
        vec![1_000_000, 1],
        vec![1, 1_000_000, 999_999],
        vec![3, 5],
        (1..=50).collect(),
    ];
    for _ in 0..12 {
        let members = random.usize(2..=50);
        let most = *super_pick(&mut random, &[2, 10, 1_000, 1_000_000]);
        cases.push((0..members).map(|_| random.u32(1..=most)).collect());
    }
    let mut picks = 0;
    for weights in cases {
        let dispatcher = rotation(&weights);
        let n = i128::try_from(weights.len()).unwrap();
        let total: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
        let mut counts = vec![0_i128; weights.len()];
        for step in 1..=1_000_i128 {
            counts[next(&dispatcher)] += 1;
            picks += 1;
            for (count, &weight) in counts.iter().zip(&weights) {
                // |count - step * weight / total| <= 1 - 1/(2n-2), in whole numbers.
                let lag = (count * total - step * i128::from(weight)).abs();
                assert!(
                    lag * (2 * n - 2) <= (2 * n - 3) * total,
                    "weights {weights:?}, step {step}, counts {counts:?}"
                );
            }
        }
    }
    assert!(picks >= 10_000);
}

fn super_pick<'a, T>(random: &mut Rng, values: &'a [T]) -> &'a T {
    &values[random.usize(..values.len())]
}

#[test]
fn the_bound_holds_over_many_whole_cycles() {
    let weights = [7, 1, 3, 5, 4];
    let dispatcher = rotation(&weights);
    let mut counts = [0_u32; 5];
    for step in 1..=10_000_u32 {
        counts[next(&dispatcher)] += 1;
        if step.is_multiple_of(20) {
            // After a whole cycle everybody has exactly the share.
            let shares = weights.map(|weight| weight * step / 20);
            assert_eq!(counts, shares, "step {step}");
        }
    }
}

/// Turns of the others go on evenly while one is away, and the one who comes back gets no more
/// than the share from then on.
#[test]
fn who_comes_back_is_neither_flooded_nor_starved() {
    for away in [1, 10, 1_000] {
        let dispatcher = rotation(&[1, 1, 1, 1]);
        for _ in 0..40 {
            next(&dispatcher);
        }
        dispatcher.pause_member("2").unwrap();
        for _ in 0..away {
            assert_ne!(next(&dispatcher), 2, "away for {away}");
        }
        dispatcher.resume_member("2").unwrap();
        let mut count = 0_i32;
        for step in 1..=40_i32 {
            count += i32::from(next(&dispatcher) == 2);
            let share = step / 4;
            assert!(
                (share - 2..=share + 2).contains(&count),
                "away {away}, step {step}: {count}"
            );
        }
    }
}

#[test]
fn a_newcomer_joins_level_with_the_others() {
    for before in [0, 1, 7, 500] {
        let dispatcher = rotation(&[1, 1, 1]);
        for _ in 0..before {
            next(&dispatcher);
        }
        dispatcher.add_member("east", "3").unwrap();
        let mut counts = [0_i32; 4];
        for step in 1..=80_i32 {
            counts[next(&dispatcher)] += 1;
            for count in counts {
                let share = step / 4;
                assert!(
                    (share - 2..=share + 2).contains(&count),
                    "{before} before, step {step}: {counts:?}"
                );
            }
        }
    }
}

#[test]
fn reordering_and_removing_members_does_not_begin_the_rotation_anew() {
    let file = |members: &[&str]| {
        policy(&json!({
            "teams": [{ "id": "east", "members": members }],
            "rules": [{ "id": "all", "assign_to": "east" }],
        }))
    };
    let started = || {
        let dispatcher = Dispatcher::new(&file(&["a", "b", "c", "d"])).unwrap();
        assert_eq!(office::owners(&dispatcher, 2, NOON), "a b");
        dispatcher
    };
    for (members, then) in [
        (&["b", "a", "d", "c"][..], "d c a b"),
        (&["a", "b", "d"], "d"),
        (&["b", "c", "d"], "c d b"),
        (&["a", "b", "x", "c", "d"], "c d"),
    ] {
        let dispatcher = started();
        dispatcher.replace_policy(&file(members)).unwrap();
        let owners = office::owners(&dispatcher, then.split(' ').count(), NOON);
        assert_eq!(
            owners, then,
            "a and b had a turn, then the roster was {members:?}"
        );
    }
    let dispatcher = started();
    dispatcher.remove_member("east", "a").unwrap();
    assert_eq!(office::owners(&dispatcher, 3, NOON), "c d b");
}

#[test]
fn a_turn_given_back_counts_as_if_it_had_not_been() {
    use leadtree::dispatch::Release;

    let dispatcher = rotation(&[1, 1, 1]);
    let first = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(office::owner(&first), "0");
    dispatcher
        .release(&first.receipt(), Release::KeepTurn)
        .unwrap();
    let second = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(office::owner(&second), "1", "the turn stays used");
    dispatcher
        .release(&second.receipt(), Release::GiveTurnBack)
        .unwrap();
    // Of the three, 1 and 2 have had none that counts; 1 is listed first.
    assert_eq!(office::owners(&dispatcher, 2, NOON), "1 2");
}
