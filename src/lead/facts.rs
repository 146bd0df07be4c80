//! A lead's values, resolved by a policy.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;

use super::{
    AttributeValue, CustomerSize, FunnelStage, Industry, Lead, LifecycleStage, ProductLine, Region,
};
use crate::dimension::{
    AttributeKind, Dimension, Dimensions, Listed, Node, Number, Resolved, Stage, Stages, Taxonomy,
    Via, parse_date,
};
use crate::limits::{MAX_TAGS, MAX_TEXT_BYTES};
use crate::text::{fold_text, one_line, trimmed};

/// A lead's values, resolved to those that a policy lists, and how each was found.
///
/// Dimensions are resolved on construction, with one hash look-up each; attributes on access.
///
/// `Display` prints one line per value: what was given, and what it was resolved to.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    dimensions: &'a Dimensions,
    lead: &'a Lead<'a>,
    region: Resolved<Node>,
    industry: Resolved<Node>,
    customer_size: Resolved<u32>,
    product_line: Resolved<Node>,
    lifecycle_stage: Resolved<Stage>,
    funnel_stage: Resolved<Stage>,
}

/// An attribute's value, of the kind that the policy declares; texts are folded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact<'a> {
    Text(Cow<'a, str>),
    Number(Number),
    Flag(bool),
    Tags(&'a [Cow<'a, str>]),
    /// A single tag: a text, number, flag or date was given where tags are declared.
    Tag(Cow<'a, str>),
    Date(NaiveDate),
}

impl Fact<'_> {
    /// Whether any of the wanted tags, or all of them, are among the lead's. The wanted tags must be
    /// folded, sorted and free of duplicates.
    pub(crate) fn has_tags(&self, wanted: &[Box<str>], all: bool) -> bool {
        let find = |tag: &str| {
            let tag = fold_text(tag);
            wanted.binary_search_by(|known| (**known).cmp(&*tag)).ok()
        };
        match self {
            Self::Tags(tags) if all => {
                let mut found: Vec<usize> = tags.iter().filter_map(|tag| find(tag)).collect();
                found.sort_unstable();
                found.dedup();
                found.len() == wanted.len()
            }
            Self::Tags(tags) => tags.iter().any(|tag| find(tag).is_some()),
            Self::Tag(tag) => find(tag).is_some() && (!all || wanted.len() == 1),
            _ => false,
        }
    }
}

impl<'a> Facts<'a> {
    /// Resolves a lead's values among the values of a policy's dimensions.
    #[inline]
    pub fn of(lead: &'a Lead<'a>, dimensions: &'a Dimensions) -> Self {
        let missing = Resolved::missing();
        Self {
            dimensions,
            lead,
            region: lead.region().map_or(missing, |region| {
                dimensions.regions().resolve(region.as_str())
            }),
            industry: lead.industry().map_or(missing, |industry| {
                dimensions.industries().resolve(industry.as_str())
            }),
            customer_size: lead.customer_size().map_or(Resolved::missing(), |size| {
                size.resolve(dimensions.customer_sizes())
            }),
            product_line: lead.product_line().map_or(missing, |line| {
                dimensions.product_lines().resolve(line.as_str())
            }),
            lifecycle_stage: lead.lifecycle_stage().map_or(Resolved::missing(), |stage| {
                dimensions.lifecycle_stages().resolve(stage.as_str())
            }),
            funnel_stage: lead.funnel_stage().map_or(Resolved::missing(), |stage| {
                dimensions.funnel_stages().resolve(stage.as_str())
            }),
        }
    }

    /// The lead as given.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }

    /// The resolved region.
    pub fn region(&self) -> Resolved<Node> {
        self.region
    }

    /// The resolved industry.
    pub fn industry(&self) -> Resolved<Node> {
        self.industry
    }

    /// The resolved head count.
    pub fn customer_size(&self) -> Resolved<u32> {
        self.customer_size
    }

    /// The resolved product line.
    pub fn product_line(&self) -> Resolved<Node> {
        self.product_line
    }

    /// The resolved lifecycle stage.
    pub fn lifecycle_stage(&self) -> Resolved<Stage> {
        self.lifecycle_stage
    }

    /// The resolved funnel stage.
    pub fn funnel_stage(&self) -> Resolved<Stage> {
        self.funnel_stage
    }

