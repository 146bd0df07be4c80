//! Changes of rosters while leads are assigned.

use super::answer::error::RosterError;
use super::dispatcher::Dispatcher;
use super::state::roster_changes::{RosterChanges, out_of_limits};
use super::state::state::StateReport;
use crate::availability::{Leave, Presence};
use crate::dimension::Number;
use crate::id::MemberId;
use crate::limits::{MAX_DAYS_OFF, MAX_WEIGHT};
use crate::team::TeamMember;

impl Dispatcher {
    /// The member takes no leads, in any team, until resumed.
    ///
    /// # Errors
    /// [`RosterError::UnknownMember`].
    pub fn pause_member(&self, member: impl AsRef<str>) -> Result<(), RosterError> {
        self.set_active(member.as_ref(), false)
    }

    /// The member takes leads, whatever the policy says.
    ///
    /// # Errors
    /// [`RosterError::UnknownMember`].
    pub fn resume_member(&self, member: impl AsRef<str>) -> Result<(), RosterError> {
        self.set_active(member.as_ref(), true)
    }

    fn set_active(&self, member: &str, active: bool) -> Result<(), RosterError> {
        let mut changes = self.lock_changes();
        let running = self.running.load();
        let member = running.known_member(member)?;
        running.change_member(&member, |member| {
            member.active = active;
            member.resumed = active;
        });
        changes.active.insert(member, active);
        Ok(())
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
        let mut changes = self.lock_changes();
        let running = self.running.load();
        let member = running.known_member(member.as_ref())?;
        running.change_member(&member, |member| member.presence = presence);
        changes.presence.insert(member, presence);
        Ok(())
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
        let leave: Vec<Leave> = leave.into_iter().take(MAX_DAYS_OFF + 1).collect();
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        let member = running.known_member(member.as_ref())?;
        if leave.len() > MAX_DAYS_OFF {
            return Err(RosterError::TooMuchLeave { member });
        }
        changes.leave.insert(member, leave);
        self.lay_out_again(&running, &changes);
        Ok(())
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
        // The caller's code comes before the lock.
        let scores: Vec<(M, f64)> = scores.into_iter().collect();
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        let mut next = changes.clone();
        for (member, score) in scores {
            let member = running.known_member(member.as_ref())?;
            match Number::new(score) {
                Ok(number) if score >= 0.0 => next.scores.insert(member, number),
                _ => return Err(RosterError::Score { member, score }),
            };
        }
        *changes = next;
        self.lay_out_again(&running, &changes);
        Ok(())
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
        let member = member.into();
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        let team = running.known_team(team.as_ref())?;
        if running.sits_in(member.member(), &team) {
            let member = member.member().clone();
            return Err(RosterError::AlreadyInTeam { member, team });
        }
        if member.get_weight() == 0 || member.get_weight() > MAX_WEIGHT {
            return Err(RosterError::Weight {
                weight: member.get_weight(),
            });
        }
        if let Some(error) = out_of_limits(&member) {
            return Err(error);
        }
        changes.add(&team, member);
        self.lay_out_again(&running, &changes);
        Ok(())
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
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        let team = running.known_team(team.as_ref())?;
        let member = MemberId::from(member.as_ref());
        if !running.sits_in(&member, &team) {
            return Err(RosterError::NotInTeam { member, team });
        }
        let is_kept = running.close(&member, &team);
        changes.remove(&team, &member, is_kept);
        self.lay_out_again(&running, &changes);
        Ok(())
    }

    /// Takes back whatever was changed of a member at run time: the policy's word counts again.
    /// What has no place in the policy, such as the leads of a member who was added, is reported.
    pub fn clear_member(&self, member: impl AsRef<str>) -> StateReport {
        let mut changes = self.lock_changes();
        changes.clear_member(member.as_ref());
        self.lay_out_again(&self.running.load_full(), &changes)
    }

    /// Takes back all changes of rosters at run time. What has no place in the policy is reported.
    pub fn clear_changes(&self) -> StateReport {
        let mut changes = self.lock_changes();
        *changes = RosterChanges::default();
        self.lay_out_again(&self.running.load_full(), &changes)
    }
}
