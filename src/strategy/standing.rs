//! How members stand when one of them is to be picked.

use super::positions::positions::Positions;
use crate::id::MemberId;
use crate::limits::MAX_WEIGHT;
use crate::team::Limits;

/// How a member stands in a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    member: MemberId,
    weight: u32,
    pub(crate) load: Load,
    pub(crate) limits: Limits,
    pub(crate) team_load: Load,
    pub(crate) team_limits: Limits,
    pub(crate) room: u32,
}

/// How many leads a member has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Load {
    /// Leads open now.
    pub open: u32,
    /// Leads got on the present day.
    pub today: u32,
    /// Leads got in the present week.
    pub this_week: u32,
}

impl Load {
    /// A load of `open` leads, of which `today` were got today and none earlier this week.
    pub fn new(open: u32, today: u32) -> Self {
        Self {
            open,
            today,
            this_week: today,
        }
    }

    /// Sets the number of leads got in the present week.
    #[must_use]
    pub fn with_week(mut self, leads: u32) -> Self {
        self.this_week = leads;
        self
    }

    /// How many more leads the limits allow, sliding-window limits aside.
    #[inline]
    pub(crate) fn room(self, limits: &Limits) -> u32 {
        let left = |most: Option<u32>, count| most.map_or(u32::MAX, |it| it.saturating_sub(count));
        left(limits.max_open, self.open)
            .min(left(limits.max_per_day, self.today))
            .min(left(limits.max_per_week, self.this_week))
    }

    /// The counts of the day are over, perhaps those of the week as well.
    pub(crate) fn begin_day(&mut self, is_new_week: bool) {
        self.today = 0;
        if is_new_week {
            self.this_week = 0;
        }
    }

    pub(crate) fn add(&mut self, leads: u32) {
        self.open = self.open.saturating_add(leads);
        self.today = self.today.saturating_add(leads);
        self.this_week = self.this_week.saturating_add(leads);
    }
}

impl Standing {
    /// A member of that weight (kept within 1 and [`MAX_WEIGHT`]), without leads and limits.
    pub fn new(member: impl Into<MemberId>, weight: u32) -> Self {
        Self {
            member: member.into(),
            weight: weight.clamp(1, MAX_WEIGHT),
            load: Load::default(),
            limits: Limits::default(),
            team_load: Load::default(),
            team_limits: Limits::default(),
            room: u32::MAX,
        }
    }

    /// Sets the load over all teams.
    #[must_use]
    pub fn with_load(mut self, load: Load) -> Self {
        self.load = load;
        self.with_room()
    }

    /// Sets the limits over all teams.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self.with_room()
    }

    /// Sets the load and the limits in this team.
    #[must_use]
    pub fn with_team_load(mut self, load: Load, limits: Limits) -> Self {
        self.team_load = load;
        self.team_limits = limits;
        self.with_room()
    }

    fn with_room(mut self) -> Self {
        let overall = self.load.room(&self.limits);
        self.room = overall.min(self.team_load.room(&self.team_limits));
        self
    }

    /// The member.
    pub fn member(&self) -> &MemberId {
        &self.member
    }

    /// The member's share against the others'; never 0.
    pub fn weight(&self) -> u32 {
        self.weight
    }

    /// The load over all teams.
    pub fn load(&self) -> Load {
        self.load
    }

    /// The limits over all teams.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The load in this team.
    pub fn team_load(&self) -> Load {
        self.team_load
    }

    /// The limits in this team.
    pub fn team_limits(&self) -> &Limits {
        &self.team_limits
    }

    /// How many more leads are within all limits, the lowest of which counts; `u32::MAX` without
    /// limits.
    pub fn room(&self) -> u32 {
        self.room
    }

    /// Whether one more lead is within all limits.
    pub fn has_room(&self) -> bool {
        self.room > 0
    }
}

/// The members who may take the lead: a view, cheap to copy, in the order of the roster.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    roster: &'a [Standing],
    eligible: &'a Positions,
}

impl<'a> Candidates<'a> {
    /// The members of the roster at those positions. Positions outside the roster are passed over.
    pub fn new(roster: &'a [Standing], eligible: &'a Positions) -> Self {
        Self { roster, eligible }
    }

    /// The candidates in the order of the roster.
    pub fn iter(&self) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        let roster = self.roster;
        self.eligible.iter().filter_map(move |position| {
            let standing = roster.get(position)?;
            Some(Candidate { position, standing })
        })
    }

    /// The member at that position of the roster, if it is a candidate. Constant time.
    #[inline]
    pub fn get(&self, position: usize) -> Option<Candidate<'a>> {
        if !self.eligible.contains(position) {
            return None;
        }
        let standing = self.roster.get(position)?;
        Some(Candidate { position, standing })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.eligible.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.eligible.is_empty()
    }

    /// Whether the member at that position of the roster is one. Constant time.
    #[inline]
    pub fn contains(&self, position: usize) -> bool {
        self.get(position).is_some()
    }

    /// These alone, of the same roster.
    pub(super) fn only<'b>(self, eligible: &'b Positions) -> Candidates<'b>
    where
        'a: 'b,
    {
        Candidates {
            roster: self.roster,
            eligible,
        }
    }

    /// All members, candidates or not.
    pub fn roster(&self) -> &'a [Standing] {
        self.roster
    }
}

/// A member who may take the lead.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    position: usize,
    standing: &'a Standing,
}

impl<'a> Candidate<'a> {
    /// The position in the roster: what a strategy answers.
    pub fn position(&self) -> usize {
        self.position
    }

    /// How the member stands.
    pub fn standing(&self) -> &'a Standing {
        self.standing
    }

    /// The member.
    pub fn member(&self) -> &'a MemberId {
        &self.standing.member
    }

    /// The member's share against the others'; never 0.
    pub fn weight(&self) -> u32 {
        self.standing.weight
    }

    /// Leads open now, over all teams.
    pub fn open(&self) -> u32 {
        self.standing.load.open
    }

    /// Leads got today, over all teams.
    pub fn today(&self) -> u32 {
        self.standing.load.today
    }
}
