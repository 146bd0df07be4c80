//! Looking at everybody in a team for an audit, before one of them is picked.

use std::cell::RefCell;

use chrono::{DateTime, Utc};

use super::assignment::Reason;
use super::audit::{Considered, Inquiry, Verdict};
use super::desk::{Call, Desk, DeskMember};
use super::desk_team::{DeskSeat, DeskTeam, Duty};
use super::fitting::Fitting;
use super::receipt::Role;
use super::tally::Full;
use crate::availability::Presence;
use crate::id::{MemberId, TeamId};
use crate::strategy::{Positions, Standing};

/// What an audit has found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(RefCell<Vec<Inquiry>>);

impl Findings {
    /// How much has been found.
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Goes back to when so much had been found: the lead is assigned anew.
    pub(super) fn truncate(&self, len: usize) {
        self.0.borrow_mut().truncate(len);
    }

    pub(super) fn add(&self, inquiry: Inquiry) {
        self.0.borrow_mut().push(inquiry);
    }

    pub(super) fn into_inquiries(self) -> Vec<Inquiry> {
        self.0.into_inner()
    }
}

impl Inquiry {
    pub(super) fn new(team: Option<TeamId>, role: Role, members: Vec<Considered>) -> Self {
        Self {
            team,
            role,
            everyone: false,
            chosen: None,
            ground: None,
            reason: None,
            members,
        }
    }

    /// With what came of it.
    pub(super) fn answered(mut self, answer: Result<(&MemberId, Option<String>), Reason>) -> Self {
        match answer {
            Ok((member, ground)) => {
                self.chosen = Some(member.clone());
                self.ground = ground;
            }
            Err(reason) => self.reason = Some(reason),
        }
        self
    }
}

impl Verdict {
    fn team_full((limit, reached, most): Full) -> Self {
        Self::TeamFull {
            limit,
            reached,
            most,
        }
    }
}

impl Desk {
    /// Everybody in the team, and whether they can have the lead.
    pub(super) fn consider(
        &self,
        team: usize,
        call: Call<'_>,
        fitting: Option<&Fitting>,
        now: DateTime<Utc>,
    ) -> Vec<Considered> {
        let Some(desk_team) = self.teams.get(team) else {
            return Vec::new();
        };
        let scores = fitting.and_then(|fitting| fitting.scores.as_deref());
        let members = desk_team.present().iter().enumerate();
        let mut considered: Vec<Considered> = members
            .map(|(position, standing)| Considered {
                member: standing.member().clone(),
                verdict: self.verdict((team, position), standing, call, now),
                weight: standing.weight(),
                open: standing.load().open,
                today: standing.load().today,
                fit: scores.and_then(|it| it.get(position).copied()).unwrap_or(0),
            })
            .collect();
        let team_full = desk_team.tally.full(&desk_team.limits, call.counts);
        if let (Some(full), false) = (team_full, call.everyone) {
            for considered in &mut considered {
                if considered.verdict.is_eligible() {
                    considered.verdict = Verdict::team_full(full);
                }
            }
        }
        asked_in_order(desk_team, call, &mut considered);
        considered
    }

    /// The one who was named, and could not have the lead for that reason.
    pub(super) fn consider_named(
        &self,
        number: usize,
        place: Option<(usize, usize)>,
        (counts, reason): (u32, Reason),
        now: DateTime<Utc>,
    ) -> Option<Considered> {
        let member = self.members.get(number)?;
        let team = place.and_then(|(team, _)| self.teams.get(team));
        let seat = team
            .zip(place)
            .and_then(|(team, (_, it))| team.seats.get(it));
        let standing = place.and_then(|place| self.standing(place));
        let is_there = place.is_none_or(|place| self.is_present(place));
        let verdict = match reason {
            Reason::TeamFull => {
                let full = team.and_then(|team| team.tally.full(&team.limits, counts));
                Verdict::team_full(full?)
            }
            Reason::NobodyWithCapacity => full(member, seat.zip(standing), counts)?,
            _ if !is_there => Verdict::NotInTeam { until: None },
            _ if member.active && seat.is_some_and(|seat| !seat.term.is_on()) => {
                let until = self.available_from(number, place, now);
                Verdict::NotInTeam { until }
            }
            _ => Verdict::NotActive,
        };
        Some(Considered {
            member: member.id.clone(),
            verdict,
            weight: standing.map_or(1, Standing::weight),
            open: member.tally.load.open,
            today: member.tally.load.today,
            fit: 0,
        })
    }

