//! Who of a desk gets a lead: a member whom a strategy picks, or one who is named.

use chrono::{DateTime, Utc};

use super::assignment::Reason;
use super::audit::Inquiry;
use super::day::When;
use super::desk::{Call, Desk};
use super::desk_team::DeskTeam;
use super::fitting::Fitting;
use super::moment::moment;
use super::receipt::{Chosen, Seat};
use super::rotation::Rotation;
use super::shifts::hours_after;
use crate::availability::Presence;
use crate::id::RuleId;
use crate::strategy::Standing;

/// What would have kept a member from taking a lead.
#[derive(Debug, Default)]
pub(super) struct SetAside {
    /// Each reason once, in the order in which they count.
    pub(super) reasons: Vec<Reason>,
    /// When the member is at work, if not now.
    pub(super) available_from: Option<DateTime<Utc>>,
}

/// A seat that was taken, and what was set aside for it.
pub(super) type Taken = (Seat, SetAside);

impl Desk {
    /// Has the team's strategy pick a member for the lead, and counts it.
    pub(super) fn pick(&mut self, team: usize, call: Call<'_>) -> Result<Taken, Reason> {
        let when = self.turn_to(call.when);
        let desk_team = self.teams.get_mut(team).ok_or(Reason::TeamEmpty)?;
        let fitting = desk_team.fitting(call);
        let fitting = fitting.as_deref();
        let inquiry = call.audit.map(|findings| {
            let considered = self.consider(team, call, fitting, when.at);
            let id = self.teams.get(team).map(|team| team.id.clone());
            let mut inquiry = Inquiry::new(id, call.role, considered);
            inquiry.everyone = call.everyone;
            (findings, inquiry)
        });
        let chosen = self.choose(team, call, fitting, when);
        if let Some((findings, inquiry)) = inquiry {
            let answer = chosen.as_ref().map_err(|reason| *reason);
            let answer = answer.and_then(|(position, ground)| {
                let standing = self.standing((team, *position)).ok_or(Reason::Declined)?;
                Ok((standing.member(), ground.clone()))
            });
            findings.add(inquiry.answered(answer));
        }
        let (position, _) = chosen?;
        let place = (team, position);
        let desk_team = self.teams.get(team).ok_or(Reason::TeamEmpty)?;
        let member = desk_team.seats.get(position).map(|seat| seat.member);
        let member = member.ok_or(Reason::Declined)?;
        let mut aside = SetAside::default();
        if call.everyone || !desk_team.is_at_work(position) {
            aside = self.set_aside(member, Some(place), call, when.at);
        }
        let asked = self.team_with_rotation(team, call.rule);
        let (desk_team, rotation) = asked.ok_or(Reason::TeamEmpty)?;
        let turn = desk_team.take_turn(rotation, position);
        let standing = desk_team.roster.get(position).ok_or(Reason::Declined)?;
        let (team, name) = (desk_team.id.clone(), standing.member().clone());
        let (_, rule) = desk_team.rotation_by(call.rule);
        let seat =
            Seat::new(call.role, Some(team), name, Chosen::ByStrategy, when).with_turn(turn, rule);
        self.count(member, Some(place), call.counts, when);
        Ok((seat, aside))
    }

    /// The team, and the rotation that picks by that rule.
    pub(super) fn team_with_rotation(
        &mut self,
        team: usize,
        rule: Option<&RuleId>,
    ) -> Option<(&mut DeskTeam, &mut Rotation)> {
        let team = self.teams.get_mut(team)?;
        let (rotation, _) = team.rotation_by(rule);
        Some((team, self.rotations.get_mut(rotation)?))
    }

    /// Has the team's strategy choose: among those who are there, or else, if the team looks ahead,
    /// among those who are back first. Tells why, for audits.
    fn choose(
        &mut self,
        team: usize,
        call: Call<'_>,
        fitting: Option<&Fitting>,
        when: When,
    ) -> Result<(usize, Option<String>), Reason> {
        let asked = self.team_with_rotation(team, call.rule);
        let (desk_team, rotation) = asked.ok_or(Reason::TeamEmpty)?;
        let chosen = desk_team.choose(rotation, call, fitting, None);
        let (Err(Reason::NobodyAvailable), Some(hours)) = (&chosen, desk_team.look_ahead_hours)
        else {
            return chosen;
        };
        let end = hours_after(when.at, hours);
        let first_back = self.first_back(team, when.at, end, |position, standing| {
            let is_able = fitting.is_none_or(|it| it.able.contains(position));
            is_able && standing.room >= call.counts && !call.is_seated(Some(standing))
        });
        let (back, who) = first_back.ok_or(Reason::NobodyAvailable)?;
        let asked = self.team_with_rotation(team, call.rule);
        let (desk_team, rotation) = asked.ok_or(Reason::TeamEmpty)?;
        if desk_team.room() < call.counts {
            return Err(Reason::TeamFull);
        }
        let (position, ground) = desk_team.choose(rotation, call, fitting, Some(who))?;
        let back_first = || {
            let back = format!("back first, at {}", moment(back));
            ground.map_or(back.clone(), |ground| format!("{back}; {ground}"))
        };
        Ok((position, call.audit.map(|_| back_first())))
    }

