//! Fairness of turns, and what happens when members come and go.

use proptest::prelude::*;

use super::super::{Candidates, Memory, Positions, Standing, Strategy as _, StrategyState, Turn};
use super::{LEAD, RoundRobin};
use crate::{Lead, RotationId};

/// A rotation as a dispatcher would keep it.
struct Rotation {
    memory: Memory,
    roster: Vec<Standing>,
}

impl Rotation {
    fn new(weights: &[u32]) -> Self {
        let named = weights.iter().enumerate();
        let roster: Vec<_> = named
            .map(|(number, &weight)| Standing::new(format!("m-{number}"), weight))
            .collect();
        Self {
            memory: Memory::new(RoundRobin::new().number_names(), roster.len()),
            roster,
        }
    }

    fn pick(&mut self, eligible: &Positions) -> usize {
        self.memory.drop_index();
        self.pick_knowing(eligible, None)
    }

    /// Picks, and tells the strategy whose standing has changed.
    fn pick_knowing(&mut self, eligible: &Positions, changed: Option<&[usize]>) -> usize {
        let lead = Lead::builder("L-1").build();
        let rotation = RotationId::from("r");
        let candidates = Candidates::new(&self.roster, eligible);
        let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
        let changed = changed.filter(|_| self.memory.has_index());
        let turn = changed.map_or(turn, |changed| turn.with_changed(changed));
        let position = RoundRobin::new().choose(&turn, &mut self.memory).unwrap();
        self.memory.take_turn(position);
        position
    }

    fn save(&self) -> StrategyState {
        self.memory.save(self.roster.iter().map(Standing::member))
    }

    fn restore(&mut self, state: &StrategyState) {
        let members = self.roster.iter().map(Standing::member);
        self.memory.restore(members, state);
    }

    /// Who is in the rotation now, in order.
    fn change_roster(&mut self, roster: Vec<Standing>) {
        let position = |member: &Standing| {
            let mut before = self.roster.iter();
            before.position(|it| it.member() == member.member())
        };
        let stay = roster.iter().enumerate();
        let stay: Vec<_> = stay
            .filter_map(|(now, it)| Some((now, position(it)?)))
            .collect();
        let mut memory = Memory::new(RoundRobin::new().number_names(), roster.len());
        memory.go_on(&self.memory, &stay, true);
        (self.memory, self.roster) = (memory, roster);
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
        let saved = serde_json::to_string(&rotation.save()).unwrap();
        let mut restored = Rotation::new(&weights);
        restored.restore(&serde_json::from_str(&saved).unwrap());
        prop_assert_eq!(rotation.picks(50), restored.picks(50));
    }

    #[test]
    fn a_change_among_those_who_are_level_keeps_the_bound_of_the_candidates_from_the_first_step(
        weights in prop_oneof![
            prop::collection::vec(1_u32..=5, 3..=12),
            prop::collection::vec(Just(1_u32), 66..200),
            prop::collection::vec(1_u32..=3, 66..100),
        ],
        moves in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 1..4), 1..6),
    ) {
        let mut rotation = Rotation::new(&weights);
        let mut eligible = rotation.everyone();
        for moves in moves {
            for position in moves.iter().map(|it| it.index(weights.len())) {
                if !eligible.remove(position) || eligible.len() < 2 {
                    eligible.insert(position);
                }
            }
            let candidates: Vec<usize> = eligible.iter().collect();
            let present: Vec<u32> = candidates.iter().map(|&it| weights[it]).collect();
            let mut counts = vec![0_i128; present.len()];
            // After each whole cycle everybody is level.
            let cycle = i128::from(present.iter().sum::<u32>());
            for step in 1..=2 * cycle {
                let picked = rotation.pick(&eligible);
                counts[candidates.binary_search(&picked).unwrap()] += 1;
                prop_assert!(within_bound(&present, &counts, step), "step {} {:?}", step, counts);
            }
            let double: Vec<i128> = present.iter().map(|&it| 2 * i128::from(it)).collect();
            prop_assert_eq!(counts, double);
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
    let mut roster = rotation.roster.clone();
    roster.rotate_left(1);
    roster.retain(|standing| standing.member().as_str() != "m-3");
    rotation.change_roster(roster);
    // m-0 and m-1 have had theirs; m-2 is next, wherever it stands in the list.
    let next = rotation.picks(1)[0];
    assert_eq!(rotation.roster[next].member(), &"m-2");
}

#[test]
fn a_newcomer_joins_level_with_the_others() {
    let mut rotation = Rotation::new(&[1, 1]);
    rotation.picks(1_001);
    let mut roster = rotation.roster.clone();
    roster.push(Standing::new("new", 1));
    rotation.change_roster(roster);
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
        let state = rotation.save();
        rotation.restore(&state);
        counts[rotation.picks(1)[0]] += 1;
    }
    assert_eq!(counts, [15, 15]);
}

