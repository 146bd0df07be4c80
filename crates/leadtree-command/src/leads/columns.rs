//! Resolves the mapping of columns for a file, and builds leads from rows.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::path::Path;

use chrono::{DateTime, Utc};
use csv::StringRecord;
use leadtree::availability::TimeZone;
use leadtree::lead::AttributeValue;
use leadtree::policy::Policy;
use leadtree::{Lead, Suggestion};
use thiserror::Error;

use super::join::Table;
use super::mapping::{Mapping, Source};
use super::part::Part;
use super::reading::Reading;
use super::rows::{Cell, Row, RowFault};

/// The maximum padding: more than any code needs, but rows stay small.
const MOST_PADDING: usize = 1_000;

/// Why a mapping does not fit the file or the policy.
#[derive(Debug, Error)]
enum Fault {
    #[error("`{name}` is neither a field of a lead nor an attribute of the policy{suggestion}")]
    UnknownPart {
        name: String,
        suggestion: Suggestion,
    },
    #[error("`{part}` is given twice; keep one")]
    GivenTwice { part: String },
    #[error("`{part}` has both `column` and `value`; keep one")]
    TwoSources { part: String },
    #[error("`{part}` needs a `column` or a `value`")]
    NoSource { part: String },
    #[error("`{part}`: `{option}` is for {kind} only")]
    Unfit {
        part: String,
        option: &'static str,
        kind: &'static str,
    },
    #[error("`{part}`: `pad` is {pad}; the maximum is {MOST_PADDING}")]
    PadTooWide { part: String, pad: usize },
    #[error("`{part}`: the file has no column `{column}`{suggestion}")]
    UnknownColumn {
        part: String,
        column: String,
        suggestion: Suggestion,
    },
    #[error("`{part}`: the file has two columns `{column}`; rename one")]
    AmbiguousColumn { part: String, column: String },
    #[error(
        "no column `id`; name it with --columns, {{\"columns\": {{\"id\": \"…\"}}}}\
         {suggestion}"
    )]
    NoId { suggestion: Suggestion },
}

/// All faults of a mapping.
#[derive(Debug)]
struct Faults(Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the columns do not fit:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl Error for Faults {}

/// Everything needed to build leads from rows.
pub(crate) struct Columns {
    joins: Vec<(Place, Table)>,
    id: Field,
    fields: Vec<Field>,
    time_zone: TimeZone,
}

/// The input for one field of a lead.
struct Field {
    part: Part,
    origin: Origin,
    reading: Reading,
}

enum Origin {
    Column(Place),
    Value(String),
}

/// Where a column is.
struct Place {
    name: String,
    /// Position in the leads' file, if that is CSV.
    own: Option<usize>,
    /// Joined file, and position in it.
    joined: Option<(usize, usize)>,
}

/// A lead, with the rest of its row.
pub(crate) struct Arrival<'r> {
    pub(crate) lead: Lead<'r>,
    /// The time of the assignment.
    pub(crate) received: Option<DateTime<Utc>>,
    /// For each joined file, whether it has a row for the lead.
    pub(crate) joined: Vec<bool>,
}

/// The available columns.
struct Header<'h> {
    /// The columns of the leads' file; unknown in advance for JSON lines.
    own: Option<&'h StringRecord>,
    joins: &'h [(Place, Table)],
}

impl Header<'_> {
    fn names(&self) -> impl Iterator<Item = &str> {
        let joined = self.joins.iter().flat_map(|(_, table)| &table.header);
        self.own.into_iter().flatten().chain(joined)
    }

    /// Finds a column; the leads' own file has precedence over joined files.
    fn find(&self, part: &str, column: &str) -> Result<Place, Fault> {
        let own = self
            .own
            .and_then(|names| names.iter().position(|name| name == column));
        let joined = self
            .joins
            .iter()
            .enumerate()
            .find_map(|(join, (_, table))| {
                let position = table.header.iter().position(|name| name == column)?;
                Some((join, position))
            });
        let namesakes = self
            .own
            .into_iter()
            .flatten()
            .filter(|name| *name == column);
        if namesakes.count() > 1 {
            return Err(Fault::AmbiguousColumn {
                part: part.to_owned(),
                column: column.to_owned(),
            });
        }
        if self.own.is_some() && own.or(joined.map(|(join, _)| join)).is_none() {
            return Err(Fault::UnknownColumn {
                part: part.to_owned(),
                column: column.to_owned(),
                suggestion: Suggestion::among(column, self.names()),
            });
        }
        Ok(Place {
            name: column.to_owned(),
            own,
            joined,
        })
    }
}

