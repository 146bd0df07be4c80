//! The sample leads are made by the example `make_leads`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_sample_is_reproducible() {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().unwrap().parent().unwrap().join("examples");
    let program = folder.join(format!("make_leads{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "build it first: cargo build --examples");
    let made = Command::new(program).output().unwrap();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/leads.csv");
    assert!(made.stdout == fs::read(kept).unwrap());
}
