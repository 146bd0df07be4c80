//! Dates and moments, by formats.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::format::{Item, Numeric, Parsed, StrftimeItems, parse_and_remainder};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use leadtree::availability::TimeZone;
use thiserror::Error;

/// Years of less digits are typing errors, or have two digits.
const FIRST_YEAR: i32 = 1000;

/// Later years are typing errors, or moments in a smaller unit.
const LAST_YEAR: i32 = 9999;

/// Seconds beyond this, in the year 5138, are milliseconds.
const MOST_SECONDS: i64 = 100_000_000_000;

/// Why a format cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum DateFormatFault {
    /// It is no format.
    #[error("this is no format of dates; write it like `%d.%m.%Y` or `%m/%d/%Y %H:%M`")]
    Unreadable,
    /// It has no day or no year.
    #[error("this format has no day or no year; write it like `%d.%m.%Y` or `%m/%d/%Y %H:%M`")]
    NoDay,
    /// It has the name of a time zone, which does not tell the offset.
    #[error(
        "`%Z` would be passed over; leave times with names of zones out, or write `%z` for offsets"
    )]
    ZoneByName,
    /// It has an offset as a fixed text, which does not tell it.
    #[error(
        "`{0}` would be passed over, and the time taken for that of the policy's zone; write `%#z` in its place, or \
         leave `date` out for dates with the year first"
    )]
    ZoneAsText(&'static str),
    /// It has years of two digits, and nothing says in which century.
    #[error(
        "years of two digits need `two_digit_years`, the first of the hundred years that they can mean: 1970"
    )]
    TwoDigitYears,
}

/// A format of dates or moments, in the notation of `strftime`.
#[derive(Debug, Clone)]
pub(crate) struct DateFormat {
    format: String,
    has_zone: bool,
    is_timestamp: bool,
    has_time: bool,
    /// The first year that two digits can mean, where years have two digits.
    first_year: Option<i32>,
}

/// A format that is a part of this program.
type Built = LazyLock<Vec<Item<'static>>>;

/// Dates with the year first.
static DAYS: [Built; 4] = [
    LazyLock::new(|| StrftimeItems::new("%Y-%m-%d").collect()),
    LazyLock::new(|| StrftimeItems::new("%Y/%m/%d").collect()),
    LazyLock::new(|| StrftimeItems::new("%Y.%m.%d").collect()),
    LazyLock::new(|| StrftimeItems::new("%Y年%m月%d日").collect()),
];

/// Times with twelve hours.
static HALF_DAY_TIMES: [Built; 2] = [
    LazyLock::new(|| StrftimeItems::new("%I:%M:%S %p").collect()),
    LazyLock::new(|| StrftimeItems::new("%I:%M %p").collect()),
];

/// Times with twenty-four hours.
static TIMES: [Built; 2] = [
    LazyLock::new(|| StrftimeItems::new("%H:%M:%S%.f").collect()),
    LazyLock::new(|| StrftimeItems::new("%H:%M").collect()),
];

/// How the moments of a column are read.
#[derive(Debug, Clone)]
pub(crate) struct Moments {
    /// Those that were stated; then only they are tried.
    formats: Vec<DateFormat>,
    time_zone: TimeZone,
}

/// What a text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Instant(DateTime<Utc>),
    Local(NaiveDateTime),
    Day(NaiveDate),
}

