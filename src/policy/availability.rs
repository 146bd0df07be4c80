//! The working time of members and teams.

use super::policy::Policy;
use crate::availability::{Availability, WorkingHours};
use crate::parsed::Parsed;
use crate::team::Schedule;

impl Policy {
    /// When the member is at work: the member's own hours, without holidays and leave. The hours of
    /// the member's teams are not considered. A member without working time, or one that the policy
    /// does not list, is always at work. Linear in the number of members.
    pub fn member_availability(&self, member: impl AsRef<str>) -> Availability {
        let known = self.member(member);
        let schedule = known.map(|member| member.schedule());
        let availability = self.availability(schedule);
        availability.leave(known.into_iter().flat_map(|it| it.leave.iter().copied()))
    }

    /// When the team is at work: its hours, without holidays. A team without working time, or one
    /// that the policy does not list, is always at work.
    pub fn team_availability(&self, team: impl AsRef<str>) -> Availability {
        self.availability(self.team(team).map(|team| team.schedule()))
    }

    /// Hours and holidays only; leave is added by the caller.
    pub(crate) fn availability(&self, schedule: Option<Schedule<'_>>) -> Availability {
        let Some(schedule) = schedule else {
            return Availability::new(self.time_zone());
        };
        let zone = schedule.time_zone.and_then(Parsed::value).copied();
        let hours = schedule.hours.and_then(Parsed::value).cloned();
        let availability = Availability::new(zone.unwrap_or_else(|| self.time_zone()))
            .hours(hours.unwrap_or_else(WorkingHours::always));
        let calendars = schedule.holidays.iter();
        let calendars = calendars.filter_map(|calendar| self.days_off(calendar));
        calendars
            .cloned()
            .fold(availability, Availability::days_off)
    }
}
