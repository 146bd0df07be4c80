//! A rotation as a dispatcher keeps it, with independently computed lags.

use leadtree::strategy::{Candidates, Memory, Positions, RoundRobin, Standing, Strategy, Turn};
use leadtree::{Lead, RotationId};

use crate::lags::Lags;

#[derive(Clone)]
pub(crate) struct Rotation {
    memory: Memory,
    roster: Vec<Standing>,
    weights: Vec<u32>,
    /// The candidates of the last turn; none before the first and after enrolment.
    last: Option<(Vec<usize>, usize)>,
    pub(crate) lags: Lags,
}

impl Rotation {
    pub(crate) fn new(weights: &[u32]) -> Self {
        let named = weights.iter().enumerate();
        Self {
            memory: Memory::new(RoundRobin::new().number_names(), weights.len()),
            roster: named
                .map(|(member, &weight)| Standing::new(format!("m-{member}"), weight))
                .collect(),
            weights: weights.to_vec(),
            last: None,
            lags: Lags::new(weights.len()),
        }
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
            *standing = Standing::new(standing.member().clone(), weight);
        }
        self.memory.drop_index();
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
        let strategy = RoundRobin::new();
        let picked = match &changed {
            Some(changed) => strategy.choose(&turn.with_changed(changed), &mut self.memory),
            None => strategy.choose(&turn, &mut self.memory),
        };
        let picked = picked.unwrap();
        self.memory.take_turn(picked);
        self.last = Some((candidates.to_vec(), picked));
        self.lags.count(candidates, &self.weights, picked);
        picked
    }
}
