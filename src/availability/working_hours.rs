//! Working hours: the times of the week at which a member works.

use std::fmt;
use std::ops::Range;

use chrono::{NaiveTime, Timelike, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hours_errors::HoursFault;
use super::range_set::RangeSet;
use super::wall_clock::{LocalDay, WallTime};

/// The minutes of a day.
pub(super) const A_DAY: u16 = 24 * 60;

/// The days of the week in order.
pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Working hours: the times of the week at which a member works, in local time.
///
/// They are written as text:
///
/// | text | meaning |
/// |---|---|
/// | `mon-fri 09:00-12:30 13:30-18:00; sat 10:00-14:00` | several days, several times of day |
/// | `mon,wed,fri 9:00-13:00` | single days |
/// | `sun-thu 22:00-06:00` | past midnight: belongs to the day on which it begins |
/// | `sat 00:00-24:00` | a whole day |
/// | `always`, `never` | every hour of the week; no hour |
///
/// Hours of one day that overlap or touch are merged. `Display` writes a canonical text, which parses to
/// equal hours. Each continuous stretch of hours belongs to the day on which it begins, and must be shorter
/// than 24 hours unless it is the whole day.
///
/// # Daylight saving time
///
/// An instant is within the hours exactly if its local time is. When clocks are set forward, the skipped
/// time has no length, and hours that would begin in it begin right after it. When clocks are set back, the
/// repeated time counts both times.
///
/// ```
/// use leadtree::availability::WorkingHours;
///
/// let hours: WorkingHours = "mon,tue,wed-fri 9:00-12:00 11:00-13:00; sat 22:00-06:00".parse()?;
/// assert_eq!(hours.to_string(), "mon-fri 09:00-13:00; sat 22:00-06:00");
/// # Ok::<(), leadtree::availability::HoursErrors>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct WorkingHours {
    /// For each day from Monday: minutes since midnight, above [`A_DAY`] for hours past midnight.
    days: [RangeSet<u16>; 7],
}

impl WorkingHours {
    /// No hours at all: `never`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every hour of the week.
    pub fn always() -> Self {
        let mut hours = Self::new();
        for day in &mut hours.days {
            day.insert(0..A_DAY);
        }
        hours
    }

    /// Adds the hours from `from` to `until`, exclusive, on each of the days. If `until` is not later than
    /// `from`, it is a time of the next day; `00:00` is then the end of the day.
    ///
    /// # Errors
    ///
    /// [`HoursFault::NotFullMinutes`] for a time with seconds, [`HoursFault::SameTime`] if both times are
    /// equal and not midnight, [`HoursFault::TooLong`] if a stretch of hours would last 24 hours or more.
    ///
    /// # Example
    ///
    /// ```
    /// use chrono::{NaiveTime, Weekday};
    /// use leadtree::availability::WorkingHours;
    ///
    /// let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    /// let hours = WorkingHours::new()
    ///     .on([Weekday::Mon, Weekday::Tue], time(9), time(17))?
    ///     .on([Weekday::Sat], time(22), time(6))?;
    /// assert_eq!(hours.to_string(), "mon,tue 09:00-17:00; sat 22:00-06:00");
    /// # Ok::<(), leadtree::availability::HoursFault>(())
    /// ```
    pub fn on(
        mut self,
        days: impl IntoIterator<Item = Weekday>,
        from: NaiveTime,
        until: NaiveTime,
    ) -> Result<Self, HoursFault> {
        let span = span(minute(from)?, minute(until)?)?;
        for day in days {
            self.add(day, span.clone())?;
        }
        Ok(self)
    }

    /// Adds a range of minutes since midnight to a day.
    pub(super) fn add(&mut self, day: Weekday, span: Range<u16>) -> Result<(), HoursFault> {
        let Some(spans) = self.days.get_mut(day as usize) else {
            return Ok(());
        };
        let mut more = spans.clone();
        more.insert(span);
        if let Some(last) = more.last()
            && last.end - last.start >= A_DAY
            && *last != (0..A_DAY)
        {
            return Err(HoursFault::TooLong {
                day: day_name(day),
                from: clock(last.start),
            });
        }
        *spans = more;
        Ok(())
    }

    /// Whether these are all hours of the week.
    pub fn is_always(&self) -> bool {
        self.days.iter().all(|spans| spans.is(&(0..A_DAY)))
    }