    fn verdict(
        &self,
        place: (usize, usize),
        standing: &Standing,
        call: Call<'_>,
        now: DateTime<Utc>,
    ) -> Verdict {
        let seat = self.teams.get(place.0).and_then(|team| {
            let seat = team.seats.get(place.1)?;
            Some((team, seat, self.members.get(seat.member)?))
        });
        let Some((team, seat, member)) = seat else {
            return Verdict::NotActive;
        };
        if !seat.term.is_on() {
            let until = self.available_from(seat.member, Some(place), now);
            return Verdict::NotInTeam { until };
        }
        if seat.duty == Duty::None {
            return Verdict::NotActive;
        }
        if call.is_seated(Some(standing)) {
            return Verdict::Seated;
        }
        let by_rule = call.fit.map(|fit| &fit.requires);
        let asked = by_rule
            .into_iter()
            .chain([team.fittings.required_by_team()]);
        let lacks: Vec<String> = asked
            .flat_map(|asked| member.abilities.lacks(asked))
            .collect();
        if !lacks.is_empty() {
            return Verdict::Unfit { lacks };
        }
        let until = || self.available_from(seat.member, Some(place), now);
        if let Some(absence) = member.work.absence_at(now) {
            let until = until();
            return Verdict::Absent { absence, until };
        }
        if !team.work.is_on() {
            return Verdict::TeamClosed { until: until() };
        }
        if seat.presence > team.last_asked {
            return match seat.presence {
                Presence::Unavailable => Verdict::Unavailable,
                Presence::Active | Presence::Away => Verdict::Away,
            };
        }
        if call.everyone {
            return Verdict::Eligible;
        }
        full(member, Some((seat, standing)), call.counts).unwrap_or(Verdict::Eligible)
    }
}

/// The limit of the member's that leaves no room for this number of leads, if one does.
fn full(member: &DeskMember, seat: Option<(&DeskSeat, &Standing)>, counts: u32) -> Option<Verdict> {
    let of_member = member.tally.full(&member.limits, counts);
    let of_seat = || {
        let (seat, standing) = seat?;
        let full = seat.tally.full(&standing.team_limits, counts)?;
        Some((full, true))
    };
    let full = of_member.map(|full| (full, false)).or_else(of_seat)?;
    let ((limit, reached, most), in_team) = full;
    Some(Verdict::Full {
        limit,
        reached,
        most,
        in_team,
    })
}

/// Of those who could have the lead, some are asked first.
fn asked_in_order(team: &DeskTeam, call: Call<'_>, considered: &mut [Considered]) {
    let is_eligible = |it: &Considered| it.verdict.is_eligible();
    if call.everyone && !considered.iter().any(is_eligible) {
        // Nobody is at work: whoever is active may have it.
        for considered in considered.iter_mut() {
            if let Verdict::Absent { .. }
            | Verdict::TeamClosed { .. }
            | Verdict::Away
            | Verdict::Unavailable = considered.verdict
            {
                considered.verdict = Verdict::Eligible;
            }
        }
    }
    let eligible = considered.iter().enumerate();
    let eligible = eligible.filter(|(_, it)| is_eligible(it));
    let eligible: Positions = eligible.map(|(position, _)| position).collect();
    let Some(first) = eligible.iter().map(|it| team.presence(it)).min() else {
        return;
    };
    let asked = eligible.iter().filter(|&it| team.presence(it) == first);
    let asked = if call.everyone {
        asked.collect()
    } else {
        team.not_too_far_ahead(asked.collect(), call.counts)
    };
    let asked: Positions = asked.into_iter().collect();
    for (position, considered) in considered.iter_mut().enumerate() {
        if eligible.contains(position) && !asked.contains(position) {
            considered.verdict = match team.presence(position) {
                presence if presence == first => Verdict::TooFarAhead,
                Presence::Unavailable => Verdict::Unavailable,
                Presence::Active | Presence::Away => Verdict::Away,
            };
        }
    }
}
