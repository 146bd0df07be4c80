//! Members and their limits.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::MemberId;
use crate::name_or_object::name_or_object;

/// How many leads a member may have; an absent limit is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Most leads open at once.
    pub max_open: Option<u32>,
    /// Most leads a calendar day, in the policy's time zone.
    pub max_per_day: Option<u32>,
}

/// A member over all teams: one person, and the limits that hold overall.
///
/// In a file a member's id, or an object: `{"id": "m-07", "max_open": 40, "max_per_day": 8}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub(crate) id: MemberId,
    pub(crate) max_open: Option<u32>,
    pub(crate) max_per_day: Option<u32>,
    pub(crate) active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberForm {
    id: MemberId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_open: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_per_day: Option<u32>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    active: bool,
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
            max_open: None,
            max_per_day: None,
            active: true,
        }
    }

    /// The member's id.
    pub fn id(&self) -> &MemberId {
        &self.id
    }

    /// Most leads open at once, over all teams.
    #[must_use]
    pub fn max_open(mut self, leads: u32) -> Self {
        self.max_open = Some(leads);
        self
    }

    /// Most leads a calendar day, over all teams.
    #[must_use]
    pub fn max_per_day(mut self, leads: u32) -> Self {
        self.max_per_day = Some(leads);
        self
    }

    /// Whether the member takes leads at all.
    #[must_use]
    pub fn active(mut self, active: bool) -> Self {
        self.active = active;
        self
    }

    /// The limits over all teams.
    pub fn limits(&self) -> Limits {
        Limits {
            max_open: self.max_open,
            max_per_day: self.max_per_day,
        }
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

impl From<MemberForm> for Member {
    fn from(form: MemberForm) -> Self {
        let MemberForm {
            id,
            max_open,
            max_per_day,
            active,
        } = form;
        Self {
            id,
            max_open,
            max_per_day,
            active,
        }
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::new(&self.id) {
            return self.id.serialize(serializer);
        }
        let Self {
            id,
            max_open,
            max_per_day,
            active,
        } = self.clone();
        MemberForm {
            id,
            max_open,
            max_per_day,
            active,
        }
        .serialize(serializer)
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
    pub(crate) max_open: Option<u32>,
    pub(crate) max_per_day: Option<u32>,
    pub(crate) active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamMemberForm {
    member: MemberId,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    weight: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_open: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_per_day: Option<u32>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    active: bool,
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
            max_open: None,
            max_per_day: None,
            active: true,
        }
    }

    /// The member's share against the others', from 1 to
    /// [`MAX_WEIGHT`](crate::limits::MAX_WEIGHT).
    #[must_use]
    pub fn weight(mut self, weight: u32) -> Self {
        self.weight = weight;
        self
    }

    /// Most leads of this team open at once.
    #[must_use]
    pub fn max_open(mut self, leads: u32) -> Self {
        self.max_open = Some(leads);
        self
    }

    /// Most leads of this team a calendar day.
    #[must_use]
    pub fn max_per_day(mut self, leads: u32) -> Self {
        self.max_per_day = Some(leads);
        self
    }

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

    /// The limits in this team.
    pub fn limits(&self) -> Limits {
        Limits {
            max_open: self.max_open,
            max_per_day: self.max_per_day,
        }
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

impl From<TeamMemberForm> for TeamMember {
    fn from(form: TeamMemberForm) -> Self {
        let TeamMemberForm {
            member,
            weight,
            max_open,
            max_per_day,
            active,
        } = form;
        Self {
            member,
            weight,
            max_open,
            max_per_day,
            active,
        }
    }
}

impl Serialize for TeamMember {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::new(&self.member) {
            return self.member.serialize(serializer);
        }
        let Self {
            member,
            weight,
            max_open,
            max_per_day,
            active,
        } = self.clone();
        TeamMemberForm {
            member,
            weight,
            max_open,
            max_per_day,
            active,
        }
        .serialize(serializer)
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
