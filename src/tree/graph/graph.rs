//! The graph of questions: nodes in flat arrays, shared wherever what remains to be asked is equal.
//!
//! A node on one of the six dimensions is a piece of one large table, with a target for each class.
//! A target says which dimension is asked next and where the table of its answers begins, so a step
//! is one look-up, without a branch. A leaf leads to itself: where all nodes are of this kind, every
//! walk takes equally many steps, and the processor works on the next lead before this one is
//! through.

use std::sync::Arc;

use super::jump::{Digit, Jump, Step};
use crate::space::{AskedLead, Classes, DIMENSIONS, Formula, LeadOfClasses, narrow};
use crate::tree::lookup::key::{LeadKey, Radix};
use crate::tree::lookup::trace::Traced;

/// A node, in the order in which they were made: what it leads to was made before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GraphNode {
    /// Where its piece of the table begins.
    base: u32,
    /// How many clauses are still possible here.
    candidates: u32,
    form: NodeQuestion,
}

#[derive(Debug, Clone, PartialEq)]
enum NodeQuestion {
    /// Each class, or each high digit, has its own target.
    Dimension,
    /// Each range of classes has its own target; the bounds begin there, one less than the targets.
    Ranges { axis: u32, bounds: u32, count: u32 },
    /// The check of that number.
    Check(u32),
}

/// Asks a formula: if it holds, the grant is the answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    pub(crate) formula: Arc<Formula>,
    pub(crate) grant: usize,
    pub(crate) otherwise: Jump,
}

/// All nodes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Graph {
    /// Where every walk begins.
    pub(crate) root: Jump,
    nodes: Vec<GraphNode>,
    checks: Vec<Check>,
    /// The leaves, then all nodes' targets. Nodes that ask for more than dimensions have two
    /// entries before their own: what leads to themselves, and their number.
    table: Vec<Jump>,
    /// The last class of each range but the last of a node.
    bounds: Vec<u32>,
    /// How many steps a walk takes at most until it is at a leaf, or at what is no dimension.
    pub(crate) steps: u32,
    /// The most questions on any way through.
    pub(crate) depth: u32,
    pub(crate) radix: Radix,
    leaves: usize,
}

impl Graph {
    /// A graph without nodes, for this number of grants.
    pub(crate) fn new(grants: usize, radix: Radix) -> Self {
        Self {
            root: Jump::NOTHING,
            nodes: Vec::new(),
            checks: Vec::new(),
            table: (0..=grants).map(Jump::leaf).collect(),
            bounds: Vec::new(),
            steps: 0,
            depth: 0,
            radix,
            leaves: grants + 1,
        }
    }

    /// The lead's key.
    #[inline]
    pub(crate) fn key(&self, classes: &Classes) -> LeadKey {
        self.radix.key(classes, [0; DIMENSIONS])
    }

    /// The grant at the end of a walk that got to that target; [`NO_GRANT`](super::jump::NO_GRANT) if there is none.
    #[inline]
    pub(crate) fn end(&self, target: Jump, key: &LeadKey, lead: &impl AskedLead) -> u32 {
        if target.is_leaf() {
            target.order()
        } else {
            self.walk_on(target, key, lead).order()
        }
    }

    /// Goes from the root by each of the keys, as far as dimensions are asked for.
    #[inline]
    pub(crate) fn walk<const N: usize>(&self, keys: [&LeadKey; N]) -> [Jump; N] {
        let mut targets = [self.root; N];
        for _ in 0..self.steps {
            for (target, key) in targets.iter_mut().zip(keys) {
                *target = self.follow(*target, key);
            }
        }
        targets
    }

    /// One step of a walk.
    #[inline]
    fn follow(&self, target: Jump, key: &LeadKey) -> Jump {
        let next = self.table.get(target.position(key));
        next.copied().unwrap_or(Jump::NOTHING)
    }

