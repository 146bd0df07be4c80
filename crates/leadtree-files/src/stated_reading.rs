//! How a mapping says that its files are to be read.

use encoding_rs::Encoding;
use leadtree::{Finding, FindingCode, Place, Severity};

use crate::mapping::{Join, Mapping};
use crate::rows::Reading;
use crate::source::encoding_named;

/// How the mapping says that the file is to be read.
pub(crate) fn reading(mapping: &Mapping) -> Result<Reading<'_>, Vec<Finding>> {
    let whole = Place::whole();
    if mapping
        .two_digit_years
        .is_some_and(|year| !(1000..=9900).contains(&year))
    {
        let told = "this is no year of a century; write it like 1970";
        return Err(wrong(whole.field("two_digit_years"), told));
    }
    if mapping.header_line == Some(0) {
        let told = "lines are counted from 1; write the line as editors show it";
        return Err(wrong(whole.field("header_line"), told));
    }
    Ok(Reading {
        encoding: encoding(mapping.encoding.as_deref(), &whole)?,
        separator: separator(mapping.separator.as_deref(), &whole)?,
        header_line: mapping.header_line,
        sheet: mapping.sheet.as_deref(),
        rows: mapping.rows.as_deref(),
    })
}

/// How a joined file is to be read.
pub(crate) fn reading_of_join(
    join: &Join,
    place: &Place,
) -> Result<Reading<'static>, Vec<Finding>> {
    Ok(Reading {
        encoding: encoding(join.encoding.as_deref(), place)?,
        separator: separator(join.separator.as_deref(), place)?,
        ..Reading::default()
    })
}

fn encoding(name: Option<&str>, place: &Place) -> Result<Option<&'static Encoding>, Vec<Finding>> {
    let Some(name) = name else {
        return Ok(None);
    };
    let found = encoding_named(name).ok_or_else(|| {
        let told = format!(
            "unknown encoding `{name}`; write one as `utf-8`, `windows-1252`, `gbk` or `utf-16le`"
        );
        wrong(place.field("encoding"), &told)
    });
    found.map(Some)
}

fn separator(text: Option<&str>, place: &Place) -> Result<Option<u8>, Vec<Finding>> {
    match text {
        None => Ok(None),
        Some("tab" | "\\t") => Ok(Some(b'\t')),
        Some(text) => match text.as_bytes() {
            [byte] if *byte != b'"' && *byte != b'\n' => Ok(Some(*byte)),
            _ => {
                let told = format!("`{text}` is not one character; write `;`, `,`, `|` or `tab`");
                Err(wrong(place.field("separator"), &told))
            }
        },
    }
}

fn wrong(place: Place, told: &str) -> Vec<Finding> {
    vec![Finding::new(
        FindingCode::WrongValue,
        Severity::Error,
        place,
        told,
    )]
}
