//! The compiled form: nodes in flat arrays, shared wherever what remains to be asked is the same.
//!
//! A node on one of the six dimensions is a piece of one large table, with a target for each class.
//! A target says which dimension is asked next and where the table of its answers begins, so a step
//! is one look-up, without a branch. A leaf leads to itself: where all nodes are of this kind, every
//! walk takes the same number of steps, and the processor works on the next lead before this one is
//! through. (Half of the time went into branches that could not be foreseen before.)
//!
//! A graph can have several roots; see [`groups`](super::groups).

use std::sync::Arc;

use super::alternatives::narrow;
use super::digits::{Digits, Radix};
use super::formula::Formula;
use super::target::{Digit, Step, Target};
use super::trace::Traced;

/// How many dimensions there are; their axes come first.
pub(super) const DIMENSIONS: usize = 6;

/// Classes in the order of the dimensions.
pub(super) type Classes = [u32; DIMENSIONS];

/// A node, in the order in which they were made: what it leads to was made before it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Where its piece of the table begins.
    base: u32,
    /// How many clauses are still possible here.
    candidates: u32,
    form: Form,
}

#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// Each class, or each high digit, has its own target.
    Dimension,
    /// Each range of classes has its own target; the bounds begin there, one less than the targets.
    Ranges { axis: u32, bounds: u32, count: u32 },
    /// The check of that number.
    Check(u32),
}

/// Asks a formula: if it holds, the grant is the answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Check {
    pub(super) formula: Arc<Formula>,
    pub(super) grant: usize,
    pub(super) otherwise: Target,
}

/// All nodes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    checks: Vec<Check>,
    /// The leaves, then all nodes' targets. Nodes that ask for more than dimensions have two
    /// entries before their own: what leads to themselves, and their number.
    table: Vec<Target>,
    /// The last class of each range but the last of a node.
    bounds: Vec<u32>,
    /// How many steps a walk takes at most until it is at a leaf, or at what is no dimension.
    pub(super) steps: u32,
    /// The most questions on any way through.
    pub(super) depth: u32,
    radix: Radix,
    leaves: usize,
}

/// How far a graph has grown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    nodes: usize,
    checks: usize,
    pub(super) table: usize,
    bounds: usize,
}

impl Graph {
    /// A graph without roots that can lead to so many grants.
    pub(super) fn new(grants: usize, radix: Radix) -> Self {
        Self {
            nodes: Vec::new(),
            checks: Vec::new(),
            table: (0..=grants).map(Target::leaf).collect(),
            bounds: Vec::new(),
            steps: 0,
            depth: 0,
            radix,
            leaves: grants + 1,
        }
    }

    /// The lead's digits.
    #[inline]
    pub(super) fn digits(&self, classes: &Classes) -> Digits {
        self.radix.digits(classes)
    }

    /// The grant at the end of a walk that got to that target; [`NO_GRANT`](super::target::NO_GRANT) if there is none.
    #[inline]
    pub(super) fn end(
        &self,
        target: Target,
        digits: &Digits,
        class: &impl Fn(usize) -> u32,
    ) -> u32 {
        if target.is_leaf() {
            target.order()
        } else {
            self.walk_on(target, digits, class).order()
        }
    }

    /// Goes on from each target by the digits beside it, as far as dimensions are asked for.
    #[inline]
    pub(super) fn walk<const N: usize>(
        &self,
        mut targets: [Target; N],
        digits: [&Digits; N],
    ) -> [Target; N] {
        for _ in 0..self.steps {
            for (target, digits) in targets.iter_mut().zip(digits) {
                *target = self.follow(*target, digits);
            }
        }
        targets
    }

    /// The same for one lead from several targets, until all are through.
    #[inline]
    pub(super) fn walk_all<const N: usize>(
        &self,
        mut targets: [Target; N],
        digits: &Digits,
    ) -> [Target; N] {
        // Two steps at a time: whether all are through can be foreseen badly.
        for _ in 0..self.steps.div_ceil(2) {
            for _ in 0..2 {
                for target in &mut targets {
                    *target = self.follow(*target, digits);
                }
            }
            if targets.iter().all(|target| target.is_leaf()) {
                break;
            }
        }
        targets
    }

