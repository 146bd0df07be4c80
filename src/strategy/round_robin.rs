//! By turns, provably fair.

use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::{Candidate, Candidates, Standing, Strategy, StrategyState, Turn};
use crate::id::MemberId;

/// Lags are carried over a change in multiples of 2^-32 of a lead.
const UNIT_BITS: u32 = 32;

/// Weighted turns within Tijdeman's bound.
///
/// While the same `n >= 2` candidates with the same weights are offered, every member's count
/// stays within `1 - 1/(2n-2)` of its share `t * weight / sum`, at every step `t`, exactly
/// (R. Tijdeman, "The chairman assignment problem", 1980; no method can promise less). The
/// arithmetic is exact in integers, and does not drift however long it goes on.
///
/// A member's *lag* is its share so far less its count so far. At each step a member is eligible
/// whose lag, this step included, is at least `1/(2n-2)`; of these the one with the earliest
/// deadline is picked, which is the moment at which its lag would pass the bound. If none is
/// eligible, as can happen after a change, the earliest deadline of all counts. Ties go to who
/// waited longest, then to listed order.
///
/// When candidates or weights change, a new period begins from the lags so far, each rounded to the
/// nearest multiple of 2^-32 (half of one away from zero). Shares accrue only among those who are
/// candidates: who is away gathers neither debt nor credit and comes back with the lag of before,
/// less than a lead or so; who is new begins at zero, level with the others.
///
/// Linear in the candidates: two passes a pick. State: two numbers a member.
#[derive(Debug, Clone, Default)]
pub struct RoundRobin {
    /// By position in the roster.
    members: Vec<Share>,
    /// The candidates of the period, by position.
    period: Vec<u32>,
    /// Steps of the period, less the whole cycles of `total` steps.
    step: u64,
    /// The weights of the period's candidates together.
    total: u64,
}

/// What a member has got and is due.
#[derive(Debug, Clone)]
struct Share {
    member: MemberId,
    weight: u32,
    /// The lag at the period's begin, in units.
    carried: i64,
    /// Picks in the period, less the weight for each whole cycle.
    picks: i64,
}

impl RoundRobin {
    /// A rotation at its beginning: nobody has had a turn.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a new period if the candidates are not those of the current one.
    fn begin_period(&mut self, candidates: Candidates<'_>) {
        if self.period == candidates.positions() {
            return;
        }
        self.end_period();
        self.period.extend_from_slice(candidates.positions());
        let members = &self.members;
        let weights = self
            .period
            .iter()
            .filter_map(|&position| members.get(position as usize));
        self.total = weights.map(|share| u64::from(share.weight)).sum();
    }

    /// Brings every member's lag up to now.
    fn end_period(&mut self) {
        for &position in &self.period {
            if let Some(share) = self.members.get_mut(position as usize) {
                share.carried = share.lag(self.step, self.total);
                share.picks = 0;
            }
        }
        self.period.clear();
        self.step = 0;
        self.total = 0;
    }
}

impl Share {
    /// The lag after so many steps, in units, rounded to the nearest.
    fn lag(&self, step: u64, total: u64) -> i64 {
        if total == 0 {
            return self.carried;
        }
        let share = (i128::from(step) * i128::from(self.weight)) << UNIT_BITS;
        let total = i128::from(total);
        let accrued = share / total + i128::from(2 * (share % total) >= total);
        let lag = i128::from(self.carried) + accrued - (i128::from(self.picks) << UNIT_BITS);
        clamp(lag)
    }
}

fn clamp(lag: i128) -> i64 {
    i64::try_from(lag).unwrap_or(if lag < 0 { i64::MIN } else { i64::MAX })
}

/// Numbers far outside any that can come up are nonsense from outside; this far they are borne
/// with, so that nothing overflows.
const MOST_LAG: i64 = 1 << (UNIT_BITS + 20);
const MOST_PICKS: i64 = 1 << 24;

/// How a candidate stands at a step, everything scaled by `(2n-2)` and units to stay in integers.
struct Claim<'a> {
    candidate: Candidate<'a>,
    /// The deadline times the weight over the total, so that deadlines compare crosswise.
    due: i128,
    weight: i128,
}

impl Claim<'_> {
    fn by_deadline(&self, other: &Self) -> Ordering {
        (self.due * other.weight)
            .cmp(&(other.due * self.weight))
            .then_with(|| self.candidate.by_wait(&other.candidate))
    }
}