impl Columns {
    /// Resolves the mapping in the leads' file and the joined files, which are in `folder`.
    pub(crate) fn bind(
        mapping: &Mapping,
        policy: &Policy,
        header: Option<&StringRecord>,
        folder: &Path,
    ) -> Result<Self, Box<dyn Error>> {
        let mut joins = Vec::new();
        for (index, join) in mapping.joins.iter().enumerate() {
            let known = Header {
                own: header,
                joins: &joins,
            };
            let place = known
                .find(&format!("joins[{index}]"), &join.on)
                .map_err(|fault| Faults(vec![fault]))?;
            joins.push((place, Table::read(join, folder)?));
        }
        let parts = Part::all(policy);
        let header = Header {
            own: header,
            joins: &joins,
        };
        let mut faults = check_names(mapping, &parts);
        let mut id = None;
        let mut fields = Vec::new();
        for part in parts {
            match bind_part(&part, mapping, &header) {
                Ok(Some(field)) if matches!(part, Part::Id) => id = Some(field),
                Ok(Some(field)) => fields.push(field),
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        let time_zone = policy.time_zone();
        match id {
            Some(id) if faults.is_empty() => Ok(Self {
                joins,
                id,
                fields,
                time_zone,
            }),
            _ => Err(Faults(faults).into()),
        }
    }

    /// Builds the lead of a row.
    pub(crate) fn lead<'r>(&'r self, row: Row<'r>) -> Result<Arrival<'r>, RowFault> {
        let mut joined = Vec::with_capacity(self.joins.len());
        for (place, table) in &self.joins {
            let record = match place.cell(row, &joined) {
                Some(Cell::Text(key)) => table.row(key.trim()),
                Some(Cell::List(_) | Cell::Other(_)) | None => None,
            };
            joined.push(record);
        }
        let id = self.id.text(row, &joined)?;
        if id.is_empty() {
            return Err(RowFault::NoId);
        }
        let mut lead = Lead::builder(id);
        let mut received = None;
        for field in &self.fields {
            if field.part.is_tags() {
                let tags = field.tags(row, &joined)?;
                if !tags.is_empty() {
                    lead = lead.attribute(field.part.name(), AttributeValue::Tags(tags));
                }
                continue;
            }
            let text = field.text(row, &joined)?;
            if text.is_empty() {
                continue;
            }
            match &field.part {
                // The id was read already.
                Part::Id => {}
                Part::Received => {
                    let moment = field.reading.moment(&text, self.time_zone);
                    received = Some(moment.ok_or_else(|| RowFault::NotAMoment {
                        text: text.into_owned(),
                    })?);
                }
                Part::Account => lead = lead.account(text),
                Part::Dimension(dimension) => lead = lead.value(*dimension, text),
                Part::Attribute { name, .. } => {
                    lead = match field.reading.date(&text) {
                        Some(date) => lead.attribute(name.as_str(), date),
                        None => lead.attribute(name.as_str(), AttributeValue::Text(text)),
                    };
                }
            }
        }
        Ok(Arrival {
            lead: lead.build(),
            received,
            joined: joined.iter().map(Option::is_some).collect(),
        })
    }
}

impl Place {
    fn cell<'r>(&'r self, row: Row<'r>, joined: &[Option<&'r StringRecord>]) -> Option<Cell<'r>> {
        row.cell(self.own, &self.name).or_else(|| {
            let (join, position) = self.joined?;
            let record = joined.get(join).copied().flatten()?;
            Some(Cell::Text(record.get(position)?.into()))
        })
    }
}

