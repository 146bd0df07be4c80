//! The compiled form: nodes in flat arrays, shared wherever what remains to be asked is the same.
//!
//! A node on one of the six dimensions is a piece of one large table, with a target for each class.
//! A target says which dimension is asked next and where the table of its answers begins, so a step
//! is one look-up, without a branch. A leaf leads to itself: where all nodes are of this kind, every
//! walk takes the same number of steps, and the processor works on the next lead before this one is
//! through. (Half of the time went into branches that could not be foreseen before.)

use std::sync::Arc;

use super::formula::Formula;
use super::trace::Traced;

/// How many dimensions there are; their axes come first.
pub(super) const DIMENSIONS: usize = 6;

/// Classes in the order of the dimensions; the last two stand for "no dimension" and stay 0.
pub(super) type Classes = [u32; 8];

/// Where a step leads. The three lowest bits tell the kind, the others the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Target(u32);

const OTHER: u32 = 6;
const LEAF: u32 = 7;

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask for a dimension; the answers are in the table from there on.
    Dimension { axis: usize, base: usize },
    /// Ask at the node of that number.
    Other(usize),
    /// The grant of that number is the answer.
    Grant(usize),
    /// No rule applies.
    Nothing,
}

impl Target {
    /// The first leaf of the table.
    pub(super) const NOTHING: Self = Self(LEAF);
    /// The first number that does not fit.
    pub(super) const END: usize = 1 << 29;

    pub(super) fn grant(grant: usize) -> Self {
        Self::of(grant + 1, LEAF)
    }

    fn of(number: usize, kind: u32) -> Self {
        let number = u32::try_from(number.min(Self::END - 1)).unwrap_or_default();
        Self(number << 3 | kind)
    }

    #[inline]
    fn number(self) -> usize {
        (self.0 >> 3) as usize
    }

    #[inline]
    fn kind(self) -> usize {
        (self.0 & 7) as usize
    }

    #[inline]
    pub(super) fn is_dimension(self) -> bool {
        self.0 & 7 < OTHER
    }

    #[inline]
    pub(super) fn step(self) -> Step {
        match self.0 & 7 {
            LEAF => match self.number() {
                0 => Step::Nothing,
                leaf => Step::Grant(leaf - 1),
            },
            OTHER => Step::Other(self.number()),
            axis => Step::Dimension {
                axis: axis as usize,
                base: self.number(),
            },
        }
    }
}

/// A node, in the order in which they were made: what it leads to was made before it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Where its piece of the table begins.
    base: u32,
    /// How many clauses are still possible here.
    pub(super) candidates: u32,
    pub(super) form: Form,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Each class has its own target; so many classes.
    Table { axis: u32, count: u32 },
    /// Each range of classes has its own target; the bounds begin there, one less than the targets.
    Ranges { axis: u32, bounds: u32, count: u32 },
    /// If the formula holds, the grant is the answer.
    Check(Check),
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
    pub(super) nodes: Vec<Node>,
    /// The leaves, then all nodes' targets.
    table: Vec<Target>,
    /// The last class of each range but the last of a node.
    bounds: Vec<u32>,
    pub(super) root: Target,
    /// How many steps a walk takes at most, if all nodes ask for dimensions by table.
    plain_steps: Option<u32>,
}

/// A table with so many entries for each target is still worth the space.
const SPARSE: usize = 16;
/// A table of so many classes always is.
const SMALL: usize = 256;

impl Graph {
    /// A graph that can lead to so many grants.
    pub(super) fn new(grants: usize) -> Self {
        let leaves = (0..=grants).map(|leaf| Target::of(leaf, LEAF));
        Self {
            nodes: Vec::new(),
            table: leaves.collect(),
            bounds: Vec::new(),
            root: Target::NOTHING,
            plain_steps: Some(0),
        }
    }

    /// Goes on from the target as long as dimensions are asked for.
    #[inline]
    pub(super) fn walk(&self, mut target: Target, classes: &Classes) -> Target {
        if let Some(steps) = self.plain_steps {
            for _ in 0..steps {
                target = self.follow(target, classes);
            }
        } else {
            while target.is_dimension() {
                target = self.follow(target, classes);
            }
        }
        target
    }

    /// One step of a walk.
    #[inline]
    fn follow(&self, target: Target, classes: &Classes) -> Target {
        let class = classes[target.kind()] as usize;
        self.table
            .get(target.number() + class)
            .copied()
            .unwrap_or(Target::NOTHING)
    }

    /// Asks at a node that is no plain table: where it leads, or else the grant that applies.
    pub(super) fn ask(&self, node: usize, class: &impl Fn(usize) -> u32) -> Result<Target, usize> {
        let Some(node) = self.nodes.get(node) else {
            return Ok(Target::NOTHING);
        };
        let position = match &node.form {
            Form::Check(check) if check.formula.holds(class) => return Err(check.grant),
            Form::Check(check) => return Ok(check.otherwise),
            Form::Table { axis, .. } => class(*axis as usize) as usize,
            Form::Ranges {
                axis,
                bounds,
                count,
            } => {
                let class = class(*axis as usize);
                let first = *bounds as usize;
                let bounds = self.bounds.get(first..first + *count as usize - 1);
                bounds.map_or(0, |bounds| bounds.partition_point(|&last| last < class))
            }
        };
        let next = self.table.get(node.base as usize + position).copied();
        Ok(next.unwrap_or(Target::NOTHING))
    }

