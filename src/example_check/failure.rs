//! What did not come of an example's lead as expected.

use thiserror::Error;

use crate::explain::WhyNot;
use crate::id::RuleId;

/// Something of an example that did not come as expected. The message says what came instead, and why.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ExampleFailure {
    /// Another rule applies.
    #[error("expected rule `{expected}`, got {applied}{}", reason(why.as_deref()))]
    Rule {
        /// The rule, or the group whose `otherwise` should apply.
        expected: RuleId,
        /// What applies instead: rule `east`, the otherwise of the policy.
        applied: String,
        /// Why the expected rule does not apply; `None` if the policy does not have it.
        why: Option<Box<WhyNot>>,
    },
    /// A rule applies that must not.
    #[error("expected another rule than `{rule}`")]
    UnwantedRule {
        /// The rule, or the group whose `otherwise` applies.
        rule: RuleId,
    },
    /// Another team, member, pool or outcome.
    #[error("expected {what} `{expected}`, got: {answer}")]
    Answer {
        /// What is expected: `team`, `member`, `pool` or `outcome`.
        what: &'static str,
        /// Which one.
        expected: String,
        /// What came of the lead, in a sentence.
        answer: String,
    },
    /// A value that the policy lists, or that the lead does not have.
    #[error("expected {field} to be unlisted, got {}", given(value.as_deref()))]
    Listed {
        /// The dimension or attribute.
        field: String,
        /// The value as the policy lists it; `None` if the lead has none.
        value: Option<String>,
    },
}

fn reason(why: Option<&WhyNot>) -> String {
    why.map_or_else(
        || ": the policy has no rule of that name".to_owned(),
        |why| format!(": {why}"),
    )
}

fn given(value: Option<&str>) -> String {
    value.map_or_else(|| "no value".to_owned(), |value| format!("`{value}`"))
}
