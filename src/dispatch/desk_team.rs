//! A team at a desk: its members' numbers there, who of them may take a lead, and its strategy.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use foldhash::fast::FixedState;

use super::assignment::Reason;
use super::desk::Call;
use super::fitting::{Abilities, Fitting, Fittings};
use super::rotation::{Asking, Rotation};
use super::shifts::WorkTime;
use super::tally::Tally;
use super::turnout::{Attendance, Turnout};
use crate::availability::Presence;
use crate::id::{RuleId, TeamId};
use crate::strategy::{Load, Positions, Standing};
use crate::team::Limits;

#[derive(Debug)]
pub(super) struct DeskTeam {
    pub(super) id: TeamId,
    /// The number of its rotation at the desk, its own or one that it shares.
    pub(super) rotation: usize,
    /// Where it has a rotation for each rule: their numbers.
    pub(super) by_rule: HashMap<RuleId, usize, FixedState>,
    /// Of all members together.
    pub(super) limits: Limits,
    pub(super) tally: Tally,
    /// When the next of the leads in the spans of its limits leaves, as far as the desk awaits it.
    pub(super) awaited: Option<DateTime<Utc>>,
    /// The most open leads that anybody may be ahead of whoever has fewest.
    pub(super) most_ahead: Option<u32>,
    /// Whether a lead by name takes the member's turn.
    pub(super) named_take_turns: bool,
    /// The working time of all members together.
    pub(super) work: WorkTime,
    /// Down to which presence members are asked.
    pub(super) last_asked: Presence,
    /// When nobody is at work: how far to look for whoever is back first.
    pub(super) look_ahead_hours: Option<u32>,
    pub(super) fittings: Fittings,
    /// Whether other teams have the same rotation.
    pub(super) is_shared: bool,
    /// Who is in the team, in order; then who was removed at run time, whose numbers are kept.
    pub(super) roster: Vec<Standing>,
    /// How many of the roster are in the team.
    pub(super) present: usize,
    /// By position in the roster.
    pub(super) seats: Vec<DeskSeat>,
    pub(super) turnout: Turnout,
}

/// A place in a team.
#[derive(Debug)]
pub(super) struct DeskSeat {
    /// The member's number at the desk.
    pub(super) member: usize,
    /// Whether the member is active in this team.
    pub(super) is_active: bool,
    /// Whether the member is about to be removed.
    pub(super) is_closed: bool,
    pub(super) duty: Duty,
    pub(super) presence: Presence,
    pub(super) abilities: Arc<Abilities>,
    /// When the member is in the team.
    pub(super) term: WorkTime,
    /// What counts in this team.
    pub(super) tally: Tally,
}

/// Whether a member is there for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duty {
    /// Takes no leads there: paused, not active, or not in the team now.
    None,
    /// Takes leads, but not at this hour.
    Off,
    /// Takes leads now.
    On,
}

impl DeskTeam {
    /// Who is in the team, in order.
    pub(super) fn present(&self) -> &[Standing] {
        self.roster.get(..self.present).unwrap_or_default()
    }

    /// The number of the rotation that picks by that rule, and the rule, if it has one of its own.
    #[inline]
    pub(super) fn rotation_by(&self, rule: Option<&RuleId>) -> (usize, Option<RuleId>) {
        if self.by_rule.is_empty() {
            return (self.rotation, None);
        }
        let of_rule = rule.and_then(|rule| self.by_rule.get_key_value(rule));
        of_rule.map_or((self.rotation, None), |(rule, it)| {
            (*it, Some(rule.clone()))
        })
    }

    /// How the member there stands over all teams has changed.
    pub(super) fn note_attendance(&mut self, position: usize, duty: Duty, presence: Presence) {
        if let Some(seat) = self.seats.get_mut(position) {
            seat.duty = duty;
            seat.presence = presence;
        }
        self.note(position);
    }

    /// Takes note of how everybody stands now.
    pub(super) fn note_all(&mut self) {
        for position in 0..self.present {
            self.note(position);
        }
    }

    /// Takes note of how the member there stands now.
    fn note(&mut self, position: usize) {
        if position >= self.present {
            return;
        }
        let (Some(seat), Some(standing)) = (self.seats.get(position), self.roster.get(position))
        else {
            return;
        };
        let is_asked = seat.presence <= self.last_asked;
        let attendance = Attendance {
            is_active: seat.duty != Duty::None,
            is_at_work: seat.duty == Duty::On && self.work.is_on() && is_asked,
            has_room: standing.has_room(),
            presence: seat.presence,
        };
        self.turnout.note(position, attendance);
    }

