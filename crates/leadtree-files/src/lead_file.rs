//! A file of leads, read row by row.

use std::io::{self, Cursor, Read};
use std::path::Path;

use leadtree::policy::Policy;
use leadtree::{Finding, FindingCode, Place, Severity};
use thiserror::Error;

use crate::columns::{Arrival, Columns, OwnColumns};
use crate::mapping::Mapping;
use crate::rows::{NumberedRow, Reading, RowFault, Rows};
use crate::source::{Head, encoding_named};
use crate::value::DecimalMark;

/// How many rows are looked at before the file is read.
pub(crate) const SAMPLE: usize = 1_000;

/// A file of leads, read row by row: CSV, JSON or, with the feature `workbooks`, a workbook. Packed files
/// are unpacked. Memory does not grow with the file, except for workbooks, which are read whole.
///
/// ```
/// use leadtree::policy::Policy;
/// use leadtree_files::{LeadFile, Mapping};
///
/// let policy = Policy::from_yaml("regions: {paths: [east]}\nrules: [{id: all, assign_to: {pool: p}}]\npools: [p]")?;
/// let file = "Nr;region\n1;EAST\n2;\"west\n3;east\n";
/// let mapping = Mapping::read("mapping.yaml", "columns: {id: Nr}").unwrap();
/// let mut leads = LeadFile::open(Box::new(file.as_bytes()), &mapping, &policy, "".as_ref())?;
/// let mut told = Vec::new();
/// while let Some(row) = leads.advance()? {
///     told.push(match row.lead {
///         Ok(arrival) => format!("{}: {:?}", row.line, arrival.lead.region()),
///         Err(fault) => format!("{}: {fault}", row.line),
///     });
/// }
/// assert_eq!(told[0], "2: Some(\"EAST\")");
/// assert!(told[1].starts_with("3: a quotation mark is not closed"));
/// assert_eq!(told[2], "4: Some(\"east\")");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LeadFile {
    rows: Rows,
    columns: Columns,
    encoding: &'static str,
    /// Columns that no row at the beginning has.
    unseen: Vec<String>,
}

/// A lead, or why its row is left out.
#[derive(Debug)]
#[non_exhaustive]
pub struct NumberedLead<'r> {
    /// The line at which the row begins, from 1.
    pub line: u64,
    /// The lead.
    pub lead: Result<Arrival<'r>, RowFault>,
}

/// Why a file of leads cannot be opened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The mapping does not fit the file or the policy: every fault, with its place in the mapping.
    #[error("the columns do not fit:{}", lines(.0))]
    Mapping(Vec<Finding>),
}

fn lines(findings: &[Finding]) -> String {
    let findings = findings.iter();
    findings.fold(String::new(), |text, finding| {
        format!("{text}\n  {finding}")
    })
}

impl LeadFile {
    /// Opens a file, and finds the columns that the mapping names. Joined files are in `folder`.
    ///
    /// # Errors
    /// [`OpenError`] if the file cannot be read, or the mapping does not fit.
    pub fn open(
        input: Box<dyn Read + Send>,
        mapping: &Mapping,
        policy: &Policy,
        folder: &Path,
    ) -> Result<Self, OpenError> {
        let reading = reading(mapping).map_err(OpenError::Mapping)?;
        let (mut rows, head) = Rows::open(input, &reading)?;
        let own = own_columns(&rows, &head, &reading)?;
        let mut columns = Columns::bind(mapping, policy, &own, folder)
            .map_err(|faults| OpenError::Mapping(faults.into_findings()))?;
        if columns.lack_marks() {
            columns.see_marks(&mut head_rows(&head, &reading)?, SAMPLE)?;
        }
        if let Rows::Records(rows) = &mut rows {
            let used = |name: &str| columns.used().any(|used| used == name);
            let used = rows.header().iter().map(used).collect();
            rows.set_used(used);
        }
        let is_seen = |name: &str| own.names.iter().any(|own| own == name);
        let named = mapping
            .columns
            .iter()
            .flat_map(|(_, source)| source.columns());
        let is_known = |name: &str| is_seen(name) || columns.is_joined(name);
        let unseen = named
            .filter(|name| !is_known(name))
            .map(str::to_owned)
            .collect();
        Ok(Self {
            unseen,
            rows,
            columns,
            encoding: head.encoding.name(),
        })
    }

