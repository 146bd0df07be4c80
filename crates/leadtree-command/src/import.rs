//! `leadtree import`: the rules of other systems become a policy.

use clap::Args;
use leadtree::diagnostics::SourceText;
use leadtree::dimension::TaxonomyDraft;
use leadtree::salesforce::Import;
use leadtree::strategy::StrategyRegistry;

use crate::error::CommandError;
use crate::files::{Force, Input, Output};
use crate::status::Status;
use crate::terminal;

/// Makes a policy of the rules of another system
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    #[command(subcommand)]
    system: System,
}

#[derive(Debug, clap::Subcommand)]
enum System {
    Salesforce(SalesforceArguments),
}

const EXAMPLE: &str = "\
Example:
  leadtree import salesforce Lead.assignmentRules-meta.xml --out policy.yaml";

/// Imports lead assignment rules of Salesforce, and tells what became of every entry
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
struct SalesforceArguments {
    /// The file: `Lead.assignmentRules` or `Lead.assignmentRules-meta.xml`
    rules: Input,

    /// The regions, a YAML or JSON file in the form of a policy's `regions`; without them country,
    /// state and city become texts
    #[arg(long, value_name = "FILE")]
    regions: Option<Input>,

    /// A further format of dates besides `2026-03-31`
    #[arg(long, value_name = "FORMAT", default_value = "%m/%d/%Y")]
    dates: String,

    /// The policy to write
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: Output,

    /// Writes the report to this file, as JSON, instead of telling it in words
    #[arg(long, value_name = "FILE")]
    report: Option<Output>,

    #[command(flatten)]
    force: Force,
}

pub(crate) fn run(arguments: &ImportArguments) -> Result<Status, CommandError> {
    let System::Salesforce(arguments) = &arguments.system;
    salesforce(arguments)
}

/// Reads the regions with the care of a policy.
fn taxonomy(name: &str, text: &str) -> Result<TaxonomyDraft, CommandError> {
    let source = SourceText::new(name, text);
    source.read().map_err(|findings| {
        let drawing = source.drawing().colored(true).width(terminal::width());
        let drawn = drawing.draw(&findings);
        CommandError::Unfit { drawn }
    })
}

fn salesforce(arguments: &SalesforceArguments) -> Result<Status, CommandError> {
    let SalesforceArguments {
        rules,
        regions,
        dates,
        out,
        report,
        force,
    } = arguments;
    let if_there = force.if_there();
    Input::refuse_two_standard(&[Some(rules), regions.as_ref()])?;
    let xml = rules.read_to_string()?;
    let mut import = Import::new().date_format(dates);
    if let Some(regions) = regions {
        let text = regions.read_to_string()?;
        import = import.regions(taxonomy(&regions.to_string(), &text)?);
    }
    let imported = import
        .read(&xml)
        .map_err(|error| CommandError::faulty(rules, error))?;
    let policy = imported
        .draft
        .build_with(&StrategyRegistry::new())
        .map_err(|error| CommandError::faulty(rules, error))?;
    let yaml = policy
        .to_yaml()
        .map_err(|error| CommandError::faulty(rules, error))?;
    let mut inputs = vec![rules];
    inputs.extend(regions);
    out.write(&inputs, if_there, &yaml)?;
    match report {
        Some(report) => {
            let json = serde_json::to_string_pretty(&imported.report)? + "\n";
            report.write(&inputs, if_there, &json)?;
        }
        None => anstream::eprint!("{}", imported.report),
    }
    Ok(Status::Fine)
}
