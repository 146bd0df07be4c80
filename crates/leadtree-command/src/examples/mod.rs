//! `leadtree test`: examples of leads, and what must come of them.

mod beside;
mod coverage;
mod reading;

use std::fmt::Write as _;
use std::io::Write as _;

use chrono::{DateTime, Utc};
use clap::Args;
use leadtree::Finding;
use leadtree::diagnostics::SourceText;
use leadtree::dispatch::PlanError;
use leadtree::example::Example;
use leadtree::example_check::ExampleCheck;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile, Sample};
use crate::moment;
use crate::status::Status;
use crate::terminal::labels::{FAILED, PASSED};
use crate::terminal::tables::paragraph;
use crate::terminal::words::counted;
use coverage::Coverage;

const AFTER_HELP: &str = "\
Examples are a list, in the policy as its section `examples`, or in a file of their own:
  - name: big leads from Shanghai go to key accounts
    lead: {region: 上海, customer_size: 51-200}
    at: 2026-03-31T09:30:00+08:00
    expect: {rule: east, team: east, member: m-01, not_rule: [other]}
`expect` has at least one of `rule` (or the group of an `otherwise`), `not_rule`,
`team`, `member`, `pool`, `outcome` (assigned, pooled, waiting, unassigned) and `unlisted`
(fields of the lead with values that the policy does not list).
Each example begins anew: nobody has had a lead.

A CSV file has a column for each field of a lead, and `name`, `at`, `rule`,
`not_rule` and so on; blank cells expect nothing.

Exit status 1: the policy has errors, or an example failed";

/// Tests a policy: examples of leads, and what must come of them
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct TestArguments {
    /// The policy, a YAML or JSON file [default: the sample policy]
    policy: Option<Input>,

    /// Files with more examples than those in the policy, YAML or CSV [default: beside POLICY, with
    /// `.examples.yaml` or `.examples.csv` at the end]
    #[arg(value_name = "EXAMPLES")]
    examples: Vec<Input>,

    /// Also lists the rules, groups and `otherwise` that no example reaches
    #[arg(long)]
    coverage: bool,

    /// The time of examples without `at` [default: now]
    #[arg(long, value_name = "MOMENT", value_parser = moment::parse)]
    now: Option<DateTime<Utc>>,
}

/// What was told so far.
#[derive(Default)]
struct Report {
    text: String,
    passed: u64,
    failed: u64,
    coverage: Coverage,
}

pub(crate) fn run(arguments: &TestArguments) -> Result<Status, CommandError> {
    let sample = Input::Sample(Sample::Policy);
    let input = arguments.policy.as_ref().unwrap_or(&sample);
    let files = beside::files(input, &arguments.examples);
    let file = PolicyFile::read(input)?;
    let (name, text) = (file.name.clone(), file.text.clone());
    let policy = file.into_policy()?;
    if files.is_empty() && policy.examples().is_empty() {
        return Err(CommandError::Usage(beside::none(input)));
    }
    let check = ExampleCheck::new(&policy).map_err(|error| CommandError::faulty(&name, error))?;
    let now = moment::or_now(arguments.now, arguments.policy.is_none());

    let mut report = Report::default();
    let answers = check.answers(now).map_err(|error| not_answered(&error))?;
    let failures: Vec<_> = answers
        .iter()
        .flat_map(|it| &it.failures)
        .cloned()
        .collect();
    let findings = SourceText::new(&name, &text).failed_examples(&failures);
    let mut told = findings.iter().map(|finding| in_file(&name, finding));
    for (index, (example, answer)) in policy.examples().iter().zip(&answers).enumerate() {
        let failures: Vec<_> = told.by_ref().take(answer.failures.len()).collect();
        report.coverage.reach(answer.assignment.source());
        report.add(&named(example, &name, index), &failures);
    }
    for file in &files {
        let examples = reading::examples(file, &policy)?;
        if examples.is_empty() {
            return Err(CommandError::faulty(file, "no examples in this file"));
        }
        let mistakes = beside::mistakes(&examples, &policy);
        for (index, (example, mistakes)) in examples.iter().zip(mistakes).enumerate() {
            let answer = check
                .run(example, now)
                .map_err(|error| not_answered(&error))?;
            let mut failures = mistakes;
            if failures.is_empty() {
                report.coverage.reach(answer.assignment.source());
                failures.extend(answer.failures.iter().map(|it| it.fault.to_string()));
            }
            report.add(&named(example, &file.to_string(), index), &failures);
        }
    }
    report.end();
    if arguments.coverage {
        report.coverage.write(&policy, &mut report.text);
    }
    anstream::stdout().write_all(report.text.as_bytes())?;
    Ok(Status::findings_if(report.failed > 0))
}

impl Report {
    /// Tells of an example what failed.
    fn add(&mut self, name: &str, failures: &[String]) {
        // Writing to a `String` cannot fail.
        if failures.is_empty() {
            self.passed += 1;
            let _ = writeln!(self.text, "{PASSED} {name}");
            return;
        }
        self.failed += 1;
        let _ = writeln!(self.text, "{FAILED} {name}");
        for failure in failures {
            let _ = writeln!(self.text, "{}", paragraph(failure, 7));
        }
    }

    fn end(&mut self) {
        let passed = counted(self.passed, "example", "examples");
        let _ = writeln!(self.text, "\n{passed} passed, {} failed", self.failed);
    }
}

fn not_answered(error: &PlanError) -> CommandError {
    CommandError::Usage(error.to_string())
}

/// What the example shows, or where it stands.
fn named(example: &Example, file: &str, index: usize) -> String {
    match example.get_name() {
        Some(name) => name.to_owned(),
        None => format!("{file}, example {}", index + 1),
    }
}

/// What is told of an example in the policy, with its line.
fn in_file(file: &str, finding: &Finding) -> String {
    let line = finding.location.as_ref();
    let line = line.map_or_else(String::new, |at| format!(":{}", at.line));
    format!("{file}{line}: {}", finding.message)
}
