//! A team in a shard: its members' numbers there, who of them may take a lead, and its strategy.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;

use super::request::SeatRequest;
use super::rotation::{Asking, Rotation};
use super::seat::eligible_index::{Attendance, EligibleIndex};
use super::seat::fitting::{Fitting, Fittings};
use super::seat::obstacle::{Exclusion, Obstacle, Obstacles};
use super::seat::seat::ShardSeat;
use super::seat::tally::Tally;
use super::seat::work_time::WorkTime;
use crate::availability::Presence;
use crate::dispatch::answer::assignment::Reason;
use crate::dispatch::answer::receipt::TurnTaken;
use crate::id::{RuleId, TeamId};
use crate::strategy::{Load, Positions, Standing};
use crate::team::Limits;

#[derive(Debug, Clone)]
pub(in crate::dispatch) struct ShardTeam {
    pub(in crate::dispatch) id: TeamId,
    /// The number of its rotation in the shard, its own or one that it shares.
    pub(in crate::dispatch) rotation: usize,
    /// Where it has a rotation for each rule: their numbers.
    pub(in crate::dispatch) by_rule: HashMap<RuleId, usize, FixedState>,
    /// Of all members together.
    pub(in crate::dispatch) limits: Limits,
    pub(in crate::dispatch) tally: Tally,
    /// When the next of the leads in the spans of its limits leaves, as far as the shard awaits it.
    pub(in crate::dispatch) next_expiry: Option<DateTime<Utc>>,
    /// The most open leads that anybody may be ahead of whoever has fewest.
    pub(in crate::dispatch) most_ahead: Option<u32>,
    /// Whether a lead by name takes the member's turn.
    pub(in crate::dispatch) named_take_turns: bool,
    /// The working time of all members together.
    pub(in crate::dispatch) work: WorkTime,
    /// Down to which presence members are asked.
    pub(in crate::dispatch) last_asked: Presence,
    /// When nobody is at work: how far to look for whoever is back first.
    pub(in crate::dispatch) look_ahead_hours: Option<u32>,
    pub(in crate::dispatch) fittings: Fittings,
    /// Whether other teams have the same rotation.
    pub(in crate::dispatch) is_shared: bool,
    /// Who is in the team, in order; then who was removed at run time, whose numbers are kept.
    pub(in crate::dispatch) roster: Vec<Standing>,
    /// How many of the roster are in the team.
    pub(in crate::dispatch) present: usize,
    /// By position in the roster.
    pub(in crate::dispatch) seats: Vec<ShardSeat>,
    pub(in crate::dispatch) eligible: EligibleIndex,
}

impl ShardTeam {
    /// Who is in the team, in order.
    pub(in crate::dispatch) fn present(&self) -> &[Standing] {
        self.roster.get(..self.present).unwrap_or_default()
    }

    /// The number of the rotation that picks by that rule.
    #[inline]
    pub(in crate::dispatch) fn rotation_by(&self, rule: Option<&RuleId>) -> usize {
        if self.by_rule.is_empty() {
            return self.rotation;
        }
        let of_rule = rule.and_then(|rule| self.by_rule.get(rule));
        of_rule.copied().unwrap_or(self.rotation)
    }

    /// Takes note of what keeps the member there from leads now, and what the member is there for.
    pub(in crate::dispatch) fn note(
        &mut self,
        position: usize,
        obstacles: &Obstacles,
        presence: Presence,
    ) {
        let Some(seat) = self.seats.get_mut(position) else {
            return;
        };
        seat.presence = presence;
        if position < self.present {
            let is_asked = !obstacles.contains(Obstacle::NotAsked);
            let attendance = Attendance {
                is_active: obstacles.is_active(),
                is_at_work: obstacles.is_at_work() && is_asked,
                has_room: !obstacles.contains(Obstacle::Full),
                presence,
            };
            self.eligible.note(position, attendance);
        }
    }

    /// The counts of the day are over, perhaps those of the week as well.
    pub(in crate::dispatch) fn begin_day(&mut self, is_new_week: bool) {
        self.tally.load.begin_day(is_new_week);
        for seat in &mut self.seats {
            seat.tally.load.begin_day(is_new_week);
        }
    }

    /// How many more leads are within the limits of the whole team.
    pub(in crate::dispatch) fn room(&self) -> u32 {
        self.tally.room(&self.limits)
    }

    /// The member there has that load over all teams now, and room for `room` more leads there; the
    /// load in this team may be another, too.
    #[inline]
    pub(in crate::dispatch) fn change_load(&mut self, position: usize, load: Load, room: u32) {
        if let (Some(standing), Some(seat)) =
            (self.roster.get_mut(position), self.seats.get(position))
        {
            let room = room.min(seat.tally.room(&standing.team_limits));
            let loads = (load, seat.tally.load, room);
            if loads != (standing.load, standing.team_load, standing.room) {
                (standing.load, standing.team_load, standing.room) = loads;
                if position < self.present {
                    self.eligible.note_room(position, seat.presence, room > 0);
                }
            }
        }
    }

