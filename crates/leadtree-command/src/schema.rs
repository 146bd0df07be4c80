//! `leadtree schema`: the JSON Schema of policy files.

use clap::Args;
use leadtree::policy::Policy;

use crate::error::CommandError;
use crate::files::{Force, Output};
use crate::status::Status;

const AFTER_HELP: &str = "\
Editors with a YAML language server use it if the policy begins with
  # yaml-language-server: $schema=policy.schema.json";

/// Writes the JSON Schema of policy files, for editors
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct SchemaArguments {
    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: Output,

    #[command(flatten)]
    force: Force,
}

pub(crate) fn run(arguments: &SchemaArguments) -> Result<Status, CommandError> {
    let schema = serde_json::to_string_pretty(&Policy::schema())? + "\n";
    arguments
        .out
        .write(&[], arguments.force.if_there(), &schema)?;
    Ok(Status::Fine)
}
