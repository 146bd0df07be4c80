//! Binds a mapping to the columns that a file has.

use std::cell::Cell;

use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::policy::Policy;
use leadtree::{Place, Suggestion};

use super::columns::{BoundJoin, Columns};
use super::constants::{self, constants};
use super::fault::{MappingFault, MappingFaults};
use super::field::{BoundField, Kind, Origin};
use super::header::{Header, OwnColumns};
use super::lead_field::LeadField;
use super::steps::{BlankCounts, BlankWords, Steps};
use super::table::{OpenJoin, Table};
use crate::mapping::{Mapping, Source};
use crate::rows::Reading;
use crate::value::{Blanks, DEFAULT_BLANKS, DateFormat, Moments};

impl Columns {
    /// Finds the columns that a mapping names in the leads' file and the joined files, which `open` opens. `readings`
    /// tell how each is to be read.
    pub(crate) fn bind(
        mapping: &Mapping,
        policy: &Policy,
        own: &OwnColumns,
        readings: &[Reading<'_>],
        open: &mut OpenJoin<'_>,
    ) -> Result<Self, MappingFaults> {
        let mut binding = Binding {
            mapping,
            policy,
            faults: MappingFaults::default(),
        };
        let mut joins = Vec::new();
        for (index, (join, reading)) in mapping.joins.iter().zip(readings).enumerate() {
            let place = Place::whole().field("joins").item(index);
            let header = Header { own, joins: &joins };
            let on = binding.source(&join.on, &LeadField::Account, &place.field("on"), &header);
            let table = Table::read(join, reading, open, &place, &mut binding.faults);
            match (on, table) {
                (Some(on), Ok(table)) => joins.push(BoundJoin { on, table }),
                (_, Err(fault)) => binding.faults.add(place, &fault),
                (None, Ok(_)) => {}
            }
        }
        let header = Header { own, joins: &joins };
        let all = LeadField::all(policy);
        binding.check_names(&all);
        let mut id = None;
        let mut dimensions = Vec::new();
        let mut others = Vec::new();
        let mut attributes = Vec::new();
        for field in all {
            let bound = binding.field(&field, &header);
            match field {
                LeadField::Id => id = bound,
                LeadField::Attribute { .. } => attributes.extend(bound),
                LeadField::Dimension(dimension) if dimension != Dimension::CustomerSize => {
                    dimensions.extend(bound.map(|bound| (dimension, bound)));
                }
                _ => others.extend(bound),
            }
        }
        let blanks = match &mapping.blanks {
            None => Blanks::new(DEFAULT_BLANKS),
            Some(words) => Blanks::new(words.iter().map(|word| &**word)),
        };
        let further = mapping.get_further_columns().iter().map(|name| {
            let column = header.find_named(name).ok();
            column.filter(|column| header.has(column))
        });
        let further = further.collect();
        match id {
            Some(id) if binding.faults.is_empty() => Ok(Self {
                joins,
                id,
                dimensions,
                others,
                attributes,
                blanks: BlankCounts::new(blanks),
                policy: policy.clone(),
                shown_marks: Vec::new(),
                default_id: mapping.get_default_id().map(str::to_owned),
                further,
                odd_ids: Cell::default(),
            }),
            _ => Err(binding.faults),
        }
    }
}

struct Binding<'m> {
    mapping: &'m Mapping,
    policy: &'m Policy,
    faults: MappingFaults,
}

