//! Every reader keeps its promises for any bytes: seeds and mutations of them.
//!
//! The environment variable `LEADTREE_CASES` multiplies the usual number of mutations.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

#[path = "../random/cases.rs"]
mod cases;
mod mutation;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use allocation_counter::measure;
use mutation::{Seeds, folder};
use targets::{Target, Verdict};

const MUTATIONS: u64 = 2_000;

/// Limits on the memory that reading and checking allocate: at any one time, and in total, which also
/// bounds the time.
const MOST_AT_ONCE: u64 = 64 << 20;
const MOST_IN_ALL: u64 = 1 << 30;

/// One test for each target.
macro_rules! targets {
    ($($target:ident),* $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($target)),*];

        $(
            #[test]
            fn $target() {
                run(stringify!($target), targets::$target);
            }
        )*
    };
}

targets![
    calendar_json,
    condition_json,
    condition_text,
    dispatch_state,
    lead_json,
    policy_json,
    policy_parts,
    policy_yaml,
    receipt_json,
    salesforce_xml,
    working_hours,
];

/// A target is given up after this many failures.
const MOST_FAILURES: usize = 10;

fn run(name: &str, target: Target) {
    let seeds = Seeds::of(name);
    let mut failures = 0;
    for seed in seeds.iter() {
        match bounded(target, &seed.data, &seed.name) {
            Some(Verdict::Refused) if seed.name.starts_with("bad") => {}
            Some(Verdict::Read) if !seed.name.starts_with("bad") => {}
            Some(verdict) => panic!("{} is {verdict:?}", seed.name),
            None => failures += 1,
        }
    }
    let mutations = cases::cases(MUTATIONS);
    let mut read = 0;
    for number in 0..mutations {
        match bounded(
            target,
            &seeds.mutation(number),
            &format!("mutation {number}"),
        ) {
            Some(Verdict::Read) => read += 1,
            Some(Verdict::Refused) => {}
            None => failures += 1,
        }
        if failures == MOST_FAILURES {
            break;
        }
    }
    assert_eq!(
        failures, 0,
        "inputs that fail stand above; each makes a seed"
    );
    println!("{name}: {read} of {mutations} mutations were read");
    // If no mutation is read, nothing after reading is tested.
    assert!(read > mutations / 50, "{read} of {mutations} were read");
}

/// The target's verdict on the bytes; `None` if it panicked, after printing them.
fn bounded(target: Target, data: &[u8], what: &str) -> Option<Verdict> {
    let mut verdict = None;
    let run = AssertUnwindSafe(|| {
        let taken = measure(|| verdict = Some(target(data)));
        assert!(
            taken.bytes_max <= MOST_AT_ONCE && taken.bytes_total <= MOST_IN_ALL,
            "it takes {taken:?}"
        );
    });
    if catch_unwind(run).is_err() {
        println!("{what}: b\"{}\"\n", data.escape_ascii());
        return None;
    }
    verdict
}

/// Every target has seeds, and a program for cargo-fuzz.
#[test]
fn targets_are_complete() {
    let names = |folder: &Path| {
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let mut names: Vec<String> = files
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&folder("")), NAMES);
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    // The published package does not contain it.
    if programs.exists() {
        assert_eq!(names(&programs), NAMES);
    }
}
