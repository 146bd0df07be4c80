//! `leadtree assign`, run from the command line.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

mod files;
mod intake;
mod real_data;
mod report;
mod sample;

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_leadtree");

type Row = HashMap<String, String>;

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/data")
        .join(file)
}

/// An empty folder for one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn assign(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut running = Command::new(PROGRAM)
        .current_dir(folder)
        .arg("assign")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = running.stdin.take().unwrap();
    // The input may be refused before it is read.
    let _ = stdin.write_all(input);
    drop(stdin);
    running.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// Lead and rule of each line of the output.
fn result(folder: &Path) -> Vec<(String, String)> {
    rows(&folder.join("assignments.csv"))
        .into_iter()
        .map(|mut row| {
            let rule = row.remove("rule").unwrap();
            (row.remove("lead").unwrap(), rule)
        })
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|&(lead, rule)| (lead.to_owned(), rule.to_owned()))
        .collect()
}
