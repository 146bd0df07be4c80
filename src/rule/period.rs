//! Periods: half-open ranges of time.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::availability::{Moment, TimeZone};
use crate::map_form::map_form;

/// The period in which a rule is valid, or a member belongs to a team: from `from`, inclusive, to `until`,
/// exclusive. An absent end is open.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use leadtree::rule::Period;
///
/// let spring: DateTime<Utc> = "2026-03-01T00:00:00Z".parse()?;
/// let summer: DateTime<Utc> = "2026-06-01T00:00:00Z".parse()?;
/// assert!(Period::new(spring, summer).contains(spring));
/// assert!(!Period::new(spring, summer).contains(summer));
/// assert_eq!(Period::new(None, summer).to_string(), "until 2026-06-01 00:00:00 UTC");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Period {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
}

map_form!(Period, "a period, with `from`, `until` or both");

impl Period {
    /// The period from a moment, inclusive, until a moment, exclusive; `None` leaves that end open.
    ///
    /// A period that ends before it begins contains no moment; a policy refuses it.
    pub fn new(
        from: impl Into<Option<DateTime<Utc>>>,
        until: impl Into<Option<DateTime<Utc>>>,
    ) -> Self {
        Self {
            from: from.into(),
            until: until.into(),
        }
    }

    /// The beginning, inclusive; `None` if it is open.
    pub fn from(&self) -> Option<DateTime<Utc>> {
        self.from
    }

    /// The end, exclusive; `None` if it is open.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.until
    }

    /// Whether a moment is in the period.
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Whether both ends are open.
    pub fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// Writes `from … until …`, or `always` if both ends are open.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.until) {
            (None, None) => f.pad("always"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(until)) => write!(f, "until {until}"),
            (Some(from), Some(until)) => write!(f, "from {from} until {until}"),
        }
    }
}

/// A period as a policy writes it: its moments may be local times of the policy's time zone.
///
/// In a file: `{"from": "2027-01-01", "until": "2027-07-01T08:00:00+08:00"}`. An absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(description = "A period; an end that is left out is open.")
)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct WrittenPeriod {
    /// The beginning, included: 2026-03-31, or 2026-03-31T08:00:00Z.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Moment>,
    /// The end, excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Moment>,
}

map_form!(WrittenPeriod, "a period, with `from`, `until` or both");

impl WrittenPeriod {
    /// The period from a moment, inclusive, until a moment, exclusive; `None` leaves that end open.
    pub fn new(from: impl Into<Option<Moment>>, until: impl Into<Option<Moment>>) -> Self {
        Self {
            from: from.into(),
            until: until.into(),
        }
    }

    /// The beginning, inclusive; `None` if it is open.
    pub fn from(&self) -> Option<Moment> {
        self.from
    }

    /// The end, exclusive; `None` if it is open.
    pub fn until(&self) -> Option<Moment> {
        self.until
    }

    /// The period, where local times are those of a zone.
    pub fn within(self, zone: TimeZone) -> Period {
        Period {
            from: self.from.map(|from| from.at(zone)),
            until: self.until.map(|until| until.at(zone)),
        }
    }
}

impl From<Period> for WrittenPeriod {
    fn from(period: Period) -> Self {
        Self {
            from: period.from.map(Moment::from),
            until: period.until.map(Moment::from),
        }
    }
}
