//! Teams.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::{Limits, limit_setters, limits_form};
use super::member::TeamMember;
use super::rotation_scope::RotationScope;
use super::schedule::schedule_setters;
use super::strategy_choice::StrategyChoice;
use crate::availability::{Presence, TimeZone, WorkingHours};
use crate::dimension::Number;
use crate::fit::Requirement;
use crate::id::{CalendarId, TeamId};
use crate::map_form::{MapForm, read_map};
use crate::parsed::Parsed;
use crate::rule::IfNobody;

/// A team: members, how one of them is picked, and what happens if nobody can be.
///
/// In a file:
/// `{"id": "east", "strategy": "round_robin", "members": ["m-01", {"member": "m-02", "weight": 2}]}`.
///
/// ```
/// use leadtree::team::{Team, TeamMember};
///
/// let team = Team::new("east")
///     .strategy("least_loaded")
///     .members([TeamMember::new("m-01"), TeamMember::new("m-02").weight(2).max_open(30)]);
/// # let _ = team;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    pub(crate) id: TeamId,
    pub(crate) description: Option<String>,
    pub(crate) strategy: StrategyChoice,
    pub(crate) rotation: RotationScope,
    pub(crate) members: Vec<TeamMember>,
    pub(crate) time_zone: Option<Parsed<TimeZone>>,
    pub(crate) hours: Option<Parsed<WorkingHours>>,
    pub(crate) holidays: Vec<CalendarId>,
    pub(crate) last_asked: Presence,
    pub(crate) limits: Limits,
    pub(crate) most_ahead: Option<u32>,
    pub(crate) score_floor: Option<Number>,
    pub(crate) named_take_turns: bool,
    pub(crate) look_ahead_hours: Option<u32>,
    pub(crate) requires: Requirement,
    pub(crate) prefers: Requirement,
    pub(crate) if_nobody: Option<IfNobody>,
}

limits_form! {
    struct TeamForm for Team {
        id: TeamId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        #[serde(default, skip_serializing_if = "StrategyChoice::is_default")]
        strategy: StrategyChoice,
        #[serde(default, skip_serializing_if = "RotationScope::is_default")]
        rotation: RotationScope,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        members: Vec<TeamMember>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time_zone: Option<Parsed<TimeZone>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<Parsed<WorkingHours>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        holidays: Vec<CalendarId>,
        #[serde(default = "away", skip_serializing_if = "is_away")]
        last_asked: Presence,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_ahead: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score_floor: Option<Number>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        named_take_turns: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        look_ahead_hours: Option<u32>,
        #[serde(default, skip_serializing_if = "Requirement::is_empty")]
        requires: Requirement,
        #[serde(default, skip_serializing_if = "Requirement::is_empty")]
        prefers: Requirement,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        if_nobody: Option<IfNobody>,
    }
}

fn away() -> Presence {
    Presence::Away
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_away(presence: &Presence) -> bool {
    *presence == Presence::Away
}

impl<'de> MapForm<'de> for Team {
    const NAME: &'static str = "a team";

    fn from_map<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TeamForm::deserialize(deserializer).map(Self::from)
    }
}

impl<'de> Deserialize<'de> for Team {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_map(deserializer)
    }
}

impl Serialize for Team {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TeamForm::from(self.clone()).serialize(serializer)
    }
}

impl Team {
    /// A team without members that takes turns (`round_robin`).
    pub fn new(id: impl Into<TeamId>) -> Self {
        Self {
            id: id.into(),
            description: None,
            strategy: StrategyChoice::default(),
            rotation: RotationScope::PerTeam,
            members: Vec::new(),
            time_zone: None,
            hours: None,
            holidays: Vec::new(),
            last_asked: Presence::Away,
            limits: Limits::default(),
            most_ahead: None,
            score_floor: None,
            named_take_turns: false,
            look_ahead_hours: None,
            requires: Requirement::new(),
            prefers: Requirement::new(),
            if_nobody: None,
        }
    }

    /// What it is for, in the manager's words.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// How a member is picked: a strategy's name, or a [`StrategyChoice`].
    #[must_use]
    pub fn strategy(mut self, strategy: impl Into<StrategyChoice>) -> Self {
        self.strategy = strategy.into();
        self
    }

    /// Among which leads turns go round; [`RotationScope::PerTeam`] if not said.
    #[must_use]
    pub fn rotation(mut self, scope: RotationScope) -> Self {
        self.rotation = scope;
        self
    }

