//! Leads in the order of their moments.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use chrono::{DateTime, Utc};
use leadtree::Lead;
use serde::{Deserialize, Serialize};

/// How many leads are sorted in memory before they are written to a temporary file.
const IN_MEMORY: usize = if cfg!(test) { 1_000 } else { 20_000 };

/// How many temporary files there are before they are merged into one.
const MOST_RUNS: usize = 64;

/// A lead with its moment and its line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TimedLead {
    pub(super) moment: Option<DateTime<Utc>>,
    pub(super) line: u64,
    pub(super) lead: Lead<'static>,
}

/// By the moment; at one moment by the line.
type Key = (DateTime<Utc>, u64);

/// Sorts leads by their moments, those of one moment by their lines. More than fit into memory are sorted in
/// temporary files, which are merged.
pub(super) struct Sorter {
    /// The moment of leads that have none.
    now: DateTime<Utc>,
    kept: Vec<TimedLead>,
    runs: Vec<File>,
}

impl Sorter {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            now,
            kept: Vec::new(),
            runs: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, lead: TimedLead) -> io::Result<()> {
        self.kept.push(lead);
        if self.kept.len() < IN_MEMORY {
            return Ok(());
        }
        self.spill()?;
        if self.runs.len() < MOST_RUNS {
            return Ok(());
        }
        let merged = Merged::of(std::mem::take(&mut self.runs), self.now)?;
        self.runs.push(written(merged)?);
        Ok(())
    }

    /// All leads that were pushed, in their order.
    pub(super) fn sorted(mut self) -> io::Result<Box<dyn Iterator<Item = io::Result<TimedLead>>>> {
        if self.runs.is_empty() {
            let now = self.now;
            self.kept.sort_by_key(|lead| lead.key(now));
            return Ok(Box::new(self.kept.into_iter().map(Ok)));
        }
        self.spill()?;
        Ok(Box::new(Merged::of(self.runs, self.now)?))
    }

    /// Writes what is in memory to a temporary file.
    fn spill(&mut self) -> io::Result<()> {
        let now = self.now;
        self.kept.sort_by_key(|lead| lead.key(now));
        self.runs.push(written(self.kept.drain(..).map(Ok))?);
        Ok(())
    }
}

impl TimedLead {
    fn key(&self, now: DateTime<Utc>) -> Key {
        (self.moment.unwrap_or(now), self.line)
    }

    /// Writes it behind its length.
    fn write(&self, writer: &mut impl Write) -> io::Result<()> {
        let text = serde_json::to_vec(self)?;
        writer.write_all(&(text.len() as u64).to_le_bytes())?;
        writer.write_all(&text)
    }

    /// Reads the next one; none at the end.
    fn read(reader: &mut BufReader<File>) -> io::Result<Option<Self>> {
        let mut length = Vec::new();
        reader.by_ref().take(8).read_to_end(&mut length)?;
        let Some(length) = length.first_chunk() else {
            return Ok(None);
        };
        let mut text = Vec::new();
        let mut part = reader.take(u64::from_le_bytes(*length));
        part.read_to_end(&mut text)?;
        Ok(Some(serde_json::from_slice(&text)?))
    }
}

/// A temporary file with the leads, to be read from its beginning. It is gone when it is closed.
fn written(leads: impl Iterator<Item = io::Result<TimedLead>>) -> io::Result<File> {
    let mut writer = BufWriter::new(tempfile::tempfile()?);
    for lead in leads {
        lead?.write(&mut writer)?;
    }
    let mut file = writer.into_inner()?;
    file.rewind()?;
    Ok(file)
}

/// The leads of sorted files, in the order of all.
struct Merged {
    now: DateTime<Utc>,
    runs: Vec<BufReader<File>>,
    /// The next lead of each file.
    next: Vec<Option<TimedLead>>,
    /// The keys of these, with the files.
    first: BinaryHeap<Reverse<(Key, usize)>>,
}

impl Merged {
    fn of(runs: Vec<File>, now: DateTime<Utc>) -> io::Result<Self> {
        let mut merged = Self {
            now,
            next: runs.iter().map(|_| None).collect(),
            runs: runs.into_iter().map(BufReader::new).collect(),
            first: BinaryHeap::new(),
        };
        for run in 0..merged.runs.len() {
            merged.advance(run)?;
        }
        Ok(merged)
    }

    /// Reads the next lead of a file, and returns the former one.
    fn advance(&mut self, run: usize) -> io::Result<Option<TimedLead>> {
        let (Some(reader), Some(next)) = (self.runs.get_mut(run), self.next.get_mut(run)) else {
            return Ok(None);
        };
        let read = TimedLead::read(reader)?;
        if let Some(lead) = &read {
            self.first.push(Reverse((lead.key(self.now), run)));
        }
        Ok(std::mem::replace(next, read))
    }
}

impl Iterator for Merged {
    type Item = io::Result<TimedLead>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((_, run)) = self.first.pop()?;
        self.advance(run).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: u64 = (IN_MEMORY * (MOST_RUNS + 2) + 7) as u64;

    /// So many that runs are merged before the end, too.
    #[test]
    fn more_leads_than_memory_holds_come_in_order() {
        let now = DateTime::UNIX_EPOCH;
        let mut sorter = Sorter::new(now);
        for line in 0_u64..COUNT {
            // A permutation of the moments, each twice.
            let second = i64::try_from((line * 7_919) % (COUNT / 2)).unwrap();
            let lead = TimedLead {
                moment: DateTime::from_timestamp(second, 0).filter(|_| line % 10 > 0),
                line,
                lead: Lead::builder(format!("L-{line}")).region("east").build(),
            };
            sorter.push(lead).unwrap();
        }
        let sorted: Vec<_> = sorter.sorted().unwrap().map(Result::unwrap).collect();
        assert_eq!(sorted.len() as u64, COUNT);
        let key = |timed: &TimedLead| (timed.moment.unwrap_or(now), timed.line);
        assert!(sorted.is_sorted_by_key(key));
        assert!(
            sorted
                .iter()
                .all(|timed| timed.lead.id() == format!("L-{}", timed.line))
        );
    }
}
