//! The file of assignments.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use leadtree::dispatch::{Assignment, AssignmentOutcome, Seat};
use serde::Serialize;

use super::arguments::OutputFormat;

/// One line of a CSV file.
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
    /// When the owner is at work, if not now; or until when the lead waits.
    available_from: Option<String>,
    /// The members who support, as `team/member`, separated by `;`.
    support: String,
}

/// Writes assignments in the order of the leads.
pub(crate) enum AssignmentWriter {
    Csv(Box<csv::Writer<Box<dyn Write>>>),
    Jsonl(Box<dyn Write>),
}

impl AssignmentWriter {
    pub(crate) fn new(format: OutputFormat, writer: Box<dyn Write>) -> Self {
        match format {
            OutputFormat::Csv => Self::Csv(Box::new(csv::Writer::from_writer(writer))),
            OutputFormat::Jsonl => Self::Jsonl(writer),
        }
    }

    pub(crate) fn write(&mut self, assignment: &Assignment) -> io::Result<()> {
        match self {
            Self::Csv(writer) => Ok(writer.serialize(Line::of(assignment))?),
            Self::Jsonl(writer) => {
                serde_json::to_writer(&mut *writer, assignment)?;
                writer.write_all(b"\n")
            }
        }
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.flush(),
            Self::Jsonl(writer) => writer.flush(),
        }
    }
}

impl<'a> Line<'a> {
    fn of(assignment: &'a Assignment) -> Self {
        let owner = assignment.owner();
        let until = match assignment.outcome() {
            AssignmentOutcome::Waiting(until) => *until,
            _ => assignment.available_from(),
        };
        let support: Vec<_> = assignment.supporters().iter().map(seat).collect();
        Self {
            lead: assignment.lead().as_str(),
            outcome: outcome(assignment),
            rule: assignment.source().id().map(AsRef::as_ref),
            team: owner.and_then(Seat::team).map(AsRef::as_ref),
            member: owner.map(|seat| seat.member().as_str()),
            pool: assignment.pool().map(AsRef::as_ref),
            reason: assignment.reason_code(),
            available_from: until.map(moment),
            support: support.join(";"),
        }
    }
}

/// What came of a lead, in a word.
pub(crate) fn outcome(assignment: &Assignment) -> &'static str {
    match assignment.outcome() {
        AssignmentOutcome::Assigned => "assigned",
        AssignmentOutcome::Pooled(_) => "pooled",
        AssignmentOutcome::Waiting(_) => "waiting",
        _ => "unassigned",
    }
}

fn seat(seat: &Seat) -> String {
    match seat.team() {
        Some(team) => format!("{team}/{}", seat.member()),
        None => seat.member().to_string(),
    }
}

fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
