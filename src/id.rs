//! Ids and names of the parts of a policy.
//!
//! An id is an opaque text, compared byte by byte. Ids of up to 23 bytes are stored inline, without
//! allocation; clones of a longer id share its text.

use std::borrow::{Borrow, Cow};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
        #[serde(transparent)]
        pub struct $name(#[cfg_attr(feature = "schema", schemars(with = "String"))] SmolStr);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(SmolStr::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(SmolStr::from(text))
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(SmolStr::from(text))
            }
        }

        impl From<Cow<'_, str>> for $name {
            fn from(text: Cow<'_, str>) -> Self {
                Self(SmolStr::from(text))
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok(text.into())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }
    };
}

id!(
    /// The id of a lead, unique to the caller.
    LeadId
);
id!(
    /// The id of an account (company), unique to the caller.
    AccountId
);
id!(
    /// The id of a rule or a group, unique in its policy.
    RuleId
);
id!(
    /// The id of a team, unique in its policy.
    TeamId
);
id!(
    /// The id of a member, unique in its policy. One person has one id and may sit in several teams.
    MemberId
);
id!(
    /// The id of a pool. Leads in a pool have no owner; members may claim them.
    PoolId
);
id!(
    /// The id of a rotation, which records whose turn it is. By default each team has a rotation of
    /// its own, named like the team.
    RotationId
);
id!(
    /// The name of a calendar of holidays, unique in its policy: `cn`, `de-by`.
    CalendarId
);
id!(
    /// The name of a grade of members: `junior`, `senior`.
    GradeName
);
id!(
    /// The name of a skill. Languages are skills.
    SkillName
);
id!(
    /// The name of an attribute that a policy declares.
    AttributeName
);
id!(
    /// The name of a strategy in a strategy registry.
    StrategyName
);

impl PoolId {
    /// The pool for leads that no rule matches, in a policy without an `otherwise`: `unmatched`.
    pub fn unmatched() -> Self {
        Self::from("unmatched")
    }
}

impl From<&TeamId> for RotationId {
    fn from(team: &TeamId) -> Self {
        Self(team.0.clone())
    }
}
