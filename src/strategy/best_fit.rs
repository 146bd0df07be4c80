//! Best fit: whoever meets most of what is preferred, then another strategy among equals.

use super::positions::Positions;
use super::standing::Standing;
use super::state::StrategyState;
use super::strategy::{Strategy, Turn};

/// Picks among the candidates who meet most of what the lead's rule and the team prefer, by another
/// strategy; in a policy `{"name": "best_fit", "then": "least_loaded"}`, with the other's options beside.
/// Where nothing is preferred, all are equal.
///
/// What the other strategy owes somebody stays owed while others fit better: its turns go on from where
/// they were, as if the others had been away.
///
/// Choosing is linear in the candidates, besides what the other strategy takes.
#[derive(Debug)]
pub struct BestFit {
    then: Box<dyn Strategy>,
    /// Whom the other strategy was given last, where that was not everybody.
    narrowed: Option<Positions>,
}

impl BestFit {
    /// Best fit, then that strategy.
    pub fn then(strategy: Box<dyn Strategy>) -> Self {
        Self {
            then: strategy,
            narrowed: None,
        }
    }
}

/// The candidates who fit best; none if all fit alike.
fn best(turn: &Turn<'_>) -> Option<Positions> {
    let fits = turn.candidates().iter();
    let fits = fits.map(|candidate| turn.fit(candidate.position()));
    let (least, most) = fits.fold((u32::MAX, 0), |(least, most), fit| {
        (least.min(fit), most.max(fit))
    });
    (least < most).then(|| {
        let candidates = turn.candidates().iter().map(|it| it.position());
        candidates.filter(|&it| turn.fit(it) == most).collect()
    })
}

impl Strategy for BestFit {
    fn enroll(&mut self, roster: &[Standing]) {
        self.narrowed = None;
        self.then.enroll(roster);
    }

    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        let narrowed = best(turn);
        if narrowed.is_none() && self.narrowed.is_none() {
            return self.then.choose(turn);
        }
        let candidates = turn.candidates();
        let now = narrowed.unwrap_or_else(|| candidates.iter().map(|it| it.position()).collect());
        let mut changed: Vec<usize> = turn.changed().collect();
        if let Some(before) = &self.narrowed {
            changed.extend(before.difference(&now));
            changed.extend(now.difference(before));
        } else {
            // Whoever is no candidate at all any more is among the changed already.
            let passed_over = candidates.iter().map(|it| it.position());
            changed.extend(passed_over.filter(|it| !now.contains(*it)));
        }
        changed.sort_unstable();
        changed.dedup();
        let narrow = turn.with_candidates(candidates.only(&now));
        let choice = self.then.choose(&narrow.with_changed(&changed));
        let is_everybody = now.len() == candidates.len();
        self.narrowed = (!is_everybody).then_some(now);
        choice
    }

    fn ground(&self, turn: &Turn<'_>, position: usize) -> Option<String> {
        let met = turn.fit(position);
        let fit = format!("who fits best, meeting {met} of what is preferred");
        Some(match self.then.ground(turn, position) {
            Some(ground) => format!("{fit}, and {ground}"),
            None => fit,
        })
    }

    fn give_back(&mut self, position: usize) {
        self.then.give_back(position);
    }

    fn save(&self) -> StrategyState {
        self.then.save()
    }

    fn restore(&mut self, state: &StrategyState) {
        self.then.restore(state);
    }
}