    /// Whether there are no hours at all.
    pub fn is_never(&self) -> bool {
        self.days.iter().all(RangeSet::is_empty)
    }

    /// Whether hours that begin on the day contain the time.
    #[inline]
    pub(super) fn has_begun(&self, wall: WallTime) -> bool {
        self.of(wall.day).contains(minutes(wall.second))
    }

    /// Whether hours that began on the day before contain the time.
    #[inline]
    pub(super) fn goes_on(&self, wall: WallTime) -> bool {
        self.of(wall.day.previous())
            .contains(A_DAY + minutes(wall.second))
    }

    /// The next second of the day, after `wall`, at which hours begin or end, whether they began on the day
    /// or on the day before.
    pub(super) fn edge_after(&self, wall: WallTime) -> Option<i64> {
        let minute = minutes(wall.second);
        let own = self.of(wall.day).edge_after(minute);
        let before = self.of(wall.day.previous()).edge_after(A_DAY + minute);
        let before = before.map(|edge| edge - A_DAY);
        let edge = [own, before].into_iter().flatten().min()?;
        Some(i64::from(edge) * 60)
    }

    fn of(&self, day: LocalDay) -> &RangeSet<u16> {
        // There are seven days and seven remainders, so the fallback is never used.
        self.days
            .get(usize::from(day.days_after_monday()))
            .unwrap_or(&self.days[0])
    }
}

/// The full minutes since midnight, from seconds.
#[inline]
fn minutes(second: i64) -> u16 {
    u16::try_from(second / 60).unwrap_or(A_DAY)
}

fn minute(time: NaiveTime) -> Result<u16, HoursFault> {
    if time.second() != 0 || time.nanosecond() != 0 {
        return Err(HoursFault::NotFullMinutes {
            time: time.to_string(),
        });
    }
    Ok(u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0))
}

/// The range of minutes from one time of day to another, which may be on the next day.
pub(super) fn span(from: u16, until: u16) -> Result<Range<u16>, HoursFault> {
    let until = if until == 0 { A_DAY } else { until };
    if from == until {
        return Err(HoursFault::SameTime { time: clock(from) });
    }
    Ok(if until > from {
        from..until
    } else {
        from..until + A_DAY
    })
}

/// A time of day as text, from minutes since midnight; the end of the day is `24:00`.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

pub(super) fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

impl fmt::Display for WorkingHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_never() {
            return f.write_str("never");
        }
        if self.is_always() {
            return f.write_str("always");
        }
        let mut is_first = true;
        for (index, spans) in self.days.iter().enumerate() {
            let earlier = self.days.iter().take(index);
            if spans.is_empty() || earlier.clone().any(|other| other == spans) {
                continue;
            }
            if !is_first {
                f.write_str("; ")?;
            }
            is_first = false;
            write_days(f, self.days.each_ref().map(|other| other == spans))?;
            for span in spans.iter() {
                let until = if span.end > A_DAY {
                    span.end - A_DAY
                } else {
                    span.end
                };
                write!(f, " {}-{}", clock(span.start), clock(until))?;
            }
        }
        Ok(())
    }
}

/// Writes the chosen days: `mon-fri`, `mon,wed`, `sat,sun`, `fri-mon`.
fn write_days(f: &mut fmt::Formatter<'_>, chosen: [bool; 7]) -> fmt::Result {
    if chosen == [true; 7] {
        return f.write_str("mon-sun");
    }
    let is_chosen = |day: Weekday| chosen.get(day as usize).copied().unwrap_or(false);
    let starts = WEEK
        .into_iter()
        .filter(|day| is_chosen(*day) && !is_chosen(day.pred()));
    for (index, first) in starts.enumerate() {
        if index > 0 {
            f.write_str(",")?;
        }
        let days = WEEK.into_iter().cycle().skip(first as usize);
        let days: Vec<_> = days.take_while(|day| is_chosen(*day)).collect();
        match *days {
            [one] => f.write_str(day_name(one))?,
            [one, other] => write!(f, "{},{}", day_name(one), day_name(other))?,
            [one, .., last] => write!(f, "{}-{}", day_name(one), day_name(last))?,
            [] => {}
        }
    }
    Ok(())
}

impl Serialize for WorkingHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WorkingHours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::text_form::read_text(deserializer, "hours such as `mon-fri 09:00-18:00`")
    }
}
