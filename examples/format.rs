//! Formats a policy file: `cargo run --all-features --example format -- POLICY`.
//!
//! Reads YAML or JSON from a file, or from standard input with `-`. Comments are lost.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Parser;
use leadtree::policy::Policy;

/// Formats a policy file.
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
