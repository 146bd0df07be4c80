//! `leadtree columns`: proposes a mapping for a file of leads.

use clap::Args;
use leadtree_files::{Mapping, OpenError, Proposal};

use crate::error::CommandError;
use crate::files::{Force, Input, Output, PolicyFile, Sample};
use crate::status::Status;

const EXAMPLES: &str = "\
Examples:
  leadtree columns leads.csv --policy policy.yaml --out columns.yaml
      then edit columns.yaml, and use it:
  leadtree assign --policy policy.yaml --leads leads.csv --columns columns.yaml";

/// Proposes a mapping for a file of leads: which column is which field
///
/// Looks at the first 1,000 rows of a CSV or JSON file, and writes a mapping for `assign --columns`, as a
/// file to edit. Columns are found by their names, in English, German, French, Spanish, Portuguese and
/// Chinese, and by how many of their values the policy knows. Comments say how many that are and which
/// ones it does not know, what was not found, and which columns no field uses.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ColumnsArguments {
    /// The leads, a CSV file, perhaps with a title above its header, or JSON
    #[arg(value_name = "FILE")]
    leads: Input,

    /// The policy, a YAML or JSON file [default: the sample policy]
    #[arg(short, long, value_name = "FILE")]
    policy: Option<Input>,

    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: Output,

    #[command(flatten)]
    force: Force,

    /// The encoding of the leads, as web pages name it [default: recognised]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The separator of a CSV file, one character or `tab` [default: recognised]
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<String>,
}

pub(crate) fn run(arguments: &ColumnsArguments) -> Result<Status, CommandError> {
    let sample = Input::Sample(Sample::Policy);
    let policy_input = arguments.policy.as_ref().unwrap_or(&sample);
    let leads = &arguments.leads;
    Input::refuse_two_standard(&[Some(policy_input), Some(leads)])?;
    let policy = PolicyFile::policy(policy_input)?;
    let mut stated = Mapping::default();
    if let Some(encoding) = &arguments.encoding {
        stated = stated.encoding(encoding);
    }
    if let Some(separator) = &arguments.separator {
        stated = stated.separator(separator);
    }
    let proposed = Proposal::of(leads.open()?.reader, &stated, &policy);
    let proposal = proposed.map_err(|error| match error {
        OpenError::Io(error) => CommandError::file(leads, error),
        error => CommandError::faulty(leads, error),
    })?;
    let if_there = arguments.force.if_there();
    let inputs = [policy_input, leads];
    arguments
        .out
        .write(&inputs, if_there, &proposal.to_string())?;
    Ok(Status::Fine)
}
