//! Findings as JSON.

use leadtree::Finding;
use serde::Serialize;

use crate::files::PolicyFile;

#[derive(Serialize)]
struct Report<'f> {
    files: Vec<File<'f>>,
}

#[derive(Serialize)]
struct File<'f> {
    file: &'f str,
    findings: &'f [Finding],
}

pub(super) fn report(files: &[PolicyFile]) -> serde_json::Result<String> {
    let files = files.iter().map(|file| File {
        file: &file.name,
        findings: &file.findings,
    });
    let report = Report {
        files: files.collect(),
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}