    /// Goes on from a target that is no leaf to the end; `lead` is asked for more than dimensions.
    pub(crate) fn walk_on(&self, mut target: Jump, key: &LeadKey, lead: &impl AskedLead) -> Jump {
        loop {
            target = match target.step() {
                Step::Grant(_) | Step::Nothing => return target,
                Step::Dimension { .. } | Step::LowDigit => self.follow(target, key),
                Step::Other => match self.node(target) {
                    Some(node) => self.ask(node, lead),
                    None => Jump::NOTHING,
                },
            };
        }
    }

    /// Where a node leads that asks for more than dimensions.
    fn ask(&self, node: &GraphNode, lead: &impl AskedLead) -> Jump {
        match node.form {
            NodeQuestion::Check(check) => match self.checks.get(check as usize) {
                Some(check) if lead.holds(&check.formula) => Jump::grant(check.grant),
                Some(check) => check.otherwise,
                None => Jump::NOTHING,
            },
            NodeQuestion::Ranges {
                axis,
                bounds,
                count,
            } => {
                let class = lead.class(axis as usize);
                let first = bounds as usize;
                let bounds = self.bounds.get(first..first + count as usize - 1);
                let range = bounds.map_or(0, |it| it.partition_point(|&last| last < class));
                let next = self.table.get(node.base as usize + range);
                next.copied().unwrap_or(Jump::NOTHING)
            }
            NodeQuestion::Dimension => Jump::NOTHING,
        }
    }

    /// Walks from the root, reporting each question; returns the grant at the end.
    pub(crate) fn trace(
        &self,
        key: &LeadKey,
        lead: &impl AskedLead,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        let mut target = self.root;
        while let Some(node) = self.node(target) {
            let mut next = match target.step() {
                Step::Other => self.ask(node, lead),
                _ => self.follow(target, key),
            };
            while next.step() == Step::LowDigit {
                next = self.follow(next, key);
            }
            let left = self.candidates(next);
            match (&node.form, target.step()) {
                (NodeQuestion::Check(check), _) => {
                    if let Some(check) = self.checks.get(*check as usize) {
                        tell(Traced::Checked {
                            grant: check.grant,
                            holds: next != check.otherwise,
                        });
                    }
                }
                (NodeQuestion::Ranges { axis, .. }, _) => {
                    let axis = *axis as usize;
                    tell(Traced::Asked { axis, left });
                }
                (NodeQuestion::Dimension, Step::Dimension { axis }) => {
                    tell(Traced::Asked { axis, left });
                }
                (NodeQuestion::Dimension, _) => {}
            }
            target = next;
        }
        target.order()
    }

    /// The axis that is asked at a target, if one is.
    pub(crate) fn axis_at(&self, target: Jump) -> Option<usize> {
        match (target.step(), &self.node(target)?.form) {
            (Step::Dimension { axis }, _) => Some(axis),
            (_, NodeQuestion::Ranges { axis, .. }) => Some(*axis as usize),
            _ => None,
        }
    }

    /// The grant whose rule is asked as a whole at a target, and where leads go that do not meet it.
    pub(crate) fn check_at(&self, target: Jump) -> Option<(usize, Jump)> {
        match self.node(target)?.form {
            NodeQuestion::Check(check) if target.step() == Step::Other => {
                let check = self.checks.get(check as usize)?;
                Some((check.grant, check.otherwise))
            }
            _ => None,
        }
    }

    /// Where leads of that class go from a target that asks for the axis.
    pub(crate) fn next(&self, target: Jump, axis: usize, class: u32) -> Jump {
        if target.step() == Step::Other {
            let node = self.node(target);
            return node.map_or(Jump::NOTHING, |node| {
                self.ask(node, &LeadOfClasses::new(|_| class))
            });
        }
        let mut classes = Classes::default();
        if let Some(place) = classes.get_mut(axis) {
            *place = class;
        }
        let key = self.key(&classes);
        let mut next = self.follow(target, &key);
        while next.step() == Step::LowDigit {
            next = self.follow(next, &key);
        }
        next
    }

    /// Whether this many more entries can be addressed.
    pub(crate) fn has_room(&self, entries: usize) -> bool {
        self.table.len() + entries < Jump::END
    }

