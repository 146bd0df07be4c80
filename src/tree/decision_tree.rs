//! The compiled form of a policy's rules.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use super::axis::{Axes, Question};
use super::decision::Decision;
use super::error::ForeignProfile;
use super::graph::{Graph, Step, Target};
use super::profile::Profile;
use crate::lead::Lead;
use crate::policy::Policy;

/// A policy's rules as an immutable graph of questions.
///
/// Each node asks for the lead's value on one axis (a dimension, an attribute, the moment) and
/// leads on by it; what remains to be asked is shared wherever it is the same. The answer is always
/// that of the first matching rule, exactly as the [`Interpreter`](super::Interpreter) gives it.
/// The same policy always makes the same tree.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dimension::Taxonomy;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, customer_size, region};
/// use leadtree::team::Team;
/// use leadtree::tree::DecisionTree;
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().path("cn/east/shanghai").alias("cn/east/shanghai", ["上海"]))
///     .team(Team::new("key-accounts").member("m-01"))
///     .team(Team::new("east").member("m-02"))
///     .rule(
///         Rule::new("big-east")
///             .when(region().within("cn/east") & customer_size().at_least(1000))
///             .assign_to("key-accounts"),
///     )
///     .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
///     .build()?;
/// let tree = DecisionTree::compile(&policy)?;
/// let now = chrono::DateTime::UNIX_EPOCH;
///
/// let lead = Lead::builder("L-1").region("上海").customer_size(50).build();
/// assert_eq!(tree.decide(&lead, now).rule().unwrap(), "east");
///
/// let profile = tree.profile(&lead);
/// assert_eq!(tree.decide_profile(&profile, now)?.rule().unwrap(), "east");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct DecisionTree {
    policy: Policy,
    axes: Axes,
    graph: Graph,
    /// Where each stretch of rules begins, in order.
    roots: Vec<Target>,
    /// Tells profiles of this tree from those of others.
    stamp: u64,
}

/// Figures of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeStats {
    /// How many nodes there are, checks included.
    pub nodes: usize,
    /// How many edges there are.
    pub edges: usize,
    /// The most questions on any path through one stretch.
    pub depth: usize,
    /// How many stretches of rules are asked one after the other.
    pub stretches: usize,
    /// About how many bytes the tree takes, its formulas and tables of values aside.
    pub bytes: usize,
}

