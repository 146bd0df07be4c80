//! From a decision to an assignment, and back.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::assignment::{Assignment, AssignmentOutcome, Reason, Refusal};
use super::desk::Call;
use super::error::RosterError;
use super::plan::Plan;
use super::receipt::Seat;
use crate::id::{LeadId, MemberId, TeamId};
use crate::lead::Lead;
use crate::policy::{Owner, Policy};
use crate::rule::{IfNobody, Overflow};
use crate::suggestion::Suggestion;
use crate::team::Team;
use crate::tree::Decision;

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
    /// Asks the decision's team or member, then whoever the answers to "nobody is there" name,
    /// until one takes the lead or the chain ends. Chains are short and end: the policy's check saw
    /// to it.
    pub(super) fn assign(
        &self,
        lead: &Lead<'_>,
        decision: Decision<'_>,
        now: DateTime<Utc>,
    ) -> Assignment {
        let policy = self.tree.policy();
        let day = day_of(now, policy);
        let mut call = Call {
            lead,
            rule: decision.rule(),
            now,
            day,
            everyone: false,
        };
        let mut assignment = Assignment {
            lead: LeadId::from(lead.id()),
            policy: policy.clone(),
            grant: decision.index(),
            outcome: AssignmentOutcome::Assigned,
            owner: None,
            refusals: Vec::new(),
            now,
            day,
        };
        let mut asked = match decision.owner() {
            Owner::Pool(pool) => {
                assignment.outcome = AssignmentOutcome::Pooled(pool.clone());
                return assignment;
            }
            Owner::Team(team) => Asked::Team {
                team,
                at: self.routes.get(decision.index()).copied().flatten(),
            },
            Owner::Member { member, team } => Asked::Member {
                member,
                team: team.as_ref(),
            },
        };
        // The rule's own answer comes before the team's.
        let mut answer = decision.if_nobody();
        loop {
            let reason = match self.ask(asked, call) {
                Ok((seat, counted_on)) => {
                    assignment.owner = Some(seat);
                    assignment.day = counted_on;
                    return assignment;
                }
                Err(reason) => reason,
            };
            let of_team = || Some(self.team(asked.team()?)?.answer_if_nobody());
            let next = answer.take().or_else(of_team);
            let next = match next {
                Some(IfNobody::Everyone) if !call.everyone => {
                    call.everyone = true;
                    answer = Some(&IfNobody::Unassigned);
                    continue;
                }
                next => next,
            };
            assignment.refusals.push(Refusal {
                team: asked.team().cloned(),
                reason,
            });
            match next {
                Some(IfNobody::Overflow(Overflow::Team(team))) => {
                    asked = Asked::Team {
                        team,
                        at: self.teams.get(team).copied(),
                    };
                }
                Some(IfNobody::Overflow(Overflow::Pool(pool))) => {
                    assignment.outcome = AssignmentOutcome::Pooled(pool.clone());
                    return assignment;
                }
                Some(IfNobody::Everyone | IfNobody::Unassigned) | None => {
                    assignment.outcome = AssignmentOutcome::Unassigned(reason);
                    return assignment;
                }
            }
        }
    }

    /// The seat taken and the day that it counts for, or why there is none.
    fn ask(&self, asked: Asked<'_>, call: Call<'_>) -> Result<(Seat, NaiveDate), Reason> {
        match asked {
            Asked::Team { at, .. } => {
                let (desk, team) = at.ok_or(Reason::TeamEmpty)?;
                let mut desk = self.desk(desk).ok_or(Reason::TeamEmpty)?;
                desk.pick(team, call)
            }
            Asked::Member { member, team } => {
                let &(desk, member) = self.members.get(member).ok_or(Reason::NobodyActive)?;
                let mut desk = self.desk(desk).ok_or(Reason::NobodyActive)?;
                let place = match team {
                    None => None,
                    // Removed from the team at run time.
                    Some(team) => Some(
                        self.place(&desk, member, team)
                            .filter(|place| desk.is_present(*place))
                            .ok_or(Reason::NobodyActive)?,
                    ),
                };
                desk.take(member, place, call)
            }
        }
    }

    /// Where at the desk the member sits, or sat, in the team.
    fn place(
        &self,
        desk: &super::desk::Desk,
        member: usize,
        team: &TeamId,
    ) -> Option<(usize, usize)> {
        let &(_, team) = self.teams.get(team)?;
        let places = &desk.members.get(member)?.places;
        places.iter().copied().find(|&(known, _)| known == team)
    }

    /// Takes a lead off a seat; whether the seat is there.
    pub(super) fn give_back(
        &self,
        seat: &Seat,
        units: u32,
        counted_on: Option<NaiveDate>,
        with_turn: bool,
    ) -> bool {
        let Some(&(desk, member)) = self.members.get(seat.member()) else {
            return false;
        };
        let Some(mut desk) = self.desk(desk) else {
            return false;
        };
        let place = seat.team().map(|team| self.place(&desk, member, team));
        // The member's own load counts even where the place in the team is gone.
        desk.give_back(member, place.flatten(), units, counted_on);
        if let (Some(Some(place)), true, Some(turn)) = (place, with_turn, seat.turn()) {
            desk.give_turn_back(place, turn);
        }
        place != Some(None)
    }

    pub(super) fn team(&self, team: &TeamId) -> Option<&Team> {
        self.tree.policy().team(team)
    }

    /// Whether the member is in the team now.
    pub(super) fn sits_in(&self, member: &MemberId, team: &TeamId) -> bool {
        self.members.get(member).is_some_and(|&(desk, member)| {
            self.desk(desk).is_some_and(|desk| {
                let place = self.place(&desk, member, team);
                place.is_some_and(|place| desk.is_present(place))
            })
        })
    }

    /// Whether a member who is removed from the team has numbers there that still count.
    pub(super) fn is_to_be_kept(&self, member: &MemberId, team: &TeamId) -> bool {
        let in_policy = self
            .team(team)
            .is_some_and(|team| team.roster().iter().any(|seat| seat.member() == member));
        in_policy
            || self.members.get(member).is_some_and(|&(desk, member)| {
                self.desk(desk).is_some_and(|desk| {
                    let place = self.place(&desk, member, team);
                    place.is_some_and(|place| desk.has_load(place))
                })
            })
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

/// The calendar day in the policy's time zone; at the very ends of time, in UTC.
fn day_of(now: DateTime<Utc>, policy: &Policy) -> NaiveDate {
    let offset = TimeDelta::seconds(policy.time_zone().local_minus_utc().into());
    now.checked_add_signed(offset).unwrap_or(now).date_naive()
}
