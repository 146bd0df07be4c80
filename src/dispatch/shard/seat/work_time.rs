//! When somebody is at work.

use chrono::{DateTime, Utc};

use crate::availability::{Absence, Availability};

/// When a member, or a team, is at work, and how that stands at the latest moment seen.
#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct WorkTime {
    /// Always, if not said.
    times: Option<Box<Availability>>,
    is_off: bool,
    /// When to look again, and how it stands until then.
    pub(in crate::dispatch) next_look: Option<DateTime<Utc>>,
}

impl WorkTime {
    pub(in crate::dispatch) fn new(times: Option<Availability>) -> Self {
        Self {
            is_off: times.is_some(),
            next_look: times.is_some().then_some(DateTime::<Utc>::MIN_UTC),
            times: times.map(Box::new),
        }
    }

    /// Whether it always is.
    pub(in crate::dispatch) fn is_always(&self) -> bool {
        self.times.is_none()
    }

    /// Whether it is working time at the latest moment seen.
    pub(in crate::dispatch) fn is_on(&self) -> bool {
        !self.is_off
    }

    /// Why it is no working time at that moment, if it is none.
    pub(in crate::dispatch) fn absence_at(&self, now: DateTime<Utc>) -> Option<Absence> {
        self.times.as_ref()?.absence_at(now)
    }

    /// Goes on to a moment.
    pub(in crate::dispatch) fn turn_to(&mut self, now: DateTime<Utc>) {
        if let Some(times) = &self.times {
            self.is_off = !times.is_available_at(now);
            self.next_look = times.changes_after(now);
        }
    }

    /// Before that moment there is surely no working time, from a moment on that is not before the latest
    /// seen; none if there is never any.
    pub(in crate::dispatch) fn earliest(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_off {
            self.next_look.map(|look| look.max(now))
        } else {
            Some(now)
        }
    }

    /// The first working time from a moment on, which is not before the latest seen.
    pub(in crate::dispatch) fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let Some(times) = &self.times else {
            return Some(now);
        };
        match self.next_look {
            Some(look) if now < look && !self.is_off => Some(now),
            // Mostly, that is when it begins.
            Some(look) if now < look => times.next_available(look),
            None if self.is_off => None,
            _ => times.next_available(now),
        }
    }
}
