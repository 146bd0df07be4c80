//! A rotation as a dispatcher keeps it, with independently computed lags.

use leadtree::strategy::{Candidates, Positions, RoundRobin, Standing, Strategy, Turn};
use leadtree::{Lead, RotationId};

use crate::lags::Lags;

#[derive(Clone)]
pub(crate) struct Rotation {
    strategy: RoundRobin,
    roster: Vec<Standing>,
    weights: Vec<u32>,
    turn: u64,
    /// The candidates of the last turn; none before the first and after enrolment.
    last: Option<(Vec<usize>, usize)>,
    pub(crate) lags: Lags,
}

impl Rotation {
    pub(crate) fn new(weights: &[u32]) -> Self {
        let named = weights.iter().enumerate();
        let mut rotation = Self {
            strategy: RoundRobin::new(),
            roster: named
                .map(|(member, &weight)| Standing::new(format!("m-{member}"), weight))
                .collect(),
            weights: weights.to_vec(),
            turn: 0,
            last: None,
            lags: Lags::new(weights.len()),
        };
        rotation.strategy.enroll(&rotation.roster);
        rotation
    }

    pub(crate) fn len(&self) -> usize {
        self.roster.len()
    }

    pub(crate) fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// Changes the weights.
    pub(crate) fn weigh(&mut self, weights: &[u32]) {
        if self.weights == weights {
            return;
        }
        self.weights = weights.to_vec();
        for (standing, &weight) in self.roster.iter_mut().zip(weights) {
            let turn = standing.last_turn();
            *standing = Standing::new(standing.member().clone(), weight).with_last_turn(turn);
        }
        self.strategy.enroll(&self.roster);
        self.last = None;
    }

    /// The candidates take a turn; returns who got the lead.
    pub(crate) fn pick(&mut self, candidates: &[usize]) -> usize {
        let eligible: Positions = candidates.iter().copied().collect();
        let lead = Lead::builder("L-1").build();
        let id = RotationId::from("r");
        let view = Candidates::new(&self.roster, &eligible);
        let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &id, view);
        // Reports changes to the strategy as a dispatcher does.
        let changed: Option<Vec<usize>> = self.last.take().map(|(before, picked)| {
            let came = candidates.iter().filter(|it| !before.contains(it));
            let went = before.iter().filter(|it| !candidates.contains(it));
            came.chain(went).chain([&picked]).copied().collect()
        });
        let picked = match &changed {
            Some(changed) => self.strategy.choose(&turn.with_changed(changed)),
            None => self.strategy.choose(&turn),
        };
        let picked = picked.unwrap();
        self.turn += 1;
        self.roster[picked] = self.roster[picked].clone().with_last_turn(self.turn);
        self.last = Some((candidates.to_vec(), picked));
        self.lags.count(candidates, &self.weights, picked);
        picked
    }
}