    /// The code of the value in a dimension: nodes in preorder and stages in order, both from 0; head
    /// counts as they are.
    #[inline]
    pub(crate) fn code(&self, dimension: Dimension) -> Listed<u32> {
        match dimension {
            Dimension::Region => self.region.value.map(|node| node.0),
            Dimension::Industry => self.industry.value.map(|node| node.0),
            Dimension::CustomerSize => self.customer_size.value,
            Dimension::ProductLine => self.product_line.value.map(|node| node.0),
            Dimension::LifecycleStage => self.lifecycle_stage.value.map(|stage| stage.0),
            Dimension::FunnelStage => self.funnel_stage.value.map(|stage| stage.0),
        }
    }

    /// The code of the value to which a text resolves in a dimension; see [`code`](Self::code).
    pub(crate) fn code_of_text(
        text: &str,
        dimensions: &Dimensions,
        dimension: Dimension,
    ) -> Listed<u32> {
        let node = |taxonomy: &Taxonomy| taxonomy.resolve(text).value.map(|node| node.0);
        let stage = |stages: &Stages| stages.resolve(text).value.map(|stage| stage.0);
        match dimension {
            Dimension::Region => node(dimensions.regions()),
            Dimension::Industry => node(dimensions.industries()),
            Dimension::CustomerSize => {
                let size = CustomerSize::from(text);
                size.resolve(dimensions.customer_sizes()).value
            }
            Dimension::ProductLine => node(dimensions.product_lines()),
            Dimension::LifecycleStage => stage(dimensions.lifecycle_stages()),
            Dimension::FunnelStage => stage(dimensions.funnel_stages()),
        }
    }

    /// The code of the value in one dimension, without resolving the others.
    #[inline]
    pub(crate) fn code_of(
        lead: &Lead<'_>,
        dimensions: &Dimensions,
        dimension: Dimension,
    ) -> Listed<u32> {
        let node = |taxonomy: &Taxonomy, name: Option<&str>| {
            name.map_or(Listed::Missing, |name| {
                taxonomy.resolve(name).value.map(|node| node.0)
            })
        };
        let stage = |stages: &Stages, name: Option<&str>| {
            name.map_or(Listed::Missing, |name| {
                stages.resolve(name).value.map(|stage| stage.0)
            })
        };
        match dimension {
            Dimension::Region => node(dimensions.regions(), lead.region().map(Region::as_str)),
            Dimension::Industry => node(
                dimensions.industries(),
                lead.industry().map(Industry::as_str),
            ),
            Dimension::CustomerSize => lead.customer_size().map_or(Listed::Missing, |size| {
                size.resolve(dimensions.customer_sizes()).value
            }),
            Dimension::ProductLine => node(
                dimensions.product_lines(),
                lead.product_line().map(ProductLine::as_str),
            ),
            Dimension::LifecycleStage => stage(
                dimensions.lifecycle_stages(),
                lead.lifecycle_stage().map(LifecycleStage::as_str),
            ),
            Dimension::FunnelStage => stage(
                dimensions.funnel_stages(),
                lead.funnel_stage().map(FunnelStage::as_str),
            ),
        }
    }

