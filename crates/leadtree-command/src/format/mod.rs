//! `leadtree format`: policies in their canonical form.

use std::fs;
use std::io::Write as _;

use clap::Args;
use leadtree::diagnostics::SourceText;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile};
use crate::status::Status;

const AFTER_HELP: &str = "\
Exit status 1: the policy has errors, or with --check a file would change";

/// Writes policies in their canonical form
///
/// Fields in a fixed order, defaults left out, conditions as text, a blank line between rules; so two
/// files differ in the lines in which the policies do. Comments stay where they are.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct FormatArguments {
    /// The policies, YAML or JSON files
    #[arg(required = true, value_name = "POLICY")]
    policies: Vec<Input>,

    /// Writes the files back, and tells which ones changed
    #[arg(short, long, conflicts_with = "check")]
    write: bool,

    /// Writes nothing, and tells which files would change
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &FormatArguments) -> Result<Status, CommandError> {
    let mut changed = 0;
    // The canonical form is YAML.
    let json = arguments
        .policies
        .iter()
        .find(|input| input.extension() == "json");
    if let Some(json) = json.filter(|_| arguments.write) {
        let message =
            "it is JSON, and the canonical form is YAML; write that to another file, with `>`";
        return Err(CommandError::faulty(json, message));
    }
    for input in &arguments.policies {
        let file = PolicyFile::read(input)?;
        let (name, text) = (file.name.clone(), file.text.clone());
        let policy = file.into_policy()?;
        let source = SourceText::new(&name, &text);
        let formatted = source
            .formatted(&policy)
            .map_err(|error| CommandError::faulty(input, error))?;
        if !arguments.check && !arguments.write {
            std::io::stdout().write_all(formatted.as_bytes())?;
            continue;
        }
        if formatted == text {
            continue;
        }
        changed += 1;
        match input.path() {
            Some(path) if arguments.write => {
                fs::write(path, formatted).map_err(|error| CommandError::file(input, error))?;
                anstream::println!("{input}: formatted");
            }
            None if arguments.write => std::io::stdout().write_all(formatted.as_bytes())?,
            _ => anstream::println!("{input}: not formatted"),
        }
    }
    Ok(Status::findings_if(arguments.check && changed > 0))
}
