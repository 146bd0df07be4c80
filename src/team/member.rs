//! Members, over all teams and in one.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::{Limits, limit_setters, limits_form};
use crate::id::MemberId;
use crate::name_or_object::name_or_object;

/// A member over all teams: one person, and the limits that hold overall.
///
/// In a file a member's id, or an object: `{"id": "m-07", "max_open": 40, "max_per_day": 8}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub(crate) id: MemberId,
    pub(crate) active: bool,
    pub(crate) limits: Limits,
}

limits_form! {
    struct MemberForm for Member {
        id: MemberId,
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        active: bool,
    }
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_yes(active: &bool) -> bool {
    *active
}

impl Member {
    /// An active member without limits.
    pub fn new(id: impl Into<MemberId>) -> Self {
        Self {
            id: id.into(),
            active: true,
            limits: Limits::default(),
        }
    }

    limit_setters!("over all teams");

    /// Whether the member takes leads at all.
    #[must_use]
    pub fn active(mut self, active: bool) -> Self {
        self.active = active;
        self
    }

    /// The member's id.
    pub fn id(&self) -> &MemberId {
        &self.id
    }

    /// Whether the member takes leads at all.
    pub fn is_active(&self) -> bool {
        self.active
    }
}

impl From<&str> for Member {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::new(&self.id) {
            return self.id.serialize(serializer);
        }
        MemberForm::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, MemberForm>(deserializer, "a member's id, or a map with `id`")
    }
}

/// A member's place in a team: weight, and the limits that hold in this team.
///
/// In a file a member's id, or an object: `{"member": "m-07", "weight": 2, "max_open": 20}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMember {
    pub(crate) member: MemberId,
    pub(crate) weight: u32,
    pub(crate) active: bool,
    pub(crate) limits: Limits,
}

limits_form! {
    struct TeamMemberForm for TeamMember {
        member: MemberId,
        #[serde(default = "one", skip_serializing_if = "is_one")]
        weight: u32,
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        active: bool,
    }
}

fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_one(weight: &u32) -> bool {
    *weight == 1
}

impl TeamMember {
    /// An active member of weight 1 without limits in this team.
    pub fn new(member: impl Into<MemberId>) -> Self {
        Self {
            member: member.into(),
            weight: 1,
            active: true,
            limits: Limits::default(),
        }
    }

    /// The member's share against the others', from 1 to
    /// [`MAX_WEIGHT`](crate::limits::MAX_WEIGHT).
    #[must_use]
    pub fn weight(mut self, weight: u32) -> Self {
        self.weight = weight;
        self
    }

    limit_setters!("in this team");

    /// Whether the member takes leads of this team.
    #[must_use]
    pub fn active(mut self, active: bool) -> Self {
        self.active = active;
        self
    }

    /// The member's id.
    pub fn member(&self) -> &MemberId {
        &self.member
    }

    /// The member's weight.
    pub fn share(&self) -> u32 {
        self.weight
    }

    /// Whether the member takes leads of this team.
    pub fn is_active(&self) -> bool {
        self.active
    }
}

impl From<&str> for TeamMember {
    fn from(member: &str) -> Self {
        Self::new(member)
    }
}

impl From<MemberId> for TeamMember {
    fn from(member: MemberId) -> Self {
        Self::new(member)
    }
}

impl Serialize for TeamMember {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::new(&self.member) {
            return self.member.serialize(serializer);
        }
        TeamMemberForm::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TeamMember {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, TeamMemberForm>(
            deserializer,
            "a member's id, or a map with `member`",
        )
    }
}
