//! Dispatching as a function of values.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::answer::assignment::Assignment;
use super::answer::audit::Audit;
use super::answer::error::{PlanError, UnknownSeats};
use super::answer::receipt::{Receipt, Release};
use super::answer::request::Request;
use super::plan::plan::Plan;
use super::plan::shards::Shards;
use super::plan::transition::{Asking, Wants};
use super::rules::Rules;
use super::shard::request::Findings;
use super::shard::shard::Shard;
use super::state::record::Recorded;
use super::state::state::DispatchState;
use super::state::stored::Stored;
use crate::lead::Lead;
use crate::policy::Policy;
use crate::tree::DecisionTree;

/// A policy laid out for dispatching, and nothing that changes: the function under the
/// [`Dispatcher`](super::Dispatcher), for whoever keeps the numbers elsewhere, such as in a database that
/// several machines share.
///
/// Each call is a pure function: the state, or those of its shards that are needed, and a request in; the
/// answer and the record out. The state that is handed in stays as it is. Whoever can store the record
/// ([`DispatchState::apply`], in a transaction) has assigned the lead; whoever cannot, because somebody else
/// was quicker, has changed nothing, and asks again with the new state. A call takes time in proportion to
/// the members of the shards needed.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dispatch::{DispatchState, Dispatcher, Request};
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::Rule;
/// use leadtree::team::Team;
///
/// let policy = PolicyDraft::new()
///     .team(Team::new("east").members(["m-01", "m-02"]))
///     .rule(Rule::new("all").assign_to("east"))
///     .build()?;
/// let (plan, mut state, _) = Dispatcher::builder(&policy).plan(&DispatchState::default())?;
/// let now = chrono::DateTime::UNIX_EPOCH;
///
/// let lead = Lead::builder("L-1").build();
/// let request = Request::new(&lead);
/// assert_eq!(plan.needed(&request, now)?, [0]);
/// let assigned = plan.assign(&state, &request, now)?;
/// assert_eq!(assigned.answer.owner().unwrap().member(), "m-01");
///
/// // Not stored: nothing has happened, and it would be m-01 again.
/// let again = plan.assign(&state, &request, now)?;
/// assert_eq!(again, assigned);
///
/// state.apply(assigned.record.as_ref().expect("a seat was counted"))?;
/// let next = plan.assign(&state, &request, now)?;
/// assert_eq!(next.answer.owner().unwrap().member(), "m-02");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DispatchPlan(pub(super) Plan);

impl DispatchPlan {
    /// The generation of the states that it goes with. A state is of another one after the policy, or the
    /// rosters, were changed: make another plan from it then.
    pub fn generation(&self) -> u64 {
        self.0.generation
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        self.0.policy()
    }

    /// The decision tree, to decide or explain without assigning.
    pub fn tree(&self) -> Arc<DecisionTree> {
        Arc::clone(&self.0.parts.tree)
    }

