//! Which policy it is, by its content.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::content_hash::content_hash;
use super::draft::PolicyDraft;

/// Which policy it is, by its content: two policies have the same identity if they are written the same in
/// the form of a policy file, apart from their examples. Whoever changes a rule without a thought for the
/// `version` has another identity. Examples are no part of deciding: whoever changes nothing else keeps it, so
/// that a running dispatcher, and the states and records stored by it, go on.
///
/// It is 128 bits of XXH3 (Y. Collet, 2019) over the serde form: fit to tell policies apart that people
/// write, but not those that somebody makes to be taken for each other. Written as 32 hexadecimal digits.
///
/// ```
/// use leadtree::policy::{PolicyDraft, PolicyIdentity};
/// use leadtree::team::Team;
///
/// let draft = PolicyDraft::new().team(Team::new("east").members(["m-01"]));
/// let policy = draft.clone().build()?;
/// assert_eq!(policy.identity(), draft.clone().build()?.identity());
/// let other = draft.team(Team::new("west").members(["m-02"])).build()?;
/// assert_ne!(policy.identity(), other.identity());
///
/// let written = policy.identity().to_string();
/// assert_eq!(written.parse::<PolicyIdentity>()?, policy.identity());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PolicyIdentity(u128);

/// A text that is no identity of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no identity of a policy; write 32 hexadecimal digits")]
pub struct PolicyIdentityError(String);

impl PolicyIdentity {
    /// Linear in the length of the policy.
    pub(super) fn of(draft: &PolicyDraft) -> Self {
        if draft.examples.is_empty() {
            return Self(content_hash(draft));
        }
        let mut decides = draft.clone();
        decides.examples.clear();
        Self(content_hash(&decides))
    }
}

impl fmt::Display for PolicyIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for PolicyIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PolicyIdentity {
    type Err = PolicyIdentityError;

    fn from_str(text: &str) -> Result<Self, PolicyIdentityError> {
        let identity = u128::from_str_radix(text, 16).map(Self);
        let identity = identity.ok().filter(|it| it.to_string() == text);
        identity.ok_or_else(|| PolicyIdentityError(text.to_owned()))
    }
}

impl From<PolicyIdentity> for String {
    fn from(identity: PolicyIdentity) -> Self {
        identity.to_string()
    }
}

impl TryFrom<String> for PolicyIdentity {
    type Error = PolicyIdentityError;

    fn try_from(text: String) -> Result<Self, PolicyIdentityError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{Example, Expectation};
    use crate::lead::Lead;

    #[test]
    fn examples_do_not_make_another_policy() {
        let plain = PolicyDraft::new().pool("later");
        let lead = Lead::builder("L-1").build();
        let example = Example::new(lead, Expectation::new().pool("unmatched"));
        let with_one = plain.clone().example(example.clone());
        let with_two = with_one.clone().example(example);
        let identity = PolicyIdentity::of(&plain);
        assert_eq!(PolicyIdentity::of(&with_one), identity);
        assert_eq!(PolicyIdentity::of(&with_two), identity);
        assert_ne!(PolicyIdentity::of(&with_two.pool("other")), identity);
    }
}