    /// The value of the declared attribute at a position.
    pub(crate) fn attribute(&self, index: usize) -> Resolved<Fact<'a>> {
        Self::attribute_of(self.lead, self.dimensions, index)
    }

    /// The value of the declared attribute at a position, without resolving anything else.
    pub(crate) fn attribute_of(
        lead: &'a Lead<'a>,
        dimensions: &'a Dimensions,
        index: usize,
    ) -> Resolved<Fact<'a>> {
        let Some((name, kind)) = dimensions.attributes().at(index) else {
            return Resolved::missing();
        };
        resolve_attribute(lead.attribute(name.as_str()), kind)
    }

    /// The value given for a dimension, if any.
    pub fn given(&self, dimension: Dimension) -> Option<Cow<'a, str>> {
        let lead = self.lead;
        match dimension {
            Dimension::Region => lead.region().map(|value| value.as_str().into()),
            Dimension::Industry => lead.industry().map(|value| value.as_str().into()),
            Dimension::CustomerSize => lead.customer_size().map(|size| size.to_string().into()),
            Dimension::ProductLine => lead.product_line().map(|value| value.as_str().into()),
            Dimension::LifecycleStage => lead.lifecycle_stage().map(|value| value.as_str().into()),
            Dimension::FunnelStage => lead.funnel_stage().map(|value| value.as_str().into()),
        }
    }

    /// The value of a dimension as the policy writes it, and how it was found.
    pub fn listed(&self, dimension: Dimension) -> Resolved<Cow<'a, str>> {
        let node = |resolved: Resolved<Node>, path: fn(&'a Dimensions, Node) -> &'a str| Resolved {
            value: resolved
                .value
                .map(|node| Cow::Borrowed(path(self.dimensions, node))),
            via: resolved.via,
        };
        let stage =
            |resolved: Resolved<Stage>, name: fn(&'a Dimensions, Stage) -> &'a str| Resolved {
                value: resolved
                    .value
                    .map(|stage| Cow::Borrowed(name(self.dimensions, stage))),
                via: resolved.via,
            };
        match dimension {
            Dimension::Region => node(self.region, |known, node| known.regions().path(node)),
            Dimension::Industry => node(self.industry, |known, node| known.industries().path(node)),
            Dimension::ProductLine => node(self.product_line, |known, node| {
                known.product_lines().path(node)
            }),
            Dimension::LifecycleStage => stage(self.lifecycle_stage, |known, stage| {
                known.lifecycle_stages().name(stage)
            }),
            Dimension::FunnelStage => stage(self.funnel_stage, |known, stage| {
                known.funnel_stages().name(stage)
            }),
            Dimension::CustomerSize => Resolved {
                value: self
                    .customer_size
                    .value
                    .map(|head_count| head_count.to_string().into()),
                via: self.customer_size.via,
            },
        }
    }

    /// The value of an attribute as a text, and how it was found; `None` if the policy does not declare
    /// the attribute.
    pub fn listed_attribute(&self, name: &str) -> Option<Resolved<Cow<'a, str>>> {
        let (index, _) = self.dimensions.attributes().find(name)?;
        let Resolved { value, via } = self.attribute(index);
        let given = || {
            let given = self.lead.attribute(name).map(ToString::to_string);
            one_line(&given.unwrap_or_default()).into_owned()
        };
        let value = value.map(|fact| match fact {
            Fact::Number(number) => Cow::from(number.to_string()),
            Fact::Flag(flag) => Cow::from(flag.to_string()),
            Fact::Date(date) => Cow::from(date.to_string()),
            Fact::Text(_) | Fact::Tags(_) | Fact::Tag(_) => Cow::from(given()),
        });
        Some(Resolved { value, via })
    }
}

/// Resolves a given value to the declared kind.
pub(crate) fn resolve_attribute<'a>(
    given: Option<&'a AttributeValue<'a>>,
    kind: AttributeKind,
) -> Resolved<Fact<'a>> {
    let known = |fact| Resolved::known(fact, Via::Itself);
    let read = |fact: Option<_>| {
        fact.map_or(Resolved::unlisted(), |fact| {
            Resolved::known(fact, Via::Reading)
        })
    };
    match (kind, given) {
        (_, None) => Resolved::missing(),
        (_, Some(AttributeValue::Text(text))) if trimmed(text).is_empty() => Resolved::missing(),
        (_, Some(AttributeValue::Text(text))) if text.len() > MAX_TEXT_BYTES => {
            Resolved::unlisted()
        }
        (AttributeKind::Text, Some(AttributeValue::Text(text))) => {
            known(Fact::Text(fold_text(text)))
        }
        (AttributeKind::Number, Some(AttributeValue::Number(number))) => {
            known(Fact::Number(*number))
        }
        (AttributeKind::Flag, Some(AttributeValue::Flag(flag))) => known(Fact::Flag(*flag)),
        (AttributeKind::Tags, Some(AttributeValue::Tags(tags))) if tags.len() <= MAX_TAGS => {
            known(Fact::Tags(tags))
        }
        (AttributeKind::Date, Some(AttributeValue::Date(date))) => known(Fact::Date(*date)),
        (AttributeKind::Number, Some(AttributeValue::Text(text))) => {
            let number = trimmed(text)
                .parse()
                .ok()
                .and_then(|number| Number::new(number).ok());
            read(number.map(Fact::Number))
        }
        (AttributeKind::Flag, Some(AttributeValue::Text(text))) => {
            let folded = fold_text(text);
            read(folded.parse().ok().map(Fact::Flag))
        }
        (AttributeKind::Tags, Some(AttributeValue::Text(text))) => {
            read(Some(Fact::Tag(Cow::Borrowed(text))))
        }
        (AttributeKind::Date, Some(AttributeValue::Text(text))) => {
            read(parse_date(text).map(Fact::Date))
        }
        // Exports write a postal code or a year as a number.
        (AttributeKind::Text, Some(given)) => {
            given.scalar_text().map_or(Resolved::unlisted(), |text| {
                known(Fact::Text(Cow::Owned(text)))
            })
        }
        (AttributeKind::Tags, Some(given)) => {
            let text = given.scalar_text().map(Cow::Owned);
            read(text.map(Fact::Tag))
        }
        _ => Resolved::unlisted(),
    }
}

