//! Checks pools, members and teams, with their working time and limits.

use indexmap::IndexMap;

use super::checker::Checker;
use crate::availability::{HoursErrors, TimeZone};
use crate::id::{CalendarId, MemberId, PoolId, RotationId, TeamId};
use crate::limits::{
    MAX_CALENDARS, MAX_DAYS_OFF, MAX_LOOK_AHEAD_HOURS, MAX_PER_RULE_TURNS, MAX_TERMS, MAX_WEIGHT,
    MAX_WINDOW_LEADS, MAX_WINDOW_MINUTES, MAX_WINDOWS,
};
use crate::parsed::Parsed;
use crate::place::{Place, Trail};
use crate::policy::errors::PolicyFault;
use crate::team::{Limits, RotationScope, Schedule, StrategyChoice, Team};

impl Checker<'_> {
    /// Collects the names of pools, members and teams, and refuses duplicates.
    pub(super) fn names(&mut self) {
        let draft = self.draft;
        let whole = Trail::Whole;
        self.pools
            .insert(PoolId::unmatched(), Place::whole().field("pools"));
        let pools = whole.field("pools");
        for (index, pool) in draft.pools.iter().enumerate() {
            let trail = pools.item(index);
            if self.is_named("pool", pool.as_str(), trail) && *pool != PoolId::unmatched() {
                let first = self.pools.insert(pool.clone(), trail.place());
                self.duplicate("pool", pool.as_str(), first, trail);
            }
        }
        self.grades(whole.field("grades"));
        self.calendars(whole.field("holidays"));
        let members = whole.field("members");
        let mut places: IndexMap<&MemberId, Place> = IndexMap::new();
        for (index, member) in draft.members.iter().enumerate() {
            let trail = members.item(index);
            if self.is_named("member", member.id.as_str(), trail) {
                let first = places.insert(&member.id, trail.place());
                self.duplicate("member", member.id.as_str(), first, trail);
            }
            self.limits(&member.limits, trail);
            self.schedule(member.schedule(), trail);
            let leave = trail.field("leave");
            self.within(leave, "entries", member.leave.len(), 0..=MAX_DAYS_OFF);
            if let Some(grade) = &member.grade {
                self.known_grade(grade, trail.field("grade"));
            }
            self.levels(&member.skills, trail.field("skills"));
        }
        self.members = places.into_keys().cloned().collect();
        let mut places: IndexMap<&TeamId, Place> = IndexMap::new();
        let teams = whole.field("teams");
        for (index, team) in draft.teams.iter().enumerate() {
            let trail = teams.item(index);
            if self.is_named("team", team.id.as_str(), trail) {
                let first = places.insert(&team.id, trail.place());
                self.duplicate("team", team.id.as_str(), first, trail);
                self.teams.entry(team.id.clone()).or_insert(team);
            }
        }
        let mut shared: IndexMap<&RotationId, &Team> = IndexMap::new();
        for (index, team) in draft.teams.iter().enumerate() {
            self.team(team, teams.item(index));
            if let RotationScope::Shared(rotation) = &team.rotation {
                let first = *shared.entry(rotation).or_insert(team);
                self.shared_rotation(rotation, team, first, teams.item(index).field("rotation"));
            }
        }
    }

    fn shared_rotation(
        &mut self,
        rotation: &RotationId,
        team: &Team,
        first: &Team,
        trail: Trail<'_>,
    ) {
        let trail = trail.field("shared");
        if !self.is_named("rotation", rotation.as_str(), trail) {
            return;
        }
        let rotation = rotation.clone();
        if self.teams.contains_key(rotation.as_str()) {
            self.resolver
                .fault(trail, PolicyFault::RotationNamedLikeTeam { rotation });
        } else if team.strategy != first.strategy {
            let other = first.id.clone();
            self.resolver.fault(
                trail,
                PolicyFault::RotationOfTwoStrategies { rotation, other },
            );
        }
    }

    /// A rotation per rule keeps one entry for each pair of member and rule: bounds their number.
    pub(super) fn turns_by_rule(&mut self, trail: Trail<'_>) {
        let by_rule = |id: &TeamId| {
            let team = self.teams.get(id)?;
            (team.rotation == RotationScope::PerRule).then_some(team.members.len())
        };
        let places = self.grants.iter().map(|grant| {
            let places = grant.teams().into_iter().filter_map(by_rule);
            places.fold(0, usize::saturating_add)
        });
        let places = places.fold(0, usize::saturating_add);
        if places > MAX_PER_RULE_TURNS {
            let fault = PolicyFault::TooManyTurnsByRule { places };
            self.resolver.fault(trail, fault);
        }
    }

    fn team(&mut self, team: &Team, trail: Trail<'_>) {
        self.strategy(&team.strategy, trail.field("strategy"));
        let members = trail.field("members");
        let all_declared = !self.draft.members.is_empty();
        let mut places: IndexMap<&MemberId, Place> = IndexMap::new();
        for (index, member) in team.members.iter().enumerate() {
            let trail = members.item(index);
            let id = &member.member;
            if self.is_named("member", id.as_str(), trail) {
                let first = places.insert(id, trail.place());
                self.duplicate("member", id.as_str(), first, trail);
                if all_declared {
                    self.member(id, trail);
                } else {
                    self.members.insert(id.clone());
                }
            }
            if member.weight == 0 || member.weight > MAX_WEIGHT {
                let fault = PolicyFault::Weight {
                    weight: member.weight,
                };
                self.resolver.fault(trail.field("weight"), fault);
            }
            self.limits(&member.limits, trail);
            let terms = trail.field("terms");
            self.within(terms, "terms", member.terms.len(), 0..=MAX_TERMS);
            for (index, term) in member.terms.iter().enumerate() {
                self.period(*term, terms.item(index));
            }
        }
        self.limits(&team.limits, trail);
        self.schedule(team.schedule(), trail);
        self.requirement(&team.requires, trail.field("requires"));
        self.requirement(&team.prefers, trail.field("prefers"));
        if let Some(floor) = team.score_floor
            && !(0.0..=1.0).contains(&floor.get())
        {
            let fault = PolicyFault::ScoreFloor { floor };
            self.resolver.fault(trail.field("score_floor"), fault);
        }
        if let Some(hours) = team.look_ahead_hours {
            let trail = trail.field("look_ahead_hours");
            self.within(trail, "hours", hours, 1..=MAX_LOOK_AHEAD_HOURS);
        }
        if let Some(answer) = &team.if_nobody {
            self.if_nobody(answer, trail.field("if_nobody"));
        }
    }

    /// Checks name and options of a strategy, if the strategies are known.
    fn strategy(&mut self, choice: &StrategyChoice, trail: Trail<'_>) {
        let Some(check) = self.strategies else { return };
        let is_map = choice.options().len() > 0;
        for (option, message) in check(choice) {
            let field = option.as_deref().or(is_map.then_some("name"));
            let fault = PolicyFault::Strategy { message };
            match field {
                Some(field) => self.resolver.fault(trail.field(field), fault),
                None => self.resolver.fault(trail, fault),
            }
        }
    }

    fn limits(&mut self, limits: &Limits, trail: Trail<'_>) {
        let trail = trail.field("max_within");
        if limits.windows.len() > MAX_WINDOWS {
            let most = 0..=MAX_WINDOWS;
            self.within(trail, "sliding-window limits", limits.windows.len(), most);
        }
        for (index, window) in limits.windows.iter().enumerate() {
            let trail = trail.item(index);
            let leads = trail.field("leads");
            self.within(leads, "leads", window.leads, 1..=MAX_WINDOW_LEADS);
            let minutes = trail.field("minutes");
            self.within(minutes, "minutes", window.minutes, 1..=MAX_WINDOW_MINUTES);
        }
    }

    pub(super) fn time_zone(&mut self, zone: Option<&Parsed<TimeZone>>, trail: Trail<'_>) {
        if let Some(fault) = zone.and_then(Parsed::fault) {
            let fault = PolicyFault::TimeZone(fault.clone());
            self.resolver.fault(trail.field("time_zone"), fault);
        }
    }

    fn calendars(&mut self, trail: Trail<'_>) {
        for (name, holidays) in self.draft.holidays.iter() {
            let trail = trail.field(name);
            if self.is_named("calendar", name, trail) && !self.calendars.insert(name.into()) {
                let (name, first) = (name.to_owned(), "an earlier entry".to_owned());
                let kind = "calendar";
                let fault = PolicyFault::Duplicate { kind, name, first };
                self.resolver.fault(trail, fault);
            }
            let entries = holidays.iter().len();
            self.within(trail, "entries", entries, 0..=MAX_DAYS_OFF);
        }
    }

    fn schedule(&mut self, schedule: Schedule<'_>, trail: Trail<'_>) {
        self.time_zone(schedule.time_zone, trail);
        let faults = schedule.hours.and_then(Parsed::fault);
        for fault in faults.map_or(&[][..], HoursErrors::faults) {
            let fault = PolicyFault::Hours(fault.clone());
            self.resolver.fault(trail.field("hours"), fault);
        }
        let trail = trail.field("holidays");
        let calendars = schedule.holidays.len();
        self.within(trail, "calendars", calendars, 0..=MAX_CALENDARS);
        for (index, calendar) in schedule.holidays.iter().enumerate() {
            if !self.calendars.contains(calendar) {
                let known = self.calendars.iter().map(CalendarId::as_str);
                let trail = trail.item(index);
                self.resolver
                    .unknown(trail, "calendar", calendar.as_str(), known);
            }
        }
    }
}
