//! Teams.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::{Limits, limit_setters, with_limits};
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

with_limits! {
    /// A team: its members, how one of them is picked, and what happens if nobody can take a lead.
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
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "TeamForm"))]
    pub struct Team as TeamForm {
        /// The team's id, unique in the policy.
        id: TeamId,
        /// What it is for, free text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// How a member is picked: `round_robin` (the default), `least_loaded`, `sticky`, `random`,
        /// `waterfall`, `best_fit`, or a custom strategy of the service.
        #[serde(default, skip_serializing_if = "StrategyChoice::is_default")]
        strategy: StrategyChoice,
        /// The scope of the rotation. Default: `per_team`.
        #[serde(default, skip_serializing_if = "RotationScope::is_default")]
        rotation: RotationScope,
        /// The members, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        members: Vec<TeamMember>,
        /// The time zone of hours and holidays: +08:00, Europe/Berlin. Default: the policy's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time_zone: Option<Parsed<TimeZone>>,
        /// The hours in which the team gets leads: mon-fri 09:00-18:00. Default: always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<Parsed<WorkingHours>>,
        /// Holiday calendars; a day in any of them is off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = crate::limits::MAX_CALENDARS))]
        holidays: Vec<CalendarId>,
        /// The lowest presence with which members take leads of this team. Default: `away`.
        #[serde(default = "away", skip_serializing_if = "is_away")]
        last_asked: Presence,
        ..limits "of all members together",
        /// How many more open leads than the member with the fewest anybody may get.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_ahead: Option<u32>,
        /// Makes scores move shares; no share falls below this fraction of the share by weight alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 1))]
        score_floor: Option<Number>,
        /// Whether leads assigned to members by name count as their turns. Default: false.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        named_take_turns: bool,
        /// If nobody is at work, the lead goes to whoever is back first within this many hours.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = crate::limits::MAX_LOOK_AHEAD_HOURS))]
        look_ahead_hours: Option<u32>,
        /// The grade and skills that members need for leads of this team.
        #[serde(default, skip_serializing_if = "Requirement::is_empty")]
        requires: Requirement,
        /// The grade and skills that members should preferably have, for the strategy `best_fit`.
        #[serde(default, skip_serializing_if = "Requirement::is_empty")]
        prefers: Requirement,
        /// What happens to a lead that nobody here can take. Default: `unassigned`.
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
    /// A team without members, with the strategy `round_robin`.
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

    /// Sets a description for readers of the policy.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets how a member is picked: the name of a strategy, or a [`StrategyChoice`] with options.
    #[must_use]
    pub fn strategy(mut self, strategy: impl Into<StrategyChoice>) -> Self {
        self.strategy = strategy.into();
        self
    }

    /// Sets the leads over which members take turns; [`RotationScope::PerTeam`] by default.
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

    limit_setters!("of all members together");
    schedule_setters!("of the team");

    /// Sets the last presence that the team falls back to; [`Presence::Away`] by default. Members are
    /// considered in the order active, away, unavailable: the next presence only if no member of the
    /// ones before can take the lead.
    #[must_use]
    pub fn last_asked(mut self, presence: Presence) -> Self {
        self.last_asked = presence;
        self
    }

    /// Lets the [scores](crate::dispatch::Dispatcher::set_scores) of members change their shares: shares
    /// are proportional to weight times score. `floor`, from 0 to 1, limits the change: no share falls
    /// below `floor` times the share by weight alone.
    #[must_use]
    pub fn score_floor(mut self, floor: Number) -> Self {
        self.score_floor = Some(floor);
        self
    }

    /// Sets whether a lead that a member of this team gets by name (from a rule that names the member, or
    /// by hand) counts as the member's turn; `false` by default.
    #[must_use]
    pub fn named_take_turns(mut self, take: bool) -> Self {
        self.named_take_turns = take;
        self
    }

    /// Sets the requirement that members must meet to get leads of this team, in addition to the
    /// requirement of the lead's rule.
    #[must_use]
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.requires = requirement;
        self
    }

    /// Sets the requirement that the strategy `best_fit` prefers members to meet.
    #[must_use]
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.prefers = requirement;
        self
    }

    /// If nobody is at work, gives the lead to the member who is back first within this many hours, from
    /// 1 to [`MAX_LOOK_AHEAD_HOURS`](crate::limits::MAX_LOOK_AHEAD_HOURS). If nobody is back by then,
    /// [`if_nobody`](Self::if_nobody) applies.
    #[must_use]
    pub fn look_ahead_hours(mut self, hours: u32) -> Self {
        self.look_ahead_hours = Some(hours);
        self
    }

    /// Limits how far members may get ahead: a member is passed over who, with the lead, would have more
    /// than this many open leads of the team above the eligible member who has the fewest.
    #[must_use]
    pub fn most_ahead(mut self, leads: u32) -> Self {
        self.most_ahead = Some(leads);
        self
    }

    /// Sets what happens to a lead that nobody in the team can take; [`IfNobody::Unassigned`] by default.
    #[must_use]
    pub fn if_nobody(mut self, answer: IfNobody) -> Self {
        self.if_nobody = Some(answer);
        self
    }

    /// The team's id.
    pub fn id(&self) -> &TeamId {
        &self.id
    }

    /// The description for readers of the policy, if any.
    pub fn get_description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The members, in the order listed.
    pub fn get_members(&self) -> &[TeamMember] {
        &self.members
    }

    /// The strategy by which a member is picked.
    pub fn get_strategy(&self) -> &StrategyChoice {
        &self.strategy
    }

    /// What happens to a lead that nobody in the team can take.
    pub fn get_if_nobody(&self) -> &IfNobody {
        self.if_nobody.as_ref().unwrap_or(&IfNobody::Unassigned)
    }

    /// The leads over which members take turns.
    pub fn get_rotation(&self) -> &RotationScope {
        &self.rotation
    }

    /// The last presence that the team falls back to.
    pub fn get_last_asked(&self) -> Presence {
        self.last_asked
    }

    /// How many hours the team looks ahead for the member who is back at work first, if at all.
    pub fn get_look_ahead_hours(&self) -> Option<u32> {
        self.look_ahead_hours
    }

    /// How many open leads a member may be ahead of the member who has the fewest, if limited.
    pub fn get_most_ahead(&self) -> Option<u32> {
        self.most_ahead
    }

    /// The lower bound on shares by score, as a fraction of the share by weight alone, if scores are used.
    pub fn get_score_floor(&self) -> Option<Number> {
        self.score_floor
    }

    /// Whether a lead that a member gets by name counts as the member's turn.
    pub fn get_named_take_turns(&self) -> bool {
        self.named_take_turns
    }

    /// The requirement that members must meet, if any.
    pub fn get_requires(&self) -> Option<&Requirement> {
        Some(&self.requires).filter(|it| !it.is_empty())
    }

    /// The requirement that `best_fit` prefers members to meet, if any.
    pub fn get_prefers(&self) -> Option<&Requirement> {
        Some(&self.prefers).filter(|it| !it.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::Requirement;
    use crate::team::{Member, OptionValue};

    #[test]
    fn getters_return_what_setters_set() {
        let german = Requirement::new().skill("german", 2);
        let senior = Requirement::new().grade_at_least("senior");
        let team = Team::new("east")
            .description("leads of the east")
            .strategy(StrategyChoice::new("random").option("seed", 7))
            .rotation(RotationScope::PerRule)
            .members([String::from("a")])
            .member(TeamMember::new("b").weight(2).active(false))
            .time_zone("+08:00")
            .hours("mon-fri 09:00-18:00")
            .holidays(["cn"])
            .last_asked(Presence::Active)
            .score_floor(Number::from(1))
            .named_take_turns(true)
            .requires(german.clone())
            .prefers(senior.clone())
            .look_ahead_hours(12)
            .most_ahead(3)
            .if_nobody(IfNobody::Wait);
        assert_eq!(team.get_description(), Some("leads of the east"));
        let strategy = team.get_strategy();
        assert_eq!(strategy.name(), "random");
        let seed = OptionValue::Number(7.into());
        assert_eq!(strategy.get_option("seed"), Some(&seed));
        assert_eq!(team.get_rotation(), &RotationScope::PerRule);
        let [a, b] = team.get_members() else {
            panic!("two members")
        };
        assert_eq!((a.member().as_str(), a.get_weight()), ("a", 1));
        assert_eq!((b.member().as_str(), b.get_weight()), ("b", 2));
        assert_eq!((a.is_active(), b.is_active()), (true, false));
        let zone = team.get_time_zone().map(|zone| zone.to_string());
        assert_eq!(zone.as_deref(), Some("+08:00"));
        let hours = team.get_hours().map(ToString::to_string);
        assert_eq!(hours.as_deref(), Some("mon-fri 09:00-18:00"));
        assert_eq!(team.get_holidays(), ["cn"]);
        assert_eq!(team.get_last_asked(), Presence::Active);
        assert_eq!(team.get_score_floor(), Some(Number::from(1)));
        assert!(team.get_named_take_turns());
        assert_eq!(team.get_requires(), Some(&german));
        assert_eq!(team.get_prefers(), Some(&senior));
        assert_eq!(team.get_look_ahead_hours(), Some(12));
        assert_eq!(team.get_most_ahead(), Some(3));
        assert_eq!(team.get_if_nobody(), &IfNobody::Wait);

        let member = Member::from(String::from("a"))
            .grade("senior")
            .presence(Presence::Away);
        assert_eq!(member.get_grade().unwrap(), "senior");
        assert_eq!(member.get_presence(), Presence::Away);
        assert_eq!(member.get_leave(), []);
    }
}
