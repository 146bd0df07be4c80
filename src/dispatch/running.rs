//! The running plan under locks: every call runs on the shards that it needs, and on the next plan if another
//! took its place meanwhile.

use std::sync::{Arc, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use super::answer::assignment::Assignment;
use super::answer::day::When;
use super::answer::error::{BuildError, ReplaceError, RosterError, UnknownSeats};
use super::answer::receipt::{Receipt, Release, Seat};
use super::answer::request::Request;
use super::dispatcher::Dispatcher;
use super::plan::migration::Migration;
use super::plan::plan::{Parts, Plan};
use super::plan::shards::Shards;
use super::plan::transition::{Asking, Wants};
use super::shard::seat::place::MemberAt;
use super::shard::shard::Shard;
use super::state::record::{RecordKind, Recording};
use super::state::report::StateReport;
use super::state::roster_changes::RosterChanges;
use super::state::state::DispatchState;
use crate::lead::Lead;
use crate::policy::{Policy, PolicyIdentity};

impl Dispatcher {
    pub(super) fn lock_changes(&self) -> MutexGuard<'_, RosterChanges> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides, then takes the seats in the running plan.
    pub(super) fn transition(
        &self,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
        wants: Wants<'_>,
    ) -> Assignment {
        loop {
            let plan = self.running.load();
            let asking = Asking {
                lead,
                decision: plan.parts.tree.decide(lead, now),
                now,
                wants,
            };
            let mut answer = plan.begin(asking);
            let assign = |mut shards: Shards<'_, '_>| plan.assign(&mut shards, asking, &mut answer);
            let by_rule = plan.shards_of(asking.decision.index());
            let is_by_rule = wants.by_hand.is_none() && asking.first().is_none();
            let assigned = match by_rule.filter(|_| is_by_rule) {
                Some(needed) => plan.shards.with(needed, assign),
                None => plan.shards.with(plan.needed(asking), assign),
            };
            if assigned.is_ok() {
                return answer;
            }
        }
    }

    /// Assigns with what the request says.
    pub(super) fn transition_of(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
        wants: Wants<'_>,
    ) -> Result<Assignment, RosterError> {
        request.check()?;
        let mut wants = Wants {
            request: Some(request),
            ..wants
        };
        let Some(target) = &request.target else {
            return Ok(self.transition(request.lead, now, wants));
        };
        let owner = self.running.load().owner(target)?;
        wants.by_hand = Some((&owner, target.0.if_nobody.as_ref()));
        Ok(self.transition(request.lead, now, wants))
    }

    /// Gives the seats of a receipt back.
    pub(super) fn settle(
        &self,
        receipt: &Receipt,
        release: Option<Release>,
        recording: Option<&Recording>,
    ) -> Result<(), UnknownSeats> {
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
                plan.give_back(&mut shards, receipt, members, release, recording)
            };
            let needed = members.iter().flatten().map(|at| at.shard);
            if let Ok(unknown) = plan.shards.with(needed, give_back) {
                return UnknownSeats::among(unknown);
            }
        }
    }

    /// Goes on to a moment in all shards.
    pub(super) fn advance(&self, now: DateTime<Utc>, recording: Option<&Recording>) {
        let _changes = self.lock_changes();
        let plan = self.running.load();
        let when = When::new(now, plan.policy().time_zone());
        let mut guards = plan.shards.lock_all();
        let shards = guards.iter_mut().map(|guard| &mut **guard);
        let mut shards: Vec<(usize, &mut Shard)> = shards.enumerate().collect();
        let mut shards = Shards(&mut shards);
        shards.begin_change(recording.is_some());
        shards.turn_to(when);
        shards.end_change();
        plan.record(recording, RecordKind::Advanced, None, &mut shards);
    }

    /// Puts another policy in place.
    pub(super) fn replace(
        &self,
        policy: &Policy,
        recording: Option<&Recording>,
    ) -> Result<StateReport, BuildError> {
        let parts = self.next_parts(policy)?;
        let changes = self.lock_changes();
        let running = self.running.load_full();
        let kind = RecordKind::PolicyReplaced;
        Ok(self.migrate(&running, parts, &changes, kind, recording))
    }

    /// Puts another policy in place, if the expected one runs.
    pub(super) fn replace_if(
        &self,
        expected: PolicyIdentity,
        policy: &Policy,
        recording: Option<&Recording>,
    ) -> Result<StateReport, ReplaceError> {
        let check = |plan: &Plan| {
            let running = plan.policy().identity();
            let is_expected = running == expected;
            is_expected
                .then_some(())
                .ok_or(ReplaceError::OtherPolicy { expected, running })
        };
        // Whoever is late need not wait until the rules are compiled.
        check(&self.running.load())?;
        let parts = self.next_parts(policy)?;
        let changes = self.lock_changes();
        let running = self.running.load_full();
        check(&running)?;
        let kind = RecordKind::PolicyReplaced;
        Ok(self.migrate(&running, parts, &changes, kind, recording))
    }

    /// What another policy needs, made aside.
    fn next_parts(&self, policy: &Policy) -> Result<Parts, BuildError> {
        let max_step = self.running.load().parts.max_step;
        Parts::new(policy, &self.registry, self.compile_options, max_step)
    }

    /// The running tree and strategies with other rosters.
    pub(super) fn lay_out_again(
        &self,
        running: &Plan,
        changes: &RosterChanges,
        recording: Option<&Recording>,
    ) -> StateReport {
        let (parts, kind) = (running.parts.clone(), RecordKind::RosterChanged);
        self.migrate(running, parts, changes, kind, recording)
    }

    /// Puts another plan in place of the running one, with all numbers. Where callers have to
    /// wait, they wait while the numbers are copied.
    fn migrate(
        &self,
        running: &Plan,
        parts: Parts,
        changes: &RosterChanges,
        kind: RecordKind,
        recording: Option<&Recording>,
    ) -> StateReport {
        let generation = running.generation.saturating_add(1);
        let mut next = Plan::new(parts, changes, generation);
        let migration = Migration::between(running, &next);
        let mut shards = running.shards.lock_all();
        migration.carry_out(&mut shards, &mut next);
        next.record_beginning(recording, kind, changes);
        let next = Arc::new(next);
        self.running.store(Arc::clone(&next));
        drop(shards);
        next.report(&running.state(changes.clone()))
    }

    /// Goes on from a stored state.
    pub(super) fn take_up(
        &self,
        state: &DispatchState,
        recording: Option<&Recording>,
    ) -> StateReport {
        let mut state = state.clone().normalised();
        let mut changes = self.lock_changes();
        let running = self.running.load_full();
        // No numbers come twice in one generation.
        state.generation = state.generation.max(running.generation);
        state.policy = None;
        let plan = Plan::restored(running.parts.clone(), &state);
        let report = plan.report(&state);
        plan.record_beginning(recording, RecordKind::Restored, &state.changes);
        let mut shards = running.shards.lock_all();
        for shard in &mut shards {
            shard.is_retired = true;
        }
        self.running.store(Arc::new(plan));
        *changes = state.changes;
        report
    }
}
