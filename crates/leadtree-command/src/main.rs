//! The command `leadtree`: for people who write policies.
//!
//! Each subcommand is a module; what several need stands in `files`, `leads` and `terminal`.

mod arguments;
mod assign;
mod check;
mod columns;
mod completions;
mod draw;
mod error;
mod examples;
mod explain;
mod files;
mod format;
mod github;
mod import;
mod leads;
mod moment;
mod new;
mod schema;
mod status;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Arguments, Subcommand};
use error::CommandError;
use status::Status;

fn main() -> ExitCode {
    let Arguments { color, subcommand } = Arguments::parse();
    color.choose();
    let status = match run(subcommand) {
        Ok(status) => status,
        Err(error) if error.is_broken_pipe() => Status::Fine,
        Err(error) => {
            error.print();
            error.status()
        }
    };
    status.into()
}

fn run(subcommand: Subcommand) -> Result<Status, CommandError> {
    match subcommand {
        Subcommand::Check(arguments) => check::run(&arguments),
        Subcommand::Format(arguments) => format::run(&arguments),
        Subcommand::Explain(arguments) => explain::run(&arguments),
        Subcommand::Test(arguments) => examples::run(&arguments),
        Subcommand::Assign(arguments) => assign::run(&arguments),
        Subcommand::Columns(arguments) => columns::run(&arguments),
        Subcommand::Draw(arguments) => draw::run(&arguments),
        Subcommand::New(arguments) => new::run(&arguments),
        Subcommand::Schema(arguments) => schema::run(&arguments),
        Subcommand::Import(arguments) => import::run(&arguments),
        Subcommand::Completions(arguments) => completions::run(&arguments, Arguments::command()),
    }
}
