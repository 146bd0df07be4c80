//! Time zones: what the clock on the wall shows at an instant, and when days and weeks end.

use std::fmt;
use std::str::FromStr;

#[cfg(feature = "time-zones")]
use chrono::Offset;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::wall_clock::{Day, SECONDS_A_DAY, WallTime};
use crate::suggestion::Suggestion;

/// A time zone: `UTC`, an offset such as `+08:00`, or, with the feature `time-zones`, a name of the
/// IANA database such as `Europe/Berlin`.
///
/// An offset is the same all year. A name knows daylight saving, and what parliaments decided until
/// the database was taken. In a file it is its text.
///
/// ```
/// use chrono::{DateTime, NaiveDate, Utc};
/// use leadtree::availability::TimeZone;
///
/// let shanghai: TimeZone = "+08:00".parse()?;
/// let now: DateTime<Utc> = "2026-03-01T17:30:00Z".parse().unwrap();
/// assert_eq!(shanghai.day_of(now), NaiveDate::from_ymd_opt(2026, 3, 2).unwrap());
/// assert_eq!(shanghai.day_ends(now).to_rfc3339(), "2026-03-02T16:00:00+00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeZone(ZoneKind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ZoneKind {
    Fixed(FixedOffset),
    #[cfg(feature = "time-zones")]
    Named(chrono_tz::Tz),
}

/// What can be wrong with the text of a time zone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeZoneError {
    /// Something that begins as an offset and is none.
    #[error("`{text}` is no offset from UTC; write hours and minutes: `+08:00`, `-03:30`")]
    NoOffset {
        /// The text as written.
        text: String,
    },
    /// A name that the database does not have.
    #[error(
        "no time zone is named `{text}`; \
         write a name such as `Asia/Shanghai`, or an offset such as `+08:00`{suggestion}"
    )]
    Unknown {
        /// The text as written.
        text: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// A name, where the database was not built in.
    #[error(
        "`{text}` is no offset from UTC such as `+08:00`; \
         names of time zones are known with the feature `time-zones`"
    )]
    NamesNotBuiltIn {
        /// The text as written.
        text: String,
    },
}

/// The longest window searched for a change of offset; within it, every zone of the database changes
/// its offset once at most.
const WINDOW: i64 = SECONDS_A_DAY;

impl TimeZone {
    /// UTC itself.
    pub const UTC: Self = Self(ZoneKind::Fixed(UTC_OFFSET));

    /// The offset from UTC at that instant.
    pub fn offset_at(self, now: DateTime<Utc>) -> FixedOffset {
        FixedOffset::east_opt(self.seconds_east(now.timestamp())).unwrap_or(UTC_OFFSET)
    }

    /// What the clock on the wall shows at that instant; at the very ends of time, the first or last
    /// that can be told.
    pub fn local(self, now: DateTime<Utc>) -> NaiveDateTime {
        let offset = self.offset_at(now);
        let beyond = if offset.local_minus_utc() < 0 {
            NaiveDateTime::MIN
        } else {
            NaiveDateTime::MAX
        };
        now.naive_utc().checked_add_offset(offset).unwrap_or(beyond)
    }

    /// The first instant at which the clock on the wall shows that time; where clocks are set over it,
    /// the instant at which they are.
    ///
    /// ```
    /// # #[cfg(feature = "time-zones")] {
    /// let berlin: leadtree::availability::TimeZone = "Europe/Berlin".parse().unwrap();
    /// let at = |local: &str| berlin.first_at(local.parse().unwrap()).to_rfc3339();
    /// assert_eq!(at("2026-07-01T12:00:00"), "2026-07-01T10:00:00+00:00");
    /// // Two o'clock becomes three; three o'clock becomes two again.
    /// assert_eq!(at("2026-03-29T02:30:00"), "2026-03-29T01:00:00+00:00");
    /// assert_eq!(at("2026-10-25T02:30:00"), "2026-10-25T00:30:00+00:00");
    /// # }
    /// ```
    pub fn first_at(self, local: NaiveDateTime) -> DateTime<Utc> {
        let wall = local.and_utc().timestamp();
        // No offset is as much as a day.
        let offsets = [wall - SECONDS_A_DAY, wall + SECONDS_A_DAY].map(|at| self.seconds_east(at));
        let [one, other] = offsets.map(|offset| wall - i64::from(offset));
        let (first, last) = (one.min(other), one.max(other));
        let is_it = |at: i64| at + i64::from(self.seconds_east(at)) == wall;
        let skipped = || self.next_change(first, last).unwrap_or(last);
        let at = [first, last].into_iter().find(|&at| is_it(at));
        instant(at.unwrap_or_else(skipped))
    }

    /// The date on the wall.
    pub fn day_of(self, now: DateTime<Utc>) -> NaiveDate {
        self.wall(now.timestamp()).day.date()
    }

    /// The same by number since 1970.
    #[inline]
    pub(crate) fn day_number(self, now: DateTime<Utc>) -> i32 {
        self.wall(now.timestamp()).day.0
    }

    /// When the day ends: the first instant after `now` with a later date on the wall.
    ///
    /// Where midnight is skipped, that is the instant at which the clock jumps over it. Where a clock
    /// is set back over midnight, the new day begins when midnight is passed first, and once begun it
    /// does not end because the clock steps back. At the end of time, the last instant.
    pub fn day_ends(self, now: DateTime<Utc>) -> DateTime<Utc> {
        instant(self.next_day_after(now.timestamp()))
    }

