//! Looking at everybody in a team for an audit, before one of them is picked.

use std::cell::RefCell;

use chrono::{DateTime, Utc};

use super::assignment::Reason;
use super::audit::{Considered, Inquiry, Verdict};
use super::desk::{Call, Desk};
use super::desk_team::Duty;
use super::fitting::Fitting;
use super::receipt::Role;
use crate::availability::Presence;
use crate::id::{MemberId, TeamId};
use crate::strategy::{Load, Standing};
use crate::team::{LimitKind, Limits};

/// What an audit has found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(RefCell<Vec<Inquiry>>);

impl Findings {
    /// The lead is assigned anew.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
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
    pub(super) fn answered(mut self, answer: Result<(&MemberId, String), Reason>) -> Self {
        match answer {
            Ok((member, ground)) => {
                self.chosen = Some(member.clone());
                self.ground = Some(ground);
            }
            Err(reason) => self.reason = Some(reason),
        }
        self
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
        let is_eligible = |position: &usize| {
            let considered = considered.get(*position);
            considered.is_some_and(|it| it.verdict.is_eligible())
        };
        let is_active_there = |position: usize| desk_team.presence(position) == Presence::Active;
        let eligible: Vec<usize> = (0..considered.len()).filter(is_eligible).collect();
        let others_first = eligible.iter().any(|&position| is_active_there(position));
        let asked = eligible.iter().copied();
        let asked = asked.filter(|&position| !others_first || is_active_there(position));
        let able = desk_team.not_too_far_ahead(asked.collect(), call.counts);
        for position in eligible {
            let Some(considered) = considered.get_mut(position) else {
                continue;
            };
            if others_first && !is_active_there(position) {
                considered.verdict = match desk_team.presence(position) {
                    Presence::Unavailable => Verdict::Unavailable,
                    Presence::Active | Presence::Away => Verdict::Away,
                };
            } else if !call.everyone && !able.contains(&position) {
                considered.verdict = Verdict::TooFarAhead;
            }
        }
        considered
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
        if call.everyone {
            return Verdict::Eligible;
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
        let of_seat = (&seat.tally, &standing.team_limits, true);
        for (tally, limits, in_team) in [(&member.tally, &member.limits, false), of_seat] {
            if tally.room(limits) < call.counts {
                let (limit, reached, most) = reached(tally.load, limits, call.counts);
                return Verdict::Full {
                    limit,
                    reached,
                    most,
                    in_team,
                };
            }
        }
        Verdict::Eligible
    }
}

/// The limit that leaves no room; if none of the plain ones, one that slides along.
fn reached(load: Load, limits: &Limits, counts: u32) -> (LimitKind, u32, u32) {
    let plain = [
        (LimitKind::Open, load.open, limits.max_open),
        (LimitKind::Day, load.today, limits.max_per_day),
        (LimitKind::Week, load.this_week, limits.max_per_week),
    ];
    let mut plain = plain
        .into_iter()
        .filter_map(|(kind, reached, most)| Some((kind, reached, most?)));
    let full = plain.find(|(_, reached, most)| most.saturating_sub(*reached) < counts);
    full.unwrap_or_else(|| {
        let most = limits.windows.iter().map(|window| window.leads).min();
        let most = most.unwrap_or(0);
        (LimitKind::Window, most, most)
    })
}
