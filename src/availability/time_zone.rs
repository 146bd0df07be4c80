//! Time zones: the local time at an instant, and when days and weeks begin and end.

use std::fmt;
use std::str::FromStr;

#[cfg(feature = "time-zones")]
use chrono::Offset;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::wall_clock::{LocalDay, SECONDS_A_DAY, WallTime};
use crate::suggestion::Suggestion;

/// A time zone: `UTC`, an offset such as `+08:00`, or, with the feature `time-zones`, a name in the IANA
/// database such as `Europe/Berlin`.
///
/// An offset is the same all year. A named zone follows daylight saving time and past changes of law, as
/// far as the compiled-in database contains them. In a file: its text.
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

/// A fault in the text of a time zone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeZoneError {
    /// A text that begins like an offset but is not one.
    #[error("`{text}` is not an offset from UTC; write hours and minutes: `+08:00`, `-03:30`")]
    NoOffset {
        /// The text as written.
        text: String,
    },
    /// A name that is not in the database.
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
    /// A name, without the feature `time-zones`.
    #[error(
        "`{text}` is not an offset from UTC such as `+08:00`; \
         names of time zones need the feature `time-zones`"
    )]
    NamesNotBuiltIn {
        /// The text as written.
        text: String,
    },
}

/// The longest period, in seconds, that is searched for a change of offset. No zone of the database
/// changes its offset more than once within it.
const LONGEST_SEARCH: i64 = SECONDS_A_DAY;

impl TimeZone {
    /// UTC.
    pub const UTC: Self = Self(ZoneKind::Fixed(UTC_OFFSET));

    /// The offset from UTC at an instant.
    pub fn offset_at(self, now: DateTime<Utc>) -> FixedOffset {
        FixedOffset::east_opt(self.seconds_east(now.timestamp())).unwrap_or(UTC_OFFSET)
    }

    /// The instant as people of this zone read it, to the second and with its offset:
    /// `2026-03-02T17:00:00+08:00`; in UTC with `Z`.
    ///
    /// ```
    /// use leadtree::availability::TimeZone;
    ///
    /// let now = "2026-03-02T09:00:00Z".parse().unwrap();
    /// let shanghai: TimeZone = "+08:00".parse().unwrap();
    /// assert_eq!(shanghai.format(now), "2026-03-02T17:00:00+08:00");
    /// assert_eq!(TimeZone::UTC.format(now), "2026-03-02T09:00:00Z");
    /// ```
    pub fn format(self, now: DateTime<Utc>) -> String {
        let offset = match self {
            Self::UTC => "Z".to_owned(),
            _ => self.offset_at(now).to_string(),
        };
        format!("{}{offset}", self.local(now).format("%FT%T"))
    }

    /// The local time at an instant as pictures show it: `2026-03-02 17:00`, a midnight as its day, and seconds only
    /// where there are some.
    pub(crate) fn short(self, now: DateTime<Utc>) -> impl fmt::Display {
        let local = self.local(now);
        let format = match (local.time(), chrono::Timelike::second(&local)) {
            (chrono::NaiveTime::MIN, _) => "%F",
            (_, 0) => "%F %H:%M",
            _ => "%F %T",
        };
        local.format(format)
    }

    /// The local time at an instant. Where it would be out of range, the first or last time that chrono
    /// can represent.
    pub fn local(self, now: DateTime<Utc>) -> NaiveDateTime {
        let offset = self.offset_at(now);
        let beyond = if offset.local_minus_utc() < 0 {
            NaiveDateTime::MIN
        } else {
            NaiveDateTime::MAX
        };
        now.naive_utc().checked_add_offset(offset).unwrap_or(beyond)
    }

    /// The first instant at which the local time is `local`. If clocks are set forward past that time, the
    /// instant at which they are.
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
        // Every offset is less than a day.
        let offsets = [wall - SECONDS_A_DAY, wall + SECONDS_A_DAY].map(|at| self.seconds_east(at));
        let [one, other] = offsets.map(|offset| wall - i64::from(offset));
        let (first, last) = (one.min(other), one.max(other));
        let is_it = |at: i64| at + i64::from(self.seconds_east(at)) == wall;
        let skipped = || self.next_change(first, last).unwrap_or(last);
        let at = [first, last].into_iter().find(|&at| is_it(at));
        instant(at.unwrap_or_else(skipped))
    }

    /// The local date at an instant.
    pub fn day_of(self, now: DateTime<Utc>) -> NaiveDate {
        self.wall(now.timestamp()).day.date()
    }

    /// The local date at an instant, as a number of days since 1970.
    #[inline]
    pub(crate) fn day_number(self, now: DateTime<Utc>) -> i32 {
        self.wall(now.timestamp()).day.0
    }

    /// When the local day ends: the first instant after `now` with a later local date.
    ///
    /// If clocks are set forward past midnight, this is the instant at which they are. If they are set back
    /// past midnight, the new day begins when midnight is first reached, and does not end when the clock
    /// goes back. At the end of the representable range, the last instant.
    pub fn day_ends(self, now: DateTime<Utc>) -> DateTime<Utc> {
        instant(self.next_day_after(now.timestamp()))
    }

    /// The Monday of the local week at an instant.
    pub fn week_of(self, now: DateTime<Utc>) -> NaiveDate {
        self.wall(now.timestamp()).day.monday().date()
    }

    /// When the local week ends: the first instant after `now` in a later week. Weeks begin on Monday.
    /// Skipped and repeated midnights are treated as by [`day_ends`](Self::day_ends).
    pub fn week_ends(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut at = now.timestamp();
        let week = self.wall(at).day.monday();
        // If clocks are set back past midnight of a Monday, eight days end before the week does.
        for _ in 0..=8 {
            at = self.next_day_after(at);
            if self.wall(at).day.monday() > week {
                break;
            }
        }
        instant(at)
    }

    /// The first instant at which the local date is `date` or later.
    pub fn day_begins(self, date: NaiveDate) -> DateTime<Utc> {
        let day = LocalDay::from(date);
        // Every offset is less than a day, so two days before it the date is earlier.
        let mut at = (i64::from(day.0) - 2) * SECONDS_A_DAY;
        while self.wall(at).day < day {
            at = self.next_day_after(at);
        }
        instant(at)
    }

    /// The offset from UTC in seconds, positive to the east, at `at` seconds since 1970.
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

    /// The local time at `at` seconds since 1970.
    #[inline]
    pub(super) fn wall(self, at: i64) -> WallTime {
        WallTime::new(at, self.seconds_east(at))
    }

    /// The first second after `from`, up to `to`, at which the offset differs from that at `from`. The two
    /// must be at most a day apart.
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

    /// The first second after `from` with a later local date.
    fn next_day_after(self, from: i64) -> i64 {
        let day = self.wall(from).day;
        let mut at = from;
        loop {
            let wall = self.wall(at);
            if wall.day > day {
                return at;
            }
            let left = wall.seconds_until(day.next()).min(LONGEST_SEARCH);
            at = self.next_change(at, at + left).unwrap_or(at + left);
        }
    }
}

const UTC_OFFSET: FixedOffset = match FixedOffset::east_opt(0) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// The instant `at` seconds since 1970; out of range, the first or last instant.
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
