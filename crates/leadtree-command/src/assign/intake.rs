//! The rows of the file: which of them are leads to assign.

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use leadtree_files::{Arrival, NumberedLead};

use super::in_order::TimedLead;
use super::seen_ids::SeenIds;
use crate::error::CommandError;
use crate::leads::LeadInput;
use crate::terminal::words::plain;

/// How many rows that are left out are told one by one.
const MOST_TOLD: u64 = 1_000;

/// The rows of the file: which of them are leads to assign.
pub(super) struct Intake<'p> {
    pub(super) name: String,
    /// Whether leads are left out whose id came before.
    pub(super) leaves_repeated_out: bool,
    pub(super) progress: &'p ProgressBar,
    pub(super) counts: RowCounts,
    pub(super) seen: SeenIds,
    /// A lead that is said to come in later has a wrong moment.
    pub(super) latest: DateTime<Utc>,
}

/// What became of the rows of the file.
#[derive(Debug, Default)]
pub(super) struct RowCounts {
    /// Rows that are no lead.
    pub(super) bad: u64,
    /// Leads whose id came before.
    pub(super) repeated: u64,
    /// Those of them that are left out.
    pub(super) left_out: u64,
    /// For each joined file, how many leads have a row in it.
    pub(super) joined: Vec<u64>,
}

impl Intake<'_> {
    /// The lead of a row, if it is to be assigned. A row that is no lead is told.
    pub(super) fn lead<'r>(&mut self, numbered: NumberedLead<'r>) -> Option<Arrival<'r>> {
        let arrival = match numbered.lead {
            Ok(arrival) => arrival,
            Err(fault) => {
                self.leave_out(numbered.line, &fault.to_string());
                return None;
            }
        };
        if let Some(moment) = arrival.received.filter(|moment| *moment > self.latest) {
            let told = format!(
                "`received` is {}, which is still to come; a later day would close those of all other leads",
                moment.format("%Y-%m-%d")
            );
            self.leave_out(numbered.line, &told);
            return None;
        }
        if !self.seen.insert(arrival.lead.id()) {
            self.counts.repeated += 1;
            if self.leaves_repeated_out {
                self.counts.left_out += 1;
                return None;
            }
        }
        self.counts.joined.resize(arrival.joined.len(), 0);
        for (count, found) in self.counts.joined.iter_mut().zip(&arrival.joined) {
            *count += u64::from(*found);
        }
        Some(arrival)
    }

    /// Tells of a row that is left out; of very many, that there are more.
    fn leave_out(&mut self, line: u64, told: &str) {
        self.counts.bad += 1;
        let (name, count) = (&self.name, self.counts.bad);
        let told = plain(told);
        self.progress.suspend(|| match count {
            ..=MOST_TOLD => anstream::eprintln!("{name}:{line}: {told}; row left out"),
            _ if count == MOST_TOLD + 1 => {
                anstream::eprintln!("further rows left out are only counted");
            }
            _ => {}
        });
    }

    /// The next lead of the file, to be kept.
    pub(super) fn next_owned(
        &mut self,
        input: &mut LeadInput,
    ) -> Result<Option<TimedLead>, CommandError> {
        while let Some(numbered) = input.advance()? {
            let line = numbered.line;
            if let Some(arrival) = self.lead(numbered) {
                return Ok(Some(TimedLead {
                    moment: arrival.received,
                    line,
                    lead: arrival.lead.into_owned(),
                }));
            }
        }
        Ok(None)
    }
}
