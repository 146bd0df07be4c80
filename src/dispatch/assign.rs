//! From a decision to an assignment, and back.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::assignment::{Assignment, AssignmentOutcome, Reason, Refusal};
use super::day::Day;
use super::desk::{Call, Desk};
use super::error::RosterError;
use super::own_line::OwnLine;
use super::plan::{Plan, Retired};
use super::receipt::Seat;
use crate::id::{LeadId, MemberId, TeamId};
use crate::lead::Lead;
use crate::policy::{Owner, Policy};
use crate::rule::{IfNobody, Overflow};
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
    },
}

impl<'p> Asked<'p> {
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
    /// policy's check saw to it.
    ///
    /// Nothing is counted if the plan is retired.
    pub(super) fn assign(
        &self,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
    ) -> Result<Assignment, Retired> {
        let decision = self.tree.decide(lead, now);
        let day = Day::of(now, self.tree.policy().time_zone());
        let mut call = Call {
            lead,
            rule: decision.rule(),
            now,
            day,
            everyone: false,
        };
        let mut refusals = Vec::new();
        let answer = |outcome, refusals| Assignment {
            lead: LeadId::from(lead.id()),
            policy: self.handle(decision.index()),
            grant: decision.index(),
            outcome,
            owner: None,
            refusals,
            now,
            day,
        };
        let mut asked = match decision.owner() {
            Owner::Pool(pool) => {
                return Ok(answer(AssignmentOutcome::Pooled(pool.clone()), refusals));
            }
            Owner::Team(team) => Asked::Team {
                team,
                at: self.route(decision.index()),
            },
            Owner::Member { member, team } => Asked::Member {
                member,
                team: team.as_ref(),
            },
        };
        // The rule's own answer comes before the team's.
        let mut if_nobody = decision.if_nobody();
        loop {
            let reason = match self.ask(asked, call)? {
                Ok((desk, seat, counted_on)) => {
                    return Ok(Assignment {
                        policy: self.handle(desk),
                        owner: Some(seat),
                        day: counted_on,
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
                Some(IfNobody::Everyone | IfNobody::Unassigned) | None => {
                    AssignmentOutcome::Unassigned(reason)
                }
            };
            return Ok(answer(outcome, refusals));
        }
    }

    /// One of the handles of the policy.
    fn handle(&self, number: usize) -> Arc<OwnLine<Policy>> {
        Arc::clone(&self.handles[number % self.handles.len()])
    }

    /// The desk, the seat taken there and the day that it counts for, or why there is none.
    fn ask(
        &self,
        asked: Asked<'_>,
        call: Call<'_>,
    ) -> Result<Result<(usize, Seat, Day), Reason>, Retired> {
        let (number, taken) = match asked {
            Asked::Team { at, .. } => {
                let Some((number, team)) = at else {
                    return Ok(Err(Reason::TeamEmpty));
                };
                (number, self.open_desk(number)?.pick(team, call))
            }
            Asked::Member { member, team } => {
                let Some(&(number, member)) = self.members.get(member) else {
                    return Ok(Err(Reason::NobodyActive));
                };
                let mut desk = self.open_desk(number)?;
                let place = team.map(|team| self.place(&desk, member, team));
                let taken = match place {
                    None => desk.take(member, None, call),
                    Some(Some(place)) if desk.is_present(place) => {
                        desk.take(member, Some(place), call)
                    }
                    // Removed from the team at run time.
                    Some(_) => Err(Reason::NobodyActive),
                };
                (number, taken)
            }
        };
        Ok(taken.map(|(seat, day)| (number, seat, day)))
    }

    /// Where at the desk the member sits, or sat, in the team.
    fn place(&self, desk: &Desk, member: usize, team: &TeamId) -> Option<(usize, usize)> {
        let &(_, team) = self.teams.get(team)?;
        let places = &desk.members.get(member)?.places;
        places.iter().copied().find(|&(known, _)| known == team)
    }

    /// Takes a lead off a seat; whether the seat is there.
    pub(super) fn give_back(
        &self,
        seat: &Seat,
        units: u32,
        counted_on: Option<Day>,
        with_turn: bool,
    ) -> Result<bool, Retired> {
        let Some(&(desk, member)) = self.members.get(seat.member()) else {
            return Ok(false);
        };
        let mut desk = self.open_desk(desk)?;
        let place = seat.team().map(|team| self.place(&desk, member, team));
        // The member's own load counts even where the place in the team is gone.
        desk.give_back(member, place.flatten(), units, counted_on);
        if let (Some(Some(place)), true, Some(turn)) = (place, with_turn, seat.turn()) {
            desk.give_turn_back(place, turn);
        }
        Ok(place != Some(None))
    }

    fn team(&self, team: &TeamId) -> Option<&Team> {
        self.tree.policy().team(team)
    }

    /// Whether the member is in the team now.
    pub(super) fn sits_in(&self, member: &MemberId, team: &TeamId) -> bool {
        self.members.get(member).is_some_and(|&(desk, member)| {
            let desk = self.desk(desk);
            let place = self.place(&desk, member, team);
            place.is_some_and(|place| desk.is_present(place))
        })
    }

    /// No leads of the team come to the member any more; whether the member's numbers there still
    /// count once the member is removed.
    pub(super) fn close(&self, member: &MemberId, team: &TeamId) -> bool {
        let has_load = self.members.get(member).is_some_and(|&(desk, member)| {
            let mut desk = self.desk(desk);
            let place = self.place(&desk, member, team);
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
}
