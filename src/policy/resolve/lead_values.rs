//! Checks the values of a lead in an example: a misspelt one would be unlisted without a word.

use std::collections::HashSet;

use super::resolver::Resolver;
use crate::dimension::{AttributeKind, Dimension, Listed, Stages, Taxonomy};
use crate::id::AttributeName;
use crate::lead::{
    AttributeValue, FunnelStage, Industry, Lead, LifecycleStage, ProductLine, Region,
    resolve_attribute,
};
use crate::place::Trail;
use crate::policy::errors::PolicyFault;

impl Resolver<'_> {
    /// Reports every value of the lead that the policy does not list, unless its field is one of `unlisted`.
    /// `trail` is the example.
    pub(in crate::policy) fn lead(
        &mut self,
        lead: &Lead<'_>,
        unlisted: &[AttributeName],
        trail: Trail<'_>,
    ) {
        let expected = trail.field("expect");
        let expected = expected.field("unlisted");
        for (index, name) in unlisted.iter().enumerate() {
            let item = expected.item(index);
            let trail = if unlisted.len() == 1 { expected } else { item };
            if Dimension::from_name(name.as_str()).is_none() {
                self.declared(name.as_str(), trail);
            }
        }
        let unlisted: HashSet<&str> = unlisted.iter().map(AttributeName::as_str).collect();
        let is_expected = |name: &str| unlisted.contains(name);
        let trail = trail.field("lead");
        for dimension in Dimension::ALL {
            if !is_expected(dimension.as_str()) {
                self.dimension_value(lead, dimension, trail.field(dimension.as_str()));
            }
        }
        for (name, value) in lead.attributes() {
            let trail = trail.field(name);
            if let Some(kind) = self.declared(name, trail)
                && !is_expected(name)
            {
                self.attribute_value(kind, value, trail);
            }
        }
    }

    fn dimension_value(&mut self, lead: &Lead<'_>, dimension: Dimension, trail: Trail<'_>) {
        let known = self.known;
        match dimension {
            Dimension::Region => {
                let value = lead.region().map(Region::as_str);
                self.node_value("region", value, known.regions.as_deref(), trail);
            }
            Dimension::Industry => {
                let value = lead.industry().map(Industry::as_str);
                self.node_value("industry", value, known.industries.as_deref(), trail);
            }
            Dimension::ProductLine => {
                let value = lead.product_line().map(ProductLine::as_str);
                self.node_value("product line", value, known.product_lines.as_deref(), trail);
            }
            Dimension::LifecycleStage => {
                let (kind, stages) = ("lifecycle stage", known.lifecycle_stages.as_deref());
                let value = lead.lifecycle_stage().map(LifecycleStage::as_str);
                self.stage_value(kind, value, stages, trail);
            }
            Dimension::FunnelStage => {
                let (kind, stages) = ("funnel stage", known.funnel_stages.as_deref());
                let value = lead.funnel_stage().map(FunnelStage::as_str);
                self.stage_value(kind, value, stages, trail);
            }
            Dimension::CustomerSize => {
                if let (Some(size), Some(bands)) =
                    (lead.customer_size(), known.customer_sizes.as_deref())
                    && size.resolve(bands).value == Listed::Unlisted
                {
                    self.unlisted("band", &size.to_string(), bands.names(), trail);
                }
            }
        }
    }

    fn node_value(
        &mut self,
        kind: &'static str,
        value: Option<&str>,
        taxonomy: Option<&Taxonomy>,
        trail: Trail<'_>,
    ) {
        if let (Some(value), Some(taxonomy)) = (value, taxonomy)
            && taxonomy.resolve(value).value == Listed::Unlisted
        {
            self.unlisted(kind, value, taxonomy.spellings(), trail);
        }
    }

    fn stage_value(
        &mut self,
        kind: &'static str,
        value: Option<&str>,
        stages: Option<&Stages>,
        trail: Trail<'_>,
    ) {
        if let (Some(value), Some(stages)) = (value, stages)
            && stages.resolve(value).value == Listed::Unlisted
        {
            self.unlisted(kind, value, stages.spellings(), trail);
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
        kind: AttributeKind,
        value: &AttributeValue<'_>,
        trail: Trail<'_>,
    ) {
        let is_bare = matches!(value, AttributeValue::Number(_) | AttributeValue::Flag(_));
        if kind == AttributeKind::Text && is_bare {
            let value = value.to_string();
            self.fault(trail, PolicyFault::BareValue { value });
        } else if resolve_attribute(Some(value), kind).value == Listed::Unlisted {
            self.unlisted(kind.as_str(), &value.to_string(), [], trail);
        }
    }

    fn unlisted<'k>(
        &mut self,
        kind: &'static str,
        value: &str,
        known: impl IntoIterator<Item = &'k str>,
        trail: Trail<'_>,
    ) {
        let Trail::Field(_, field) = trail else {
            return;
        };
        let fault = PolicyFault::UnlistedValue {
            kind,
            value: value.to_owned(),
            field: field.to_owned(),
            suggestion: self.suggester.among(value, known),
        };
        self.fault(trail, fault);
    }
}
