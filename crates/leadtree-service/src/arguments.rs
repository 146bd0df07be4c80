//! Command-line arguments.

use std::path::PathBuf;

use clap::Parser;
use clap::builder::RangedU64ValueParser;

use super::authentication::TOKEN_VARIABLE;

/// Assigns leads over HTTP.
#[derive(Debug, Parser)]
#[command(name = "leadtree-service", after_help = environment())]
pub(crate) struct Arguments {
    /// The policy to start with, a YAML or JSON file; by default the sample policy
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/policy.yaml")
    )]
    pub(crate) policy: PathBuf,

    /// The file that stores loads and turns, to resume from at the next start; without it they are
    /// lost. One instance, or run of `leadtree assign`, uses it at a time
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,

    /// How often changes are stored, besides at the end
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = seconds())]
    pub(crate) store_every: u64,

    /// The address to listen on; port 0 picks any free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,

    /// How long a client may take from connecting, or from the last answer, until the headers of its
    /// request have arrived
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = seconds())]
    pub(crate) header_timeout: u64,

    /// How long the body of a request may take to arrive
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = seconds())]
    pub(crate) body_timeout: u64,

    /// How long a client may take to receive an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = seconds())]
    pub(crate) answer_timeout: u64,

    /// The most connections at once; further clients wait until one ends
    #[arg(long, value_name = "NUMBER", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) max_connections: u32,

    /// How long pending requests may take when the service is stopped
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = seconds())]
    pub(crate) grace: u64,
}

/// From a second up to a year: no clock overflows.
fn seconds() -> RangedU64ValueParser {
    clap::value_parser!(u64).range(1..=31_536_000)
}

fn environment() -> String {
    format!(
        "Environment:\n  {TOKEN_VARIABLE}  The token that clients must send as `authorization: Bearer …`;\n\
         {:18}without it, everybody who reaches the address may do everything",
        ""
    )
}
