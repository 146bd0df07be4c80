//! Workbooks, whose sheets are read as CSV.

use std::io::{self, Cursor, Read};

use calamine::{Data, Reader, open_workbook_auto_from_rs};

/// How workbooks begin: a zip archive (xlsx, ods), or an old compound file (xls).
const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

pub(super) fn is_workbook(head: &[u8]) -> bool {
    BEGINNINGS
        .iter()
        .any(|beginning| head.starts_with(beginning))
}

/// A sheet as CSV: the one of that name, otherwise the first. The lines are the rows of the sheet. A
/// workbook can only be read whole.
pub(super) fn as_csv(mut input: impl Read, sheet: Option<&str>) -> io::Result<Vec<u8>> {
    let told = |error: &dyn std::fmt::Display| io::Error::other(format!("as a workbook: {error}"));
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let opened = open_workbook_auto_from_rs(Cursor::new(bytes));
    let mut workbook = opened.map_err(|error| told(&error))?;
    let names = workbook.sheet_names();
    let name = match sheet {
        None => names.first(),
        Some(sheet) => names.iter().find(|name| *name == sheet),
    };
    let Some(name) = name else {
        let message = format!("it has no such sheet, but `{}`", names.join("`, `"));
        return Err(told(&message));
    };
    let range = workbook
        .worksheet_range(name)
        .map_err(|error| told(&error))?;
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    // Rows above the first that is used, so that lines are the rows of the sheet.
    let above = range.start().map_or(0, |(row, _)| row);
    let mut rows = b"\n".repeat(above as usize);
    for row in range.rows() {
        writer.write_record(row.iter().map(text))?;
    }
    let written = writer.into_inner().map_err(|error| told(&error.error()))?;
    rows.extend(written);
    Ok(rows)
}

/// A cell as a person would read it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(moment) => match moment.as_datetime() {
            Some(moment) if moment.time() == chrono::NaiveTime::MIN => moment.date().to_string(),
            Some(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
            None => moment.to_string(),
        },
        cell => cell.to_string(),
    }
}
