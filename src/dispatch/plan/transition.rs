//! What one request changes: the seats that are taken. No lock, clock or I/O.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use crossbeam_utils::CachePadded;
use foldhash::fast::FixedState;

use super::plan::Plan;
use super::routes::overflow;
use super::shards::Shards;
use crate::dispatch::answer::assignment::{
    Assignment, AssignmentOutcome, Reason, Refusal, SupportRefusal,
};
use crate::dispatch::answer::assignment_id::AssignmentId;
use crate::dispatch::answer::audit::Inquiry;
use crate::dispatch::answer::day::When;
use crate::dispatch::answer::receipt::{Chosen, Role, Seat};
use crate::dispatch::answer::request::Request;
use crate::dispatch::shard::request::{Findings, LeftOut, SeatRequest};
use crate::dispatch::shard::seat::obstacle::Exclusion;
use crate::dispatch::shard::seat::place::{MemberAt, TeamAt};
use crate::dispatch::shard::selection::{SetAside, Taken};
use crate::dispatch::state::record::{RecordKind, Recording};
use crate::fit::Fit;
use crate::id::{LeadId, MemberId, TeamId};
use crate::lead::Lead;
use crate::policy::{Owner, Policy};
use crate::rule::{IfNobody, Overflow, Support};
use crate::team::Team;
use crate::tree::Decision;

/// A lead, what the policy decides for it, and what the caller says beyond that.
#[derive(Clone, Copy)]
pub(in crate::dispatch) struct Asking<'a> {
    pub(in crate::dispatch) lead: &'a Lead<'a>,
    pub(in crate::dispatch) decision: Decision<'a>,
    pub(in crate::dispatch) now: DateTime<Utc>,
    pub(in crate::dispatch) wants: Wants<'a>,
}

/// What the caller says beyond the rules, and wants to know beyond the answer.
#[derive(Clone, Copy, Default)]
pub(in crate::dispatch) struct Wants<'a> {
    pub(in crate::dispatch) request: Option<&'a Request<'a>>,
    /// Who is asked first, if somebody said so by hand.
    pub(in crate::dispatch) by_hand: Option<(&'a Owner, Option<&'a IfNobody>)>,
    pub(in crate::dispatch) audit: Option<&'a Findings>,
    pub(in crate::dispatch) recording: Option<&'a Recording>,
}

/// Who is asked to take a lead.
#[derive(Clone, Copy)]
enum Asked<'p> {
    Team {
        team: &'p TeamId,
        at: Option<TeamAt>,
    },
    Member {
        at: Option<MemberAt>,
        team: Option<&'p TeamId>,
        by_hand: bool,
    },
}

/// Who is to have a seat, and who is not.
#[derive(Default)]
struct Wishes {
    preferred: Option<MemberAt>,
    /// By shard.
    left_out: HashMap<usize, LeftOut, FixedState>,
}

impl Wishes {
    fn leave_out(&mut self, at: MemberAt, why: Exclusion) {
        let of_shard = self.left_out.entry(at.shard).or_default();
        of_shard.entry(at.member).or_insert(why);
    }
}

impl<'a> Asking<'a> {
    /// Who owns the lead.
    pub(in crate::dispatch) fn owner(&self) -> &'a Owner {
        self.wants
            .by_hand
            .map_or(self.decision.owner(), |(owner, _)| owner)
    }

    /// What happens if nobody can take it; the team's own answer if that is not said.
    pub(in crate::dispatch) fn if_nobody(&self) -> Option<&'a IfNobody> {
        self.wants
            .by_hand
            .map_or(self.decision.if_nobody(), |(_, answer)| answer)
    }

    /// Who is asked before the owner.
    pub(in crate::dispatch) fn first(&self) -> Option<(&'a MemberId, Option<&'a TeamId>)> {
        let (member, team) = self.wants.request?.first.as_ref()?;
        Some((member, team.as_ref()))
    }

    fn units(&self) -> u32 {
        let of_request = self.wants.request.and_then(|request| request.units);
        of_request.unwrap_or(self.decision.grant().units())
    }
}

impl Assignment {
    /// The owner has a seat.
    fn take(&mut self, seat: Seat, aside: &SetAside) {
        self.owner = Some(seat);
        self.warnings = aside.warnings();
        self.available_from = aside.available_from;
    }
}