    /// Has the rotation pick a position; among those only who are back first, if there are such.
    pub(in crate::dispatch) fn choose(
        &mut self,
        rotation: &mut Rotation,
        request: SeatRequest<'_>,
        fitting: Option<&Fitting>,
        first_back: Option<Positions>,
    ) -> Result<(usize, Option<String>), Reason> {
        if first_back.is_none() {
            self.check(request, fitting)?;
        }
        match (first_back, self.eligible.first_asked()) {
            (Some(only), _) => {
                let only = self.with_room(only.iter().collect(), request.units);
                self.eligible.ask_only(only.into_iter().collect());
            }
            (None, Some(presence)) if fitting.is_none() && !self.is_narrow_for(request) => {
                self.eligible.ask(presence);
            }
            (None, _) => {
                let only = self.narrow(request, fitting)?;
                self.eligible.ask_only(only);
            }
        }
        let fits = fitting.and_then(|fitting| fitting.scores.as_deref());
        let chosen = rotation.choose(self.asking(request, fits));
        if self.is_told_of_changes() {
            self.eligible.clear_marks();
        }
        chosen.ok_or(Reason::Declined)
    }

    /// Whether a rotation is told who stands otherwise than before: where it is the team's only one, and
    /// no other team's.
    fn is_told_of_changes(&self) -> bool {
        self.by_rule.is_empty() && !self.is_shared
    }

