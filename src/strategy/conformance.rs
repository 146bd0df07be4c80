//! Checks the contract of a strategy.

use thiserror::Error;

use super::{Candidates, Memory, Positions, Standing, Strategy, StrategyState, Turn};
use crate::id::RotationId;
use crate::lead::Lead;

/// Which sentence of the contract of [`Strategy`] was broken, and when.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("sentence {sentence} of the contract: {what} (turn {turn})")]
#[non_exhaustive]
pub struct ConformanceFault {
    /// The number of the sentence.
    pub sentence: u8,
    /// What happened.
    pub what: String,
    /// The number of the turn.
    pub turn: usize,
}

/// Plays rotations with growing, shrinking and reordered rosters and checks that the strategy
/// keeps the contract, as far as that can be seen from outside. Meant for the tests of those who
/// write strategies.
///
/// # Errors
/// The first [`ConformanceFault`] found.
pub fn check_conformance(strategy: &dyn Strategy) -> Result<(), ConformanceFault> {
    let rotation = RotationId::from("conformance");
    let mut roster: Vec<Standing> = Vec::new();
    let mut memories = Memories::default();
    let mut told = Told::default();
    for turn in 0..400_usize {
        if turn.is_multiple_of(20) {
            let before = roster.clone();
            change(&mut roster, turn);
            told = Told::default();
            for memory in memories.all() {
                let mut moved = Memory::new(strategy.number_names(), roster.len());
                moved.go_on(memory, &moves(&before, &roster), true);
                *memory = moved;
            }
        }
        // For a while only few come and go.
        let shift = if turn % 80 < 40 { turn } else { turn / 10 };
        let eligible: Positions = (0..roster.len())
            .filter(|position| !(shift + position).is_multiple_of(7))
            .collect();
        let (id, account) = (format!("L-{turn}"), format!("A-{}", turn % 13));
        let lead = Lead::builder(&*id).account(&*account).build();
        let now = chrono::DateTime::UNIX_EPOCH;
        let fits: Vec<u32> = (0..roster.len()).map(|it| fit(turn, it)).collect();
        let candidates = Candidates::new(&roster, &eligible);
        let this = Turn::new(now, &lead, &rotation, candidates).with_fits(&fits);
        let changed = told.tell(&roster, &eligible, &memories.first);
        let fault = |(sentence, what): (u8, &str)| ConformanceFault {
            sentence,
            what: what.to_owned(),
            turn,
        };
        let answer = memories.choose(strategy, this, &changed).map_err(fault)?;
        let nobody = Positions::new();
        let without = Turn::new(now, &lead, &rotation, Candidates::new(&roster, &nobody));
        for memory in memories.all() {
            if turn.is_multiple_of(11) && strategy.choose(&without, memory).is_some() {
                return Err(fault((3, "without candidates there was an answer")));
            }
            if turn.is_multiple_of(17) {
                strategy.give_back(memory, turn % 5);
            }
            if turn.is_multiple_of(13) {
                strategy.count_named(&this, memory, turn % 7);
            }
        }
        if turn.is_multiple_of(11) {
            told.tell(&roster, &nobody, &memories.first);
        }
        if turn.is_multiple_of(29) {
            memories
                .store(strategy, &roster, this, turn)
                .map_err(fault)?;
        }
        if let Some(position) = answer {
            for memory in memories.all() {
                memory.take_turn(position);
            }
            if let Some(standing) = roster.get_mut(position) {
                standing.load.add(1);
            }
        }
    }
    Ok(())
}

/// Memories of one rotation that must give the same answers.
#[derive(Default)]
struct Memories {
    first: Memory,
    /// Gets the same calls from the beginning.
    twin: Memory,
    /// Gets the same calls, but its index is dropped and made anew every time.
    afresh: Memory,
    /// Was stored, from some turn on.
    restored: Option<Memory>,
}

