//! A lead, as the caller has it.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::scalar;
use super::{
    AttributeValue, CustomerSize, FunnelStage, Industry, LifecycleStage, ProductLine, Region,
};
use crate::dimension::Dimension;
use crate::map_form::map_form;

/// A potential customer to be assigned, in the caller's own words.
///
/// Values are kept as given and resolved when the lead is decided by a policy. A value that the policy
/// does not know is never an error: it is unlisted. A blank value is missing.
///
/// The builder borrows texts where it can; deserialised leads own theirs. Deserialising tolerates
/// what exports contain: numbers and flags in place of texts are read as texts (attributes when a policy
/// resolves them), unknown keys are passed over ([`ReadLead`](super::ReadLead) tells them), and an attribute that cannot be a value (a map, for example)
/// is unlisted.
///
/// ```
/// use leadtree::lead::{AttributeValue, Lead};
///
/// let lead = Lead::builder("L-1")
///     .account("A-7")
///     .region("上海")
///     .industry("manufacturing")
///     .customer_size(1_200)
///     .attribute("source", "trade fair")
///     .attribute("interests", AttributeValue::tags(["crm", "erp"]))
///     .build();
/// assert_eq!(lead.region().unwrap().as_str(), "上海");
///
/// let same: Lead = serde_json::from_str(
///     r#"{
///         "id": "L-1", "account": "A-7", "region": "上海", "industry": "manufacturing",
///         "customer_size": 1200,
///         "attributes": { "source": "trade fair", "interests": ["crm", "erp"] }
///     }"#,
/// )?;
/// assert_eq!(lead, same);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Lead<'a> {
    #[serde(deserialize_with = "scalar::text")]
    pub(super) id: Cow<'a, str>,
    #[serde(
        default,
        deserialize_with = "scalar::optional_text",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) account: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Region<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) industry: Option<Industry<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) customer_size: Option<CustomerSize<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) product_line: Option<ProductLine<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) lifecycle_stage: Option<LifecycleStage<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) funnel_stage: Option<FunnelStage<'a>>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(super) attributes:
        IndexMap<Cow<'a, str>, Option<AttributeValue<'a>>, foldhash::fast::FixedState>,
}

map_form!(Lead<'_>, "a lead");

impl<'a> Lead<'a> {
    /// A builder for a lead with the id.
    pub fn builder(id: impl Into<Cow<'a, str>>) -> LeadBuilder<'a> {
        LeadBuilder(Self {
            id: id.into(),
            account: None,
            region: None,
            industry: None,
            customer_size: None,
            product_line: None,
            lifecycle_stage: None,
            funnel_stage: None,
            attributes: IndexMap::default(),
        })
    }

    /// The lead's id, unique to the caller.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The account (company) that the lead belongs to.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The region as given.
    pub fn region(&self) -> Option<&Region<'a>> {
        self.region.as_ref()
    }

    /// The industry as given.
    pub fn industry(&self) -> Option<&Industry<'a>> {
        self.industry.as_ref()
    }

    /// The customer size as given.
    pub fn customer_size(&self) -> Option<&CustomerSize<'a>> {
        self.customer_size.as_ref()
    }

    /// The product line as given.
    pub fn product_line(&self) -> Option<&ProductLine<'a>> {
        self.product_line.as_ref()
    }

    /// The lifecycle stage as given.
    pub fn lifecycle_stage(&self) -> Option<&LifecycleStage<'a>> {
        self.lifecycle_stage.as_ref()
    }

    /// The funnel stage as given.
    pub fn funnel_stage(&self) -> Option<&FunnelStage<'a>> {
        self.funnel_stage.as_ref()
    }

    /// The value of an attribute as given. One hash look-up.
    pub fn attribute(&self, name: &str) -> Option<&AttributeValue<'a>> {
        self.attributes.get(name)?.as_ref()
    }

    /// All attributes that have a value, in the order given.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &AttributeValue<'a>)> {
        self.attributes
            .iter()
            .filter_map(|(name, value)| Some((&**name, value.as_ref()?)))
    }

    /// Copies borrowed texts, so that the lead borrows nothing.
    pub fn into_owned(self) -> Lead<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        Lead {
            id: owned(self.id),
            account: self.account.map(owned),
            region: self.region.map(Region::into_owned),
            industry: self.industry.map(Industry::into_owned),
            customer_size: self.customer_size.map(CustomerSize::into_owned),
            product_line: self.product_line.map(ProductLine::into_owned),
            lifecycle_stage: self.lifecycle_stage.map(LifecycleStage::into_owned),
            funnel_stage: self.funnel_stage.map(FunnelStage::into_owned),
            attributes: self
                .attributes
                .into_iter()
                .map(|(name, value)| (owned(name), value.map(AttributeValue::into_owned)))
                .collect(),
        }
    }
}