impl DateFormat {
    /// `first_year` is the first of the hundred years that two digits can mean.
    pub(crate) fn new(format: &str, first_year: Option<i32>) -> Result<Self, DateFormatFault> {
        let items: Vec<_> = StrftimeItems::new(format).collect();
        if items.is_empty() || items.contains(&Item::Error) {
            return Err(DateFormatFault::Unreadable);
        }
        let has = |wanted: &[Numeric]| {
            items.iter().any(|item| match item {
                Item::Numeric(numeric, _) => wanted.contains(numeric),
                _ => false,
            })
        };
        if let Some(zone) = zone_as_text(format) {
            return Err(DateFormatFault::ZoneAsText(zone));
        }
        let is_short = has(&[Numeric::YearMod100]) && !has(&[Numeric::Year, Numeric::YearDiv100]);
        if format.contains("%Z") {
            return Err(DateFormatFault::ZoneByName);
        }
        let day = [
            Numeric::Day,
            Numeric::Ordinal,
            Numeric::NumDaysFromSun,
            Numeric::WeekdayFromMon,
        ];
        let year = [
            Numeric::Year,
            Numeric::YearMod100,
            Numeric::IsoYear,
            Numeric::IsoYearMod100,
        ];
        if !(has(&day) && has(&year) || has(&[Numeric::Timestamp]) || format.contains("%+")) {
            return Err(DateFormatFault::NoDay);
        }
        if is_short && first_year.is_none() {
            return Err(DateFormatFault::TwoDigitYears);
        }
        let zones = ["%z", "%:z", "%::z", "%:::z", "%#z", "%+"];
        Ok(Self {
            format: format.to_owned(),
            has_zone: zones.iter().any(|zone| format.contains(zone)),
            is_timestamp: has(&[Numeric::Timestamp]),
            has_time: has(&[Numeric::Hour, Numeric::Hour12]),
            first_year: first_year.filter(|_| is_short),
        })
    }

    fn read(&self, text: &str) -> Option<Read> {
        if self.is_timestamp && self.format == "%s" {
            return timestamp(text).map(Read::Instant);
        }
        if self.has_zone {
            let moment = DateTime::parse_from_str(text, &self.format).ok()?;
            let day = self.in_century(moment.date_naive())?;
            let local = day.and_time(moment.time());
            let moment = local.and_local_timezone(*moment.offset()).single()?;
            return Some(Read::Instant(moment.to_utc()));
        }
        if self.has_time || self.is_timestamp {
            let moment = NaiveDateTime::parse_from_str(text, &self.format).ok()?;
            let day = self.in_century(moment.date())?;
            let local = day.and_time(moment.time());
            return Some(if self.is_timestamp {
                Read::Instant(local.and_utc())
            } else {
                Read::Local(local)
            });
        }
        let (day, rest) = NaiveDate::parse_and_remainder(text, &self.format).ok()?;
        let day = self.in_century(day)?;
        match rest.trim() {
            "" => Some(Read::Day(day)),
            // A time behind the date.
            _ => behind(day, rest),
        }
    }

    /// The day in the century that two digits mean; none if it is not a year.
    fn in_century(&self, day: NaiveDate) -> Option<NaiveDate> {
        let Some(first) = self.first_year else {
            return is_year(day.year()).then_some(day);
        };
        let ahead = day.year().checked_sub(first)?.rem_euclid(100);
        let year = first.checked_add(ahead)?;
        day.with_year(year)
    }
}

impl Moments {
    /// Without formats those of ISO 8601 are read: `2026-03-31`, `2026-03-31 09:30:00`,
    /// `2026-03-31T09:30:00.000+0000`, also with slashes or points.
    pub(crate) fn new(formats: Vec<DateFormat>, time_zone: TimeZone) -> Self {
        Self { formats, time_zone }
    }

    /// The moment that a text tells: a date alone means its first moment, local times are those of the
    /// policy's time zone.
    pub(crate) fn moment(&self, text: &str) -> Option<DateTime<Utc>> {
        Some(match self.read(text)? {
            Read::Instant(instant) => instant,
            Read::Local(local) => self.time_zone.first_at(local),
            Read::Day(day) => self.time_zone.first_at(day.and_time(NaiveTime::MIN)),
        })
    }

    /// The day that a text tells, in the policy's time zone.
    pub(crate) fn day(&self, text: &str) -> Option<NaiveDate> {
        Some(match self.read(text)? {
            Read::Instant(instant) => self.time_zone.local(instant).date(),
            Read::Local(local) => local.date(),
            Read::Day(day) => day,
        })
    }

    fn read(&self, text: &str) -> Option<Read> {
        if self.formats.is_empty() {
            return iso(text);
        }
        self.formats.iter().find_map(|format| format.read(text))
    }
}

/// Texts behind a time that people take for its offset.
const ZONES: [&str; 6] = ["Z", "UTC", "GMT", "+0000", "+00:00", "+00"];

