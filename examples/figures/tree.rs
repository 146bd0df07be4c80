//! The decision tree, from prepared profiles.

use std::cell::RefCell;
use std::error::Error;
use std::time::Instant;

use chrono::DateTime;
use leadtree::policy::Policy;
use leadtree::tree::{Decision, DecisionTree, Profile};

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
        Box::new(self.prepare(leads))
    }

    pub(crate) fn batch<'a>(&'a self, leads: &'a [LeadCodes]) -> Box<dyn Engine + 'a> {
        Box::new(Batch {
            prepared: self.prepare(leads),
            decisions: RefCell::default(),
        })
    }

    fn prepare<'a>(&'a self, leads: &'a [LeadCodes]) -> Prepared<'a> {
        let profiles = leads.iter().map(|lead| self.tree.profile(&lead.lead));
        Prepared {
            tree: &self.tree,
            profiles: profiles.collect(),
        }
    }
}

/// The decision tree, many leads at once.
struct Batch<'a> {
    prepared: Prepared<'a>,
    /// A reused buffer.
    decisions: RefCell<Vec<Decision<'a>>>,
}

impl Answers for Batch<'_> {
    const NAME: &'static str = "batch";

    fn leads(&self) -> usize {
        self.prepared.leads()
    }

    fn answer(&self, lead: usize) -> usize {
        self.prepared.of(&self.prepared.profiles[lead])
    }

    fn sum(&self, first: usize, count: usize) -> u64 {
        let mut sum = 0_u64;
        let mut decisions = self.decisions.borrow_mut();
        for profiles in self.prepared.profiles[first..first + count].chunks(256) {
            decisions.clear();
            let tree = self.prepared.tree;
            let made = tree.decide_profiles_into(profiles, DateTime::UNIX_EPOCH, &mut decisions);
            debug_assert!(made.is_ok());
            for decision in &*decisions {
                sum = sum.wrapping_add(decision.index() as u64);
            }
        }
        sum
    }

    fn bytes(&self) -> usize {
        Answers::bytes(&self.prepared)
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