    /// The Monday with which the week on the wall began.
    pub fn week_of(self, now: DateTime<Utc>) -> NaiveDate {
        self.wall(now.timestamp()).day.monday().date()
    }

    /// When the week ends: the first instant after `now` that belongs to a later week; weeks begin on
    /// Monday. Skipped and repeated midnights are as with [`day_ends`](Self::day_ends).
    pub fn week_ends(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut at = now.timestamp();
        let week = self.wall(at).day.monday();
        // A clock set back over the midnight of a Monday makes eight ends of days.
        for _ in 0..=8 {
            at = self.next_day_after(at);
            if self.wall(at).day.monday() > week {
                break;
            }
        }
        instant(at)
    }

    /// The first instant at which the wall shows that date or a later one.
    pub fn day_begins(self, date: NaiveDate) -> DateTime<Utc> {
        let day = Day::from(date);
        // No offset is as much as a day, so two days before it is surely earlier.
        let mut at = (i64::from(day.0) - 2) * SECONDS_A_DAY;
        while self.wall(at).day < day {
            at = self.next_day_after(at);
        }
        instant(at)
    }

    /// How many seconds the wall is ahead of UTC, at so many seconds since 1970.
    #[inline]
    #[cfg_attr(
        not(feature = "time-zones"),
        expect(unused_variables, reason = "an offset is always the same")
    )]
    fn seconds_east(self, at: i64) -> i32 {
        match self.0 {
            ZoneKind::Fixed(offset) => offset.local_minus_utc(),
            #[cfg(feature = "time-zones")]
            ZoneKind::Named(zone) => {
                let at = instant(at).naive_utc();
                chrono::TimeZone::offset_from_utc_datetime(&zone, &at)
                    .fix()
                    .local_minus_utc()
            }
        }
    }

    /// The clock on the wall, at so many seconds since 1970.
    #[inline]
    pub(super) fn wall(self, at: i64) -> WallTime {
        WallTime::new(at, self.seconds_east(at))
    }

    /// The first second after `from`, and until `to`, at which the offset is not what it was; the two
    /// are a day apart at most.
    pub(super) fn next_change(self, from: i64, to: i64) -> Option<i64> {
        if matches!(self.0, ZoneKind::Fixed(_)) {
            return None;
        }
        let before = self.seconds_east(from);
        if self.seconds_east(to) == before {
            return None;
        }
        let (mut same, mut other) = (from, to);
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if self.seconds_east(middle) == before {
                same = middle;
            } else {
                other = middle;
            }
        }
        Some(other)
    }

    /// The first second after `from` with a later date on the wall.
    fn next_day_after(self, from: i64) -> i64 {
        let day = self.wall(from).day;
        let mut at = from;
        loop {
            let wall = self.wall(at);
            if wall.day > day {
                return at;
            }
            let left = wall.seconds_until(day.next()).min(WINDOW);
            at = self.next_change(at, at + left).unwrap_or(at + left);
        }
    }
}

const UTC_OFFSET: FixedOffset = match FixedOffset::east_opt(0) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// So many seconds since 1970; beyond the ends of time, the last that there is.
pub(super) fn instant(at: i64) -> DateTime<Utc> {
    let beyond = if at < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    };
    DateTime::from_timestamp(at, 0).unwrap_or(beyond)
}

impl Default for TimeZone {
    /// UTC.
    fn default() -> Self {
        Self::UTC
    }
}

impl From<FixedOffset> for TimeZone {
    fn from(offset: FixedOffset) -> Self {
        Self(ZoneKind::Fixed(offset))
    }
}

#[cfg(feature = "time-zones")]
impl From<chrono_tz::Tz> for TimeZone {
    fn from(zone: chrono_tz::Tz) -> Self {
        Self(ZoneKind::Named(zone))
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ZoneKind::Fixed(offset) if offset == UTC_OFFSET => f.pad("UTC"),
            ZoneKind::Fixed(offset) => f.pad(&offset.to_string()),
            #[cfg(feature = "time-zones")]
            ZoneKind::Named(zone) => f.pad(zone.name()),
        }
    }
}

impl FromStr for TimeZone {
    type Err = TimeZoneError;

    fn from_str(text: &str) -> Result<Self, TimeZoneError> {
        let trimmed = text.trim();
        if trimmed.eq_ignore_ascii_case("UTC") || trimmed.eq_ignore_ascii_case("Z") {
            return Ok(Self::UTC);
        }
        if trimmed.starts_with(['+', '-', '−']) {
            let offset = trimmed.parse::<FixedOffset>();
            return offset.map(Self::from).map_err(|_| TimeZoneError::NoOffset {
                text: text.to_owned(),
            });
        }
        named(trimmed)
    }
}

#[cfg(feature = "time-zones")]
fn named(text: &str) -> Result<TimeZone, TimeZoneError> {
    let zone = text.parse::<chrono_tz::Tz>();
    zone.map(TimeZone::from).map_err(|_| {
        let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        TimeZoneError::Unknown {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, known),
        }
    })
}

#[cfg(not(feature = "time-zones"))]
fn named(text: &str) -> Result<TimeZone, TimeZoneError> {
    Err(TimeZoneError::NamesNotBuiltIn {
        text: text.to_owned(),
    })
}

impl Serialize for TimeZone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeZone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::text_form::read_text(
            deserializer,
            "a time zone: `UTC`, `+08:00`, `Europe/Berlin`",
        )
    }
}
