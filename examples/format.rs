//! Writes a policy in the form that people read and compare:
//! `cargo run --all-features --example format -- POLICY`.
//!
//! Takes YAML or JSON, from a file or `-` for standard input. Comments are not part of a policy.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Parser;
use leadtree::policy::Policy;

/// Writes a policy in the form that people read and compare.
#[derive(Parser)]
struct Arguments {
    /// The policy, YAML or JSON; `-` for standard input
    policy: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { policy } = Arguments::parse();
    let text = if policy.as_os_str() == "-" {
        io::read_to_string(io::stdin())?
    } else {
        fs::read_to_string(policy)?
    };
    let text = Policy::from_yaml(&text)?.to_yaml()?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
