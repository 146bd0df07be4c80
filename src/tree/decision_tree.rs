//! The compiled form of a policy's rules.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use super::answers::Answers;
use super::compiled_rules::{CompiledRules, Reached};
use super::decision::Decision;
use super::error::ForeignProfile;
use super::graph::compiler::RootSplit;
use super::head::Head;
use super::lookup::key::LeadKey;
use super::lookup::trace::Traced;
use super::profile::Profile;
use crate::lead::Lead;
use crate::policy::Policy;
use crate::space::{Axes, Classes, Question};

/// The rules of a policy, compiled; immutable.
///
/// Rules that share much become a graph of questions: each node asks for the lead's value on one axis (a
/// dimension, an attribute, the moment), and equal remainders are one node. Rules that share little
/// become a forest of bitmaps. The guide's [chapter](crate::guide::tree) explains both. The answer is
/// always that of the first matching rule, exactly as the [`Interpreter`](super::Interpreter) gives it.
/// Equal policies and options give equal trees.
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
    /// Answers most leads, where that is quicker than the compiled form.
    pub(super) head: Option<Head>,
    pub(super) form: CompiledRules,
    pub(super) costs: CompileCosts,
    /// Tells profiles of this tree from those of others.
    pub(super) stamp: u64,
}

/// What the compiler found out about the rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CompileCosts {
    /// What is asked first.
    pub(super) first: Option<RootSplit>,
    /// Grants and about how many bytes their clauses take.
    pub(super) costliest: Vec<(u32, usize)>,
}

impl DecisionTree {
    pub(super) fn new(
        policy: &Policy,
        axes: Axes,
        (head, form): (Option<Head>, CompiledRules),
        costs: CompileCosts,
    ) -> Self {
        // Only ever compared for being the same, so trees stay reproducible.
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
        Profile {
            stamp: self.stamp,
            key: self.key(lead),
            lead,
        }
    }

    #[inline]
    fn key(&self, lead: &Lead<'_>) -> LeadKey {
        let mut classes = Classes::default();
        let dimensions = self.policy.dimensions();
        self.axes.classify(lead, dimensions, &mut classes);
        self.key_of(&classes)
    }

    /// The key of a lead of those classes.
    #[inline]
    pub(super) fn key_of(&self, classes: &Classes) -> LeadKey {
        let key = self.form.key(classes);
        match &self.head {
            Some(head) => key.with_head_rows(head.rows_of(classes)),
            None => key,
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
        let index = self.first(lead, &self.key(lead), now);
        Decision::new(&self.policy, index)
    }

    /// Decides from a profile, as [`decide`](Self::decide) does from its lead.
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
        let index = self.first(profile.lead, &profile.key, now);
        Ok(Decision::new(&self.policy, index))
    }

    /// The first matching rule's position.
    #[inline]
    pub(super) fn first(&self, lead: &Lead<'_>, key: &LeadKey, now: DateTime<Utc>) -> usize {
        match self.first_in_head(key) {
            Some(position) => position,
            None => self.first_by_form(lead, key, now),
        }
    }

    /// The first matching rule's position, if the head tells it.
    #[inline]
    pub(super) fn first_in_head(&self, key: &LeadKey) -> Option<usize> {
        self.head.as_ref()?.first(key)
    }

    /// The first matching rule's position, by the compiled form.
    // Apart, so that the way most leads go needs few registers, and saves none.
    #[inline(never)]
    fn first_by_form(&self, lead: &Lead<'_>, key: &LeadKey, now: DateTime<Utc>) -> usize {
        match self.form.first_by_dimensions(key) {
            Ok(grant) => self.index(grant),
            Err(reached) => self.first_asking(reached, lead, key, now),
        }
    }

    /// The first matching rule's position, from where the lead's dimensions have led.
    #[inline(never)]
    pub(super) fn first_asking(
        &self,
        reached: Reached,
        lead: &Lead<'_>,
        key: &LeadKey,
        now: DateTime<Utc>,
    ) -> usize {
        let answers = self.answers(lead, *key, now);
        self.index(self.form.first_from(reached, key, &answers))
    }

    /// The position of a grant; that of the policy's `otherwise` if there is none.
    #[inline]
    pub(super) fn index(&self, grant: u32) -> usize {
        (grant as usize).min(self.policy.otherwise())
    }

    /// What the lead answers on every axis.
    pub(crate) fn answers_of<'a>(&'a self, lead: &'a Lead<'a>, now: DateTime<Utc>) -> Answers<'a> {
        self.answers(lead, self.key(lead), now)
    }

    #[inline]
    fn answers<'a>(&'a self, lead: &'a Lead<'a>, key: LeadKey, now: DateTime<Utc>) -> Answers<'a> {
        let dimensions = self.policy.dimensions();
        Answers::new((lead, key, self.form.radix()), now, &self.axes, dimensions)
    }

    /// Decides step by step, reporting each; returns the position of the first matching rule.
    pub(crate) fn trace(&self, answers: &Answers<'_>, mut tell: impl FnMut(Traced)) -> usize {
        self.index(self.form.trace(answers.key(), answers, &mut tell))
    }

    pub(crate) fn axes(&self) -> &Axes {
        &self.axes
    }

    /// The name of the dimension or attribute that an axis asks for.
    pub(super) fn axis_name(&self, axis: usize) -> String {
        self.axes.name(axis, self.policy.dimensions())
    }

    /// What an axis asks.
    pub(crate) fn question(&self, axis: usize) -> Option<&Question> {
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
