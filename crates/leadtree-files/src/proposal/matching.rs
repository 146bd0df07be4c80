//! Which column is which field: by names and by values.

use leadtree::dimension::{AttributeKind, Dimension};

use super::dates::Dates;
use super::known::{Knowledge, Known};
use super::name_score::{CERTAIN, CLEAR, FAINT, FieldNames};
use super::sample::{Column, Sample, counted};
use crate::columns::{LeadField, path};

/// From here on a name fits so well that a column may serve a second field of another kind.
const PLAIN: f64 = 0.85;

/// How many columns are tried as steps of a path.
const MOST_STEPS: usize = 8;

/// The columns that were found for a field.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// One, or the steps of a path.
    pub(super) columns: Vec<usize>,
    pub(super) known: Known,
    /// How well the name fits, from 0 to 1.
    pub(super) name: f64,
    score: f64,
}

/// Fields of one kind do not share a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Id,
    Account,
    Date,
    Dimension,
    Number,
    Flag,
    Text,
    Tags,
}

impl Kind {
    fn of(field: &LeadField) -> Self {
        match field {
            LeadField::Id => Self::Id,
            LeadField::Account => Self::Account,
            LeadField::Received => Self::Date,
            LeadField::Dimension(_) => Self::Dimension,
            LeadField::Attribute { kind, .. } => match kind {
                AttributeKind::Number => Self::Number,
                AttributeKind::Flag => Self::Flag,
                AttributeKind::Tags => Self::Tags,
                AttributeKind::Date => Self::Date,
                _ => Self::Text,
            },
        }
    }
}

/// For each field the columns that fit it best, if some do. The best pair of field and columns comes first, then
/// the best of what is left.
pub(super) fn matched(
    fields: &[LeadField],
    sample: &Sample,
    dates: &[Option<Dates>],
    knowledge: &Knowledge<'_>,
) -> Vec<Option<Match>> {
    let mut candidates = Vec::new();
    for (field, place) in fields.iter().zip(0..) {
        let found = of_field(field, sample, dates, knowledge);
        candidates.extend(
            found
                .into_iter()
                .map(|candidate| (place, Kind::of(field), candidate)),
        );
    }
    // Stable: of equals the field, and then the column, that comes first.
    candidates.sort_by(|(_, _, one), (_, _, other)| other.score.total_cmp(&one.score));
    let mut found: Vec<Option<Match>> = vec![None; fields.len()];
    let mut used: Vec<(usize, Kind)> = Vec::new();
    for (place, kind, candidate) in candidates {
        let Some(slot @ None) = found.get_mut(place) else {
            continue;
        };
        let may_use = |column: &usize| {
            let mut uses = used.iter().filter(|(other, _)| other == column);
            uses.all(|(_, other)| may_share(kind, *other, candidate.name))
        };
        if candidate.columns.iter().all(may_use) {
            used.extend(candidate.columns.iter().map(|column| (*column, kind)));
            *slot = Some(candidate);
        }
    }
    found
}

/// Whether a column that serves a field may serve another one, whose name fits so well.
fn may_share(kind: Kind, other: Kind, name: f64) -> bool {
    let is_pair = |one, two| (kind, other) == (one, two) || (kind, other) == (two, one);
    kind != other && (name >= PLAIN || is_pair(Kind::Dimension, Kind::Text))
}

/// The columns that may be a field.
fn of_field(
    field: &LeadField,
    sample: &Sample,
    dates: &[Option<Dates>],
    knowledge: &Knowledge<'_>,
) -> Vec<Match> {
    let names = FieldNames::of(field.name());
    let all = sample.columns.iter().zip(dates).zip(0..);
    let all = all.map(|((column, dates), place)| {
        let name = names
            .score(&column.name)
            .max(names.score(last_key(column, sample)));
        let known = knowledge.of(field, &column.values, dates.as_ref());
        Match {
            columns: vec![place],
            score: 0.6 * name + 0.4 * known.share(),
            known,
            name,
        }
    });
    let all: Vec<Match> = all.collect();
    let mut fitting: Vec<Match> = all
        .iter()
        .filter(|candidate| {
            let columns = &candidate.columns;
            let column = columns.first().and_then(|place| sample.columns.get(*place));
            column.is_some_and(|column| fits(field, column, candidate))
        })
        .cloned()
        .collect();
    if *field == LeadField::Dimension(Dimension::Region) {
        fitting.extend(paths(field, &all, sample, knowledge));
    }
    fitting
}

