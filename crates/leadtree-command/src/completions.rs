//! `leadtree completions`: completions for shells.

use std::io::Write as _;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::error::CommandError;
use crate::status::Status;

const AFTER_HELP: &str = "\
For bash:
  leadtree completions bash > ~/.local/share/bash-completion/completions/leadtree";

/// Writes completions for a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// `command` is the whole command line.
pub(crate) fn run(
    arguments: &CompletionsArguments,
    mut command: Command,
) -> Result<Status, CommandError> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "leadtree", &mut text);
    std::io::stdout().write_all(&text)?;
    Ok(Status::Fine)
}
