//! A desk: teams that share members, directly or through others, and all their numbers. Nothing in
//! a desk concerns another desk, so each has a lock of its own.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::auditing::Findings;
use super::day::{Day, When};
use super::desk_team::{DeskTeam, Duty};
use super::fitting::Abilities;
use super::receipt::{Role, Seat};
use super::rotation::Rotation;
use super::shifts::WorkTime;
use super::tally::{Arrival, OfTime, Tally};
use crate::availability::Presence;
use crate::fit::Fit;
use crate::id::{MemberId, RuleId};
use crate::lead::Lead;
use crate::strategy::{Load, Standing};
use crate::team::Limits;

#[derive(Debug, Default)]
pub(super) struct Desk {
    /// Whether its numbers have gone to a desk of another plan, where they count from now on.
    pub(super) is_retired: bool,
    /// The latest moment seen, if any. It never steps back, so no limit opens twice.
    pub(super) now: Option<DateTime<Utc>>,
    /// The latest day seen, if any.
    pub(super) day: Option<Day>,
    pub(super) members: Vec<DeskMember>,
    pub(super) teams: Vec<DeskTeam>,
    pub(super) rotations: Vec<Rotation>,
    /// When leads leave the spans of somebody's limits; may name more.
    ends: BinaryHeap<Reverse<(DateTime<Utc>, Whose)>>,
    /// When somebody's working time begins or ends next; each once.
    pub(super) shifts: BinaryHeap<Reverse<(DateTime<Utc>, Whose)>>,
}

#[derive(Debug)]
pub(super) struct DeskMember {
    pub(super) id: MemberId,
    pub(super) active: bool,
    /// Resumed at run time: active in every team, whatever the policy says.
    pub(super) resumed: bool,
    pub(super) work: WorkTime,
    pub(super) abilities: Arc<Abilities>,
    pub(super) presence: Presence,
    pub(super) limits: Limits,
    pub(super) tally: Tally,
    /// When the next of the leads in the spans of its limits leaves, as far as the desk awaits it.
    pub(super) awaited: Option<DateTime<Utc>>,
    /// Where the member sits: team and position.
    pub(super) places: Vec<(usize, usize)>,
}

impl DeskMember {
    /// How many more leads are within the limits over all teams.
    pub(super) fn room(&self) -> u32 {
        self.tally.room(&self.limits)
    }
}

/// Whose limits, or whose working time, by number at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    Member(usize),
    Team(usize),
    /// A place: team and position.
    Seat(usize, usize),
}

/// A lead and what else a pick may look at.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) lead: &'a Lead<'a>,
    pub(super) rule: Option<&'a RuleId>,
    pub(super) when: When,
    /// As how many leads it counts.
    pub(super) counts: u32,
    /// What is asked of whoever takes it, beyond what the team asks.
    pub(super) fit: Option<&'a Fit>,
    /// What the seat is for.
    pub(super) role: Role,
    /// Who has a seat of the lead already.
    pub(super) seated: &'a [Seat],
    /// Set the limits aside.
    pub(super) everyone: bool,
    /// Where to tell who was looked at, if anybody wants to know.
    pub(super) audit: Option<&'a Findings>,
}

impl Call<'_> {
    /// Whether the member has a seat of the lead already.
    pub(super) fn is_seated(&self, standing: Option<&Standing>) -> bool {
        let member = standing.map(Standing::member);
        let mut seated = self.seated.iter();
        seated.any(|seat| Some(seat.member()) == member)
    }
}

impl Desk {
    /// Goes on to a moment, unless it is there already; gives the moment to count for.
    pub(super) fn turn_to(&mut self, when: When) -> When {
        let at = self.now.map_or(when.at, |latest| latest.max(when.at));
        let day = self.day.map_or(when.day, |latest| latest.max(when.day));
        if self.now.replace(at) != Some(at) {
            while let Some(&Reverse((end, whose))) = self.ends.peek()
                && end <= at
            {
                self.ends.pop();
                if let Some(awaited) = self.awaited(whose)
                    && *awaited == Some(end)
                {
                    *awaited = None;
                }
                self.expire(whose, at);
            }
            self.follow_shifts(at);
        }
        let before = self.day.replace(day);
        if before != Some(day) {
            self.begin_day(before.is_none_or(|before| before.week() < day.week()));
        }
        When { at, day }
    }

