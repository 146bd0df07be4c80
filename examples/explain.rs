//! Explains a decision: why a lead got its rule, and why not another.
//!
//! `cargo run --features yaml --example explain`; for leads and policies of your own there is
//! `leadtree explain`.

use std::error::Error;

use chrono::{DateTime, Utc};
use leadtree::prelude::*;

const POLICY: &str = "
regions: {tree: {cn: {east: [shanghai]}}, aliases: {cn/east/shanghai: [上海]}}
teams:
  - {id: key-accounts, members: [m-01]}
  - {id: east, members: [m-02]}
rules:
  - id: big
    when: region in cn/east and customer_size >= 1000
    assign_to: key-accounts
  - id: east
    when: region in cn/east
    assign_to: east
";

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::from_yaml(POLICY)?;
    let tree = DecisionTree::compile(&policy)?;
    let lead = Lead::builder("L-1")
        .region("上海")
        .customer_size("51-200")
        .build();
    let now: DateTime<Utc> = "2026-03-16T09:00:00Z".parse()?;

    let explanation = tree.explain(&lead, now);
    println!("{explanation}");
    // A rule that the policy does not have has no answer.
    for rule in ["big", "east"] {
        if let Some(answer) = explanation.why_not(rule) {
            println!("{answer}");
        }
    }
    Ok(())
}
