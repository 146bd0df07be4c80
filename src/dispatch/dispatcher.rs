//! The dispatcher: a plan that can be replaced while it runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use chrono::{DateTime, TimeDelta, Utc};

use super::answer::assignment::Assignment;
use super::answer::audit::Audit;
use super::answer::day::When;
use super::answer::error::{BuildError, RosterError, UnknownSeats};
use super::answer::receipt::{Receipt, Release, Seat};
use super::answer::request::Request;
use super::plan::migration::Migration;
use super::plan::plan::{Parts, Plan};
use super::plan::shards::{Retired, Shards};
use super::plan::transition::Asking;
use super::shard::request::Findings;
use super::shard::seat::place::MemberAt;
use super::state::roster_changes::RosterChanges;
use super::state::state::{DispatchState, StateReport};
use crate::lead::Lead;
use crate::limits::MAX_COUNTS;
use crate::policy::{Owner, Policy};
use crate::rule::{IfNobody, Target};
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
    registry: StrategyRegistry,
    compile_options: CompileOptions,
    pub(super) running: ArcSwap<Plan>,
    /// What was changed at run time. Whoever changes anything but numbers holds the lock, so that
    /// changes come one after the other.
    changes: Mutex<RosterChanges>,
}

impl Dispatcher {
    /// A dispatcher that goes on from a state.
    pub(super) fn start(
        policy: &Policy,
        registry: StrategyRegistry,
        compile_options: CompileOptions,
        max_step: TimeDelta,
        state: &DispatchState,
    ) -> Result<(Self, StateReport), BuildError> {
        let state = state.clone().normalised();
        let parts = Parts::new(policy, &registry, compile_options, max_step)?;
        let plan = Plan::new(parts, &state);
        let report = plan.report(&state);
        let dispatcher = Self {
            registry,
            compile_options,
            running: ArcSwap::from_pointee(plan),
            changes: Mutex::new(state.changes),
        };
        Ok((dispatcher, report))
    }

    pub(super) fn lock_changes(&self) -> MutexGuard<'_, RosterChanges> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The policy that runs.
    pub fn policy(&self) -> Policy {
        self.running.load().parts.tree.policy().clone()
    }

