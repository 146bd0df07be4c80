//! The dispatcher: a plan that can be replaced while it runs.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use chrono::{DateTime, TimeDelta, Utc};

use super::answer::assignment::Assignment;
use super::answer::audit::Audit;
use super::answer::error::{BuildError, ReplaceError, RosterError, UnknownSeats};
use super::answer::receipt::{Receipt, Release};
use super::answer::request::Request;
use super::plan::plan::{Parts, Plan};
use super::plan::transition::Wants;
use super::shard::request::Findings;
use super::state::report::StateReport;
use super::state::roster_changes::RosterChanges;
use super::state::state::DispatchState;
use crate::lead::Lead;
use crate::policy::{Policy, PolicyIdentity};
use crate::rule::Target;
use crate::strategy::StrategyRegistry;
use crate::tree::{CompileOptions, DecisionTree};

/// Assigns leads to members: decides by the policy's rules, then has the team's strategy choose.
///
/// It never fails for a lead, remembers no leads, and reads no clock: the same calls give the same
/// answers. It can be used from many threads at once; each call makes exactly one assignment and
/// one count, and no limit is ever passed (`if_nobody: everyone` and assignments by hand aside). Teams that share no
/// members, directly or through others, do not wait for each other to assign.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dimension::Taxonomy;
/// use leadtree::dispatch::Dispatcher;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, region};
/// use leadtree::team::{Team, TeamMember};
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().path("cn/east"))
///     .team(Team::new("east").members([TeamMember::new("m-01").weight(2), "m-02".into()]))
///     .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
///     .build()?;
/// let dispatcher = Dispatcher::new(&policy)?;
/// let now = chrono::DateTime::UNIX_EPOCH;
///
/// let mut owners = Vec::new();
/// for id in ["L-1", "L-2", "L-3"] {
///     let lead = Lead::builder(id).region("cn/east").build();
///     let assignment = dispatcher.assign(&lead, now);
///     owners.push(assignment.owner().unwrap().member().to_string());
/// }
/// assert_eq!(owners, ["m-01", "m-02", "m-01"]);
///
/// let elsewhere = dispatcher.assign(&Lead::builder("L-4").region("us").build(), now);
/// assert_eq!(
///     elsewhere.to_string(),
///     "lead `L-4`: the otherwise of the policy leaves it in pool `unmatched`",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Dispatcher {
    pub(super) registry: StrategyRegistry,
    pub(super) compile_options: CompileOptions,
    pub(super) running: ArcSwap<Plan>,
    /// What was changed at run time. Whoever changes anything but numbers holds the lock, so that
    /// changes come one after the other.
    pub(super) changes: Mutex<RosterChanges>,
}

impl Dispatcher {
    /// A dispatcher that goes on from a state.
    pub(super) fn start(
        policy: &Policy,
        registry: StrategyRegistry,
        compile_options: CompileOptions,
        max_step: Option<TimeDelta>,
        state: &DispatchState,
    ) -> Result<(Self, StateReport), BuildError> {
        let state = state.clone().normalised();
        let parts = Parts::new(policy, &registry, compile_options, max_step)?;
        let plan = Plan::restored(parts, &state);
        let report = plan.report(&state);
        let dispatcher = Self {
            registry,
            compile_options,
            running: ArcSwap::from_pointee(plan),
            changes: Mutex::new(state.changes),
        };
        Ok((dispatcher, report))
    }

    /// The policy that runs.
    pub fn policy(&self) -> Policy {
        self.running.load().parts.tree.policy().clone()
    }

