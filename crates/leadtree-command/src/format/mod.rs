//! `leadtree format`: policies in their canonical form.

use std::fs;
use std::io::Write as _;

use clap::Args;
use leadtree::diagnostics::SourceText;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile, every};
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
    let (changed, failed) = every(&arguments.policies, |input| format(input, arguments))?;
    let is_changed = changed.contains(&true);
    Ok(Status::findings_if(arguments.check && is_changed).max(failed))
}

/// Returns whether the file is not in the canonical form.
fn format(input: &Input, arguments: &FormatArguments) -> Result<bool, CommandError> {
    // The canonical form is YAML.
    if arguments.write && input.extension() == "json" {
        let message =
            "it is JSON, and the canonical form is YAML; write that to another file, with `>`";
        return Err(CommandError::faulty(input, message));
    }
    let file = PolicyFile::read(input)?;
    let (name, text) = (file.name.clone(), file.text.clone());
    let policy = file.into_policy()?;
    let source = SourceText::new(&name, &text);
    let formatted = source
        .formatted(&policy)
        .map_err(|error| CommandError::faulty(input, error))?;
    let is_changed = formatted != text;
    match input.path() {
        _ if arguments.check => {
            if is_changed {
                anstream::println!("{input}: not formatted");
            }
        }
        Some(path) if arguments.write => {
            if is_changed {
                fs::write(path, formatted).map_err(|error| CommandError::file(input, error))?;
                anstream::println!("{input}: formatted");
            }
        }
        _ => std::io::stdout().write_all(formatted.as_bytes())?,
    }
    Ok(is_changed)
}
