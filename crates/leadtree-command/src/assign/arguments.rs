//! The arguments of `assign`.

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use crate::files::{Input, Output, state_path};
use crate::moment;

const EXAMPLES: &str = "\
Examples:
  leadtree assign
      the sample leads by the sample policy, into assignments.csv
  leadtree assign --policy policy.yaml --leads new.csv --state numbers.json
      goes on where the last run ended
  leadtree assign --policy policy.yaml --leads - --out - < new.jsonl

Exit status 1: some rows were left out; each is told with its line";

/// Assigns the leads of a file, and tells where they went
///
/// Assigns the leads of a CSV or JSON file by a policy, writes the assignments, and prints a summary.
/// Without arguments it uses the sample.
///
/// Encoding and separator of a CSV file are recognised, files packed by gzip are unpacked. JSON is
/// one object in each line, a list of objects, or objects one after the other; their keys are the
/// columns, and `properties.region` is a key inside another. The keys of an object `attributes`
/// count as columns, too, so leads in the library's own form work unchanged. Numbers have a decimal point;
/// flags are treated like the text in a CSV file.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AssignArguments {
    /// The policy, a YAML or JSON file [default: the sample policy]
    #[arg(short, long, value_name = "FILE", requires = "leads")]
    pub(crate) policy: Option<Input>,

    /// The leads, a CSV file with a header, or JSON [default: the sample leads]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) leads: Option<Input>,

    /// The file to write the assignments to, over those of an earlier run
    #[arg(short, long, value_name = "FILE", default_value = "assignments.csv")]
    pub(crate) out: Output,

    /// The form of the assignments [default: by the extension of --out]
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) format: Option<OutputFormat>,

    /// The mapping of columns, a YAML or JSON file
    ///
    /// Its `columns` map the fields of a lead: `id`, `account`, `region`, `industry`,
    /// `customer_size`, `product_line`, `lifecycle_stage`, `funnel_stage`, `received` (the time of
    /// the assignment) and the policy's attributes. Each is the name of a column, or a map with
    /// `column`, `first_of` (columns of which the first that is not blank counts), `path` (columns
    /// that are the steps of a path), `value` (a constant) or `row_number: true`, and options,
    /// applied in this order: `match` (a regular expression whose first group is kept), `pad` (zeros
    /// in front, up to this length), `first` (keep only this many characters), `values`
    /// (replacements, ignoring case and spaces), `if_blank` and `if_given` (a replacement for
    /// blanks, and for all other values). `date` is the format of dates and times (`%m/%d/%Y`), or a
    /// list of them; `split` the separator of tags (default `;`); `decimal` the mark of numbers. A
    /// field without a mapping uses the column with its name, if there is one. Beside `columns`
    /// stand `joins`, which add the columns of further CSV files in the same folder: `{file:
    /// sellers.csv, on: seller_id}`, with `key` if the column has another name there; `encoding`,
    /// `separator`, `header_line`, `decimal`, `two_digit_years` (the first of the hundred years that
    /// they mean) and `blanks` (words that stand for no value).
    #[arg(long, value_name = "FILE")]
    pub(crate) columns: Option<Input>,

    /// The encoding of the leads, as web pages name it [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,

    /// The separator of a CSV file, one character or `tab` [default: recognised]
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) separator: Option<String>,

    /// Takes the number of its line for the id of each lead
    #[arg(long)]
    pub(crate) number_rows: bool,

    /// What to do with a lead whose id came before; it is counted in any case
    #[arg(long, value_enum, value_name = "CHOICE", default_value = "assign")]
    pub(crate) repeated_ids: RepeatedIds,

    /// Assigns the leads in the order of their moments, not of the file
    #[arg(long)]
    pub(crate) sort: bool,

    /// Writes cells that a spreadsheet would take for a formula as texts, with an apostrophe in front
    #[arg(long)]
    pub(crate) for_spreadsheets: bool,

    /// The file that keeps turns and loads from run to run; made if it is not there
    ///
    /// One run, or a service, uses it at a time; the lock is FILE.lock beside it, which stays.
    #[arg(long, value_name = "FILE", value_parser = state_path())]
    pub(crate) state: Option<std::path::PathBuf>,

    /// The time of the assignments, for leads without `received` [default: now]
    #[arg(long, value_name = "MOMENT", value_parser = moment::parse)]
    pub(crate) now: Option<DateTime<Utc>>,
}

/// What to do with a lead whose id came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RepeatedIds {
    /// It is assigned again
    Assign,
    /// It is left out
    LeaveOut,
}

/// The form of the assignments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// A line for each lead, with a header
    Csv,
    /// JSON lines: everything that is known of an assignment
    Jsonl,
}