    /// What would keep the member from taking a lead there.
    fn set_aside(
        &self,
        number: usize,
        place: Option<(usize, usize)>,
        call: Call<'_>,
        now: DateTime<Utc>,
    ) -> SetAside {
        let Some(member) = self.members.get(number) else {
            return SetAside::default();
        };
        let team = place.and_then(|(team, _)| self.teams.get(team));
        let standing = place.and_then(|place| self.standing(place));
        let room = standing.map_or_else(|| member.room(), Standing::room);
        let is_at_work = member.work.is_on() && team.is_none_or(|team| team.work.is_on());
        let by_team = team.map(|team| team.fittings.required_by_team());
        let by_rule = call.fit.map(|fit| &fit.requires);
        let mut asked = by_team.into_iter().chain(by_rule);
        let all = [
            (Reason::NobodyActive, !self.is_active(member, place)),
            (Reason::NobodyWithCapacity, room < call.counts),
            (
                Reason::TeamFull,
                team.is_some_and(|team| team.room() < call.counts),
            ),
            (
                Reason::NobodyAvailable,
                !is_at_work || member.presence != Presence::Active,
            ),
            (
                Reason::NobodyFits,
                !asked.all(|asked| member.abilities.meets(asked)),
            ),
        ];
        let set = all.into_iter().filter(|(_, is_set)| *is_set);
        let from = || self.available_from(number, place, now);
        SetAside {
            reasons: set.map(|(reason, _)| reason).collect(),
            available_from: (!is_at_work).then(from).flatten(),
        }
    }

    /// Gives the lead to a named member and counts it, whether the member is at work or not: within
    /// the member's limits where a rule names the member, in any case by hand. Tells what was set
    /// aside.
    pub(super) fn take(
        &mut self,
        member: usize,
        place: Option<(usize, usize)>,
        call: Call<'_>,
        by_hand: bool,
    ) -> Result<Taken, Reason> {
        let when = self.turn_to(call.when);
        let aside = self.set_aside(member, place, call, when.at);
        let refuses = |reason: &Reason| match reason {
            Reason::NobodyActive => !by_hand,
            Reason::NobodyWithCapacity | Reason::TeamFull => !by_hand && !call.everyone,
            _ => false,
        };
        let is_removed = place.is_some_and(|place| !self.is_present(place));
        let refused = is_removed.then_some(Reason::NobodyActive);
        let refused = refused.or_else(|| aside.reasons.iter().copied().find(refuses));
        let team = place.and_then(|(team, _)| self.teams.get(team));
        let team = team.map(|team| team.id.clone());
        if let Some(reason) = refused {
            if let Some(findings) = call.audit {
                let asked = (call.counts, reason);
                let named = self.consider_named(member, place, asked, when.at);
                let mut inquiry = Inquiry::new(team, call.role, named.into_iter().collect());
                inquiry.everyone = call.everyone;
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
        if let Some(findings) = call.audit {
            let ground = if by_hand {
                "named by hand"
            } else {
                "named by the rule"
            };
            let mut inquiry = Inquiry::new(team.clone(), call.role, Vec::new());
            inquiry.everyone = call.everyone;
            findings.add(inquiry.answered(Ok((&named.id, Some(ground.to_owned())))));
        }
        let seat = Seat::new(call.role, team, named.id.clone(), chosen, when);
        let turn = place.and_then(|(number, position)| {
            let (team, rotation) = self.team_with_rotation(number, call.rule)?;
            let takes_turn = team.named_take_turns && position < team.present;
            let turn = takes_turn.then(|| team.take_named_turn(rotation, position, call))?;
            let (_, rule) = team.rotation_by(call.rule);
            turn.map(|turn| (turn, rule))
        });
        let (turn, rule) = turn.unzip();
        let seat = seat.with_turn(turn, rule.flatten());
        self.count(member, place, call.counts, when);
        Ok((seat, aside))
    }
}