/// The offset that a format has as a fixed text at its end.
fn zone_as_text(format: &str) -> Option<&'static str> {
    let format = format.trim_end();
    let ends = |zone: &&str| {
        let before = format.strip_suffix(zone).map(str::trim_end);
        before.is_some_and(|before| !before.is_empty() && !before.ends_with(['%', ':', '#']))
    };
    ZONES.into_iter().find(ends)
}

fn is_year(year: i32) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&year)
}

/// Seconds since 1970 in UTC; beyond the year 5138 they are taken for milliseconds.
fn timestamp(text: &str) -> Option<DateTime<Utc>> {
    let number: i64 = text.parse().ok()?;
    let moment = if number.unsigned_abs() < MOST_SECONDS.unsigned_abs() {
        DateTime::from_timestamp(number, 0)
    } else {
        DateTime::from_timestamp_millis(number)
    };
    moment.filter(|moment| is_year(moment.year()))
}

/// What a text begins with by a format, and the rest of the text.
fn parsed<'t>(text: &'t str, format: &[Item<'_>]) -> Option<(Parsed, &'t str)> {
    let mut parsed = Parsed::new();
    let rest = parse_and_remainder(&mut parsed, text, format.iter()).ok()?;
    Some((parsed, rest))
}

/// A date with the year first, perhaps with a time and an offset behind.
fn iso(text: &str) -> Option<Read> {
    let (day, rest) = DAYS.iter().find_map(|format| {
        let (parsed, rest) = parsed(text, format)?;
        Some((parsed.to_naive_date().ok()?, rest))
    })?;
    if !is_year(day.year()) {
        return None;
    }
    if rest.is_empty() {
        return Some(Read::Day(day));
    }
    behind(day, rest)
}

