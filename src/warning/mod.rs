//! Warnings: likely mistakes in a valid policy.

mod aliases;
mod conditions;
mod expired;
mod ids;
mod moments;
mod order;
mod people;
mod policy_warning;
mod spellings;
mod texts;
mod values;

use chrono::{DateTime, Utc};

use crate::example::Example;
use crate::place::{Placed, Trail};
use crate::policy::Policy;
pub use policy_warning::PolicyWarning;

impl Policy {
    /// Likely mistakes, first of values, then of people, then of rules: gaps between bands of customer size,
    /// and bands that overlap; postal codes declared as numbers; ids of members that are probably several ids;
    /// teams without members or without active ones; teams, pools and members that get
    /// no leads; rules for every lead before others; values written under an alias, conditions that no lead
    /// can meet, and branches of an `or` that another branch covers; texts that rules spell in two ways, or with wildcards
    /// or as ranges, which they are not; or that there are no rules. Last those of examples without a moment whose result depends on it.
    ///
    /// Every warning is correct, but not every such mistake is found. Different tests of texts by
    /// `contains` and `ends with`, and of tags, are treated as independent. In an `or` with more
    /// than 32 branches, only branches that repeat another or are covered by a single test are
    /// found. Disabled rules are examined, too. Takes roughly linear time in the size of the
    /// policy.
    ///
    /// ```
    /// use leadtree::dimension::Taxonomy;
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::rule::{Rule, customer_size, region};
    /// use leadtree::team::Team;
    ///
    /// let policy = PolicyDraft::new()
    ///     .regions(Taxonomy::draft().path("cn/east").alias("cn/east", ["华东"]))
    ///     .team(Team::new("east").member("m-01"))
    ///     .rule(
    ///         Rule::new("east")
    ///             .when(region().within("华东") | region().within("cn"))
    ///             .assign_to("east"),
    ///     )
    ///     .rule(
    ///         Rule::new("odd")
    ///             .when(customer_size().less_than(10) & customer_size().more_than(100))
    ///             .assign_to("east"),
    ///     )
    ///     .build()?;
    /// let warnings: Vec<_> = policy.warnings().iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     warnings,
    ///     [
    ///         "rules[0].when.any[0].region.within: `华东` is another name for `cn/east`; write \
    ///          `cn/east`, so that a search finds it",
    ///         "rules[0].when.any[0]: `region in 华东` changes nothing, because the branch \
    ///          `region in cn` covers it; remove it",
    ///         "rules[1].when: no lead can meet this: customer_size < 10 and customer_size > 100; \
    ///          correct it, or remove it",
    ///     ],
    /// );
    /// # Ok::<(), leadtree::policy::PolicyErrors>(())
    /// ```
    pub fn warnings(&self) -> Vec<Placed<PolicyWarning>> {
        let mut warnings = values::warnings(self);
        warnings.extend(ids::warnings(self));
        warnings.extend(people::warnings(self));
        order::warn(self.rules(), Trail::Whole.field("rules"), &mut warnings);
        warnings.extend(conditions::warnings(self));
        warnings.extend(moments::warnings(self));
        warnings
    }

    /// [`warnings`](Self::warnings), and those that depend on the moment: rules that are switched on and whose period
    /// is over.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::rule::{Period, Rule};
    /// use leadtree::team::Team;
    ///
    /// let end: DateTime<Utc> = "2026-06-01T00:00:00Z".parse()?;
    /// let policy = PolicyDraft::new()
    ///     .team(Team::new("east").member("m-01"))
    ///     .rule(Rule::new("spring").until(end).assign_to("east"))
    ///     .build()?;
    /// assert_eq!(policy.warnings_at(end - chrono::TimeDelta::seconds(1)), []);
    /// assert_eq!(
    ///     policy.warnings_at(end)[0].to_string(),
    ///     "rules[0]: this rule applied until 2026-06-01 00:00 and meets no lead any more; move its `until`, or \
    ///      remove it",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn warnings_at(&self, now: DateTime<Utc>) -> Vec<Placed<PolicyWarning>> {
        let mut warnings = self.warnings();
        warnings.extend(expired::warnings(self, now));
        warnings
    }

    /// Likely mistakes in examples that the policy need not carry: those without a moment whose result depends
    /// on it. For each example its warnings, with their places in the example.
    pub fn warnings_of_examples(&self, examples: &[Example]) -> Vec<Vec<Placed<PolicyWarning>>> {
        let warned = moments::of_examples(self, examples).into_iter();
        let placed = |warning| Placed::new(Trail::Whole.place(), warning);
        let warned = warned.map(|warning| warning.map(placed).into_iter().collect());
        warned.collect()
    }
}
