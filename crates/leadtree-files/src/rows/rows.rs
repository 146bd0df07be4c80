//! A reader for the rows of a file.

use std::io::{self, Read};

use csv::StringRecord;
use encoding_rs::Encoding;

use super::json_rows::JsonRows;
use super::record_rows::RecordRows;
use super::row::NumberedRow;
use crate::source::{Head, Text};

/// How a file is to be read. What is not given is recognised from its beginning.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reading<'m> {
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) separator: Option<u8>,
    pub(crate) header_line: Option<u64>,
    pub(crate) sheet: Option<&'m str>,
    /// The key of an object around all leads, under which their list stands.
    pub(crate) rows: Option<&'m str>,
}

/// A reader for the rows of a file.
pub(crate) enum Rows {
    Records(Box<RecordRows>),
    Json(JsonRows),
}

impl Rows {
    /// Opens a file. One whose first character is `{` or `[` is JSON, any other is CSV.
    pub(crate) fn open(
        input: Box<dyn Read + Send>,
        reading: &Reading<'_>,
    ) -> io::Result<(Self, Head)> {
        let text = Text::open(input, reading.encoding, reading.sheet)?;
        let head = text.head();
        let text = text.into_reader();
        let rows = if let [b'{' | b'[', ..] = head.text.trim_ascii_start() {
            Self::Json(JsonRows::new(&head.text, text, reading.rows))
        } else {
            let (separator, line) = (reading.separator, reading.header_line);
            let rows = RecordRows::new(&head.text, text, head.encoding, separator, line)?;
            Self::Records(Box::new(rows))
        };
        Ok((rows, head))
    }

    /// The names of the columns, if they are known before the rows.
    pub(crate) fn header(&self) -> Option<&StringRecord> {
        match self {
            Self::Records(rows) => Some(rows.header()),
            Self::Json(_) => None,
        }
    }

    /// The next row, valid or not; an error only if the file cannot be read.
    #[inline]
    pub(crate) fn advance(&mut self) -> io::Result<Option<NumberedRow<'_>>> {
        match self {
            Self::Records(rows) => rows.advance(),
            Self::Json(rows) => rows.advance(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Cell;
    use crate::rows::rereadable::Rereadable;

    /// The line and cells of every row, or what is told of it.
    fn read(text: &str, names: &[&str]) -> Vec<String> {
        let input = Box::new(io::Cursor::new(text.to_owned()));
        let (mut rows, _) = Rows::open(input, &Reading::default()).unwrap();
        let header = rows.header().cloned();
        let mut told = Vec::new();
        while let Some(NumberedRow { line, row, .. }) = rows.advance().unwrap() {
            let cells = row.and_then(|row| {
                let cells = names.iter().map(|name| {
                    let names = header.iter().flatten();
                    let position = names.clone().position(|known| known == *name);
                    Ok(match row.cell(position, name)? {
                        None => "-".to_owned(),
                        Some(Cell::Text(text)) => text.into_owned(),
                        Some(Cell::List(texts)) => format!("{texts:?}"),
                        Some(Cell::Other(found)) => found.to_owned(),
                    })
                });
                cells.collect::<Result<Vec<_>, _>>()
            });
            told.push(match cells {
                Ok(cells) => format!("{line}: {}", cells.join("|")),
                Err(fault) => format!("{line}: {fault}"),
            });
        }
        told
    }

    const OPEN: &str =
        "a quotation mark is not closed; close it, or write it twice if it belongs to the text";

    #[test]
    fn an_open_quotation_mark_costs_its_own_line_only() {
        for (text, open) in [
            ("id,a\n1,\"x\n2,y\n3,z\n", vec![2]),
            ("id,a\n1,\"x\n2,\"y\"\n3,z\n", vec![2]),
            ("id,a\n1,x\n2,y\n3,\"z", vec![4]),
            ("id,a\r\n1,\"x\r\n2,y\r\n3,\"z\r\n", vec![2, 4]),
        ] {
            let told = read(text, &["id", "a"]);
            for (line, told) in (2..).zip(told) {
                let expected = if open.contains(&line) {
                    OPEN.to_owned()
                } else {
                    ["1|x", "2|y", "3|z"][line - 2].to_owned()
                };
                assert_eq!(told, format!("{line}: {expected}"), "{text:?}");
            }
        }
        // A closed cell may have several lines, and its row the wrong number of cells.
        let told = read("id,a\n1,\"x\n\ny\"\n2,\"p\nq\",r\n3,z\n", &["id", "a"]);
        let few = "5: 3 fields, but the header has 2; add or remove a separator, and put a cell with a separator in it in \
                   quotes";
        assert_eq!(told, ["2: 1|x\n\ny", few, "7: 3|z"]);
    }

    #[test]
    fn a_row_that_never_ends_is_left_out() {
        let long = "x".repeat(3 * Rereadable::MOST_KEPT);
        let told = read(&format!("id,a\n1,{long}\n2,y\n"), &["id", "a"]);
        assert_eq!(
            told,
            [
                "2: longer than 2097152 bytes; look for a quotation mark or a bracket that is not closed",
                "3: 2|y"
            ]
        );
        // A mark that is not closed, and more behind it than is kept.
        let lines = "5,z\n".repeat(Rereadable::MOST_KEPT / 2);
        let told = read(&format!("id,a\n1,\"x\n{lines}"), &["id", "a"]);
        assert_eq!(told.len(), 1 + Rereadable::MOST_KEPT / 2);
        assert_eq!(told[0], format!("2: {OPEN}"));
        assert_eq!(told[1], "3: 5|z");
    }

    #[test]
    fn blank_lines_and_old_line_ends_keep_the_count() {
        let told = read("\n\nid;a\n\n1;x\n;\n2;y\n", &["id", "a"]);
        assert_eq!(told, ["5: 1|x", "7: 2|y"]);
        assert_eq!(
            read("id,a\r1,x\r\r2,y\r", &["id", "a"]),
            ["2: 1|x", "4: 2|y"]
        );
    }

    #[test]
    fn json_is_read_by_name_and_by_path() {
        let text = r#"[{"id": 12345678901234567890123, "p": {"a": "x", "b.c": null}, "p.d": 1.50},
            {"id": "2", "p": {"a": ["y", 1]}, "attributes": {"p.d": true}},
            {"id": "3", "id": "4"}, {"id": {}}, [1], {"id" 1}]"#;
        let told = read(text, &["id", "p.a", "p.b.c", "p.d"]);
        assert_eq!(
            told,
            [
                "1: 12345678901234567890123|x||1.50",
                "2: 2|[\"y\", \"1\"]|-|true",
                "3: `id` is given twice; keep one",
                "3: an object|-|-|-",
                "3: invalid type: sequence, expected an object; write each lead as an object, `{\"id\": …}`",
                "3: expected `:` at column 7; write each lead as an object, `{\"id\": …}`",
            ]
        );
    }
}
