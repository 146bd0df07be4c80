//! Whether the quotation marks of a CSV record are closed.

/// Where the first quotation mark stands that opens a cell of a CSV record and is not closed where the cell ends;
/// none if all are. `record` is the record as it is written, `separator` what stands between its cells.
///
/// A mark that is forgotten is closed by the one that opens some later cell, and is followed by the text of
/// that cell; or it is not closed at all. Linear in the length of the record.
pub(super) fn open_quote(record: &[u8], separator: u8) -> Option<usize> {
    memchr::memchr(b'"', record)?;
    let ends_cell = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
    let mut bytes = record.iter().copied().enumerate().peekable();
    let mut at_begin = true;
    while let Some((begin, byte)) = bytes.next() {
        if at_begin && byte == b'"' {
            loop {
                match bytes.next() {
                    None => return Some(begin),
                    Some((_, b'"')) if bytes.next_if(|(_, byte)| *byte == b'"').is_some() => {}
                    Some((_, b'"')) => break,
                    Some(_) => {}
                }
            }
            if bytes.peek().is_some_and(|(_, byte)| !ends_cell(*byte)) {
                return Some(begin);
            }
            at_begin = false;
        } else {
            at_begin = ends_cell(byte);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_marks_are_found() {
        for (record, open) in [
            ("a,b\n", None),
            ("\"a\",b\r\n", None),
            ("\"a\nb\",\"\"\n", None),
            ("\"say \"\"yes\"\"\",b", None),
            ("5\" pipe,b\n", None),
            ("1,\"east\n2,west\n", Some(2)),
            ("1,\"east\n2,\"west\"\n", Some(2)),
            ("1,\"east\" coast\n", Some(2)),
            ("\"", Some(0)),
            ("", None),
        ] {
            assert_eq!(open_quote(record.as_bytes(), b','), open, "{record:?}");
        }
        assert_eq!(open_quote(b"\"a\";b", b';'), None);
        assert_eq!(open_quote(b"\"a\",b", b';'), Some(0));
    }
}