impl<'p> Asked<'p> {
    /// Where the team is that is asked, if one is.
    fn team_at(self) -> Option<TeamAt> {
        match self {
            Self::Team { at, .. } => at,
            Self::Member { .. } => None,
        }
    }

    /// The shard of whoever is asked, if it is known.
    fn shard(self) -> Option<usize> {
        match self {
            Self::Team { at, .. } => Some(at?.shard),
            Self::Member { at, .. } => Some(at?.shard),
        }
    }

    fn team(self) -> Option<&'p TeamId> {
        match self {
            Self::Team { team, .. } => Some(team),
            Self::Member { team, .. } => team,
        }
    }
}

impl Plan {
    /// The shards that a request may need; none for a pool.
    pub(in crate::dispatch) fn needed(&self, asking: Asking<'_>) -> Vec<usize> {
        let team = |team: &TeamId| self.teams.get(team).map(|at| at.shard);
        let member = |member: &MemberId| self.members.get(member).map(|at| at.shard);
        let first = asking.first().and_then(|(first, _)| member(first));
        let owner = match asking.owner() {
            Owner::Pool(_) => None,
            Owner::Team(owner) => team(owner),
            Owner::Member { member: owner, .. } => member(owner),
        };
        if first.is_none() && owner.is_none() {
            return Vec::new();
        }
        let overflow = overflow(self.policy(), asking.owner(), asking.if_nobody());
        let support = asking.decision.grant().support().iter();
        let others = overflow.chain(support.map(Support::team)).filter_map(team);
        first.into_iter().chain(owner).chain(others).collect()
    }

    /// The answer before anybody is asked. Made before the shards are locked.
    #[inline]
    pub(in crate::dispatch) fn begin(&self, asking: Asking<'_>) -> Assignment {
        Assignment {
            id: None,
            lead: LeadId::from(asking.lead.id()),
            policy: self.handle(asking.decision.index()),
            grant: asking.decision.index(),
            units: asking.units(),
            by_hand: asking.wants.by_hand.is_some(),
            outcome: AssignmentOutcome::Assigned,
            owner: None,
            supporters: Vec::new(),
            refusals: Vec::new(),
            support_refusals: Vec::new(),
            warnings: Vec::new(),
            available_from: None,
            now: asking.now,
        }
    }

    /// Asks the decision's team or member, then whoever the answers to "nobody is there" name, until
    /// one takes the lead or the chain ends; then those who support. `shards` are all that may be
    /// needed, `assignment` is as it [began](Self::begin).
    pub(in crate::dispatch) fn assign(
        &self,
        shards: &mut Shards<'_, '_>,
        asking: Asking<'_>,
        assignment: &mut Assignment,
    ) {
        let mut wishes = Wishes::default();
        if let Some(request) = asking.wants.request {
            let at = |member| self.members.get(member).copied();
            wishes.preferred = request.preferred.as_ref().and_then(at);
            for at in request.left_out.iter().filter_map(at) {
                wishes.leave_out(at, Exclusion::ByRequest);
            }
        }
        shards.begin_change(asking.wants.recording.is_some());
        if let Some(most) = self.parts.max_step
            && let Some(latest) = shards.latest()
            && asking.now.signed_duration_since(latest) > most
        {
            assignment.outcome = AssignmentOutcome::Unassigned(Reason::MomentTooFarAhead);
            assignment.support_refusals = SupportRefusal::no_owner(assignment.support());
            return;
        }
        let of_rule = asking.decision.grant().fit();
        let fit = asking
            .wants
            .request
            .and_then(|request| request.fit(of_rule));
        let request = self.seat_request(asking, fit.as_ref().or(of_rule));
        let owner = self.seat_owner(shards, asking, request, &wishes, assignment);
        if !asking.decision.grant().support().is_empty() {
            self.seat_supporters(shards, asking, wishes, assignment);
        }
        shards.end_change();
        let shard = owner.and_then(|number| Some((number, shards.get(number)?)));
        assignment.id =
            shard.map(|(number, shard)| AssignmentId::new(self.generation, number, shard.number));
        let kind = match assignment.id {
            Some(_) => RecordKind::Assigned,
            None => RecordKind::Advanced,
        };
        self.record(asking.wants.recording, kind, assignment.id, shards);
    }

