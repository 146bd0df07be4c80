//! Who of a shard gets a lead: a member whom a strategy picks, or one who is named.

use chrono::{DateTime, Utc};

use super::attendance::hours_after;
use super::request::SeatRequest;
use super::rotation::Rotation;
use super::seat::fitting::Fitting;
use super::seat::obstacle::Obstacle;
use super::seat::place::Place;
use super::shard::Shard;
use super::team::ShardTeam;
use crate::availability::TimeZone;
use crate::dispatch::answer::assignment::{AssignmentWarning, Reason};
use crate::dispatch::answer::audit::Inquiry;
use crate::dispatch::answer::day::When;
use crate::dispatch::answer::receipt::{Chosen, Seat};
use crate::id::RuleId;

/// What would have kept a member from taking a lead.
#[derive(Debug, Default)]
pub(in crate::dispatch) struct SetAside {
    /// Each reason once, in the order in which they count.
    pub(in crate::dispatch) reasons: Vec<Reason>,
    /// When the member is at work, if not now.
    pub(in crate::dispatch) available_from: Option<DateTime<Utc>>,
}

impl SetAside {
    /// What the answer tells of it.
    pub(in crate::dispatch) fn warnings(&self) -> Vec<AssignmentWarning> {
        // Mostly nothing was.
        if self.reasons.is_empty() {
            return Vec::new();
        }
        let has = |reason| self.reasons.contains(&reason);
        let is_over_limit = has(Reason::NobodyWithCapacity) || has(Reason::TeamFull);
        let all = [
            (is_over_limit, AssignmentWarning::OverLimit),
            (has(Reason::NobodyActive), AssignmentWarning::NotActive),
            (
                has(Reason::NobodyAvailable),
                AssignmentWarning::NotAvailable,
            ),
            (has(Reason::NobodyFits), AssignmentWarning::NotFit),
        ];
        let set = all.into_iter().filter(|(is_set, _)| *is_set);
        set.map(|(_, warning)| warning).collect()
    }
}

/// A seat that was taken, and what was set aside for it.
pub(in crate::dispatch) type Taken = (Seat, SetAside);

impl Shard {
    /// Has the team's strategy pick a member for the lead, and counts it.
    pub(in crate::dispatch) fn pick(
        &mut self,
        team: usize,
        request: SeatRequest<'_>,
    ) -> Result<Taken, Reason> {
        let when = self.turn_to(request.when);
        let shard_team = self.teams.get_mut(team).ok_or(Reason::TeamEmpty)?;
        let fitting = shard_team.fitting(request);
        let fitting = fitting.as_deref();
        let inquiry = request.audit.map(|findings| {
            let considered = self.consider(team, request, fitting, when.at);
            let id = self.teams.get(team).map(|team| team.id.clone());
            let mut inquiry = Inquiry::new(id, request.role, considered);
            inquiry.everyone = request.everyone;
            (findings, inquiry)
        });
        let candidates = self.preferred(team, request, fitting);
        let preferred = candidates.as_ref().map(|(position, _)| *position);
        let chosen = match preferred {
            Some(position) => Ok((position, Some("whom the request prefers".to_owned()))),
            None => self.choose(team, request, fitting, when),
        };
        if let Some((findings, inquiry)) = inquiry {
            let answer = chosen.as_ref().map_err(|reason| *reason);
            let answer = answer.and_then(|(position, ground)| {
                let standing = self
                    .standing(Place {
                        team,
                        position: *position,
                    })
                    .ok_or(Reason::Declined)?;
                Ok((standing.member(), ground.clone()))
            });
            findings.add(inquiry.answered(answer));
        }
        let (position, _) = chosen?;
        let place = Place { team, position };
        let shard_team = self.teams.get(team).ok_or(Reason::TeamEmpty)?;
        let member = shard_team.seats.get(position).map(|seat| seat.member);
        let member = member.ok_or(Reason::Declined)?;
        let mut aside = SetAside::default();
        if request.everyone || !shard_team.is_at_work(position) {
            aside = self.set_aside(member, Some(place), request, when.at);
        }
        let asked = self.team_with_rotation(team, request.rule);
        let (shard_team, rotation) = asked.ok_or(Reason::TeamEmpty)?;
        let turn = match preferred {
            Some(_) => shard_team.take_named_turn(
                rotation,
                position,
                request,
                candidates.map(|(_, it)| it),
                fitting.and_then(|it| it.scores.as_deref()),
            ),
            None => shard_team.take_turn(rotation, position),
        };
        let chosen = match preferred {
            Some(_) => Chosen::ByPreference,
            None => Chosen::ByStrategy,
        };
        let standing = shard_team.roster.get(position).ok_or(Reason::Declined)?;
        let (team, name) = (shard_team.id.clone(), standing.member().clone());
        let seat = Seat::new(request.role, Some(team), name, chosen, when).with_turn(turn);
        self.count(member, Some(place), request.units, when);
        Ok((seat, aside))
    }

    /// The position of the member whom the request prefers, if the member is in the team and could have
    /// the lead.
    fn preferred(
        &self,
        team: usize,
        request: SeatRequest<'_>,
        fitting: Option<&Fitting>,
    ) -> Option<(usize, crate::strategy::Positions)> {
        let place = self.members.get(request.preferred?)?.place_in(team)?;
        let team = self.teams.get(team)?;
        let candidates = team.candidates(request, fitting).ok()?;
        let is_candidate = candidates.contains(place.position);
        is_candidate.then_some((place.position, candidates))
    }

