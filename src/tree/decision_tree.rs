//! The compiled form of a policy's rules.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use super::answers::Answers;
use super::axis::Axes;
use super::bitmaps::Met;
use super::catalog::Catalog;
use super::decision::Decision;
use super::error::ForeignProfile;
use super::graph::{Classes, Graph};
use super::graph_compiler::First;
use super::head::{Head, Rows};
use super::placing::Question;
use super::profile::{Place, Profile};
use super::target::{NO_GRANT, Target};
use super::trace::Traced;
use crate::lead::Lead;
use crate::policy::Policy;

/// A policy's rules as an immutable graph of questions.
///
/// Each node asks for the lead's value on one axis (a dimension, an attribute, the moment) and
/// leads on by it; what remains to be asked is shared wherever it is the same. Rules that share too
/// little for that become a catalog of bitmaps; the guide's [chapter](crate::guide::tree) tells how.
/// The answer is always that of the first matching rule, exactly as the
/// [`Interpreter`](super::Interpreter) gives it. The same policy and options always make the same tree.
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
    /// Asked before the form.
    pub(super) head: Head,
    pub(super) form: Form,
    pub(super) costs: Costs,
    /// Tells profiles of this tree from those of others.
    stamp: u64,
}

/// The rules' compiled form.
#[expect(
    clippy::large_enum_variant,
    reason = "one a tree, and read by every decision"
)]
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// A graph and its root.
    Graph(Graph, Target),
    /// Where a graph would grow too large.
    Catalog(Catalog),
}

/// What compiling told of the rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Costs {
    /// What is asked first.
    pub(super) first: Option<First>,
    /// Grants and about how many bytes their clauses take.
    pub(super) dearest: Vec<(u32, usize)>,
}