    /// Adds a table to be led to; where it begins.
    pub(crate) fn add_table(&mut self, entries: impl IntoIterator<Item = Jump>) -> usize {
        let base = self.table.len();
        self.table.extend(entries);
        base
    }

    /// Adds a node on a dimension whose table is there.
    pub(crate) fn add_dimension(
        &mut self,
        (axis, digit): (u32, Digit),
        base: usize,
        candidates: usize,
    ) -> Jump {
        self.nodes.push(GraphNode {
            base: narrow(base),
            candidates: narrow(candidates),
            form: NodeQuestion::Dimension,
        });
        Jump::dimension(axis, digit, base)
    }

    /// Adds a node on any axis. `ends` are the last classes of the ranges, the last of all included.
    pub(crate) fn add_ranges(
        &mut self,
        axis: u32,
        candidates: usize,
        ends: &[u32],
        targets: &[Jump],
    ) -> Jump {
        let bounds = narrow(self.bounds.len());
        let count = narrow(targets.len());
        self.bounds
            .extend(ends.iter().take(targets.len().saturating_sub(1)));
        let form = NodeQuestion::Ranges {
            axis,
            bounds,
            count,
        };
        let target = self.add_other(candidates, form);
        self.table.extend_from_slice(targets);
        target
    }

    pub(crate) fn add_check(&mut self, check: Check) -> Jump {
        let candidates = 1 + self.candidates(check.otherwise);
        let number = narrow(self.checks.len());
        self.checks.push(check);
        self.add_other(candidates, NodeQuestion::Check(number))
    }

    fn add_other(&mut self, candidates: usize, form: NodeQuestion) -> Jump {
        let target = Jump::other(self.table.len());
        let number = Jump::other(self.nodes.len());
        self.table.extend([target, number]);
        self.nodes.push(GraphNode {
            base: narrow(self.table.len()),
            candidates: narrow(candidates),
            form,
        });
        target
    }

    /// To be called when all nodes are there: where walks begin, after how many steps they are at a
    /// leaf, or at what is no dimension, and how many questions the longest asks.
    pub(crate) fn finish(&mut self, root: Jump, steps: u32, questions: u32) {
        self.root = root;
        self.steps = steps;
        self.depth = questions;
        self.table.shrink_to_fit();
        self.nodes.shrink_to_fit();
    }

    /// The node that a target is.
    fn node(&self, target: Jump) -> Option<&GraphNode> {
        let number = match target.step() {
            Step::Grant(_) | Step::Nothing | Step::LowDigit => return None,
            Step::Other => self.table.get(target.number() + 1)?.number(),
            // Of nodes that begin there only the last has entries.
            Step::Dimension { .. } => self
                .nodes
                .partition_point(|node| node.base as usize <= target.number())
                .checked_sub(1)?,
        };
        self.nodes.get(number)
    }

    /// How many clauses can still apply at a target.
    fn candidates(&self, target: Jump) -> usize {
        match target.step() {
            Step::Nothing => 0,
            Step::Grant(_) => 1,
            _ => self.node(target).map_or(0, |node| node.candidates as usize),
        }
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// How many targets all nodes have.
    pub(crate) fn edges(&self) -> usize {
        let others = self.nodes.iter();
        let others = others
            .filter(|node| node.form != NodeQuestion::Dimension)
            .count();
        self.table.len() - self.leaves - 2 * others + 2 * self.checks.len()
    }

    /// About how many nanoseconds a walk takes: a step each, longer where the table is larger than
    /// the processor's caches.
    pub(crate) fn time(&self) -> f64 {
        let bytes = size_of_val(&*self.table);
        let step = match bytes {
            0..0x4_0000 => 1.6,
            0x4_0000..0x20_0000 => 2.0,
            0x20_0000..0x200_0000 => 3.2,
            _ => 4.8,
        };
        2.0 + step * f64::from(self.steps)
    }

    /// About how many bytes it takes, formulas aside.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes)
            + size_of_val(&*self.checks)
            + size_of_val(&*self.bounds)
            + size_of_val(&*self.table)
    }
}
