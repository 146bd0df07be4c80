//! The strategies of leadtree.

use std::collections::VecDeque;

use chrono::DateTime;
use leadtree::strategy::{Candidates, Positions, Standing, Strategy, StrategyRegistry, Turn};
use leadtree::team::StrategyChoice;
use leadtree::{Lead, RotationId};

use crate::counter::Counter;
use crate::sequence::Step;

/// After how many further leads a lead is completed.
const OPEN_FOR: usize = 40;

/// A strategy of leadtree, with the standings that a dispatcher keeps.
pub(crate) struct BuiltIn {
    name: &'static str,
    strategy: Box<dyn Strategy>,
    roster: Vec<Standing>,
    /// Whether the member has ever been there.
    has_joined: Vec<bool>,
    /// The owners of the last leads.
    open: VecDeque<usize>,
    turn: u64,
}

fn build(name: &str) -> Box<dyn Strategy> {
    let built = StrategyRegistry::new().build(&StrategyChoice::new(name));
    built.expect("a name of the crate")
}

impl BuiltIn {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            strategy: build(name),
            roster: Vec::new(),
            has_joined: Vec::new(),
            open: VecDeque::new(),
            turn: 0,
        }
    }

    fn enroll(&mut self, weights: &[u32]) {
        let named = weights.iter().enumerate();
        let roster = named.map(|(member, &weight)| Standing::new(format!("m-{member}"), weight));
        self.roster = roster.collect();
        self.has_joined = vec![false; weights.len()];
        self.strategy.enroll(&self.roster);
    }

    /// Changes a member's open leads.
    fn change(&mut self, member: usize, change: impl Fn(u32) -> u32) {
        let standing = &self.roster[member];
        let mut load = standing.load();
        load.open = change(load.open);
        self.roster[member] = standing.clone().with_load(load);
    }

    fn take_turn(&mut self, member: usize) {
        self.roster[member] = self.roster[member].clone().with_last_turn(self.turn);
    }
}

impl Counter for BuiltIn {
    fn pick(&mut self, step: &Step, weights: &[u32]) -> usize {
        if self.roster.len() != weights.len() {
            self.enroll(weights);
        }
        for &member in &step.present {
            // A new member waits from now on, as in a dispatcher.
            if !std::mem::replace(&mut self.has_joined[member], true) {
                self.take_turn(member);
            }
        }
        let present: Positions = step.present.iter().copied().collect();
        let lead = Lead::builder(format!("L-{}", self.turn)).build();
        let rotation = RotationId::from("east");
        let candidates = Candidates::new(&self.roster, &present);
        let turn = Turn::new(DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
        let picked = self.strategy.choose(&turn).expect("somebody is there");
        self.turn += 1;
        self.take_turn(picked);
        self.change(picked, |open| open + 1);
        self.open.push_back(picked);
        if self.open.len() > OPEN_FOR
            && let Some(done) = self.open.pop_front()
        {
            self.change(done, |open| open - 1);
        }
        picked
    }

    fn store_and_restore(&mut self) {
        let state = self.strategy.save();
        self.strategy = build(self.name);
        self.strategy.enroll(&self.roster);
        self.strategy.restore(&state);
    }
}
