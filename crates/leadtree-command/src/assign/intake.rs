//! The rows of the file: which of them are leads to assign.

use indicatif::ProgressBar;
use leadtree_files::{Arrival, NumberedLead};

use super::in_order::TimedLead;
use super::seen_ids::SeenIds;
use crate::error::CommandError;
use crate::leads::LeadInput;

/// The rows of the file: which of them are leads to assign.
pub(super) struct Intake<'p> {
    pub(super) name: String,
    /// Whether leads are left out whose id came before.
    pub(super) leaves_repeated_out: bool,
    pub(super) progress: &'p ProgressBar,
    pub(super) counts: RowCounts,
    pub(super) seen: SeenIds,
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
                self.counts.bad += 1;
                let (name, line) = (&self.name, numbered.line);
                self.progress.suspend(|| {
                    anstream::eprintln!("{name}:{line}: {fault}; row left out");
                });
                return None;
            }
        };
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
