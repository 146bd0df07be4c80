//! Supporting teams.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::from_id::from_id;
use crate::id::TeamId;
use crate::name_or_object::name_or_object;
#[cfg(feature = "schema")]
use crate::name_or_object::or_name;

/// A team that supports the owner with one or more of its members.
///
/// In a file: the name of a team, or an object: `{"team": "presales", "members": 2}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = or_name))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Support {
    /// The supporting team.
    pub(crate) team: TeamId,
    /// How many different members. Default: 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = crate::limits::MAX_SUPPORTERS)))]
    pub(crate) members: u32,
}

impl Support {
    /// Support by one member of the team, whom its strategy picks.
    pub fn by(team: impl Into<TeamId>) -> Self {
        Self {
            team: team.into(),
            members: 1,
        }
    }

    /// Sets the number of different members, from 1 to
    /// [`MAX_SUPPORTERS`](crate::limits::MAX_SUPPORTERS); those of all teams together to
    /// [`MAX_SUPPORTERS_PER_LEAD`](crate::limits::MAX_SUPPORTERS_PER_LEAD).
    #[must_use]
    pub fn members(mut self, members: u32) -> Self {
        self.members = members;
        self
    }

    /// The supporting team.
    pub fn team(&self) -> &TeamId {
        &self.team
    }

    /// The number of its members who support the owner.
    pub fn get_members(&self) -> u32 {
        self.members
    }
}

from_id!(Support, TeamId, Self::by);

impl Serialize for Support {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.members == 1 {
            return self.team.serialize(serializer);
        }
        Self::serialize(self, serializer)
    }
}

/// The serde form as an object.
struct SupportForm(Support);

impl<'de> Deserialize<'de> for SupportForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Support::deserialize(deserializer).map(Self)
    }
}

impl From<SupportForm> for Support {
    fn from(SupportForm(support): SupportForm) -> Self {
        support
    }
}

impl<'de> Deserialize<'de> for Support {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, SupportForm>(deserializer, "a team's name, or a map with `team`")
    }
}

fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_one(units: &u32) -> bool {
    *units == 1
}
