//! Leave: times at which a member is away.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::moment::Moment;
use super::time_zone::TimeZone;
use crate::map_form::map_form;

/// A leave: whole days, or the time between two instants, at which a member is away.
///
/// In a file: `{"from": "2026-12-24", "until": "2027-01-02"}`. `until` is exclusive: the first day back.
/// Instants are written with their offset, `2026-12-24T12:00:00+08:00`, or in local time,
/// `2026-12-24T12:00:00`.
///
/// Days and local times are those of the member's time zone. Days are days off just like holidays: a night shift that begins on a
/// day of leave does not take place, and one that begins on the day before ends at midnight. A leave
/// between instants covers exactly the time between them.
///
/// ```
/// use leadtree::availability::Leave;
///
/// let christmas: Leave =
///     serde_json::from_str(r#"{"from": "2026-12-24", "until": "2027-01-02"}"#)?;
/// let (first, back) = ("2026-12-24".parse().unwrap(), "2027-01-02".parse().unwrap());
/// assert_eq!(christmas, Leave::days(first, back)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "LeaveForm")
)]
pub struct Leave {
    from: Moment,
    /// Later than `from`, and written in the same way: two days, two local times, or two instants.
    until: Moment,
}

/// The half-open range of a leave in a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Days(NaiveDate, NaiveDate),
    Instants(DateTime<Utc>, DateTime<Utc>),
}

/// A fault in a leave.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LeaveError {
    /// A leave whose ends are written in different ways.
    #[error(
        "leave from {from} until {until} mixes days, local times and times with an offset; \
         write both ends in the same way"
    )]
    Mixed {
        /// The beginning as written.
        from: String,
        /// The end as written.
        until: String,
    },
    /// An end that is not later than the beginning.
    #[error(
        "leave from {from} until {until} has no length; \
         `until` is the first day or instant back at work"
    )]
    Empty {
        /// The beginning.
        from: String,
        /// The end.
        until: String,
    },
}

impl Leave {
    /// Leave on whole days, from `from` to before `until`, the first day back.
    ///
    /// # Errors
    ///
    /// [`LeaveError::Empty`] if `until` is not later than `from`.
    pub fn days(from: NaiveDate, until: NaiveDate) -> Result<Self, LeaveError> {
        Self::between(from, until)
    }

    /// Leave from the instant `from` to before `until`, the first instant back. Fractions of a second are
    /// dropped.
    ///
    /// # Errors
    ///
    /// [`LeaveError::Empty`] if `until` is not at least a second later than `from`.
    pub fn instants(from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Self, LeaveError> {
        Self::between(from, until)
    }

    /// Leave between two days, two local times of the member's time zone, or two instants. Fractions of a
    /// second are dropped.
    ///
    /// # Errors
    ///
    /// [`LeaveError::Mixed`] if the ends are of different kinds; [`LeaveError::Empty`] if `until` is not
    /// later than `from`.
    pub fn between(from: impl Into<Moment>, until: impl Into<Moment>) -> Result<Self, LeaveError> {
        let [from, until] = [from.into(), until.into()].map(Moment::whole_seconds);
        match from.order(until) {
            Some(Ordering::Less) => Ok(Self { from, until }),
            Some(_) => Err(LeaveError::Empty {
                from: from.to_string(),
                until: until.to_string(),
            }),
            None => Err(LeaveError::Mixed {
                from: from.to_string(),
                until: until.to_string(),
            }),
        }
    }

    /// The range in a time zone. Where clocks skip all of a local range, it is empty.
    pub(super) fn extent(self, zone: TimeZone) -> Extent {
        match (self.from.day(), self.until.day()) {
            (Some(from), Some(until)) => Extent::Days(from, until),
            _ => Extent::Instants(self.from.at(zone), self.until.at(zone)),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(transform = both_ends_alike)
)]
#[serde(deny_unknown_fields, remote = "Self")]
struct LeaveForm {
    /// The first day away, 2026-12-24, or the first instant, 2026-12-24T12:00:00+08:00.
    from: Moment,
    /// The first day, or the first instant, back.
    until: Moment,
}

map_form!(LeaveForm, "leave, with `from` and `until`");

/// Both ends are days, or local times, or instants with an offset.
#[cfg(feature = "schema")]
fn both_ends_alike(schema: &mut schemars::Schema) {
    let day = r"^[^:]*$";
    let local = r"^[^:]*:[^Zz+-]*$";
    let instant = r"^[^:]*:.*[Zz+-]";
    let alike = [day, local, instant].map(|pattern| {
        let with =
            |end: &str| schemars::json_schema!({ "properties": { end: { "pattern": pattern } } });
        schemars::json_schema!({ "if": with("from"), "then": with("until") }).to_value()
    });
    schema.insert("allOf".to_owned(), alike.to_vec().into());
}

impl From<Leave> for LeaveForm {
    fn from(leave: Leave) -> Self {
        Self {
            from: leave.from,
            until: leave.until,
        }
    }
}

impl TryFrom<LeaveForm> for Leave {
    type Error = LeaveError;

    fn try_from(LeaveForm { from, until }: LeaveForm) -> Result<Self, LeaveError> {
        Self::between(from, until)
    }
}

impl Serialize for Leave {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&LeaveForm::from(*self), serializer)
    }
}

impl<'de> Deserialize<'de> for Leave {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form: LeaveForm = Deserialize::deserialize(deserializer)?;
        Self::try_from(form).map_err(serde::de::Error::custom)
    }
}
