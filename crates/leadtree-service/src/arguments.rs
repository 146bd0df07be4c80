//! What the user asks for on the command line.

use std::path::PathBuf;

use clap::Parser;

/// Assigns leads over HTTP.
#[derive(Debug, Parser)]
#[command(name = "leadtree-service")]
pub(crate) struct Arguments {
    /// The policy to start with, a YAML or JSON file; the shipped sample if not given
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/policy.yaml")
    )]
    pub(crate) policy: PathBuf,

    /// Where the loads and turns are stored at the end, to go on from at the next start; without it
    /// they are forgotten
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,

    /// The address to listen at; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,

    /// How long requests under way may take when the service is told to stop
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) grace: u64,
}
