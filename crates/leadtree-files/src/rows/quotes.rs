//! Whether the quotation marks of a CSV record are closed.

/// Whether every quotation mark that opens a cell is closed, and the cell ends with it.
///
/// A mark that is forgotten is closed by the one that opens some later cell, and is followed by the text of
/// that cell; or it is not closed at all.
pub(super) fn are_closed(record: &[u8], separator: u8) -> bool {
    if memchr::memchr(b'"', record).is_none() {
        return true;
    }
    let ends_cell = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
    let mut bytes = record.iter().copied().peekable();
    let mut at_begin = true;
    while let Some(byte) = bytes.next() {
        if at_begin && byte == b'"' {
            loop {
                match bytes.next() {
                    None => return false,
                    Some(b'"') if bytes.next_if_eq(&b'"').is_some() => {}
                    Some(b'"') => break,
                    Some(_) => {}
                }
            }
            if bytes.peek().is_some_and(|byte| !ends_cell(*byte)) {
                return false;
            }
            at_begin = false;
        } else {
            at_begin = ends_cell(byte);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_marks_are_found() {
        for (record, closed) in [
            ("a,b\n", true),
            ("\"a\",b\r\n", true),
            ("\"a\nb\",\"\"\n", true),
            ("\"say \"\"yes\"\"\",b", true),
            ("5\" pipe,b\n", true),
            ("1,\"east\n2,west\n", false),
            ("1,\"east\n2,\"west\"\n", false),
            ("1,\"east\" coast\n", false),
            ("\"", false),
            ("", true),
        ] {
            assert_eq!(are_closed(record.as_bytes(), b','), closed, "{record:?}");
        }
        assert!(are_closed(b"\"a\";b", b';') && !are_closed(b"\"a\",b", b';'));
    }
}