#[test]
fn a_turn_given_back_is_next_again() {
    let mut rotation = Rotation::new(&[1, 1, 1]);
    assert_eq!(rotation.picks(4), [0, 1, 2, 0]);
    RoundRobin::new().give_back(&mut rotation.memory, 0);
    assert_eq!(rotation.save().shared("step"), 3);
    let mut fresh = Rotation::new(&[1, 1, 1]);
    RoundRobin::new().give_back(&mut fresh.memory, 2);
    RoundRobin::new().give_back(&mut fresh.memory, 99);
    assert_eq!(fresh.picks(3).len(), 3);
}

#[test]
fn nothing_drifts_after_very_many_leads() {
    // A cycle is 10^12 steps long; the middle of it is reached by restoring.
    let weights = [crate::limits::MAX_WEIGHT; 50];
    let mut rotation = Rotation::new(&weights);
    let mut state = rotation.save();
    state.shared.insert("step".into(), 25_000_000);
    state.shared.insert("total".into(), 50_000_000);
    for standing in &rotation.roster {
        let numbers = [
            ("picks".to_owned(), 500_000),
            ("weight".to_owned(), 1_000_000),
        ];
        state
            .members
            .insert(standing.member().clone(), numbers.into_iter().collect());
    }
    rotation.restore(&state);
    assert_eq!(rotation.save(), state);
    let mut counts = vec![500_000_i128; 50];
    for step in 25_000_001..=25_010_000_i128 {
        counts[rotation.picks(1)[0]] += 1;
        assert!(within_bound(&weights, &counts, step), "step {step}");
    }
}

#[test]
fn whole_cycles_taken_off_do_not_show() {
    let weights = [3, 1, 2];
    let mut rotation = Rotation::new(&weights);
    let first_cycle = rotation.picks(6);
    for _ in 0..5_000 {
        assert_eq!(rotation.picks(6), first_cycle);
    }
    assert!(rotation.save().shared("step") <= 6 << 10);
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
    rotation.restore(&nonsense);
    rotation.picks(20);
    rotation.save();
}

/// The rule as it is written down, looked up member by member and nothing kept but counts.
struct Definition {
    weights: Vec<u32>,
    /// What was carried over, in units; what was picked since.
    members: Vec<(i128, i128)>,
    period: Vec<usize>,
    step: i128,
}

impl Definition {
    fn new(weights: &[u32]) -> Self {
        Self {
            weights: weights.to_vec(),
            members: vec![(0, 0); weights.len()],
            period: Vec::new(),
            step: 0,
        }
    }

    fn total(&self) -> i128 {
        let weights = self.period.iter().map(|&it| i128::from(self.weights[it]));
        weights.sum()
    }

    fn begin_period(&mut self, period: Vec<usize>) {
        let total = self.total();
        // To the nearest unit, of what a weight of one is due to the nearest 2^-32 of a unit.
        let due = |total: i128| (((self.step * LEAD) << 32) + total / 2).div_euclid(total);
        for &it in &self.period {
            let (carried, picks) = self.members[it];
            let share = (i128::from(self.weights[it]) * due(total) + (1 << 31)).div_euclid(1 << 32);
            self.members[it] = (carried + share - picks * LEAD, 0);
        }
        (self.period, self.step) = (period, 0);
    }

