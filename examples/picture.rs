//! Draws a policy: `cargo run --all-features --example picture -- POLICY --format dot`.
//!
//! The picture of the sample policy is made with (`dot` is part of Graphviz, Debian's package
//! `graphviz`):
//!
//! ```text
//! cargo run --all-features --example picture -- examples/data/policy.yaml | dot -Tsvg > examples/data/policy.svg
//! ```

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use leadtree::picture::Picture;
use leadtree::policy::Policy;

/// Draws the rules of a policy, or its decision tree.
#[derive(Parser)]
struct Arguments {
    /// The policy, YAML or JSON
    policy: PathBuf,

    /// For Graphviz (`dot -Tsvg`) or for Mermaid
    #[arg(long, value_enum, default_value_t = Format::Dot)]
    format: Format,

    /// The decision tree instead of the rules
    #[arg(long)]
    tree: bool,

    /// The maximum number of rules, or of questions in the tree, to draw
    #[arg(long, value_name = "NUMBER")]
    most: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Dot,
    Mermaid,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let policy = Policy::from_yaml(&fs::read_to_string(arguments.policy)?)?;
    let picture = if arguments.tree {
        Picture::of_tree(&policy)?
    } else {
        Picture::of_rules(&policy)
    };
    let picture = match arguments.most {
        Some(most) => picture.at_most(most),
        None => picture,
    };
    let text = match arguments.format {
        Format::Dot => picture.to_dot(),
        Format::Mermaid => picture.to_mermaid(),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
