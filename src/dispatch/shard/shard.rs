//! A shard: teams that share members, directly or through others, and all their numbers. Nothing in
//! a shard concerns another shard, so each has a lock of its own.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::noted::Noted;
use super::rotation::Rotation;
use super::seat::fitting::Abilities;
use super::seat::place::Place;
use super::seat::seat::ShardSeat;
use super::seat::tally::{OfTime, Tally};
use super::seat::work_time::WorkTime;
use super::team::ShardTeam;
use crate::availability::Presence;
use crate::dispatch::answer::day::{Day, When};
use crate::dispatch::answer::receipt::TurnTaken;
use crate::dispatch::state::roster_changes::RosterChanges;
use crate::dispatch::state::window::Arrival;
use crate::id::MemberId;
use crate::strategy::{Load, Standing};
use crate::team::Limits;

#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct Shard {
    /// Whether its numbers have gone to a shard of another plan, where they count from now on.
    pub(in crate::dispatch) is_retired: bool,
    /// How many changes there were.
    pub(in crate::dispatch) number: u64,
    /// Whether anything was changed since the last change ended.
    pub(in crate::dispatch) is_changed: bool,
    /// What was changed, if somebody wants to know.
    pub(in crate::dispatch) noted: Option<Box<Noted>>,
    /// The latest moment seen, if any. It never steps back, so no limit opens twice.
    pub(in crate::dispatch) now: Option<DateTime<Utc>>,
    /// The latest day seen, if any.
    pub(in crate::dispatch) day: Option<Day>,
    pub(in crate::dispatch) members: Vec<ShardMember>,
    pub(in crate::dispatch) teams: Vec<ShardTeam>,
    pub(in crate::dispatch) rotations: Vec<Rotation>,
    /// When leads leave the spans of somebody's limits; may name more.
    expiries: BinaryHeap<Reverse<(DateTime<Utc>, Entity)>>,
    /// When somebody's working time begins or ends next; each once.
    pub(in crate::dispatch) work_changes: BinaryHeap<Reverse<(DateTime<Utc>, Entity)>>,
}

#[derive(Debug, Clone)]
pub(in crate::dispatch) struct ShardMember {
    pub(in crate::dispatch) id: MemberId,
    pub(in crate::dispatch) active: bool,
    /// Resumed at run time: active in every team, whatever the policy says.
    pub(in crate::dispatch) resumed: bool,
    pub(in crate::dispatch) work: WorkTime,
    pub(in crate::dispatch) abilities: Arc<Abilities>,
    pub(in crate::dispatch) presence: Presence,
    pub(in crate::dispatch) limits: Limits,
    pub(in crate::dispatch) tally: Tally,
    /// When the next of the leads in the spans of its limits leaves, as far as the shard awaits it.
    pub(in crate::dispatch) next_expiry: Option<DateTime<Utc>>,
    /// Where the member sits, in the order of the teams.
    pub(in crate::dispatch) places: Vec<Place>,
}

impl ShardMember {
    /// How many more leads are within the limits over all teams.
    pub(in crate::dispatch) fn room(&self) -> u32 {
        self.tally.room(&self.limits)
    }

    /// Where the member sits, or sat, in the team. O(log n) in the teams of the member.
    pub(in crate::dispatch) fn place_in(&self, team: usize) -> Option<Place> {
        let found = self.places.binary_search_by_key(&team, |place| place.team);
        self.places.get(found.ok()?).copied()
    }
}

/// A part of the shard that has limits and working time of its own, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::dispatch) enum Entity {
    Member(usize),
    Team(usize),
    Seat(Place),
}