    fn pick(&mut self, eligible: &Positions, last_turns: &[u64]) -> usize {
        if !self.period.iter().copied().eq(eligible.iter()) {
            self.begin_period(eligible.iter().collect());
        }
        let scale = (2 * self.period.len() as i128 - 2).max(1);
        let total = self.total();
        let weight = |it: usize| i128::from(self.weights[it]);
        // What the lag is with this step, and when it passes the bound; times `total`, and `scale`.
        let lag = |it: usize| {
            let (carried, picks) = self.members[it];
            (carried - picks * LEAD) * total + weight(it) * (self.step + 1) * LEAD
        };
        let deadline = |it: usize| {
            let (carried, picks) = self.members[it];
            (picks * LEAD - carried) * scale + LEAD * (scale - 1)
        };
        let by_wait =
            |one: usize, other: usize| (last_turns[one], one).cmp(&(last_turns[other], other));
        let period = || self.period.iter().copied();
        let nobody_is_overdue = !period().any(|it| lag(it) * scale > (scale - 1) * total * LEAD);
        let is_eligible = |it: &usize| lag(*it) * scale >= total * LEAD;
        let chosen = if nobody_is_overdue && period().any(|it| is_eligible(&it)) {
            period().filter(is_eligible).min_by(|&one, &other| {
                let (left, right) = (deadline(one) * weight(other), deadline(other) * weight(one));
                left.cmp(&right).then(by_wait(one, other))
            })
        } else {
            period().min_by(|&one, &other| lag(other).cmp(&lag(one)).then(by_wait(one, other)))
        };
        let chosen = chosen.unwrap();
        self.members[chosen].1 += 1;
        self.step += 1;
        chosen
    }

    fn give_back(&mut self, position: usize) {
        if self.period.contains(&position) {
            self.members[position].1 -= 1;
        } else {
            self.members[position].0 += LEAD;
        }
        if !self.period.is_empty() {
            self.step -= 1;
        }
    }
}

/// A turn with the members listed there coming or going, and a turn given back before it.
fn events(
    members: usize,
    most_moves: usize,
) -> impl proptest::strategy::Strategy<Value = Vec<(Vec<usize>, Option<usize>)>> {
    let moves = prop_oneof![
        3 => Just(Vec::new()),
        1 => prop::collection::vec(0..members, 1..=most_moves),
    ];
    let given_back = prop_oneof![9 => Just(None), 1 => (0..members).prop_map(Some)];
    prop::collection::vec((moves, given_back), 1..400)
}

fn equals_the_definition(
    weights: &[u32],
    events: Vec<(Vec<usize>, Option<usize>)>,
    give_back: bool,
) -> Result<(), TestCaseError> {
    let mut rotation = Rotation::new(weights);
    let mut definition = Definition::new(weights);
    let mut eligible = rotation.everyone();
    let mut changed: Vec<usize> = eligible.iter().collect();
    for (number, (moves, given_back)) in events.into_iter().enumerate() {
        for position in moves {
            if eligible.contains(position) && eligible.len() > 1 {
                eligible.remove(position);
            } else {
                eligible.insert(position);
            }
            changed.push(position);
        }
        if let Some(position) = given_back.filter(|_| give_back) {
            RoundRobin::new().give_back(&mut rotation.memory, position);
            definition.give_back(position);
        }
        let last_turn = |position| rotation.memory.numbers().last_turn(position);
        let last_turns: Vec<u64> = (0..weights.len()).map(last_turn).collect();
        let expected = definition.pick(&eligible, &last_turns);
        let picked = rotation.pick_knowing(&eligible, Some(&changed));
        prop_assert_eq!(picked, expected, "turn {} of {:?}", number, weights);
        changed = vec![picked];
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_small_team_takes_turns_as_the_rule_is_written_down(
        (weights, events) in prop_oneof![
            prop::collection::vec(1_u32..=4, 2..12),
            prop::collection::vec(1_u32..=crate::limits::MAX_WEIGHT, 2..12),
            prop::collection::vec(Just(1_u32), 2..30),
        ].prop_flat_map(|weights| {
            let events = events(weights.len(), 4);
            (Just(weights), events)
        }),
    ) {
        equals_the_definition(&weights, events, true)?;
    }

    #[test]
    fn a_large_team_takes_turns_as_the_rule_is_written_down(
        (weights, events) in prop_oneof![
            prop::collection::vec(1_u32..=4, 66..200),
            prop::collection::vec(Just(1_u32), 66..200),
        ].prop_flat_map(|weights| {
            let events = events(weights.len(), 2);
            (Just(weights), events)
        }),
    ) {
        equals_the_definition(&weights, events, false)?;
    }
}