    /// The counts of the day are over, perhaps those of the week as well.
    fn begin_day(&mut self, is_new_week: bool) {
        for member in &mut self.members {
            member.tally.load.begin_day(is_new_week);
        }
        for team in &mut self.teams {
            team.begin_day(is_new_week);
        }
        for number in 0..self.members.len() {
            self.tell(number);
        }
    }

    /// Leads that are too long ago count no more.
    fn expire(&mut self, whose: Whose, now: DateTime<Utc>) {
        match whose {
            Whose::Member(number) => {
                let Some(member) = self.members.get_mut(number) else {
                    return;
                };
                member.tally.expire(now);
                for &(team, position) in &member.places {
                    let team = self.teams.get_mut(team);
                    if let Some(seat) = team.and_then(|team| team.seats.get_mut(position)) {
                        seat.tally.expire(now);
                    }
                }
                self.tell(number);
            }
            Whose::Team(number) => {
                if let Some(team) = self.teams.get_mut(number) {
                    team.tally.expire(now);
                }
            }
            Whose::Seat(..) => {}
        }
        self.await_end(whose);
    }

    /// Takes note of when the next lead leaves a span of somebody's limits.
    fn await_end(&mut self, whose: Whose) {
        let end = match whose {
            Whose::Member(number) => self.members.get(number).and_then(|member| {
                let of_places = member.places.iter().filter_map(|&(team, position)| {
                    self.teams.get(team)?.seats.get(position)?.tally.next_end()
                });
                of_places.chain(member.tally.next_end()).min()
            }),
            Whose::Team(number) => self.teams.get(number).and_then(|it| it.tally.next_end()),
            Whose::Seat(..) => None,
        };
        // Most leads leave later than one that is awaited already.
        if let (Some(end), Some(awaited)) = (end, self.awaited(whose))
            && awaited.is_none_or(|awaited| end < awaited)
        {
            *awaited = Some(end);
            self.ends.push(Reverse((end, whose)));
        }
    }

    fn awaited(&mut self, whose: Whose) -> Option<&mut Option<DateTime<Utc>>> {
        match whose {
            Whose::Member(number) => self.members.get_mut(number).map(|it| &mut it.awaited),
            Whose::Team(number) => self.teams.get_mut(number).map(|it| &mut it.awaited),
            Whose::Seat(..) => None,
        }
    }

    /// Tells the teams a member's load over all teams, and how many more leads are within its limits.
    fn tell(&mut self, member: usize) {
        let Some(member) = self.members.get(member) else {
            return;
        };
        let room = member.room();
        for &(team, position) in &member.places {
            if let Some(team) = self.teams.get_mut(team) {
                team.change_load(position, member.tally.load, room);
            }
        }
    }

    /// Whether the place is one in the team now, not one of a member who was removed.
    pub(super) fn is_present(&self, (team, position): (usize, usize)) -> bool {
        self.teams
            .get(team)
            .is_some_and(|team| position < team.present)
    }

    pub(super) fn standing(&self, (team, position): (usize, usize)) -> Option<&Standing> {
        self.teams.get(team)?.roster.get(position)
    }

    /// Whether leads count at the place.
    pub(super) fn has_load(&self, place: (usize, usize)) -> bool {
        let standing = self.standing(place);
        standing.is_some_and(|standing| standing.team_load() != Load::default())
    }

    /// Whether the member takes leads at that place; with none, at all.
    pub(super) fn is_active(&self, member: &DeskMember, place: Option<(usize, usize)>) -> bool {
        let seat = place.and_then(|(team, position)| self.teams.get(team)?.seats.get(position));
        let is_active_here = seat.is_none_or(|seat| {
            let takes_leads = seat.is_active || member.resumed;
            !seat.is_closed && seat.term.is_on() && takes_leads
        });
        member.active && is_active_here
    }

    /// Takes note of whether the member takes leads, in every team.
    pub(super) fn note_activity(&mut self, member: usize) {
        let places = self.members.get(member).map_or(0, |it| it.places.len());
        for number in 0..places {
            if let Some(member) = self.members.get(member)
                && let Some(&place) = member.places.get(number)
            {
                let duty = match (self.is_active(member, Some(place)), member.work.is_on()) {
                    (false, _) => Duty::None,
                    (true, false) => Duty::Off,
                    (true, true) => Duty::On,
                };
                let presence = member.presence;
                if let Some(team) = self.teams.get_mut(place.0) {
                    team.note_attendance(place.1, duty, presence);
                }
            }
        }
    }