    /// The shards that a request may need: the owner's, those it may overflow to, those of whoever
    /// supports. In rising order, in which they are to be locked.
    ///
    /// # Errors
    /// [`PlanError::Request`] as [`Dispatcher::assign_request`](super::Dispatcher::assign_request).
    pub fn needed(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Vec<usize>, PlanError> {
        self.with_asking(request, now, |asking| Ok(self.needed_for(asking)))
    }

    /// The shards that a receipt needs, in rising order.
    pub fn needed_by(&self, receipt: &Receipt) -> Vec<usize> {
        let members = receipt.seats.iter();
        let at = members.filter_map(|seat| self.0.members.get(seat.member()));
        in_order(at.map(|at| at.shard).collect())
    }

    /// The rules and rosters, to be asked without assigning.
    pub(crate) fn rules(&self) -> Rules<&Plan> {
        Rules(&self.0)
    }

    /// Assigns a lead. As [`Dispatcher::assign_request`](super::Dispatcher::assign_request).
    ///
    /// # Errors
    /// [`PlanError`] if the request is at fault, if the state is of another generation, or if shards are
    /// missing in it: all of them.
    pub fn assign(
        &self,
        state: &DispatchState,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Recorded<Assignment>, PlanError> {
        self.with_asking(request, now, |asking| {
            let mut shards = self.open(state, self.needed_for(asking))?;
            let assigned = Recorded::by(|recording| {
                let wants = Wants {
                    recording,
                    ..asking.wants
                };
                let asking = Asking { wants, ..asking };
                let mut shards: Vec<(usize, &mut Shard)> =
                    shards.iter_mut().map(|(it, shard)| (*it, shard)).collect();
                let mut assignment = self.0.begin(asking);
                let shards = &mut Shards(&mut shards);
                self.0.assign(shards, asking, &mut assignment);
                assignment
            });
            Ok(assigned)
        })
    }

    /// What comes of a lead in a state that was made with this plan, and which is not changed.
    pub(crate) fn assign_in(
        &self,
        state: &DispatchState,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
    ) -> Assignment {
        self.try_out(state, lead, now, None)
    }

    /// Why everybody who was asked for a lead got it or did not, in a state that was made with this plan.
    pub(crate) fn audit_in(
        &self,
        state: &DispatchState,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
    ) -> Audit {
        let findings = Findings::new(self.policy().time_zone());
        let assignment = self.try_out(state, lead, now, Some(&findings));
        findings.into_audit(assignment.lead())
    }

    fn try_out(
        &self,
        state: &DispatchState,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
        audit: Option<&Findings>,
    ) -> Assignment {
        let asking = Asking {
            lead,
            decision: self.0.parts.tree.decide(lead, now),
            now,
            wants: Wants {
                audit,
                ..Wants::default()
            },
        };
        let needed = self.needed_for(asking).into_iter();
        let mut shards: Vec<(usize, Shard)> =
            needed.map(|number| self.opened(state, number)).collect();
        let mut shards: Vec<(usize, &mut Shard)> =
            shards.iter_mut().map(|(it, shard)| (*it, shard)).collect();
        let mut assignment = self.0.begin(asking);
        self.0
            .assign(&mut Shards(&mut shards), asking, &mut assignment);
        assignment
    }

    /// The work on a lead is done. As [`Dispatcher::complete`](super::Dispatcher::complete).
    ///
    /// # Errors
    /// As [`assign`](Self::assign). Seats that the policy does not have are told in the answer.
    pub fn complete(
        &self,
        state: &DispatchState,
        receipt: &Receipt,
    ) -> Result<Recorded<Result<(), UnknownSeats>>, PlanError> {
        self.settle(state, receipt, None)
    }

    /// The lead is taken back. As [`Dispatcher::release`](super::Dispatcher::release).
    ///
    /// # Errors
    /// As [`complete`](Self::complete).
    pub fn release(
        &self,
        state: &DispatchState,
        receipt: &Receipt,
        release: Release,
    ) -> Result<Recorded<Result<(), UnknownSeats>>, PlanError> {
        self.settle(state, receipt, Some(release))
    }

    /// Gives seats back: the work on them is done, or they are taken back.
    pub(crate) fn settle(
        &self,
        state: &DispatchState,
        receipt: &Receipt,
        release: Option<Release>,
    ) -> Result<Recorded<Result<(), UnknownSeats>>, PlanError> {
        let mut shards = self.open(state, self.needed_by(receipt))?;
        let members = receipt.seats.iter();
        let members: Vec<_> = members
            .map(|seat| self.0.members.get(seat.member()).copied())
            .collect();
        Ok(Recorded::by(|recording| {
            let mut shards: Vec<(usize, &mut Shard)> =
                shards.iter_mut().map(|(it, shard)| (*it, shard)).collect();
            let shards = &mut Shards(&mut shards);
            let unknown = self
                .0
                .give_back(shards, receipt, &members, release, recording);
            UnknownSeats::among(unknown)
        }))
    }

    /// Runs with what is asked: the lead, and what the rules and the caller say.
    fn with_asking<T>(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        run: impl FnOnce(Asking<'_>) -> Result<T, PlanError>,
    ) -> Result<T, PlanError> {
        request.check()?;
        let target = request.target.as_ref();
        let owner = target.map(|target| self.0.owner(target)).transpose()?;
        let if_nobody = target.and_then(|target| target.0.if_nobody.as_ref());
        run(Asking {
            lead: request.lead,
            decision: self.0.parts.tree.decide(request.lead, now),
            now,
            wants: Wants {
                request: Some(request),
                by_hand: owner.as_ref().map(|owner| (owner, if_nobody)),
                ..Wants::default()
            },
        })
    }

    fn needed_for(&self, asking: Asking<'_>) -> Vec<usize> {
        in_order(self.0.needed(asking))
    }

    /// The shards of those numbers, with the state's numbers.
    fn open(
        &self,
        state: &DispatchState,
        needed: Vec<usize>,
    ) -> Result<Vec<(usize, Shard)>, PlanError> {
        if state.generation != self.0.generation {
            return Err(PlanError::Generation {
                state: state.generation,
                plan: self.0.generation,
            });
        }
        if state.policy != Some(self.0.policy().identity()) {
            return Err(PlanError::OtherPolicy);
        }
        let is_missing = |number: &usize| state.shard(*number).is_none();
        let missing: Vec<usize> = needed.iter().copied().filter(is_missing).collect();
        if !missing.is_empty() {
            return Err(PlanError::MissingShards(missing));
        }
        let opened = needed.into_iter().map(|number| self.opened(state, number));
        Ok(opened.collect())
    }

    /// The shard of that number, with the state's numbers.
    fn opened(&self, state: &DispatchState, number: usize) -> (usize, Shard) {
        let mut shard = self.0.shards.lock(number).clone();
        shard.set_changes(&state.changes);
        let stored = state.shard(number);
        shard.go_on(&Stored::new(stored));
        shard.number = stored.map_or(0, |stored| stored.number);
        (number, shard)
    }
}

fn in_order(mut shards: Vec<usize>) -> Vec<usize> {
    shards.sort_unstable();
    shards.dedup();
    shards
}
