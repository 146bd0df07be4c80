//! A custom strategy, registered under a name that policies can use.
//!
//! `cargo run --example custom_strategy`

use leadtree::prelude::*;
use leadtree::strategy::{Candidate, StrategyState, check_conformance};

/// Gives nobody two leads in a row, whatever the weights.
#[derive(Debug, Default)]
struct NeverTwice {
    last: Option<leadtree::MemberId>,
}

impl Strategy for NeverTwice {
    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        let candidates = turn.candidates();
        let others = candidates
            .iter()
            .filter(|one| Some(one.member()) != self.last.as_ref());
        // The member who waited longest; the last one again only if there is nobody else.
        let chosen = others
            .min_by(Candidate::by_wait)
            .or_else(|| candidates.iter().next())?;
        self.last = Some(chosen.member().clone());
        Some(chosen.position())
    }

    fn save(&self) -> StrategyState {
        let mut state = StrategyState::default();
        if let Some(member) = &self.last {
            let numbers = [("last".to_owned(), 1)].into_iter().collect();
            state.members.insert(member.clone(), numbers);
        }
        state
    }

    fn restore(&mut self, state: &StrategyState) {
        self.last = state.members.keys().next().cloned();
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Checks the contract of strategies; do this in a test.
    check_conformance(|| Box::<NeverTwice>::default())?;

    let mut registry = StrategyRegistry::new();
    registry.register("never_twice", |choice| {
        choice.allow_options(&[])?;
        Ok(Box::<NeverTwice>::default())
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