    /// The counts of the day are over, perhaps those of the week as well.
    pub(super) fn begin_day(&mut self, is_new_week: bool) {
        self.tally.load.begin_day(is_new_week);
        for seat in &mut self.seats {
            seat.tally.load.begin_day(is_new_week);
        }
    }

    /// How many more leads are within the limits of the whole team.
    pub(super) fn room(&self) -> u32 {
        self.tally.room(&self.limits)
    }

    /// The member there has that load over all teams now, and room for `room` more leads there; the
    /// load in this team may be another, too.
    #[inline]
    pub(super) fn change_load(&mut self, position: usize, load: Load, room: u32) {
        if let (Some(standing), Some(seat)) =
            (self.roster.get_mut(position), self.seats.get(position))
        {
            let room = room.min(seat.tally.room(&standing.team_limits));
            let loads = (load, seat.tally.load, room);
            if loads != (standing.load, standing.team_load, standing.room) {
                (standing.load, standing.team_load, standing.room) = loads;
                if position < self.present {
                    self.turnout.note_room(position, seat.presence, room > 0);
                }
            }
        }
    }

    /// Has the rotation pick a position; among those only who are back first, if there are such.
    pub(super) fn choose(
        &mut self,
        rotation: &mut Rotation,
        call: Call<'_>,
        fitting: Option<&Fitting>,
        first_back: Option<Positions>,
    ) -> Result<(usize, Option<String>), Reason> {
        if first_back.is_none() {
            self.check(call, fitting)?;
        }
        match (first_back, self.turnout.first_asked()) {
            (Some(only), _) => {
                let only = self.with_room(only.iter().collect(), call.counts);
                self.turnout.ask_only(only.into_iter().collect());
            }
            (None, Some(presence)) if fitting.is_none() && !self.is_narrow_for(call) => {
                self.turnout.ask(presence);
            }
            (None, _) => {
                let only = self.narrow(call, fitting)?;
                self.turnout.ask_only(only);
            }
        }
        let fits = fitting.and_then(|fitting| fitting.scores.as_deref());
        let chosen = rotation.choose(self.asking(call, fits));
        if self.is_told_of_changes() {
            self.turnout.clear_marks();
        }
        chosen.ok_or(Reason::Declined)
    }

    /// Whether a rotation is told who stands otherwise than before: where it is the team's only one, and
    /// no other team's.
    fn is_told_of_changes(&self) -> bool {
        self.by_rule.is_empty() && !self.is_shared
    }

