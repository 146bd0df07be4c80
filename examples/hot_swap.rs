//! Replaces a policy while two threads assign leads: no lead is lost or counted twice, and members
//! who stay keep their load.
//!
//! `cargo run --release --example hot_swap`

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::DateTime;
use leadtree::prelude::*;

/// How long leads are assigned before and after the change.
const MOMENT: Duration = Duration::from_millis(100);

/// The policy before and after: a member leaves, one joins, and a rule is added.
fn policy(version: &str, members: [&str; 3], with_key_accounts: bool) -> PolicyDraft {
    let draft = PolicyDraft::new()
        .version(version)
        .team(Team::new("sales").members(members))
        .team(Team::new("key-accounts").member("m-09"));
    let draft = if with_key_accounts {
        let big = customer_size().at_least(1000);
        draft.rule(
            Rule::new("key-accounts")
                .when(big)
                .assign_to("key-accounts"),
        )
    } else {
        draft
    };
    draft.rule(Rule::new("everybody").assign_to("sales"))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let before = policy("1", ["m-01", "m-02", "m-03"], false).build()?;
    let after = policy("2", ["m-02", "m-03", "m-04"], true).build()?;
    let dispatcher = Dispatcher::new(&before)?;
    let stop = AtomicBool::new(false);

    let (counts, report) = std::thread::scope(|scope| {
        let assigning = [0_u32, 1].map(|thread| {
            let (dispatcher, stop) = (&dispatcher, &stop);
            scope.spawn(move || {
                let mut counts = [0_u64; 2];
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let lead = Lead::builder(format!("L-{thread}-{number}"))
                        .customer_size(number % 2_000)
                        .build();
                    let assignment = dispatcher.assign(&lead, DateTime::UNIX_EPOCH);
                    counts[usize::from(assignment.policy_version() == Some("2"))] += 1;
                }
                counts
            })
        });
        std::thread::sleep(MOMENT);
        let report = dispatcher.replace_policy(&after);
        std::thread::sleep(MOMENT);
        stop.store(true, Ordering::Relaxed);
        let counts = assigning.map(|thread| thread.join().unwrap_or_default());
        (counts, report)
    });
    let report = report?;

    let by_version =
        [0, 1].map(|version: usize| counts.iter().map(|each| each[version]).sum::<u64>());
    println!(
        "assigned by version 1: {}, by version 2: {}",
        by_version[0], by_version[1]
    );
    let mut accounted = 0;
    for (member, numbers) in dispatcher.state().members() {
        println!("  {member}: {} open leads", numbers.open);
        accounted += u64::from(numbers.open);
    }
    for forgotten in report.forgotten() {
        println!("  no longer there: {forgotten}");
        if let leadtree::dispatch::Forgotten::Member { open, .. } = forgotten {
            accounted += u64::from(*open);
        }
    }
    println!(
        "assigned {}, accounted for {accounted}",
        by_version[0] + by_version[1]
    );
    if accounted == by_version[0] + by_version[1] {
        Ok(())
    } else {
        Err("some lead was lost or counted twice".into())
    }
}
