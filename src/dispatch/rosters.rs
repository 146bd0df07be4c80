//! Changes of rosters while leads are assigned.

use super::answer::error::RosterError;
use super::answer::roster_change::RosterChange;
use super::dispatcher::Dispatcher;
use super::plan::plan::Plan;
use super::state::member_change::MemberChange;
use super::state::record::Recording;
use super::state::report::StateReport;
use super::state::roster_changes::{RosterChanges, out_of_limits};
use crate::availability::{Leave, Presence};
use crate::dimension::Number;
use crate::limits::{MAX_DAYS_OFF, MAX_WEIGHT};
use crate::team::TeamMember;

impl Dispatcher {
    /// The member takes no leads, in any team, until resumed.
    ///
    /// # Errors
    /// [`RosterError::UnknownMember`].
    pub fn pause_member(&self, member: impl AsRef<str>) -> Result<(), RosterError> {
        self.change_roster(RosterChange::Pause(member.as_ref().into()))
            .map(drop)
    }

    /// The member takes leads, whatever the policy says.
    ///
    /// # Errors
    /// [`RosterError::UnknownMember`].
    pub fn resume_member(&self, member: impl AsRef<str>) -> Result<(), RosterError> {
        self.change_roster(RosterChange::Resume(member.as_ref().into()))
            .map(drop)
    }

    /// Sets what the member is there for while at work, whatever the policy says: a switch for the
    /// member's own hand. Instant.
    ///
    /// # Errors
    /// [`RosterError::UnknownMember`].
    pub fn set_presence(
        &self,
        member: impl AsRef<str>,
        presence: Presence,
    ) -> Result<(), RosterError> {
        let member = member.as_ref().into();
        self.change_roster(RosterChange::SetPresence(member, presence))
            .map(drop)
    }

    /// Sets when the member is away, in place of what the policy says; none takes it back to work.
    ///
    /// # Errors
    /// [`RosterError`] if there is no such member, or more leave than
    /// [`MAX_DAYS_OFF`] entries.
    pub fn set_leave(
        &self,
        member: impl AsRef<str>,
        leave: impl IntoIterator<Item = Leave>,
    ) -> Result<(), RosterError> {
        let leave = leave.into_iter().take(MAX_DAYS_OFF + 1).collect();
        self.change_roster(RosterChange::SetLeave(member.as_ref().into(), leave))
            .map(drop)
    }

    /// Sets scores of members, the caller's own measure: a rate of success, a potential. A member keeps
    /// the score until it is set again.
    ///
    /// In teams with a [`score_floor`](crate::team::Team::score_floor), shares follow weight times score:
    /// only what the scores are to each other counts. Nobody's share falls below the floor, whatever the
    /// scores; who has none counts with the average. Set them together, as all teams are laid out again
    /// each time.
    ///
    /// # Errors
    /// [`RosterError`] for the first member who is unknown, or whose score is below zero or no number;
    /// no score is changed then.
    pub fn set_scores<M: AsRef<str>>(
        &self,
        scores: impl IntoIterator<Item = (M, f64)>,
    ) -> Result<(), RosterError> {
        let scores = scores.into_iter();
        let scores = scores.map(|(member, score)| (member.as_ref().into(), score));
        self.change_roster(RosterChange::SetScores(scores.collect()))
            .map(drop)
    }

    /// Adds a member at the end of a team, level with the others.
    ///
    /// # Errors
    /// [`RosterError`] if there is no such team, the member is in it already, or the weight, the
    /// number of sliding-window limits or that of terms is outside the limits.
    pub fn add_member(
        &self,
        team: impl AsRef<str>,
        member: impl Into<TeamMember>,
    ) -> Result<(), RosterError> {
        let team = team.as_ref().into();
        self.change_roster(RosterChange::Add(team, member.into()))
            .map(drop)
    }

    /// Removes a member from a team. Open leads stay with the member, and count again if the
    /// member comes back.
    ///
    /// # Errors
    /// [`RosterError`] if there is no such team or the member is not in it.
    pub fn remove_member(
        &self,
        team: impl AsRef<str>,
        member: impl AsRef<str>,
    ) -> Result<(), RosterError> {
        let team = team.as_ref().into();
        self.change_roster(RosterChange::Remove(team, member.as_ref().into()))
            .map(drop)
    }