    /// Tells the teams everybody's load over all teams, and who may take leads.
    pub(super) fn refresh(&mut self) {
        self.begin_shifts();
        // What was taken over may be too long ago by now.
        let now = self.now.unwrap_or(DateTime::<Utc>::MIN_UTC);
        for number in 0..self.members.len() {
            self.expire(Whose::Member(number), now);
            self.note_activity(number);
        }
        for number in 0..self.teams.len() {
            self.expire(Whose::Team(number), now);
        }
    }

    /// No leads come to the place any more.
    pub(super) fn close(&mut self, place: (usize, usize)) {
        let team = self.teams.get_mut(place.0);
        if let Some(seat) = team.and_then(|team| team.seats.get_mut(place.1)) {
            seat.is_closed = true;
            let member = seat.member;
            self.note_activity(member);
        }
    }

    /// Counts a lead for a member, in a team where there is one.
    pub(super) fn count(
        &mut self,
        member: usize,
        place: Option<(usize, usize)>,
        leads: u32,
        when: When,
    ) {
        let arrival = Arrival { at: when.at, leads };
        self.change(member, place, |tally| tally.add(arrival));
        self.await_end(Whose::Member(member));
        if let Some((team, _)) = place {
            self.await_end(Whose::Team(team));
        }
    }

    /// Takes a lead off a member: the open load, and what counts over time if it came `when`.
    pub(super) fn give_back(
        &mut self,
        member: usize,
        place: Option<(usize, usize)>,
        leads: u32,
        when: Option<When>,
    ) {
        let days = when.map(|when| when.day).zip(self.day);
        let of_time = OfTime {
            day: days.is_some_and(|(then, now)| then == now),
            week: days.is_some_and(|(then, now)| then.week() == now.week()),
            spans: when.is_some(),
        };
        let at = when.map_or(DateTime::<Utc>::MIN_UTC, |when| when.at);
        let arrival = Arrival { at, leads };
        self.change(member, place, |tally| tally.take_off(arrival, of_time));
    }

    /// Gives the turn of that number back; before it, the member had that one.
    pub(super) fn give_turn_back(
        &mut self,
        (team, position): (usize, usize),
        turn: (u64, u64),
        rule: Option<&RuleId>,
    ) {
        if let Some((team, rotation)) = self.team_with_rotation(team, rule) {
            team.give_turn_back(rotation, position, turn, rule);
        }
    }

    /// Changes what counts for a member, everywhere.
    fn change(
        &mut self,
        member: usize,
        place: Option<(usize, usize)>,
        change: impl Fn(&mut Tally),
    ) {
        let Some(known) = self.members.get_mut(member) else {
            return;
        };
        change(&mut known.tally);
        if let Some((team, position)) = place
            && let Some(team) = self.teams.get_mut(team)
        {
            change(&mut team.tally);
            if let Some(seat) = team.seats.get_mut(position) {
                change(&mut seat.tally);
            }
        }
        self.tell(member);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::Dispatcher;
    use super::*;
    use crate::policy::PolicyDraft;
    use crate::rule::Target;
    use crate::team::{Team, TeamMember};

    #[test]
    fn what_is_awaited_does_not_grow_with_the_leads() {
        let member = TeamMember::new("m-01").max_within(3, 60);
        let team = Team::new("east").member(member).max_within(5, 90);
        let policy = PolicyDraft::new().team(team).build().unwrap();
        let dispatcher = Dispatcher::new(&policy).unwrap();
        let mut now = DateTime::UNIX_EPOCH;
        for _ in 0..1_000 {
            let target = Target::member("m-01").in_team("east");
            let lead = Lead::builder("L-1").build();
            let _ = dispatcher.assign_to(target, &lead, now).unwrap();
            now += TimeDelta::minutes(1);
        }
        let plan = dispatcher.running.load();
        let mut desk = plan.desk(0);
        assert!(desk.ends.len() <= 4, "{}", desk.ends.len());
        assert_eq!(desk.teams[0].roster[0].room(), 0);
        // The last lead leaves the span an hour after it came.
        let last = now - TimeDelta::minutes(1);
        for (minutes, room) in [(59, 2), (60, 3)] {
            let at = last + TimeDelta::minutes(minutes);
            desk.turn_to(When::new(at, policy.time_zone()));
            assert_eq!(desk.teams[0].roster[0].room(), room, "{minutes}");
        }
    }
}
