//! The CSV file of assignments.

use std::error::Error;
use std::fs::File;
use std::path::Path;

use leadtree::dispatch::{Assignment, AssignmentOutcome};
use serde::Serialize;

/// One line of the file.
#[derive(Serialize)]
struct Line<'a> {
    lead: &'a str,
    outcome: &'static str,
    /// The rule, or the group whose `otherwise` applied; blank for the policy's own.
    rule: Option<&'a str>,
    team: Option<&'a str>,
    member: Option<&'a str>,
    pool: Option<&'a str>,
    reason: Option<&'a str>,
    /// The supporting teams, separated by `;`.
    support: String,
}

/// Writes a line for each assignment, in the order of the leads.
pub(crate) struct Output(csv::Writer<File>);

impl Output {
    pub(crate) fn create(path: &Path) -> Result<Self, csv::Error> {
        csv::Writer::from_path(path).map(Self)
    }

    pub(crate) fn write(&mut self, assignment: &Assignment) -> Result<(), csv::Error> {
        let (outcome, pool) = match assignment.outcome() {
            AssignmentOutcome::Assigned => ("assigned", None),
            AssignmentOutcome::Pooled(pool) => ("pooled", Some(pool.as_str())),
            _ => ("unassigned", None),
        };
        let owner = assignment.owner();
        let support: Vec<_> = assignment
            .support()
            .iter()
            .map(|support| support.team().as_str())
            .collect();
        self.0.serialize(Line {
            lead: assignment.lead().as_str(),
            outcome,
            rule: assignment.source().id().map(AsRef::as_ref),
            team: owner.and_then(|seat| seat.team()).map(AsRef::as_ref),
            member: owner.map(|seat| seat.member().as_str()),
            pool,
            reason: assignment.reason_code(),
            support: support.join(";"),
        })
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(mut self) -> Result<(), Box<dyn Error>> {
        Ok(self.0.flush()?)
    }
}
