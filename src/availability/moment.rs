//! Moments as written: with an offset, or in the local time of a zone that is known later.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::text_form::read_text;
use super::time_zone::TimeZone;

/// A moment as a policy writes it: with an offset from UTC, or in local time.
///
/// In a file: `2026-03-31T08:00:00Z`, `2026-03-31T08:00:00+08:00`, or without an offset
/// `2026-03-31T08:00:00`, `2026-03-31 08:00`, or `2026-03-31`, which is its midnight. What has no offset is
/// the local time of a zone: for rules and terms that of the policy. Written back as it was written.
///
/// ```
/// use leadtree::availability::{Moment, TimeZone};
///
/// let shanghai: TimeZone = "+08:00".parse()?;
/// let new_year: Moment = "2027-01-01".parse()?;
/// assert_eq!(new_year.at(shanghai).to_rfc3339(), "2026-12-31T16:00:00+00:00");
/// assert_eq!(new_year.to_string(), "2027-01-01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", inline, extend("pattern" = super::text_form::moment_pattern()))
)]
pub struct Moment(Written);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Written {
    /// An instant, and the offset with which it is written.
    Instant(DateTime<Utc>, FixedOffset),
    Local(NaiveDateTime),
    Day(NaiveDate),
}

/// A text that is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{text}` is not a moment; write 2026-03-31, 2026-03-31T08:00:00 or, with an offset, \
     2026-03-31T08:00:00+08:00"
)]
pub struct MomentError {
    text: String,
}

impl Moment {
    /// The instant, where local time is that of a zone.
    ///
    /// A day begins at the first instant of its date. Of a local time that comes twice because clocks are
    /// set back, the first is meant; one that clocks skip stands for the instant at which they are set.
    pub fn at(self, zone: TimeZone) -> DateTime<Utc> {
        match self.0 {
            Written::Instant(instant, _) => instant,
            Written::Local(local) => zone.first_at(local),
            Written::Day(day) => zone.day_begins(day),
        }
    }

    /// Which comes first, if both are written in the same way: as instants, local times or days.
    pub(super) fn order(self, other: Self) -> Option<Ordering> {
        match (self.0, other.0) {
            (Written::Instant(one, _), Written::Instant(other, _)) => Some(one.cmp(&other)),
            (Written::Local(one), Written::Local(other)) => Some(one.cmp(&other)),
            (Written::Day(one), Written::Day(other)) => Some(one.cmp(&other)),
            _ => None,
        }
    }

    /// Without fractions of a second.
    pub(super) fn whole_seconds(self) -> Self {
        Self(match self.0 {
            Written::Instant(instant, offset) => Written::Instant(instant.trunc_subsecs(0), offset),
            Written::Local(local) => Written::Local(local.trunc_subsecs(0)),
            Written::Day(day) => Written::Day(day),
        })
    }

    /// The day, if it is written as a day.
    pub(super) fn day(self) -> Option<NaiveDate> {
        match self.0 {
            Written::Day(day) => Some(day),
            Written::Instant(..) | Written::Local(_) => None,
        }
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(instant: DateTime<Utc>) -> Self {
        instant.fixed_offset().into()
    }
}

impl From<DateTime<FixedOffset>> for Moment {
    fn from(instant: DateTime<FixedOffset>) -> Self {
        Self(Written::Instant(instant.to_utc(), *instant.offset()))
    }
}

/// A local time.
impl From<NaiveDateTime> for Moment {
    fn from(local: NaiveDateTime) -> Self {
        Self(Written::Local(local))
    }
}

/// The beginning of a local day.
impl From<NaiveDate> for Moment {
    fn from(day: NaiveDate) -> Self {
        Self(Written::Day(day))
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let trimmed = text.trim();
        if let Ok(day) = trimmed.parse::<NaiveDate>() {
            return Ok(day.into());
        }
        if let Ok(instant) = DateTime::parse_from_rfc3339(trimmed) {
            return Ok(instant.into());
        }
        let formats = [
            "%Y-%m-%dT%H:%M:%S%.f",
            "%Y-%m-%d %H:%M:%S%.f",
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%d %H:%M",
        ];
        let mut local = formats.iter().filter_map(|format| {
            let local = NaiveDateTime::parse_from_str(trimmed, format);
            local.ok()
        });
        match local.next() {
            Some(local) => Ok(local.into()),
            None => Err(MomentError {
                text: text.to_owned(),
            }),
        }
    }
}

/// Writes it as in files.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Written::Instant(instant, offset) => {
                let local = instant.with_timezone(&offset);
                f.pad(&local.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }
            Written::Local(local) => f.pad(&local.format("%Y-%m-%dT%H:%M:%S%.f").to_string()),
            Written::Day(day) => f.pad(&day.to_string()),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(
            deserializer,
            "a moment: `2026-03-31`, `2026-03-31T08:00:00`, `2026-03-31T08:00:00+08:00`",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_they_are_read() {
        for text in [
            "2027-01-01",
            "2027-01-01T08:30:00",
            "2027-01-01T08:30:00.250",
            "2027-01-01T08:30:00Z",
            "2027-01-01T08:30:00+08:00",
            "2027-01-01T08:30:00.5-03:30",
        ] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string().parse(), Ok(moment), "{text}");
        }
        let written = |text: &str| text.parse::<Moment>().map(|it| it.to_string());
        assert_eq!(
            written(" 2027-01-01 08:30 ").unwrap(),
            "2027-01-01T08:30:00"
        );
        assert_eq!(
            written("2027-01-01t08:30:00+08:00").unwrap(),
            "2027-01-01T08:30:00+08:00"
        );
        for text in ["", "soon", "2027-13-01", "2027-01-01T25:00:00", "08:30"] {
            assert!(written(text).is_err(), "{text}");
        }
    }

    #[cfg(feature = "time-zones")]
    #[test]
    fn local_times_when_clocks_are_set() {
        let berlin: TimeZone = "Europe/Berlin".parse().unwrap();
        let cairo: TimeZone = "Africa/Cairo".parse().unwrap();
        for (zone, text, instant) in [
            (berlin, "2026-03-29", "2026-03-28T23:00:00Z"),
            // Skipped: two o'clock becomes three.
            (berlin, "2026-03-29T02:30:00", "2026-03-29T01:00:00Z"),
            // Twice: three o'clock becomes two again.
            (berlin, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
            (berlin, "2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z"),
            // Midnight is skipped: the day begins at one.
            (cairo, "2026-04-24", "2026-04-23T22:00:00Z"),
        ] {
            let moment: Moment = text.parse().unwrap();
            let expected: DateTime<Utc> = instant.parse().unwrap();
            assert_eq!(moment.at(zone), expected, "{text}");
        }
    }
}
