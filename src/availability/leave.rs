//! Leave: times at which a member is away.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::map_form::map_form;

/// A leave: whole days, or the time between two instants, at which a member is away.
///
/// In a file: `{"from": "2026-12-24", "until": "2027-01-02"}`. `until` is exclusive: the first day back.
/// Instants are written by RFC 3339 with their offset: `2026-12-24T12:00:00+08:00`.
///
/// Days are local dates of the member, and days off just like holidays: a night shift that begins on a
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
pub struct Leave(Extent);

/// A half-open range; the second value is later than the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Extent {
    Days(NaiveDate, NaiveDate),
    Instants(DateTime<Utc>, DateTime<Utc>),
}

/// A fault in a leave.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LeaveError {
    /// A text that is neither a date nor an instant.
    #[error(
        "`{text}` is neither a day such as 2026-12-24 \
         nor an instant with its offset such as 2026-12-24T12:00:00+08:00"
    )]
    NeitherDayNorInstant {
        /// The text as written.
        text: String,
    },
    /// A leave from a day to an instant, or the other way round.
    #[error(
        "leave from {from} until {until} mixes a day and an instant; write two days or two instants"
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
        if until <= from {
            return Err(LeaveError::Empty {
                from: from.to_string(),
                until: until.to_string(),
            });
        }
        Ok(Self(Extent::Days(from, until)))
    }

    /// Leave from the instant `from` to before `until`, the first instant back. Fractions of a second are
    /// dropped.
    ///
    /// # Errors
    ///
    /// [`LeaveError::Empty`] if `until` is not at least a second later than `from`.
    pub fn instants(from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Self, LeaveError> {
        let (first, back) = (from.trunc_subsecs(0), until.trunc_subsecs(0));
        if back <= first {
            return Err(LeaveError::Empty {
                from: from.to_rfc3339(),
                until: until.to_rfc3339(),
            });
        }
        Ok(Self(Extent::Instants(first, back)))
    }

    pub(super) fn extent(self) -> Extent {
        self.0
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
struct LeaveForm {
    from: String,
    until: String,
}

map_form!(LeaveForm, "leave, with `from` and `until`");

impl From<Leave> for LeaveForm {
    fn from(leave: Leave) -> Self {
        let (from, until) = match leave.0 {
            Extent::Days(from, until) => (from.to_string(), until.to_string()),
            Extent::Instants(from, until) => (rfc_3339(from), rfc_3339(until)),
        };
        Self { from, until }
    }
}

fn rfc_3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

impl TryFrom<LeaveForm> for Leave {
    type Error = LeaveError;

    fn try_from(LeaveForm { from, until }: LeaveForm) -> Result<Self, LeaveError> {
        match (DayOrInstant::read(&from)?, DayOrInstant::read(&until)?) {
            (DayOrInstant::LocalDay(from), DayOrInstant::LocalDay(until)) => {
                Self::days(from, until)
            }
            (DayOrInstant::Instant(from), DayOrInstant::Instant(until)) => {
                Self::instants(from, until)
            }
            _ => Err(LeaveError::Mixed { from, until }),
        }
    }
}

enum DayOrInstant {
    LocalDay(NaiveDate),
    Instant(DateTime<Utc>),
}

impl DayOrInstant {
    fn read(text: &str) -> Result<Self, LeaveError> {
        let trimmed = text.trim();
        if let Ok(day) = trimmed.parse() {
            return Ok(Self::LocalDay(day));
        }
        match DateTime::parse_from_rfc3339(trimmed) {
            Ok(instant) => Ok(Self::Instant(instant.to_utc())),
            Err(_) => Err(LeaveError::NeitherDayNorInstant {
                text: text.to_owned(),
            }),
        }
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
