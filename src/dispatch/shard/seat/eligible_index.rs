//! Who of a team may take a lead, kept up with every change.

use crate::availability::Presence;
use crate::strategy::Positions;

/// Who of a team may take a lead.
#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct EligibleIndex {
    /// Positions of those in the team who are active.
    active: Positions,
    /// Of these, who is at work and asked at all.
    at_work: Positions,
    /// Of these, by presence, who is within all limits.
    eligible: [Positions; Presence::ALL.len()],
    /// Whom the strategy is to look at again; each once.
    changed: Vec<usize>,
    is_changed: Positions,
    /// The candidates of the strategy's last turn.
    candidates: CandidateSet,
}

/// Who the candidates of a turn are.
#[derive(Debug, Clone)]
enum CandidateSet {
    /// All who are eligible and of that presence.
    Eligible(Presence),
    /// These.
    Only(Positions),
}

impl Default for CandidateSet {
    fn default() -> Self {
        Self::Eligible(Presence::Active)
    }
}

/// How a member stands who is in the team.
#[derive(Debug, Clone, Copy)]
pub(in crate::dispatch) struct Attendance {
    pub(in crate::dispatch) is_active: bool,
    pub(in crate::dispatch) is_at_work: bool,
    pub(in crate::dispatch) has_room: bool,
    pub(in crate::dispatch) presence: Presence,
}

impl EligibleIndex {
    /// The member there stands like that now.
    #[inline]
    pub(in crate::dispatch) fn note(&mut self, position: usize, attendance: Attendance) {
        let Attendance {
            is_active,
            is_at_work,
            has_room,
            presence,
        } = attendance;
        self.active.set(position, is_active);
        self.at_work.set(position, is_active && is_at_work);
        let is_eligible = is_active && is_at_work && has_room;
        for of in Presence::ALL {
            let eligible = self.eligible_mut(of);
            eligible.set(position, is_eligible && presence == of);
        }
        self.mark(position);
    }

    /// The member there has room for a lead now, or has not.
    #[inline]
    pub(in crate::dispatch) fn note_room(
        &mut self,
        position: usize,
        presence: Presence,
        has_room: bool,
    ) {
        let is_eligible = has_room && self.at_work.contains(position);
        self.eligible_mut(presence).set(position, is_eligible);
        self.mark(position);
    }

    /// The strategy is to look at the member again.
    pub(in crate::dispatch) fn mark(&mut self, position: usize) {
        if self.is_changed.insert(position) {
            self.changed.push(position);
        }
    }

    pub(in crate::dispatch) fn active(&self) -> &Positions {
        &self.active
    }

    pub(in crate::dispatch) fn at_work(&self) -> &Positions {
        &self.at_work
    }

    /// Those of that presence who are eligible.
    pub(in crate::dispatch) fn eligible(&self, presence: Presence) -> &Positions {
        let [active, away, unavailable] = &self.eligible;
        match presence {
            Presence::Active => active,
            Presence::Away => away,
            Presence::Unavailable => unavailable,
        }
    }

    fn eligible_mut(&mut self, presence: Presence) -> &mut Positions {
        let [active, away, unavailable] = &mut self.eligible;
        match presence {
            Presence::Active => active,
            Presence::Away => away,
            Presence::Unavailable => unavailable,
        }
    }

    /// The first presence of which somebody is eligible.
    #[inline]
    pub(in crate::dispatch) fn first_asked(&self) -> Option<Presence> {
        let mut presences = Presence::ALL.into_iter();
        presences.find(|&presence| !self.eligible(presence).is_empty())
    }

    /// Whom the strategy is to look at again.
    pub(in crate::dispatch) fn changed(&self) -> &[usize] {
        &self.changed
    }

    /// Whom the strategy may pick from.
    pub(in crate::dispatch) fn candidates(&self) -> &Positions {
        self.positions(&self.candidates)
    }

    fn positions<'a>(&'a self, chosen: &'a CandidateSet) -> &'a Positions {
        match chosen {
            CandidateSet::Eligible(presence) => self.eligible(*presence),
            CandidateSet::Only(positions) => positions,
        }
    }

    /// The candidates of the next turn are all of that presence who are eligible.
    #[inline]
    pub(in crate::dispatch) fn ask(&mut self, presence: Presence) {
        if !matches!(&self.candidates, CandidateSet::Eligible(before) if *before == presence) {
            self.settle(CandidateSet::Eligible(presence));
        }
    }

    /// The candidates of the next turn are those.
    pub(in crate::dispatch) fn ask_only(&mut self, positions: Positions) {
        self.settle(CandidateSet::Only(positions));
    }

    /// The strategy is to look at whoever was a candidate in the last turn and is none now, or the
    /// other way round.
    fn settle(&mut self, next: CandidateSet) {
        let before = std::mem::replace(&mut self.candidates, next);
        let (before, now) = (self.positions(&before), self.candidates());
        let changes: Vec<usize> = before
            .difference(now)
            .chain(now.difference(before))
            .collect();
        for position in changes {
            self.mark(position);
        }
    }

    /// The strategy has seen all.
    pub(in crate::dispatch) fn clear_marks(&mut self) {
        for position in self.changed.drain(..) {
            self.is_changed.remove(position);
        }
    }
}
