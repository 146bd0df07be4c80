//! The compiled form of a policy's rules.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use super::answers::Answers;
use super::axis::Axes;
use super::catalog::Catalog;
use super::decision::Decision;
use super::error::ForeignProfile;
use super::graph::{Graph, Step, Target};
use super::placing::Question;
use super::profile::Profile;
use super::trace::Traced;
use crate::lead::Lead;
use crate::policy::Policy;

/// A policy's rules as an immutable graph of questions.
///
/// Each node asks for the lead's value on one axis (a dimension, an attribute, the moment) and
/// leads on by it; what remains to be asked is shared wherever it is the same. Rules that share too
/// little for that become a catalog of bitmaps; the guide's [chapter](crate::guide::tree) tells how. The answer is always
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
    form: Form,
    /// Tells profiles of this tree from those of others.
    stamp: u64,
}

/// The rules' compiled form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Graph(Graph),
    /// Where a graph would grow too large.
    Catalog(Catalog),
}

/// Figures of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeStats {
    /// How many nodes there are, checks included.
    pub nodes: usize,
    /// How many edges there are.
    pub edges: usize,
    /// The most questions on any path.
    pub depth: usize,
    /// How many drawers of bitmaps there are, where the rules are a catalog and not a graph.
    pub drawers: usize,
    /// About how many bytes the tree takes, its formulas and tables of values aside.
    pub bytes: usize,
}

impl DecisionTree {
    pub(super) fn new(policy: &Policy, axes: Axes, form: Form) -> Self {
        // Only ever compared for being the same; never shown, so trees stay reproducible.
        static STAMPS: AtomicU64 = AtomicU64::new(0);
        let stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
        Self {
            policy: policy.clone(),
            axes,
            form,
            stamp,
        }
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The lead in this tree's codes. One hash look-up a dimension.
    #[inline]
    pub fn profile<'a>(&self, lead: &'a Lead<'a>) -> Profile<'a> {
        let mut profile = Profile::blank(lead, self.stamp);
        self.fill(&mut profile);
        profile
    }

    /// Classes are written where the walk reads them: to copy them would hold it up.
    fn fill(&self, profile: &mut Profile<'_>) {
        let dimensions = self.policy.dimensions();
        self.axes
            .classify(profile.lead, dimensions, &mut profile.classes);
        if let Form::Catalog(catalog) = &self.form {
            profile.front = catalog.front_rows(&profile.classes);
        }
    }

    /// The first matching rule's answer at that moment. Allocates only where an attribute is asked
    /// for, or a name has more than 128 bytes.
    pub fn decide(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Decision<'_> {
        let mut profile = Profile::blank(lead, self.stamp);
        self.fill(&mut profile);
        Decision::new(&self.policy, self.walk(&profile, now))
    }

    /// The same from a profile.
    ///
    /// # Errors
    /// [`ForeignProfile`] if the profile was made by another tree.
    #[inline]
    pub fn decide_profile(
        &self,
        profile: &Profile<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision<'_>, ForeignProfile> {
        if profile.stamp != self.stamp {
            return Err(ForeignProfile);
        }
        Ok(Decision::new(&self.policy, self.walk(profile, now)))
    }

    /// The first matching rule's grant.
    #[inline]
    fn walk(&self, profile: &Profile<'_>, now: DateTime<Utc>) -> usize {
        match &self.form {
            Form::Graph(graph) => {
                let target = graph.walk(graph.root, &profile.classes);
                if let Step::Grant(grant) = target.step() {
                    return grant;
                }
                self.walk_on(graph, target, profile, now)
            }
            Form::Catalog(catalog) => {
                let answers = self.answers(profile, now);
                let found = catalog.first(&profile.front, &|axis| answers.class(axis));
                found.unwrap_or_else(|| self.policy.otherwise())
            }
        }
    }

    /// Goes on where more than dimensions are asked for.
    fn walk_on(
        &self,
        graph: &Graph,
        mut target: Target,
        profile: &Profile<'_>,
        now: DateTime<Utc>,
    ) -> usize {
        let answers = self.answers(profile, now);
        let class = |axis: usize| answers.class(axis);
        loop {
            match target.step() {
                Step::Grant(grant) => return grant,
                Step::Nothing => return self.policy.otherwise(),
                Step::Dimension { .. } => target = graph.walk(target, &profile.classes),
                Step::Other(node) => match graph.ask(node, &class) {
                    Ok(next) => target = next,
                    Err(grant) => return grant,
                },
            }
        }
    }

    #[inline]
    fn answers<'a>(&'a self, profile: &'a Profile<'a>, now: DateTime<Utc>) -> Answers<'a> {
        Answers::new(profile, now, &self.axes, self.policy.dimensions())
    }

    /// Goes the same way as a walk, step by step, and tells of each.
    pub(super) fn trace(
        &self,
        profile: &Profile<'_>,
        now: DateTime<Utc>,
        mut tell: impl FnMut(Traced),
    ) -> usize {
        let answers = self.answers(profile, now);
        let class = |axis: usize| answers.class(axis);
        match &self.form {
            Form::Graph(graph) => {
                let found = graph.trace(&class, &mut tell);
                found.unwrap_or_else(|| self.policy.otherwise())
            }
            Form::Catalog(catalog) => {
                let mut tell = |clauses, found| tell(Traced::Compared { clauses, found });
                let found = catalog.trace(&class, &mut tell);
                found.unwrap_or_else(|| self.policy.otherwise())
            }
        }
    }

    /// What an axis asks.
    pub(super) fn question(&self, axis: usize) -> Option<&Question> {
        self.axes.get(axis).map(|axis| &axis.question)
    }

    /// Figures of the tree. Linear in its size.
    pub fn stats(&self) -> TreeStats {
        match &self.form {
            Form::Graph(graph) => TreeStats {
                nodes: graph.nodes.len(),
                edges: graph.edges(),
                depth: graph.depth(),
                drawers: 0,
                bytes: graph.bytes(),
            },
            Form::Catalog(catalog) => TreeStats {
                nodes: 0,
                edges: 0,
                depth: 0,
                drawers: catalog.len(),
                bytes: catalog.bytes(),
            },
        }
    }
}

impl PartialEq for DecisionTree {
    /// Whether both were compiled alike from equal policies.
    fn eq(&self, other: &Self) -> bool {
        self.policy == other.policy && self.axes == other.axes && self.form == other.form
    }
}

impl fmt::Debug for DecisionTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TreeStats {
            nodes,
            edges,
            depth,
            drawers,
            bytes,
        } = self.stats();
        write!(
            f,
            "DecisionTree of {} grants: {nodes} nodes, {edges} edges, depth {depth}, \
             {drawers} drawers, {bytes} bytes",
            self.policy.grants().count(),
        )
    }
}