    /// What the rotation may look at.
    fn asking<'a>(&'a self, call: Call<'a>, fits: Option<&'a [u32]>) -> Asking<'a> {
        let changed = self.turnout.changed();
        Asking {
            now: call.when.at,
            lead: call.lead,
            rule: call.rule,
            roster: self.present(),
            seats: self.seats.get(..self.present).unwrap_or_default(),
            candidates: self.turnout.candidates(),
            changed: self.is_told_of_changes().then_some(changed),
            fits,
            is_audited: call.audit.is_some(),
        }
    }

    /// Whether anybody can take the lead, as far as that is known at once.
    #[inline]
    fn check(&self, call: Call<'_>, fitting: Option<&Fitting>) -> Result<(), Reason> {
        if self.present == 0 {
            return Err(Reason::TeamEmpty);
        }
        if self.turnout.active().is_empty() {
            return Err(Reason::NobodyActive);
        }
        if !is_any_able(self.turnout.active(), fitting) {
            return Err(Reason::NobodyFits);
        }
        if call.everyone {
            return Ok(());
        }
        if !is_any_able(self.turnout.at_work(), fitting) {
            return Err(Reason::NobodyAvailable);
        }
        if self.room() < call.counts {
            return Err(Reason::TeamFull);
        }
        let mut presences = Presence::ALL.into_iter();
        if !presences.any(|it| is_any_able(self.turnout.eligible(it), fitting)) {
            return Err(Reason::NobodyWithCapacity);
        }
        Ok(())
    }

    /// Whether the lead's candidates are others than all who have room for one lead.
    fn is_narrow_for(&self, call: Call<'_>) -> bool {
        call.everyone || call.counts > 1 || self.most_ahead.is_some() || !call.seated.is_empty()
    }

    /// The lead's candidates, where they are others than all who have room for one lead.
    fn narrow(&self, call: Call<'_>, fitting: Option<&Fitting>) -> Result<Positions, Reason> {
        let roster = |position: usize| self.roster.get(position);
        let is_free =
            |position: &usize| is_able(*position, fitting) && !call.is_seated(roster(*position));
        if call.everyone {
            // Whoever is at work comes first, then whoever is active; of these, as ever, those of the
            // first presence.
            let at_work: Vec<usize> = self.turnout.at_work().iter().filter(is_free).collect();
            let able = if at_work.is_empty() {
                self.turnout.active().iter().filter(is_free).collect()
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
            let asked = self.turnout.eligible(presence).iter().filter(is_free);
            let asked: Vec<usize> = asked.collect();
            if asked.is_empty() {
                continue;
            }
            let able = self.with_room(asked, call.counts);
            if !able.is_empty() {
                return Ok(able.into_iter().collect());
            }
            reason = Reason::NobodyWithCapacity;
        }
        Err(reason)
    }

    /// Those who have room for what the lead counts, and would not be too far ahead.
    fn with_room(&self, mut able: Vec<usize>, counts: u32) -> Vec<usize> {
        let standing = |position: usize| self.roster.get(position);
        able.retain(|&it| standing(it).is_some_and(|it| it.room >= counts));
        self.not_too_far_ahead(able, counts)
    }

    /// Those who would not be too far ahead of whoever of them has fewest.
    pub(super) fn not_too_far_ahead(&self, mut able: Vec<usize>, counts: u32) -> Vec<usize> {
        let standing = |position: usize| self.roster.get(position);
        let open = |position: usize| standing(position).map_or(0, |it| it.team_load.open);
        if let Some(most_ahead) = self.most_ahead {
            let fewest = able.iter().map(|&it| open(it)).min().unwrap_or(0);
            let most = fewest.saturating_add(most_ahead);
            // Whoever has fewest may always take one lead, whatever it counts.
            able.retain(|&it| open(it) == fewest || open(it).saturating_add(counts) <= most);
        }
        able
    }

    /// Who fits what the lead's rule asks and the team; none if nothing is asked.
    #[inline]
    pub(super) fn fitting(&mut self, call: Call<'_>) -> Option<Arc<Fitting>> {
        self.fittings.find(call.fit, &self.seats)
    }

    /// Positions of those whom the team asks when they are at work.
    pub(super) fn asked(&self) -> impl Iterator<Item = usize> {
        self.turnout.active().iter().filter(|&position| {
            let seat = self.seats.get(position);
            seat.is_some_and(|seat| seat.presence <= self.last_asked)
        })
    }

    /// What the member there is there for.
    pub(super) fn presence(&self, position: usize) -> Presence {
        let seat = self.seats.get(position);
        seat.map_or(Presence::Unavailable, |seat| seat.presence)
    }

    /// Whether the member there is at work now, and asked.
    pub(super) fn is_at_work(&self, position: usize) -> bool {
        self.turnout.at_work().contains(position)
    }

    /// The next turn is the member's there, who got a lead by name; its number, and that of the
    /// member's turn before.
    pub(super) fn take_named_turn(
        &mut self,
        rotation: &mut Rotation,
        position: usize,
        call: Call<'_>,
    ) -> Option<(u64, u64)> {
        // With nobody there, nobody has a share in the turn.
        self.turnout
            .ask(self.turnout.first_asked().unwrap_or_default());
        rotation.count_named(self.asking(call, None), position);
        self.take_turn(rotation, position)
    }

    /// The next turn is the member's there; its number, and that of the member's turn before.
    pub(super) fn take_turn(
        &mut self,
        rotation: &mut Rotation,
        position: usize,
    ) -> Option<(u64, u64)> {
        self.turnout.mark(position);
        rotation.take_turn(position, &self.seats)
    }

    /// Gives the turn of that number back; before it, the member had that one.
    pub(super) fn give_turn_back(
        &mut self,
        rotation: &mut Rotation,
        position: usize,
        turn: (u64, u64),
        rule: Option<&RuleId>,
    ) {
        // Where the rule has no turns of its own any more, no rotation knows of the turn.
        if position < self.present && rotation.key.rule.as_ref() == rule {
            self.turnout.mark(position);
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