    /// Assigns the lead at that moment.
    pub fn assign(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Assignment {
        self.transition(lead, now, None, None, None)
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
        let findings = Findings::default();
        let assignment = self.transition(lead, now, None, None, Some(&findings));
        let audit = audit(&assignment, findings);
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
    /// the units are none or more than [`MAX_COUNTS`].
    pub fn assign_request(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Assignment, RosterError> {
        self.transition_of(request, now, None)
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
        let findings = Findings::default();
        let assignment = self.transition_of(request, now, Some(&findings))?;
        let audit = audit(&assignment, findings);
        Ok((assignment, audit))
    }

    fn transition_of(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        audit: Option<&Findings>,
    ) -> Result<Assignment, RosterError> {
        if let Some(units) = request
            .units
            .filter(|units| !(1..=MAX_COUNTS).contains(units))
        {
            return Err(RosterError::OutOfLimits {
                number: units as usize,
                what: "units of a lead",
                least: 1,
                most: MAX_COUNTS as usize,
            });
        }
        let Some(target) = &request.target else {
            return Ok(self.transition(request.lead, now, Some(request), None, audit));
        };
        let owner = self.running.load().owner(target)?;
        let by_hand = Some((&owner, target.0.if_nobody.as_ref()));
        Ok(self.transition(request.lead, now, Some(request), by_hand, audit))
    }

    /// Decides, then takes the seats in the running plan; again if another took its place meanwhile.
    fn transition(
        &self,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
        request: Option<&Request<'_>>,
        by_hand: Option<(&Owner, Option<&IfNobody>)>,
        audit: Option<&Findings>,
    ) -> Assignment {
        loop {
            let plan = self.running.load();
            let asking = Asking {
                lead,
                decision: plan.parts.tree.decide(lead, now),
                request,
                by_hand,
                now,
                audit,
            };
            let assign = |mut shards: Shards<'_, '_>| plan.assign(&mut shards, asking);
            let by_rule = plan.shards_of(asking.decision.index());
            let answer = match by_rule.filter(|_| by_hand.is_none()) {
                Some((first, others)) => plan.shards.with(first, others, assign),
                None => match plan.needed(asking).split_first() {
                    Some((&first, others)) => {
                        plan.shards.with(first, others.iter().copied(), assign)
                    }
                    None => Ok(assign(Shards(&mut []))),
                },
            };
            if let Ok(assignment) = answer {
                return assignment;
            }
        }
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
        self.settle(receipt, None)
    }

    /// The lead is taken back: the open load is free again, and the day's count goes down if it is
    /// still that day.
    ///
    /// # Errors
    /// [`UnknownSeats`] for seats that the present policy does not have.
    pub fn release(&self, receipt: &Receipt, release: Release) -> Result<(), UnknownSeats> {
        self.settle(receipt, Some(release))
    }

    fn settle(&self, receipt: &Receipt, release: Option<Release>) -> Result<(), UnknownSeats> {
        loop {
            let plan = self.running.load();
            let at = |seat: &Seat| plan.members.get(seat.member()).copied();
            // Most receipts have one seat.
            let (one, many);
            let members: &[Option<MemberAt>] = match receipt.seats.as_slice() {
                [seat] => {
                    one = [at(seat)];
                    &one
                }
                seats => {
                    many = seats.iter().map(at).collect::<Vec<_>>();
                    &many
                }
            };
            let give_back = |mut shards: Shards<'_, '_>| {
                let seats = receipt.seats.iter().zip(members.iter().copied());
                plan.give_back(&mut shards, seats, receipt.units, release)
            };
            let mut shards = members.iter().flatten().map(|at| at.shard);
            let unknown = match shards.next() {
                Some(first) => plan.shards.with(first, shards, give_back),
                None => Ok(give_back(Shards(&mut []))),
            };
            match unknown {
                Ok(unknown) if unknown.is_empty() => return Ok(()),
                Ok(unknown) => return Err(UnknownSeats(unknown)),
                Err(Retired) => {}
            }
        }
    }

    /// The running tree and strategies with other rosters.
    pub(super) fn lay_out_again(
        &self,
        running: &Arc<Plan>,
        changes: &RosterChanges,
    ) -> StateReport {
        self.migrate(running, running.parts.clone(), changes)
    }

    /// Puts another plan in place of the running one, with all numbers. Where callers have to
    /// wait, they wait while the numbers are copied.
    fn migrate(&self, running: &Plan, parts: Parts, changes: &RosterChanges) -> StateReport {
        let changes = DispatchState {
            changes: changes.clone(),
            ..DispatchState::default()
        };
        let mut next = Plan::new(parts, &changes);
        let migration = Migration::between(running, &next);
        let mut shards = running.shards.lock_all();
        migration.carry_out(&mut shards, &mut next);
        let next = Arc::new(next);
        self.running.store(Arc::clone(&next));
        drop(shards);
        next.report(&DispatchState {
            changes: changes.changes,
            ..running.state()
        })
    }

    /// Goes on to a moment without a lead: after a longer time without leads than
    /// [`max_step`](super::DispatcherBuilder::max_step) allows, if the clock is right. A moment that is
    /// not after the latest one seen changes nothing.
    pub fn advance_to(&self, now: DateTime<Utc>) {
        let _changes = self.lock_changes();
        let plan = self.running.load();
        let when = When::new(now, plan.policy().time_zone());
        for shard in &mut plan.shards.lock_all() {
            shard.turn_to(when);
        }
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
        let max_step = self.running.load().parts.max_step;
        let parts = Parts::new(policy, &self.registry, self.compile_options, max_step)?;
        let changes = self.lock_changes();
        let running = self.running.load_full();
        let report = self.migrate(&running, parts, &changes);
        drop(changes);
        Ok(report)
    }

    /// Everything that is remembered, in a form that can be stored; the numbers of one moment.
    pub fn state(&self) -> DispatchState {
        let changes = self.lock_changes();
        DispatchState {
            changes: changes.clone(),
            ..self.running.load().state()
        }
    }

    /// Goes on from a stored state, also one of another policy: what both know is kept, the rest
    /// is reported. The present numbers are given up.
    pub fn restore(&self, state: &DispatchState) -> StateReport {
        let state = state.clone().normalised();
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        let plan = Plan::new(running.parts.clone(), &state);
        let report = plan.report(&state);
        let mut shards = running.shards.lock_all();
        for shard in &mut shards {
            shard.is_retired = true;
        }
        self.running.store(Arc::new(plan));
        *changes = state.changes;
        report
    }
}

fn audit(assignment: &Assignment, findings: Findings) -> Audit {
    Audit {
        lead: assignment.lead().clone(),
        inquiries: findings.into_inquiries(),
    }
}
