//! Dimension values resolved one by one, for callers whose leads share the same texts.

use super::decision_tree::DecisionTree;
use super::error::ForeignProfile;
use super::profile::Profile;
use crate::dimension::Dimension;
use crate::lead::{Facts, Lead};
use crate::space::Classes;

/// A dimension value as one decision tree sees it: a class of values that no rule separates.
///
/// Made by [`DecisionTree::class_of`]. Other trees refuse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueClass {
    stamp: u64,
    dimension: Dimension,
    class: u32,
}

impl DecisionTree {
    /// Resolves a text in a dimension, with one hash look-up. A blank text is a missing value; a head
    /// count is given as text.
    ///
    /// A caller with a million leads in a hundred regions resolves a hundred texts, and builds the
    /// profiles from the results:
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
    ///     let profile = tree.profile_from_classes(&lead, [east, size]).unwrap();
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

    /// Builds a profile from resolved values, in any order. A dimension without a value is missing. The
    /// attributes come from the lead; its dimensions are ignored. Does no look-up and no allocation.
    ///
    /// # Errors
    /// [`ForeignProfile`] if one of the values was resolved by another tree.
    pub fn profile_from_classes<'a>(
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
            key: self.key_of(&classes),
            lead,
        })
    }
}
