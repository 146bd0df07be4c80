//! Calls from many threads at once are the fold of their records, in some order for each shard.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod dispatch_setup;

use std::collections::HashMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use dispatch_setup::{NOON, at, lead_to, policy};
use fastrand::Rng;
use leadtree::dispatch::{
    AssignmentId, Chosen, DispatchState, Dispatcher, Receipt, Record, RecordedDispatcher, Release,
    Request, RosterChange,
};
use leadtree::policy::Policy;
use serde_json::json;

const MEMBERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const MAX_OPEN: u32 = 40;
const MAX_TEAM: u32 = 70;
const THREADS: usize = 8;
const CALLS: usize = 400;

fn under_threads() -> Policy {
    let members = MEMBERS.map(|id| json!({ "id": id, "max_open": MAX_OPEN }));
    policy(&json!({
        "attributes": { "to": "text" },
        "members": members,
        "teams": [
            { "id": "east", "members": ["a", "b", "c"], "max_open": MAX_TEAM,
              "if_nobody": { "overflow": "west" } },
            { "id": "west", "members": ["d", "e"], "strategy": "least_loaded" },
            { "id": "help", "members": ["f"], "max_open": MAX_TEAM },
        ],
        "rules": [
            { "id": "east", "when": "to = east", "assign_to": "east", "support": ["help"] },
            { "id": "west", "when": "to = west", "assign_to": "west", "support": ["east", "help"] },
            { "id": "twice", "when": "to = twice", "assign_to": "west", "units": 2 },
            { "id": "d", "when": "to = d", "assign_to": { "member": "d", "team": "west" } },
        ],
    }))
}

/// What a thread has called, and what came of it.
#[derive(Default)]
struct Calls {
    records: Vec<Record>,
    receipts: Vec<Receipt>,
    ids: Vec<AssignmentId>,
    /// By team: turns taken.
    turns: HashMap<String, u64>,
}

impl Calls {
    fn call(&mut self, dispatcher: &RecordedDispatcher, random: &mut Rng) {
        if random.usize(0..3) == 0 && !self.receipts.is_empty() {
            let which = random.usize(0..self.receipts.len());
            let receipt = self.receipts.swap_remove(which);
            let settled = match random.usize(0..2) {
                0 => dispatcher.release(&receipt, Release::KeepTurn),
                _ => dispatcher.complete(&receipt),
            };
            settled.answer.unwrap();
            self.records.extend(settled.record);
            return;
        }
        if random.usize(0..20) == 0 {
            let member = MEMBERS[random.usize(0..MEMBERS.len())].into();
            let change = match random.usize(0..3) {
                0 => RosterChange::Pause(member),
                _ => RosterChange::Resume(member),
            };
            let changed = dispatcher.change_roster(change).unwrap();
            self.records.extend(changed.record);
            return;
        }
        let to = ["east", "west", "twice", "d"][random.usize(0..4)];
        let now = at(NOON) + TimeDelta::minutes(random.i64(-60..60));
        let lead = lead_to(random.usize(0..1_000), to);
        let mut request = Request::new(&lead);
        if random.usize(0..4) == 0 {
            request = request.leave_out([MEMBERS[random.usize(0..MEMBERS.len())]]);
        }
        let assigned = dispatcher.assign(&request, now).unwrap();
        self.records.extend(assigned.record);
        let seats = assigned.answer.seats();
        let picked = seats.filter(|seat| seat.chosen() == Chosen::ByStrategy);
        for team in picked.filter_map(|seat| seat.team()) {
            *self.turns.entry(team.to_string()).or_default() += 1;
        }
        self.ids.extend(assigned.answer.id());
        self.receipts.push(assigned.answer.receipt());
    }
}

fn check(state: &DispatchState) {
    for (member, numbers) in state.members() {
        assert!(numbers.open <= MAX_OPEN, "{member}: {numbers:?}");
    }
    for (team, numbers) in state.teams() {
        let seats = numbers.seats.values().map(|seat| seat.open);
        assert_eq!(numbers.open, seats.sum::<u32>(), "{team}");
        if team != "west" {
            assert!(numbers.open <= MAX_TEAM, "{team}: {numbers:?}");
        }
    }
}

/// Folds the records of all threads, in whatever order they come, as long as the numbers of a state are not
/// passed.
fn fold<'r>(
    state: &mut DispatchState,
    records: impl IntoIterator<Item = &'r Record>,
    until: Option<&DispatchState>,
) -> usize {
    let is_wanted = |record: &&Record| {
        until.is_none_or(|until| {
            let mut shards = record.shards.iter();
            shards.all(|it| it.number <= until.shard(it.shard).unwrap().number)
        })
    };
    let wanted: Vec<&Record> = records.into_iter().filter(is_wanted).collect();
    state.apply_all(wanted).unwrap()
}

#[test]
fn calls_from_many_threads_equal_the_fold_of_their_records() {
    let policy = under_threads();
    let dispatcher = Dispatcher::builder(&policy).build_recorded().unwrap();
    let beginning = dispatcher.state();
    let begin = Barrier::new(THREADS + 1);
    let is_done = AtomicBool::new(false);
    let mut calls: Vec<Calls> = Vec::new();
    let mut states: Vec<DispatchState> = Vec::new();
    std::thread::scope(|scope| {
        let (dispatcher, begin, is_done) = (&dispatcher, &begin, &is_done);
        let threads: Vec<_> = (0..THREADS)
            .map(|seed| {
                scope.spawn(move || {
                    let mut random = Rng::with_seed(seed as u64);
                    let mut calls = Calls::default();
                    begin.wait();
                    for _ in 0..CALLS {
                        calls.call(dispatcher, &mut random);
                    }
                    calls
                })
            })
            .collect();
        let watching = scope.spawn(move || {
            let mut states = Vec::new();
            begin.wait();
            while !is_done.load(Ordering::Relaxed) {
                states.push(dispatcher.state());
                std::thread::yield_now();
            }
            states
        });
        calls.extend(threads.into_iter().map(|thread| thread.join().unwrap()));
        is_done.store(true, Ordering::Relaxed);
        states = watching.join().unwrap();
    });
    let records = || calls.iter().flat_map(|it| &it.records);

    let mut folded = beginning.clone();
    assert_eq!(fold(&mut folded, records(), None), 0);
    assert_eq!(folded, dispatcher.state());

    // Each state that was seen in between is the fold of the records up to its numbers.
    let step = states.len() / 20 + 1;
    for seen in states.iter().step_by(step) {
        let mut folded = beginning.clone();
        assert_eq!(fold(&mut folded, records(), Some(seen)), 0);
        check(seen);
        // What was changed of a member stands in the changes, which are of the same moment.
        assert_eq!(folded.shards, seen.shards);
    }

    let ids = calls.iter().flat_map(|it| &it.ids).copied();
    let mut ids: Vec<AssignmentId> = ids.collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "every assignment has an id of its own");
    let state = dispatcher.state();
    for (team, _) in state.teams() {
        let of_threads = calls.iter().filter_map(|it| it.turns.get(team.as_str()));
        let turns = state.rotation(team.as_str()).unwrap().state.turn;
        assert_eq!(turns, of_threads.sum::<u64>(), "{team}");
    }
    let receipts = calls.iter().flat_map(|it| &it.receipts);
    let open = receipts.map(|it| u32::try_from(it.seats().len()).unwrap() * it.units());
    let counted = state.members().map(|(_, member)| member.open);
    assert_eq!(counted.sum::<u32>(), open.sum::<u32>());
}
