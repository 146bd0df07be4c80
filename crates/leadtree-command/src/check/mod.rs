//! `leadtree check`: everything that is told of policies.

mod json;
mod sarif;

use std::io::Write as _;

use clap::{Args, ValueEnum};
use leadtree::Severity;
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
    let (files, unread) = every(&arguments.policies, PolicyFile::read)?;
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