impl Binding<'_> {
    /// Reports unknown and repeated names.
    fn check_names(&mut self, fields: &[LeadField]) {
        let place = Place::whole().field("columns");
        for (name, _) in self.mapping.columns.iter() {
            if fields.iter().all(|field| field.name() != name) {
                let fault = MappingFault::UnknownField {
                    name: name.to_owned(),
                    suggestion: Suggestion::among(name, fields.iter().map(LeadField::name)),
                };
                self.faults.add(place.field(name), &fault);
            }
        }
    }

    /// A field by the mapping, otherwise from the column with its name; none if there is neither.
    fn field(&mut self, field: &LeadField, header: &Header<'_>) -> Option<BoundField> {
        let name = field.name();
        let place = Place::whole().field("columns").field(name);
        let mut columns = self.mapping.columns.iter();
        if let Some((_, source)) = columns.find(|(said, _)| *said == name) {
            return self.source(source, field, &place, header);
        }
        let is_id = *field == LeadField::Id;
        let further = self.mapping.get_further_columns();
        let name = if further.iter().any(|further| further == name) {
            &format!("attributes.{name}")
        } else {
            name
        };
        // A later object may have what none of the first has.
        let may_come = !header.own.is_complete && !is_id || header.own.is_unseen;
        match (header.find_named(name), field) {
            (Ok(column), _) if may_come || header.has(&column) => {
                let source = Source::column(name);
                Some(self.bound(field, Origin::Column(column), &source, &place))
            }
            (Ok(_) | Err(MappingFault::UnknownColumn { .. }), LeadField::Id) => {
                if let Some(id) = self.mapping.get_default_id() {
                    let origin = Origin::Value(id.to_owned());
                    return Some(self.bound(field, origin, &Source::default(), &place));
                }
                let columns = header.names();
                let fault = MappingFault::NoId {
                    suggestion: Suggestion::among(name, columns.iter().map(|name| &**name)),
                    columns,
                };
                self.faults.add(Place::whole(), &fault);
                None
            }
            (Ok(_) | Err(MappingFault::UnknownColumn { .. }), _) => None,
            (Err(fault), _) => {
                self.faults.add(place, &fault);
                None
            }
        }
    }

    /// A field by its source in the mapping.
    fn source(
        &mut self,
        source: &Source,
        field: &LeadField,
        place: &Place,
        header: &Header<'_>,
    ) -> Option<BoundField> {
        let given = [
            source.column.is_some(),
            !source.first_of.is_empty(),
            !source.path.is_empty(),
            source.value.is_some(),
            source.row_number,
        ];
        let name = field.name().to_owned();
        let fault = match given.iter().filter(|given| **given).count() {
            0 => Some(MappingFault::NoSource { field: name }),
            1 => None,
            _ => Some(MappingFault::SeveralSources { field: name }),
        };
        if let Some(fault) = fault {
            self.faults.add(place.clone(), &fault);
            return None;
        }
        let mut found = Vec::new();
        for column in source.columns() {
            match header.find(column) {
                Ok(address) => found.push(address),
                Err(fault) => self.faults.add(place.clone(), &fault),
            }
        }
        let is_complete = found.len() == source.columns().count();
        let origin = if source.row_number {
            Origin::RowNumber
        } else if let Some(value) = &source.value {
            Origin::Value(value.clone())
        } else if !source.path.is_empty() {
            Origin::Path(found)
        } else if source.column.is_some() {
            Origin::of_one(found)
        } else {
            Origin::FirstOf(found)
        };
        // Also where a column is missing, so that all faults are told.
        let bound = self.bound(field, origin, source, place);
        for (option, text) in constants(source) {
            let text = match option {
                "value" => bound.steps.given(text.into()),
                _ => text.into(),
            };
            if let Some(fault) = constants::fault(&bound, &text, self.policy) {
                self.faults.add(place.field(option), &fault);
            }
        }
        is_complete.then_some(bound)
    }

    fn bound(
        &mut self,
        field: &LeadField,
        origin: Origin,
        source: &Source,
        place: &Place,
    ) -> BoundField {
        let steps = Steps::new(source, place, &mut self.faults);
        let kind = self.kind(field, source, place);
        BoundField {
            field: field.clone(),
            origin,
            blank_words: self.blank_words(field),
            steps,
            kind,
        }
    }

    /// What the text of a field means.
    fn kind(&mut self, field: &LeadField, source: &Source, place: &Place) -> Kind {
        let kind = field.attribute_kind();
        let mut unfit = |option, kind| {
            let fault = MappingFault::Unfit { option, kind };
            self.faults.add(place.field(option), &fault);
        };
        if !source.date.0.is_empty() && !field.is_date() {
            unfit("date", "`received` and date attributes");
        }
        if source.split.is_some() && kind != Some(AttributeKind::Tags) {
            unfit("split", "tags");
        }
        if source.decimal.is_some() && kind != Some(AttributeKind::Number) {
            unfit("decimal", "number attributes");
        }
        if source.split.as_deref() == Some("") {
            self.faults
                .add(place.field("split"), &MappingFault::EmptySplit);
        }
        match (field, kind) {
            (LeadField::Dimension(Dimension::CustomerSize), _) => Kind::Size,
            (LeadField::Received, _) | (_, Some(AttributeKind::Date)) => {
                Kind::Date(self.moments(source, place))
            }
            (_, Some(AttributeKind::Number)) => {
                Kind::Number(source.decimal.or(self.mapping.decimal))
            }
            (_, Some(AttributeKind::Flag)) => Kind::Flag,
            (_, Some(AttributeKind::Tags)) => {
                Kind::Tags(source.split.clone().unwrap_or_else(|| ";".to_owned()))
            }
            _ => Kind::Text,
        }
    }

    /// The words that stand for no value in a field: all that the mapping lists. Those of this crate are no
    /// free texts and no value that the policy knows.
    fn blank_words(&self, field: &LeadField) -> BlankWords {
        if let Some(words) = &self.mapping.blanks {
            return BlankWords(vec![true; words.len()]);
        }
        let is_free = match field {
            LeadField::Attribute { kind, .. } => {
                matches!(kind, AttributeKind::Text | AttributeKind::Tags)
            }
            _ => false,
        };
        let stands = DEFAULT_BLANKS.map(|word| !is_free && !field.lists(self.policy, word));
        BlankWords(stands.to_vec())
    }

    fn moments(&mut self, source: &Source, place: &Place) -> Moments {
        let mut formats = Vec::new();
        for format in &source.date.0 {
            match DateFormat::new(format, self.mapping.two_digit_years) {
                Ok(format) => formats.push(format),
                Err(fault) => self.faults.add(place.field("date"), &fault.into()),
            }
        }
        Moments::new(formats, self.policy.time_zone())
    }
}
