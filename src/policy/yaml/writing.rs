//! Writes policies as YAML.

use thiserror::Error;

use super::layout;
use super::quotes::Quotes;
use super::reading::read_yaml;
use super::spread::Spread;
use crate::policy::policy::Policy;

/// A policy could not be written as YAML. This indicates a bug in the library.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the policy cannot be written as YAML: {0}; please report it")]
pub struct WriteError(String);

impl Policy {
    /// The policy as YAML, laid out as a person would write it: fields in a fixed order, defaults
    /// left out, conditions as text, long ones over several lines, and a blank line between rules.
    /// Equal policies give equal text, and reading the text gives the policy back, so the
    /// line-by-line difference of two files shows what changed in the policy. Needs the feature
    /// `yaml`.
    ///
    /// Comments in a file that was read are lost: put what should stay into a `description`, or use
    /// `SourceText::formatted` (feature `diagnostics`), which keeps them.
    ///
    /// ```
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::dimension::Taxonomy;
    /// use leadtree::rule::{Rule, Target, customer_size, region};
    /// use leadtree::team::{Team, TeamMember};
    ///
    /// let policy = PolicyDraft::new()
    ///     .version("2026-03")
    ///     .regions(Taxonomy::draft().paths(["cn/east", "us"]).alias("us", ["USA"]))
    ///     .pool("abroad")
    ///     .team(Team::new("east").members([TeamMember::new("m-01").weight(2), "m-02".into()]))
    ///     .rule(
    ///         Rule::new("east")
    ///             .when(region().within("cn/east") & customer_size().at_least(1000))
    ///             .assign_to("east"),
    ///     )
    ///     .rule(Rule::new("abroad").when(region().within("us")).assign_to(Target::pool("abroad")))
    ///     .build()?;
    /// assert_eq!(
    ///     policy.to_yaml()?,
    ///     "\
    /// version: 2026-03
    ///
    /// regions:
    ///   paths: [cn/east, us]
    ///   aliases:
    ///     us: [USA]
    ///
    /// pools: [abroad]
    ///
    /// teams:
    ///   - id: east
    ///     members:
    ///       - {member: m-01, weight: 2}
    ///       - m-02
    ///
    /// rules:
    ///   - id: east
    ///     when: region in cn/east and customer_size >= 1000
    ///     assign_to: east
    ///
    ///   - id: abroad
    ///     when: region in us
    ///     assign_to: {pool: abroad}
    /// ",
    /// );
    /// assert_eq!(leadtree::policy::Policy::from_yaml(&policy.to_yaml()?)?, policy);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The text is read back and compared before it is returned. Time and memory are linear in the
    /// policy.
    ///
    /// # Errors
    /// [`WriteError`] if the text does not read back as this policy; no such policy is known.
    pub fn to_yaml(&self) -> Result<String, WriteError> {
        self.to_yaml_spread(&Spread::default())
    }

    /// As [`to_yaml`](Self::to_yaml), with some lists and maps written one entry a line.
    pub(crate) fn to_yaml_spread(&self, spread: &Spread) -> Result<String, WriteError> {
        // YAML readers drop some white space at the end of an unquoted text, such as a no-break
        // space.
        for quotes in [Quotes::WhereNeeded, Quotes::Always] {
            let text = layout::write(self.draft(), quotes, spread)
                .map_err(|error| WriteError(error.to_string()))?;
            if read_yaml(&text).is_ok_and(|back| back.is(self.draft())) {
                return Ok(text);
            }
        }
        Err(WriteError("it would not read back the same".to_owned()))
    }
}