impl Strategy for RoundRobin {
    fn enroll(&mut self, roster: &[Standing]) {
        self.end_period();
        // A member who is no longer in the roster is forgotten: coming back is joining anew.
        let mut carried: HashMap<MemberId, i64, FixedState> = self
            .members
            .drain(..)
            .map(|share| (share.member, share.carried))
            .collect();
        self.members = roster
            .iter()
            .map(|standing| Share {
                member: standing.member().clone(),
                weight: standing.weight(),
                carried: carried.remove(standing.member()).unwrap_or(0),
                picks: 0,
            })
            .collect();
    }

    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        let candidates = turn.candidates();
        self.begin_period(candidates);
        let n = i128::try_from(self.period.len()).ok()?;
        // For a single candidate any scale will do.
        let scale = (2 * n - 2).max(1);
        let total = i128::from(self.total);
        let step = i128::from(self.step) + 1;
        let unit = scale << UNIT_BITS;
        let mut eligible: Option<Claim<'_>> = None;
        let mut earliest: Option<Claim<'_>> = None;
        for candidate in candidates.iter() {
            let Some(share) = self.members.get(candidate.position()) else {
                continue;
            };
            let weight = i128::from(share.weight);
            // What the member has got, less what was carried over.
            let got = i128::from(share.picks) * unit - i128::from(share.carried) * scale;
            // lag >= 1/(2n-2), both sides times total, scale and unit.
            let is_eligible = step * weight * unit - got * total >= total << UNIT_BITS;
            let due = got + unit - (1 << UNIT_BITS);
            let claim = Claim {
                candidate,
                due,
                weight,
            };
            let best = if is_eligible {
                &mut eligible
            } else {
                &mut earliest
            };
            if best
                .as_ref()
                .is_none_or(|best| claim.by_deadline(best).is_lt())
            {
                *best = Some(claim);
            }
        }
        let position = eligible.or(earliest)?.candidate.position();
        self.members.get_mut(position)?.picks += 1;
        self.step += 1;
        if self.step == self.total {
            // After a whole cycle everybody's share is whole: begin again, lags unchanged.
            self.step = 0;
            for &position in &self.period {
                if let Some(share) = self.members.get_mut(position as usize) {
                    share.picks -= i64::from(share.weight);
                }
            }
        }
        Some(position)
    }

    /// The pick counts as if it had not been: where it was in the current period, neither the pick
    /// nor the step; where it was before, the member is owed the lead and the present candidates
    /// owe it together.
    fn give_back(&mut self, position: usize) {
        let Ok(code) = u32::try_from(position) else {
            return;
        };
        if self.period.binary_search(&code).is_ok() {
            if let Some(share) = self.members.get_mut(position) {
                share.picks -= 1;
            }
            if let Some(step) = self.step.checked_sub(1) {
                self.step = step;
            } else if let Some(last) = self.total.checked_sub(1) {
                // Back over the beginning of a cycle.
                self.step = last;
                for &position in &self.period {
                    if let Some(share) = self.members.get_mut(position as usize) {
                        share.picks += i64::from(share.weight);
                    }
                }
            }
        } else if let Some(share) = self.members.get_mut(position) {
            share.carried = share.carried.saturating_add(1 << UNIT_BITS).min(MOST_LAG);
        }
    }

    fn save(&self) -> StrategyState {
        let mut state = StrategyState::default();
        if self.total > 0 {
            state
                .shared
                .insert("step".into(), i64::try_from(self.step).unwrap_or(0));
        }
        for (position, share) in (0_u32..).zip(&self.members) {
            let mut numbers = IndexMap::new();
            if self.period.binary_search(&position).is_ok() {
                numbers.insert("picks".into(), share.picks);
                numbers.insert("weight".into(), i64::from(share.weight));
            }
            if share.carried != 0 {
                numbers.insert("carried".into(), share.carried);
            }
            if !numbers.is_empty() {
                state.members.insert(share.member.clone(), numbers);
            }
        }
        state
    }

    /// Goes on in the saved period if its members are all here with the weights of then; begins a
    /// new one from their lags otherwise.
    fn restore(&mut self, state: &StrategyState) {
        self.end_period();
        let number = |member: &MemberId, name: &str| state.member(member, name);
        let in_period = |numbers: &IndexMap<String, i64>| numbers.contains_key("picks");
        let weights = state.members.values().filter(|numbers| in_period(numbers));
        let total: i64 = weights
            .map(|numbers| numbers.get("weight").copied().unwrap_or(1))
            .map(|weight| weight.clamp(1, i64::from(u32::MAX)))
            .fold(0, i64::saturating_add);
        let total = total.unsigned_abs();
        let step = u64::try_from(state.shared("step"))
            .unwrap_or(0)
            .min(total.saturating_sub(1));
        let mut period = Vec::new();
        let mut same = true;
        for (position, share) in (0_u32..).zip(&mut self.members) {
            let weight = number(&share.member, "weight");
            share.carried = number(&share.member, "carried").clamp(-MOST_LAG, MOST_LAG);
            share.picks = 0;
            if state.members.get(&share.member).is_some_and(in_period) {
                share.picks = number(&share.member, "picks").clamp(-MOST_PICKS, MOST_PICKS);
                same &= weight == i64::from(share.weight);
                period.push(position);
            }
        }
        let saved = state
            .members
            .values()
            .filter(|numbers| in_period(numbers))
            .count();
        if same && saved == period.len() {
            (self.period, self.step, self.total) = (period, step, total);
            return;
        }
        for position in period {
            if let Some(share) = self.members.get_mut(position as usize) {
                let weight = number(&share.member, "weight").clamp(1, i64::from(u32::MAX));
                let then = Share {
                    weight: u32::try_from(weight).unwrap_or(1),
                    ..share.clone()
                };
                share.carried = then.lag(step, total).clamp(-MOST_LAG, MOST_LAG);
                share.picks = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Strategy as _;
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

        fn pick(&mut self, eligible: &[u32]) -> usize {
            let lead = Lead::builder("L-1").build();
            let rotation = RotationId::from("r");
            let candidates = Candidates::new(&self.roster, eligible);
            let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
            let position = self.strategy.choose(&turn).unwrap();
            self.turn += 1;
            self.roster[position].last_turn = self.turn;
            position
        }

        fn everyone(&self) -> Vec<u32> {
            (0..).take(self.roster.len()).collect()
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
            let fewer: Vec<u32> = everyone[1..].to_vec();
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
                let mut eligible: Vec<u32> =
                    rotation.everyone().into_iter().filter(|&p| choice >> p & 1 == 1).collect();
                if eligible.is_empty() {
                    eligible = rotation.everyone();
                }
                let total: u32 = eligible.iter().map(|&p| weights[p as usize]).sum();
                for &p in &eligible {
                    lags[p as usize] += f64::from(weights[p as usize]) / f64::from(total);
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
        let two = [1, 2];
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
}
