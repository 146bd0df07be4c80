//! How many leads a member, or a team, may have.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many leads a member, or a team, may have; an absent limit is none.
///
/// Leads count by their weight: one that [counts](crate::rule::Outcome::counts) 3 needs room for 3.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Most leads open at once.
    pub max_open: Option<u32>,
    /// Most leads a calendar day, in the policy's time zone.
    pub max_per_day: Option<u32>,
    /// Most leads a calendar week from Monday on, in the policy's time zone.
    pub max_per_week: Option<u32>,
    /// Most leads within any span of some length.
    pub windows: Vec<Window>,
}

impl Limits {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A kind of limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub enum LimitKind {
    /// Leads open at once.
    #[serde(rename = "max_open")]
    Open,
    /// Leads a calendar day.
    #[serde(rename = "max_per_day")]
    Day,
    /// Leads a calendar week.
    #[serde(rename = "max_per_week")]
    Week,
    /// Leads within a span that slides along.
    #[serde(rename = "max_within")]
    Window,
}

/// As in `40 of 40 leads open`.
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

/// A limit that slides along: at most so many leads within any span of so many minutes.
///
/// In a file: `{"leads": 5, "minutes": 240}`. A lead counts from the moment it is assigned until
/// before that moment plus the minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Most leads, from 1 to [`MAX_WINDOW_LEADS`](crate::limits::MAX_WINDOW_LEADS).
    pub leads: u32,
    /// The length, from 1 to [`MAX_WINDOW_MINUTES`](crate::limits::MAX_WINDOW_MINUTES).
    pub minutes: u32,
}

/// The builder methods of whatever has limits.
macro_rules! limit_setters {
    ($whose:literal) => {
        #[doc = concat!("Most leads open at once, ", $whose, ".")]
        #[must_use]
        pub fn max_open(mut self, leads: u32) -> Self {
            self.limits.max_open = Some(leads);
            self
        }

        #[doc = concat!("Most leads a calendar day, ", $whose, ".")]
        #[must_use]
        pub fn max_per_day(mut self, leads: u32) -> Self {
            self.limits.max_per_day = Some(leads);
            self
        }

        #[doc = concat!("Most leads a calendar week from Monday on, ", $whose, ".")]
        #[must_use]
        pub fn max_per_week(mut self, leads: u32) -> Self {
            self.limits.max_per_week = Some(leads);
            self
        }

        #[doc = concat!("Most leads within any span of so many minutes, ", $whose, ".")]
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

/// How limits are written: fields among those of whatever has them.
macro_rules! limits_form {
    (struct $form:ident for $type:ident { $($(#[$meta:meta])* $field:ident: $of:ty,)* }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $form {
            $($(#[$meta])* $field: $of,)*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            max_open: Option<u32>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            max_per_day: Option<u32>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            max_per_week: Option<u32>,
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            max_within: Vec<$crate::team::Window>,
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
                }
            }
        }
    };
}

pub(super) use limits_form;
