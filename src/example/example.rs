//! An example of a lead, and what must come of it.

use serde::{Deserialize, Serialize};

use super::expectation::Expectation;
use crate::availability::Moment;
use crate::lead::{FlatLead, Lead};
use crate::map_form::map_form;

/// A lead, perhaps a moment, and what must come of it. A policy may carry examples; they are no part of
/// deciding. [`ExampleCheck`](crate::example_check::ExampleCheck) tells whether they hold.
///
/// In a file, the lead is one map of its `id`, `account`, dimensions and attributes:
///
/// ```
/// use leadtree::Lead;
/// use leadtree::example::{Example, Expectation};
///
/// let written = r#"{
///     "name": "big leads from Shanghai go to key accounts",
///     "lead": {"region": "上海", "customer_size": 5000, "source": "fair"},
///     "expect": {"team": "key-accounts"}
/// }"#;
/// let lead = Lead::builder("L-1").region("上海").customer_size(5_000).attribute("source", "fair");
/// let example = Example::new(lead.build(), Expectation::new().team("key-accounts"))
///     .name("big leads from Shanghai go to key accounts");
/// assert_eq!(serde_json::from_str::<Example>(written)?, example);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Example {
    /// What it shows, free text; told when it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The lead: `id`, `account`, dimensions, and attributes by their names.
    pub(crate) lead: FlatLead,
    /// The moment at which the lead comes in; give it where the policy has hours or periods. Default: when
    /// the example is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
    /// What must come of it.
    pub(crate) expect: Expectation,
}

map_form!(Example, "an example, with `lead` and `expect`");

impl Example {
    /// An example of a lead, without a name and a moment.
    ///
    /// Of the lead's attributes those are kept that have a value; a date becomes a text. One that cannot be a
    /// value ([`AttributeValue::Other`](crate::lead::AttributeValue::Other)) is a fault of the policy that
    /// carries the example.
    #[must_use]
    pub fn new(lead: Lead<'_>, expect: Expectation) -> Self {
        Self {
            name: None,
            lead: lead.into(),
            at: None,
            expect,
        }
    }

    /// What it shows, free text.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The moment at which the lead comes in. Days and local times are those of the policy's time zone.
    #[must_use]
    pub fn at(mut self, moment: impl Into<Moment>) -> Self {
        self.at = Some(moment.into());
        self
    }

    /// What it shows, if it says so.
    pub fn get_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The lead. Its id is `L-1` if it was written without one.
    pub fn lead(&self) -> &Lead<'static> {
        self.lead.lead()
    }

    /// The moment at which the lead comes in, if it is given.
    pub fn get_at(&self) -> Option<Moment> {
        self.at
    }

    /// What must come of it.
    pub fn expectation(&self) -> &Expectation {
        &self.expect
    }
}