    /// Takes back whatever was changed of a member at run time: the policy's word counts again.
    /// What has no place in the policy, such as the leads of a member who was added, is reported.
    pub fn clear_member(&self, member: impl AsRef<str>) -> StateReport {
        let change = RosterChange::Clear(member.as_ref().into());
        // Nobody is unknown to it.
        self.change_roster(change).unwrap_or_default()
    }

    /// Takes back all changes of rosters at run time. What has no place in the policy is reported.
    pub fn clear_changes(&self) -> StateReport {
        self.change_roster(RosterChange::ClearAll)
            .unwrap_or_default()
    }

    /// Makes a change that is at hand as a value. What has no place any more is reported.
    ///
    /// ```
    /// use leadtree::dispatch::{Dispatcher, RosterChange};
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::team::Team;
    ///
    /// let policy = PolicyDraft::new()
    ///     .team(Team::new("east").members(["m-01", "m-02"]))
    ///     .build()?;
    /// let dispatcher = Dispatcher::new(&policy)?;
    /// dispatcher.change_roster(RosterChange::Pause("m-01".into()))?;
    /// assert_eq!(dispatcher.changes().paused().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`RosterError`]; nothing is changed then.
    pub fn change_roster(&self, change: RosterChange) -> Result<StateReport, RosterError> {
        self.change(change, None)
    }

    pub(super) fn change(
        &self,
        change: RosterChange,
        recording: Option<&Recording>,
    ) -> Result<StateReport, RosterError> {
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        let member_change = match change {
            RosterChange::Pause(member) => (member, Some(false), None),
            RosterChange::Resume(member) => (member, Some(true), None),
            RosterChange::SetPresence(member, presence) => (member, None, Some(presence)),
            change => {
                let next = next_changes(&running, &changes, change)?;
                let laid_out = self.lay_out_again(&running, &next, recording);
                *changes = next;
                return Ok(laid_out);
            }
        };
        let (member, active, presence) = member_change;
        let change = MemberChange {
            member: running.known_member(member.as_str())?,
            active,
            presence,
        };
        running.change_member(&change, recording);
        changes.note(&change);
        Ok(StateReport::default())
    }
}

/// The changes with another one on top, after which the teams are laid out anew.
fn next_changes(
    running: &Plan,
    changes: &RosterChanges,
    change: RosterChange,
) -> Result<RosterChanges, RosterError> {
    let mut next = changes.clone();
    match change {
        RosterChange::SetLeave(member, leave) => {
            let member = running.known_member(member.as_str())?;
            if leave.len() > MAX_DAYS_OFF {
                return Err(RosterError::TooMuchLeave { member });
            }
            next.leave.insert(member, leave);
        }
        RosterChange::SetScores(scores) => {
            for (member, score) in scores {
                let member = running.known_member(member.as_str())?;
                match Number::new(score) {
                    Ok(number) if score >= 0.0 => next.scores.insert(member, number),
                    _ => return Err(RosterError::Score { member, score }),
                };
            }
        }
        RosterChange::Add(team, member) => {
            let team = running.known_team(team.as_str())?;
            if running.sits_in(member.member(), &team) {
                let member = member.member().clone();
                return Err(RosterError::AlreadyInTeam { member, team });
            }
            let weight = member.get_weight();
            if weight == 0 || weight > MAX_WEIGHT {
                return Err(RosterError::Weight { weight });
            }
            if let Some(error) = out_of_limits(&member) {
                return Err(error);
            }
            next.add(&team, member);
        }
        RosterChange::Remove(team, member) => {
            let team = running.known_team(team.as_str())?;
            if !running.sits_in(&member, &team) {
                return Err(RosterError::NotInTeam { member, team });
            }
            let is_kept = running.close(&member, &team);
            next.remove(&team, &member, is_kept);
        }
        RosterChange::Clear(member) => next.clear_member(member.as_str()),
        RosterChange::ClearAll => next = RosterChanges::default(),
        // Those of one member alone leave the teams as they are laid out.
        RosterChange::Pause(_) | RosterChange::Resume(_) | RosterChange::SetPresence(..) => {}
    }
    Ok(next)
}
