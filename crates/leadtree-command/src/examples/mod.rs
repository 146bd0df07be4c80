//! `leadtree test`: examples of leads, and what must come of them.

mod coverage;
mod example;
mod expectation;
mod reading;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use indicatif::ProgressBar;
use leadtree::dispatch::{DispatchState, Dispatcher};
use leadtree::policy::Policy;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile};
use crate::leads::{LeadFile, Mapping};
use crate::moment;
use crate::status::Status;
use crate::terminal::labels::{FAILED, PASSED};
use crate::terminal::tables::paragraph;
use crate::terminal::words::counted;
use coverage::Coverage;
use example::Example;

const AFTER_HELP: &str = "\
Examples in YAML are a list:
  - name: big leads from Shanghai go to key accounts
    lead: {region: 上海, customer_size: 51-200}
    at: 2026-03-31T09:30:00+08:00
    expect: {rule: east, team: east, member: m-01, not_rule: [other]}
`expect` has at least one of `rule` (or the group of an `otherwise`), `not_rule`,
`team`, `member`, `pool` and `outcome` (assigned, pooled, waiting, unassigned).
Each example begins anew: nobody has had a lead.

A CSV file has a column for each field of a lead, and `name`, `at`, `rule`,
`not_rule` and so on; blank cells expect nothing.

Exit status 1: the policy has errors, or an example failed";

/// Tests a policy: examples of leads, and what must come of them
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct TestArguments {
    /// The policy, a YAML or JSON file
    policy: Input,

    /// The examples, YAML or CSV files [default: beside POLICY, with `.examples.yaml` or
    /// `.examples.csv` at the end]
    #[arg(value_name = "EXAMPLES")]
    examples: Vec<Input>,

    /// Also lists the rules and `otherwise` that no example reaches
    #[arg(long)]
    coverage: bool,

    /// The time of examples without `at` [default: now]
    #[arg(long, value_name = "MOMENT", value_parser = moment::parse)]
    now: Option<DateTime<Utc>>,
}

pub(crate) fn run(arguments: &TestArguments) -> Result<Status, CommandError> {
    let policy = PolicyFile::policy(&arguments.policy)?;
    let dispatcher =
        Dispatcher::new(&policy).map_err(|error| CommandError::faulty(&arguments.policy, error))?;
    let now = moment::or_now(arguments.now, false);
    let mut coverage = Coverage::default();
    let mut text = String::new();
    let (mut passed, mut failed) = (0, 0);
    for file in example_files(arguments)? {
        for example in reading::examples(&file)? {
            let answer = faults(&example, &dispatcher, &policy, now, &mut coverage);
            let faults = answer.map_err(|message| CommandError::faulty(&file, message))?;
            let name = &example.name;
            // Writing to a `String` cannot fail.
            if faults.is_empty() {
                passed += 1;
                let _ = writeln!(text, "{PASSED} {name}");
            } else {
                failed += 1;
                let _ = writeln!(text, "{FAILED} {name}");
                for fault in faults {
                    let _ = writeln!(text, "{}", paragraph(&fault, 7));
                }
            }
        }
    }
    let _ = writeln!(
        text,
        "\n{} passed, {failed} failed",
        counted(passed, "example", "examples")
    );
    if arguments.coverage {
        coverage.write(&policy, &mut text);
    }
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Status::findings_if(failed > 0))
}

/// The files given, or those beside the policy.
fn example_files(arguments: &TestArguments) -> Result<Vec<Input>, CommandError> {
    if !arguments.examples.is_empty() {
        return Ok(arguments.examples.clone());
    }
    let Some(policy) = arguments.policy.path() else {
        let message = "no examples; write their file after the policy";
        return Err(CommandError::Usage(message.to_owned()));
    };
    let beside: Vec<PathBuf> = ["examples.yaml", "examples.csv"]
        .into_iter()
        .map(|ending| policy.with_extension(ending))
        .collect();
    let found: Vec<_> = beside.iter().filter(|path| path.exists()).collect();
    if found.is_empty() {
        let names: Vec<_> = beside
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let message = format!(
            "no examples; write them into {}, or name their file after the policy",
            names.join(" or ")
        );
        return Err(CommandError::Usage(message));
    }
    Ok(found.into_iter().cloned().map(Input::File).collect())
}

/// What came of an example that was not expected, in words. An error if its lead cannot be read.
fn faults(
    example: &Example,
    dispatcher: &Dispatcher,
    policy: &Policy,
    now: DateTime<Utc>,
    coverage: &mut Coverage,
) -> Result<Vec<String>, String> {
    let named = |fault: String| format!("example `{}`: {fault}", example.name);
    let input = example
        .lead(policy)
        .map_err(|faults| named(faults.join("; ")))?;
    let mapping = Mapping::default();
    let file = LeadFile::open(&input, &mapping, policy, &ProgressBar::hidden());
    let mut file = file.map_err(|error| named(error.to_string()))?;
    let numbered = file.advance().map_err(|error| named(error.to_string()))?;
    let Some(numbered) = numbered else {
        return Err(named("no lead".to_owned()));
    };
    let arrival = numbered.lead.map_err(|fault| named(fault.to_string()))?;
    let now = example.at.or(arrival.received).unwrap_or(now);
    // Every example begins anew.
    let _ = dispatcher.restore(&DispatchState::default());
    let assignment = dispatcher.assign(&arrival.lead, now);
    coverage.reach(assignment.source());
    let tree = dispatcher.tree();
    let explanation = tree.explain(&arrival.lead, now);
    Ok(example.expect.faults(&assignment, &explanation, policy))
}