/// The name of a key inside other objects.
fn last_key<'c>(column: &'c Column, sample: &Sample) -> &'c str {
    let key = column.name.rsplit('.').next();
    key.filter(|_| sample.separator.is_none())
        .unwrap_or(&column.name)
}

/// Whether a column may be a field at all.
fn fits(field: &LeadField, column: &Column, candidate: &Match) -> bool {
    let (name, share) = (candidate.name, candidate.known.share());
    let is_blank = candidate.known.given == 0;
    match (field, Kind::of(field)) {
        (_, Kind::Id) => name >= FAINT && column.is_unique(),
        (_, Kind::Account | Kind::Text) => name >= CLEAR,
        (_, Kind::Tags) => name >= CLEAR || column.is_list && name >= FAINT,
        (_, Kind::Number | Kind::Flag | Kind::Date) => {
            name >= FAINT && share >= 0.5 || is_blank && name >= CERTAIN
        }
        (LeadField::Dimension(Dimension::CustomerSize), _) => {
            // Postal codes and phone numbers are whole numbers, too; ranges and words tell a size.
            let is_worded = |(text, _): &&(String, usize)| text.parse::<f64>().is_err();
            let count = |(_, count): &(String, usize)| *count;
            let worded: usize = column.values.iter().filter(is_worded).map(count).sum();
            let is_told = share >= 0.9 && 2 * worded >= candidate.known.given;
            name >= FAINT && share >= 0.5
                || is_told && candidate.known.different > 2
                || is_blank && name >= CERTAIN
        }
        _ => {
            // Numbers may be codes of anything.
            let is_number = |(text, _): &(String, usize)| text.parse::<f64>().is_ok();
            let is_told = candidate.known.different > 2 && !column.values.iter().all(is_number);
            name >= CLEAR && share >= 0.05
                || name >= FAINT && share >= 0.4
                || is_told && share >= 0.7
                || is_blank && name >= CERTAIN
                || name >= 1.0
        }
    }
}

/// Pairs of columns that name a value together which neither names by itself: country and state.
fn paths(
    field: &LeadField,
    single: &[Match],
    sample: &Sample,
    knowledge: &Knowledge<'_>,
) -> Vec<Match> {
    let mut steps: Vec<&Match> = single.iter().filter(|step| step.name >= FAINT).collect();
    steps.sort_by(|one, other| other.name.total_cmp(&one.name));
    steps.truncate(MOST_STEPS);
    let mut found = Vec::new();
    for outer in &steps {
        for inner in &steps {
            let columns = [outer, inner].map(|step| step.columns.first().copied());
            let [Some(first), Some(second)] = columns else {
                continue;
            };
            if first == second {
                continue;
            }
            let known = knowledge.of(field, &joined(first, second, sample), None);
            let best = outer.known.share().max(inner.known.share());
            let most = outer.known.different.max(inner.known.different);
            let is_better = known.share() >= best + 0.05;
            let is_finer = known.different > most && known.share() >= 0.8 * best;
            if known.share() >= 0.5 && known.different > 1 && (is_better || is_finer) {
                let name = outer.name.max(inner.name);
                found.push(Match {
                    columns: vec![first, second],
                    // Above either column by itself.
                    score: 0.6 * name + 0.4 * known.share().max(best) + 0.06,
                    known,
                    name,
                });
            }
        }
    }
    found
}

/// The paths that two columns make, as a mapping with `path` makes them.
fn joined(first: usize, second: usize, sample: &Sample) -> Vec<(String, usize)> {
    let cells = |place: usize| sample.columns.get(place).map(|column| column.cells.iter());
    let (Some(first), Some(second)) = (cells(first), cells(second)) else {
        return Vec::new();
    };
    let paths = first.zip(second).map(|(one, two)| path(&[one, two]));
    let paths: Vec<String> = paths.collect();
    counted(paths.iter().map(String::as_str))
}
