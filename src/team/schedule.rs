//! The working time of a member or a team, as the policy states it.

use crate::availability::{TimeZone, WorkingHours};
use crate::id::CalendarId;
use crate::parsed::Parsed;

/// The working time of a member or a team, as the policy states it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule<'p> {
    pub(crate) time_zone: Option<&'p Parsed<TimeZone>>,
    pub(crate) hours: Option<&'p Parsed<WorkingHours>>,
    pub(crate) holidays: &'p [CalendarId],
}

impl Schedule<'_> {
    /// Whether neither hours nor holidays are stated, so that every hour is a working hour.
    pub(crate) fn is_empty(&self) -> bool {
        self.hours.is_none() && self.holidays.is_empty()
    }
}

/// Builder methods for types with working time.
macro_rules! schedule_setters {
    ($whose:literal) => {
        #[doc = concat!("Sets the time zone of the hours and holidays ", $whose, ": `+08:00`, or, with the")]
        /// feature `time-zones`, a name such as `Europe/Berlin`. The default is the policy's time zone.
        ///
        /// Takes a text or a [`TimeZone`](crate::availability::TimeZone). A faulty text is reported when
        /// the policy is checked, with all other faults.
        #[must_use]
        pub fn time_zone(mut self, zone: impl std::fmt::Display) -> Self {
            self.time_zone = Some($crate::parsed::Parsed::read(&zone.to_string()));
            self
        }

        #[doc = concat!("Sets the working hours ", $whose, ": `mon-fri 09:00-12:30 13:30-18:00`. The")]
        /// default is `always`.
        ///
        /// Takes a text or [`WorkingHours`](crate::availability::WorkingHours). A faulty text is reported
        /// when the policy is checked, with all other faults.
        #[must_use]
        pub fn hours(mut self, hours: impl std::fmt::Display) -> Self {
            self.hours = Some($crate::parsed::Parsed::read(&hours.to_string()));
            self
        }

        #[doc = concat!("Adds calendars of holidays ", $whose, ", by name. The holidays of all of them are days off.")]
        #[must_use]
        pub fn holidays<C: Into<$crate::id::CalendarId>>(
            mut self,
            calendars: impl IntoIterator<Item = C>,
        ) -> Self {
            self.holidays.extend(calendars.into_iter().map(Into::into));
            self
        }

        #[doc = concat!("The time zone of the hours and holidays ", $whose, ", if stated.")]
        pub fn get_time_zone(&self) -> Option<$crate::availability::TimeZone> {
            self.time_zone.as_ref()?.value().copied()
        }

        #[doc = concat!("The working hours ", $whose, ", if stated.")]
        pub fn get_hours(&self) -> Option<&$crate::availability::WorkingHours> {
            self.hours.as_ref()?.value()
        }

        #[doc = concat!("The names of the calendars of holidays ", $whose, ".")]
        pub fn get_holidays(&self) -> &[$crate::id::CalendarId] {
            &self.holidays
        }

        #[doc = concat!("The working time ", $whose, ".")]
        pub(crate) fn schedule(&self) -> $crate::team::Schedule<'_> {
            $crate::team::Schedule {
                time_zone: self.time_zone.as_ref(),
                hours: self.hours.as_ref(),
                holidays: &self.holidays,
            }
        }
    };
}

pub(super) use schedule_setters;