    /// Goes the same way as a walk, step by step, and tells of each; the grant at the end.
    pub(super) fn trace(
        &self,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(Traced),
    ) -> Option<usize> {
        let mut target = self.root;
        loop {
            let next = match target.step() {
                Step::Grant(grant) => return Some(grant),
                Step::Nothing => return None,
                Step::Dimension { axis, base } => {
                    let next = self.table.get(base + class(axis) as usize).copied();
                    Ok(next.unwrap_or(Target::NOTHING))
                }
                Step::Other(node) => self.ask(node, class),
            };
            match &self.node(target)?.form {
                Form::Check(check) => tell(Traced::Checked {
                    grant: check.grant,
                    holds: next.is_err(),
                }),
                Form::Table { axis, .. } | Form::Ranges { axis, .. } => tell(Traced::Asked {
                    axis: *axis as usize,
                    left: next.map_or(1, |next| self.candidates(next)),
                }),
            }
            match next {
                Ok(next) => target = next,
                Err(grant) => return Some(grant),
            }
        }
    }

    /// How many entries a node would take.
    pub(super) fn entries(classes: usize, targets: usize) -> usize {
        if is_table(classes, targets) {
            classes
        } else {
            2 * targets
        }
    }

    /// Adds a node. `ends` are the last classes of the ranges, the last of all included.
    pub(super) fn add_node(
        &mut self,
        axis: u32,
        candidates: u32,
        ends: &[u32],
        targets: &[Target],
    ) -> Target {
        let base = self.table.len();
        let classes = ends.last().map_or(0, |&last| last as usize + 1);
        let narrow = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let is_plain = is_table(classes, targets.len()) && axis < OTHER;
        let form = if is_table(classes, targets.len()) {
            let mut next = 0;
            for (&end, &target) in ends.iter().zip(targets) {
                let length = end as usize + 1 - next;
                self.table.extend(std::iter::repeat_n(target, length));
                next += length;
            }
            let count = narrow(classes);
            Form::Table { axis, count }
        } else {
            let bounds = narrow(self.bounds.len());
            self.bounds.extend_from_slice(&ends[..ends.len() - 1]);
            self.table.extend_from_slice(targets);
            let count = narrow(targets.len());
            Form::Ranges {
                axis,
                bounds,
                count,
            }
        };
        let number = self.nodes.len();
        self.nodes.push(Node {
            base: narrow(base),
            candidates,
            form,
        });
        if is_plain {
            Target::of(base, axis)
        } else {
            Target::of(number, OTHER)
        }
    }

    pub(super) fn add_check(&mut self, check: Check) -> Target {
        let number = self.nodes.len();
        let base = u32::try_from(self.table.len()).unwrap_or(u32::MAX);
        let candidates = u32::try_from(1 + self.candidates(check.otherwise)).unwrap_or(u32::MAX);
        self.nodes.push(Node {
            base,
            candidates,
            form: Form::Check(check),
        });
        Target::of(number, OTHER)
    }

    /// To be called when all nodes are there: walks begin at the root.
    pub(super) fn finish(&mut self, root: Target) {
        self.root = root;
        self.table.shrink_to_fit();
        self.plain_steps = self.is_plain().then(|| {
            let steps = self.depths().into_iter().max().unwrap_or(0);
            u32::try_from(steps).unwrap_or(u32::MAX)
        });
    }

    fn is_plain(&self) -> bool {
        let is_plain = |node: &Node| matches!(node.form, Form::Table { axis, .. } if axis < OTHER);
        self.nodes.iter().all(is_plain)
    }

    /// By node: the most questions from there on, its own included.
    fn depths(&self) -> Vec<usize> {
        let mut depths: Vec<usize> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let depth_of = |&target: &Target| {
                let number = self.number(target);
                number.and_then(|number| depths.get(number)).copied()
            };
            let deepest = self.targets(node).iter().filter_map(depth_of).max();
            depths.push(1 + deepest.unwrap_or(0));
        }
        depths
    }

    /// The most questions on any way through.
    pub(super) fn depth(&self) -> usize {
        let root = self.number(self.root);
        root.and_then(|root| self.depths().get(root).copied())
            .unwrap_or(0)
    }

    /// The number of the node that a target is.
    fn number(&self, target: Target) -> Option<usize> {
        match target.step() {
            Step::Grant(_) | Step::Nothing => None,
            Step::Other(number) => Some(number),
            // Of nodes that begin there only the last has entries.
            Step::Dimension { base, .. } => self
                .nodes
                .partition_point(|node| node.base as usize <= base)
                .checked_sub(1),
        }
    }

    fn node(&self, target: Target) -> Option<&Node> {
        self.nodes.get(self.number(target)?)
    }

    /// How many clauses can still apply at a target.
    fn candidates(&self, target: Target) -> usize {
        match target.step() {
            Step::Nothing => 0,
            Step::Grant(_) => 1,
            Step::Dimension { .. } | Step::Other(_) => {
                self.node(target).map_or(0, |node| node.candidates as usize)
            }
        }
    }

    /// Where a node can lead.
    fn targets<'a>(&'a self, node: &'a Node) -> &'a [Target] {
        let base = node.base as usize;
        match &node.form {
            Form::Check(check) => std::slice::from_ref(&check.otherwise),
            Form::Table { count, .. } | Form::Ranges { count, .. } => self
                .table
                .get(base..base + *count as usize)
                .unwrap_or_default(),
        }
    }

    /// How many targets all nodes have.
    pub(super) fn edges(&self) -> usize {
        self.nodes.iter().map(|node| self.targets(node).len()).sum()
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes) + size_of_val(&*self.bounds) + size_of_val(&*self.table)
    }
}

/// Whether a node is worth a table of all classes.
fn is_table(classes: usize, targets: usize) -> bool {
    classes <= SMALL || classes <= SPARSE * targets
}