    /// The next row, valid or not; none at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be read.
    #[inline]
    pub fn advance(&mut self) -> io::Result<Option<NumberedLead<'_>>> {
        let Some(NumberedRow { line, row }) = self.rows.advance()? else {
            return Ok(None);
        };
        Ok(Some(NumberedLead {
            line,
            lead: row.and_then(|row| self.columns.lead(&row, line)),
        }))
    }

    /// The encoding of the file, as web pages name it.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Whether a column has the time of the assignment.
    pub fn has_moments(&self) -> bool {
        self.columns.has_moments()
    }

    /// How many rows had no text at all so far; they are passed over.
    pub fn blank_rows(&self) -> u64 {
        match &self.rows {
            Rows::Records(rows) => rows.blank(),
            Rows::Json(_) => 0,
        }
    }

    /// The words that stood for no value so far, and how often.
    pub fn blank_words(&self) -> impl Iterator<Item = (&str, u64)> {
        self.columns.blanks()
    }

    /// The fields whose decimal mark is not stated but seen in the first rows, and the mark.
    pub fn shown_marks(&self) -> impl Iterator<Item = (&str, DecimalMark)> {
        self.columns.shown_marks()
    }

    /// The columns, or keys of objects so far, that no field uses.
    pub fn unused_columns(&self) -> Vec<&str> {
        let names: Vec<_> = match &self.rows {
            Rows::Records(rows) => rows.header().iter().collect(),
            Rows::Json(rows) => rows.keys(),
        };
        let used: Vec<_> = self.columns.used().collect();
        let is_used = |name: &&str| {
            used.iter()
                .any(|used| used == name || is_inside(used, name))
        };
        let names = names.into_iter().filter(|name| !is_used(name));
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The columns that are used, and that none of the first rows of a JSON file has: probably a typing
    /// error.
    pub fn unseen_columns(&self) -> &[String] {
        &self.unseen
    }
}

/// Whether a path of keys begins with a key.
fn is_inside(path: &str, key: &str) -> bool {
    path.strip_prefix(key)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// How the mapping says that the file is to be read.
pub(crate) fn reading(mapping: &Mapping) -> Result<Reading<'_>, Vec<Finding>> {
    let wrong = |field: &str, told: &str| {
        let place = Place::whole().field(field);
        vec![Finding::new(
            FindingCode::WrongValue,
            Severity::Error,
            place,
            told,
        )]
    };
    let encoding = match &mapping.encoding {
        None => None,
        Some(name) => Some(encoding_named(name).ok_or_else(|| {
            let told = format!(
                "unknown encoding `{name}`; write one as `utf-8`, `windows-1252`, `gbk` or `utf-16le`"
            );
            wrong("encoding", &told)
        })?),
    };
    let separator = match mapping.separator.as_deref() {
        None => None,
        Some("tab" | "\\t") => Some(b'\t'),
        Some(text) => match text.as_bytes() {
            [byte] if *byte != b'"' && *byte != b'\n' => Some(*byte),
            _ => {
                let told = format!("`{text}` is not one character; write `;`, `,`, `|` or `tab`");
                return Err(wrong("separator", &told));
            }
        },
    };
    if mapping
        .two_digit_years
        .is_some_and(|year| !(1000..=9900).contains(&year))
    {
        return Err(wrong(
            "two_digit_years",
            "this is no year of a century; write it like 1970",
        ));
    }
    if mapping.header_line == Some(0) {
        return Err(wrong(
            "header_line",
            "lines are counted from 1; write the line as editors show it",
        ));
    }
    Ok(Reading {
        encoding,
        separator,
        header_line: mapping.header_line,
        sheet: mapping.sheet.as_deref(),
    })
}

/// The rows at the beginning of the file, once more.
pub(crate) fn head_rows(head: &Head, reading: &Reading<'_>) -> io::Result<Rows> {
    let decoded = Reading {
        encoding: encoding_named("utf-8"),
        ..*reading
    };
    let (rows, _) = Rows::open(Box::new(Cursor::new(head.text.clone())), &decoded)?;
    Ok(rows)
}

/// The columns of a file. Those of objects are the keys of the first rows.
pub(crate) fn own_columns(
    rows: &Rows,
    head: &Head,
    reading: &Reading<'_>,
) -> io::Result<OwnColumns> {
    if let Some(header) = rows.header() {
        return Ok(OwnColumns {
            names: header.iter().map(str::to_owned).collect(),
            is_table: true,
            is_complete: true,
            is_unseen: false,
        });
    }
    let mut sample = head_rows(head, reading)?;
    let mut count = 0;
    while count < SAMPLE && sample.advance()?.is_some() {
        count += 1;
    }
    let names: Vec<_> = match &sample {
        Rows::Json(rows) => rows.keys().into_iter().map(str::to_owned).collect(),
        Rows::Records(_) => Vec::new(),
    };
    Ok(OwnColumns {
        is_table: false,
        is_complete: head.is_whole && count < SAMPLE,
        is_unseen: names.is_empty() && !head.is_whole,
        names,
    })
}
