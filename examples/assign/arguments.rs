//! Command-line arguments.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Parser;

const EXIT_STATUS: &str = "\
Exit status:
  0  all rows are in the result
  1  could not run: the policy, the mapping or a file is at fault
  2  wrong usage
  3  some rows were bad; each is told with its line, the others are in the result";

/// Assigns the leads of a CSV or JSON-lines file by a policy, writes the assignments, and prints a
/// summary.
///
/// A JSON line is an object whose keys are the columns. The keys of an object `attributes` inside
/// it count as columns, too, so leads in the library's own form work unchanged. Numbers and flags
/// are treated like the text in a CSV file.
#[derive(Debug, Parser)]
#[command(name = "assign", after_help = EXIT_STATUS)]
pub(crate) struct Arguments {
    /// The policy, a YAML or JSON file; by default the sample policy
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/policy.yaml")
    )]
    pub(crate) policy: PathBuf,

    /// The leads, a CSV file with a header or JSON lines, `-` for standard input; by default the
    /// sample leads
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/leads.csv")
    )]
    pub(crate) leads: PathBuf,

    /// The CSV file to write the assignments to
    #[arg(long, value_name = "FILE", default_value = "assignments.csv")]
    pub(crate) out: PathBuf,

    /// The mapping of columns, a JSON file
    ///
    /// Its `columns` map the fields of a lead: `id`, `account`, `region`, `industry`,
    /// `customer_size`, `product_line`, `lifecycle_stage`, `funnel_stage`, `received` (the time of
    /// the assignment; rows should be in this order) and the policy's attributes. Each is the name
    /// of a column, or an object with `column` (or a constant `value`) and options, applied in this
    /// order: `pad` (zeros in front, up to this length), `first` (keep only this many characters),
    /// `values` (replacements, ignoring case and spaces), `if_blank` and `if_given` (a replacement
    /// for blanks, and for all other values). `date` is the format of dates and times (`%m/%d/%Y`),
    /// `split` the separator of tags (default `;`). A field without a mapping uses the column with
    /// its name, if there is one. `joins` add the columns of further CSV files in the same folder:
    /// `{"file": "sellers.csv", "on": "seller_id"}`, with `key` if the column has another name
    /// there.
    #[arg(long, value_name = "FILE")]
    pub(crate) columns: Option<PathBuf>,

    /// The time of the assignments, for leads without `received`
    #[arg(
        long,
        value_name = "MOMENT",
        default_value = "2026-03-02T09:00:00+08:00",
        value_parser = moment
    )]
    pub(crate) now: DateTime<Utc>,
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse()
        .map_err(|error| format!("{error}; write 2026-03-31T09:30:00+08:00"))
}
