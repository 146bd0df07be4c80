//! Who comes to work and who leaves, as time goes by.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use super::request::SeatRequest;
use super::seat::place::Place;
use super::seat::work_time::WorkTime;
use super::shard::{Entity, Shard};
use crate::strategy::{Positions, Standing};

/// Past this many intersection rounds, two schedules count as disjoint.
const MOST_ROUNDS: usize = 100;

impl Shard {
    /// Looks at everybody's working time anew.
    pub(in crate::dispatch) fn begin_work_changes(&mut self) {
        self.work_changes.clear();
        let members = (0..self.members.len()).map(Entity::Member);
        let everybody = members.chain((0..self.teams.len()).map(Entity::Team));
        let seats = self.teams.iter().enumerate().flat_map(|(team, it)| {
            let terms = it.seats.iter().enumerate();
            let limited = terms.filter(|(_, seat)| !seat.term.is_always());
            limited.map(move |(position, _)| Entity::Seat(Place { team, position }))
        });
        let everybody = everybody.chain(seats);
        for entity in everybody.collect::<Vec<_>>() {
            let now = self.now;
            if let Some(work) = self.work_time(entity) {
                if let Some(now) = now {
                    work.turn_to(now);
                }
                if let Some(look) = work.next_look {
                    self.work_changes.push(Reverse((look, entity)));
                }
            }
        }
    }

    fn work_time(&mut self, entity: Entity) -> Option<&mut WorkTime> {
        match entity {
            Entity::Member(number) => self.members.get_mut(number).map(|member| &mut member.work),
            Entity::Team(number) => self.teams.get_mut(number).map(|team| &mut team.work),
            Entity::Seat(place) => {
                let team = self.teams.get_mut(place.team)?;
                let seat = team.seats.get_mut(place.position);
                seat.map(|seat| &mut seat.term)
            }
        }
    }

    /// Goes on to a moment: whoever has come is there from now on, whoever has left is not.
    pub(in crate::dispatch) fn follow_work_changes(&mut self, now: DateTime<Utc>) {
        while let Some(&Reverse((look, entity))) = self.work_changes.peek()
            && look <= now
        {
            self.work_changes.pop();
            let Some(work) = self.work_time(entity) else {
                continue;
            };
            work.turn_to(now);
            if let Some(look) = work.next_look {
                self.work_changes.push(Reverse((look, entity)));
            }
            match entity {
                Entity::Member(number) => self.note_member(number),
                Entity::Team(number) => self.note_team(number),
                Entity::Seat(place) => {
                    if let Some(member) = self.seat(place).map(|seat| seat.member) {
                        self.note_member(member);
                    }
                }
            }
        }
    }

    /// When the member there is next at work, in a team that is open and the member's then, from a
    /// moment on, if before an end.
    fn back(&self, place: Place, now: DateTime<Utc>, end: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let team = self.teams.get(place.team)?;
        let seat = team.seats.get(place.position)?;
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
    pub(in crate::dispatch) fn available_from(
        &self,
        member: usize,
        place: Option<Place>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        match place {
            Some(place) => self.back(place, now, end_of_sight(now)),
            None => self.members.get(member)?.work.next(now),
        }
    }

    /// When somebody of a team is back whom it asks.
    pub(in crate::dispatch) fn back_at(
        &mut self,
        team: usize,
        request: SeatRequest<'_>,
    ) -> Option<DateTime<Utc>> {
        let fitting = self.teams.get_mut(team)?.fitting(request);
        let is_able = |position, _: &Standing| {
            let fitting = fitting.as_deref();
            let team = self.teams.get(team);
            let exclusion = team.and_then(|team| team.exclusion(position, request));
            exclusion.is_none() && fitting.is_none_or(|it| it.able.contains(position))
        };
        // The shard may have seen a later moment.
        let now = self
            .now
            .map_or(request.when.at, |latest| latest.max(request.when.at));
        let (back, _) = self.first_back(team, now, end_of_sight(now), is_able)?;
        Some(back)
    }

    /// Who of a team is back first, and when: of those whom it asks, before an end. Of several who are
    /// back together, those of the first presence.
    pub(in crate::dispatch) fn first_back(
        &self,
        team: usize,
        now: DateTime<Utc>,
        end: DateTime<Utc>,
        may: impl Fn(usize, &Standing) -> bool,
    ) -> Option<(DateTime<Utc>, Positions)> {
        let shard_team = self.teams.get(team)?;
        let mut first: Option<(DateTime<Utc>, Positions)> = None;
        for position in shard_team.asked() {
            let standing = shard_team.roster.get(position);
            if !standing.is_some_and(|standing| may(position, standing)) {
                continue;
            }
            // Later than the first so far is of no interest.
            let end = first.as_ref().map_or(end, |(at, _)| after(*at));
            match (self.back(Place { team, position }, now, end), &mut first) {
                (Some(at), Some((earliest, who))) if at == *earliest => {
                    who.insert(position);
                }
                (Some(at), _) => first = Some((at, [position].into_iter().collect())),
                (None, _) => {}
            }
        }
        let (at, who) = first?;
        let presence = who.iter().map(|it| shard_team.presence(it)).min();
        let who = who.iter();
        let who = who.filter(|&it| Some(shard_team.presence(it)) == presence);
        Some((at, who.collect()))
    }
}

/// So many hours later, that moment included.
pub(in crate::dispatch) fn hours_after(now: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    let later = now.checked_add_signed(TimeDelta::hours(hours.into()));
    later.map_or(DateTime::<Utc>::MAX_UTC, after)
}

/// Where looking ahead ends.
pub(in crate::dispatch) fn end_of_sight(now: DateTime<Utc>) -> DateTime<Utc> {
    hours_after(now, crate::limits::MAX_DAYS_AHEAD * 24)
}

fn after(at: DateTime<Utc>) -> DateTime<Utc> {
    let after = at.checked_add_signed(TimeDelta::nanoseconds(1));
    after.unwrap_or(DateTime::<Utc>::MAX_UTC)
}
