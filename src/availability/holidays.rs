//! Holidays, and calendars of them.

use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use thiserror::Error;

use super::range_set::RangeSet;
#[cfg(feature = "schema")]
use super::text_form::days_pattern;
use super::text_form::read_text;
use super::wall_clock::LocalDay;

/// A holiday: one day or several days in a row, perhaps with a name.
///
/// As text: `2026-12-25`, or `2026-10-01..2026-10-07`, including the last day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Holiday {
    days: RangeInclusive<NaiveDate>,
    name: Option<Box<str>>,
}

impl Holiday {
    /// A holiday of one day.
    pub fn on(day: NaiveDate) -> Self {
        Self {
            days: day..=day,
            name: None,
        }
    }

    /// A holiday from the first day to the last.
    ///
    /// # Errors
    ///
    /// [`HolidayFault::Backwards`] if the last day is before the first.
    pub fn from_to(first: NaiveDate, last: NaiveDate) -> Result<Self, HolidayFault> {
        if last < first {
            return Err(HolidayFault::Backwards { first, last });
        }
        Ok(Self {
            days: first..=last,
            name: None,
        })
    }

    /// Sets a name, for readers.
    #[must_use]
    pub fn name(mut self, name: impl Into<Box<str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The days, both ends included.
    pub fn days(&self) -> &RangeInclusive<NaiveDate> {
        &self.days
    }

    /// The name, if any.
    pub fn get_name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// Writes the days without the name.
impl fmt::Display for Holiday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.days.start(), self.days.end());
        if first == last {
            write!(f, "{first}")
        } else {
            write!(f, "{first}..{last}")
        }
    }
}

impl FromStr for Holiday {
    type Err = HolidayFault;

    fn from_str(text: &str) -> Result<Self, HolidayFault> {
        let date = |part: &str| {
            part.trim().parse().map_err(|_| HolidayFault::NoDate {
                text: part.trim().to_owned(),
            })
        };
        match text.split_once("..") {
            None => date(text).map(Self::on),
            Some((first, last)) => Self::from_to(date(first)?, date(last)?),
        }
    }
}

/// A fault in a holiday or a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HolidayFault {
    /// A text that is not a date, or a date that does not exist.
    #[error(
        "`{text}` is not a date; write year, month and day: 2026-10-01, or 2026-10-01..2026-10-07"
    )]
    NoDate {
        /// The text as written.
        text: String,
    },
    /// A last day before the first.
    #[error("{first}..{last} ends before it begins; write the earlier day first")]
    Backwards {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
}

/// A calendar of holidays. Each holiday lasts whole days, by the local date of the member.
///
/// In a file: a list of days, or a map from days to names. Days in a row are written as a range that
/// includes its last day: `2026-10-01..2026-10-07`. Holidays may overlap and come in any order.
///
/// ```
/// use leadtree::availability::{Holiday, Holidays};
///
/// let list: Holidays = serde_json::from_str(r#"["2026-10-01..2026-10-07", "2026-12-25"]"#)?;
/// assert_eq!(list.iter().count(), 2);
///
/// let named: Holidays = serde_json::from_str(r#"{"2026-12-25": "Christmas"}"#)?;
/// let typed = Holidays::from_iter(["2026-12-25".parse::<Holiday>()?.name("Christmas")]);
/// assert_eq!(named, typed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(
        schema_with = "days_schema",
        description = "Single days or ranges, both ends included: 2026-10-01, 2026-10-01..2026-10-07; a list, or a map from days to their names."
    )
)]
pub struct Holidays(Vec<Holiday>);

impl Holidays {
    /// A calendar without holidays.
    pub fn new() -> Self {
        Self::default()
    }

    /// The holidays, in the order written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Holiday> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first listed holiday that includes a day. Linear in the number of holidays.
    pub fn holiday_on(&self, day: NaiveDate) -> Option<&Holiday> {
        self.iter().find(|holiday| holiday.days.contains(&day))
    }

    /// The days as a set, for fast look-up.
    pub(crate) fn days_off(&self) -> DaysOff {
        let mut days_off = RangeSet::default();
        days_off.extend(self.iter().map(|holiday| {
            let days = holiday.days();
            LocalDay::from(*days.start()).0..LocalDay::from(*days.end()).next().0
        }));
        DaysOff(days_off.into())
    }
}

/// The days of a calendar, numbered from 1970; shared by all members with the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DaysOff(Arc<RangeSet<i32>>);

impl DaysOff {
    /// Whether a day is one of them. Takes logarithmic time.
    pub(super) fn contains(&self, day: LocalDay) -> bool {
        self.0.contains(day.0)
    }

    /// The last range of days.
    pub(super) fn last(&self) -> Option<&Range<i32>> {
        self.0.last()
    }
}

impl FromIterator<Holiday> for Holidays {
    fn from_iter<I: IntoIterator<Item = Holiday>>(holidays: I) -> Self {
        Self(holidays.into_iter().collect())
    }
}

impl Extend<Holiday> for Holidays {
    fn extend<I: IntoIterator<Item = Holiday>>(&mut self, holidays: I) {
        self.0.extend(holidays);
    }
}

/// A list if no holiday has a name, otherwise a map.
impl Serialize for Holidays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.iter().all(|holiday| holiday.name.is_none()) {
            serializer.collect_seq(self.iter().map(ToString::to_string))
        } else {
            let entries = self.iter();
            serializer.collect_map(entries.map(|holiday| (holiday.to_string(), &holiday.name)))
        }
    }
}

/// A list of days, or a map from days to names.
#[cfg(feature = "schema")]
fn days_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let days = schemars::json_schema!({ "type": "string", "pattern": days_pattern() });
    schemars::json_schema!({
        "anyOf": [
            { "type": "array", "items": days },
            {
                "type": "object",
                "propertyNames": days,
                "additionalProperties": { "type": ["string", "null"] },
            },
        ],
    })
}

impl<'de> Deserialize<'de> for Holidays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HolidaysVisitor;

        impl<'de> Visitor<'de> for HolidaysVisitor {
            type Value = Holidays;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of days such as `2026-10-01`, or a map from days to names")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Holidays, A::Error> {
                let mut holidays = Vec::new();
                while let Some(HolidayForm(holiday)) = list.next_element()? {
                    holidays.push(holiday);
                }
                Ok(Holidays(holidays))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Holidays, A::Error> {
                let mut holidays = Vec::new();
                while let Some((HolidayForm(holiday), name)) = map.next_entry()? {
                    holidays.push(Holiday { name, ..holiday });
                }
                Ok(Holidays(holidays))
            }
        }

        deserializer.deserialize_any(HolidaysVisitor)
    }
}

/// The days of a holiday, as text.
struct HolidayForm(Holiday);

impl<'de> Deserialize<'de> for HolidayForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, "days: `2026-10-01`, `2026-10-01..2026-10-07`").map(Self)
    }
}
