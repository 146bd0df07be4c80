#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "shared by several tests, each of which uses a part"
)]
//! Short constructors and accessors for tests of dispatching.

use chrono::{DateTime, Utc};
use leadtree::Lead;
use leadtree::dispatch::{Assignment, DispatchState, Dispatcher};
use leadtree::policy::Policy;
use serde_json::Value;

/// Parses a time such as `2026-03-31T23:59:59Z`.
pub fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

pub const NOON: &str = "2026-03-31T12:00:00Z";

pub fn policy(file: &Value) -> Policy {
    Policy::load(file).unwrap_or_else(|error| panic!("{error}\n{file:#}"))
}

pub fn dispatcher(file: &Value) -> Dispatcher {
    Dispatcher::new(&policy(file)).unwrap()
}

pub fn lead(number: usize) -> Lead<'static> {
    Lead::builder(format!("L-{number}")).build()
}

/// A lead for a rule that tests the attribute `to`.
pub fn lead_to(number: usize, team: &str) -> Lead<'static> {
    let lead = Lead::builder(format!("L-{number}")).account(format!("A-{}", number % 17));
    lead.attribute("to", team.to_owned()).build()
}

/// The owner, otherwise the reason code, otherwise the pool.
pub fn owner(assignment: &Assignment) -> String {
    match assignment.owner() {
        Some(seat) => seat.member().to_string(),
        None => assignment.reason_code().unwrap_or("no reason").to_owned(),
    }
}

/// The owners of consecutive leads, as `m-1 m-2`.
pub fn owners(dispatcher: &Dispatcher, count: usize, now: &str) -> String {
    let owners: Vec<String> = (0..count)
        .map(|number| owner(&dispatcher.assign(&lead(number), at(now))))
        .collect();
    owners.join(" ")
}

/// The open leads and today's leads of a member, across all teams.
pub fn load(dispatcher: &Dispatcher, member: &str) -> (u32, u32) {
    let state = dispatcher.state();
    let member = state.member(member).unwrap();
    (member.open, member.today)
}

/// The state but for which generation it is of and how many changes there were: what is left is alike in
/// dispatchers that came to it in different ways.
pub fn numbers(dispatcher: &Dispatcher) -> DispatchState {
    let mut state = dispatcher.state();
    state.generation = 0;
    for shard in &mut state.shards {
        shard.number = 0;
    }
    state
}
