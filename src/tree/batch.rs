//! Deciding many leads at once.

use chrono::{DateTime, Utc};

use super::decision::Decision;
use super::decision_tree::{DecisionTree, Form};
use super::error::ForeignProfile;
use super::graph::Graph;
use super::profile::{Place, Profile};
use super::target::Target;

/// So many leads go on side by side: while the memory of one is awaited, the others take a step.
const TOGETHER: usize = 16;

/// Graphs of so few bytes stay in the processor's caches, so that there is nothing to wait for.
const CACHED: usize = 1 << 20;

impl DecisionTree {
    /// Decides one profile after the other, the same as as many calls of
    /// [`decide_profile`](Self::decide_profile) but faster where the tree is a graph larger
    /// than the processor's caches. A small tree, one whose first rules tell most leads, and a catalog
    /// gain nothing.
    ///
    /// ```
    /// # use leadtree::Lead;
    /// # use leadtree::policy::PolicyDraft;
    /// # use leadtree::rule::{Rule, customer_size};
    /// # use leadtree::team::Team;
    /// # use leadtree::tree::DecisionTree;
    /// # let policy = PolicyDraft::new()
    /// #     .team(Team::new("key-accounts").member("m-01"))
    /// #     .rule(Rule::new("big").when(customer_size().at_least(1000)).assign_to("key-accounts"))
    /// #     .build()?;
    /// let tree = DecisionTree::compile(&policy)?;
    /// let leads: Vec<Lead> = [20, 5_000]
    ///     .map(|size| Lead::builder("L-1").customer_size(size).build())
    ///     .into();
    /// let profiles: Vec<_> = leads.iter().map(|lead| tree.profile(lead)).collect();
    /// let decisions = tree.decide_profiles(&profiles, chrono::DateTime::UNIX_EPOCH)?;
    /// assert_eq!(decisions[1].rule().unwrap(), "big");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ForeignProfile`] if any of the profiles was made by another tree.
    pub fn decide_profiles(
        &self,
        profiles: &[Profile<'_>],
        now: DateTime<Utc>,
    ) -> Result<Vec<Decision<'_>>, ForeignProfile> {
        let mut decisions = Vec::with_capacity(profiles.len());
        self.decide_profiles_into(profiles, now, &mut decisions)?;
        Ok(decisions)
    }

    /// The same, added to decisions that are there. If these have room, it allocates only where an
    /// attribute is asked for.
    ///
    /// # Errors
    /// [`ForeignProfile`] if any of the profiles was made by another tree; nothing is added then.
    pub fn decide_profiles_into<'t>(
        &'t self,
        profiles: &[Profile<'_>],
        now: DateTime<Utc>,
        decisions: &mut Vec<Decision<'t>>,
    ) -> Result<(), ForeignProfile> {
        if profiles.iter().any(|profile| !self.has_made(profile)) {
            return Err(ForeignProfile);
        }
        let single = |profile: &Profile<'_>| Decision::new(self.policy(), self.walk(profile, now));
        let (graph, root) = match &self.form {
            Form::Graph(graph, root) if self.head.is_empty() && graph.bytes() > CACHED => {
                (graph, root)
            }
            _ => {
                decisions.extend(profiles.iter().map(single));
                return Ok(());
            }
        };
        let (together, rest) = profiles.as_chunks::<TOGETHER>();
        for profiles in together {
            let targets = walk(graph, *root, profiles);
            decisions.extend(targets.iter().zip(profiles).map(|(target, profile)| {
                if target.is_leaf() {
                    Decision::new(self.policy(), self.index(target.order()))
                } else {
                    single(profile)
                }
            }));
        }
        decisions.extend(rest.iter().map(single));
        Ok(())
    }

    /// The same on all threads of the current pool.
    ///
    /// # Errors
    /// [`ForeignProfile`] if any of the profiles was made by another tree.
    #[cfg(feature = "parallel")]
    pub fn par_decide_profiles(
        &self,
        profiles: &[Profile<'_>],
        now: DateTime<Utc>,
    ) -> Result<Vec<Decision<'_>>, ForeignProfile> {
        use rayon::prelude::*;

        let parts = profiles.par_chunks(1 << 12);
        let parts = parts.map(|profiles| self.decide_profiles(profiles, now));
        let parts: Vec<_> = parts.collect::<Result<_, _>>()?;
        Ok(parts.concat())
    }
}

fn walk(graph: &Graph, root: Target, profiles: &[Profile<'_>; TOGETHER]) -> [Target; TOGETHER] {
    let digits = profiles.each_ref().map(|profile| match &profile.place {
        Place::InGraph(digits) => digits,
        Place::InCatalog(lead) => &lead.groups.digits,
    });
    graph.walk([root; TOGETHER], digits)
}