    /// Gives the shard of the owner, if there is one.
    #[inline]
    fn seat_owner(
        &self,
        shards: &mut Shards<'_, '_>,
        asking: Asking<'_>,
        mut seat: SeatRequest<'_>,
        wishes: &Wishes,
        assignment: &mut Assignment,
    ) -> Option<usize> {
        if let Some((member, team)) = asking.first() {
            let first = Asked::Member {
                at: self.members.get(member).copied(),
                team,
                by_hand: false,
            };
            match self.ask(shards, first, seat, wishes) {
                Ok((seat, aside)) => {
                    assignment.take(seat.with_chosen(Chosen::AskedFirst), &aside);
                    return first.shard();
                }
                Err(reason) => assignment.refusals.push(Refusal {
                    team: team.cloned(),
                    reason,
                }),
            }
        }
        let mut asked = match asking.owner() {
            Owner::Pool(pool) => {
                assignment.outcome = AssignmentOutcome::Pooled(pool.clone());
                return None;
            }
            Owner::Team(team) => Asked::Team {
                team,
                at: match asking.wants.by_hand {
                    None => self.route(asking.decision.index()),
                    Some(_) => self.teams.get(team).copied(),
                },
            },
            Owner::Member { member, team } => Asked::Member {
                at: self.members.get(member).copied(),
                team: team.as_ref(),
                by_hand: asking.wants.by_hand.is_some(),
            },
        };
        // The rule's own answer comes before the team's.
        let mut if_nobody = asking.if_nobody();
        loop {
            let reason = match self.ask(shards, asked, seat, wishes) {
                Ok((seat, aside)) => {
                    assignment.take(seat, &aside);
                    return asked.shard();
                }
                Err(reason) => reason,
            };
            let of_team = || Some(self.team(asked.team()?)?.get_if_nobody());
            let next = match if_nobody.take().or_else(of_team) {
                Some(IfNobody::Everyone) if !seat.everyone => {
                    seat.everyone = true;
                    if_nobody = Some(&IfNobody::Unassigned);
                    continue;
                }
                next => next,
            };
            assignment.refusals.push(Refusal {
                team: asked.team().cloned(),
                reason,
            });
            assignment.outcome = match next {
                Some(IfNobody::Overflow(Overflow::Team(team))) => {
                    asked = Asked::Team {
                        team,
                        at: self.teams.get(team).copied(),
                    };
                    continue;
                }
                Some(IfNobody::Overflow(Overflow::Pool(pool))) => {
                    AssignmentOutcome::Pooled(pool.clone())
                }
                Some(IfNobody::Wait) => {
                    AssignmentOutcome::Waiting(first_back(shards, asked, reason, seat, wishes))
                }
                Some(IfNobody::Everyone | IfNobody::Unassigned) | None => {
                    AssignmentOutcome::Unassigned(reason)
                }
            };
            return None;
        }
    }

    /// What is asked of whoever is to own the lead.
    fn seat_request<'a>(&self, asking: Asking<'a>, fit: Option<&'a Fit>) -> SeatRequest<'a> {
        let Asking {
            lead,
            decision,
            now,
            wants,
        } = asking;
        SeatRequest {
            lead,
            rule: decision.source().id(),
            when: When::new(now, self.policy().time_zone()),
            units: asking.units(),
            fit,
            role: Role::Owner,
            left_out: None,
            preferred: None,
            everyone: false,
            audit: wants.audit,
        }
    }

    /// Has the supporting teams pick members for a lead that has an owner, and nobody twice.
    fn seat_supporters(
        &self,
        shards: &mut Shards<'_, '_>,
        asking: Asking<'_>,
        mut wishes: Wishes,
        assignment: &mut Assignment,
    ) {
        let owner = assignment.owner.as_ref();
        let owner = owner.and_then(|seat| self.members.get(seat.member()));
        let Some(&at) = owner else {
            assignment.support_refusals = SupportRefusal::no_owner(assignment.support());
            return;
        };
        wishes.preferred = None;
        wishes.leave_out(at, Exclusion::Seated);
        let request = SeatRequest {
            role: Role::Support,
            ..self.seat_request(asking, None)
        };
        let (mut seats, mut refusals) = (Vec::new(), Vec::new());
        for support in asking.decision.grant().support() {
            let mut refuse = |missing, reason| {
                refusals.push(SupportRefusal {
                    team: support.team().clone(),
                    missing,
                    reason,
                });
            };
            for picked in 0..support.get_members() {
                match self.support(shards, support.team(), request, &wishes) {
                    Ok(seat) => {
                        if let Some(&at) = self.members.get(seat.member()) {
                            wishes.leave_out(at, Exclusion::Seated);
                        }
                        seats.push(seat);
                    }
                    Err(reason) => {
                        refuse(support.get_members() - picked, reason);
                        break;
                    }
                }
            }
        }
        assignment.supporters = seats;
        assignment.support_refusals = refusals;
    }