    /// Assigns the lead at that moment.
    pub fn assign(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Assignment {
        self.transition(lead, now, Wants::default())
    }

    /// Assigns the lead and tells, of everybody who was asked, why they got it or did not. Takes time
    /// in proportion to the members of the teams asked.
    ///
    /// ```
    /// use leadtree::Lead;
    /// use leadtree::dispatch::Dispatcher;
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::rule::Rule;
    /// use leadtree::team::{Team, TeamMember};
    ///
    /// let policy = PolicyDraft::new()
    ///     .team(Team::new("east").members(["m-01".into(), "m-02".into(), TeamMember::new("m-03").max_open(0)]))
    ///     .rule(Rule::new("all").assign_to("east"))
    ///     .build()?;
    /// let dispatcher = Dispatcher::new(&policy)?;
    ///
    /// let lead = Lead::builder("L-1").build();
    /// let (_, audit) = dispatcher.assign_with_audit(&lead, chrono::DateTime::UNIX_EPOCH);
    /// assert_eq!(
    ///     audit.why_not("m-02").unwrap(),
    ///     "`m-02` could have had lead `L-1`, and `m-01` got it, whose turn it was: 0.50 of a lead behind \
    ///      the share",
    /// );
    /// assert_eq!(
    ///     audit.why_not("m-03").unwrap(),
    ///     "`m-03` could not have lead `L-1`: has 0 of 0 leads open of this team",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assign_with_audit(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> (Assignment, Audit) {
        let findings = Findings::new(self.policy().time_zone());
        let wants = Wants {
            audit: Some(&findings),
            ..Wants::default()
        };
        let assignment = self.transition(lead, now, wants);
        let audit = findings.into_audit(assignment.lead());
        (assignment, audit)
    }

    /// Assigns the lead by hand: whoever the rules name, it goes to that member, team or pool. A
    /// member gets it in any case, and [`warnings`](Assignment::warnings) tell what was set aside: a
    /// limit, a pause. A team picks one of its members as ever.
    ///
    /// The rule that applies still says as how many leads it counts, and who supports. A member's
    /// turn is taken by it only where the team's `named_take_turns` says so; limits and loads count it.
    ///
    /// ```
    /// use leadtree::Lead;
    /// use leadtree::dispatch::{AssignmentWarning, Dispatcher};
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::rule::Target;
    /// use leadtree::team::{Team, TeamMember};
    ///
    /// let policy = PolicyDraft::new()
    ///     .team(Team::new("east").member(TeamMember::new("m-01").max_open(1)))
    ///     .build()?;
    /// let dispatcher = Dispatcher::new(&policy)?;
    /// let now = chrono::DateTime::UNIX_EPOCH;
    /// let by_hand = Target::member("m-01").in_team("east");
    ///
    /// let first = dispatcher.assign_to(by_hand.clone(), &Lead::builder("L-1").build(), now)?;
    /// assert_eq!(first.warnings(), []);
    /// let second = dispatcher.assign_to(by_hand, &Lead::builder("L-2").build(), now)?;
    /// assert_eq!(second.owner().unwrap().member(), "m-01");
    /// assert_eq!(second.warnings(), [AssignmentWarning::OverLimit]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`RosterError`] if the target names nobody, or nobody known, or a member outside the team.
    pub fn assign_to(
        &self,
        target: impl Into<Target>,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
    ) -> Result<Assignment, RosterError> {
        self.assign_request(&Request::new(lead).to(target), now)
    }

