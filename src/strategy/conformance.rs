//! Checks the contract of a strategy.

use thiserror::Error;

use super::{Candidates, Positions, Standing, Strategy, StrategyState, Turn};
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
pub fn check_conformance(make: impl Fn() -> Box<dyn Strategy>) -> Result<(), ConformanceFault> {
    let rotation = RotationId::from("conformance");
    let mut strategy = make();
    // Gets the same calls from the beginning.
    let mut twin = make();
    // The same, but is never told who alone has changed.
    let mut afresh = make();
    // One that was restored, from some turn on.
    let mut restored: Option<Box<dyn Strategy>> = None;
    let mut roster: Vec<Standing> = Vec::new();
    let mut told = Told::default();
    for turn in 0..400_usize {
        let fault = |sentence, what: &str| {
            Err(ConformanceFault {
                sentence,
                what: what.to_owned(),
                turn,
            })
        };
        if turn.is_multiple_of(20) {
            change(&mut roster, turn);
            told = Told::default();
            for strategy in [&mut strategy, &mut twin, &mut afresh]
                .into_iter()
                .chain(&mut restored)
            {
                strategy.enroll(&roster);
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
        let candidates = Candidates::new(&roster, &eligible);
        let this = Turn::new(now, &lead, &rotation, candidates);
        let fits: Vec<u32> = (0..roster.len()).map(|it| fit(turn, it)).collect();
        let this = this.with_fits(&fits);
        let changed = told.tell(&roster, &eligible);
        let answer = strategy.choose(&this.with_changed(&changed));
        if answer != twin.choose(&this.with_changed(&changed)) {
            return fault(5, "the same calls gave different answers");
        }
        if answer != afresh.choose(&this) {
            return fault(9, "the answer depends on who was named as changed");
        }
        if let Some(restored) = &mut restored
            && answer != restored.choose(&this)
        {
            return fault(
                6,
                "a restored strategy goes on otherwise than the saved one",
            );
        }
        if answer.is_some_and(|position| !candidates.contains(position)) {
            return fault(3, "the answer is none of the candidates");
        }
        let nobody = Positions::new();
        let candidates = Candidates::new(&roster, &nobody);
        let without = Turn::new(now, &lead, &rotation, candidates);
        for strategy in [&mut strategy, &mut twin, &mut afresh]
            .into_iter()
            .chain(&mut restored)
        {
            if turn.is_multiple_of(11) && strategy.choose(&without).is_some() {
                return fault(3, "without candidates there was an answer");
            }
            if turn.is_multiple_of(17) {
                strategy.give_back(turn % 5);
            }
            if turn.is_multiple_of(13) {
                strategy.take_turn(&this, turn % 7);
            }
        }
        if turn.is_multiple_of(11) {
            told.tell(&roster, &nobody);
        }
        if turn.is_multiple_of(29) {
            let saved = strategy.save();
            let mut fresh = make();
            fresh.enroll(&roster);
            fresh.restore(&saved);
            if fresh.save() != saved {
                return fault(6, "a restored strategy saves another state");
            }
            restored = Some(fresh);
            // Nonsense must be borne with.
            let mut bearing = make();
            bearing.enroll(&roster);
            bearing.restore(&nonsense(saved, turn));
            bearing.choose(&this);
            bearing.save();
        }
        if let Some(standing) = answer.and_then(|position| roster.get_mut(position)) {
            standing.load.add(1);
            standing.last_turn = turn as u64 + 1;
        }
    }
    Ok(())
}

/// What a strategy was told of its members, by position: how they stand, and whether they are
/// candidates.
#[derive(Default)]
struct Told(Vec<(Standing, bool)>);

impl Told {
    /// The positions of whom there is something else to tell now.
    fn tell(&mut self, roster: &[Standing], eligible: &Positions) -> Vec<usize> {
        let now = roster.iter().cloned().enumerate();
        let now = now.map(|(position, standing)| (standing, eligible.contains(position)));
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
                let last_turn = turn as u64;
                let standing = Standing::new(format!("m-{number}-{copy}"), 1 + (number + copy) % 4);
                roster.push(standing.with_last_turn(last_turn));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::{BestFit, LeastLoaded, Random, RoundRobin, Sticky, Waterfall};
    use super::*;

    #[test]
    fn the_built_in_strategies_conform() {
        check_conformance(|| Box::new(RoundRobin::new())).unwrap();
        check_conformance(|| Box::new(LeastLoaded::new())).unwrap();
        check_conformance(|| Box::new(Sticky::default())).unwrap();
        check_conformance(|| Box::new(Random::with_seed(3))).unwrap();
        check_conformance(|| Box::new(Waterfall)).unwrap();
        check_conformance(|| Box::new(BestFit::then(Box::new(RoundRobin::new())))).unwrap();
        check_conformance(|| Box::new(BestFit::then(Box::new(LeastLoaded::new())))).unwrap();
        check_conformance(|| Box::new(BestFit::then(Box::new(Sticky::default())))).unwrap();
    }

    #[derive(Debug)]
    struct AlwaysFirst;

    impl Strategy for AlwaysFirst {
        fn choose(&mut self, _: &Turn<'_>) -> Option<usize> {
            Some(0)
        }
    }

    #[derive(Debug, Default)]
    struct Forgetful(Cell<i64>);

    impl Strategy for Forgetful {
        fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
            let count = turn.candidates().len();
            let number = usize::try_from(self.0.replace(self.0.get() + 1)).unwrap();
            turn.candidates()
                .iter()
                .nth(number % count.max(1))
                .map(|c| c.position())
        }

        fn save(&self) -> StrategyState {
            StrategyState::default()
        }
    }

    /// Goes by the loads that it was told of when members became candidates.
    #[derive(Debug, Default)]
    struct Stale(Vec<u32>);

    impl Strategy for Stale {
        fn enroll(&mut self, roster: &[Standing]) {
            self.0 = vec![0; roster.len()];
        }

        fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
            for position in turn.changed().take(1) {
                self.0[position] = turn.candidates().get(position)?.open();
            }
            let least = turn
                .candidates()
                .iter()
                .min_by_key(|c| self.0[c.position()])?;
            Some(least.position())
        }
    }

    #[test]
    fn broken_strategies_are_found_out() {
        assert_eq!(
            check_conformance(|| Box::new(AlwaysFirst))
                .unwrap_err()
                .sentence,
            3
        );
        let fault = check_conformance(|| Box::new(Forgetful::default())).unwrap_err();
        assert_eq!(fault.sentence, 6);
        let fault = check_conformance(|| Box::new(Stale::default())).unwrap_err();
        assert_eq!(fault.sentence, 9);
    }
}
