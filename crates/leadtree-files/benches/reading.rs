//! What leads from a CSV file cost, compared with the csv crate alone, on the sample's leads repeated to
//! 20 MB in memory:
//!
//! - `records`: the csv crate reads every record, and nothing is made of it: the minimum for any reader;
//! - `rows`: [`LeadFile`] reads the same records below a header of which it uses the id only: the encoding and
//!   every quotation mark are checked, and lines are counted;
//! - `leads`: [`LeadFile`] makes every record a lead of the sample policy.
//!
//! Then all are measured in turn, and the medians of the ratios are printed.

#![allow(clippy::expect_used, reason = "the sample is sound")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use csv::ByteRecord;
use leadtree::policy::Policy;
use leadtree_files::{LeadFile, Mapping};

const LEADS: &str = include_str!("../../../examples/data/leads.csv");
const POLICY: &str = include_str!("../../../examples/data/policy.yaml");

/// The size of the file, in bytes.
const SIZE: usize = 20_000_000;

/// How often all are measured in turn.
const ROUNDS: usize = 15;

/// The sample's leads, repeated below one header, and with a header of which only the id is known.
fn files() -> [Arc<[u8]>; 2] {
    let (header, rows) = LEADS.split_once('\n').expect("a header");
    let strange = header.replace(',', ",x ");
    [file(header, rows), file(&strange, rows)]
}

fn file(header: &str, rows: &str) -> Arc<[u8]> {
    let rows = rows.repeat(SIZE / rows.len() + 1);
    format!("{header}\n{rows}").into_bytes().into()
}

/// How many records there are.
fn records(file: &[u8]) -> u64 {
    let mut reader = csv::Reader::from_reader(file);
    let mut record = ByteRecord::new();
    let mut count = 0;
    while reader.read_byte_record(&mut record).expect("a record") {
        count += 1;
        black_box(&record);
    }
    count
}

/// How many leads there are; a row that is left out is none.
fn leads(file: &Arc<[u8]>, policy: &Policy) -> u64 {
    let input = Box::new(std::io::Cursor::new(Arc::clone(file)));
    let folder = Path::new("");
    let opened = LeadFile::open(input, &Mapping::default(), policy, folder);
    let mut leads = opened.expect("the sample fits");
    let mut count = 0;
    while let Some(numbered) = leads.advance().expect("in memory") {
        let lead = numbered.lead.expect("every lead of the sample is sound");
        count += 1;
        black_box(&lead);
    }
    count
}

fn reading(criterion: &mut Criterion) {
    let [file, strange] = files();
    let policy = Policy::from_yaml(POLICY).expect("the sample is sound");
    let count = records(&file);
    assert_eq!(leads(&strange, &policy), count);
    assert_eq!(leads(&file, &policy), count);
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Elements(count));
    group.warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(3));
    group.sample_size(10);
    group.bench_function("records", |bencher| bencher.iter(|| records(&file)));
    group.bench_function("rows", |bencher| bencher.iter(|| leads(&strange, &policy)));
    group.bench_function("leads", |bencher| bencher.iter(|| leads(&file, &policy)));
    group.finish();
    in_turn(&file, &strange, &policy, count);
}

/// Prints the rates of all, and how much of the first the others are.
#[allow(clippy::cast_precision_loss, reason = "far below 2^52 records")]
fn in_turn(file: &Arc<[u8]>, strange: &Arc<[u8]>, policy: &Policy, count: u64) {
    let rate = |work: &dyn Fn() -> u64| {
        let begin = Instant::now();
        black_box(work());
        count as f64 / begin.elapsed().as_secs_f64()
    };
    let rounds = (0..ROUNDS).map(|_| {
        let records = rate(&|| records(file));
        let rows = rate(&|| leads(strange, policy));
        let leads = rate(&|| leads(file, policy));
        (records, rows, leads)
    });
    let rounds: Vec<(f64, f64, f64)> = rounds.collect();
    let median = |of: &dyn Fn(&(f64, f64, f64)) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(ROUNDS / 2).copied().unwrap_or_default()
    };
    println!(
        "in millions a second: records {:.2}, rows {:.2}, leads {:.2}; of the records' rate: rows {:.0} %, leads {:.0} %",
        median(&|(records, _, _)| *records) / 1e6,
        median(&|(_, rows, _)| *rows) / 1e6,
        median(&|(_, _, leads)| *leads) / 1e6,
        median(&|(records, rows, _)| rows / records) * 100.0,
        median(&|(records, _, leads)| leads / records) * 100.0
    );
}

criterion_group!(benches, reading);
criterion_main!(benches);