/// A time behind a date, perhaps with an offset: `T09:30:00.000+0000`, ` 9:30 PM`.
fn behind(day: NaiveDate, rest: &str) -> Option<Read> {
    let rest = rest.trim_start_matches([',', 'T', 't', ' ', '\u{202f}', '\u{a0}']);
    let rest = if rest.contains('\u{202f}') {
        Cow::from(rest.replace('\u{202f}', " "))
    } else {
        Cow::from(rest)
    };
    let has_half_days = rest.contains(['m', 'M']);
    let half_days = HALF_DAY_TIMES.iter().filter(|_| has_half_days);
    let (time, zone) = half_days.chain(&TIMES).find_map(|format| {
        let (parsed, zone) = parsed(&rest, format)?;
        Some((parsed.to_naive_time().ok()?, zone))
    })?;
    let local = day.and_time(time);
    let zone = zone.trim();
    if zone.is_empty() {
        return Some(Read::Local(local));
    }
    if zone.eq_ignore_ascii_case("z") || zone == "UTC" || zone == "GMT" {
        return Some(Read::Instant(local.and_utc()));
    }
    let offset = DateTime::parse_from_str(
        &format!("2000-01-01 00:00:00 {zone}"),
        "%Y-%m-%d %H:%M:%S %#z",
    );
    let offset = *offset.ok()?.offset();
    let instant = local.and_local_timezone(offset).single()?;
    Some(Read::Instant(instant.to_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(formats: &[&str], first_year: Option<i32>) -> Moments {
        let formats = formats
            .iter()
            .map(|format| DateFormat::new(format, first_year).unwrap());
        Moments::new(formats.collect(), "+08:00".parse().unwrap())
    }

    #[test]
    fn moments_of_many_systems() {
        for (format, text, expected) in [
            (
                "",
                "2021-04-15T02:00:00.000+0000",
                Some("2021-04-15T02:00:00Z"),
            ),
            ("", "2021-04-15T02:00:00Z", Some("2021-04-15T02:00:00Z")),
            (
                "",
                "2021-04-15T02:00:00+02:00",
                Some("2021-04-15T00:00:00Z"),
            ),
            ("", "2021-04-15 02:00:00", Some("2021-04-14T18:00:00Z")),
            ("", "2021-04-15 02:00:00.123", Some("2021-04-14T18:00:00Z")),
            ("", "2021/4/15 2:00", Some("2021-04-14T18:00:00Z")),
            ("", "2021年4月15日", Some("2021-04-14T16:00:00Z")),
            ("", "2021-04-15", Some("2021-04-14T16:00:00Z")),
            ("", "15.04.2021", None),
            ("", "24-04-15", None),
            ("", "2021-04-15 noon", None),
            ("", "2021-02-30", None),
            ("%d.%m.%Y", "15.04.2021", Some("2021-04-14T16:00:00Z")),
            ("%d.%m.%Y", "15.04.2021 02:00", Some("2021-04-14T18:00:00Z")),
            (
                "%m/%d/%Y",
                "4/15/2021, 2:00 PM",
                Some("2021-04-15T06:00:00Z"),
            ),
            ("%d.%m.%Y", "15.04.21", None),
            (
                "%Y-%m-%dT%H:%M:%S%.f%z",
                "2021-04-15T02:00:00.000+0000",
                Some("2021-04-15T02:00:00Z"),
            ),
            (
                "%d %b %Y %H:%M %z",
                "15 Apr 2021 02:00 +0200",
                Some("2021-04-15T00:00:00Z"),
            ),
            ("%s", "1618452000", Some("2021-04-15T02:00:00Z")),
            ("%s", "1618452000000", Some("2021-04-15T02:00:00Z")),
            ("%s", "soon", None),
            ("%d.%m.%Y %H:%M", "15.04.2021", None),
        ] {
            let formats: &[&str] = if format.is_empty() { &[] } else { &[format] };
            let read = moments(formats, None).moment(text);
            let expected = expected.map(|text| text.parse::<DateTime<Utc>>().unwrap());
            assert_eq!(read, expected, "{text} by {format}");
        }
    }

    #[test]
    fn days_are_those_of_the_time_zone() {
        let day = |text| moments(&[], None).day(text).unwrap().to_string();
        assert_eq!(day("2021-04-15T20:00:00Z"), "2021-04-16");
        assert_eq!(day("2021-04-15T20:00:00"), "2021-04-15");
    }

    #[test]
    fn years_of_two_digits_need_their_century() {
        let fault = |format| DateFormat::new(format, None).unwrap_err();
        assert_eq!(fault("%d.%m.%y"), DateFormatFault::TwoDigitYears);
        assert_eq!(fault("%"), DateFormatFault::Unreadable);
        assert_eq!(fault(""), DateFormatFault::Unreadable);
        assert_eq!(fault("%H:%M"), DateFormatFault::NoDay);
        assert_eq!(fault("DD.MM.YYYY"), DateFormatFault::NoDay);
        assert_eq!(fault("%d.%m.%Y %Z"), DateFormatFault::ZoneByName);
        assert_eq!(
            fault("%Y-%m-%dT%H:%M:%SZ"),
            DateFormatFault::ZoneAsText("Z")
        );
        assert_eq!(
            fault("%d.%m.%Y %H:%M UTC"),
            DateFormatFault::ZoneAsText("UTC")
        );
        let zulu = moments(&["%Y-%m-%dT%H:%M:%S%#z"], None);
        let read = zulu.moment("2021-04-15T02:00:00Z").unwrap();
        assert_eq!(read.to_rfc3339(), "2021-04-15T02:00:00+00:00");
        let with_zone = moments(&["%d.%m.%y %H:%M %z"], Some(1950));
        assert_eq!(
            with_zone.day("15.04.69 12:00 +0800").unwrap().to_string(),
            "1969-04-15"
        );
        let stamp = moments(&["%s"], None);
        assert_eq!(stamp.moment("1774900000000000"), None);
        for (first, text, expected) in [
            (1970, "15.04.24", "2024-04-15"),
            (1970, "15.04.70", "1970-04-15"),
            (1950, "15.04.69", "1969-04-15"),
            (2000, "15.04.99", "2099-04-15"),
        ] {
            let day = moments(&["%d.%m.%y"], Some(first)).day(text).unwrap();
            assert_eq!(day.to_string(), expected, "{text} since {first}");
        }
    }
}
