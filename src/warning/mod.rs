//! What in a sound policy is probably not meant: to be shown to whoever maintains it.

mod aliases;
mod conditions;
mod policy_warning;

use crate::place::Placed;
use crate::policy::Policy;
pub use policy_warning::PolicyWarning;

impl Policy {
    /// What is probably not meant, in the order of the rules: values under another name, conditions
    /// that can never hold, branches of an `or` that another covers.
    ///
    /// Every warning is true; not every such place is found. Tests of texts and tags that have no
    /// order (`contains`, `ends with`) are taken as free of one another, and of an `or` with more than
    /// 32 branches only what single tests cover is found, and what stands there twice. Rules that are
    /// switched off are looked at, too. Time is about linear in the policy.
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
    ///         "rules[0].when.any[0].region.within: `华东` is another name of `cn/east`; write \
    ///          `cn/east`, so that everybody finds it",
    ///         "rules[0].when.any[0]: whatever meets `region in 华东` meets `region in cn`, too, \
    ///          which stands beside it; remove it",
    ///         "rules[1].when: no lead can meet this: customer_size < 10 and customer_size > 100; \
    ///          correct it, or remove it",
    ///     ],
    /// );
    /// # Ok::<(), leadtree::policy::PolicyErrors>(())
    /// ```
    pub fn warnings(&self) -> Vec<Placed<PolicyWarning>> {
        conditions::warnings(self)
    }
}