impl fmt::Display for Facts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = LineWriter { f, first: true };
        for dimension in Dimension::ALL {
            let listed = self.listed(dimension);
            lines.line(dimension.as_str(), self.given(dimension), &listed)?;
        }
        for (name, _) in self.dimensions.attributes().iter() {
            let given = self.lead.attribute(name.as_str());
            let listed = self.listed_attribute(name.as_str());
            if let (Some(given), Some(listed)) = (given, listed) {
                lines.line(name.as_str(), Some(given.to_string().into()), &listed)?;
            }
        }
        for (name, given) in self.lead.attributes() {
            if self.dimensions.attributes().kind(name).is_none() {
                lines.start()?;
                write!(
                    lines.f,
                    "{}: {} (not declared by the policy, ignored)",
                    one_line(name),
                    one_line(&given.to_string())
                )?;
            }
        }
        Ok(())
    }
}

struct LineWriter<'f, 'b> {
    f: &'f mut fmt::Formatter<'b>,
    first: bool,
}

impl LineWriter<'_, '_> {
    fn start(&mut self) -> fmt::Result {
        if std::mem::take(&mut self.first) {
            Ok(())
        } else {
            writeln!(self.f)
        }
    }

    fn line(
        &mut self,
        name: &str,
        given: Option<Cow<'_, str>>,
        listed: &Resolved<Cow<'_, str>>,
    ) -> fmt::Result {
        self.start()?;
        match (&listed.value, given) {
            (Listed::Missing, _) => write!(self.f, "{name}: missing"),
            (Listed::Unlisted, given) => {
                write!(
                    self.f,
                    "{name}: unlisted (`{}` was given)",
                    one_line(&given.unwrap_or_default())
                )
            }
            (Listed::Known(value), _) if listed.via == Via::Itself => {
                write!(self.f, "{name}: {value}")
            }
            (Listed::Known(value), given) => {
                let given = given.unwrap_or_default();
                write!(
                    self.f,
                    "{name}: {value} ({}: `{}`)",
                    listed.via,
                    one_line(&given)
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_flag_or_date_given_for_a_text_or_tags_is_that_text() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        for (value, text) in [
            (AttributeValue::from(20_095), "20095"),
            (AttributeValue::from(true), "true"),
            (AttributeValue::from(date), "2026-03-31"),
        ] {
            let read = |kind| resolve_attribute(Some(&value), kind).value;
            let text = Cow::Borrowed(text);
            assert_eq!(
                read(AttributeKind::Text),
                Listed::Known(Fact::Text(text.clone()))
            );
            assert_eq!(read(AttributeKind::Tags), Listed::Known(Fact::Tag(text)));
        }
    }

    #[test]
    fn texts_are_read_as_the_declared_kind() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let number = |number| Fact::Number(Number::new(number).unwrap());
        for (kind, given, expected) in [
            (AttributeKind::Number, " 12.5 ", Listed::Known(number(12.5))),
            (AttributeKind::Number, "NaN", Listed::Unlisted),
            (AttributeKind::Number, "a dozen", Listed::Unlisted),
            (AttributeKind::Flag, "TRUE", Listed::Known(Fact::Flag(true))),
            (AttributeKind::Flag, "yes", Listed::Unlisted),
            (
                AttributeKind::Date,
                "2026-03-31",
                Listed::Known(Fact::Date(date)),
            ),
            (AttributeKind::Date, "31.3.2026", Listed::Unlisted),
            (
                AttributeKind::Tags,
                "erp",
                Listed::Known(Fact::Tag("erp".into())),
            ),
            (
                AttributeKind::Text,
                " Web ",
                Listed::Known(Fact::Text("web".into())),
            ),
            (AttributeKind::Text, "  ", Listed::Missing),
            (
                AttributeKind::Number,
                "\u{feff}12.5\u{200b}",
                Listed::Known(number(12.5)),
            ),
            (AttributeKind::Number, " \u{200b}\u{a0}", Listed::Missing),
            (AttributeKind::Text, "\u{feff}", Listed::Missing),
        ] {
            let value = AttributeValue::from(given);
            assert_eq!(
                resolve_attribute(Some(&value), kind).value,
                expected,
                "{kind} {given:?}"
            );
        }
    }
}
