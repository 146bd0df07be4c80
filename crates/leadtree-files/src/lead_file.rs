//! A file of leads, read row by row.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use leadtree::policy::Policy;
use leadtree::{Finding, Place};
use thiserror::Error;

use crate::columns::{
    Arrival, Columns, JoinedFile, MappingFault, MappingFaults, OUTSIDE, OwnColumns,
};
use crate::mapping::Mapping;
use crate::rows::{NumberedRow, Reading, RowFault, Rows, header_line, wrapping_key};
use crate::source::{Head, Text, encoding_named};
use crate::stated_reading::{reading, reading_of_join};
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
    doubtful_word: Option<String>,
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
    /// The mapping does not fit the file or the policy: every fault, with its place in the mapping, and its line
    /// where the mapping was [read](Mapping::read) from a text.
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
        let mut open = |path: &Path| -> io::Result<Box<dyn Read + Send>> {
            let path = folder.join(path);
            if !path.is_file() {
                return Err(io::Error::other(OUTSIDE));
            }
            Ok(Box::new(File::open(path)?))
        };
        Self::open_with(input, mapping, policy, &mut open)
    }

    /// Opens a file as [`open`](Self::open) does; joined files need not be files: `open_join` opens each by the path
    /// that the mapping has.
    ///
    /// # Errors
    /// [`OpenError`] if the file cannot be read, or the mapping does not fit.
    pub fn open_with(
        input: Box<dyn Read + Send>,
        mapping: &Mapping,
        policy: &Policy,
        open_join: &mut dyn FnMut(&Path) -> io::Result<Box<dyn Read + Send>>,
    ) -> Result<Self, OpenError> {
        let refused = |findings| OpenError::Mapping(mapping.located(findings));
        let reading = reading(mapping).map_err(refused)?;
        let joins = mapping.joins.iter().enumerate().map(|(index, join)| {
            let place = Place::whole().field("joins").item(index);
            reading_of_join(join, &place)
        });
        let joins = joins.collect::<Result<Vec<_>, _>>().map_err(refused)?;
        let (mut rows, head) = Rows::open(input, &reading)?;
        if rows.header().is_some() && reading.rows.is_some() {
            let (option, kind) = ("rows", "JSON files");
            let fault = MappingFault::Unfit { option, kind };
            let faults = MappingFaults::of(Place::whole().field(option), &fault);
            return Err(refused(faults.into_findings()));
        }
        let own = own_columns(&rows, &head, &reading)?;
        let bound = Columns::bind(mapping, policy, &own, &joins, open_join);
        let uses_any = |columns: &Columns| {
            let mut used = columns.used();
            used.any(|used| own.names.iter().any(|own| is_inside(used, own)))
        };
        let is_misread = match &bound {
            Ok(columns) => !uses_any(columns),
            Err(faults) => faults.lacks_columns(),
        };
        let misread = is_misread
            .then(|| misread(&rows, &head, &reading))
            .flatten();
        let mut columns = match (bound, misread) {
            (Ok(columns), None) => columns,
            (bound, misread) => {
                let mut findings = misread.map_or_else(Vec::new, MappingFaults::into_findings);
                findings.extend(
                    bound
                        .err()
                        .map_or_else(Vec::new, MappingFaults::into_findings),
                );
                return Err(refused(findings));
            }
        };
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
            doubtful_word: head.doubtful_word,
        })
    }

    /// The text of a file as [`open`](Self::open) reads it: unpacked and decoded, a workbook as CSV. Faulty bytes are
    /// replaced by `U+FFFD`. The lines are those that [`NumberedLead`] tells. Takes the memory of the whole text.
    ///
    /// # Errors
    /// [`OpenError`] if the file cannot be read, or the encoding is unknown.
    pub fn text(input: Box<dyn Read + Send>, mapping: &Mapping) -> Result<String, OpenError> {
        let reading = reading(mapping).map_err(OpenError::Mapping)?;
        let text = Text::open(input, reading.encoding, reading.sheet)?;
        let mut bytes = Vec::new();
        text.into_reader().read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The next row, valid or not; none at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be read.
    #[inline]
    pub fn advance(&mut self) -> io::Result<Option<NumberedLead<'_>>> {
        let Some(NumberedRow { line, number, row }) = self.rows.advance()? else {
            return Ok(None);
        };
        Ok(Some(NumberedLead {
            line,
            lead: row.and_then(|row| self.columns.lead(&row, line, number)),
        }))
    }

    /// The encoding of the file, as web pages name it.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// A word at the beginning that looks as if the file had another encoding than the one that was recognised:
    /// `K”ln`. State the encoding, or save the file as UTF-8.
    pub fn doubtful_word(&self) -> Option<&str> {
        self.doubtful_word.as_deref()
    }

    /// The names of the columns, in their order; none for JSON.
    pub fn header(&self) -> Option<impl Iterator<Item = &str>> {
        Some(self.rows.header()?.iter())
    }

    /// The line of the header, from 1; none for JSON, and if there is no header.
    pub fn header_line(&self) -> Option<u64> {
        match &self.rows {
            Rows::Records(rows) => rows.header_line(),
            Rows::Json(_) => None,
        }
    }

    /// What separates the cells; none for JSON.
    pub fn separator(&self) -> Option<u8> {
        match &self.rows {
            Rows::Records(rows) => Some(rows.separator()),
            Rows::Json(_) => None,
        }
    }

    /// The columns of which a field is made; none if the file has no column for it.
    pub fn columns_of(&self, field: &str) -> impl Iterator<Item = &str> {
        self.columns.of_field(field)
    }

    /// Options of the mapping that applied to no text so far, though there were texts, with their field: a `match`
    /// that matched nothing, and `values` of which none occurred.
    pub fn options_in_vain(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.columns.steps_in_vain()
    }

    /// How many ids so far have invisible characters inside, such as zero-width spaces, and the line of the first.
    /// They stay as they are, and are not equal to ids without them. Those around an id are taken away.
    pub fn ids_with_invisible_characters(&self) -> (u64, u64) {
        self.columns.odd_ids()
    }

    /// The joined files, in the order of the mapping.
    pub fn joined_files(&self) -> impl Iterator<Item = JoinedFile<'_>> {
        self.columns.joined_files()
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
        let is_used = |name: &&str| used.iter().any(|used| is_inside(used, name));
        let names = names.into_iter().filter(|name| !is_used(name));
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The columns that are used, and that none of the first rows of a JSON file has: probably a typing
    /// error.
    pub fn unseen_columns(&self) -> &[String] {
        &self.unseen
    }
}

/// Whether a name is that of a column, or a path of keys that begins with it.
fn is_inside(path: &str, key: &str) -> bool {
    path.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Why a file may have none of the columns: its header or its leads stand elsewhere.
fn misread(rows: &Rows, head: &Head, reading: &Reading<'_>) -> Option<MappingFaults> {
    let (option, fault) = match rows {
        Rows::Records(_) if reading.header_line.is_none() => {
            let line = header_line(&head.text, reading.separator)?;
            ("header_line", MappingFault::Title { line })
        }
        Rows::Json(_) if reading.rows.is_none() => {
            let key = wrapping_key(&head.text)?;
            ("rows", MappingFault::Wrapped { key })
        }
        _ => return None,
    };
    Some(MappingFaults::of(Place::whole().field(option), &fault))
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