    /// The team, and the rotation that picks by that rule, to be changed.
    #[inline]
    pub(in crate::dispatch) fn team_with_rotation(
        &mut self,
        team: usize,
        rule: Option<&RuleId>,
    ) -> Option<(&mut ShardTeam, &mut Rotation)> {
        let team = self.teams.get_mut(team)?;
        let number = team.rotation_by(rule);
        let rotation = self.rotations.get_mut(number)?;
        self.is_changed = true;
        if let Some(noted) = &mut self.noted {
            noted.rotations.push(number);
            rotation.begin_noting();
        }
        Some((team, rotation))
    }

    /// Has the team's strategy choose: among those who are there, or else, if the team looks ahead,
    /// among those who are back first. Tells why, for audits.
    fn choose(
        &mut self,
        team: usize,
        request: SeatRequest<'_>,
        fitting: Option<&Fitting>,
        when: When,
    ) -> Result<(usize, Option<String>), Reason> {
        let asked = self.team_with_rotation(team, request.rule);
        let (shard_team, rotation) = asked.ok_or(Reason::TeamEmpty)?;
        let chosen = shard_team.choose(rotation, request, fitting, None);
        let (Err(Reason::NobodyAvailable), Some(hours)) = (&chosen, shard_team.look_ahead_hours)
        else {
            return chosen;
        };
        let end = hours_after(when.at, hours);
        let first_back = self.first_back(team, when.at, end, |position, standing| {
            let is_able = fitting.is_none_or(|it| it.able.contains(position));
            let team = self.teams.get(team);
            let is_left_out = team
                .and_then(|team| team.exclusion(position, request))
                .is_some();
            is_able && standing.room >= request.units && !is_left_out
        });
        let (back, who) = first_back.ok_or(Reason::NobodyAvailable)?;
        let asked = self.team_with_rotation(team, request.rule);
        let (shard_team, rotation) = asked.ok_or(Reason::TeamEmpty)?;
        if shard_team.room() < request.units {
            return Err(Reason::TeamFull);
        }
        let (position, ground) = shard_team.choose(rotation, request, fitting, Some(who))?;
        let back_first = |zone: TimeZone| {
            let back = format!("back first, at {}", zone.format(back));
            ground.map_or(back.clone(), |ground| format!("{back}; {ground}"))
        };
        Ok((
            position,
            request.audit.map(|audit| back_first(audit.time_zone)),
        ))
    }

    /// What would keep the member from taking a lead there.
    fn set_aside(
        &self,
        number: usize,
        place: Option<Place>,
        request: SeatRequest<'_>,
        now: DateTime<Utc>,
    ) -> SetAside {
        let obstacles = self.obstacles(number, place, Some(request));
        let mut reasons: Vec<Reason> = Vec::new();
        for reason in obstacles.iter().map(Obstacle::reason) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let from = || self.available_from(number, place, now);
        SetAside {
            reasons,
            available_from: (!obstacles.is_at_work()).then(from).flatten(),
        }
    }

    /// Gives the lead to a named member and counts it, whether the member is at work or not: within
    /// the member's limits where a rule names the member, in any case by hand. Tells what was set
    /// aside.
    pub(in crate::dispatch) fn take(
        &mut self,
        member: usize,
        place: Option<Place>,
        request: SeatRequest<'_>,
        by_hand: bool,
    ) -> Result<Taken, Reason> {
        let when = self.turn_to(request.when);
        let aside = self.set_aside(member, place, request, when.at);
        let is_removed = place.is_some_and(|place| !self.is_present(place));
        let refuses = |reason: &Reason| match reason {
            Reason::LeftOut => true,
            Reason::NobodyActive => !by_hand || is_removed,
            Reason::NobodyWithCapacity | Reason::TeamFull => !by_hand && !request.everyone,
            _ => false,
        };
        let refused = aside.reasons.iter().copied().find(refuses);
        let team = place.and_then(|place| self.teams.get(place.team));
        let team = team.map(|team| team.id.clone());
        if let Some(reason) = refused {
            if let Some(findings) = request.audit {
                let named = self.consider_named(member, place, request, reason, when.at);
                let mut inquiry = Inquiry::new(team, request.role, named.into_iter().collect());
                inquiry.everyone = request.everyone;
                findings.add(inquiry.answered(Err(reason)));
            }
            return Err(reason);
        }
        let named = self.members.get(member).ok_or(Reason::TeamEmpty)?;
        let chosen = if by_hand {
            Chosen::ByHand
        } else {
            Chosen::ByName
        };
        if let Some(findings) = request.audit {
            let ground = if by_hand {
                "named by hand"
            } else {
                "named by the rule"
            };
            let mut inquiry = Inquiry::new(team.clone(), request.role, Vec::new());
            inquiry.everyone = request.everyone;
            findings.add(inquiry.answered(Ok((&named.id, Some(ground.to_owned())))));
        }
        let seat = Seat::new(request.role, team, named.id.clone(), chosen, when);
        let turn = place.and_then(|place| {
            let (team, rotation) = self.team_with_rotation(place.team, request.rule)?;
            let takes_turn = team.named_take_turns && place.position < team.present;
            let take = || team.take_named_turn(rotation, place.position, request, None, None);
            takes_turn.then(take)?
        });
        let seat = seat.with_turn(turn);
        self.count(member, place, request.units, when);
        Ok((seat, aside))
    }
}
