//! A team at a desk: its members' numbers there, who of them may take a lead, and its strategy.

use super::assignment::Reason;
use super::desk::Call;
use super::tally::Tally;
use crate::id::{MemberId, RotationId, StrategyName, TeamId};
use crate::strategy::{Candidates, Load, Positions, Standing, Strategy, StrategyState, Turn};
use crate::team::Limits;

#[derive(Debug)]
pub(super) struct DeskTeam {
    pub(super) id: TeamId,
    pub(super) rotation: RotationId,
    pub(super) strategy_name: StrategyName,
    pub(super) strategy: Box<dyn Strategy>,
    /// Of all members together.
    pub(super) limits: Limits,
    pub(super) tally: Tally,
    /// The most open leads that anybody may be ahead of whoever has fewest.
    pub(super) most_ahead: Option<u32>,
    /// What the strategy is to be told before it is asked anything.
    pub(super) briefing: Briefing,
    /// How many turns there were.
    pub(super) turn: u64,
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
    /// What counts in this team.
    pub(super) tally: Tally,
}

/// What a strategy has still to be told.
#[derive(Debug)]
pub(super) enum Briefing {
    /// Nothing.
    Done,
    /// Who is in the team; then, to go on from there, its memory.
    Enroll(Option<StrategyState>),
}

/// Who may take a lead, kept up with every change.
#[derive(Debug, Default)]
pub(super) struct Turnout {
    /// Positions of those in the team who are active.
    active: Positions,
    /// Of these, who is within all limits.
    eligible: Positions,
    /// Whom the strategy is to look at again; each once.
    changed: Vec<usize>,
    is_changed: Positions,
    /// The candidates of the strategy's last turn, where they were not all who are eligible.
    narrowed: Option<Positions>,
}

impl Turnout {
    /// The strategy is to look at the member again.
    fn mark(&mut self, position: usize) {
        if self.is_changed.insert(position) {
            self.changed.push(position);
        }
    }

    /// Whom the strategy may pick from.
    fn candidates(&self) -> &Positions {
        self.narrowed.as_ref().unwrap_or(&self.eligible)
    }

    /// The candidates of the next turn are those, or else all who are eligible. The strategy is to
    /// look at whoever was a candidate in the last turn and is none now, or the other way round.
    fn settle(&mut self, narrowed: Option<Positions>) {
        let before = std::mem::replace(&mut self.narrowed, narrowed);
        if before.is_none() && self.narrowed.is_none() {
            return;
        }
        let (before, now) = (before.as_ref().unwrap_or(&self.eligible), self.candidates());
        let changes: Vec<usize> = before
            .difference(now)
            .chain(now.difference(before))
            .collect();
        for position in changes {
            self.mark(position);
        }
    }

    /// The strategy has seen all.
    fn clear_marks(&mut self) {
        for position in self.changed.drain(..) {
            self.is_changed.remove(position);
        }
    }
}

impl DeskTeam {
    /// Who is in the team, in order.
    pub(super) fn present(&self) -> &[Standing] {
        self.roster.get(..self.present).unwrap_or_default()
    }

    /// Who is in the team, in order, and with which weights.
    pub(super) fn enrolled(&self) -> impl Iterator<Item = (&MemberId, u32)> {
        let present = self.present().iter();
        present.map(|it| (it.member(), it.weight()))
    }

    /// Tells the strategy what it has not been told yet.
    pub(super) fn brief(&mut self) {
        let Briefing::Enroll(memory) = std::mem::replace(&mut self.briefing, Briefing::Done) else {
            return;
        };
        self.mark_all();
        let present = self.roster.get(..self.present).unwrap_or_default();
        self.strategy.enroll(present);
        if let Some(memory) = memory {
            self.strategy.restore(&memory);
        }
    }

    /// The strategy is to look at everybody again.
    pub(super) fn mark_all(&mut self) {
        for position in 0..self.present {
            self.turnout.mark(position);
        }
    }

    /// The member there is active now, or is not.
    pub(super) fn set_active(&mut self, position: usize, is_active: bool) {
        if position < self.present {
            self.turnout.active.set(position, is_active);
            self.note(position);
        }
    }

