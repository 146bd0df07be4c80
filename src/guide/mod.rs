//! The guide, chapter by chapter.
//!
//! 1. [Concepts](concepts): the path of a lead, the terms, and what conditions mean
//! 2. [The policy file](policy_file): every field, in one commented example
//! 3. [Conditions as text](condition_text): the grammar, and an example of every test
//! 4. [Running a team](teams): working time, limits, skills, rotation; what happens when nobody can take a lead
//! 5. [Working time](hours): hours, time zones, holidays and leave in detail, and daylight saving
//! 6. [Fairness](fairness): what each strategy guarantees
//! 7. [Explaining](explaining): why a lead went to one team and not to another
//! 8. [Embedding](embedding): threads, replacing the policy, storing state, custom strategies
//! 9. [Ownership](ownership): a ledger of who owns which lead, and how it came to be
//! 10. [The tree](tree): how rules are compiled, and what that costs
//! 11. [Findings](findings): every error and warning about a policy, with an example
//! 12. [The command](command): a policy repository under continuous integration
//! 13. [From your CRM](crm): what to export, and which mapping of columns reads it
#![cfg_attr(
    feature = "salesforce",
    doc = "14. [Salesforce](salesforce): importing lead assignment rules"
)]

#[doc = include_str!("concepts.md")]
pub mod concepts {}

#[doc = include_str!("policy_file.md")]
///
/// # The example
///
/// ```yaml
#[doc = include_str!("policy_file.yaml")]
/// ```
pub mod policy_file {}

#[doc = include_str!("condition_text.md")]
pub mod condition_text {}

#[doc = include_str!("teams.md")]
pub mod teams {}

#[doc = include_str!("hours.md")]
pub mod hours {}

#[doc = include_str!("fairness.md")]
pub mod fairness {}

#[doc = include_str!("explaining.md")]
pub mod explaining {}

#[doc = include_str!("embedding.md")]
pub mod embedding {}

#[doc = include_str!("ownership.md")]
pub mod ownership {}

#[doc = include_str!("tree.md")]
pub mod tree {}

#[doc = include_str!("findings.md")]
pub mod findings {}

#[doc = include_str!("command.md")]
pub mod command {}

#[doc = include_str!("crm.md")]
pub mod crm {}

#[cfg(feature = "salesforce")]
#[doc = include_str!("salesforce.md")]
pub mod salesforce {}

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use crate::policy::Policy;

    #[cfg(feature = "time-zones")]
    #[test]
    fn the_policies_in_the_chapter_on_teams_are_valid() {
        let mut parts = include_str!("teams.md").split("```yaml\n").skip(1);
        let mut teams = 0;
        for text in parts.by_ref().filter_map(|part| part.split("```").next()) {
            let policy = Policy::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(
                Policy::from_yaml(&policy.to_yaml().unwrap()).unwrap(),
                policy
            );
            teams += policy.teams().len();
        }
        assert_eq!(teams, 3);
    }

    #[test]
    fn the_policy_file_in_the_guide_is_valid() {
        let policy = Policy::from_yaml(include_str!("policy_file.yaml")).unwrap();
        assert_eq!(policy.teams().len(), 3);
        assert_eq!(policy.grants().count(), 7);
    }
}
