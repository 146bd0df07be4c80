//! An example of a lead, and what must come of it.

use chrono::{DateTime, Utc};
use leadtree::policy::Policy;
use serde::Deserialize;

use super::expectation::Expectation;
use crate::files::Input;
use crate::leads::given::{self, LeadFields};

/// A lead, perhaps a moment, and what must come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    /// What it shows; by default what is expected.
    #[serde(default)]
    pub(super) name: String,
    lead: LeadFields,
    #[serde(default)]
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) expect: Expectation,
}

impl Example {
    pub(super) fn new(
        name: String,
        lead: LeadFields,
        at: Option<DateTime<Utc>>,
        expect: Expectation,
    ) -> Self {
        Self {
            name,
            lead,
            at,
            expect,
        }
    }

    /// The lead as a file with one row.
    ///
    /// # Errors
    /// Every field that is unknown.
    pub(super) fn lead(&self, policy: &Policy) -> Result<Input, Vec<String>> {
        given::as_file(self.lead.clone(), policy)
    }
}
