//! Compares how fair the strategies of leadtree and counters of other systems are on the same
//! sequences of leads.
//!
//! `cargo run --release -p leadtree-fairness`; see `--help` for options. A lead counts as open for
//! the next 40 leads. Half a sequence is a month. In `30 batches` every lead is a batch of its own:
//! counters marked `anew` start over with each batch, as in a process or a script's variable; the
//! others store their state in between.

#![allow(
    clippy::expect_used,
    reason = "the sequences and names are the program's own"
)]

mod built_in;
mod contest;
mod counter;
mod drawing;
mod sequence;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};

use contest::{CONTESTANTS, Course, FORGETFUL, Figure, run};
use sequence::Sequence;

/// Compares the fairness of strategies and counters.
#[derive(Parser)]
struct Arguments {
    /// The number of leads in a sequence, except the one with 30 batches.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(8..=1_000_000))]
    leads: u32,
    /// Also writes the figures as CSV.
    #[arg(long)]
    csv: Option<PathBuf>,
    /// Also draws one sequence as SVG.
    #[arg(long)]
    svg: Option<PathBuf>,
    /// The sequence to draw: steady, leave, newcomer, 5:1:1, "2, 5 and 20", 50 members, 30 batches.
    #[arg(long, default_value = "leave")]
    sequence: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let sequences = Sequence::all(arguments.leads as usize);
    let mut figures = Vec::new();
    let mut drawn: Option<Vec<Course>> = None;
    for sequence in &sequences {
        let mut courses: Vec<Course> = CONTESTANTS.iter().map(|it| run(it, sequence)).collect();
        if sequence.steps.iter().all(|step| step.begins_batch) {
            courses.extend(FORGETFUL.iter().map(|it| run(it, sequence)));
        }
        if sequence.name == arguments.sequence {
            drawn = Some(courses);
            figures.extend(drawn.iter().flatten().map(|course| course.figure.clone()));
        } else {
            figures.extend(courses.into_iter().map(|course| course.figure));
        }
    }
    println!("{}", table(&figures));
    if let Some(path) = arguments.csv {
        let mut writer = csv::Writer::from_path(path)?;
        for figure in &figures {
            writer.serialize(figure)?;
        }
        writer.flush()?;
    }
    if let Some(path) = arguments.svg {
        let courses = drawn.ok_or_else(|| format!("no sequence `{}`", arguments.sequence))?;
        drawing::draw(&path, &courses)?;
    }
    Ok(())
}

fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header([
        "sequence", "strategy", "members", "leads", "off by", "wait", "burst",
    ]);
    for figure in figures {
        table.add_row([
            figure.sequence.to_owned(),
            figure.strategy.to_owned(),
            figure.members.to_string(),
            figure.picks.to_string(),
            format!("{:.2}", figure.max_deviation),
            figure.longest_wait.to_string(),
            figure.longest_burst.to_string(),
        ]);
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
