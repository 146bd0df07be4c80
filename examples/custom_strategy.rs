//! A custom strategy, registered under a name that policies can use.
//!
//! `cargo run --example custom_strategy`

use leadtree::prelude::*;
use leadtree::strategy::{Memory, NumberNames, check_conformance};

/// Gives nobody two leads in a row, whatever the weights.
#[derive(Debug)]
struct NeverTwice;

/// The one number that each member has: 1 for whoever got the last lead.
const LAST: usize = 0;

impl Strategy for NeverTwice {
    fn number_names(&self) -> NumberNames {
        NumberNames::new(&[], &["last"])
    }

    fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
        let candidates = turn.candidates();
        let numbers = memory.numbers_mut();
        let is_last = |position: usize| numbers.member(position, LAST) != 0;
        // The member who waited longest; the last one again only if there is nobody else.
        let others = candidates.iter().filter(|it| !is_last(it.position()));
        let chosen = others.min_by(|one, other| numbers.by_wait(one, other));
        let chosen = chosen.or_else(|| candidates.iter().next())?.position();
        for position in 0..candidates.roster().len() {
            numbers.set_member(position, LAST, i64::from(position == chosen));
        }
        Some(chosen)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Checks the contract of strategies; do this in a test.
    check_conformance(&NeverTwice)?;

    let mut registry = StrategyRegistry::new();
    registry.register("never_twice", |choice| {
        choice.allow_options(&[])?;
        Ok(Box::new(NeverTwice))
    });
    let policy = PolicyDraft::new()
        .team(
            Team::new("east")
                .strategy("never_twice")
                .members(["m-01", "m-02", "m-03"]),
        )
        .rule(Rule::new("everybody").assign_to("east"))
        .build()?;
    let dispatcher = Dispatcher::builder(&policy).registry(registry).build()?;

    for number in 1..=6 {
        let lead = Lead::builder(format!("L-{number}")).build();
        println!("{}", dispatcher.assign(&lead, chrono::DateTime::UNIX_EPOCH));
    }

    // A policy with an unregistered strategy is refused, with a did-you-mean.
    if let Err(error) = Dispatcher::new(&policy) {
        println!("\nwithout the registry: {error}");
    }
    Ok(())
}