    /// Assigns a lead with what the caller says beyond the rules: by hand, with members left out or
    /// preferred, with other units, or with something else required.
    ///
    /// # Errors
    /// [`RosterError`] if the target names nobody, or nobody known, or a member outside the team, or if
    /// the units are none or more than [`MAX_UNITS`](crate::limits::MAX_UNITS).
    pub fn assign_request(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Assignment, RosterError> {
        self.transition_of(request, now, Wants::default())
    }

    /// Assigns a lead with what the caller says beyond the rules, and tells, of everybody who was asked,
    /// why they got it or did not. As [`assign_request`](Self::assign_request) and
    /// [`assign_with_audit`](Self::assign_with_audit).
    ///
    /// # Errors
    /// As [`assign_request`](Self::assign_request).
    pub fn assign_request_with_audit(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<(Assignment, Audit), RosterError> {
        let findings = Findings::new(self.policy().time_zone());
        let wants = Wants {
            audit: Some(&findings),
            ..Wants::default()
        };
        let assignment = self.transition_of(request, now, wants)?;
        let audit = findings.into_audit(assignment.lead());
        Ok((assignment, audit))
    }

    /// Assigns one lead after the other; the same as as many single calls.
    pub fn assign_all<'l>(
        &self,
        leads: impl IntoIterator<Item = &'l Lead<'l>>,
        now: DateTime<Utc>,
    ) -> Vec<Assignment> {
        leads
            .into_iter()
            .map(|lead| self.assign(lead, now))
            .collect()
    }

    /// The decision tree that runs, to decide or explain without assigning. It stays what it is
    /// when the policy is replaced.
    pub fn tree(&self) -> Arc<DecisionTree> {
        Arc::clone(&self.running.load().parts.tree)
    }

    /// The work on a lead is done: the open load is free again; the day's count stays.
    ///
    /// # Errors
    /// [`UnknownSeats`] for seats that the present policy does not have.
    pub fn complete(&self, receipt: &Receipt) -> Result<(), UnknownSeats> {
        self.settle(receipt, None, None)
    }

    /// The lead is taken back: the open load is free again, and the day's count goes down if it is
    /// still that day.
    ///
    /// # Errors
    /// [`UnknownSeats`] for seats that the present policy does not have.
    pub fn release(&self, receipt: &Receipt, release: Release) -> Result<(), UnknownSeats> {
        self.settle(receipt, Some(release), None)
    }

    /// Goes on to a moment without a lead: after a longer time without leads than
    /// [`max_step`](super::DispatcherBuilder::max_step) allows, if the clock is right. A moment that is
    /// not after the latest one seen changes nothing.
    pub fn advance_to(&self, now: DateTime<Utc>) {
        self.advance(now, None);
    }

    /// What was changed at run time.
    pub fn changes(&self) -> RosterChanges {
        self.lock_changes().clone()
    }

    /// Puts another policy in place while running. Members and teams that stay keep their numbers
    /// and their turns; changes made at run time stay on top.
    ///
    /// Compiling and laying out the teams happen aside. Deciding never waits; an assignment waits
    /// at most while the numbers are copied, which is linear in the members: some
    /// tens of microseconds for a thousand. A team whose strategy has the same name
    /// goes on with its numbers, also where the options are others.
    ///
    /// # Errors
    /// As [`Dispatcher::new`]; the running policy then runs on.
    pub fn replace_policy(&self, policy: &Policy) -> Result<StateReport, BuildError> {
        self.replace(policy, None)
    }

    /// Puts another policy in place of that one, and only of that one: whoever has replaced it meanwhile is
    /// not overruled unseen. As [`replace_policy`](Self::replace_policy).
    ///
    /// ```
    /// use leadtree::dispatch::{Dispatcher, ReplaceError};
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::team::Team;
    ///
    /// let policy = |member: &str| {
    ///     let east = Team::new("east").members([member]);
    ///     PolicyDraft::new().team(east).build()
    /// };
    /// let (first, second, third) = (policy("m-01")?, policy("m-02")?, policy("m-03")?);
    /// let dispatcher = Dispatcher::new(&first)?;
    ///
    /// // Two managers have edited the first policy; one of them was quicker.
    /// dispatcher.replace_policy_if(first.identity(), &second)?;
    /// let late = dispatcher.replace_policy_if(first.identity(), &third);
    /// assert!(matches!(late, Err(ReplaceError::OtherPolicy { running, .. }) if running == second.identity()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ReplaceError::OtherPolicy`] if another policy runs; else as [`replace_policy`](Self::replace_policy).
    /// The running policy then runs on.
    pub fn replace_policy_if(
        &self,
        expected: PolicyIdentity,
        policy: &Policy,
    ) -> Result<StateReport, ReplaceError> {
        self.replace_if(expected, policy, None)
    }

    /// Everything that is remembered, in a form that can be stored; the numbers of one moment.
    pub fn state(&self) -> DispatchState {
        let changes = self.lock_changes();
        self.running.load().state(changes.clone())
    }

    /// Goes on from a stored state, also one of another policy: what both know is kept, the rest
    /// is reported. The present numbers are given up. A new generation begins.
    pub fn restore(&self, state: &DispatchState) -> StateReport {
        self.take_up(state, None)
    }
}
