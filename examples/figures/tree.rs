//! The decision tree, from prepared profiles.

use std::error::Error;
use std::time::Instant;

use chrono::DateTime;
use leadtree::policy::Policy;
use leadtree::tree::{DecisionTree, Profile};

use crate::engine::{Answers, Engine};
use crate::shapes::LeadCodes;

pub(crate) struct Tree {
    tree: DecisionTree,
    pub(crate) milliseconds: f64,
}

struct Prepared<'a> {
    tree: &'a DecisionTree,
    profiles: Vec<Profile<'a>>,
}

impl Tree {
    pub(crate) fn compile(policy: &Policy) -> Result<Self, Box<dyn Error>> {
        let start = Instant::now();
        let tree = DecisionTree::compile(policy)?;
        let milliseconds = start.elapsed().as_secs_f64() * 1e3;
        Ok(Self { tree, milliseconds })
    }

    pub(crate) fn engine<'a>(&'a self, leads: &'a [LeadCodes]) -> Box<dyn Engine + 'a> {
        let profiles = leads.iter().map(|lead| self.tree.profile(&lead.lead));
        Box::new(Prepared {
            tree: &self.tree,
            profiles: profiles.collect(),
        })
    }
}

impl Prepared<'_> {
    #[inline]
    fn of(&self, profile: &Profile<'_>) -> usize {
        let decision = self.tree.decide_profile(profile, DateTime::UNIX_EPOCH);
        decision.map_or(usize::MAX, |decision| decision.index())
    }
}

impl Answers for Prepared<'_> {
    const NAME: &'static str = "tree";

    fn leads(&self) -> usize {
        self.profiles.len()
    }

    #[inline]
    fn answer(&self, lead: usize) -> usize {
        self.of(&self.profiles[lead])
    }

    fn bytes(&self) -> usize {
        self.tree.stats().bytes
    }
}
