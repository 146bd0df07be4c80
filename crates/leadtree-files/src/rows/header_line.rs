//! Which line is the header, where a report has a title above it.

use super::dialect::Dialect;
use super::record_rows::above;

/// A title has at most this many lines.
const MOST_LINES: u64 = 20;

/// How many records are looked at.
const RECORDS: usize = 100;

/// The line of the header, from 1, if there is anything but blank lines above it: the first line that has as
/// many cells as nearly all records below it, and a text in more than half of them.
pub(crate) fn header_line(head: &[u8], separator: Option<u8>) -> Option<u64> {
    // Some cut rows do not make the first line a title.
    if is_header(head, separator, 3) {
        return None;
    }
    let below = |line: u64| head.get(above(head, Some(line))..).unwrap_or_default();
    let is_blank = |text: &[u8]| {
        text.first()
            .is_none_or(|byte| matches!(byte, b'\r' | b'\n'))
    };
    (2..=MOST_LINES).find(|line| {
        let text = below(*line);
        !is_blank(text) && is_header(text, separator, 8)
    })
}

/// Whether a text begins with a header: at least so many tenths of the records have as many cells.
fn is_header(text: &[u8], separator: Option<u8>, tenths: usize) -> bool {
    let dialect = Dialect::recognised(text, separator);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.separator)
        .from_reader(text.get(dialect.before..).unwrap_or_default());
    let mut records = reader.byte_records().map_while(Result::ok).take(RECORDS);
    let Some(header) = records.next() else {
        return false;
    };
    let filled = |record: &csv::ByteRecord| {
        let cells = record.iter().filter(|cell| !cell.trim_ascii().is_empty());
        cells.count()
    };
    let (mut all, mut alike, mut widest) = (0, 0, filled(&header));
    for record in records {
        all += 1;
        alike += usize::from(record.len() == header.len());
        widest = widest.max(filled(&record));
    }
    header.len() > 1 && alike * 10 >= all * tenths && filled(&header) * 2 > widest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_above_the_header_are_found() {
        for (text, expected) in [
            ("id,region\n1,east\n2,west\n", None),
            ("\n\nid,region\n1,east\n", None),
            ("id\n1\n2\n", None),
            ("Leads\n\nid,region\n1,east\n2,west\n", Some(3)),
            // As spreadsheets write the title of a table.
            (
                "Leads;;;\nof;March;;\nid;region;size;city\n1;east;5;a\n2;west;7;b\n",
                Some(3),
            ),
            (
                "Leads, by region\nid;region\n1;east\n2;west\n3;west\n",
                Some(2),
            ),
            ("id,region\n1,east\n2\n3\n4,west\n", None),
            ("sep=;\nid;region\n1;east\n", None),
            ("", None),
        ] {
            assert_eq!(header_line(text.as_bytes(), None), expected, "{text}");
        }
    }
}