impl Field {
    fn cell<'r>(&'r self, row: Row<'r>, joined: &[Option<&'r StringRecord>]) -> Cell<'r> {
        let blank = Cell::Text(Cow::Borrowed(""));
        match &self.origin {
            Origin::Column(place) => place.cell(row, joined).unwrap_or(blank),
            Origin::Value(value) => Cell::Text(value.as_str().into()),
        }
    }

    fn text<'r>(
        &'r self,
        row: Row<'r>,
        joined: &[Option<&'r StringRecord>],
    ) -> Result<Cow<'r, str>, RowFault> {
        match self.cell(row, joined) {
            Cell::Text(text) => Ok(self.reading.text(text)),
            Cell::List(_) => Err(self.not_a_text("a list")),
            Cell::Other(found) => Err(self.not_a_text(found)),
        }
    }

    fn tags<'r>(
        &'r self,
        row: Row<'r>,
        joined: &[Option<&'r StringRecord>],
    ) -> Result<Vec<Cow<'r, str>>, RowFault> {
        match self.cell(row, joined) {
            Cell::Text(text) => Ok(self.reading.tags(text)),
            Cell::List(tags) => Ok(self.reading.each(tags)),
            Cell::Other(found) => Err(self.not_a_text(found)),
        }
    }

    fn not_a_text(&self, found: &'static str) -> RowFault {
        RowFault::NotAText {
            part: self.part.name().to_owned(),
            found,
        }
    }
}

/// Reports unknown and duplicate names in the mapping.
fn check_names(mapping: &Mapping, parts: &[Part]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (position, (name, _)) in mapping.columns.iter().enumerate() {
        if parts.iter().all(|part| part.name() != name) {
            faults.push(Fault::UnknownPart {
                name: name.to_owned(),
                suggestion: Suggestion::among(name, parts.iter().map(Part::name)),
            });
        }
        let before = mapping.columns.iter().take(position);
        if before.into_iter().any(|(earlier, _)| earlier == name) {
            faults.push(Fault::GivenTwice {
                part: name.to_owned(),
            });
        }
    }
    faults
}

/// The input for a field: by the mapping, otherwise the column with its name; `None` if there is
/// neither.
fn bind_part(part: &Part, mapping: &Mapping, header: &Header<'_>) -> Result<Option<Field>, Fault> {
    let name = part.name();
    let field = |origin, source: &Source| Field {
        part: part.clone(),
        origin,
        reading: Reading::new(source),
    };
    let said = mapping.columns.iter().find(|(said, _)| *said == name);
    let Some((_, source)) = said else {
        return match (header.find(name, name), part) {
            (Ok(place), _) => Ok(Some(field(Origin::Column(place), &Source::default()))),
            (Err(Fault::UnknownColumn { suggestion, .. }), Part::Id) => {
                Err(Fault::NoId { suggestion })
            }
            (Err(Fault::UnknownColumn { .. }), _) => Ok(None),
            (Err(fault), _) => Err(fault),
        };
    };
    let unfit = |option, kind| Fault::Unfit {
        part: name.to_owned(),
        option,
        kind,
    };
    if source.date.is_some() && !part.is_date() {
        return Err(unfit("date", "`received` and date attributes"));
    }
    if source.split.is_some() && !part.is_tags() {
        return Err(unfit("split", "tags"));
    }
    let part = name.to_owned();
    if source.pad > MOST_PADDING {
        let pad = source.pad;
        return Err(Fault::PadTooWide { part, pad });
    }
    let origin = match (&source.column, &source.value) {
        (Some(column), None) => Origin::Column(header.find(name, column)?),
        (None, Some(value)) => Origin::Value(value.clone()),
        (Some(_), Some(_)) => return Err(Fault::TwoSources { part }),
        (None, None) => return Err(Fault::NoSource { part }),
    };
    Ok(Some(field(origin, source)))
}
