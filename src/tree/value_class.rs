//! Values by themselves in the codes of a tree, for callers that know the same text of many leads.

use super::decision_tree::DecisionTree;
use super::error::ForeignProfile;
use super::profile::Profile;
use crate::dimension::Dimension;
use crate::lead::{Facts, Lead};
use crate::space::Classes;

/// What a text stands for in one dimension, as far as the rules of a decision tree tell values apart.
///
/// Made by [`DecisionTree::class_of`], and good for that tree alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueClass {
    stamp: u64,
    dimension: Dimension,
    class: u32,
}

impl DecisionTree {
    /// What a text stands for in a dimension: one hash look-up. A blank one is missing; a head count
    /// is a text, too.
    ///
    /// A caller with a million leads of a hundred regions looks up a hundred texts, and makes profiles
    /// of what was found:
    ///
    /// ```
    /// # use leadtree::Lead;
    /// # use leadtree::dimension::{Dimension, Taxonomy};
    /// # use leadtree::policy::PolicyDraft;
    /// # use leadtree::rule::{Rule, customer_size, region};
    /// # use leadtree::team::Team;
    /// # use leadtree::tree::DecisionTree;
    /// # let large = region().within("cn") & customer_size().at_least(1000);
    /// # let policy = PolicyDraft::new()
    /// #     .regions(Taxonomy::draft().path("cn/east"))
    /// #     .team(Team::new("large").member("m-01"))
    /// #     .rule(Rule::new("large").when(large).assign_to("large"))
    /// #     .build()?;
    /// let tree = DecisionTree::compile(&policy)?;
    /// let east = tree.class_of(Dimension::Region, "cn/east");
    /// let sizes = ["20", "1,200"].map(|text| tree.class_of(Dimension::CustomerSize, text));
    ///
    /// let lead = Lead::builder("L-1").build();
    /// let now = chrono::DateTime::UNIX_EPOCH;
    /// let rules = sizes.map(|size| {
    ///     let profile = tree.profile_of(&lead, [east, size]).unwrap();
    ///     tree.decide_profile(&profile, now).unwrap().rule().cloned()
    /// });
    /// assert_eq!(rules, [None, Some("large".into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn class_of(&self, dimension: Dimension, text: &str) -> ValueClass {
        let code = Facts::code_of_text(text, self.policy().dimensions(), dimension);
        ValueClass {
            stamp: self.stamp,
            dimension,
            class: self.axes().class_of(dimension, code),
        }
    }

    /// A profile of these values, in any order; a dimension without one is missing. The lead gives the
    /// attributes, and its own dimensions do not count. No look-up, no allocation.
    ///
    /// # Errors
    /// [`ForeignProfile`] if one of the values was found by another tree.
    pub fn profile_of<'a>(
        &self,
        lead: &'a Lead<'a>,
        values: impl IntoIterator<Item = ValueClass>,
    ) -> Result<Profile<'a>, ForeignProfile> {
        let mut classes = Classes::default();
        for value in values {
            if value.stamp != self.stamp {
                return Err(ForeignProfile);
            }
            if let Some(class) = classes.get_mut(value.dimension as usize) {
                *class = value.class;
            }
        }
        Ok(Profile {
            stamp: self.stamp,
            key: self.form.key(&classes),
            lead,
        })
    }
}
