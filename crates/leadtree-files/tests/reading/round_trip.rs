//! Any table that a spreadsheet can write is read as it was.

use proptest::prelude::*;

use super::open;

/// A cell: anything but what is no text to a reader of leads.
fn cell() -> impl Strategy<Value = String> {
    let cell = "[a-z0-9\"',;|\t\r\n é上€]{0,8}";
    cell.prop_map(|text: String| text.trim().to_owned())
}

fn table() -> impl Strategy<Value = Vec<[String; 2]>> {
    prop::collection::vec([cell(), cell()], 1..20)
}

proptest! {
    #[test]
    fn tables_come_back(
        table in table(),
        separator in prop::sample::select(b",;\t|".to_vec()),
        crlf in any::<bool>(),
        utf_16 in any::<bool>(),
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(terminator)
            .from_writer(Vec::new());
        writer.write_record(["id", "note", "account"]).unwrap();
        for (number, [note, account]) in table.iter().enumerate() {
            writer.write_record([&number.to_string(), note, account]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let bytes = if utf_16 {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            text.clone().into_bytes()
        };
        let stated = format!("separator: {:?}", char::from(separator).to_string());
        let mut file = open(bytes, &stated).unwrap();
        let mut line_ends = 1;
        for (number, [note, account]) in table.iter().enumerate() {
            let row = file.advance().unwrap().unwrap();
            prop_assert_eq!(row.line, line_ends + 1);
            let arrival = row.lead.unwrap();
            prop_assert_eq!(arrival.lead.id(), number.to_string());
            let read = arrival.lead.attribute("note").map(ToString::to_string);
            prop_assert_eq!(read.unwrap_or_default(), note.clone());
            prop_assert_eq!(arrival.lead.account().unwrap_or_default(), account);
            let inner = note.matches('\n').count() + account.matches('\n').count();
            line_ends += 1 + inner as u64;
        }
        prop_assert!(file.advance().unwrap().is_none());
    }

    #[test]
    fn nothing_makes_the_reader_fail(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for head in ["id,region\n", "id;region\n", "[", "{\"id\": 1}\n"] {
            let mut file = head.as_bytes().to_vec();
            file.extend(&bytes);
            let Ok(mut file) = open(file, "encoding: utf-8") else { continue };
            while let Ok(Some(_)) = file.advance() {}
        }
        let mut file = b"{\"rows\": [".to_vec();
        file.extend(&bytes);
        if let Ok(mut file) = open(file, "{encoding: utf-8, rows: rows}") {
            while let Ok(Some(_)) = file.advance() {}
        }
    }

    #[test]
    fn rows_are_told_in_the_order_of_their_lines(
        lines in prop::collection::vec("[ab\",]{0,6}", 0..30),
    ) {
        let text = format!("id,note\n{}\n", lines.join("\n"));
        let mut file = open(text, "").unwrap();
        let (mut last, mut count) = (1, 0);
        while let Some(row) = file.advance().unwrap() {
            prop_assert!(row.line > last, "lines go on: {} after {}", row.line, last);
            last = row.line;
            count += 1;
        }
        prop_assert!(count <= lines.len());
    }
}