impl Shard {
    /// Goes on to a moment, unless it is there already; gives the moment to count for.
    pub(in crate::dispatch) fn turn_to(&mut self, when: When) -> When {
        let at = self.now.map_or(when.at, |latest| latest.max(when.at));
        let day = self.day.map_or(when.day, |latest| latest.max(when.day));
        if self.now.replace(at) != Some(at) {
            self.is_changed = true;
            while let Some(&Reverse((end, entity))) = self.expiries.peek()
                && end <= at
            {
                self.expiries.pop();
                if let Some(next_expiry) = self.next_expiry(entity)
                    && *next_expiry == Some(end)
                {
                    *next_expiry = None;
                }
                self.expire(entity, at);
            }
            self.follow_work_changes(at);
        }
        let before = self.day.replace(day);
        if before != Some(day) {
            self.is_changed = true;
            self.begin_day(before.is_none_or(|before| before.week() < day.week()));
        }
        When { at, day }
    }

    /// The counts of the day are over, perhaps those of the week as well.
    fn begin_day(&mut self, is_new_week: bool) {
        self.note_all();
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

    /// Takes note of everybody of whom anything counts over time.
    fn note_all(&mut self) {
        let Some(noted) = &mut self.noted else { return };
        let counts = |tally: &Tally| tally.load.today > 0 || tally.load.this_week > 0;
        let members = self.members.iter().enumerate();
        let members = members.filter(|(_, member)| counts(&member.tally));
        noted.members.extend(members.map(|(number, _)| number));
        for (number, team) in self.teams.iter().enumerate() {
            if counts(&team.tally) {
                noted.teams.push(number);
            }
            let seats = team.seats.iter().enumerate();
            let seats = seats.filter(|(_, seat)| counts(&seat.tally));
            noted.seats.extend(seats.map(|(position, _)| Place {
                team: number,
                position,
            }));
        }
    }

    /// Leads that are too long ago count no more.
    fn expire(&mut self, entity: Entity, now: DateTime<Utc>) {
        match entity {
            Entity::Member(number) => {
                let Some(member) = self.members.get_mut(number) else {
                    return;
                };
                let mut noted = self.noted.as_deref_mut();
                if member.tally.expire(now)
                    && let Some(noted) = &mut noted
                {
                    noted.members.push(number);
                }
                for place in &member.places {
                    let team = self.teams.get_mut(place.team);
                    if let Some(seat) = team.and_then(|team| team.seats.get_mut(place.position))
                        && seat.tally.expire(now)
                        && let Some(noted) = &mut noted
                    {
                        noted.seats.push(*place);
                    }
                }
                self.tell(number);
            }
            Entity::Team(number) => {
                if let Some(team) = self.teams.get_mut(number)
                    && team.tally.expire(now)
                    && let Some(noted) = &mut self.noted
                {
                    noted.teams.push(number);
                }
            }
            Entity::Seat(_) => {}
        }
        self.await_expiry(entity);
    }

    /// Takes note of when the next lead leaves a span of somebody's limits.
    fn await_expiry(&mut self, entity: Entity) {
        let end = match entity {
            Entity::Member(number) => self.members.get(number).and_then(|member| {
                let of_places = member.places.iter();
                let of_places = of_places.filter_map(|&place| self.seat(place)?.tally.next_end());
                of_places.chain(member.tally.next_end()).min()
            }),
            Entity::Team(number) => self.teams.get(number).and_then(|it| it.tally.next_end()),
            Entity::Seat(_) => None,
        };
        // Most leads leave later than one that is next already.
        if let (Some(end), Some(next_expiry)) = (end, self.next_expiry(entity))
            && next_expiry.is_none_or(|next_expiry| end < next_expiry)
        {
            *next_expiry = Some(end);
            self.expiries.push(Reverse((end, entity)));
        }
    }

    fn next_expiry(&mut self, entity: Entity) -> Option<&mut Option<DateTime<Utc>>> {
        match entity {
            Entity::Member(number) => self.members.get_mut(number).map(|it| &mut it.next_expiry),
            Entity::Team(number) => self.teams.get_mut(number).map(|it| &mut it.next_expiry),
            Entity::Seat(_) => None,
        }
    }

    /// Tells the teams a member's load over all teams, and how many more leads are within its limits.
    fn tell(&mut self, member: usize) {
        let Some(member) = self.members.get(member) else {
            return;
        };
        let room = member.room();
        for place in &member.places {
            if let Some(team) = self.teams.get_mut(place.team) {
                team.change_load(place.position, member.tally.load, room);
            }
        }
    }

    /// Whether the place is one in the team now, not one of a member who was removed.
    pub(in crate::dispatch) fn is_present(&self, place: Place) -> bool {
        let team = self.teams.get(place.team);
        team.is_some_and(|team| place.position < team.present)
    }

    pub(in crate::dispatch) fn seat(&self, place: Place) -> Option<&ShardSeat> {
        self.teams.get(place.team)?.seats.get(place.position)
    }

    pub(in crate::dispatch) fn standing(&self, place: Place) -> Option<&Standing> {
        self.teams.get(place.team)?.roster.get(place.position)
    }

    /// Whether leads count at the place.
    pub(in crate::dispatch) fn has_load(&self, place: Place) -> bool {
        let standing = self.standing(place);
        standing.is_some_and(|standing| standing.team_load() != Load::default())
    }

    /// Sets whether and for what everybody is there, where that was changed at run time. Nothing of it was
    /// changed before.
    pub(in crate::dispatch) fn set_changes(&mut self, changes: &RosterChanges) {
        for member in &mut self.members {
            if let Some(active) = changes.active.get(&member.id).copied() {
                (member.active, member.resumed) = (active, active);
            }
            if let Some(presence) = changes.presence.get(&member.id) {
                member.presence = *presence;
            }
        }
    }

    /// Sets whether and for what the member is there.
    pub(in crate::dispatch) fn change_member(
        &mut self,
        number: usize,
        active: Option<bool>,
        presence: Option<Presence>,
    ) {
        let Some(member) = self.members.get_mut(number) else {
            return;
        };
        self.is_changed = true;
        if let Some(active) = active {
            (member.active, member.resumed) = (active, active);
        }
        if let Some(presence) = presence {
            member.presence = presence;
        }
        self.note_member(number);
    }

    /// Takes note of what keeps the member from leads now, in every team.
    pub(in crate::dispatch) fn note_member(&mut self, member: usize) {
        let places = self.members.get(member).map_or(0, |it| it.places.len());
        for number in 0..places {
            let member = self.members.get(member);
            if let Some(&place) = member.and_then(|member| member.places.get(number)) {
                self.note_place(place);
            }
        }
    }

    /// Takes note of what keeps everybody in the team from leads now.
    pub(in crate::dispatch) fn note_team(&mut self, team: usize) {
        let present = self.teams.get(team).map_or(0, |team| team.present);
        for position in 0..present {
            self.note_place(Place { team, position });
        }
    }

    fn note_place(&mut self, place: Place) {
        let Some(number) = self.seat(place).map(|seat| seat.member) else {
            return;
        };
        let obstacles = self.obstacles(number, Some(place), None);
        if let (Some(member), Some(team)) =
            (self.members.get(number), self.teams.get_mut(place.team))
        {
            team.note(place.position, &obstacles, member.presence);
        }
    }

    /// Tells the teams everybody's load over all teams, and who may take leads.
    pub(in crate::dispatch) fn refresh(&mut self) {
        self.begin_work_changes();
        // What was taken over may be too long ago by now.
        let now = self.now.unwrap_or(DateTime::<Utc>::MIN_UTC);
        for number in 0..self.members.len() {
            self.expire(Entity::Member(number), now);
            self.note_member(number);
        }
        for number in 0..self.teams.len() {
            self.expire(Entity::Team(number), now);
        }
    }

    /// No leads come to the place any more.
    pub(in crate::dispatch) fn close(&mut self, place: Place) {
        let team = self.teams.get_mut(place.team);
        if let Some(seat) = team.and_then(|team| team.seats.get_mut(place.position)) {
            seat.is_closed = true;
            let member = seat.member;
            self.note_member(member);
        }
    }

    /// Counts a lead for a member, in a team where there is one.
    pub(in crate::dispatch) fn count(
        &mut self,
        member: usize,
        place: Option<Place>,
        leads: u32,
        when: When,
    ) {
        let arrival = Arrival { at: when.at, leads };
        self.change(member, place, |tally| tally.add(arrival));
        self.await_expiry(Entity::Member(member));
        if let Some(place) = place {
            self.await_expiry(Entity::Team(place.team));
        }
    }

    /// Takes a lead off a member: the open load, and what counts over time if it came `when`.
    ///
    /// No more is taken off than the seat really has, and the same everywhere: a lead that is given
    /// back twice, or to an older state, is none of another seat's. A lead `of_before`, of an earlier
    /// layout of the teams, may be one of the member's that counts in no seat, as the seat was gone in
    /// between. Gives how much was taken off.
    pub(in crate::dispatch) fn give_back(
        &mut self,
        member: usize,
        place: Option<Place>,
        leads: u32,
        when: Option<When>,
        of_before: bool,
    ) -> u32 {
        let Some(known) = self.members.get(member) else {
            return 0;
        };
        let load_of = |place: &Place| {
            self.seat(*place)
                .map_or(Load::default(), |it| it.tally.load)
        };
        let sum = |of: fn(Load) -> u32| {
            let of_seats = known.places.iter().map(|place| of(load_of(place)));
            of_seats.fold(0, u32::saturating_add)
        };
        let in_no_seat = known.tally.load.open.saturating_sub(sum(|load| load.open));
        let place =
            place.filter(|place| !of_before || load_of(place).open >= leads || in_no_seat < leads);
        let has = match &place {
            Some(place) => load_of(place),
            None => Load {
                open: in_no_seat,
                ..known.tally.load
            },
        };
        let leads = leads.min(has.open);
        let days = when.map(|when| when.day).zip(self.day);
        let is_of = |is_same: fn(Day, Day) -> bool, has: u32| {
            let is_counted = days.is_some_and(|(then, now)| is_same(then, now));
            if is_counted { leads.min(has) } else { 0 }
        };
        let of_time = OfTime {
            day: is_of(|then, now| then == now, has.today),
            week: is_of(|then, now| then.week() == now.week(), has.this_week),
            spans: when.is_some(),
        };
        let at = when.map_or(DateTime::<Utc>::MIN_UTC, |when| when.at);
        let arrival = Arrival { at, leads };
        if leads > 0 {
            self.change(member, place, |tally| tally.take_off(arrival, of_time));
        }
        leads
    }

    /// Gives a turn back.
    pub(in crate::dispatch) fn give_turn_back(&mut self, place: Place, turn: &TurnTaken) {
        if let Some((team, rotation)) = self.team_with_rotation(place.team, turn.rule()) {
            team.give_turn_back(rotation, place.position, turn);
        }
    }

    /// Changes what counts for a member, everywhere.
    fn change(&mut self, member: usize, place: Option<Place>, change: impl Fn(&mut Tally)) {
        let Some(known) = self.members.get_mut(member) else {
            return;
        };
        self.is_changed = true;
        if let Some(noted) = &mut self.noted {
            noted.members.push(member);
            noted.seats.extend(place);
        }
        change(&mut known.tally);
        if let Some(place) = place
            && let Some(team) = self.teams.get_mut(place.team)
        {
            change(&mut team.tally);
            if let Some(seat) = team.seats.get_mut(place.position) {
                change(&mut seat.tally);
            }
        }
        self.tell(member);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::dispatch::Dispatcher;
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
            let lead = crate::Lead::builder("L-1").build();
            let _ = dispatcher.assign_to(target, &lead, now).unwrap();
            now += TimeDelta::minutes(1);
        }
        let plan = dispatcher.running.load();
        let mut shard = plan.shards.lock(0);
        assert!(shard.expiries.len() <= 4, "{}", shard.expiries.len());
        assert_eq!(shard.teams[0].roster[0].room(), 0);
        // The last lead leaves the span an hour after it came.
        let last = now - TimeDelta::minutes(1);
        for (minutes, room) in [(59, 2), (60, 3)] {
            let at = last + TimeDelta::minutes(minutes);
            shard.turn_to(When::new(at, policy.time_zone()));
            assert_eq!(shard.teams[0].roster[0].room(), room, "{minutes}");
        }
    }
}
