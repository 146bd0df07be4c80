//! Checks the values of a lead in an example: a misspelt one would be unlisted without a word.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::resolver::Resolver;
use super::value_remedy;
use crate::dimension::{AttributeKind, Dimension, Listed, Stages, Taxonomy};
use crate::document::FormFault;
use crate::lead::{
    AttributeValue, FlatLead, FunnelStage, Industry, Lead, LifecycleStage, NOT_A_VALUE,
    ProductLine, Region, resolve_attribute,
};
use crate::place::Trail;
use crate::policy::errors::PolicyFault;
use crate::rule::Subject;
use crate::suggestion::Suggestion;
use crate::text::{both_readings, may_group_thousands, trimmed};

impl Resolver<'_> {
    /// Reports every value of the lead that the policy does not list, unless its field is one of `unlisted`.
    /// `trail` is the example.
    pub(in crate::policy) fn lead(
        &mut self,
        flat: &FlatLead,
        unlisted: &[Subject],
        trail: Trail<'_>,
    ) {
        let expected = trail.field("expect");
        let expected = expected.field("unlisted");
        for (index, field) in unlisted.iter().enumerate() {
            let item = expected.item(index);
            let trail = if unlisted.len() == 1 { expected } else { item };
            if let Subject::Attribute(name) = field {
                self.declared(name.as_str(), trail);
            }
        }
        let unlisted: HashSet<&str, FixedState> = unlisted.iter().map(Subject::as_str).collect();
        let lead = flat.lead();
        let trail = trail.field("lead");
        for dimension in Dimension::ALL {
            if !unlisted.contains(dimension.as_str()) {
                self.dimension_value(lead, dimension, trail.field(dimension.as_str()));
            }
        }
        let inner = trail.field("attributes");
        for (name, value) in lead.attributes() {
            let around = if flat.is_nested(name) { inner } else { trail };
            let trail = around.field(name);
            let declared = self.known.attributes.as_deref();
            let is_declared = declared.is_none_or(|it| it.kind(name).is_some());
            if flat.is_nested(name) && FlatLead::is_field(name) && !is_declared {
                let field = name.to_owned();
                self.fault(trail, PolicyFault::NotAnAttribute { field });
                continue;
            }
            if *value == AttributeValue::Other {
                let message = NOT_A_VALUE.to_owned();
                self.fault(trail, PolicyFault::Form(FormFault::Other { message }));
                continue;
            }
            if let Some(kind) = self.declared(name, trail)
                && !unlisted.contains(name)
            {
                self.attribute_value(name, kind, value, trail);
            }
        }
    }

    fn dimension_value(&mut self, lead: &Lead<'_>, dimension: Dimension, trail: Trail<'_>) {
        let known = self.known;
        match dimension {
            Dimension::Region => {
                let value = lead.region().map(Region::as_str);
                self.node_value("region", value, known.regions.as_deref(), dimension, trail);
            }
            Dimension::Industry => {
                let value = lead.industry().map(Industry::as_str);
                self.node_value(
                    "industry",
                    value,
                    known.industries.as_deref(),
                    dimension,
                    trail,
                );
            }
            Dimension::ProductLine => {
                let value = lead.product_line().map(ProductLine::as_str);
                self.node_value(
                    "product line",
                    value,
                    known.product_lines.as_deref(),
                    dimension,
                    trail,
                );
            }
            Dimension::LifecycleStage => {
                let (kind, stages) = ("lifecycle stage", known.lifecycle_stages.as_deref());
                let value = lead.lifecycle_stage().map(LifecycleStage::as_str);
                self.stage_value(kind, value, stages, dimension, trail);
            }
            Dimension::FunnelStage => {
                let (kind, stages) = ("funnel stage", known.funnel_stages.as_deref());
                let value = lead.funnel_stage().map(FunnelStage::as_str);
                self.stage_value(kind, value, stages, dimension, trail);
            }
            Dimension::CustomerSize => {
                if let (Some(size), Some(bands)) =
                    (lead.customer_size(), known.customer_sizes.as_deref())
                    && size.resolve(bands).value == Listed::Unlisted
                {
                    let value = size.to_string();
                    let suggestion = self.suggester.among(&value, bands.names());
                    if suggestion.name().is_some() {
                        self.unlisted("band", &value, dimension.as_str(), suggestion, trail);
                    } else {
                        let remedy = value_remedy::CUSTOMER_SIZE.to_owned();
                        let field = dimension.as_str();
                        self.impossible("customer size", value, field, remedy, trail);
                    }
                }
            }
        }
    }

    fn node_value(
        &mut self,
        kind: &'static str,
        value: Option<&str>,
        taxonomy: Option<&Taxonomy>,
        dimension: Dimension,
        trail: Trail<'_>,
    ) {
        if let (Some(value), Some(taxonomy)) = (value, taxonomy)
            && taxonomy.resolve(value).value == Listed::Unlisted
        {
            let suggestion = self.suggester.among(value, taxonomy.spellings());
            self.unlisted(kind, value, dimension.as_str(), suggestion, trail);
        }
    }

    fn stage_value(
        &mut self,
        kind: &'static str,
        value: Option<&str>,
        stages: Option<&Stages>,
        dimension: Dimension,
        trail: Trail<'_>,
    ) {
        if let (Some(value), Some(stages)) = (value, stages)
            && stages.resolve(value).value == Listed::Unlisted
        {
            let suggestion = self.suggester.among(value, stages.spellings());
            self.unlisted(kind, value, dimension.as_str(), suggestion, trail);
        }
    }

    /// The kind of an attribute; reports one that the policy does not declare.
    fn declared(&mut self, name: &str, trail: Trail<'_>) -> Option<AttributeKind> {
        let attributes = self.known.attributes.as_deref()?;
        let kind = attributes.kind(name);
        if kind.is_none() {
            self.unknown_field(name, trail);
        }
        kind
    }

    fn attribute_value(
        &mut self,
        name: &str,
        kind: AttributeKind,
        value: &AttributeValue<'_>,
        trail: Trail<'_>,
    ) {
        let is_bare = matches!(value, AttributeValue::Number(_) | AttributeValue::Flag(_));
        if kind == AttributeKind::Text && is_bare {
            let value = value.to_string();
            self.fault(trail, PolicyFault::BareValue { value });
        } else if let Some(remedy) = read_otherwise_in_files(kind, value) {
            self.impossible(kind.as_str(), value.to_string(), name, remedy, trail);
        } else if resolve_attribute(Some(value), kind).value == Listed::Unlisted {
            let value = value.to_string();
            let remedy = value_remedy::of_attribute(kind, &value);
            self.impossible(kind.as_str(), value, name, remedy, trail);
        }
    }

    fn unlisted(
        &mut self,
        kind: &'static str,
        value: &str,
        field: &str,
        suggestion: Suggestion,
        trail: Trail<'_>,
    ) {
        let fault = PolicyFault::UnlistedValue {
            kind,
            value: value.to_owned(),
            field: field.to_owned(),
            suggestion,
        };
        self.fault(trail, fault);
    }

    fn impossible(
        &mut self,
        kind: &'static str,
        value: String,
        field: &str,
        remedy: String,
        trail: Trail<'_>,
    ) {
        let fault = PolicyFault::ImpossibleValue {
            kind,
            value,
            field: field.to_owned(),
            remedy,
        };
        self.fault(trail, fault);
    }
}

/// What to write instead of a text that stands for a number or tags, where a column of a file with the same text
/// would be read as something else: `1.125` may have thousands there, and `a;b` are two tags.
fn read_otherwise_in_files(kind: AttributeKind, value: &AttributeValue<'_>) -> Option<String> {
    let AttributeValue::Text(text) = value else {
        return None;
    };
    match kind {
        AttributeKind::Number if may_group_thousands(trimmed(text)) => {
            let [whole, decimal] = both_readings(trimmed(text));
            Some(format!("write {whole} or {decimal}, without quotes"))
        }
        AttributeKind::Tags if text.contains(';') => {
            let tags: Vec<_> = text.split(';').map(trimmed).collect();
            Some(format!("write a list, as in [{}]", tags.join(", ")))
        }
        _ => None,
    }
}
