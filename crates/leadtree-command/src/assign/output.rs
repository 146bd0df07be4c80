//! The file of assignments.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use leadtree::dispatch::{Assignment, AssignmentOutcome, Seat};
use serde::Serialize;

use super::arguments::OutputFormat;

/// One line of a CSV file.
#[derive(Serialize)]
struct Line<'a> {
    lead: Cow<'a, str>,
    outcome: &'static str,
    /// The rule, or the group whose `otherwise` applied; blank for the policy's own.
    rule: Option<Cow<'a, str>>,
    team: Option<Cow<'a, str>>,
    member: Option<Cow<'a, str>>,
    pool: Option<Cow<'a, str>>,
    reason: Option<&'a str>,
    /// When the owner is at work, if not now; or until when the lead waits.
    available_from: Option<String>,
    /// The members who support, as `team/member`, separated by `;`.
    support: Cow<'a, str>,
}

/// Writes assignments in the order of the leads.
pub(crate) enum AssignmentWriter {
    Csv {
        writer: Box<csv::Writer<Box<dyn Write>>>,
        /// Whether cells must not be taken for formulas.
        is_safe: bool,
    },
    Jsonl(Box<dyn Write>),
}

impl AssignmentWriter {
    /// `is_safe` keeps spreadsheets from taking the cells of a CSV file for formulas.
    pub(crate) fn new(format: OutputFormat, writer: Box<dyn Write>, is_safe: bool) -> Self {
        match format {
            OutputFormat::Csv => Self::Csv {
                writer: Box::new(
                    csv::WriterBuilder::new()
                        .quote_style(if is_safe {
                            csv::QuoteStyle::Always
                        } else {
                            csv::QuoteStyle::Necessary
                        })
                        .from_writer(writer),
                ),
                is_safe,
            },
            OutputFormat::Jsonl => Self::Jsonl(writer),
        }
    }

    pub(crate) fn write(&mut self, assignment: &Assignment) -> io::Result<()> {
        match self {
            Self::Csv { writer, is_safe } => {
                let mut line = Line::of(assignment);
                if *is_safe {
                    line.make_safe();
                }
                Ok(writer.serialize(line)?)
            }
            Self::Jsonl(writer) => {
                serde_json::to_writer(&mut *writer, assignment)?;
                writer.write_all(b"\n")
            }
        }
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Csv { writer, .. } => writer.flush(),
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
            lead: assignment.lead().as_str().into(),
            outcome: outcome(assignment),
            rule: assignment.source().id().map(|id| id.as_str().into()),
            team: owner.and_then(Seat::team).map(|id| id.as_str().into()),
            member: owner.map(|seat| seat.member().as_str().into()),
            pool: assignment.pool().map(|id| id.as_str().into()),
            reason: assignment.reason_code(),
            available_from: until.map(moment),
            support: support.join(";").into(),
        }
    }
}

impl Line<'_> {
    /// Puts an apostrophe before texts that a spreadsheet would take for formulas.
    fn make_safe(&mut self) {
        let ids = [
            &mut self.rule,
            &mut self.team,
            &mut self.member,
            &mut self.pool,
        ];
        let ids = ids.into_iter().flatten();
        for text in ids.chain([&mut self.lead, &mut self.support]) {
            if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
                text.to_mut().insert(0, '\'');
            }
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
