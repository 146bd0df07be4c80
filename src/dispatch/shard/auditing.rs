//! Looking at everybody in a team for an audit, before one of them is picked.

use chrono::{DateTime, Utc};

use super::request::{Exclusion, SeatRequest};
use super::seat::fitting::Fitting;
use super::seat::place::Place;
use super::seat::seat::{Duty, ShardSeat};
use super::seat::tally::Full;
use super::shard::{Shard, ShardMember};
use super::team::ShardTeam;
use crate::availability::Presence;
use crate::dispatch::answer::assignment::Reason;
use crate::dispatch::answer::audit::{Considered, Inquiry, Verdict};
use crate::dispatch::answer::receipt::Role;
use crate::id::{MemberId, TeamId};
use crate::strategy::{Positions, Standing};

impl Inquiry {
    pub(in crate::dispatch) fn new(
        team: Option<TeamId>,
        role: Role,
        members: Vec<Considered>,
    ) -> Self {
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
    pub(in crate::dispatch) fn answered(
        mut self,
        answer: Result<(&MemberId, Option<String>), Reason>,
    ) -> Self {
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

impl Shard {
    /// Everybody in the team, and whether they can have the lead.
    pub(in crate::dispatch) fn consider(
        &self,
        team: usize,
        request: SeatRequest<'_>,
        fitting: Option<&Fitting>,
        now: DateTime<Utc>,
    ) -> Vec<Considered> {
        let Some(shard_team) = self.teams.get(team) else {
            return Vec::new();
        };
        let scores = fitting.and_then(|fitting| fitting.scores.as_deref());
        let members = shard_team.present().iter().enumerate();
        let mut considered: Vec<Considered> = members
            .map(|(position, standing)| Considered {
                member: standing.member().clone(),
                verdict: self.verdict(Place { team, position }, standing, request, now),
                weight: standing.weight(),
                open: standing.load().open,
                today: standing.load().today,
                fit: scores.and_then(|it| it.get(position).copied()).unwrap_or(0),
            })
            .collect();
        let team_full = shard_team.tally.full(&shard_team.limits, request.units);
        if let (Some(full), false) = (team_full, request.everyone) {
            for considered in &mut considered {
                if considered.verdict.is_eligible() {
                    considered.verdict = Verdict::team_full(full);
                }
            }
        }
        asked_in_order(shard_team, request, &mut considered);
        considered
    }

    /// The one who was named, and could not have the lead for that reason.
    pub(in crate::dispatch) fn consider_named(
        &self,
        number: usize,
        place: Option<Place>,
        (units, reason): (u32, Reason),
        now: DateTime<Utc>,
    ) -> Option<Considered> {
        let member = self.members.get(number)?;
        let team = place.and_then(|place| self.teams.get(place.team));
        let seat = place.and_then(|place| self.seat(place));
        let standing = place.and_then(|place| self.standing(place));
        let is_there = place.is_none_or(|place| self.is_present(place));
        let verdict = match reason {
            Reason::TeamFull => {
                let full = team.and_then(|team| team.tally.full(&team.limits, units));
                Verdict::team_full(full?)
            }
            Reason::NobodyWithCapacity => full(member, seat.zip(standing), units)?,
            Reason::LeftOut => Verdict::LeftOut,
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
        place: Place,
        standing: &Standing,
        request: SeatRequest<'_>,
        now: DateTime<Utc>,
    ) -> Verdict {
        let seat = self.teams.get(place.team).and_then(|team| {
            let seat = team.seats.get(place.position)?;
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
        match team.exclusion(place.position, request) {
            Some(Exclusion::Seated) => return Verdict::Seated,
            Some(Exclusion::ByRequest) => return Verdict::LeftOut,
            None => {}
        }
        let by_rule = request.fit.map(|fit| &fit.requires);
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
        if request.everyone {
            return Verdict::Eligible;
        }
        full(member, Some((seat, standing)), request.units).unwrap_or(Verdict::Eligible)
    }
}

/// The limit of the member's that leaves no room for this number of leads, if one does.
fn full(
    member: &ShardMember,
    seat: Option<(&ShardSeat, &Standing)>,
    units: u32,
) -> Option<Verdict> {
    let of_member = member.tally.full(&member.limits, units);
    let of_seat = || {
        let (seat, standing) = seat?;
        let full = seat.tally.full(&standing.team_limits, units)?;
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
fn asked_in_order(team: &ShardTeam, request: SeatRequest<'_>, considered: &mut [Considered]) {
    let is_eligible = |it: &Considered| it.verdict.is_eligible();
    if request.everyone && !considered.iter().any(is_eligible) {
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
    let asked = if request.everyone {
        asked.collect()
    } else {
        team.not_too_far_ahead(asked.collect(), request.units)
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
