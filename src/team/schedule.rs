//! When a member, or a whole team, is at work, as a policy says it.

use crate::availability::{TimeZone, WorkingHours};
use crate::id::CalendarId;
use crate::parsed::Parsed;

/// What a policy says of somebody's working time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule<'p> {
    pub(crate) time_zone: Option<&'p Parsed<TimeZone>>,
    pub(crate) hours: Option<&'p Parsed<WorkingHours>>,
    pub(crate) holidays: &'p [CalendarId],
}

impl Schedule<'_> {
    /// Whether it says nothing: every hour is a working hour.
    pub(crate) fn is_empty(&self) -> bool {
        self.hours.is_none() && self.holidays.is_empty()
    }
}

/// The builder methods of whatever has a schedule.
macro_rules! schedule_setters {
    ($whose:literal) => {
        #[doc = concat!("The time zone in which the hours and holidays ", $whose, " are: `+08:00`,")]
        /// or with the feature `time-zones` a name such as `Europe/Berlin`; the policy's if not said.
        ///
        /// A text or a [`TimeZone`](crate::availability::TimeZone); what is wrong with a text is told
        /// with all faults of the policy.
        #[must_use]
        pub fn time_zone(mut self, zone: impl std::fmt::Display) -> Self {
            self.time_zone = Some($crate::parsed::Parsed::read(&zone.to_string()));
            self
        }

        #[doc = concat!("The working hours ", $whose, ": `mon-fri 09:00-12:30 13:30-18:00`; always if")]
        /// not said.
        ///
        /// A text or [`WorkingHours`](crate::availability::WorkingHours); what is wrong with a text is
        /// told with all faults of the policy.
        #[must_use]
        pub fn hours(mut self, hours: impl std::fmt::Display) -> Self {
            self.hours = Some($crate::parsed::Parsed::read(&hours.to_string()));
            self
        }

        #[doc = concat!("The calendars of holidays ", $whose, ", by name; their days add up.")]
        #[must_use]
        pub fn holidays<C: Into<$crate::id::CalendarId>>(
            mut self,
            calendars: impl IntoIterator<Item = C>,
        ) -> Self {
            self.holidays.extend(calendars.into_iter().map(Into::into));
            self
        }

        #[doc = concat!("What is said of the working time ", $whose, ".")]
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
