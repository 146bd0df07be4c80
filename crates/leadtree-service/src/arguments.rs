//! Command-line arguments.

use std::path::PathBuf;

use clap::Parser;

/// Assigns leads over HTTP.
#[derive(Debug, Parser)]
#[command(name = "leadtree-service")]
pub(crate) struct Arguments {
    /// The policy to start with, a YAML or JSON file; by default the sample policy
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/policy.yaml")
    )]
    pub(crate) policy: PathBuf,

    /// The file that stores loads and turns on shutdown, to resume from at the next start; without
    /// it they are lost
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,

    /// The address to listen on; port 0 picks any free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,

    /// How long pending requests may take when the service is stopped
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) grace: u64,
}
