//! Limits on the number of leads of a member or a team.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Limits on the number of leads of a member or a team; an absent limit means no limit.
///
/// A lead may count as several: one that [counts](crate::rule::Outcome::units) as 3 is assigned only
/// where there is room for 3.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most leads open at once.
    pub max_open: Option<u32>,
    /// The most leads per calendar day, in the policy's time zone.
    pub max_per_day: Option<u32>,
    /// The most leads per calendar week, from Monday, in the policy's time zone.
    pub max_per_week: Option<u32>,
    /// Sliding-window limits.
    pub windows: Vec<Window>,
}

impl Limits {
    /// Whether there are no limits.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The kind of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub enum LimitKind {
    /// Leads open at once.
    #[serde(rename = "max_open")]
    Open,
    /// Leads per calendar day.
    #[serde(rename = "max_per_day")]
    Day,
    /// Leads per calendar week.
    #[serde(rename = "max_per_week")]
    Week,
    /// Leads within a sliding window.
    #[serde(rename = "max_within")]
    Window,
}

/// Completes a phrase such as `40 of 40 leads open`.
impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Open => "open",
            Self::Day => "today",
            Self::Week => "this week",
            Self::Window => "within a span",
        })
    }
}

/// A sliding-window limit: at most `leads` leads within any period of `minutes` minutes.
///
/// In a file: `{"leads": 5, "minutes": 240}`. A lead assigned at time `t` counts from `t`, inclusive, to
/// `t` plus the minutes, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The most leads in the window.
    ///
    /// From 1 to [`MAX_WINDOW_LEADS`](crate::limits::MAX_WINDOW_LEADS).
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = crate::limits::MAX_WINDOW_LEADS)))]
    pub leads: u32,
    /// The length of the window in minutes.
    ///
    /// From 1 to [`MAX_WINDOW_MINUTES`](crate::limits::MAX_WINDOW_MINUTES).
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = crate::limits::MAX_WINDOW_MINUTES)))]
    pub minutes: u32,
}

/// Builder methods for types with limits.
macro_rules! limit_setters {
    ($whose:literal) => {
        #[doc = concat!("Sets the most leads open at once, ", $whose, ".")]
        #[must_use]
        pub fn max_open(mut self, leads: u32) -> Self {
            self.limits.max_open = Some(leads);
            self
        }

        #[doc = concat!("Sets the most leads per calendar day, ", $whose, ".")]
        #[must_use]
        pub fn max_per_day(mut self, leads: u32) -> Self {
            self.limits.max_per_day = Some(leads);
            self
        }

        #[doc = concat!("Sets the most leads per calendar week, from Monday, ", $whose, ".")]
        #[must_use]
        pub fn max_per_week(mut self, leads: u32) -> Self {
            self.limits.max_per_week = Some(leads);
            self
        }

        #[doc = concat!("Adds a sliding-window limit, ", $whose, ": the most leads within any period of `minutes` minutes.")]
        #[must_use]
        pub fn max_within(mut self, leads: u32, minutes: u32) -> Self {
            let window = $crate::team::Window { leads, minutes };
            self.limits.windows.push(window);
            self
        }

        #[doc = concat!("The limits, ", $whose, ".")]
        pub fn limits(&self) -> &$crate::team::Limits {
            &self.limits
        }
    };
}

pub(super) use limit_setters;

/// Declares a type with limits and its serde form, in which the limits are fields beside its own, in the
/// place of `..limits`.
macro_rules! with_limits {
    (
        $(#[$type_meta:meta])*
        pub struct $type:ident as $form:ident {
            $(
                $(#[doc = $doc:tt])*
                $(#[serde $serde:tt])*
                $(#[schemars $schemars:tt])*
                $field:ident: $of:ty,
            )*
            ..limits $whose:literal,
            $(
                $(#[doc = $later_doc:tt])*
                $(#[serde $later_serde:tt])*
                $(#[schemars $later_schemars:tt])*
                $later:ident: $later_of:ty,
            )*
        }
    ) => {
        $(#[$type_meta])*
        pub struct $type {
            $($(#[doc = $doc])* pub(crate) $field: $of,)*
            #[doc = concat!("The limits, ", $whose, ".")]
            pub(crate) limits: $crate::team::Limits,
            $($(#[doc = $later_doc])* pub(crate) $later: $later_of,)*
        }

        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        struct $form {
            $(
                $(#[doc = $doc])*
                $(#[serde $serde])*
                $(#[cfg_attr(feature = "schema", schemars $schemars)])*
                $field: $of,
            )*
            #[doc = concat!("The most leads open at once, ", $whose, ".")]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            max_open: Option<u32>,
            #[doc = concat!("The most leads in a day, ", $whose, ".")]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            max_per_day: Option<u32>,
            #[doc = concat!("The most leads in a week from Monday, ", $whose, ".")]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            max_per_week: Option<u32>,
            #[doc = concat!("Sliding-window limits, ", $whose, ".")]
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[cfg_attr(feature = "schema", schemars(length(max = $crate::limits::MAX_WINDOWS)))]
            max_within: Vec<$crate::team::Window>,
            $(
                $(#[doc = $later_doc])*
                $(#[serde $later_serde])*
                $(#[cfg_attr(feature = "schema", schemars $later_schemars)])*
                $later: $later_of,
            )*
        }

        impl From<$form> for $type {
            fn from(form: $form) -> Self {
                Self {
                    $($field: form.$field,)*
                    limits: $crate::team::Limits {
                        max_open: form.max_open,
                        max_per_day: form.max_per_day,
                        max_per_week: form.max_per_week,
                        windows: form.max_within,
                    },
                    $($later: form.$later,)*
                }
            }
        }

        impl From<$type> for $form {
            fn from(it: $type) -> Self {
                Self {
                    $($field: it.$field,)*
                    max_open: it.limits.max_open,
                    max_per_day: it.limits.max_per_day,
                    max_per_week: it.limits.max_per_week,
                    max_within: it.limits.windows,
                    $($later: it.$later,)*
                }
            }
        }
    };
}

pub(super) use with_limits;