    /// One seat in a team for a lead that has others.
    fn support(
        &self,
        shards: &mut Shards<'_, '_>,
        team: &TeamId,
        mut request: SeatRequest<'_>,
        wishes: &Wishes,
    ) -> Result<Seat, Reason> {
        let asked = Asked::Team {
            team,
            at: self.teams.get(team).copied(),
        };
        let mut taken = self.ask(shards, asked, request, wishes);
        let answer = self.team(team).map(Team::get_if_nobody);
        if taken.is_err() && answer == Some(&IfNobody::Everyone) {
            request.everyone = true;
            taken = self.ask(shards, asked, request, wishes);
        }
        taken.map(|(seat, _)| seat)
    }

    /// One of the handles of the policy.
    #[inline]
    fn handle(&self, number: usize) -> Arc<CachePadded<Policy>> {
        Arc::clone(&self.handles[number % self.handles.len()])
    }

    /// The seat that was taken, or why none was.
    fn ask(
        &self,
        shards: &mut Shards<'_, '_>,
        asked: Asked<'_>,
        request: SeatRequest<'_>,
        wishes: &Wishes,
    ) -> Result<Taken, Reason> {
        let nobody = match asked {
            Asked::Team { .. } => Reason::TeamEmpty,
            Asked::Member { .. } => Reason::NobodyActive,
        };
        let number = asked.shard();
        let shard = number.and_then(|number| Some((number, shards.get(number)?)));
        let Some((number, shard)) = shard else {
            return Err(refused(request, asked.team(), nobody));
        };
        let request = SeatRequest {
            left_out: wishes.left_out.get(&number),
            preferred: wishes
                .preferred
                .filter(|at| at.shard == number)
                .map(|at| at.member),
            ..request
        };
        match asked {
            Asked::Team { at: Some(at), .. } => shard.pick(at.team, request),
            Asked::Member {
                at: Some(at),
                team,
                by_hand,
            } => {
                let place = team.map(|team| {
                    let of_team = self.teams.get(team).filter(|it| it.shard == number)?;
                    shard.members.get(at.member)?.place_in(of_team.team)
                });
                match place {
                    None => shard.take(at.member, None, request, by_hand),
                    Some(Some(place)) => shard.take(at.member, Some(place), request, by_hand),
                    // Not in that team.
                    Some(None) => Err(refused(request, team, nobody)),
                }
            }
            Asked::Team { at: None, .. } | Asked::Member { at: None, .. } => {
                Err(refused(request, asked.team(), nobody))
            }
        }
    }

    pub(in crate::dispatch) fn team(&self, team: &TeamId) -> Option<&Team> {
        self.policy().team(team)
    }
}

/// Nobody could be asked.
fn refused(request: SeatRequest<'_>, team: Option<&TeamId>, reason: Reason) -> Reason {
    if let Some(findings) = request.audit {
        let inquiry = Inquiry::new(team.cloned(), request.role, Vec::new());
        findings.add(inquiry.answered(Err(reason)));
    }
    reason
}

/// When somebody of the team that was asked is back, if nobody is there now.
fn first_back(
    shards: &mut Shards<'_, '_>,
    asked: Asked<'_>,
    reason: Reason,
    request: SeatRequest<'_>,
    wishes: &Wishes,
) -> Option<DateTime<Utc>> {
    let at = asked
        .team_at()
        .filter(|_| reason == Reason::NobodyAvailable)?;
    let request = SeatRequest {
        left_out: wishes.left_out.get(&at.shard),
        ..request
    };
    shards.get(at.shard)?.back_at(at.team, request)
}
