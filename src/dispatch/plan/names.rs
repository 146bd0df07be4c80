//! Names that callers give: members, teams, targets.

use super::plan::Plan;
use crate::dispatch::answer::error::RosterError;
use crate::dispatch::shard::seat::place::Place;
use crate::dispatch::shard::shard::Shard;
use crate::id::{MemberId, PoolId, TeamId};
use crate::policy::Owner;
use crate::rule::{Target, TargetForm};
use crate::suggestion::Suggestion;
use crate::team::Team;

impl Plan {
    /// The member's place in a team, with the shard that both are in.
    fn with_place<T>(
        &self,
        member: &MemberId,
        team: &TeamId,
        run: impl FnOnce(&mut Shard, Place) -> T,
    ) -> Option<T> {
        let at = self.members.get(member)?;
        let team = self.teams.get(team).filter(|team| team.shard == at.shard)?;
        let mut shard = self.shards.lock(at.shard);
        let place = shard.members.get(at.member)?.place_in(team.team)?;
        Some(run(&mut shard, place))
    }

    /// Whether the member is in the team now.
    pub(in crate::dispatch) fn sits_in(&self, member: &MemberId, team: &TeamId) -> bool {
        let is_present = self.with_place(member, team, |shard, place| shard.is_present(place));
        is_present == Some(true)
    }

    /// No leads of the team come to the member any more; whether the member's numbers there still
    /// count once the member is removed.
    pub(in crate::dispatch) fn close(&self, member: &MemberId, team: &TeamId) -> bool {
        let has_load = self.with_place(member, team, |shard, place| {
            shard.close(place);
            shard.has_load(place)
        });
        let in_policy = self.policy().team(team);
        let mut in_policy = in_policy.into_iter().flat_map(Team::get_members);
        has_load == Some(true) || in_policy.any(|seat| seat.member() == member)
    }

    pub(in crate::dispatch) fn known_member(&self, member: &str) -> Result<MemberId, RosterError> {
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

    pub(in crate::dispatch) fn known_team(&self, team: &str) -> Result<TeamId, RosterError> {
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
    pub(in crate::dispatch) fn owner(&self, target: &Target) -> Result<Owner, RosterError> {
        let TargetForm {
            team, member, pool, ..
        } = &target.0;
        match (team, member, pool) {
            (None, None, Some(pool)) => {
                let mut known = self.policy().pools();
                if known.any(|it| it == pool) {
                    return Ok(Owner::Pool(pool.clone()));
                }
                let known = self.policy().pools().map(PoolId::as_str);
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
