//! Assigns leads, counts them, and writes what came of them.

use std::io;
use std::time::Instant;

use chrono::{DateTime, Utc};
use leadtree::Lead;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::Policy;

use super::output::AssignmentWriter;
use super::tally::Tally;

/// Assigns leads, counts them, and writes what came of them.
pub(super) struct Run<'p> {
    pub(super) policy: &'p Policy,
    pub(super) dispatcher: &'p Dispatcher,
    /// The moment of leads that have none.
    pub(super) now: DateTime<Utc>,
    pub(super) writer: AssignmentWriter,
    pub(super) tally: Tally,
}

impl Run<'_> {
    pub(super) fn assign(
        &mut self,
        lead: &Lead<'_>,
        moment: Option<DateTime<Utc>>,
        line: u64,
    ) -> io::Result<()> {
        self.tally.count_moment(moment, line);
        let before = Instant::now();
        let assignment = self.dispatcher.assign(lead, moment.unwrap_or(self.now));
        self.tally.assigning += before.elapsed();
        self.tally.count(lead, &assignment, self.policy);
        self.writer.write(&assignment)
    }
}