    /// Takes note of how the member there stands now.
    #[inline]
    fn note(&mut self, position: usize) {
        if position >= self.present {
            return;
        }
        let has_room = self.roster.get(position).is_some_and(Standing::has_room);
        let is_eligible = has_room && self.turnout.active.contains(position);
        self.turnout.eligible.set(position, is_eligible);
        self.turnout.mark(position);
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

    /// The member there has that load over all teams now, and room for so many more leads there; the
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
                self.note(position);
            }
        }
    }

    /// Has the strategy pick a position.
    pub(super) fn choose(&mut self, call: Call<'_>) -> Result<usize, Reason> {
        if self.present == 0 {
            return Err(Reason::TeamEmpty);
        }
        if self.turnout.active.is_empty() {
            return Err(Reason::NobodyActive);
        }
        if !call.everyone && self.room() < call.counts {
            return Err(Reason::TeamFull);
        }
        if !call.everyone && self.turnout.eligible.is_empty() {
            return Err(Reason::NobodyWithCapacity);
        }
        let is_narrow = self.is_narrow_for(call);
        let narrowed = is_narrow.then(|| self.narrow(call)).transpose()?;
        self.brief();
        self.turnout.settle(narrowed);
        let able = self.turnout.candidates();
        let roster = self.roster.get(..self.present).unwrap_or_default();
        let candidates = Candidates::new(roster, able);
        let turn = Turn::new(call.when.at, call.lead, &self.rotation, candidates)
            .with_rule(call.rule)
            .with_changed(&self.turnout.changed);
        let position = self.strategy.choose(&turn);
        let position = position.filter(|&position| candidates.contains(position));
        self.turnout.clear_marks();
        position.ok_or(Reason::Declined)
    }

    /// Whether the lead's candidates are others than all who have room for one lead.
    fn is_narrow_for(&self, call: Call<'_>) -> bool {
        call.everyone || call.counts > 1 || self.most_ahead.is_some() || !call.seated.is_empty()
    }

    /// The lead's candidates, where they are others than all who have room for one lead.
    fn narrow(&self, call: Call<'_>) -> Result<Positions, Reason> {
        let Turnout {
            active, eligible, ..
        } = &self.turnout;
        let roster = |position: usize| self.roster.get(position);
        let is_seated = |position: usize| {
            let member = roster(position).map(Standing::member);
            call.seated.iter().any(|seat| Some(seat.member()) == member)
        };
        let asked = if call.everyone { active } else { eligible };
        let asked = asked.iter().filter(|&position| !is_seated(position));
        if call.everyone {
            let able: Positions = asked.collect();
            return if able.is_empty() {
                Err(Reason::AllSeated)
            } else {
                Ok(able)
            };
        }
        let asked: Vec<usize> = asked.collect();
        if asked.is_empty() {
            return Err(Reason::AllSeated);
        }
        let open = |position: usize| roster(position).map_or(0, |it| it.team_load.open);
        let has_room = |position: usize| roster(position).is_some_and(|it| it.room >= call.counts);
        let mut able: Vec<usize> = asked.into_iter().filter(|&it| has_room(it)).collect();
        if let Some(most_ahead) = self.most_ahead {
            let fewest = able.iter().map(|&it| open(it)).min().unwrap_or(0);
            let most = fewest.saturating_add(most_ahead);
            // Whoever has fewest may always take one lead, whatever it counts.
            able.retain(|&it| open(it) == fewest || open(it).saturating_add(call.counts) <= most);
        }
        if able.is_empty() {
            return Err(Reason::NobodyWithCapacity);
        }
        Ok(able.into_iter().collect())
    }

    /// Gives the turn of that number back; before it, the member had that one.
    pub(super) fn give_turn_back(&mut self, position: usize, (turn, before): (u64, u64)) {
        if let Some(standing) = self.roster.get_mut(position)
            && standing.last_turn == turn
        {
            standing.last_turn = before;
        }
        if position < self.present {
            self.turnout.mark(position);
            self.brief();
            self.strategy.give_back(position);
        }
    }
}
