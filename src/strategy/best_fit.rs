//! Best fit: whoever meets most of what is preferred, then another strategy among equals.

use super::memory::{Memory, NumberNames};
use super::positions::positions::Positions;
use super::strategy::{Strategy, Turn};

/// Picks among the candidates who meet most of what the lead's rule and the team prefer, by another
/// strategy; in a policy `{"name": "best_fit", "then": "least_loaded"}`, with the other's options beside.
/// Where nothing is preferred, all are equal.
///
/// Who fits less is as if absent from the other strategy's turn, with what that means there: in
/// `round_robin`, nobody is owed anything for it.
///
/// Linear in the roster, besides what the other strategy takes.
#[derive(Debug)]
pub struct BestFit {
    then: Box<dyn Strategy>,
}

impl BestFit {
    /// Best fit, then that strategy.
    pub fn then(strategy: Box<dyn Strategy>) -> Self {
        Self { then: strategy }
    }
}

/// The candidates who fit best.
fn best(turn: &Turn<'_>) -> Positions {
    let positions = || turn.candidates().iter().map(|it| it.position());
    let most = positions().map(|position| turn.fit(position)).max();
    positions()
        .filter(|&position| Some(turn.fit(position)) == most)
        .collect()
}

impl Strategy for BestFit {
    fn number_names(&self) -> NumberNames {
        self.then.number_names()
    }

    fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
        self.then.choose(&turn.among(&best(turn)), memory)
    }

    fn count_named(&self, turn: &Turn<'_>, memory: &mut Memory, position: usize) {
        let best = best(turn);
        self.then.count_named(&turn.among(&best), memory, position);
    }

    fn ground(&self, turn: &Turn<'_>, memory: &Memory, position: usize) -> Option<String> {
        let met = turn.fit(position);
        let fit = format!("who fits best, meeting {met} of what is preferred");
        Some(match self.then.ground(turn, memory, position) {
            Some(ground) => format!("{fit}, and {ground}"),
            None => fit,
        })
    }

    fn give_back(&self, memory: &mut Memory, position: usize) {
        self.then.give_back(memory, position);
    }
}