    /// One step of a walk.
    #[inline]
    fn follow(&self, target: Target, digits: &Digits) -> Target {
        let next = self.table.get(target.position(digits));
        next.copied().unwrap_or(Target::NOTHING)
    }

    /// Goes on from a target that is no leaf to the end; `class` is asked for more than dimensions.
    pub(super) fn walk_on(
        &self,
        mut target: Target,
        digits: &Digits,
        class: &impl Fn(usize) -> u32,
    ) -> Target {
        loop {
            target = match target.step() {
                Step::Grant(_) | Step::Nothing => return target,
                Step::Dimension { .. } | Step::LowDigit => self.follow(target, digits),
                Step::Other => match self.node(target) {
                    Some(node) => self.ask(node, class),
                    None => Target::NOTHING,
                },
            };
        }
    }

    /// Where a node leads that asks for more than dimensions.
    fn ask(&self, node: &Node, class: &impl Fn(usize) -> u32) -> Target {
        match node.form {
            Form::Check(check) => match self.checks.get(check as usize) {
                Some(check) if check.formula.holds(class) => Target::grant(check.grant),
                Some(check) => check.otherwise,
                None => Target::NOTHING,
            },
            Form::Ranges {
                axis,
                bounds,
                count,
            } => {
                let class = class(axis as usize);
                let first = bounds as usize;
                let bounds = self.bounds.get(first..first + count as usize - 1);
                let range = bounds.map_or(0, |it| it.partition_point(|&last| last < class));
                let next = self.table.get(node.base as usize + range);
                next.copied().unwrap_or(Target::NOTHING)
            }
            Form::Dimension => Target::NOTHING,
        }
    }

    /// Goes all the way from a root, step by step, and tells of each question; the grant at the end.
    pub(super) fn trace(
        &self,
        root: Target,
        digits: &Digits,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        let mut target = root;
        while let Some(node) = self.node(target) {
            let mut next = match target.step() {
                Step::Other => self.ask(node, class),
                _ => self.follow(target, digits),
            };
            while next.step() == Step::LowDigit {
                next = self.follow(next, digits);
            }
            let left = self.candidates(next);
            match (&node.form, target.step()) {
                (Form::Check(check), _) => {
                    if let Some(check) = self.checks.get(*check as usize) {
                        tell(Traced::Checked {
                            grant: check.grant,
                            holds: next != check.otherwise,
                        });
                    }
                }
                (Form::Ranges { axis, .. }, _) => {
                    let axis = *axis as usize;
                    tell(Traced::Asked { axis, left });
                }
                (Form::Dimension, Step::Dimension { axis }) => tell(Traced::Asked { axis, left }),
                (Form::Dimension, _) => {}
            }
            target = next;
        }
        target.order()
    }

    /// The axis that is asked at a target, if one is.
    pub(super) fn axis_at(&self, target: Target) -> Option<usize> {
        match (target.step(), &self.node(target)?.form) {
            (Step::Dimension { axis }, _) => Some(axis),
            (_, Form::Ranges { axis, .. }) => Some(*axis as usize),
            _ => None,
        }
    }

    /// The grant whose rule is asked as a whole at a target, and where leads go that do not meet it.
    pub(super) fn check_at(&self, target: Target) -> Option<(usize, Target)> {
        match self.node(target)?.form {
            Form::Check(check) if target.step() == Step::Other => {
                let check = self.checks.get(check as usize)?;
                Some((check.grant, check.otherwise))
            }
            _ => None,
        }
    }

    /// Where leads of that class go from a target that asks for the axis.
    pub(super) fn next(&self, target: Target, axis: usize, class: u32) -> Target {
        if target.step() == Step::Other {
            let node = self.node(target);
            return node.map_or(Target::NOTHING, |node| self.ask(node, &|_| class));
        }
        let mut classes = Classes::default();
        if let Some(place) = classes.get_mut(axis) {
            *place = class;
        }
        let digits = self.digits(&classes);
        let mut next = self.follow(target, &digits);
        while next.step() == Step::LowDigit {
            next = self.follow(next, &digits);
        }
        next
    }

