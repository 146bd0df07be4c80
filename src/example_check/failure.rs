//! What did not come of an example's lead as expected.

use std::fmt::{self, Display};

use thiserror::Error;

use crate::dispatch::Assignment;
use crate::example::ExpectedOutcome;
use crate::explain::WhyNot;
use crate::id::{MemberId, PoolId, RuleId, TeamId};
use crate::policy::Source;
use crate::rule::Subject;
use crate::text::cut;

/// Something of an example that did not come as expected. The message says what came instead, and why.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ExampleFailure {
    /// Another rule applies.
    #[error("expected rule `{expected}`, got {applied}{}", Reason(why.as_deref()))]
    Rule {
        /// The rule, or the group of which something should apply.
        expected: RuleId,
        /// What applies instead.
        applied: Source,
        /// Why the expected rule or group does not apply; `None` if the policy does not have it.
        why: Option<Box<WhyNot>>,
    },
    /// A rule applies that must not, or something of a group.
    #[error("expected nothing of `{rule}`, got {applied}")]
    UnwantedRule {
        /// The rule or the group.
        rule: RuleId,
        /// What applies: the rule, or something of the group.
        applied: Source,
    },
    /// An `otherwise` applies in place of a rule, or a rule in place of an `otherwise`.
    #[error("expected {}, got {applied}", Otherwise(*expected, group.as_ref()))]
    Otherwise {
        /// Whether the `otherwise` should apply.
        expected: bool,
        /// The group whose `otherwise` is meant; `None` for that of the policy.
        group: Option<RuleId>,
        /// What applies.
        applied: Source,
    },
    /// Another team owns the lead, or none.
    #[error("expected team `{expected}`, got: {got}")]
    Team {
        /// The team.
        expected: TeamId,
        /// What came of the lead.
        got: Box<Assignment>,
    },
    /// Another member owns the lead, or nobody.
    #[error("expected member `{expected}`, got: {got}{}", Because(why.as_deref()))]
    Member {
        /// The member.
        expected: MemberId,
        /// What came of the lead.
        got: Box<Assignment>,
        /// Why the member did not get it, in a sentence; `None` if no team was asked that the member is in.
        why: Option<String>,
    },
    /// The lead is in another pool, or in none.
    #[error("expected pool `{expected}`, got: {got}")]
    Pool {
        /// The pool.
        expected: PoolId,
        /// What came of the lead.
        got: Box<Assignment>,
    },
    /// Something else came of the lead.
    #[error("expected outcome `{expected}`, got: {got}")]
    Outcome {
        /// What should come of it.
        expected: ExpectedOutcome,
        /// What came of it.
        got: Box<Assignment>,
    },
    /// A value that the policy lists, or that the lead does not have.
    #[error("expected {field} to be unlisted, got {}", Given(value.as_deref()))]
    Listed {
        /// The dimension or attribute.
        field: Subject,
        /// The value as the policy lists it; `None` if the lead has none.
        value: Option<String>,
    },
}

struct Reason<'f>(Option<&'f WhyNot>);

impl Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(why) => write!(f, ": {why}"),
            None => f.write_str(": the policy has no rule of that name"),
        }
    }
}

struct Otherwise<'f>(bool, Option<&'f RuleId>);

impl Display for Otherwise<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self(false, _) => f.write_str("a rule"),
            Self(true, Some(group)) => write!(f, "the otherwise of group `{group}`"),
            Self(true, None) => f.write_str("the otherwise of the policy"),
        }
    }
}

struct Because<'f>(Option<&'f str>);

impl Display for Because<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(why) => write!(f, "; {why}"),
            None => f.write_str("; no team was asked that the member is in"),
        }
    }
}

struct Given<'f>(Option<&'f str>);

impl Display for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(value) => write!(f, "`{}`", cut(value)),
            None => f.write_str("no value"),
        }
    }
}