    /// What the rotation may look at.
    fn asking<'a>(&'a self, request: SeatRequest<'a>, fits: Option<&'a [u32]>) -> Asking<'a> {
        let changed = self.eligible.changed();
        Asking {
            now: request.when.at,
            lead: request.lead,
            rule: request.rule,
            roster: self.present(),
            seats: self.seats.get(..self.present).unwrap_or_default(),
            candidates: self.eligible.candidates(),
            changed: self.is_told_of_changes().then_some(changed),
            fits,
            is_audited: request.audit.is_some(),
        }
    }

    /// Whether anybody can take the lead, as far as that is known at once.
    #[inline]
    fn check(&self, request: SeatRequest<'_>, fitting: Option<&Fitting>) -> Result<(), Reason> {
        if self.present == 0 {
            return Err(Reason::TeamEmpty);
        }
        if self.eligible.active().is_empty() {
            return Err(Reason::NobodyActive);
        }
        if !is_any_able(self.eligible.active(), fitting) {
            return Err(Reason::NobodyFits);
        }
        if request.everyone {
            return Ok(());
        }
        if !is_any_able(self.eligible.at_work(), fitting) {
            return Err(Reason::NobodyAvailable);
        }
        if self.room() < request.units {
            return Err(Reason::TeamFull);
        }
        let mut presences = Presence::ALL.into_iter();
        if !presences.any(|it| is_any_able(self.eligible.eligible(it), fitting)) {
            return Err(Reason::NobodyWithCapacity);
        }
        Ok(())
    }

    /// Whether the lead's candidates are others than all who have room for one lead.
    fn is_narrow_for(&self, request: SeatRequest<'_>) -> bool {
        let is_left_out = request.left_out.is_some_and(|members| !members.is_empty());
        request.everyone || request.units > 1 || self.most_ahead.is_some() || is_left_out
    }

    /// Who could have the lead, if anybody.
    pub(in crate::dispatch) fn candidates(
        &self,
        request: SeatRequest<'_>,
        fitting: Option<&Fitting>,
    ) -> Result<Positions, Reason> {
        self.check(request, fitting)?;
        self.narrow(request, fitting)
    }

    /// The lead's candidates, where they are others than all who have room for one lead.
    fn narrow(
        &self,
        request: SeatRequest<'_>,
        fitting: Option<&Fitting>,
    ) -> Result<Positions, Reason> {
        let is_free = |position: &usize| {
            is_able(*position, fitting) && self.exclusion(*position, request).is_none()
        };
        if request.everyone {
            // Whoever is at work comes first, then whoever is active; of these, as ever, those of the
            // first presence.
            let at_work: Vec<usize> = self.eligible.at_work().iter().filter(is_free).collect();
            let able = if at_work.is_empty() {
                self.eligible.active().iter().filter(is_free).collect()
            } else {
                at_work
            };
            let first = able.iter().map(|&position| self.presence(position)).min();
            let able = able.into_iter();
            let able = able.filter(|&position| Some(self.presence(position)) == first);
            return Some(able.collect::<Positions>())
                .filter(|it| !it.is_empty())
                .ok_or(Reason::AllSeated);
        }
        let mut reason = Reason::AllSeated;
        for presence in Presence::ALL {
            let asked = self.eligible.eligible(presence).iter().filter(is_free);
            let asked: Vec<usize> = asked.collect();
            if asked.is_empty() {
                continue;
            }
            let able = self.with_room(asked, request.units);
            if !able.is_empty() {
                return Ok(able.into_iter().collect());
            }
            reason = Reason::NobodyWithCapacity;
        }
        Err(reason)
    }

    /// Why the member there gets no seat of the lead, if so.
    pub(in crate::dispatch) fn exclusion(
        &self,
        position: usize,
        request: SeatRequest<'_>,
    ) -> Option<Exclusion> {
        let seat = self.seats.get(position)?;
        request.left_out?.get(&seat.member).copied()
    }

    /// Those who have room for what the lead counts, and would not be too far ahead.
    fn with_room(&self, mut able: Vec<usize>, units: u32) -> Vec<usize> {
        let standing = |position: usize| self.roster.get(position);
        able.retain(|&it| standing(it).is_some_and(|it| it.room >= units));
        self.not_too_far_ahead(able, units)
    }

    /// Those who would not be too far ahead of whoever of them has fewest.
    pub(in crate::dispatch) fn not_too_far_ahead(
        &self,
        mut able: Vec<usize>,
        units: u32,
    ) -> Vec<usize> {
        let standing = |position: usize| self.roster.get(position);
        let open = |position: usize| standing(position).map_or(0, |it| it.team_load.open);
        if let Some(most_ahead) = self.most_ahead {
            let fewest = able.iter().map(|&it| open(it)).min().unwrap_or(0);
            let most = fewest.saturating_add(most_ahead);
            // Whoever has fewest may always take one lead, whatever it counts.
            able.retain(|&it| open(it) == fewest || open(it).saturating_add(units) <= most);
        }
        able
    }

    /// Who fits what the lead's rule asks and the team; none if nothing is asked.
    #[inline]
    pub(in crate::dispatch) fn fitting(
        &mut self,
        request: SeatRequest<'_>,
    ) -> Option<Arc<Fitting>> {
        let abilities = self.seats.iter().map(|seat| &*seat.abilities);
        self.fittings.find(request.fit, abilities)
    }

    /// Positions of those whom the team asks when they are at work.
    pub(in crate::dispatch) fn asked(&self) -> impl Iterator<Item = usize> {
        self.eligible.active().iter().filter(|&position| {
            let seat = self.seats.get(position);
            seat.is_some_and(|seat| seat.presence <= self.last_asked)
        })
    }

    /// What the member there is there for.
    pub(in crate::dispatch) fn presence(&self, position: usize) -> Presence {
        let seat = self.seats.get(position);
        seat.map_or(Presence::Unavailable, |seat| seat.presence)
    }

    /// Whether the member there is at work now, and asked.
    pub(in crate::dispatch) fn is_at_work(&self, position: usize) -> bool {
        self.eligible.at_work().contains(position)
    }

    /// The next turn is the member's there, who got a lead by name. With nobody there whose turn it could have been, there is none to be given
    /// back: strategies do not count it.
    pub(in crate::dispatch) fn take_named_turn(
        &mut self,
        rotation: &mut Rotation,
        position: usize,
        request: SeatRequest<'_>,
        among: Option<Positions>,
        fits: Option<&[u32]>,
    ) -> Option<TurnTaken> {
        match among {
            Some(candidates) => self.eligible.ask_only(candidates),
            None => self
                .eligible
                .ask(self.eligible.first_asked().unwrap_or_default()),
        }
        let is_counted = !self.eligible.candidates().is_empty();
        if is_counted {
            rotation.count_named(self.asking(request, fits), position);
        }
        let turn = self.take_turn(rotation, position);
        turn.filter(|_| is_counted)
    }

    /// The next turn is the member's there.
    pub(in crate::dispatch) fn take_turn(
        &mut self,
        rotation: &mut Rotation,
        position: usize,
    ) -> Option<TurnTaken> {
        self.eligible.mark(position);
        rotation.take_turn(position, &self.seats)
    }

    /// Gives a turn back.
    pub(in crate::dispatch) fn give_turn_back(
        &mut self,
        rotation: &mut Rotation,
        position: usize,
        turn: &TurnTaken,
    ) {
        if position < self.present {
            self.eligible.mark(position);
            rotation.give_back(position, turn, &self.seats);
        }
    }
}

/// Whether the member there fits.
fn is_able(position: usize, fitting: Option<&Fitting>) -> bool {
    fitting.is_none_or(|fitting| fitting.able.contains(position))
}

/// Whether somebody among them fits.
#[inline]
fn is_any_able(among: &Positions, fitting: Option<&Fitting>) -> bool {
    match fitting {
        None => !among.is_empty(),
        Some(_) => among.iter().any(|position| is_able(position, fitting)),
    }
}
