//! Assigns the leads of a file by a policy: `cargo run --release --all-features --example assign`.
//!
//! Without arguments it uses the sample in `examples/data`; see `--help` for options.

mod arguments;
mod columns;
mod join;
mod lines;
mod mapping;
mod members;
mod output;
mod part;
mod reading;
mod report;
mod rows;
mod tables;
mod tally;
mod words;

use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use indicatif::ProgressBar;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::Policy;

use arguments::Arguments;
use columns::Columns;
use mapping::Mapping;
use output::Output;
use report::Report;
use rows::Rows;
use tally::Tally;

const SOME_ROWS_BAD: u8 = 3;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(SOME_ROWS_BAD),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the whole program; returns how many rows were faulty.
fn run(arguments: &Arguments) -> Result<u64, Box<dyn Error>> {
    let policy = read_policy(&arguments.policy).map_err(|error| at(&arguments.policy, &*error))?;
    let dispatcher = Dispatcher::new(&policy).map_err(|error| at(&arguments.policy, &error))?;
    let mapping = match &arguments.columns {
        Some(path) => Mapping::read(path).map_err(|error| at(path, &*error))?,
        None => Mapping::default(),
    };

    let leads = &arguments.leads;
    let started = Instant::now();
    let progress = ProgressBar::new_spinner();
    let mut rows = Rows::open(leads, &progress).map_err(|error| at(leads, &*error))?;
    let folder = leads.parent().unwrap_or(Path::new(""));
    let columns = Columns::bind(&mapping, &policy, rows.header(), folder)
        .map_err(|error| at(leads, &*error))?;
    refuse_to_overwrite(leads, &arguments.out)?;
    let mut output = Output::create(&arguments.out).map_err(|error| at(&arguments.out, &error))?;

    let mut tally = Tally::default();
    let mut bad_rows = 0;
    while let Some(numbered) = rows.advance().map_err(|error| at(leads, &*error))? {
        let arrival = match numbered.row.and_then(|row| columns.lead(row)) {
            Ok(arrival) => arrival,
            Err(fault) => {
                bad_rows += 1;
                progress.suspend(|| {
                    eprintln!(
                        "{}:{}: {fault}; row left out",
                        leads.display(),
                        numbered.line
                    );
                });
                continue;
            }
        };
        let before = Instant::now();
        let assignment =
            dispatcher.assign(&arrival.lead, arrival.received.unwrap_or(arguments.now));
        tally.assigning += before.elapsed();
        tally.count_joined(&arrival.joined);
        tally.count(&arrival.lead, &assignment, &policy);
        output
            .write(&assignment)
            .map_err(|error| at(&arguments.out, &error))?;
    }
    output
        .finish()
        .map_err(|error| at(&arguments.out, &*error))?;
    progress.finish_and_clear();

    let report = Report {
        policy: &policy,
        joins: &mapping.joins,
        tree: dispatcher.tree().stats(),
        tally: &tally,
        bad_rows,
        elapsed: started.elapsed(),
    };
    print(&report, &arguments.out)?;
    Ok(bad_rows)
}

/// A reader such as `head` may close the pipe early, which is not an error.
fn print(report: &Report<'_>, out: &Path) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = write!(stdout, "{report}")
        .and_then(|()| writeln!(stdout, "Who got which: {}", out.display()));
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn read_policy(path: &Path) -> Result<Policy, Box<dyn Error>> {
    Ok(Policy::from_yaml(&fs::read_to_string(path)?)?)
}

/// A typing error must not overwrite the leads.
fn refuse_to_overwrite(leads: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    match (leads.canonicalize(), out.canonicalize()) {
        (Ok(same), Ok(place)) if same == place => {
            Err(at(out, "is the file of leads; choose another --out"))
        }
        _ => Ok(()),
    }
}

/// Prefixes a message with its file.
fn at(path: &Path, message: &(impl Display + ?Sized)) -> Box<dyn Error> {
    format!("{}: {message}", path.display()).into()
}
