//! Members: a person across all teams, and in one team.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::{Limits, limit_setters, with_limits};
use super::schedule::schedule_setters;
use crate::availability::{Leave, Presence, TimeZone, WorkingHours};
use crate::fit::Skills;
use crate::from_id::from_id;
use crate::id::{CalendarId, GradeName, MemberId, SkillName};
use crate::name_or_object::name_or_object;
#[cfg(feature = "schema")]
use crate::name_or_object::or_name;
use crate::parsed::Parsed;
use crate::rule::{Period, WrittenPeriod};

with_limits! {
    /// A member across all teams: a person, their working time, grade and skills, and limits over all teams.
    ///
    /// In a file: a member's id, or an object:
    /// `{"id": "m-07", "hours": "mon-fri 09:00-18:00", "holidays": ["cn"], "max_open": 40}`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(
        feature = "schema",
        derive(schemars::JsonSchema),
        schemars(with = "MemberForm", transform = or_name)
    )]
    pub struct Member as MemberForm {
        /// The member's id, unique in the policy.
        id: MemberId,
        /// Whether the member takes leads. Default: true.
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        active: bool,
        /// Whether the member takes leads while at work. Default: `active`.
        #[serde(default, skip_serializing_if = "is_default")]
        presence: Presence,
        /// The time zone of hours and holidays: +08:00, Europe/Berlin. Default: the policy's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time_zone: Option<Parsed<TimeZone>>,
        /// The working hours: mon-fri 09:00-12:30 13:30-18:00. Default: always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<Parsed<WorkingHours>>,
        /// Holiday calendars; a day in any of them is off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = crate::limits::MAX_CALENDARS))]
        holidays: Vec<CalendarId>,
        /// When the member is away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leave: Vec<Leave>,
        /// One of the policy's grades.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grade: Option<GradeName>,
        /// The member's skills, including languages: a list, or a map with levels.
        #[serde(default, skip_serializing_if = "Skills::is_empty")]
        skills: Skills,
        ..limits "across all teams",
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

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Member {
    /// An active member who is always at work and has no limits.
    pub fn new(id: impl Into<MemberId>) -> Self {
        Self {
            id: id.into(),
            active: true,
            presence: Presence::default(),
            time_zone: None,
            hours: None,
            holidays: Vec::new(),
            leave: Vec::new(),
            grade: None,
            skills: Skills::new(),
            limits: Limits::default(),
        }
    }

    limit_setters!("over all teams together");
    schedule_setters!("of the member");

    /// Adds leave: times at which the member is away.
    #[must_use]
    pub fn leave(mut self, leave: impl IntoIterator<Item = Leave>) -> Self {
        self.leave.extend(leave);
        self
    }

    /// Sets the grade, one of those that the policy lists.
    #[must_use]
    pub fn grade(mut self, grade: impl Into<GradeName>) -> Self {
        self.grade = Some(grade.into());
        self
    }

    /// Adds a skill, such as a language, with its level from 1 to
    /// [`MAX_SKILL_LEVEL`](crate::limits::MAX_SKILL_LEVEL).
    #[must_use]
    pub fn skill(mut self, skill: impl Into<SkillName>, level: u32) -> Self {
        self.skills.push(skill, level);
        self
    }

    /// Sets the presence while at work; [`Presence::Active`] by default.
    #[must_use]
    pub fn presence(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self
    }

    /// Sets whether the member takes leads at all; `true` by default.
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

    /// The presence while at work that the policy states. It can be
    /// [changed at run time](crate::dispatch::Dispatcher::set_presence).
    pub fn get_presence(&self) -> Presence {
        self.presence
    }

    /// The leave that the policy states. It can be
    /// [changed at run time](crate::dispatch::Dispatcher::set_leave).
    pub fn get_leave(&self) -> &[Leave] {
        &self.leave
    }

    /// The member's grade, if any.
    pub fn get_grade(&self) -> Option<&GradeName> {
        self.grade.as_ref()
    }

    /// The member's skills and their levels.
    pub fn skills(&self) -> &Skills {
        &self.skills
    }
}

from_id!(Member, MemberId, Self::new);

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

with_limits! {
    /// A person as a member of one team: weight, terms, and limits within this team.
    ///
    /// In a file: a member's id, or an object: `{"member": "m-07", "weight": 2, "max_open": 20}`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(
        feature = "schema",
        derive(schemars::JsonSchema),
        schemars(with = "TeamMemberForm", transform = or_name)
    )]
    pub struct TeamMember as TeamMemberForm {
        /// The member's id.
        member: MemberId,
        /// The share of leads relative to the other members. Default: 1.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        #[schemars(range(min = 1, max = crate::limits::MAX_WEIGHT))]
        weight: u32,
        /// Whether the member takes leads of this team. Default: true.
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        active: bool,
        /// When the member is in this team. Default: always.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = crate::limits::MAX_TERMS))]
        terms: Vec<WrittenPeriod>,
        ..limits "in this team",
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
    /// An active member with weight 1 and without limits in this team.
    pub fn new(member: impl Into<MemberId>) -> Self {
        Self {
            member: member.into(),
            weight: 1,
            active: true,
            terms: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Sets the weight, from 1 to [`MAX_WEIGHT`](crate::limits::MAX_WEIGHT). A member of weight 2 has
    /// twice the share of a member of weight 1.
    #[must_use]
    pub fn weight(mut self, weight: u32) -> Self {
        self.weight = weight;
        self
    }

    limit_setters!("in this team");

    /// Adds a term: a period in which the member belongs to this team. Without terms the member always
    /// does. Fractions of a second are ignored.
    #[must_use]
    pub fn term(mut self, period: impl Into<WrittenPeriod>) -> Self {
        self.terms.push(period.into());
        self
    }

    /// The terms as written, in which the member belongs to this team; if empty, the member always does.
    pub fn terms(&self) -> &[WrittenPeriod] {
        &self.terms
    }

    /// The terms, where local times are those of the policy's time zone.
    pub(crate) fn terms_within(&self, zone: TimeZone) -> Vec<Period> {
        self.terms.iter().map(|term| term.within(zone)).collect()
    }

    /// Sets whether the member takes leads of this team; `true` by default.
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
    pub fn get_weight(&self) -> u32 {
        self.weight
    }

    /// Whether the member takes leads of this team.
    pub fn is_active(&self) -> bool {
        self.active
    }
}

from_id!(TeamMember, MemberId, Self::new);

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
