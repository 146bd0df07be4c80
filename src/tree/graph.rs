//! The compiled form: nodes in flat arrays, shared wherever what remains to be asked is the same.

use std::sync::Arc;

use super::formula::Formula;

/// Where a step leads. The two lowest bits tell the kind, the others the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Target(u32);

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask at the node of that number.
    Ask(usize),
    /// The grant of that number is the answer.
    Grant(usize),
    /// Ask the check of that number.
    Check(usize),
    /// No rule of this stretch applies.
    Nothing,
}

impl Target {
    pub(super) const NOTHING: Self = Self(3);
    /// The first number that does not fit.
    pub(super) const END: usize = 1 << 30;

    pub(super) fn ask(node: usize) -> Self {
        Self::of(node, 0)
    }

    pub(super) fn grant(grant: usize) -> Self {
        Self::of(grant, 1)
    }

    pub(super) fn check(check: usize) -> Self {
        Self::of(check, 2)
    }

    fn of(number: usize, kind: u32) -> Self {
        let number = u32::try_from(number.min(Self::END - 1)).unwrap_or_default();
        Self(number << 2 | kind)
    }

    pub(super) fn step(self) -> Step {
        let number = (self.0 >> 2) as usize;
        match self.0 & 3 {
            0 => Step::Ask(number),
            1 => Step::Grant(number),
            2 => Step::Check(number),
            _ => Step::Nothing,
        }
    }
}

/// Asks for the class on an axis; each range of classes leads elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Node {
    pub(super) axis: u32,
    /// How many clauses are still possible here.
    pub(super) candidates: u32,
    /// Start of the targets.
    targets: u32,
    /// Start of the bounds; one less than the targets. None if each class has its own target.
    bounds: u32,
    /// How many targets there are.
    pub(super) count: u32,
}

const DENSE: u32 = u32::MAX;

/// Asks a formula: if it holds, the grant is the answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Check {
    pub(super) formula: Arc<Formula>,
    pub(super) grant: usize,
    pub(super) otherwise: Target,
}

/// The nodes of all stretches.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    /// The last class of each target's range but the last's.
    bounds: Vec<u32>,
    targets: Vec<Target>,
    pub(super) checks: Vec<Check>,
}

/// How long the arrays were, to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    nodes: usize,
    bounds: usize,
    targets: usize,
    checks: usize,
}

impl Graph {
    /// Where the class leads from the node.
    #[inline]
    pub(super) fn follow(&self, node: &Node, class: u32) -> Target {
        let start = node.targets as usize;
        let position = if node.bounds == DENSE {
            class as usize
        } else {
            let first = node.bounds as usize;
            let bounds = self.bounds.get(first..first + node.count as usize - 1);
            bounds.map_or(0, |bounds| bounds.partition_point(|&last| last < class))
        };
        self.targets
            .get(start + position)
            .copied()
            .unwrap_or(Target::NOTHING)
    }

    /// Adds a node. `ends` are the last classes of the ranges, the last of all included.
    pub(super) fn add_node(
        &mut self,
        axis: u32,
        candidates: u32,
        ends: &[u32],
        targets: &[Target],
    ) -> Target {
        let start = self.targets.len();
        let classes = ends.last().map_or(0, |&last| last as usize + 1);
        let narrow = |length: usize| u32::try_from(length).unwrap_or(DENSE);
        // A table is one look-up; it is worth some space.
        let (bounds, count) = if classes <= 4 * targets.len() + 8 {
            let mut position = 0;
            for class in 0..classes {
                while ends
                    .get(position)
                    .is_some_and(|&end| (end as usize) < class)
                {
                    position += 1;
                }
                self.targets.extend(targets.get(position));
            }
            (DENSE, classes)
        } else {
            let bounds = self.bounds.len();
            self.bounds.extend_from_slice(&ends[..ends.len() - 1]);
            self.targets.extend_from_slice(targets);
            (narrow(bounds), targets.len())
        };
        let node = Node {
            axis,
            candidates,
            targets: narrow(start),
            bounds,
            count: narrow(count),
        };
        self.nodes.push(node);
        Target::ask(self.nodes.len() - 1)
    }

    pub(super) fn add_check(&mut self, check: Check) -> Target {
        self.checks.push(check);
        Target::check(self.checks.len() - 1)
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            nodes: self.nodes.len(),
            bounds: self.bounds.len(),
            targets: self.targets.len(),
            checks: self.checks.len(),
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.nodes.truncate(mark.nodes);
        self.bounds.truncate(mark.bounds);
        self.targets.truncate(mark.targets);
        self.checks.truncate(mark.checks);
    }

    /// How many clauses can still apply at a target.
    pub(super) fn candidates(&self, mut target: Target) -> usize {
        let mut checks = 0;
        loop {
            let rest = match target.step() {
                Step::Ask(node) => self
                    .nodes
                    .get(node)
                    .map_or(0, |node| node.candidates as usize),
                Step::Grant(_) => 1,
                Step::Nothing => 0,
                Step::Check(check) => {
                    checks += 1;
                    target = self
                        .checks
                        .get(check)
                        .map_or(Target::NOTHING, |check| check.otherwise);
                    continue;
                }
            };
            return checks + rest;
        }
    }

    pub(super) fn edges(&self) -> usize {
        self.targets.len()
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes)
            + size_of_val(&*self.bounds)
            + size_of_val(&*self.targets)
            + size_of_val(&*self.checks)
    }

    /// The targets of a node.
    pub(super) fn targets(&self, node: &Node) -> &[Target] {
        let start = node.targets as usize;
        self.targets
            .get(start..start + node.count as usize)
            .unwrap_or_default()
    }
}
