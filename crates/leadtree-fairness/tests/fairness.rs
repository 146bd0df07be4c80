//! The program, run from the command line.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fairness(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_leadtree-fairness");
    Command::new(program).args(arguments).output().unwrap()
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The figures of a run: deviation, wait and burst by sequence and strategy.
fn figures(name: &str, leads: &str) -> HashMap<(String, String), (f64, usize, usize)> {
    let path = file(name);
    let output = fairness(&["--leads", leads, "--csv", path.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let columns = "sequence,strategy,members,picks,max_deviation,longest_wait,longest_burst";
    let header = reader.headers().unwrap().clone();
    assert_eq!(header.iter().collect::<Vec<_>>().join(","), columns);
    let rows = reader.deserialize().map(|row| {
        type Row = (String, String, usize, usize, f64, usize, usize);
        let (sequence, strategy, _, _, deviation, wait, burst): Row = row.unwrap();
        ((sequence, strategy), (deviation, wait, burst))
    });
    rows.collect()
}

/// Calculated by hand.
#[test]
fn figures_of_short_sequences() {
    let figures = figures("fairness.csv", "56");
    for (sequence, strategy, deviation, wait, burst) in [
        // a b c d: the fourth is 3/4 behind before, the first 3/4 ahead after.
        ("steady", "round_robin", 3.0 / 4.0, 3, 1),
        ("steady", "last-assigned pointer", 3.0 / 4.0, 3, 1),
        // a a b a c a a.
        ("5:1:1", "smooth weighted", 4.0 / 7.0, 6, 4),
        // 19 of 56 rather than 40.
        ("5:1:1", "last-assigned pointer", 21.0, 2, 1),
        // All 30 to the first, rather than 15.
        ("30 batches", "last-assigned pointer, anew", 15.0, 30, 30),
        ("30 batches", "smooth weighted, anew", 15.0, 30, 30),
        ("30 batches", "last-assigned pointer", 0.5, 1, 1),
        ("30 batches", "round_robin", 0.5, 1, 1),
        ("30 batches", "month's shortfall", 0.5, 1, 1),
    ] {
        let found = figures[&(sequence.to_owned(), strategy.to_owned())];
        let (found_deviation, found_wait, found_burst) = found;
        assert!(
            (found_deviation - deviation).abs() < 1e-9,
            "{sequence}, {strategy}: off by {found_deviation}, not {deviation}"
        );
        assert_eq!(
            (found_wait, found_burst),
            (wait, burst),
            "{sequence}, {strategy}"
        );
    }
}

/// After missing a quarter of the leads, a member is flooded only by the month's shortfall.
#[test]
fn floods_are_visible() {
    let figures = figures("fairness-floods.csv", "400");
    for sequence in ["leave", "newcomer"] {
        let figure = |strategy: &str| figures[&(sequence.to_owned(), strategy.to_owned())];
        let (deviation, _, burst) = figure("round_robin");
        assert!(deviation <= 2.0 && burst <= 2, "{sequence}: {deviation}");
        let (deviation, _, burst) = figure("month's shortfall");
        assert!(
            deviation > 10.0 && burst > 20,
            "{sequence}: {deviation}, {burst}"
        );
    }
}

#[test]
fn a_sequence_is_drawn() {
    let path = file("fairness.svg");
    let svg = path.to_str().unwrap();
    let output = fairness(&["--leads", "56", "--svg", svg, "--sequence", "newcomer"]);
    assert!(output.status.success(), "{output:?}");
    let drawing = fs::read_to_string(&path).unwrap();
    assert!(drawing.starts_with("<svg") && drawing.trim_end().ends_with("</svg>"));
    // A line for each of four members in each of six panels.
    let lines = drawing.matches("stroke-width=\"1\" points=").count();
    assert!(lines >= 24, "{lines} lines");
    for strategy in ["round_robin", "smooth weighted", "last-assigned pointer"] {
        assert!(drawing.contains(strategy), "{strategy}");
    }
    let output = fairness(&["--svg", svg, "--sequence", "unheard of"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("unheard of"));
}
