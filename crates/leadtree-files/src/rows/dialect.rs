//! How a CSV file separates its cells.

/// The separators that are recognised.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are looked at.
const RECORDS: usize = 100;

/// How a CSV file separates its cells, and where its rows begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) separator: u8,
    /// The byte that ends every line: a line feed, or a carriage return in very old files.
    pub(super) line_end: u8,
    /// How many bytes stand before the header: a line `sep=;`, as Excel writes it.
    pub(super) before: usize,
}

impl Dialect {
    /// The dialect of a text that begins like this. A stated separator is taken as it is.
    pub(super) fn recognised(head: &[u8], stated: Option<u8>) -> Self {
        let line_end = line_end(head);
        let first_end = head.iter().position(|byte| *byte == line_end);
        let first = head.get(..first_end.unwrap_or(head.len())).unwrap_or(head);
        let told = match first.trim_ascii_end() {
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] => Some(*separator),
            // `trim_ascii_end` takes a tab away.
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => Some(b'\t'),
            _ => None,
        };
        let before = match told {
            Some(_) => first_end.map_or(head.len(), |end| end + 1),
            None => 0,
        };
        let rows = head.get(before..).unwrap_or_default();
        Self {
            separator: stated.or(told).unwrap_or_else(|| separator(rows)),
            line_end,
            before,
        }
    }
}

/// The byte that ends every line.
pub(super) fn line_end(head: &[u8]) -> u8 {
    if head.contains(&b'\n') { b'\n' } else { b'\r' }
}

/// The separator by which most records have as many cells as the header; of several, the one by which
/// there are most cells.
fn separator(rows: &[u8]) -> u8 {
    let candidates = SEPARATORS.into_iter().rev();
    let best = candidates.max_by_key(|separator| fit(rows, *separator));
    best.unwrap_or(b',')
}

/// In how many of a hundred records there are as many cells as in the header, and how many. Nothing if the
/// separator is not in the header.
fn fit(rows: &[u8], separator: u8) -> (usize, usize) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(rows);
    let mut records = reader.byte_records().map_while(Result::ok).take(RECORDS);
    let cells = records.next().map_or(0, |header| header.len());
    if cells < 2 {
        return (0, 0);
    }
    let (mut all, mut alike) = (1, 1);
    for record in records {
        all += 1;
        alike += usize::from(record.len() == cells);
    }
    // A few cut rows do not matter.
    let share = alike * 10 / all;
    (if share >= 8 { 10 } else { share }, cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_recognised() {
        let found = |text: &str| Dialect::recognised(text.as_bytes(), None);
        for (text, separator, before) in [
            ("id,region\n1,east\n", b',', 0),
            ("id;size;city\n1;1,5;a\n2;2,5;b\n", b';', 0),
            ("id\tname\n1\ta, b\n", b'\t', 0),
            ("id|name\n1|a;b\n", b'|', 0),
            ("sep=;\nid;a,b,c\n1;x,y,z\n", b';', 6),
            ("SEP=,\r\nid,a\r\n", b',', 7),
            ("sep=\t\nid\ta\n", b'\t', 6),
            ("id\n1\n", b',', 0),
            ("", b',', 0),
            // Names with commas, and more of them than columns.
            ("id;name, first, middle\n1;a\n2;b, c\n", b';', 0),
            // A row that is cut.
            ("id;a;b\n1;2;3\n1;2\n1;2;3\n1;2;3\n1;2;3\n1;2;3\n", b';', 0),
        ] {
            let dialect = found(text);
            assert_eq!(
                (dialect.separator, dialect.before),
                (separator, before),
                "{text}"
            );
        }
        assert_eq!(found("a,b\r1,2\r").line_end, b'\r');
        let stated = Dialect::recognised(b"sep=;\na,b\n", Some(b','));
        assert_eq!((stated.separator, stated.before), (b',', 6));
    }
}
