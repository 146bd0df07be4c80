//! Outcomes: what a rule grants.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ownership::Ownership;
use super::support::Support;
use super::target::Target;
use crate::fit::{Fit, Requirement};
use crate::map_form::map_form;

/// What a rule grants: an owner and supporting teams.
///
/// In a file: `{"assign_to": "key-accounts", "support": ["presales"]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "OutcomeForm", into = "OutcomeForm")]
pub struct Outcome {
    pub(crate) assign_to: Option<Target>,
    pub(crate) units: u32,
    /// The requirements on the owner, if any.
    pub(crate) fit: Option<Arc<Fit>>,
    pub(crate) support: Vec<Support>,
    pub(crate) ownership: Option<Ownership>,
}

/// A serde form with the fields of an outcome.
pub(super) trait OutcomeFields {
    /// The names of the fields, and whether each is given.
    fn outcome_fields(&self) -> [(&'static str, bool); 6];

    fn take_outcome(&mut self) -> Outcome;

    fn set_outcome(&mut self, outcome: Outcome);
}

/// Declares a serde form that has the fields of an outcome among its own, in the place of `..outcome`.
macro_rules! with_outcome {
    (
        $(#[$form_meta:meta])*
        struct $form:ident {
            $(
                $(#[doc = $doc:tt])*
                $(#[serde $serde:tt])*
                $(#[schemars $schemars:tt])*
                $field:ident: $of:ty,
            )*
            ..outcome,
            $(
                $(#[doc = $later_doc:tt])*
                $(#[serde $later_serde:tt])*
                $(#[schemars $later_schemars:tt])*
                $later:ident: $later_of:ty,
            )*
        }
    ) => {
        #[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $(#[$form_meta])*
        #[serde(deny_unknown_fields, remote = "Self")]
        struct $form {
            $(
                $(#[doc = $doc])*
                $(#[serde $serde])*
                $(#[cfg_attr(feature = "schema", schemars $schemars)])*
                $field: $of,
            )*
            /// Who gets the leads.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(with = "crate::rule::Target"))]
            assign_to: Option<$crate::rule::Target>,
            /// How many leads this one counts as in limits and loads. Default: 1.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1, max = $crate::limits::MAX_UNITS)))]
            units: Option<u32>,
            /// The grade and skills that the owner must have.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            requires: Option<$crate::fit::Requirement>,
            /// The grade and skills that the owner should preferably have, for the strategy `best_fit`.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            prefers: Option<$crate::fit::Requirement>,
            /// Teams that support the owner.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            support: Vec<$crate::rule::Support>,
            /// What a ledger remembers of who owns the leads. Default: as the policy says.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            ownership: Option<$crate::rule::Ownership>,
            $(
                $(#[doc = $later_doc])*
                $(#[serde $later_serde])*
                $(#[cfg_attr(feature = "schema", schemars $later_schemars)])*
                $later: $later_of,
            )*
        }

        impl $crate::rule::outcome::OutcomeFields for $form {
            fn outcome_fields(&self) -> [(&'static str, bool); 6] {
                [
                    ("assign_to", self.assign_to.is_some()),
                    ("units", self.units.is_some()),
                    ("requires", self.requires.is_some()),
                    ("prefers", self.prefers.is_some()),
                    ("support", !self.support.is_empty()),
                    ("ownership", self.ownership.is_some()),
                ]
            }

            fn take_outcome(&mut self) -> $crate::rule::Outcome {
                $crate::rule::Outcome {
                    assign_to: self.assign_to.take(),
                    units: self.units.take().unwrap_or(1),
                    fit: None,
                    support: std::mem::take(&mut self.support),
                    ownership: self.ownership.take(),
                }
                .requires(self.requires.take().unwrap_or_default())
                .prefers(self.prefers.take().unwrap_or_default())
            }

            fn set_outcome(&mut self, outcome: $crate::rule::Outcome) {
                self.requires = outcome.get_requires().cloned();
                self.prefers = outcome.get_prefers().cloned();
                self.assign_to = outcome.assign_to;
                self.units = Some(outcome.units).filter(|&units| units != 1);
                self.support = outcome.support;
                self.ownership = outcome.ownership;
            }
        }
    };
}

pub(super) use with_outcome;

with_outcome! {
    #[cfg_attr(feature = "schema", schemars(extend("required" = ["assign_to"])))]
    struct OutcomeForm {
        ..outcome,
    }
}

map_form!(OutcomeForm, "an outcome");

impl From<OutcomeForm> for Outcome {
    fn from(mut form: OutcomeForm) -> Self {
        form.take_outcome()
    }
}

impl From<Outcome> for OutcomeForm {
    fn from(outcome: Outcome) -> Self {
        let mut form = Self::default();
        form.set_outcome(outcome);
        form
    }
}

impl Default for Outcome {
    /// An outcome without an owner yet.
    fn default() -> Self {
        Self {
            assign_to: None,
            units: 1,
            fit: None,
            support: Vec::new(),
            ownership: None,
        }
    }
}

impl Outcome {
    /// An outcome that assigns the lead to a target.
    pub fn to(target: impl Into<Target>) -> Self {
        Self {
            assign_to: Some(target.into()),
            ..Self::default()
        }
    }

    /// Sets how many leads the lead counts as, in limits and loads: 3, for example, for a key account that
    /// takes the time of three. From 1 to [`MAX_UNITS`](crate::limits::MAX_UNITS); 1 by default.
    #[must_use]
    pub fn units(mut self, leads: u32) -> Self {
        self.units = leads;
        self
    }

    /// Sets the requirement that the owner must meet. It holds even where limits do not, as with
    /// [`IfNobody::Everyone`](super::IfNobody::Everyone).
    #[must_use]
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.change_fit(|fit| fit.requires = requirement);
        self
    }

    /// Sets the requirement that the owner should meet. The strategy `best_fit` picks among the members who
    /// meet most of it.
    #[must_use]
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.change_fit(|fit| fit.prefers = requirement);
        self
    }

    fn change_fit(&mut self, change: impl FnOnce(&mut Fit)) {
        let mut fit = self.fit.as_deref().cloned().unwrap_or_default();
        change(&mut fit);
        self.fit = (!fit.is_empty()).then(|| Arc::new(fit));
    }

    /// Adds supporting teams.
    #[must_use]
    pub fn support<S: Into<Support>>(mut self, teams: impl IntoIterator<Item = S>) -> Self {
        self.support.extend(teams.into_iter().map(Into::into));
        self
    }

    /// Sets what a ledger remembers of who owns the leads, in place of what the policy says:
    /// [`PolicyDraft::ownership`](crate::policy::PolicyDraft::ownership).
    #[must_use]
    pub fn ownership(mut self, ownership: Ownership) -> Self {
        self.ownership = Some(ownership);
        self
    }

    /// The owner: a team, a member or a pool. `None` if none was named, which a policy refuses.
    pub fn target(&self) -> Option<&Target> {
        self.assign_to.as_ref()
    }

    /// How many leads the lead counts as.
    pub fn get_units(&self) -> u32 {
        self.units
    }

    /// The requirement that the owner must meet, if any.
    pub fn get_requires(&self) -> Option<&Requirement> {
        let required = self.fit.as_deref().map(|fit| &fit.requires);
        required.filter(|it| !it.is_empty())
    }

    /// The requirement that the owner should meet, if any.
    pub fn get_prefers(&self) -> Option<&Requirement> {
        let preferred = self.fit.as_deref().map(|fit| &fit.prefers);
        preferred.filter(|it| !it.is_empty())
    }

    /// What a ledger remembers of who owns the leads, if that is not as the policy says.
    pub fn get_ownership(&self) -> Option<Ownership> {
        self.ownership
    }

    /// The supporting teams.
    pub fn get_support(&self) -> &[Support] {
        &self.support
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::IfNobody;

    #[test]
    fn getters_return_what_setters_set() {
        let german = Requirement::new().skill("german", 2);
        let target = Target::member("a")
            .in_team("east")
            .if_nobody(IfNobody::Wait);
        let outcome = Outcome::to(target)
            .units(3)
            .requires(german.clone())
            .support([Support::by("presales").members(2)])
            .ownership(Ownership::Account);
        let target = outcome.target().unwrap();
        assert_eq!(target.get_member().unwrap(), "a");
        assert_eq!(target.get_team().unwrap(), "east");
        assert_eq!(target.get_pool(), None);
        assert_eq!(target.get_if_nobody(), Some(&IfNobody::Wait));
        assert_eq!(outcome.get_units(), 3);
        assert_eq!(outcome.get_ownership(), Some(Ownership::Account));
        assert_eq!(outcome.get_requires(), Some(&german));
        assert_eq!(outcome.get_prefers(), None);
        let [support] = outcome.get_support() else {
            panic!("one team")
        };
        assert_eq!(support.team(), "presales");
        assert_eq!(support.get_members(), 2);
    }
}
