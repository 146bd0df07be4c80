//! How fast the decision tree is on rules as sales organisations write them, beside engines written
//! by hand.
//!
//! `cargo run --release --example field_figures -- --shapes territory,lists --sizes 1000,10000`
//!
//! - `probe`: six look-ups that depend on each other, over tables of forty bytes a rule
//! - `bitmaps`: for each value the set of rules that take it, six sets intersected
//! - `tree`: [`DecisionTree::decide_profile`] from prepared profiles
//!
//! Times are nanoseconds a lead, medians of rounds in which the engines take turns, each over all
//! leads, and within a round of stretches of a thousand leads. Every answer of the tree is compared with the bitmaps; where rules ask for attributes,
//! which the bitmaps leave out, as many as there is time for with the interpreter.

#[path = "../benches/field_sets/mod.rs"]
mod field_sets;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use clap::{Parser, ValueEnum, builder::PossibleValue};
use comfy_table::{CellAlignment, Table, presets};
use field_sets::{Bitmaps, FieldSet, FieldShape, FloorProbe};
use leadtree::tree::{DecisionTree, Interpreter};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// So many rules the interpreter tries for one set, about.
const INTERPRETED: usize = 50_000_000;

/// So many leads are timed at once.
const STRETCH: usize = 1_000;

/// Rounds at the least, however long they take.
const ROUNDS: usize = 3;

const HEADER: [&str; 10] = [
    "shape",
    "rules",
    "probe ns",
    "bitmaps ns",
    "tree ns",
    "tree/bitmaps",
    "compile ms",
    "bytes/rule",
    "distinct rules",
    "checked",
];

/// Compares the decision tree with engines written by hand.
#[derive(Parser)]
struct Arguments {
    /// Which kinds of sets
    #[arg(long, value_delimiter = ',', default_values_t = FieldShape::ALL)]
    shapes: Vec<FieldShape>,
    /// How many rules
    #[arg(long, value_delimiter = ',', default_values_t = field_sets::SIZES)]
    sizes: Vec<usize>,
    /// How many leads
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..))]
    leads: u32,
    /// How long to measure each set
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Print comma-separated values
    #[arg(long)]
    csv: bool,
}

impl ValueEnum for FieldShape {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl std::fmt::Display for FieldShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut rows = Vec::new();
    for &shape in &arguments.shapes {
        for &rules in &arguments.sizes {
            eprintln!("{shape}, {rules} rules");
            rows.push(measure(shape, rules, &arguments)?);
        }
    }
    if arguments.csv {
        let mut csv = csv::Writer::from_writer(std::io::stdout());
        csv.write_record(HEADER)?;
        for row in rows {
            csv.write_record(row)?;
        }
        csv.flush()?;
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(HEADER);
    table.add_rows(rows);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}");
    Ok(())
}

fn measure(
    shape: FieldShape,
    rules: usize,
    arguments: &Arguments,
) -> Result<[String; 10], Box<dyn Error>> {
    let set = FieldSet::new(shape, rules);
    let policy = set.policy();
    let start = Instant::now();
    let tree = DecisionTree::compile(&policy)?;
    let compile = start.elapsed();

    let coded = shape.coded_leads(arguments.leads as usize);
    let codes: Vec<[u32; 6]> = coded.iter().map(|coded| coded.codes).collect();
    let profiles: Vec<_> = coded
        .iter()
        .map(|coded| tree.profile(&coded.lead))
        .collect();
    let decide = |profile| Some(tree.decide_profile(profile, NOW).ok()?.index());

    // Before the clock runs, every answer is checked.
    let mut hits = vec![false; rules + 1];
    let bitmaps =
        (!shape.has_attributes()).then(|| Bitmaps::new(&set.ranges(), field_sets::code_counts()));
    let interpreter = Interpreter::new(&policy);
    let mut checked = 0;
    for (index, (profile, coded)) in profiles.iter().zip(&coded).enumerate() {
        let answer = decide(profile);
        let right = match &bitmaps {
            Some(bitmaps) => bitmaps.first(&coded.codes),
            None if index * rules < INTERPRETED => {
                Some(interpreter.decide(&coded.lead, NOW).index())
            }
            None => continue,
        };
        if answer != right {
            let lead = &coded.lead;
            return Err(format!("{shape} {rules}: {answer:?}, not {right:?}: {lead:?}").into());
        }
        hits[right.unwrap_or(rules)] = true;
        checked += 1;
    }

    let probe = FloorProbe::new(rules);
    let (mut probes, mut maps, mut trees) = (Vec::new(), Vec::new(), Vec::new());
    let start = Instant::now();
    while trees.len() < ROUNDS || start.elapsed() < Duration::from_secs_f64(arguments.seconds) {
        probes.extend(nanoseconds(&codes, |codes| probe.probe(codes)));
        if let Some(bitmaps) = &bitmaps {
            maps.extend(nanoseconds(&codes, |codes| bitmaps.first(codes)));
        }
        trees.extend(nanoseconds(&profiles, decide));
    }
    let (probe, maps, trees) = (median(probes), median(maps), median(trees));
    let written = |number: Option<f64>, digits| {
        number.map_or("-".to_owned(), |number| format!("{number:.digits$}"))
    };
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let bytes = tree.stats().bytes as f64 / rules as f64;
    Ok([
        shape.to_string(),
        rules.to_string(),
        written(probe, 1),
        written(maps, 1),
        written(trees, 1),
        written(trees.zip(maps).map(|(tree, bitmaps)| tree / bitmaps), 2),
        written(Some(compile.as_secs_f64() * 1e3), 1),
        written(Some(bytes), 0),
        hits.iter().filter(|&&hit| hit).count().to_string(),
        checked.to_string(),
    ])
}

/// Nanoseconds that one of the questions takes: the median over stretches so short that few of them
/// are interrupted by other programs.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn nanoseconds<'q, Q, A>(questions: &'q [Q], answer: impl Fn(&'q Q) -> A) -> Option<f64> {
    let stretches = questions.chunks(STRETCH).map(|stretch| {
        let start = Instant::now();
        for question in stretch {
            black_box(answer(black_box(question)));
        }
        start.elapsed().as_secs_f64() * 1e9 / stretch.len() as f64
    });
    median(stretches.collect())
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_unstable_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