impl DecisionTree {
    pub(super) fn new(policy: &Policy, axes: Axes, head: Head, form: Form, costs: Costs) -> Self {
        // Only ever compared for being the same; never shown, so trees stay reproducible.
        static STAMPS: AtomicU64 = AtomicU64::new(0);
        let stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
        Self {
            policy: policy.clone(),
            axes,
            head,
            form,
            costs,
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
        let classes = self.classes(lead);
        self.profile_of(lead, &classes, self.head.numbers(&classes))
    }

    fn classes(&self, lead: &Lead<'_>) -> Classes {
        let mut classes = Classes::default();
        let dimensions = self.policy.dimensions();
        self.axes.classify(lead, dimensions, &mut classes);
        classes
    }

    #[inline]
    fn profile_of<'a>(&self, lead: &'a Lead<'a>, classes: &Classes, head: Rows) -> Profile<'a> {
        Profile {
            stamp: self.stamp,
            head,
            place: self.place(classes),
            lead,
        }
    }

    /// What the form needs to know of a lead of those classes.
    #[inline]
    pub(super) fn place(&self, classes: &Classes) -> Place {
        match &self.form {
            Form::Graph(graph, _) => Place::InGraph(graph.digits(classes)),
            Form::Catalog(catalog) => Place::InCatalog(catalog.lead(classes)),
        }
    }

    /// Whether the profile is one of this tree.
    #[inline]
    pub(super) fn has_made(&self, profile: &Profile<'_>) -> bool {
        profile.stamp == self.stamp
    }

    /// The first matching rule's answer at that moment. Allocates only where attributes are
    /// asked for, or a name has more than 128 bytes.
    pub fn decide(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Decision<'_> {
        let classes = self.classes(lead);
        let head = self.head.numbers(&classes);
        let index = match self.head.first(&head) {
            Met::Grant(grant) => self.index(grant),
            met => self.walk_behind(met, &self.profile_of(lead, &classes, head), now),
        };
        Decision::new(&self.policy, index)
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
        if !self.has_made(profile) {
            return Err(ForeignProfile);
        }
        Ok(Decision::new(&self.policy, self.walk(profile, now)))
    }

    /// The first matching rule's position.
    #[inline]
    pub(super) fn walk(&self, profile: &Profile<'_>, now: DateTime<Utc>) -> usize {
        let met = self.head.first(&profile.head);
        match met {
            Met::Grant(grant) => self.index(grant),
            Met::Nothing | Met::Unsure => self.walk_behind(met, profile, now),
        }
    }

    /// The same behind the first clauses, which told that.
    fn walk_behind(&self, met: Met, profile: &Profile<'_>, now: DateTime<Utc>) -> usize {
        if let Met::Nothing = met
            && let Met::Grant(grant) = self.head.first_of_rest(&profile.head)
        {
            return self.index(grant);
        }
        match (&self.form, &profile.place) {
            (Form::Graph(graph, root), Place::InGraph(digits)) => {
                let [target] = graph.walk([*root], [digits]);
                if target.is_leaf() {
                    return self.index(target.order());
                }
                self.walk_on(target, profile, now)
            }
            (Form::Catalog(catalog), Place::InCatalog(lead)) => {
                match catalog.first_in_front(lead) {
                    Some(grant) => self.index(grant),
                    None => self.walk_on(Target::NOTHING, profile, now),
                }
            }
            // A profile is of its own tree.
            _ => self.policy.otherwise(),
        }
    }

    /// The same where dimensions alone did not tell it; `target` is where a graph has come to.
    // Apart, so that the way most leads go needs few registers, and saves none.
    #[inline(never)]
    fn walk_on(&self, target: Target, profile: &Profile<'_>, now: DateTime<Utc>) -> usize {
        let answers = self.answers(profile, now);
        let class = |axis: usize| answers.class(axis);
        self.index(match (&self.form, &profile.place) {
            (Form::Graph(graph, _), Place::InGraph(digits)) => graph.end(target, digits, &class),
            (Form::Catalog(catalog), Place::InCatalog(lead)) => catalog.first(lead, &class),
            _ => NO_GRANT,
        })
    }

    /// The position of a grant; that of the policy's `otherwise` if there is none.
    #[inline]
    pub(super) fn index(&self, grant: u32) -> usize {
        (grant as usize).min(self.policy.otherwise())
    }

    #[inline]
    pub(super) fn answers<'a>(
        &'a self,
        profile: &'a Profile<'a>,
        now: DateTime<Utc>,
    ) -> Answers<'a> {
        Answers::new(profile, now, &self.axes, self.policy.dimensions())
    }

    /// Goes the way of the form, step by step, and tells of each; the head would tell the same rule, but
    /// not why.
    pub(super) fn trace(
        &self,
        profile: &Profile<'_>,
        now: DateTime<Utc>,
        mut tell: impl FnMut(Traced),
    ) -> usize {
        let answers = self.answers(profile, now);
        let class = |axis: usize| answers.class(axis);
        self.index(self.trace_place(&profile.place, &class, &mut tell))
    }

    /// The same for a lead of those classes.
    pub(super) fn trace_place(
        &self,
        place: &Place,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        match (&self.form, place) {
            (Form::Graph(graph, root), Place::InGraph(digits)) => {
                graph.trace(*root, digits, class, tell)
            }
            (Form::Catalog(catalog), Place::InCatalog(lead)) => catalog.trace(lead, class, tell),
            _ => NO_GRANT,
        }
    }

    pub(super) fn axes(&self) -> &Axes {
        &self.axes
    }

    /// The name of the dimension or attribute that an axis asks for.
    pub(super) fn axis_name(&self, axis: usize) -> String {
        self.axes.name(axis, self.policy.dimensions())
    }

    /// What an axis asks.
    pub(super) fn question(&self, axis: usize) -> Option<&Question> {
        self.axes.get(axis).map(|axis| &axis.question)
    }
}

impl PartialEq for DecisionTree {
    /// Whether both were compiled alike from equal policies.
    fn eq(&self, other: &Self) -> bool {
        self.policy == other.policy
            && self.axes == other.axes
            && self.head == other.head
            && self.form == other.form
    }
}
