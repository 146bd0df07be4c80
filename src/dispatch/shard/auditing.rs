//! Looking at everybody in a team for an audit, before one of them is picked.

use chrono::{DateTime, Utc};

use super::request::SeatRequest;
use super::seat::fitting::Fitting;
use super::seat::obstacle::{Exclusion, Obstacle};
use super::seat::place::Place;
use super::seat::seat::ShardSeat;
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
                verdict: self.verdict_there(Place { team, position }, request, now),
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
        request: SeatRequest<'_>,
        reason: Reason,
        now: DateTime<Utc>,
    ) -> Option<Considered> {
        let member = self.members.get(number)?;
        let obstacles = self.obstacles(number, place, Some(request));
        let obstacle = obstacles.iter().find(|it| it.reason() == reason)?;
        Some(Considered {
            member: member.id.clone(),
            verdict: self.verdict(number, place, obstacle, request, now),
            weight: place
                .and_then(|place| self.standing(place))
                .map_or(1, Standing::weight),
            open: member.tally.load.open,
            today: member.tally.load.today,
            fit: 0,
        })
    }

    /// Whether the member in the team could have the lead by itself.
    fn verdict_there(&self, place: Place, request: SeatRequest<'_>, now: DateTime<Utc>) -> Verdict {
        let Some(number) = self.seat(place).map(|seat| seat.member) else {
            return Verdict::NotActive;
        };
        let obstacles = self.obstacles(number, Some(place), Some(request));
        let counts = |obstacle: &Obstacle| match obstacle {
            // The team's own limits come after those of all its members.
            Obstacle::NotPresent | Obstacle::TeamFull => false,
            Obstacle::Full => !request.everyone,
            _ => true,
        };
        let first = obstacles.iter().find(counts);
        first.map_or(Verdict::Eligible, |obstacle| {
            self.verdict(number, Some(place), obstacle, request, now)
        })
    }

    /// An obstacle, told with its details.
    fn verdict(
        &self,
        number: usize,
        place: Option<Place>,
        obstacle: Obstacle,
        request: SeatRequest<'_>,
        now: DateTime<Utc>,
    ) -> Verdict {
        let Some(member) = self.members.get(number) else {
            return Verdict::NotActive;
        };
        let team = place.and_then(|place| self.teams.get(place.team));
        let is_present = place.is_none_or(|place| self.is_present(place));
        let until = || self.available_from(number, place, now);
        match obstacle {
            Obstacle::NotInTeam => Verdict::NotInTeam {
                until: is_present.then(until).flatten(),
            },
            Obstacle::NotActive => Verdict::NotActive,
            Obstacle::Excluded(Exclusion::Seated) => Verdict::Seated,
            Obstacle::Excluded(Exclusion::ByRequest) => Verdict::LeftOut,
            Obstacle::Unfit => {
                let of_request = request.fit.map(|fit| &fit.requires);
                let of_team = team.map(|team| team.fittings.required_by_team());
                let asked = of_request.into_iter().chain(of_team);
                Verdict::Unfit {
                    lacks: asked.flat_map(|it| member.abilities.lacks(it)).collect(),
                }
            }
            Obstacle::OffWork => match member.work.absence_at(now) {
                Some(absence) => Verdict::Absent {
                    absence,
                    until: until(),
                },
                None => Verdict::TeamClosed { until: until() },
            },
            Obstacle::TeamClosed => Verdict::TeamClosed { until: until() },
            Obstacle::NotAsked | Obstacle::NotPresent => match member.presence {
                Presence::Unavailable => Verdict::Unavailable,
                Presence::Active | Presence::Away => Verdict::Away,
            },
            Obstacle::Full => {
                let seat = place.and_then(|place| self.seat(place).zip(self.standing(place)));
                full(member, seat, request.units).unwrap_or(Verdict::NotActive)
            }
            Obstacle::TeamFull => {
                let full = team.and_then(|team| team.tally.full(&team.limits, request.units));
                full.map_or(Verdict::NotActive, Verdict::team_full)
            }
        }
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
