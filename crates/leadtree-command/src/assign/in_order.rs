//! Leads in the order of their moments.

use std::cmp::Ordering;
use std::io::{self, Read, Write};

use chrono::{DateTime, Utc};
use extsort::{ExternalSorter, PushExternalSorter, Sortable};
use leadtree::Lead;
use serde::{Deserialize, Serialize};

/// How many leads are sorted in memory before they are written to a temporary file.
const IN_MEMORY: usize = 20_000;

/// A lead with its moment and its line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TimedLead {
    pub(super) moment: Option<DateTime<Utc>>,
    pub(super) line: u64,
    pub(super) lead: Lead<'static>,
}

impl Sortable for TimedLead {
    fn encode<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        let text = serde_json::to_vec(self)?;
        writer.write_all(&(text.len() as u64).to_le_bytes())?;
        writer.write_all(&text)
    }

    fn decode<R: Read>(reader: &mut R) -> io::Result<Self> {
        let mut length = [0; 8];
        reader.read_exact(&mut length)?;
        let mut text = Vec::new();
        let mut part = reader.take(u64::from_le_bytes(length));
        part.read_to_end(&mut text)?;
        Ok(serde_json::from_slice(&text)?)
    }
}

/// Sorts the leads that are pushed by their moments, those of one moment by their lines. More than fit into
/// memory are sorted in temporary files.
pub(super) fn sorter(
    now: DateTime<Utc>,
) -> PushExternalSorter<TimedLead, impl Fn(&TimedLead, &TimedLead) -> Ordering + Send + Sync + Clone>
{
    let sorter = ExternalSorter::new().with_segment_size(IN_MEMORY);
    sorter.pushed_by_key(move |timed: &TimedLead| (timed.moment.unwrap_or(now), timed.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_leads_than_memory_holds_come_in_order() {
        let now = DateTime::UNIX_EPOCH;
        let mut sorter = sorter(now);
        for line in 0_u64..50_000 {
            // A permutation of the moments, each twice.
            let second = i64::try_from((line * 7_919) % 25_000).unwrap();
            let lead = TimedLead {
                moment: DateTime::from_timestamp(second, 0).filter(|_| line % 10 > 0),
                line,
                lead: Lead::builder(format!("L-{line}")).region("east").build(),
            };
            sorter.push(lead).unwrap();
        }
        let sorted: Vec<_> = sorter.done().unwrap().map(Result::unwrap).collect();
        assert_eq!(sorted.len(), 50_000);
        let key = |timed: &TimedLead| (timed.moment.unwrap_or(now), timed.line);
        assert!(sorted.is_sorted_by_key(key));
        assert!(
            sorted
                .iter()
                .all(|timed| timed.lead.id() == format!("L-{}", timed.line))
        );
    }
}
