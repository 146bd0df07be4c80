//! A dispatcher of whose every change there is a record.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::answer::assignment::Assignment;
use super::answer::audit::Audit;
use super::answer::error::{BuildError, ReplaceError, RosterError, UnknownSeats};
use super::answer::receipt::{Receipt, Release};
use super::answer::request::Request;
use super::answer::roster_change::RosterChange;
use super::dispatcher::Dispatcher;
use super::plan::plan::Plan;
use super::plan::transition::Wants;
use super::rules::Rules;
use super::shard::request::Findings;
use super::state::record::{Record, Recorded};
use super::state::report::StateReport;
use super::state::roster_changes::RosterChanges;
use super::state::state::DispatchState;
use crate::policy::{Policy, PolicyIdentity};
use crate::tree::DecisionTree;

/// A [`Dispatcher`] of whose every change there is a record, which comes back with the answer. Whoever
/// keeps a state and folds the records into it ([`DispatchState::apply`]) has, at every moment, the state
/// that the dispatcher has, exactly. Nothing can be changed in it without a record.
///
/// Made by [`DispatcherBuilder::build_recorded`](super::DispatcherBuilder::build_recorded) or
/// [`restore_recorded`](super::DispatcherBuilder::restore_recorded). Records of calls from several threads
/// come in any order; each tells, by shard and number, what comes before it.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dispatch::{Dispatcher, Request};
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::Rule;
/// use leadtree::team::Team;
///
/// let policy = PolicyDraft::new()
///     .team(Team::new("east").members(["m-01", "m-02"]))
///     .rule(Rule::new("all").assign_to("east"))
///     .build()?;
/// let dispatcher = Dispatcher::builder(&policy).build_recorded()?;
/// let mut kept = dispatcher.state();
///
/// let lead = Lead::builder("L-1").build();
/// let assigned = dispatcher.assign(&Request::new(&lead), chrono::DateTime::UNIX_EPOCH)?;
/// let record = assigned.record.expect("a seat was counted");
/// // To the log, to other machines, to the database:
/// let line = serde_json::to_string(&record)?;
///
/// kept.apply(&serde_json::from_str(&line)?)?;
/// assert_eq!(kept, dispatcher.state());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct RecordedDispatcher(pub(super) Dispatcher);

impl RecordedDispatcher {
    /// Assigns a lead. As [`Dispatcher::assign_request`].
    ///
    /// # Errors
    /// As [`Dispatcher::assign_request`].
    pub fn assign(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Recorded<Assignment>, RosterError> {
        let assigned = Recorded::by(|recording| {
            let wants = Wants {
                recording,
                ..Wants::default()
            };
            self.0.transition_of(request, now, wants)
        });
        assigned.transpose()
    }

    /// Assigns a lead, and tells why everybody who was asked got it or did not. As
    /// [`Dispatcher::assign_request_with_audit`].
    ///
    /// # Errors
    /// As [`Dispatcher::assign_request`].
    pub fn assign_with_audit(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Recorded<(Assignment, Audit)>, RosterError> {
        let assigned = Recorded::by(|recording| {
            let findings = Findings::new(self.policy().time_zone());
            let wants = Wants {
                recording,
                audit: Some(&findings),
                ..Wants::default()
            };
            let assignment = self.0.transition_of(request, now, wants)?;
            let audit = findings.into_audit(assignment.lead());
            Ok((assignment, audit))
        });
        assigned.transpose()
    }

    /// The rules and rosters that run at this moment, to be asked without assigning.
    pub(crate) fn rules(&self) -> Rules<Arc<Plan>> {
        Rules(self.0.running.load_full())
    }

    /// Gives seats back: the work on them is done, or they are taken back.
    pub(crate) fn settle(
        &self,
        receipt: &Receipt,
        release: Option<Release>,
    ) -> Recorded<Result<(), UnknownSeats>> {
        Recorded::by(|recording| self.0.settle(receipt, release, recording))
    }

    /// The work on a lead is done. As [`Dispatcher::complete`]; what was given back is recorded also where
    /// other seats are unknown.
    pub fn complete(&self, receipt: &Receipt) -> Recorded<Result<(), UnknownSeats>> {
        self.settle(receipt, None)
    }

    /// The lead is taken back. As [`Dispatcher::release`]; what was given back is recorded also where other
    /// seats are unknown.
    pub fn release(
        &self,
        receipt: &Receipt,
        release: Release,
    ) -> Recorded<Result<(), UnknownSeats>> {
        self.settle(receipt, Some(release))
    }

    /// Goes on to a moment without a lead. As [`Dispatcher::advance_to`].
    pub fn advance_to(&self, now: DateTime<Utc>) -> Option<Record> {
        Recorded::by(|recording| self.0.advance(now, recording)).record
    }

    /// Changes the rosters. As [`Dispatcher::change_roster`].
    ///
    /// # Errors
    /// As [`Dispatcher::change_roster`].
    pub fn change_roster(
        &self,
        change: RosterChange,
    ) -> Result<Recorded<StateReport>, RosterError> {
        Recorded::by(|recording| self.0.change(change, recording)).transpose()
    }

    /// Puts another policy in place while running. As [`Dispatcher::replace_policy`].
    ///
    /// # Errors
    /// As [`Dispatcher::replace_policy`].
    pub fn replace_policy(&self, policy: &Policy) -> Result<Recorded<StateReport>, BuildError> {
        Recorded::by(|recording| self.0.replace(policy, recording)).transpose()
    }

    /// Puts another policy in place of that one. As [`Dispatcher::replace_policy_if`].
    ///
    /// # Errors
    /// As [`Dispatcher::replace_policy_if`].
    pub fn replace_policy_if(
        &self,
        expected: PolicyIdentity,
        policy: &Policy,
    ) -> Result<Recorded<StateReport>, ReplaceError> {
        let run = |recording: Option<&_>| self.0.replace_if(expected, policy, recording);
        Recorded::by(run).transpose()
    }

    /// Goes on from a stored state. As [`Dispatcher::restore`].
    pub fn restore(&self, state: &DispatchState) -> Recorded<StateReport> {
        Recorded::by(|recording| self.0.take_up(state, recording))
    }

    /// Everything that is remembered; the numbers of one moment.
    pub fn state(&self) -> DispatchState {
        self.0.state()
    }

    /// What was changed in the rosters at run time.
    pub fn changes(&self) -> RosterChanges {
        self.0.changes()
    }

    /// The policy that runs.
    pub fn policy(&self) -> Policy {
        self.0.policy()
    }

    /// The decision tree that runs.
    pub fn tree(&self) -> Arc<DecisionTree> {
        self.0.tree()
    }
}
