//! Explains a decision of the sample policy: why a lead got its rule, and why not another.
//!
//! `cargo run --all-features --example explain`, or with your own lead and rules:
//! `cargo run --all-features --example explain -- '{"id": "L-1", "region": "上海"}' RULE...`

use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use chrono::{DateTime, Utc};
use clap::Parser;
use leadtree::RuleId;
use leadtree::explain::{Explanation, WhyNot};
use leadtree::policy::Source;
use leadtree::prelude::*;

/// A lead as a web form may send it: aliases, a range of head counts, and unlisted values.
const SAMPLE: &str = r#"{
    "id": "L-1", "region": " 上海市 ", "industry": "Semiconductor", "customer_size": "51-200",
    "product_line": "digital twin", "lifecycle_stage": "MQL", "funnel_stage": "Quote sent",
    "attributes": { "source": "Demo request", "annual_revenue": "26m", "requested_on": "2026-03-13" }
}"#;

/// The most lines about rules that were not requested.
const MOST_LINES: usize = 15;

/// Explains why a lead got its rule.
#[derive(Parser)]
struct Arguments {
    /// The lead as JSON; a made-up one by default
    #[arg(default_value = SAMPLE, hide_default_value = true)]
    lead: String,

    /// Rules to explain; by default those before the one that applied
    rules: Vec<RuleId>,

    /// The time of the decision
    #[arg(
        long,
        value_name = "MOMENT",
        default_value = "2026-03-16T09:00:00Z",
        value_parser = moment
    )]
    now: DateTime<Utc>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/policy.yaml");
    let policy = Policy::from_yaml(&fs::read_to_string(path)?)?;
    let tree = DecisionTree::compile(&policy)?;
    let lead: Lead<'_> = serde_json::from_str(&arguments.lead)?;

    let explanation = tree.explain(&lead, arguments.now);
    let mut text = format!("at {}\n{explanation}\n", arguments.now);
    if arguments.rules.is_empty() {
        rules_before(&policy, &explanation, &mut text)?;
    } else {
        writeln!(text, "requested rules")?;
        for rule in &arguments.rules {
            answer(&explanation, rule, &mut text)?;
        }
    }
    match io::stdout().write_all(text.as_bytes()) {
        // A reader such as `head` may close the pipe early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Explains why none of the earlier rules applied.
fn rules_before(
    policy: &Policy,
    explanation: &Explanation<'_>,
    text: &mut String,
) -> Result<(), Box<dyn Error>> {
    let before = policy.grants().take(explanation.decision().index());
    let before: Vec<_> = before
        .filter_map(|grant| match grant.source() {
            Source::Rule(rule) => Some(rule),
            _ => None,
        })
        .collect();
    if before.is_empty() {
        return Ok(writeln!(text, "no rule comes before it")?);
    }
    let count = before.len();
    writeln!(
        text,
        "why none of the {count} earlier rules applies, in order"
    )?;
    let lines = shared_lines(explanation, before);
    for line in lines.iter().take(MOST_LINES) {
        writeln!(text, "  {line}")?;
    }
    let others = lines.iter().skip(MOST_LINES).flat_map(|line| &line.rules);
    let others: Vec<_> = others.map(|rule| rule.as_str()).collect();
    if !others.is_empty() {
        let (count, names) = (others.len(), others.join(", "));
        writeln!(text, "  and {count} more, which can be requested: {names}")?;
    }
    Ok(())
}

/// A line of the list: one rule, or all rules excluded by a test of their group.
struct Line<'a> {
    rules: Vec<&'a RuleId>,
    answer: WhyNot,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.answer, self.rules.len()) {
            (_, 1) => write!(f, "{}", self.answer),
            (WhyNot::Test { group, failed, .. }, count) => {
                let group = group.as_ref().map_or("", RuleId::as_str);
                write!(f, "none of {count} rules of group `{group}` applies: ")?;
                write!(f, "{failed} does not hold")
            }
            (answer, _) => write!(f, "{answer}"),
        }
    }
}

fn shared_lines<'a>(explanation: &Explanation<'_>, rules: Vec<&'a RuleId>) -> Vec<Line<'a>> {
    let group = |answer: &WhyNot| match answer {
        WhyNot::Test { group, .. } => group.clone(),
        _ => None,
    };
    let mut lines: Vec<Line<'_>> = Vec::new();
    for rule in rules {
        let Some(answer) = explanation.why_not(rule) else {
            continue;
        };
        let its_group = group(&answer);
        match lines.last_mut() {
            Some(line) if its_group.is_some() && group(&line.answer) == its_group => {
                line.rules.push(rule);
            }
            _ => lines.push(Line {
                rules: vec![rule],
                answer,
            }),
        }
    }
    lines
}

fn answer(explanation: &Explanation<'_>, rule: &RuleId, text: &mut String) -> fmt::Result {
    match explanation.why_not(rule) {
        Some(answer) => writeln!(text, "  {answer}"),
        None => writeln!(text, "  the policy has no rule `{rule}`"),
    }
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse()
        .map_err(|error| format!("{error}; write 2026-03-31T09:30:00+08:00"))
}
