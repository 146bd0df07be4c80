//! `leadtree check`: everything that is told of policies.

mod json;
mod sarif;

use std::io::Write as _;

use chrono::Utc;
use clap::{Args, ValueEnum};
use leadtree::Severity;
use leadtree::availability::Moment;
use leadtree::policy::Policy;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile, every};
use crate::github;
use crate::status::Status;
use crate::terminal::words::counted;

const AFTER_HELP: &str = "\
Codes such as `unknown-name` are explained in the library's guide, chapter
\"Findings\".

Exit status 1: there are errors, or with --strict warnings";

/// Finds the errors and likely mistakes of policies
///
/// Shows every error below its line, all at once, with what to do about it; if there is none, every
/// likely mistake. Strategies and their options are checked, and the rules are compiled.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CheckArguments {
    /// The policies, YAML or JSON files
    #[arg(required = true, value_name = "POLICY")]
    policies: Vec<Input>,

    /// The form of the findings
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Text)]
    format: Form,

    /// Likely mistakes count as errors
    #[arg(long)]
    strict: bool,

    /// The time at which rules whose period is over are told of, with an offset from UTC or in the policy's time
    /// zone: 2026-03-31T09:30, or 2026-03-31 for its midnight [default: now]
    #[arg(long, value_name = "MOMENT")]
    now: Option<Moment>,
}

/// The form of the findings.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// For people: below the lines of the file
    Text,
    /// For programs: an object for each file
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a workflow on GitHub
    Github,
}

pub(crate) fn run(arguments: &CheckArguments) -> Result<Status, CommandError> {
    let (files, unread) = every(&arguments.policies, |input| {
        let file = PolicyFile::read(input)?;
        let zone = file.valid().map(Policy::time_zone);
        let now = arguments
            .now
            .zip(zone)
            .map(|(moment, zone)| moment.at(zone));
        Ok(file.at(now.unwrap_or_else(Utc::now)))
    })?;
    if files.is_empty() {
        return Ok(unread);
    }
    let text = match arguments.format {
        Form::Text => drawn(&files),
        Form::Json => json::report(&files)?,
        Form::Sarif => sarif::report(&files)?,
        Form::Github => annotations(&files),
    };
    anstream::stdout().write_all(text.as_bytes())?;
    let has = |severity| files.iter().any(|file| file.count(severity) > 0);
    let is_faulty = has(Severity::Error) || (arguments.strict && has(Severity::Warning));
    Ok(Status::findings_if(is_faulty).max(unread))
}

fn annotations(files: &[PolicyFile]) -> String {
    let commands = files.iter().flat_map(|file| {
        let findings = file.findings.iter();
        findings.map(|finding| github::command(&file.name, finding))
    });
    commands.collect()
}

fn drawn(files: &[PolicyFile]) -> String {
    let mut text = String::new();
    for file in files {
        if !file.findings.is_empty() {
            text.push_str(&file.drawn());
            text.push_str("\n\n");
        }
        text.push_str(&file.summary());
        if let Some(policy) = file.valid() {
            text.push_str(&size(policy));
        }
        text.push('\n');
    }
    text
}

/// How much there is in a policy.
fn size(policy: &Policy) -> String {
    let rules = policy
        .grants()
        .filter(|grant| matches!(grant.source(), leadtree::policy::Source::Rule(_)));
    format!(
        "; {}, {}",
        counted(rules.count() as u64, "rule", "rules"),
        counted(policy.teams().len() as u64, "team", "teams")
    )
}
