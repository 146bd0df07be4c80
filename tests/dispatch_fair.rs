//! Round robin is fair: within Tijdeman's bound at every moment, and nobody is flooded or starved
//! when members come and go.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead, lead_to, owners, policy};
use fastrand::Rng;
use leadtree::dispatch::{Dispatcher, Release};
use leadtree::policy::PolicyDraft;
use leadtree::rule::Rule;
use leadtree::team::{Team, TeamMember};
use serde_json::{Value, json};

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
            // After a whole cycle everybody has exactly their share.
            let shares = weights.map(|weight| weight * step / 20);
            assert_eq!(counts, shares, "step {step}");
        }
    }
}

/// While one member is away, the others' turns go on evenly; the one who comes back gets no more
/// than their share from then on.
#[test]
fn a_returning_member_is_neither_flooded_nor_starved() {
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
fn a_new_member_starts_level_with_the_others() {
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
fn reordering_and_removing_members_does_not_restart_the_rotation() {
    let file = |members: &[&str]| {
        policy(&json!({
            "teams": [{ "id": "east", "members": members }],
            "rules": [{ "id": "all", "assign_to": "east" }],
        }))
    };
    let started = || {
        let dispatcher = Dispatcher::new(&file(&["a", "b", "c", "d"])).unwrap();
        assert_eq!(dispatch_setup::owners(&dispatcher, 2, NOON), "a b");
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
        let owners = dispatch_setup::owners(&dispatcher, then.split(' ').count(), NOON);
        assert_eq!(
            owners, then,
            "a and b had a turn, then the roster was {members:?}"
        );
    }
    let dispatcher = started();
    dispatcher.remove_member("east", "a").unwrap();
    assert_eq!(dispatch_setup::owners(&dispatcher, 3, NOON), "c d b");
}

#[test]
fn a_turn_given_back_counts_as_never_taken() {
    use leadtree::dispatch::Release;

    let dispatcher = rotation(&[1, 1, 1]);
    let first = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(dispatch_setup::owner(&first), "0");
    dispatcher
        .release(&first.receipt(), Release::KeepTurn)
        .unwrap();
    let second = dispatcher.assign(&lead(1), at(NOON));
    assert_eq!(dispatch_setup::owner(&second), "1", "the turn stays used");
    dispatcher
        .release(&second.receipt(), Release::GiveTurnBack)
        .unwrap();
    // Of the three, 1 and 2 have had no lead that counts; 1 is listed first.
    assert_eq!(dispatch_setup::owners(&dispatcher, 2, NOON), "1 2");
}

/// The bound holds when presence, fit, hours and a shared rotation determine the candidates.
#[test]
fn every_lag_stays_bounded_in_a_shared_rotation() {
    const MEMBERS: usize = 6;
    for seed in 0..12 {
        let mut random = fastrand::Rng::with_seed(seed);
        let weights: Vec<u32> = (0..MEMBERS).map(|_| random.u32(1..5)).collect();
        let member = |it: usize| json!({ "member": format!("m-{it}"), "weight": weights[it] });
        let members = (0..MEMBERS).map(|it| {
            let skills = ["german", "pricing"].into_iter().filter(|_| random.bool());
            json!({ "id": format!("m-{it}"), "skills": skills.collect::<Vec<_>>(), "max_open": 2 + it })
        });
        let members: Vec<Value> = members
            .chain([json!({ "id": "x", "skills": ["german", "pricing"] })])
            .collect();
        let shared = json!({ "shared": "field" });
        let dispatcher = dispatcher(&json!({
            "members": members,
            "attributes": { "to": "text" },
            "teams": [
                { "id": "east", "strategy": "best_fit", "rotation": shared,
                  "members": (0..4).map(member).collect::<Vec<_>>() },
                { "id": "west", "strategy": "best_fit", "rotation": shared,
                  "members": (2..MEMBERS).map(member).collect::<Vec<_>>() },
            ],
            "rules": [
                { "id": "german", "when": "to = german", "assign_to": "east", "prefers": { "skills": ["german"] } },
                { "id": "pricing", "when": "to = pricing", "assign_to": "west", "requires": { "skills": ["pricing"] } },
                { "id": "east", "when": "to = east", "assign_to": "east" },
                { "id": "west", "assign_to": "west" },
            ],
        }));
        let mut lags = [0.0_f64; MEMBERS];
        let mut receipts = Vec::new();
        for number in 0..1_500 {
            let to = ["german", "pricing", "east", "west"][random.usize(0..4)];
            let (assignment, audit) = dispatcher.assign_with_audit(&lead_to(number, to), at(NOON));
            let considered = audit.inquiries()[0].members.iter();
            let could: Vec<_> = considered.filter(|it| it.verdict.is_eligible()).collect();
            let best = could.iter().map(|it| it.fit).max();
            let could = || could.iter().filter(|it| Some(it.fit) == best);
            let total: f64 = could().map(|it| f64::from(it.weight)).sum();
            let position = |member: &str| member[2..].parse::<usize>().unwrap();
            for considered in could() {
                lags[position(considered.member.as_str())] += f64::from(considered.weight) / total;
            }
            if let Some(seat) = assignment.owner() {
                lags[position(seat.member().as_str())] -= 1.0;
                receipts.push(assignment.receipt());
            }
            // Half of the members.
            let bound = 3.0 + 1e-6;
            assert!(
                lags.iter().all(|lag| lag.abs() <= bound),
                "seed {seed}: {lags:?}"
            );
            if receipts.len() > 8 {
                let receipt = receipts.swap_remove(random.usize(0..receipts.len()));
                dispatcher.complete(&receipt).unwrap();
            }
            let member = format!("m-{}", random.usize(0..MEMBERS));
            let presence = leadtree::availability::Presence::ALL[random.usize(0..3)];
            dispatcher.set_presence(member, presence).unwrap();
        }
    }
}

#[test]
fn leads_given_back_with_their_turns_in_bulk_leave_the_shares_as_they_were() {
    let dispatcher = dispatcher(&json!({
        "teams": [{ "id": "east", "members": [
            { "member": "a", "weight": 3 }, { "member": "b", "weight": 2 }, "c",
        ] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    let before = owners(&dispatcher, 12, NOON);
    let receipts = (0..20_000).map(|it| dispatcher.assign(&lead(it), at(NOON)).receipt());
    for receipt in receipts.collect::<Vec<_>>() {
        dispatcher.release(&receipt, Release::GiveTurnBack).unwrap();
    }
    assert_eq!(owners(&dispatcher, 12, NOON), before);
}

#[test]
fn a_turn_given_back_by_who_is_away_by_then_is_owed_by_the_others() {
    let dispatcher = dispatcher(&json!({
        "members": [{ "id": "a" }, { "id": "b" }, { "id": "c" }],
        "teams": [{ "id": "east", "members": [{ "member": "a", "max_open": 1 }, "b"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    }));
    for number in 0..200 {
        let both = [0, 1].map(|it| dispatcher.assign(&lead(2 * number + it), at(NOON)));
        for assignment in both {
            let receipt = assignment.receipt();
            match assignment.owner().unwrap().member().as_str() {
                "a" => dispatcher.release(&receipt, Release::GiveTurnBack).unwrap(),
                _ => dispatcher.complete(&receipt).unwrap(),
            }
        }
    }
    // `b` has all the leads that stayed: half of them are owed, so whoever comes goes first.
    dispatcher.pause_member("a").unwrap();
    dispatcher.add_member("east", "c").unwrap();
    assert_eq!(owners(&dispatcher, 6, NOON), "c c c c c c");
}