impl DecisionTree {
    pub(super) fn new(policy: &Policy, axes: Axes, graph: Graph, roots: Vec<Target>) -> Self {
        // Only ever compared for being the same; never shown, so trees stay reproducible.
        static STAMPS: AtomicU64 = AtomicU64::new(0);
        let stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
        Self {
            policy: policy.clone(),
            axes,
            graph,
            roots,
            stamp,
        }
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The lead in this tree's codes. One hash look-up a dimension.
    pub fn profile<'a>(&self, lead: &'a Lead<'a>) -> Profile<'a> {
        Profile::new(lead, self.policy.dimensions(), &self.axes, self.stamp)
    }

    /// The first matching rule's answer at that moment. Never allocates, unless a text attribute
    /// has to be folded.
    pub fn decide(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Decision<'_> {
        Decision::new(&self.policy, self.walk(&self.profile(lead), now, &mut ()))
    }

    /// The same from a profile.
    ///
    /// # Errors
    /// [`ForeignProfile`] if the profile was made by another tree.
    pub fn decide_profile(
        &self,
        profile: &Profile<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision<'_>, ForeignProfile> {
        if profile.stamp != self.stamp {
            return Err(ForeignProfile);
        }
        Ok(Decision::new(
            &self.policy,
            self.walk(profile, now, &mut ()),
        ))
    }

    /// Goes the lead's way through the stretches; the grant at its end.
    #[inline]
    pub(super) fn walk(
        &self,
        profile: &Profile<'_>,
        now: DateTime<Utc>,
        observer: &mut impl Observer,
    ) -> usize {
        let dimensions = self.policy.dimensions();
        let class = |axis: usize| match profile.classes.get(axis) {
            Some(&class) => class,
            None => self.axes.class(axis, dimensions, profile.lead, now),
        };
        for &root in &self.roots {
            let mut target = root;
            loop {
                match target.step() {
                    Step::Ask(node) => {
                        let Some(node) = self.graph.nodes.get(node) else {
                            break;
                        };
                        target = self.graph.follow(node, class(node.axis as usize));
                        observer.asked(node.axis as usize, target, &self.graph);
                    }
                    Step::Grant(grant) => return grant,
                    Step::Check(check) => {
                        let Some(check) = self.graph.checks.get(check) else {
                            break;
                        };
                        let holds = check.formula.holds(&class);
                        observer.checked(check.grant, holds);
                        if holds {
                            return check.grant;
                        }
                        target = check.otherwise;
                    }
                    Step::Nothing => break,
                }
            }
        }
        self.policy.otherwise()
    }

    /// What an axis asks.
    pub(super) fn question(&self, axis: usize) -> Option<&Question> {
        self.axes.get(axis).map(|axis| &axis.question)
    }

    /// Figures of the tree. Linear in its size.
    pub fn stats(&self) -> TreeStats {
        // Children are made before their parents, so one pass in order sees them first.
        let mut ask_depths = vec![0_usize; self.graph.nodes.len()];
        let mut check_depths = vec![0_usize; self.graph.checks.len()];
        let depth = |target: Target, asks: &[usize], checks: &[usize]| match target.step() {
            Step::Ask(node) => asks.get(node).copied().unwrap_or_default(),
            Step::Check(check) => checks.get(check).copied().unwrap_or_default(),
            Step::Grant(_) | Step::Nothing => 0,
        };
        // Nodes and checks may take turns on a path, so the passes go on until nothing grows.
        loop {
            let mut changed = false;
            for (number, check) in self.graph.checks.iter().enumerate() {
                let new = 1 + depth(check.otherwise, &ask_depths, &check_depths);
                changed |= std::mem::replace(&mut check_depths[number], new) != new;
            }
            for (number, node) in self.graph.nodes.iter().enumerate() {
                let targets = self.graph.targets(node).iter();
                let deepest = targets
                    .map(|&target| depth(target, &ask_depths, &check_depths))
                    .max();
                let new = 1 + deepest.unwrap_or_default();
                changed |= std::mem::replace(&mut ask_depths[number], new) != new;
            }
            if !changed {
                break;
            }
        }
        let roots = self.roots.iter();
        TreeStats {
            nodes: self.graph.nodes.len() + self.graph.checks.len(),
            edges: self.graph.edges() + 2 * self.graph.checks.len(),
            depth: roots
                .map(|&root| depth(root, &ask_depths, &check_depths))
                .max()
                .unwrap_or(0),
            stretches: self.roots.len(),
            bytes: self.graph.bytes(),
        }
    }
}

/// Watches a walk; the plain walk has none, which costs nothing.
pub(super) trait Observer {
    fn asked(&mut self, axis: usize, target: Target, graph: &Graph);
    fn checked(&mut self, grant: usize, holds: bool);
}

impl Observer for () {
    fn asked(&mut self, _: usize, _: Target, _: &Graph) {}
    fn checked(&mut self, _: usize, _: bool) {}
}

impl PartialEq for DecisionTree {
    /// Whether both were compiled alike from equal policies.
    fn eq(&self, other: &Self) -> bool {
        self.policy == other.policy
            && self.axes == other.axes
            && self.graph == other.graph
            && self.roots == other.roots
    }
}

impl fmt::Debug for DecisionTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TreeStats {
            nodes,
            edges,
            depth,
            stretches,
            bytes,
        } = self.stats();
        write!(
            f,
            "DecisionTree of {} grants: {nodes} nodes, {edges} edges, depth {depth}, \
             {stretches} stretches, {bytes} bytes",
            self.policy.grants().count(),
        )
    }
}
