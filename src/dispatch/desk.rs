//! A desk: teams that share members, directly or through others, and all their numbers. Nothing in
//! a desk concerns another desk, so each has a lock of its own.

use chrono::{DateTime, Utc};

use super::assignment::Reason;
use super::day::Day;
use super::desk_team::DeskTeam;
use super::receipt::{Chosen, Seat};
use crate::id::{MemberId, RuleId};
use crate::lead::Lead;
use crate::strategy::{Load, Standing};
use crate::team::Limits;

#[derive(Debug, Default)]
pub(super) struct Desk {
    /// Whether its numbers have gone to a desk of another plan, where they count from now on.
    pub(super) is_retired: bool,
    /// The latest day seen, if any. It never steps back, so no day's limit opens twice.
    pub(super) day: Option<Day>,
    pub(super) members: Vec<DeskMember>,
    pub(super) teams: Vec<DeskTeam>,
}

#[derive(Debug)]
pub(super) struct DeskMember {
    pub(super) id: MemberId,
    pub(super) active: bool,
    /// Resumed at run time: active in every team, whatever the policy says.
    pub(super) resumed: bool,
    pub(super) limits: Limits,
    pub(super) load: Load,
    /// Where the member sits: team and position.
    pub(super) places: Vec<(usize, usize)>,
}

/// A lead and what else a pick may look at.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) lead: &'a Lead<'a>,
    pub(super) rule: Option<&'a RuleId>,
    pub(super) now: DateTime<Utc>,
    /// The day of `now` in the policy's time zone.
    pub(super) day: Day,
    /// Set the limits aside.
    pub(super) everyone: bool,
}

impl Desk {
    /// Begins a new day, if it is one; gives the day to count for.
    fn turn_to(&mut self, day: Day) -> Day {
        if let Some(latest) = self.day.filter(|latest| day <= *latest) {
            return latest;
        }
        self.day = Some(day);
        for member in &mut self.members {
            member.load.today = 0;
        }
        for team in &mut self.teams {
            team.begin_day();
        }
        day
    }

    /// Whether the place is one in the team now, not one of a member who was removed.
    pub(super) fn is_present(&self, (team, position): (usize, usize)) -> bool {
        self.teams
            .get(team)
            .is_some_and(|team| position < team.present)
    }

    fn standing(&self, (team, position): (usize, usize)) -> Option<&Standing> {
        self.teams.get(team)?.roster.get(position)
    }

    /// Whether leads count at the place.
    pub(super) fn has_load(&self, place: (usize, usize)) -> bool {
        let standing = self.standing(place);
        standing.is_some_and(|standing| standing.team_load() != Load::default())
    }

    /// Whether the member takes leads at that place; with none, at all.
    fn is_active(&self, member: &DeskMember, place: Option<(usize, usize)>) -> bool {
        let seat = place.and_then(|(team, position)| self.teams.get(team)?.seats.get(position));
        let is_active_here =
            seat.is_none_or(|seat| !seat.is_closed && (seat.is_active || member.resumed));
        member.active && is_active_here
    }

    /// Takes note of whether the member takes leads, in every team.
    pub(super) fn note_activity(&mut self, member: usize) {
        let places = self.members.get(member).map_or(0, |it| it.places.len());
        for number in 0..places {
            if let Some(member) = self.members.get(member)
                && let Some(&place) = member.places.get(number)
            {
                let is_active = self.is_active(member, Some(place));
                if let Some(team) = self.teams.get_mut(place.0) {
                    team.set_active(place.1, is_active);
                }
            }
        }
    }

    /// Tells the teams everybody's load over all teams, and who may take leads.
    pub(super) fn refresh(&mut self) {
        for number in 0..self.members.len() {
            let member = &self.members[number];
            for &(team, position) in &member.places {
                let team = self.teams.get_mut(team);
                if let Some(standing) = team.and_then(|team| team.roster.get_mut(position)) {
                    standing.load = member.load;
                }
            }
            self.note_activity(number);
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

    /// Has the team's strategy pick a member for the lead, and counts it for the day given back.
    pub(super) fn pick(&mut self, team: usize, call: Call<'_>) -> Result<(Seat, Day), Reason> {
        let day = self.turn_to(call.day);
        let desk_team = self.teams.get_mut(team).ok_or(Reason::TeamEmpty)?;
        let position = desk_team.choose(call)?;
        desk_team.turn = desk_team.turn.saturating_add(1);
        let turn = desk_team.turn;
        let seat = desk_team.roster.get_mut(position).map(|standing| {
            let before = std::mem::replace(&mut standing.last_turn, turn);
            let (team, member) = (desk_team.id.clone(), standing.member().clone());
            Seat::owner(Some(team), member, Chosen::ByStrategy).with_turn(turn, before)
        });
        let member = desk_team.seats.get(position).map(|seat| seat.member);
        match (seat, member) {
            (Some(seat), Some(member)) => {
                self.count(member, Some((team, position)), 1);
                Ok((seat, day))
            }
            _ => Err(Reason::Declined),
        }
    }

    /// Gives the lead to a named member, within the member's limits, and counts it for the day
    /// given back.
    pub(super) fn take(
        &mut self,
        member: usize,
        place: Option<(usize, usize)>,
        call: Call<'_>,
    ) -> Result<(Seat, Day), Reason> {
        let day = self.turn_to(call.day);
        let named = self.members.get(member).ok_or(Reason::TeamEmpty)?;
        if !self.is_active(named, place) {
            return Err(Reason::NobodyActive);
        }
        let standing = place.and_then(|place| self.standing(place));
        let has_room =
            standing.map_or_else(|| named.load.has_room(named.limits), Standing::has_room);
        if !call.everyone && !has_room {
            return Err(Reason::NobodyWithCapacity);
        }
        let team = place.and_then(|(team, _)| Some(self.teams.get(team)?.id.clone()));
        let seat = Seat::owner(team, named.id.clone(), Chosen::ByName);
        self.count(member, place, 1);
        Ok((seat, day))
    }

    /// Counts a lead for a member, in a team where there is one.
    fn count(&mut self, member: usize, place: Option<(usize, usize)>, units: u32) {
        self.change(member, place, |load| load.add(units));
    }

    /// Takes a lead off a member: the open load, and the day's count if it is still that day's.
    pub(super) fn give_back(
        &mut self,
        member: usize,
        place: Option<(usize, usize)>,
        units: u32,
        counted_on: Option<Day>,
    ) {
        let same_day = counted_on.is_some() && counted_on == self.day;
        self.change(member, place, |load| {
            load.open = load.open.saturating_sub(units);
            if same_day {
                load.today = load.today.saturating_sub(units);
            }
        });
    }

    /// Gives the turn of that number back; before it, the member had that one.
    pub(super) fn give_turn_back(&mut self, (team, position): (usize, usize), turn: (u64, u64)) {
        if let Some(team) = self.teams.get_mut(team) {
            team.give_turn_back(position, turn);
        }
    }

    /// Changes a member's load, everywhere it is known.
    fn change(&mut self, member: usize, place: Option<(usize, usize)>, change: impl Fn(&mut Load)) {
        let Some(member) = self.members.get_mut(member) else {
            return;
        };
        change(&mut member.load);
        for &(team, position) in &member.places {
            let is_here = place == Some((team, position));
            if let Some(team) = self.teams.get_mut(team) {
                team.change_load(position, member.load, is_here.then_some(&change));
            }
        }
    }
}
