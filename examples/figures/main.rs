//! Measures every engine on every shape and size in one run. The engines are interleaved, so that
//! noise affects all alike, and every answer is checked against the interpreter.
//!
//! `cargo run --release --all-features --example figures`; see `--help` for options.

mod bitmaps;
mod engine;
mod linear_scan;
mod probe;
mod rule_by_rule;
mod salesforce;
mod sets;
mod tree;

#[path = "../../benches/shapes/mod.rs"]
mod shapes;

use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};
use leadtree::policy::Policy;

use bitmaps::Bitmaps;
use engine::{Engine, Figure, median_times};
use linear_scan::LinearScan;
use probe::Probe;
use rule_by_rule::RuleByRule;
use sets::Set;
use shapes::{SIZES, Shape};
use tree::Tree;

/// Measures every engine on generated rule sets.
#[derive(Parser)]
struct Arguments {
    /// Shapes: territory, matrix, random, late, live, attributes, postal codes, sales; by default
    /// all.
    #[arg(long, value_delimiter = ',')]
    shapes: Vec<String>,
    /// Numbers of rules.
    #[arg(long, value_delimiter = ',', default_values_t = SIZES)]
    sizes: Vec<usize>,
    /// Engines: tree, batch, interpreter, scan, bitmaps, probe; by default all.
    #[arg(long, value_delimiter = ',')]
    engines: Vec<String>,
    /// How long each engine is measured on each set.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// How many leads are decided, repeatedly.
    #[arg(long, default_value_t = 4_096)]
    leads: usize,
    /// A file of Salesforce lead assignment rules to measure as well.
    #[arg(long)]
    salesforce: Option<PathBuf>,
    /// Also writes the figures as CSV.
    #[arg(long)]
    csv: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let is_asked =
        |list: &[String], name: &str| list.is_empty() || list.iter().any(|it| it == name);
    let limit = Duration::from_secs_f64(arguments.seconds);
    let mut figures = Vec::new();
    let mut add = |set: &Set| -> Result<(), Box<dyn Error>> {
        let asked = |engine: &str| is_asked(&arguments.engines, engine);
        figures.extend(measure(set, limit, asked)?);
        eprintln!("{} {}: done", set.name, set.rules);
        Ok(())
    };
    for shape in Shape::ALL {
        if is_asked(&arguments.shapes, shape.as_str()) {
            for &rules in &arguments.sizes {
                add(&Set::of_shape(shape, rules, arguments.leads))?;
            }
        }
    }
    if is_asked(&arguments.shapes, "attributes") {
        add(&Set::with_attributes(10_000, arguments.leads)?)?;
    }
    if is_asked(&arguments.shapes, "postal codes") {
        add(&Set::postal_codes(arguments.leads)?)?;
    }
    if is_asked(&arguments.shapes, "sales") {
        add(&Set::sales(arguments.leads)?)?;
    }
    if let Some(path) = &arguments.salesforce {
        add(&salesforce::set(path, arguments.leads)?)?;
    }
    println!("{}", table(&figures));
    if let Some(path) = arguments.csv {
        let mut writer = csv::Writer::from_path(path)?;
        for figure in &figures {
            writer.serialize(figure)?;
        }
        writer.flush()?;
    }
    let wrong: usize = figures.iter().map(|figure| figure.wrong).sum();
    if wrong > 0 {
        return Err(format!("{wrong} wrong answers").into());
    }
    Ok(())
}

/// Measures one rule set with every requested engine.
fn measure(
    set: &Set,
    limit: Duration,
    asked: impl Fn(&str) -> bool,
) -> Result<Vec<Figure>, Box<dyn Error>> {
    let Set {
        name,
        rules,
        policy,
        leads,
        ranges,
    } = set;
    let compiled = Tree::compile(policy)?;
    let mut engines: Vec<(Box<dyn Engine + '_>, f64)> = Vec::new();
    if asked("tree") {
        engines.push(timed(|| compiled.engine(leads)));
        if let Some((_, milliseconds)) = engines.last_mut() {
            *milliseconds = compiled.milliseconds;
        }
    }
    if asked("batch") {
        engines.push(timed(|| compiled.batch(leads)));
        if let Some((_, milliseconds)) = engines.last_mut() {
            *milliseconds = compiled.milliseconds;
        }
    }
    if asked("interpreter") {
        engines.push(timed(|| RuleByRule::engine(policy, leads)));
    }
    if let Some(ranges) = ranges {
        if asked("scan") {
            engines.push(timed(|| LinearScan::engine(ranges, leads)));
        }
        if asked("bitmaps") {
            engines.push(timed(|| Bitmaps::engine(ranges, leads)));
        }
        if asked("probe") {
            engines.push(timed(|| Probe::engine(*rules, leads)));
        }
    }
    let right = right_answers(policy, leads);
    let times = median_times(&mut engines, leads.len(), limit);
    let figures = engines
        .iter()
        .zip(times)
        .map(|((engine, compile_ms), ns_per_lead)| {
            let answers = engine.answers(leads.len());
            let checked = answers.len();
            let wrong = answers
                .iter()
                .zip(&right)
                .filter(|(answer, right)| answer != right)
                .count();
            Figure {
                shape: name,
                rules: *rules,
                engine: engine.name(),
                ns_per_lead,
                compile_ms: *compile_ms,
                bytes_per_rule: per_rule(engine.bytes(), *rules),
                checked,
                wrong,
            }
        });
    Ok(figures.collect())
}

fn timed<'a>(make: impl FnOnce() -> Box<dyn Engine + 'a>) -> (Box<dyn Engine + 'a>, f64) {
    let start = Instant::now();
    let engine = make();
    (engine, start.elapsed().as_secs_f64() * 1e3)
}

fn right_answers(policy: &Policy, leads: &[shapes::LeadCodes]) -> Vec<usize> {
    RuleByRule::engine(policy, leads).answers(leads.len())
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn per_rule(bytes: usize, rules: usize) -> f64 {
    bytes as f64 / rules.max(1) as f64
}

fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header([
        "shape",
        "rules",
        "engine",
        "ns a lead",
        "compile ms",
        "bytes a rule",
        "checked",
        "wrong",
    ]);
    for figure in figures {
        table.add_row([
            figure.shape.to_owned(),
            figure.rules.to_string(),
            figure.engine.to_owned(),
            format!("{:.1}", figure.ns_per_lead),
            format!("{:.1}", figure.compile_ms),
            format!("{:.0}", figure.bytes_per_rule),
            figure.checked.to_string(),
            figure.wrong.to_string(),
        ]);
    }
    for column in [1, 3, 4, 5, 6, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
