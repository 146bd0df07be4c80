//! The command `leadtree`, run from the command line.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

mod check;
mod columns;
mod explain;
mod files;
mod format;
mod help;
mod mistakes;
mod others;
mod sarif;
mod tested;
mod tested_tables;
mod workflow;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A small policy without findings.
const POLICY: &str = "\
regions: {paths: [cn/east, us]}
attributes: {plz: text}
pools: [later]
teams:
  - id: east
    members: [m-01, m-02]
  - id: abroad
    members: [m-03]
rules:
  - id: later
    when: customer_size < 10
    assign_to: {pool: later}
  - group: china
    when: region in cn
    rules:
      - id: big
        when: customer_size >= 1000
        assign_to: {team: east, member: m-02}
      - id: east
        when: region in cn/east
        assign_to: east
    otherwise: {assign_to: abroad}
  - id: abroad
    when: region in us
    assign_to: abroad
";

/// What a run told, and how it ended.
struct Told {
    status: i32,
    stdout: String,
    stderr: String,
}

/// An empty folder for one test, with the small policy in it.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("command")
        .join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("policy.yaml"), POLICY).unwrap();
    folder
}

/// Runs the command in a folder, in lines of 80 columns and without colours.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Told {
    run_with(folder, arguments, input, &[("COLUMNS", "80")])
}

fn run_with(folder: &Path, arguments: &[&str], input: &str, variables: &[(&str, &str)]) -> Told {
    let mut running = Command::new(env!("CARGO_BIN_EXE_leadtree"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = running.stdin.take().unwrap();
    // The command may end before it has read its input.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let Output {
        status,
        stdout,
        stderr,
    } = running.wait_with_output().unwrap();
    Told {
        status: status.code().unwrap(),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

impl Told {
    /// All that was told, for snapshots.
    fn all(&self) -> String {
        let mut text = format!("{}status {}", self.stdout, self.status);
        if !self.stderr.is_empty() {
            text.push_str("\nstandard error:\n");
            text.push_str(&self.stderr);
        }
        text
    }
}
