//! Imports a file of Salesforce lead assignment rules, and prints the policy and a report.
//!
//! ```sh
//! cargo run --all-features --example import_salesforce -- \
//!     examples/import_salesforce/Lead.assignmentRules-meta.xml
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use leadtree::dimension::TaxonomyDraft;
use leadtree::prelude::*;
use leadtree::salesforce::Import;

/// Imports Salesforce lead assignment rules. Writes the policy to standard output and the report to
/// standard error.
#[derive(Debug, Parser)]
#[command(name = "import_salesforce")]
struct Arguments {
    /// The file: `Lead.assignmentRules` or `Lead.assignmentRules-meta.xml`
    #[arg(value_name = "FILE")]
    rules: PathBuf,

    /// The regions, a JSON file in the form of a policy's `regions`; without them country, state
    /// and city become texts
    #[arg(long, value_name = "FILE")]
    regions: Option<PathBuf>,

    /// A further format of dates besides `2026-03-31`
    #[arg(long, value_name = "FORMAT", default_value = "%m/%d/%Y")]
    dates: String,

    /// Prints the report as JSON instead of the policy
    #[arg(long)]
    report: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let xml = fs::read_to_string(&arguments.rules)
        .map_err(|error| format!("{}: {error}", arguments.rules.display()))?;
    let mut import = Import::new().date_format(&arguments.dates);
    if let Some(regions) = &arguments.regions {
        import = import.regions(taxonomy(regions)?);
    }
    let imported = import.read(&xml)?;
    if arguments.report {
        println!("{}", serde_json::to_string_pretty(&imported.report)?);
        return Ok(());
    }
    println!("{}", serde_json::to_string_pretty(&imported.draft)?);
    eprint!("{}", imported.report);

    let policy = imported.draft.build()?;
    let tree = DecisionTree::compile(&policy)?;
    eprintln!("\n{}", tree.stats());
    Ok(())
}

fn taxonomy(file: &Path) -> Result<TaxonomyDraft, Box<dyn Error>> {
    let reader = BufReader::new(File::open(file)?);
    serde_json::from_reader(reader).map_err(|error| format!("{}: {error}", file.display()).into())
}
