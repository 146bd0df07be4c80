//! What is told of tested examples.

use std::fmt::Write as _;

use leadtree::diagnostics::SourceText;
use leadtree::{Finding, Severity};
use serde::Serialize;

use super::file::ExampleFile;
use super::standing::Standing;
use crate::github;
use crate::terminal;
use crate::terminal::labels::{FAILED, PASSED};
use crate::terminal::tables::paragraph;
use crate::terminal::words::{counted, plain};

/// A tested file: its examples, and what failed of each.
pub(super) struct Tested {
    pub(super) file: ExampleFile,
    pub(super) failures: Vec<Vec<Finding>>,
}

/// How many examples came to what.
#[derive(Default)]
pub(super) struct Counts {
    passed: u64,
    failed: u64,
    mistakes: u64,
}

impl Counts {
    pub(super) fn of(tested: &[Tested]) -> Self {
        let mut counts = Self::default();
        for Tested { file, failures } in tested {
            let passed = failures.iter().filter(|it| it.is_empty()).count() as u64;
            counts.passed += passed;
            counts.failed += failures.len() as u64 - passed;
            let findings = file.findings.iter();
            let errors = findings.filter(|it| it.severity == Severity::Error);
            counts.mistakes += errors.count() as u64;
        }
        counts
    }

    /// Whether there is something to correct.
    pub(super) fn is_any_wrong(&self) -> bool {
        self.failed > 0 || self.mistakes > 0
    }
}

/// For people: mistakes below their lines, then each example and what failed of it.
pub(super) fn text(tested: &[Tested], counts: &Counts) -> String {
    let mut text = String::new();
    for Tested { file, failures } in tested {
        if !file.findings.is_empty() {
            let drawing = SourceText::new(&file.name, &file.text).drawing();
            let drawing = drawing.colored(true).width(terminal::width());
            text.push_str(&drawing.draw(&file.findings));
            text.push_str("\n\n");
        }
        for (standing, failures) in file.examples.iter().zip(failures) {
            // Writing to a `String` cannot fail.
            let name = named(standing, &file.name);
            if failures.is_empty() {
                let _ = writeln!(text, "{PASSED} {name}");
                continue;
            }
            let _ = writeln!(text, "{FAILED} {name}");
            for failure in failures {
                let told = plain(&in_file(&file.name, failure));
                let told = without_commands(&paragraph(&told, 7));
                let _ = writeln!(text, "{told}");
            }
        }
    }
    let passed = counted(counts.passed, "example", "examples");
    let _ = write!(text, "\n{passed} passed, {} failed", counts.failed);
    if counts.mistakes > 0 {
        let mistakes = counted(counts.mistakes, "mistake", "mistakes");
        let _ = write!(text, "; {mistakes} in examples, which were not tested");
    }
    text.push('\n');
    text
}

/// What the example shows, or where it stands.
fn named(standing: &Standing, file: &str) -> String {
    match standing.example.get_name() {
        Some(name) => plain(name),
        None => format!("{}, example {}", plain(file), standing.number),
    }
}

fn in_file(file: &str, finding: &Finding) -> String {
    let line = finding.location.as_ref();
    let line = line.map_or_else(String::new, |at| format!(":{}", at.line));
    format!("{file}{line}: {}", finding.message)
}

/// Lines that begin with two colons are commands for a workflow on GitHub.
fn without_commands(lines: &str) -> String {
    let safe = lines.lines().map(|line| {
        let is_command = line.trim_start().starts_with("::");
        if is_command {
            line.replacen("::", ": :", 1)
        } else {
            line.to_owned()
        }
    });
    safe.collect::<Vec<_>>().join("\n")
}

/// For a workflow on GitHub: annotations of the lines at fault.
pub(super) fn annotations(tested: &[Tested]) -> String {
    let commands = tested.iter().flat_map(|Tested { file, failures }| {
        let findings = file.findings.iter().chain(failures.iter().flatten());
        findings.map(|finding| github::command(&file.name, finding))
    });
    commands.collect()
}

#[derive(Serialize)]
struct Report<'t> {
    files: Vec<File<'t>>,
    passed: u64,
    failed: u64,
}

#[derive(Serialize)]
struct File<'t> {
    #[serde(rename = "file")]
    name: &'t str,
    examples: Vec<Example<'t>>,
    findings: Vec<&'t Finding>,
}

#[derive(Serialize)]
struct Example<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'t str>,
    place: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    passed: bool,
}

/// For programs: an object for each file.
pub(super) fn json(tested: &[Tested], counts: &Counts) -> serde_json::Result<String> {
    let files = tested.iter().map(|Tested { file, failures }| {
        let examples = file.examples.iter().zip(failures);
        let examples = examples.map(|(standing, failures)| Example {
            name: standing.example.get_name(),
            place: standing.place.as_str(),
            line: standing.line,
            passed: failures.is_empty(),
        });
        File {
            name: &file.name,
            examples: examples.collect(),
            findings: file
                .findings
                .iter()
                .chain(failures.iter().flatten())
                .collect(),
        }
    });
    let report = Report {
        files: files.collect(),
        passed: counts.passed,
        failed: counts.failed,
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}