    pub(super) fn extent(&self) -> Extent {
        Extent {
            nodes: self.nodes.len(),
            checks: self.checks.len(),
            table: self.table.len(),
            bounds: self.bounds.len(),
        }
    }

    /// Takes back what was added since.
    pub(super) fn shrink_to(&mut self, extent: Extent) {
        self.nodes.truncate(extent.nodes);
        self.checks.truncate(extent.checks);
        self.table.truncate(extent.table);
        self.bounds.truncate(extent.bounds);
    }

    /// Whether the target was there then.
    pub(super) fn is_within(target: Target, extent: Extent) -> bool {
        target.is_leaf() || target.number() < extent.table
    }

    /// Whether so many entries more can be led to.
    pub(super) fn has_room(&self, entries: usize) -> bool {
        self.table.len() + entries < Target::END
    }

    /// Adds a table to be led to; where it begins.
    pub(super) fn add_table(&mut self, entries: impl IntoIterator<Item = Target>) -> usize {
        let base = self.table.len();
        self.table.extend(entries);
        base
    }

    /// Adds a node on a dimension whose table is there.
    pub(super) fn add_dimension(
        &mut self,
        (axis, digit): (u32, Digit),
        base: usize,
        candidates: usize,
    ) -> Target {
        self.nodes.push(Node {
            base: narrow(base),
            candidates: narrow(candidates),
            form: Form::Dimension,
        });
        Target::dimension(axis, digit, base)
    }

    /// Adds a node on any axis. `ends` are the last classes of the ranges, the last of all included.
    pub(super) fn add_ranges(
        &mut self,
        axis: u32,
        candidates: usize,
        ends: &[u32],
        targets: &[Target],
    ) -> Target {
        let bounds = narrow(self.bounds.len());
        let count = narrow(targets.len());
        self.bounds
            .extend(ends.iter().take(targets.len().saturating_sub(1)));
        let form = Form::Ranges {
            axis,
            bounds,
            count,
        };
        let target = self.add_other(candidates, form);
        self.table.extend_from_slice(targets);
        target
    }

    pub(super) fn add_check(&mut self, check: Check) -> Target {
        let candidates = 1 + self.candidates(check.otherwise);
        let number = narrow(self.checks.len());
        self.checks.push(check);
        self.add_other(candidates, Form::Check(number))
    }

    fn add_other(&mut self, candidates: usize, form: Form) -> Target {
        let target = Target::other(self.table.len());
        let number = Target::other(self.nodes.len());
        self.table.extend([target, number]);
        self.nodes.push(Node {
            base: narrow(self.table.len()),
            candidates: narrow(candidates),
            form,
        });
        target
    }

    /// Takes note of a root, from which so many steps lead to a leaf or to what is no dimension,
    /// and so many questions to the end.
    pub(super) fn add_root(&mut self, steps: u32, questions: u32) {
        self.steps = self.steps.max(steps);
        self.depth = self.depth.max(questions);
    }

    /// To be called when all roots are there.
    pub(super) fn finish(&mut self) {
        self.table.shrink_to_fit();
        self.nodes.shrink_to_fit();
    }

    /// The node that a target is.
    fn node(&self, target: Target) -> Option<&Node> {
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
    fn candidates(&self, target: Target) -> usize {
        match target.step() {
            Step::Nothing => 0,
            Step::Grant(_) => 1,
            _ => self.node(target).map_or(0, |node| node.candidates as usize),
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// How many targets all nodes have.
    pub(super) fn edges(&self) -> usize {
        let others = self.nodes.iter();
        let others = others.filter(|node| node.form != Form::Dimension).count();
        self.table.len() - self.leaves - 2 * others + 2 * self.checks.len()
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes)
            + size_of_val(&*self.checks)
            + size_of_val(&*self.bounds)
            + size_of_val(&*self.table)
    }
}
