//! `leadtree draw`: pictures of policies.

use clap::{Args, ValueEnum};
use leadtree::picture::Picture;

use crate::error::CommandError;
use crate::files::{Force, Input, Output, PolicyFile};
use crate::status::Status;

const EXAMPLES: &str = "\
Examples:
  leadtree draw policy.yaml | dot -Tsvg > policy.svg
  leadtree draw policy.yaml --format mermaid --out policy.mmd";

/// Draws the rules of a policy, or its decision tree
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DrawArguments {
    /// The policy, a YAML or JSON file
    policy: Input,

    /// The language of the picture
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = Language::Dot)]
    format: Language,

    /// The decision tree instead of the rules
    #[arg(long)]
    tree: bool,

    /// The maximum number of rules, or of questions in the tree, to draw [default: 200 rules, 40
    /// questions]
    #[arg(long, value_name = "NUMBER")]
    most: Option<usize>,

    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: Output,

    #[command(flatten)]
    force: Force,
}

/// The language of a picture.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// For Graphviz: `dot -Tsvg`
    Dot,
    /// For sites that render Mermaid
    Mermaid,
}

pub(crate) fn run(arguments: &DrawArguments) -> Result<Status, CommandError> {
    let policy = PolicyFile::policy(&arguments.policy)?;
    let picture = if arguments.tree {
        Picture::of_tree(&policy).map_err(|error| CommandError::faulty(&arguments.policy, error))?
    } else {
        Picture::of_rules(&policy)
    };
    let picture = match arguments.most {
        Some(most) => picture.at_most(most),
        None => picture,
    };
    let text = match arguments.format {
        Language::Dot => picture.to_dot(),
        Language::Mermaid => picture.to_mermaid(),
    };
    let if_there = arguments.force.if_there();
    arguments.out.write(&[&arguments.policy], if_there, &text)?;
    Ok(Status::Fine)
}
