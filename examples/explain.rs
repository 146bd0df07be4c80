//! Why a lead went where it went, and why not elsewhere, by the sample policy.
//!
//! `cargo run --example explain`, or with a lead and rules of your own:
//! `cargo run --example explain -- '{"id": "L-1", "region": "上海"}' RULE...`

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use clap::Parser;
use leadtree::RuleId;
use leadtree::policy::Source;
use leadtree::prelude::*;

const SAMPLE: &str = r#"{
    "id": "L-1", "region": " 上海 ", "industry": "Automotive", "customer_size": "51-200",
    "product_line": "crm", "funnel_stage": "Proposal", "attributes": { "source": "Web" }
}"#;

/// Why a lead went where it went.
#[derive(Parser)]
struct Arguments {
    /// The lead as JSON.
    #[arg(default_value = SAMPLE, hide_default_value = true)]
    lead: String,
    /// Rules to ask about; without any, all that stand before the one that applied.
    rules: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/policy.json");
    let file = BufReader::new(File::open(path)?);
    let policy = Policy::load(&mut serde_json::Deserializer::from_reader(file))?;
    let tree = DecisionTree::compile(&policy)?;
    let lead: Lead<'_> = serde_json::from_str(&arguments.lead)?;

    let explanation = tree.explain(&lead, chrono::DateTime::UNIX_EPOCH);
    println!("{explanation}");

    let asked: Vec<RuleId> = if arguments.rules.is_empty() {
        let before = policy.grants().take(explanation.decision().index());
        let rules = before.filter_map(|grant| match grant.source() {
            Source::Rule(rule) => Some(rule.clone()),
            _ => None,
        });
        rules.collect()
    } else {
        arguments.rules.into_iter().map(RuleId::from).collect()
    };
    println!("why not elsewhere");
    for rule in &asked {
        match explanation.why_not(rule) {
            Some(answer) => println!("  {answer}"),
            None => println!("  the policy has no rule `{rule}`"),
        }
    }
    Ok(())
}
