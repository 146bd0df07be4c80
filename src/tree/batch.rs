//! Deciding many leads at once.

use chrono::{DateTime, Utc};

use super::decision::Decision;
use super::decision_tree::DecisionTree;
use super::error::ForeignProfile;
use super::profile::Profile;

/// Number of leads that walk side by side: while the memory of one is fetched, the others take a step.
const TOGETHER: usize = 16;

impl DecisionTree {
    /// Decides several profiles, with the results of as many calls of
    /// [`decide_profile`](Self::decide_profile), but faster if the tree is larger than the processor's
    /// caches and its first rules do not settle most leads. For other trees, writing the decisions down costs
    /// a nanosecond or two per lead.
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

    /// Decides several profiles and appends the decisions. If the vector has room, it allocates only where an
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
        let before = decisions.len();
        if self.extend(profiles, now, decisions).is_none() {
            decisions.truncate(before);
            return Err(ForeignProfile);
        }
        Ok(())
    }

    /// Adds decisions; none where a profile is foreign, and those before it may be added by then.
    fn extend<'t>(
        &'t self,
        profiles: &[Profile<'_>],
        now: DateTime<Utc>,
        decisions: &mut Vec<Decision<'t>>,
    ) -> Option<()> {
        let decision = |position| Decision::new(self.policy(), position);
        decisions.reserve(profiles.len());
        let mut rest = profiles;
        if self.head.is_none() && self.form.gains_by_many() {
            let (together, behind) = profiles.as_chunks::<TOGETHER>();
            for profiles in together {
                if !profiles.iter().all(|profile| self.has_made(profile)) {
                    return None;
                }
                let first = self
                    .form
                    .first_of_many(profiles.each_ref().map(|it| &it.key));
                decisions.extend(first.into_iter().zip(profiles).map(|(first, it)| {
                    decision(match first {
                        Ok(grant) => self.index(grant),
                        Err(reached) => self.first_asking(reached, it.lead, &it.key, now),
                    })
                }));
            }
            rest = behind;
        }
        for profile in rest {
            decisions.push(self.decide_profile(profile, now).ok()?);
        }
        Some(())
    }

    /// Decides several profiles on all threads of the current rayon pool, in order.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::Lead;
    use crate::policy::PolicyDraft;

    #[test]
    fn a_foreign_profile_anywhere_adds_nothing() {
        let policy = PolicyDraft::new().build().unwrap();
        let [tree, other] = [(); 2].map(|()| DecisionTree::compile(&policy).unwrap());
        let lead = Lead::builder("L-1").build();
        let now = DateTime::UNIX_EPOCH;
        let own = vec![tree.profile(&lead); 2 * TOGETHER + 3];
        let mut decisions = tree.decide_profiles(&own, now).unwrap();
        assert_eq!(decisions.len(), own.len());
        for at in 0..own.len() {
            let mut profiles = own.clone();
            profiles[at] = other.profile(&lead);
            let added = tree.decide_profiles_into(&profiles, now, &mut decisions);
            assert_eq!(added, Err(ForeignProfile));
            assert_eq!(decisions.len(), own.len());
        }
    }
}
