//! What the user asks for on the command line.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Parser;

const EXIT_STATUS: &str = "\
Exit status:
  0  all rows are in the result
  1  could not run: the policy, the mapping or a file is at fault
  2  wrong usage
  3  some rows were bad; each is told with its line, the others are in the result";

/// Assigns the leads of a CSV or JSON-lines file by a policy, writes who got which, and tells where
/// they went.
///
/// A JSON line is an object whose keys are the columns; the keys of an object `attributes` inside
/// count as columns, too, so that leads in the library's own form work as they are. Numbers and
/// flags are taken as the text that a CSV file would have.
#[derive(Debug, Parser)]
#[command(name = "assign", after_help = EXIT_STATUS)]
pub(crate) struct Arguments {
    /// The policy, a YAML or JSON file; the shipped sample if not given
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/policy.yaml")
    )]
    pub(crate) policy: PathBuf,

    /// The leads, a CSV file with a header or JSON lines, `-` for standard input; the shipped
    /// sample if not given
    #[arg(
        long,
        value_name = "FILE",
        hide_default_value = true,
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/leads.csv")
    )]
    pub(crate) leads: PathBuf,

    /// Where the assignments go, a CSV file
    #[arg(long, value_name = "FILE", default_value = "assignments.csv")]
    pub(crate) out: PathBuf,

    /// Which column feeds what, a JSON file
    ///
    /// Its `columns` name the parts of a lead: `id`, `account`, `region`, `industry`,
    /// `customer_size`, `product_line`, `lifecycle_stage`, `funnel_stage`, `received` (the moment
    /// of the assignment; rows should come in its order) and the policy's attributes. Each is a
    /// column's name, or an object with `column` (or a constant `value`) and, applied in this
    /// order: `pad` (zeros in front up to so many characters), `first` (only so many characters),
    /// `values` (other words, whatever the case and spaces), `if_blank` and `if_given` (a word for
    /// every blank, and for every other value); `date` tells the format of dates and moments
    /// (`%m/%d/%Y`), `split` what separates tags (`;` if not said). A part that is not mentioned is
    /// fed by the column of its name, if there is one. `joins` add the columns of further CSV files
    /// beside the leads: `{"file": "sellers.csv", "on": "seller_id"}`, with `key` where the column
    /// has another name there.
    #[arg(long, value_name = "FILE")]
    pub(crate) columns: Option<PathBuf>,

    /// The moment of the assignments, for leads that bring none as `received`
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
