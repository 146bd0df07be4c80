//! From a decision to an assignment, and back.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::assignment::{Assignment, AssignmentOutcome, AssignmentWarning, Reason, Refusal};
use super::audit::Inquiry;
use super::auditing::Findings;
use super::day::When;
use super::desk::{Call, Desk};
use super::error::RosterError;
use super::own_line::OwnLine;
use super::picks::{SetAside, Taken};
use super::plan::{Plan, Retired};
use super::receipt::{Role, Seat};
use super::seating::At;
use crate::id::{LeadId, MemberId, PoolId, TeamId};
use crate::lead::Lead;
use crate::policy::{Owner, Policy};
use crate::rule::{IfNobody, Overflow, Target, TargetForm};
use crate::suggestion::Suggestion;
use crate::team::Team;

/// Who is asked to take a lead.
#[derive(Clone, Copy)]
enum Asked<'p> {
    Team {
        team: &'p TeamId,
        at: Option<(usize, usize)>,
    },
    Member {
        member: &'p MemberId,
        team: Option<&'p TeamId>,
        by_hand: bool,
    },
}

impl SetAside {
    fn warnings(&self) -> Vec<AssignmentWarning> {
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

impl<'p> Asked<'p> {
    /// Where the team is that is asked, if one is.
    fn desk_team(self) -> Option<At> {
        match self {
            Self::Team { at, .. } => at,
            Self::Member { .. } => None,
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
    /// Decides, then asks the decision's team or member, then whoever the answers to "nobody is
    /// there" name, until one takes the lead or the chain ends. Chains are short and end: the
    /// policy's check saw to it. Somebody may have said by hand who is asked first.
    ///
    /// Nothing is counted if the plan is retired.
    pub(super) fn assign(
        &self,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
        by_hand: Option<(&Owner, Option<&IfNobody>)>,
        audit: Option<&Findings>,
    ) -> Result<Assignment, Retired> {
        if let Some(findings) = audit {
            findings.truncate(0);
        }
        let decision = self.parts.tree.decide(lead, now);
        let mut call = Call {
            lead,
            rule: decision.rule(),
            when: When::new(now, self.parts.tree.policy().time_zone()),
            counts: decision.grant().counts(),
            fit: decision.grant().fit(),
            role: Role::Owner,
            seated: &[],
            everyone: false,
            audit,
        };
        let mut refusals = Vec::new();
        let answer = |outcome, refusals| Assignment {
            lead: LeadId::from(lead.id()),
            policy: self.handle(decision.index()),
            grant: decision.index(),
            by_hand: by_hand.is_some(),
            outcome,
            owner: None,
            supporters: Vec::new(),
            refusals,
            support_refusals: Vec::new(),
            warnings: Vec::new(),
            available_from: None,
            now,
        };
        let owner = by_hand.map_or(decision.owner(), |(owner, _)| owner);
        let mut asked = match owner {
            Owner::Pool(pool) => {
                return Ok(answer(AssignmentOutcome::Pooled(pool.clone()), refusals));
            }
            Owner::Team(team) => Asked::Team {
                team,
                at: match by_hand {
                    None => self.route(decision.index()),
                    Some(_) => self.teams.get(team).copied(),
                },
            },
            Owner::Member { member, team } => Asked::Member {
                member,
                team: team.as_ref(),
                by_hand: by_hand.is_some(),
            },
        };
        // The rule's own answer comes before the team's.
        let mut if_nobody = by_hand.map_or(decision.if_nobody(), |(_, answer)| answer);
        loop {
            let reason = match self.ask(asked, call)? {
                Ok((desk, (seat, aside))) => {
                    return Ok(Assignment {
                        policy: self.handle(desk),
                        owner: Some(seat),
                        warnings: aside.warnings(),
                        available_from: aside.available_from,
                        ..answer(AssignmentOutcome::Assigned, refusals)
                    });
                }
                Err(reason) => reason,
            };
            let of_team = || Some(self.team(asked.team()?)?.answer_if_nobody());
            let next = if_nobody.take().or_else(of_team);
            let next = match next {
                Some(IfNobody::Everyone) if !call.everyone => {
                    call.everyone = true;
                    if_nobody = Some(&IfNobody::Unassigned);
                    continue;
                }
                next => next,
            };
            refusals.push(Refusal {
                team: asked.team().cloned(),
                reason,
            });
            let outcome = match next {
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
                    AssignmentOutcome::Waiting(self.first_back(asked, reason, call)?)
                }
                Some(IfNobody::Everyone | IfNobody::Unassigned) | None => {
                    AssignmentOutcome::Unassigned(reason)
                }
            };
            return Ok(answer(outcome, refusals));
        }
    }

    /// One seat in a team for a lead that has others.
    pub(super) fn support(
        &self,
        team: &TeamId,
        mut call: Call<'_>,
    ) -> Result<Result<Seat, Reason>, Retired> {
        let asked = Asked::Team {
            team,
            at: self.teams.get(team).copied(),
        };
        let mut taken = self.ask(asked, call)?;
        let answer = self.team(team).map(Team::answer_if_nobody);
        if taken.is_err() && answer == Some(&IfNobody::Everyone) {
            call.everyone = true;
            taken = self.ask(asked, call)?;
        }
        Ok(taken.map(|(_, (seat, _))| seat))
    }

    /// One of the handles of the policy.
    fn handle(&self, number: usize) -> Arc<OwnLine<Policy>> {
        Arc::clone(&self.handles[number % self.handles.len()])
    }

    /// When somebody of the team that was asked is back, if nobody is there now.
    fn first_back(
        &self,
        asked: Asked<'_>,
        reason: Reason,
        call: Call<'_>,
    ) -> Result<Option<DateTime<Utc>>, Retired> {
        let (Reason::NobodyAvailable, Some((desk, team))) = (reason, asked.desk_team()) else {
            return Ok(None);
        };
        Ok(self.open_desk(desk)?.back_at(team, call))
    }

    /// The seat that was taken and at which desk, or why none was.
    fn ask(
        &self,
        asked: Asked<'_>,
        call: Call<'_>,
    ) -> Result<Result<(usize, Taken), Reason>, Retired> {
        Ok(match asked {
            Asked::Team { at: None, team } => refused(call, Some(team), Reason::TeamEmpty),
            Asked::Team {
                at: Some((desk, team)),
                ..
            } => {
                let picked = self.open_desk(desk)?.pick(team, call);
                picked.map(|taken| (desk, taken))
            }
            Asked::Member {
                member,
                team,
                by_hand,
            } => {
                let Some(&at) = self.members.get(member) else {
                    return Ok(refused(call, team, Reason::NobodyActive));
                };
                let (number, member) = at;
                let mut desk = self.open_desk(number)?;
                let taken = match team.map(|named| (named, self.place(&desk, at, named))) {
                    None => desk.take(member, None, call, by_hand),
                    Some((_, Some(place))) => desk.take(member, Some(place), call, by_hand),
                    // Not in that team.
                    Some((named, None)) => refused(call, Some(named), Reason::NobodyActive),
                };
                taken.map(|taken| (number, taken))
            }
        })
    }

    /// Where at the desk the member sits, or sat, in the team.
    fn place(&self, desk: &Desk, member: At, team: &TeamId) -> Option<(usize, usize)> {
        let &(number, team) = self.teams.get(team)?;
        let (home, member) = member;
        let places = &desk.members.get(member)?.places;
        let mut places = places.iter().copied();
        places.find(|&(known, _)| (home, known) == (number, team))
    }

    /// Takes a lead off a seat; whether the seat is there.
    pub(super) fn give_back(
        &self,
        seat: &Seat,
        leads: u32,
        when: Option<When>,
        with_turn: bool,
    ) -> Result<bool, Retired> {
        let Some(&at) = self.members.get(seat.member()) else {
            return Ok(false);
        };
        let (desk, member) = at;
        let mut desk = self.open_desk(desk)?;
        let place = seat.team().map(|team| self.place(&desk, at, team));
        // The member's own load counts even where the place in the team is gone.
        desk.give_back(member, place.flatten(), leads, when);
        if let (Some(Some(place)), true, Some(turn)) = (place, with_turn, seat.turn()) {
            desk.give_turn_back(place, turn, seat.turn_of_rule());
        }
        Ok(place != Some(None))
    }

    fn team(&self, team: &TeamId) -> Option<&Team> {
        self.parts.tree.policy().team(team)
    }

    /// Whether the member is in the team now.
    pub(super) fn sits_in(&self, member: &MemberId, team: &TeamId) -> bool {
        self.members.get(member).is_some_and(|&at| {
            let desk = self.desk(at.0);
            let place = self.place(&desk, at, team);
            place.is_some_and(|place| desk.is_present(place))
        })
    }

    /// No leads of the team come to the member any more; whether the member's numbers there still
    /// count once the member is removed.
    pub(super) fn close(&self, member: &MemberId, team: &TeamId) -> bool {
        let has_load = self.members.get(member).is_some_and(|&at| {
            let mut desk = self.desk(at.0);
            let place = self.place(&desk, at, team);
            place.is_some_and(|place| {
                desk.close(place);
                desk.has_load(place)
            })
        });
        let mut in_policy = self.team(team).into_iter().flat_map(Team::roster);
        has_load || in_policy.any(|seat| seat.member() == member)
    }

    pub(super) fn known_member(&self, member: &str) -> Result<MemberId, RosterError> {
        self.members
            .get_key_value(member)
            .map(|(member, _)| member.clone())
            .ok_or_else(|| {
                let known = self.members.keys().map(MemberId::as_str);
                RosterError::UnknownMember {
                    suggestion: Suggestion::among(member, known),
                    member: member.into(),
                }
            })
    }

    pub(super) fn known_team(&self, team: &str) -> Result<TeamId, RosterError> {
        self.teams
            .get_key_value(team)
            .map(|(team, _)| team.clone())
            .ok_or_else(|| {
                let known = self.teams.keys().map(TeamId::as_str);
                RosterError::UnknownTeam {
                    suggestion: Suggestion::among(team, known),
                    team: team.into(),
                }
            })
    }

    /// Whom a target names.
    pub(super) fn owner(&self, target: &Target) -> Result<Owner, RosterError> {
        let TargetForm {
            team, member, pool, ..
        } = &target.0;
        match (team, member, pool) {
            (None, None, Some(pool)) => {
                let mut known = self.parts.tree.policy().pools();
                if known.any(|it| it == pool) {
                    return Ok(Owner::Pool(pool.clone()));
                }
                let known = self.parts.tree.policy().pools().map(PoolId::as_str);
                Err(RosterError::UnknownPool {
                    suggestion: Suggestion::among(pool.as_str(), known),
                    pool: pool.clone(),
                })
            }
            (Some(team), None, None) => Ok(Owner::Team(self.known_team(team.as_str())?)),
            (team, Some(member), None) => {
                let member = self.known_member(member.as_str())?;
                let team = team.as_ref().map(|team| self.known_team(team.as_str()));
                let team = team.transpose()?;
                match team {
                    Some(team) if !self.sits_in(&member, &team) => {
                        Err(RosterError::NotInTeam { member, team })
                    }
                    team => Ok(Owner::Member { member, team }),
                }
            }
            _ => Err(RosterError::NoTarget),
        }
    }
}

/// Nobody could be asked.
fn refused<T>(call: Call<'_>, team: Option<&TeamId>, reason: Reason) -> Result<T, Reason> {
    if let Some(findings) = call.audit {
        let inquiry = Inquiry::new(team.cloned(), call.role, Vec::new());
        findings.add(inquiry.answered(Err(reason)));
    }
    Err(reason)
}
