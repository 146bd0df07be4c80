//! Who comes to work at a desk and who leaves, as time goes by.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use super::desk::{Call, Desk, Whose};
use crate::availability::{Absence, Availability};
use crate::strategy::{Positions, Standing};

/// When a member, or a team, is at work, and how that stands at the latest moment seen.
#[derive(Debug, Default)]
pub(super) struct WorkTime {
    /// Always, if not said.
    times: Option<Box<Availability>>,
    is_off: bool,
    /// When to look again, and how it stands until then.
    next_look: Option<DateTime<Utc>>,
}

impl WorkTime {
    pub(super) fn new(times: Option<Availability>) -> Self {
        Self {
            is_off: times.is_some(),
            next_look: times.is_some().then_some(DateTime::<Utc>::MIN_UTC),
            times: times.map(Box::new),
        }
    }

    /// Whether it always is.
    fn is_always(&self) -> bool {
        self.times.is_none()
    }

    /// Whether it is working time at the latest moment seen.
    pub(super) fn is_on(&self) -> bool {
        !self.is_off
    }

    /// Why it is no working time at that moment, if it is none.
    pub(super) fn absence_at(&self, now: DateTime<Utc>) -> Option<Absence> {
        self.times.as_ref()?.absence_at(now)
    }

    /// Goes on to a moment.
    fn turn_to(&mut self, now: DateTime<Utc>) {
        if let Some(times) = &self.times {
            self.is_off = !times.is_available_at(now);
            self.next_look = times.changes_after(now);
        }
    }

    /// Before that moment there is surely no working time, from a moment on that is not before the latest
    /// seen; none if there is never any.
    fn earliest(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_off {
            self.next_look.map(|look| look.max(now))
        } else {
            Some(now)
        }
    }

    /// The first working time from a moment on, which is not before the latest seen.
    fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let Some(times) = &self.times else {
            return Some(now);
        };
        match self.next_look {
            Some(look) if now < look && !self.is_off => Some(now),
            // Mostly, that is when it begins.
            Some(look) if now < look => times.next_available(look),
            None if self.is_off => None,
            _ => times.next_available(now),
        }
    }
}

/// Past this many intersection rounds, two schedules count as disjoint.
const MOST_ROUNDS: usize = 100;

impl Desk {
    /// Looks at everybody's working time anew.
    pub(super) fn begin_shifts(&mut self) {
        self.shifts.clear();
        let members = (0..self.members.len()).map(Whose::Member);
        let everybody = members.chain((0..self.teams.len()).map(Whose::Team));
        let seats = self.teams.iter().enumerate().flat_map(|(team, it)| {
            let terms = it.seats.iter().enumerate();
            let limited = terms.filter(|(_, seat)| !seat.term.is_always());
            limited.map(move |(position, _)| Whose::Seat(team, position))
        });
        let everybody = everybody.chain(seats);
        for whose in everybody.collect::<Vec<_>>() {
            let now = self.now;
            if let Some(work) = self.work_time(whose) {
                if let Some(now) = now {
                    work.turn_to(now);
                }
                if let Some(look) = work.next_look {
                    self.shifts.push(Reverse((look, whose)));
                }
            }
        }
    }

    fn work_time(&mut self, whose: Whose) -> Option<&mut WorkTime> {
        match whose {
            Whose::Member(number) => self.members.get_mut(number).map(|member| &mut member.work),
            Whose::Team(number) => self.teams.get_mut(number).map(|team| &mut team.work),
            Whose::Seat(team, position) => {
                let seats = self.teams.get_mut(team).map(|team| &mut team.seats);
                seats
                    .and_then(|it| it.get_mut(position))
                    .map(|seat| &mut seat.term)
            }
        }
    }

    /// Goes on to a moment: whoever has come is there from now on, whoever has left is not.
    pub(super) fn follow_shifts(&mut self, now: DateTime<Utc>) {
        while let Some(&Reverse((look, whose))) = self.shifts.peek()
            && look <= now
        {
            self.shifts.pop();
            let Some(work) = self.work_time(whose) else {
                continue;
            };
            work.turn_to(now);
            if let Some(look) = work.next_look {
                self.shifts.push(Reverse((look, whose)));
            }
            match whose {
                Whose::Member(number) => self.note_activity(number),
                Whose::Team(number) => {
                    if let Some(team) = self.teams.get_mut(number) {
                        team.note_all();
                    }
                }
                Whose::Seat(team, position) => {
                    let seat = self
                        .teams
                        .get(team)
                        .and_then(|team| team.seats.get(position));
                    if let Some(member) = seat.map(|seat| seat.member) {
                        self.note_activity(member);
                    }
                }
            }
        }
    }

