//! The strategies of leadtree.

use std::collections::VecDeque;

use chrono::DateTime;
use leadtree::strategy::{
    Candidates, Memory, Positions, Standing, Strategy, StrategyRegistry, Turn,
};
use leadtree::team::StrategyChoice;
use leadtree::{Lead, RotationId};

use crate::counter::Counter;
use crate::sequence::Step;

/// After how many further leads a lead is completed.
const OPEN_FOR: usize = 40;

/// A strategy of leadtree, with the standings that a dispatcher keeps.
pub(crate) struct BuiltIn {
    strategy: Box<dyn Strategy>,
    memory: Memory,
    roster: Vec<Standing>,
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
            strategy: build(name),
            memory: Memory::default(),
            roster: Vec::new(),
            open: VecDeque::new(),
            turn: 0,
        }
    }

    fn enroll(&mut self, weights: &[u32]) {
        let named = weights.iter().enumerate();
        let roster = named.map(|(member, &weight)| Standing::new(format!("m-{member}"), weight));
        self.roster = roster.collect();
        self.memory = Memory::new(self.strategy.number_names(), weights.len());
    }

    /// Changes a member's open leads.
    fn change(&mut self, member: usize, change: impl Fn(u32) -> u32) {
        let standing = &self.roster[member];
        let mut load = standing.load();
        load.open = change(load.open);
        self.roster[member] = standing.clone().with_load(load);
    }
}

impl Counter for BuiltIn {
    fn pick(&mut self, step: &Step, weights: &[u32]) -> usize {
        if self.roster.len() != weights.len() {
            self.enroll(weights);
        }
        let present: Positions = step.present.iter().copied().collect();
        let lead = Lead::builder(format!("L-{}", self.turn)).build();
        let rotation = RotationId::from("east");
        let candidates = Candidates::new(&self.roster, &present);
        let turn = Turn::new(DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
        let picked = self.strategy.choose(&turn, &mut self.memory);
        let picked = picked.expect("somebody is there");
        self.turn += 1;
        self.memory.take_turn(picked);
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
        let members = || self.roster.iter().map(Standing::member);
        let state = self.memory.save(members());
        self.memory = Memory::new(self.strategy.number_names(), self.roster.len());
        self.memory.restore(members(), &state);
    }
}
