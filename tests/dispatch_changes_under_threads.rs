//! Changes while threads assign: no limit is exceeded, and no lead is lost or counted twice.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use std::sync::Barrier;

use chrono::TimeDelta;
use dispatch_setup::{NOON, at, lead_to, policy};
use fastrand::Rng;
use leadtree::availability::{Leave, Presence};
use leadtree::dispatch::{DispatchState, Dispatcher, Forgotten, Receipt, Release, StateReport};
use leadtree::policy::Policy;
use serde_json::{Value, json};

const MEMBERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const MAX_OPEN: u32 = 25;
const MAX_PER_DAY: u32 = 300;
const MAX_TEAM: u32 = 60;
/// The numbers of leads that each thread assigns and of changes that are made in one round. Rounds are
/// short, so that leads and changes mix however the threads are scheduled.
const ROUNDS: usize = 100;
const WORKERS: usize = 4;
const LEADS_A_ROUND: usize = 25;
const CHANGES_A_ROUND: usize = 3;

/// Two teams without common members, in one shard where they share a rotation.
fn file(rotation: &Value, hours: &str) -> Policy {
    let members = MEMBERS.map(
        |id| json!({ "id": id, "max_open": MAX_OPEN, "max_per_day": MAX_PER_DAY, "hours": hours }),
    );
    policy(&json!({
        "members": members,
        "attributes": { "to": "text" },
        "teams": [
            { "id": "east", "members": ["a", "b", "c"], "rotation": rotation, "max_open": MAX_TEAM,
              "score_floor": 0.5, "look_ahead_hours": 24, "if_nobody": { "overflow": "west" } },
            { "id": "west", "members": ["d", "e"], "rotation": rotation, "max_open": MAX_TEAM, "named_take_turns": true,
              "if_nobody": "wait" },
        ],
        "rules": [
            { "id": "east", "when": "to = east", "assign_to": "east", "support": ["west"] },
            { "id": "twice", "when": "to = twice", "assign_to": "west", "units": 2 },
            { "id": "d", "when": "to = d", "assign_to": { "member": "d", "team": "west" } },
            { "id": "west", "assign_to": "west" },
        ],
    }))
}

fn check(state: &DispatchState) {
    for (member, numbers) in state.members() {
        assert!(numbers.open <= MAX_OPEN, "{member}: {} open", numbers.open);
        assert!(
            numbers.today <= MAX_PER_DAY,
            "{member}: {} today",
            numbers.today
        );
        let seats = state.teams().filter_map(|(_, team)| team.seats.get(member));
        let in_teams: u32 = seats.map(|seat| seat.open).sum();
        assert!(
            in_teams <= numbers.open,
            "{member}: {in_teams} in teams of {}",
            numbers.open
        );
    }
    for (team, numbers) in state.teams() {
        assert!(numbers.open <= MAX_TEAM, "{team}: {} open", numbers.open);
    }
}

/// Rotation entries may be: those per rule, where the rotation is now per team.
fn no_seat_is_lost(report: &StateReport) {
    let mut lost = report.forgotten().iter();
    assert!(
        lost.all(|it| matches!(it, Forgotten::Rotation(_))),
        "{report:?}"
    );
}

fn change(dispatcher: &Dispatcher, policies: &[Policy], random: &mut Rng) {
    let member = MEMBERS[random.usize(0..5)];
    match random.usize(0..9) {
        0 => {
            let policy = &policies[random.usize(0..policies.len())];
            no_seat_is_lost(&dispatcher.replace_policy(policy).unwrap());
        }
        1 => {
            let presence = Presence::ALL[random.usize(0..3)];
            dispatcher.set_presence(member, presence).unwrap();
        }
        2 => {
            let (from, until) = ("2026-03-31".parse().unwrap(), "2026-04-01".parse().unwrap());
            let leave = Leave::days(from, until).unwrap();
            dispatcher
                .set_leave(member, random.bool().then_some(leave))
                .unwrap();
        }
        3 => dispatcher.set_scores([(member, random.f64())]).unwrap(),
        4 => dispatcher.pause_member(member).unwrap(),
        5 => dispatcher.resume_member(member).unwrap(),
        6 => {
            // A removed member keeps the leads, in the team, too, and has them when added again.
            let _ = dispatcher.add_member("east", "f");
        }
        7 => {
            let _ = dispatcher.remove_member("east", "f");
        }
        _ => {
            for member in &MEMBERS[..5] {
                no_seat_is_lost(&dispatcher.clear_member(member));
            }
        }
    }
}

/// Assigns leads and gives some of them back.
struct Worker {
    random: Rng,
    receipts: Vec<Receipt>,
}

impl Worker {
    fn new(seed: u64) -> Self {
        Self {
            random: Rng::with_seed(seed),
            receipts: Vec::new(),
        }
    }

    fn work(&mut self, dispatcher: &Dispatcher) {
        for number in 0..LEADS_A_ROUND {
            let random = &mut self.random;
            let to = ["east", "west", "twice", "d"][random.usize(0..4)];
            let now = at(NOON) + TimeDelta::seconds(random.i64(-60..60));
            let assignment = dispatcher.assign(&lead_to(number, to), now);
            self.receipts.push(assignment.receipt());
            if random.usize(0..3) > 0 {
                let which = random.usize(0..self.receipts.len());
                let receipt = self.receipts.swap_remove(which);
                let settled = match random.usize(0..3) {
                    0 => dispatcher.release(&receipt, Release::GiveTurnBack),
                    1 => dispatcher.release(&receipt, Release::KeepTurn),
                    _ => dispatcher.complete(&receipt),
                };
                // No seat is ever unknown: who was removed is remembered.
                settled.unwrap();
            }
        }
    }

    /// The number of open leads that everything not given back counts as.
    fn open(&self) -> u32 {
        let open = |receipt: &Receipt| {
            let seats = u32::try_from(receipt.seats().len()).unwrap();
            seats * receipt.units()
        };
        self.receipts.iter().map(open).sum()
    }
}

#[test]
fn no_limit_is_exceeded_and_no_lead_is_lost_under_changes() {
    let shared = json!({ "shared": "field" });
    let policies = [
        file(&json!("per_team"), "mon-fri 09:00-18:00"),
        file(&json!("per_rule"), "mon-fri 08:00-17:00"),
        file(&shared, "mon-fri 09:00-18:00"),
        file(&shared, "always"),
    ];
    let dispatcher = Dispatcher::new(&policies[0]).unwrap();
    let mut workers: [Worker; WORKERS] = [0, 1, 2, 3].map(Worker::new);
    let mut random = Rng::with_seed(99);
    for _ in 0..ROUNDS {
        let begin = Barrier::new(WORKERS + 1);
        std::thread::scope(|scope| {
            let (dispatcher, begin) = (&dispatcher, &begin);
            for worker in &mut workers {
                scope.spawn(move || {
                    begin.wait();
                    worker.work(dispatcher);
                });
            }
            begin.wait();
            for _ in 0..CHANGES_A_ROUND {
                change(dispatcher, &policies, &mut random);
                check(&dispatcher.state());
            }
        });
    }
    let state = dispatcher.state();
    check(&state);
    let counted: u32 = state.members().map(|(_, member)| member.open).sum();
    assert_eq!(counted, workers.iter().map(Worker::open).sum::<u32>());
}