    /// When the member there is next at work, in a team that is open and the member's then, from a
    /// moment on, if before an end.
    fn back(
        &self,
        (team, position): (usize, usize),
        now: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let team = self.teams.get(team)?;
        let seat = team.seats.get(position)?;
        let member = self.members.get(seat.member)?;
        let works = [&member.work, &team.work, &seat.term];
        for work in works {
            if work.earliest(now)? >= end {
                return None;
            }
        }
        let mut at = now;
        // Each round passes an end of somebody's hours.
        for _ in 0..MOST_ROUNDS {
            if at >= end {
                break;
            }
            let of_member = member.work.next(at)?;
            let of_both = seat.term.next(team.work.next(of_member)?)?;
            if of_both == of_member {
                return Some(of_both).filter(|&back| back < end);
            }
            at = of_both;
        }
        None
    }

    /// When the member is next at work, in a team where there is one.
    pub(super) fn available_from(
        &self,
        member: usize,
        place: Option<(usize, usize)>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        match place {
            Some(place) => self.back(place, now, end_of_sight(now)),
            None => self.members.get(member)?.work.next(now),
        }
    }

    /// When somebody of a team is back whom it asks.
    pub(super) fn back_at(&mut self, team: usize, call: Call<'_>) -> Option<DateTime<Utc>> {
        let fitting = self.teams.get_mut(team)?.fitting(call);
        let is_able = |position, _: &Standing| {
            let fitting = fitting.as_deref();
            fitting.is_none_or(|it| it.able.contains(position))
        };
        // The desk may have seen a later moment.
        let now = self
            .now
            .map_or(call.when.at, |latest| latest.max(call.when.at));
        let (back, _) = self.first_back(team, now, end_of_sight(now), is_able)?;
        Some(back)
    }

    /// Who of a team is back first, and when: of those whom it asks, before an end. Of several who are
    /// back together, those of the first presence.
    pub(super) fn first_back(
        &self,
        team: usize,
        now: DateTime<Utc>,
        end: DateTime<Utc>,
        may: impl Fn(usize, &Standing) -> bool,
    ) -> Option<(DateTime<Utc>, Positions)> {
        let desk_team = self.teams.get(team)?;
        let mut first: Option<(DateTime<Utc>, Positions)> = None;
        for position in desk_team.asked() {
            let standing = desk_team.roster.get(position);
            if !standing.is_some_and(|standing| may(position, standing)) {
                continue;
            }
            // Later than the first so far is of no interest.
            let end = first.as_ref().map_or(end, |(at, _)| after(*at));
            match (self.back((team, position), now, end), &mut first) {
                (Some(at), Some((earliest, who))) if at == *earliest => {
                    who.insert(position);
                }
                (Some(at), _) => first = Some((at, [position].into_iter().collect())),
                (None, _) => {}
            }
        }
        let (at, who) = first?;
        let presence = who.iter().map(|it| desk_team.presence(it)).min();
        let who = who.iter();
        let who = who.filter(|&it| Some(desk_team.presence(it)) == presence);
        Some((at, who.collect()))
    }
}

/// So many hours later, that moment included.
pub(super) fn hours_after(now: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    let later = now.checked_add_signed(TimeDelta::hours(hours.into()));
    later.map_or(DateTime::<Utc>::MAX_UTC, after)
}

/// Where looking ahead ends.
pub(super) fn end_of_sight(now: DateTime<Utc>) -> DateTime<Utc> {
    hours_after(now, crate::limits::MAX_DAYS_AHEAD * 24)
}

fn after(at: DateTime<Utc>) -> DateTime<Utc> {
    let after = at.checked_add_signed(TimeDelta::nanoseconds(1));
    after.unwrap_or(DateTime::<Utc>::MAX_UTC)
}