    /// Adds a member at the end.
    #[must_use]
    pub fn member(mut self, member: impl Into<TeamMember>) -> Self {
        self.members.push(member.into());
        self
    }

    /// Adds members at the end.
    #[must_use]
    pub fn members<M: Into<TeamMember>>(mut self, members: impl IntoIterator<Item = M>) -> Self {
        self.members.extend(members.into_iter().map(Into::into));
        self
    }

    limit_setters!("of all its members together");
    schedule_setters!("of the team");

    /// Down to which presence members are asked, each kind only where nobody of the kinds before can
    /// take the lead; [`Presence::Away`] if not said.
    #[must_use]
    pub fn last_asked(mut self, presence: Presence) -> Self {
        self.last_asked = presence;
        self
    }

    /// The [scores](crate::dispatch::Dispatcher::set_scores) of members count: shares follow weight times
    /// score, but nobody's share falls below so much of what it is by weights alone, from 0 to 1.
    #[must_use]
    pub fn score_floor(mut self, floor: Number) -> Self {
        self.score_floor = Some(floor);
        self
    }

    /// Whether a lead that a member of this team gets by name, by a rule or by hand, counts as the
    /// member's turn.
    #[must_use]
    pub fn named_take_turns(mut self, take: bool) -> Self {
        self.named_take_turns = take;
        self
    }

    /// What a member must be or know to get leads of this team, besides what the lead's rule asks.
    #[must_use]
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.requires = requirement;
        self
    }

    /// What a member had better be or know, for the strategy `best_fit`.
    #[must_use]
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.prefers = requirement;
        self
    }

    /// When nobody is at work: whoever is back first within so many hours takes the lead, from 1 to
    /// [`MAX_LOOK_AHEAD_HOURS`](crate::limits::MAX_LOOK_AHEAD_HOURS). If nobody is,
    /// [`if_nobody`](Self::if_nobody) says what happens.
    #[must_use]
    pub fn look_ahead_hours(mut self, hours: u32) -> Self {
        self.look_ahead_hours = Some(hours);
        self
    }

    /// Nobody gets a lead who would then have more than so many open leads of this team above
    /// whoever of those who could get it has fewest.
    #[must_use]
    pub fn most_ahead(mut self, leads: u32) -> Self {
        self.most_ahead = Some(leads);
        self
    }

    /// What happens to a lead when nobody here can take it; `unassigned` if not said.
    #[must_use]
    pub fn if_nobody(mut self, answer: IfNobody) -> Self {
        self.if_nobody = Some(answer);
        self
    }

    /// The team's id.
    pub fn id(&self) -> &TeamId {
        &self.id
    }

    /// The members in the order listed.
    pub fn roster(&self) -> &[TeamMember] {
        &self.members
    }

    /// How a member is picked.
    pub fn choice(&self) -> &StrategyChoice {
        &self.strategy
    }

    /// What happens to a lead when nobody here can take it.
    pub fn answer_if_nobody(&self) -> &IfNobody {
        self.if_nobody.as_ref().unwrap_or(&IfNobody::Unassigned)
    }

    /// Among which leads turns go round.
    pub fn rotation_scope(&self) -> &RotationScope {
        &self.rotation
    }

    /// Down to which presence members are asked.
    pub fn last_presence_asked(&self) -> Presence {
        self.last_asked
    }

    /// How many hours ahead is looked for whoever is back first, if at all.
    pub fn hours_ahead(&self) -> Option<u32> {
        self.look_ahead_hours
    }

    /// How many open leads anybody may be ahead of whoever has fewest, if that is limited.
    pub fn max_leads_ahead(&self) -> Option<u32> {
        self.most_ahead
    }

    /// The part of its share by weights that nobody's falls below, where scores count.
    pub fn share_floor(&self) -> Option<Number> {
        self.score_floor
    }

    /// Whether a lead by name counts as the member's turn.
    pub fn named_leads_take_turns(&self) -> bool {
        self.named_take_turns
    }

    /// What a member must be or know to get leads of this team, if anything.
    pub fn required(&self) -> Option<&Requirement> {
        Some(&self.requires).filter(|it| !it.is_empty())
    }

    /// What a member had better be or know, if anything.
    pub fn preferred(&self) -> Option<&Requirement> {
        Some(&self.prefers).filter(|it| !it.is_empty())
    }
}
