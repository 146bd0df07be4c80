//! The two compiled forms of rules.

use std::fmt;

use super::forest::{Forest, Undetermined};
use super::graph::graph::Graph;
use super::graph::jump::Jump;
use super::lookup::key::{LeadKey, Radix};
use super::lookup::trace::Traced;
use crate::space::{AskedLead, Classes};

/// What rules are compiled into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TreeForm {
    /// One graph of questions: the fastest where rules share much; it can be drawn.
    Graph,
    /// Bitmaps of rules in cells of a cut: for rules that share little.
    Forest,
}

impl fmt::Display for TreeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Graph => "graph",
            Self::Forest => "forest",
        })
    }
}

/// The rules' compiled form. Both answer by the first matching clause.
#[expect(
    clippy::large_enum_variant,
    reason = "one a tree, and read by every decision"
)]
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CompiledRules {
    /// One graph of questions.
    Graph(Graph),
    /// Where a graph would grow too large or be slower.
    Forest(Forest),
}

/// Sizes in bytes up to which a graph or a forest is taken to lie in the processor's caches. A walk through a graph waits for
/// each step, a look at a forest for all its rows together.
const CACHED_GRAPH: usize = 1 << 20;
const CACHED_FOREST: usize = 1 << 23;

/// How far the dimensions have led.
#[derive(Clone, Copy)]
pub(super) enum Reached {
    InGraph(Jump),
    InForest(Undetermined),
}

impl CompiledRules {
    /// The key of a lead of those classes. Makes no sense to another form.
    #[inline]
    pub(super) fn key(&self, classes: &Classes) -> LeadKey {
        match self {
            Self::Graph(graph) => graph.key(classes),
            Self::Forest(forest) => forest.key(classes),
        }
    }

    pub(super) fn form(&self) -> TreeForm {
        match self {
            Self::Graph(_) => TreeForm::Graph,
            Self::Forest(_) => TreeForm::Forest,
        }
    }

    /// About how many nanoseconds a decision takes.
    pub(super) fn time(&self) -> f64 {
        match self {
            Self::Graph(graph) => graph.time(),
            Self::Forest(forest) => forest.time,
        }
    }

    pub(super) fn radix(&self) -> Radix {
        match self {
            Self::Graph(graph) => graph.radix,
            Self::Forest(_) => Radix::HALVES,
        }
    }

    /// The lead's grant, if its dimensions tell it right away; otherwise how far they have led.
    #[inline]
    pub(super) fn first_by_dimensions(&self, key: &LeadKey) -> Result<u32, Reached> {
        match self {
            Self::Graph(graph) => {
                let [target] = graph.walk([key]);
                reached(target)
            }
            Self::Forest(forest) => forest.first_by_dimensions(key).map_err(Reached::InForest),
        }
    }

    /// Whether several keys at once are quicker: where there is much memory to wait for, and no front
    /// that spares most leads the rest.
    pub(super) fn gains_by_many(&self) -> bool {
        match self {
            Self::Graph(graph) => graph.bytes() > CACHED_GRAPH,
            Self::Forest(forest) => forest.in_front() == 0 && forest.bytes() > CACHED_FOREST,
        }
    }

    /// What [`first_by_dimensions`](Self::first_by_dimensions) gives for several keys, where
    /// [many gain](Self::gains_by_many).
    pub(super) fn first_of_many<const N: usize>(
        &self,
        keys: [&LeadKey; N],
    ) -> [Result<u32, Reached>; N] {
        match self {
            Self::Graph(graph) => graph.walk(keys).map(reached),
            Self::Forest(forest) => {
                let first = forest.first_behind_front(keys);
                first.map(|first| first.map_err(Reached::InForest))
            }
        }
    }

    /// The lead's grant, from where its dimensions have led.
    pub(super) fn first_from(&self, reached: Reached, key: &LeadKey, lead: &impl AskedLead) -> u32 {
        match (self, reached) {
            (Self::Graph(graph), Reached::InGraph(target)) => graph.end(target, key, lead),
            (Self::Graph(graph), Reached::InForest(_)) => graph.end(graph.root, key, lead),
            (Self::Forest(forest), Reached::InForest(told)) => forest.first_asking(told, key, lead),
            (Self::Forest(forest), Reached::InGraph(_)) => {
                forest.first_asking(Undetermined::Unsure, key, lead)
            }
        }
    }

    /// Decides step by step, reporting each; returns the grant.
    pub(super) fn trace(
        &self,
        key: &LeadKey,
        lead: &impl AskedLead,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        match self {
            Self::Graph(graph) => graph.trace(key, lead, tell),
            Self::Forest(forest) => forest.trace(key, lead, tell),
        }
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Graph(graph) => graph.bytes(),
            Self::Forest(forest) => forest.bytes(),
        }
    }
}

/// The grant at a leaf.
#[inline]
fn reached(target: Jump) -> Result<u32, Reached> {
    if target.is_leaf() {
        Ok(target.order())
    } else {
        Err(Reached::InGraph(target))
    }
}
