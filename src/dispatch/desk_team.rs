//! A team at a desk: its members' numbers there, who of them may take a lead, and its strategy.

use super::assignment::Reason;
use super::desk::Call;
use crate::id::{MemberId, RotationId, StrategyName, TeamId};
use crate::strategy::{Candidates, Load, Positions, Standing, Strategy, StrategyState, Turn};

#[derive(Debug)]
pub(super) struct DeskTeam {
    pub(super) id: TeamId,
    pub(super) rotation: RotationId,
    pub(super) strategy_name: StrategyName,
    pub(super) strategy: Box<dyn Strategy>,
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
#[derive(Debug, Clone, Copy)]
pub(super) struct DeskSeat {
    /// The member's number at the desk.
    pub(super) member: usize,
    /// Whether the member is active in this team.
    pub(super) is_active: bool,
    /// Whether the member is about to be removed.
    pub(super) is_closed: bool,
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
    /// Whether the strategy's last candidates were all who are active, limits set aside.
    was_everyone: bool,
}

impl Turnout {
    /// The strategy is to look at the member again.
    fn mark(&mut self, position: usize) {
        if self.is_changed.insert(position) {
            self.changed.push(position);
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

    /// The day's counts are over.
    pub(super) fn begin_day(&mut self) {
        for position in 0..self.roster.len() {
            if let Some(standing) = self.roster.get_mut(position)
                && (standing.load.today, standing.team_load.today) != (0, 0)
            {
                standing.load.today = 0;
                standing.team_load.today = 0;
                self.note(position);
            }
        }
    }

    /// The member there has another load now; `change` is that of the load in this team.
    #[inline]
    pub(super) fn change_load(
        &mut self,
        position: usize,
        load: Load,
        change: Option<impl Fn(&mut Load)>,
    ) {
        if let Some(standing) = self.roster.get_mut(position) {
            standing.load = load;
            if let Some(change) = change {
                change(&mut standing.team_load);
            }
            self.note(position);
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
        if !call.everyone && self.turnout.eligible.is_empty() {
            return Err(Reason::NobodyWithCapacity);
        }
        self.brief();
        if self.turnout.was_everyone != call.everyone {
            self.turnout.was_everyone = call.everyone;
            self.mark_all();
        }
        let able = if call.everyone {
            &self.turnout.active
        } else {
            &self.turnout.eligible
        };
        let roster = self.roster.get(..self.present).unwrap_or_default();
        let candidates = Candidates::new(roster, able);
        let turn = Turn::new(call.now, call.lead, &self.rotation, candidates)
            .with_rule(call.rule)
            .with_changed(&self.turnout.changed);
        let position = self.strategy.choose(&turn);
        let position = position.filter(|&position| candidates.contains(position));
        self.turnout.clear_marks();
        position.ok_or(Reason::Declined)
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
