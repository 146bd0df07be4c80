//! A desk: teams that share members, directly or through others, and all their numbers. Nothing in
//! a desk concerns another desk, so each has a lock of its own.

use chrono::{DateTime, NaiveDate, Utc};

use super::assignment::Reason;
use super::receipt::{Chosen, Seat};
use crate::id::{MemberId, RotationId, RuleId, StrategyName, TeamId};
use crate::lead::Lead;
use crate::strategy::{Candidates, Load, Standing, Strategy, Turn};
use crate::team::Limits;

#[derive(Debug, Default)]
pub(super) struct Desk {
    /// The latest day seen, if any. It never steps back, so no day's limit opens twice.
    pub(super) day: Option<NaiveDate>,
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

#[derive(Debug)]
pub(super) struct DeskTeam {
    pub(super) id: TeamId,
    pub(super) rotation: RotationId,
    pub(super) strategy_name: StrategyName,
    pub(super) strategy: Box<dyn Strategy>,
    /// How many turns there were.
    pub(super) turn: u64,
    /// Who is in the team, in order; then who was removed at run time, whose numbers are kept.
    pub(super) roster: Vec<Standing>,
    /// How many of the roster are in the team.
    pub(super) present: usize,
    /// By position in the roster: the member, and whether the member is active in this team.
    pub(super) seats: Vec<(usize, bool)>,
    /// Room for the positions of who may take a lead.
    pub(super) eligible: Vec<u32>,
}

impl DeskTeam {
    /// Who is in the team, in order, and with which weights.
    pub(super) fn enrolled(&self) -> Vec<(MemberId, u32)> {
        let present = self.roster.iter().take(self.present);
        present
            .map(|it| (it.member().clone(), it.weight()))
            .collect()
    }

    /// Tells the strategy who is in the team.
    pub(super) fn enroll(&mut self) {
        let present = self.roster.get(..self.present).unwrap_or_default();
        self.strategy.enroll(present);
    }
}

/// A lead and what else a pick may look at.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) lead: &'a Lead<'a>,
    pub(super) rule: Option<&'a RuleId>,
    pub(super) now: DateTime<Utc>,
    /// The day of `now` in the policy's time zone.
    pub(super) day: NaiveDate,
    /// Set the limits aside.
    pub(super) everyone: bool,
}

impl Desk {
    /// Begins a new day, if it is one; gives the day to count for.
    fn turn_to(&mut self, day: NaiveDate) -> NaiveDate {
        if let Some(latest) = self.day.filter(|latest| day <= *latest) {
            return latest;
        }
        self.day = Some(day);
        for member in &mut self.members {
            member.load.today = 0;
        }
        for standing in self.teams.iter_mut().flat_map(|team| &mut team.roster) {
            standing.load.today = 0;
            standing.team_load.today = 0;
        }
        day
    }

    /// Whether the place is one in the team now, not one of a member who was removed.
    pub(super) fn is_present(&self, (team, position): (usize, usize)) -> bool {
        self.teams
            .get(team)
            .is_some_and(|team| position < team.present)
    }

    /// Whether leads count at the place.
    pub(super) fn has_load(&self, (team, position): (usize, usize)) -> bool {
        let standing = self
            .teams
            .get(team)
            .and_then(|team| team.roster.get(position));
        standing.is_some_and(|standing| standing.team_load() != Load::default())
    }

    /// Has the team's strategy pick a member for the lead, and counts it for the day given back.
    pub(super) fn pick(
        &mut self,
        team: usize,
        call: Call<'_>,
    ) -> Result<(Seat, NaiveDate), Reason> {
        let day = self.turn_to(call.day);
        let members = &self.members;
        let desk_team = self.teams.get_mut(team).ok_or(Reason::TeamEmpty)?;
        let roster = desk_team
            .roster
            .get(..desk_team.present)
            .unwrap_or_default();
        if roster.is_empty() {
            return Err(Reason::TeamEmpty);
        }
        let mut eligible = std::mem::take(&mut desk_team.eligible);
        eligible.clear();
        let mut somebody_active = false;
        for (position, (standing, &(member, active))) in
            (0_u32..).zip(roster.iter().zip(&desk_team.seats))
        {
            let member = members.get(member);
            if member.is_some_and(|member| member.active && (active || member.resumed)) {
                somebody_active = true;
                if call.everyone || standing.has_room() {
                    eligible.push(position);
                }
            }
        }
        let candidates = Candidates::new(roster, &eligible);
        let turn = Turn::new(call.now, call.lead, &desk_team.rotation, candidates);
        let chosen = if candidates.is_empty() {
            Err(if somebody_active {
                Reason::NobodyWithCapacity
            } else {
                Reason::NobodyActive
            })
        } else {
            let position = desk_team.strategy.choose(&turn.with_rule(call.rule));
            position
                .filter(|&position| candidates.contains(position))
                .ok_or(Reason::Declined)
        };
        desk_team.eligible = eligible;
        let position = chosen?;
        desk_team.turn = desk_team.turn.saturating_add(1);
        let turn = desk_team.turn;
        let seat = desk_team.roster.get_mut(position).map(|standing| {
            let before = std::mem::replace(&mut standing.last_turn, turn);
            let (team, member) = (desk_team.id.clone(), standing.member().clone());
            Seat::owner(Some(team), member, Chosen::ByStrategy).with_turn(turn, before)
        });
        let member = desk_team.seats.get(position).map(|&(member, _)| member);
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
    ) -> Result<(Seat, NaiveDate), Reason> {
        let day = self.turn_to(call.day);
        let named = self.members.get(member).ok_or(Reason::TeamEmpty)?;
        let team = place.and_then(|(team, _)| self.teams.get(team));
        let seat = place.and_then(|(_, position)| team?.seats.get(position));
        let standing = place.and_then(|(_, position)| team?.roster.get(position));
        let active_here = named.resumed || seat.is_none_or(|&(_, active)| active);
        if !named.active || !active_here {
            return Err(Reason::NobodyActive);
        }
        let has_room =
            standing.map_or_else(|| named.load.has_room(named.limits), Standing::has_room);
        if !call.everyone && !has_room {
            return Err(Reason::NobodyWithCapacity);
        }
        let team = team.map(|team| team.id.clone());
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
        counted_on: Option<NaiveDate>,
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
    pub(super) fn give_turn_back(
        &mut self,
        (team, position): (usize, usize),
        (turn, before): (u64, u64),
    ) {
        let Some(team) = self.teams.get_mut(team) else {
            return;
        };
        if let Some(standing) = team.roster.get_mut(position)
            && standing.last_turn == turn
        {
            standing.last_turn = before;
        }
        if position < team.present {
            team.strategy.give_back(position);
        }
    }

    /// Changes a member's load, everywhere it is known.
    fn change(&mut self, member: usize, place: Option<(usize, usize)>, change: impl Fn(&mut Load)) {
        let Some(member) = self.members.get_mut(member) else {
            return;
        };
        change(&mut member.load);
        for &(team, position) in &member.places {
            let team = self.teams.get_mut(team);
            if let Some(standing) = team.and_then(|team| team.roster.get_mut(position)) {
                standing.load = member.load;
            }
        }
        if let Some((team, position)) = place
            && let Some(team) = self.teams.get_mut(team)
            && let Some(standing) = team.roster.get_mut(position)
        {
            change(&mut standing.team_load);
        }
    }
}