/// For so many attributes room is made ahead.
const MOST_ROOM: usize = 64;

/// Builds a [`Lead`].
#[derive(Debug, Clone)]
#[must_use = "finish with `build`"]
pub struct LeadBuilder<'a>(Lead<'a>);

impl<'a> LeadBuilder<'a> {
    /// The account (company) that the lead belongs to.
    #[inline]
    pub fn account(mut self, account: impl Into<Cow<'a, str>>) -> Self {
        self.0.account = Some(account.into());
        self
    }

    /// Where the customer is.
    #[inline]
    pub fn region(mut self, region: impl Into<Region<'a>>) -> Self {
        self.0.region = Some(region.into());
        self
    }

    /// What the customer does.
    #[inline]
    pub fn industry(mut self, industry: impl Into<Industry<'a>>) -> Self {
        self.0.industry = Some(industry.into());
        self
    }

    /// The customer's head count, or a text that states it: `51-200`, `1000+`, `small`.
    #[inline]
    pub fn customer_size(mut self, customer_size: impl Into<CustomerSize<'a>>) -> Self {
        self.0.customer_size = Some(customer_size.into());
        self
    }

    /// What the customer is interested in.
    #[inline]
    pub fn product_line(mut self, product_line: impl Into<ProductLine<'a>>) -> Self {
        self.0.product_line = Some(product_line.into());
        self
    }

    /// The stage of the relationship with the customer.
    #[inline]
    pub fn lifecycle_stage(mut self, stage: impl Into<LifecycleStage<'a>>) -> Self {
        self.0.lifecycle_stage = Some(stage.into());
        self
    }

    /// How far the deal has progressed.
    #[inline]
    pub fn funnel_stage(mut self, stage: impl Into<FunnelStage<'a>>) -> Self {
        self.0.funnel_stage = Some(stage.into());
        self
    }

    /// The value of a dimension that is chosen at run time.
    #[inline]
    pub fn value(self, dimension: Dimension, text: impl Into<Cow<'a, str>>) -> Self {
        self.values([(dimension, text)])
    }

    /// The values of several dimensions that are chosen at run time. A later value for one dimension replaces
    /// an earlier one.
    #[inline]
    pub fn values<T: Into<Cow<'a, str>>>(
        mut self,
        values: impl IntoIterator<Item = (Dimension, T)>,
    ) -> Self {
        for (dimension, text) in values {
            let text = text.into();
            match dimension {
                Dimension::Region => self.0.region = Some(text.into()),
                Dimension::Industry => self.0.industry = Some(text.into()),
                Dimension::CustomerSize => self.0.customer_size = Some(text.into()),
                Dimension::ProductLine => self.0.product_line = Some(text.into()),
                Dimension::LifecycleStage => self.0.lifecycle_stage = Some(text.into()),
                Dimension::FunnelStage => self.0.funnel_stage = Some(text.into()),
            }
        }
        self
    }

    /// The value of an attribute. A second value for one name replaces the first.
    #[inline]
    pub fn attribute(
        mut self,
        name: impl Into<Cow<'a, str>>,
        value: impl Into<AttributeValue<'a>>,
    ) -> Self {
        self.0.attributes.insert(name.into(), Some(value.into()));
        self
    }

    /// The values of several attributes, with room made for all of them at once. A later value for one name
    /// replaces an earlier one.
    ///
    /// ```
    /// use leadtree::lead::Lead;
    ///
    /// let form = [("source", "web"), ("language", "en")];
    /// let lead = Lead::builder("L-1").attributes(form).build();
    /// assert_eq!(lead.attributes().count(), 2);
    /// ```
    #[inline]
    pub fn attributes<K, V>(mut self, attributes: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<Cow<'a, str>>,
        V: Into<AttributeValue<'a>>,
    {
        let attributes = attributes.into_iter();
        // The lower bound is 0 for iterators that leave some out.
        let (least, most) = attributes.size_hint();
        let room = most.unwrap_or(least).min(MOST_ROOM);
        self.0.attributes.reserve(room);
        for (name, value) in attributes {
            self.0.attributes.insert(name.into(), Some(value.into()));
        }
        self
    }

    /// Finishes the lead.
    #[inline]
    pub fn build(self) -> Lead<'a> {
        self.0
    }
}