/// A sentence of the contract, and how it was broken.
type Broken = (u8, &'static str);

impl Memories {
    fn all(&mut self) -> impl Iterator<Item = &mut Memory> {
        let all = [&mut self.first, &mut self.twin, &mut self.afresh];
        all.into_iter().chain(&mut self.restored)
    }

    /// Has all choose.
    fn choose(
        &mut self,
        strategy: &dyn Strategy,
        turn: Turn<'_>,
        changed: &[usize],
    ) -> Result<Option<usize>, Broken> {
        let known = turn.with_changed(changed);
        let of = |memory: &Memory| if memory.has_index() { known } else { turn };
        let answer = strategy.choose(&of(&self.first), &mut self.first);
        let of_twin = strategy.choose(&of(&self.twin), &mut self.twin);
        if answer != of_twin || self.first != self.twin {
            return Err((5, "the same calls gave different answers"));
        }
        self.afresh.drop_index();
        let of_afresh = strategy.choose(&turn, &mut self.afresh);
        if answer != of_afresh || self.first != self.afresh {
            return Err((
                9,
                "the answer depends on the index, or on who was named as changed",
            ));
        }
        if let Some(restored) = &mut self.restored
            && answer != strategy.choose(&turn, restored)
        {
            return Err((
                6,
                "a restored rotation goes on otherwise than the saved one",
            ));
        }
        if answer.is_some_and(|position| !turn.candidates().contains(position)) {
            return Err((3, "the answer is none of the candidates"));
        }
        Ok(answer)
    }

    /// Stores one and goes on from it; then from nonsense, which must be borne with.
    fn store(
        &mut self,
        strategy: &dyn Strategy,
        roster: &[Standing],
        turn: Turn<'_>,
        number: usize,
    ) -> Result<(), Broken> {
        let members = || roster.iter().map(Standing::member);
        let saved = self.first.save(members());
        let mut fresh = Memory::new(strategy.number_names(), roster.len());
        fresh.restore(members(), &saved);
        if fresh != self.first {
            return Err((
                6,
                "a restored rotation has other numbers than the saved one",
            ));
        }
        self.restored = Some(fresh);
        let mut bearing = Memory::new(strategy.number_names(), roster.len());
        bearing.restore(members(), &nonsense(saved, number));
        strategy.choose(&turn, &mut bearing);
        strategy.give_back(&mut bearing, 0);
        strategy.choose(&turn, &mut bearing);
        Ok(())
    }
}

/// Positions now and before of those who stay.
fn moves(before: &[Standing], now: &[Standing]) -> Vec<(usize, usize)> {
    let position = |of: &Standing| before.iter().position(|it| it.member() == of.member());
    let stay = now.iter().enumerate();
    stay.filter_map(|(now, standing)| Some((now, position(standing)?)))
        .collect()
}

/// What a strategy was told of its members, by position: how they stand, and whether they are
/// candidates.
#[derive(Default)]
struct Told(Vec<(Standing, u64, bool)>);

impl Told {
    /// The positions of whom there is something else to tell now.
    fn tell(&mut self, roster: &[Standing], eligible: &Positions, memory: &Memory) -> Vec<usize> {
        let now = roster.iter().cloned().enumerate();
        let now = now.map(|(position, standing)| {
            let last_turn = memory.numbers().last_turn(position);
            (standing, last_turn, eligible.contains(position))
        });
        let now: Vec<_> = now.collect();
        let changed = (0..now.len()).filter(|&position| now.get(position) != self.0.get(position));
        let changed = changed.collect();
        self.0 = now;
        changed
    }
}

/// Now and then some fit better than others.
fn fit(turn: usize, position: usize) -> u32 {
    u32::from(turn % 5 < 2 && (turn / 3 + position).is_multiple_of(3))
}

/// The saved state with every number replaced, and somebody unknown.
fn nonsense(mut saved: StrategyState, turn: usize) -> StrategyState {
    let extremes = [i64::MIN, i64::MAX, -1, 0];
    let mut next = extremes.into_iter().cycle().skip(turn % 4);
    let mut replace = |number: &mut i64| *number = next.next().unwrap_or_default();
    saved.turn = u64::MAX;
    saved.shared.values_mut().for_each(&mut replace);
    for numbers in saved.members.values_mut() {
        numbers.values_mut().for_each(&mut replace);
    }
    if let Some(numbers) = saved.members.values().next().cloned() {
        saved.members.insert("somebody unknown".into(), numbers);
    }
    saved
}

/// Members come, go, change places and weights.
fn change(roster: &mut Vec<Standing>, turn: usize) {
    let number = u32::try_from(turn / 20).unwrap_or(0);
    match number % 5 {
        3 if !roster.is_empty() => {
            roster.remove(0);
        }
        4 => roster.reverse(),
        _ => {
            for copy in 0..2 {
                let weight = 1 + (number + copy) % 4;
                roster.push(Standing::new(format!("m-{number}-{copy}"), weight));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::{BestFit, LeastLoaded, Random, RoundRobin, Sticky, Waterfall};
    use super::*;

    #[test]
    fn the_built_in_strategies_conform() {
        let best_fit = |then| BestFit::then(then);
        check_conformance(&RoundRobin::new()).unwrap();
        check_conformance(&LeastLoaded::new()).unwrap();
        check_conformance(&Sticky::default()).unwrap();
        check_conformance(&Random::with_seed(3)).unwrap();
        check_conformance(&Waterfall).unwrap();
        check_conformance(&best_fit(Box::new(RoundRobin::new()))).unwrap();
        check_conformance(&best_fit(Box::new(LeastLoaded::new()))).unwrap();
        check_conformance(&best_fit(Box::<Sticky>::default())).unwrap();
    }

    #[derive(Debug)]
    struct AlwaysFirst;

    impl Strategy for AlwaysFirst {
        fn choose(&self, _: &Turn<'_>, _: &mut Memory) -> Option<usize> {
            Some(0)
        }
    }

    /// Counts for itself.
    #[derive(Debug, Default)]
    struct Counting(AtomicUsize);

    impl Strategy for Counting {
        fn choose(&self, turn: &Turn<'_>, _: &mut Memory) -> Option<usize> {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            nth(turn, number)
        }
    }

    /// Counts where nothing is stored.
    #[derive(Debug)]
    struct Forgetful;

    impl Strategy for Forgetful {
        fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
            memory.with_index(|_, count: &mut usize| {
                *count += 1;
                nth(turn, *count)
            })
        }
    }

    fn nth(turn: &Turn<'_>, number: usize) -> Option<usize> {
        let count = turn.candidates().len();
        let mut candidates = turn.candidates().iter();
        candidates
            .nth(number % count.max(1))
            .map(|it| it.position())
    }

    /// Goes by the loads that it was told of when members became candidates.
    #[derive(Debug)]
    struct Stale;

    impl Strategy for Stale {
        fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
            let candidates = turn.candidates();
            memory.with_index(|_, loads: &mut Vec<u32>| {
                loads.resize(candidates.roster().len(), 0);
                for position in turn.changed().take(1) {
                    loads[position] = candidates.get(position)?.open();
                }
                let least = candidates.iter().min_by_key(|it| loads[it.position()])?;
                Some(least.position())
            })
        }
    }

    #[test]
    fn broken_strategies_are_found_out() {
        let sentence = |strategy: &dyn Strategy| check_conformance(strategy).unwrap_err().sentence;
        assert_eq!(sentence(&AlwaysFirst), 3);
        assert_eq!(sentence(&Counting::default()), 5);
        assert_eq!(sentence(&Forgetful), 9);
        assert_eq!(sentence(&Stale), 9);
    }
}
