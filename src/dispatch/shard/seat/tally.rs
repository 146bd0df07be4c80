//! What counts against one set of limits.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use crate::dispatch::answer::day::Day;
use crate::dispatch::state::window::{Arrival, WindowState};
use crate::strategy::Load;
use crate::team::{LimitKind, Limits, Window};

/// The leads of a member over all teams, of a member in a team, or of a whole team.
#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct Tally {
    pub(in crate::dispatch) load: Load,
    recent: Vec<Recent>,
}

/// A limit, what counts against it and what it allows.
pub(in crate::dispatch) type Full = (LimitKind, u32, u32);

/// What came within a window.
#[derive(Debug, Clone)]
struct Recent {
    window: Window,
    /// In the order of time.
    arrivals: VecDeque<Arrival>,
    leads: u32,
}

impl Recent {
    /// When an arrival counts no more.
    fn end(&self, arrival: Arrival) -> DateTime<Utc> {
        let length = TimeDelta::minutes(self.window.minutes.into());
        let end = arrival.at.checked_add_signed(length);
        end.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    fn add(&mut self, arrival: Arrival) {
        // What is taken over from elsewhere may have been remembered for a longer window.
        self.expire(arrival.at);
        self.leads = self.leads.saturating_add(arrival.leads);
        match self.arrivals.back_mut() {
            Some(last) if last.at == arrival.at => {
                last.leads = last.leads.saturating_add(arrival.leads);
            }
            _ => self.arrivals.push_back(arrival),
        }
        // More than the limit come only where limits are set aside. What came first then counts as
        // long as what came next, so that the list stays short and no limit opens early.
        if self.arrivals.len() > self.window.leads as usize
            && let Some(first) = self.arrivals.pop_front()
            && let Some(next) = self.arrivals.front_mut()
        {
            next.leads = next.leads.saturating_add(first.leads);
        }
    }

    fn remove(&mut self, arrival: Arrival) {
        let found = self.arrivals.iter().rposition(|it| it.at <= arrival.at);
        let Some(index) = found else { return };
        let Some(known) = self.arrivals.get_mut(index) else {
            return;
        };
        if known.at != arrival.at {
            return;
        }
        let taken = known.leads.min(arrival.leads);
        known.leads -= taken;
        self.leads = self.leads.saturating_sub(taken);
        if known.leads == 0 {
            self.arrivals.remove(index);
        }
    }

    /// Whether anything counts no more.
    fn expire(&mut self, now: DateTime<Utc>) -> bool {
        let before = self.arrivals.len();
        while let Some(&first) = self.arrivals.front()
            && self.end(first) <= now
        {
            self.arrivals.pop_front();
            self.leads = self.leads.saturating_sub(first.leads);
        }
        self.arrivals.len() < before
    }

    /// Goes on with what another window has known.
    fn go_on(&mut self, arrivals: impl Iterator<Item = Arrival>) {
        self.arrivals.clear();
        self.leads = 0;
        arrivals.for_each(|arrival| self.add(arrival));
    }
}

impl Tally {
    /// Nothing yet, for those limits.
    pub(in crate::dispatch) fn new(limits: &Limits) -> Self {
        let recent = limits.windows.iter().map(|&window| Recent {
            window,
            arrivals: VecDeque::new(),
            leads: 0,
        });
        Self {
            load: Load::default(),
            recent: recent.collect(),
        }
    }

    /// How many more leads are within the limits.
    #[inline]
    pub(in crate::dispatch) fn room(&self, limits: &Limits) -> u32 {
        let room = self.load.room(limits);
        let of_windows = self.recent.iter();
        let of_windows = of_windows.map(|recent| recent.window.leads.saturating_sub(recent.leads));
        of_windows.fold(room, u32::min)
    }

    /// The first limit that leaves no room for this number of leads, what counts against it and what it allows.
    pub(in crate::dispatch) fn full(&self, limits: &Limits, units: u32) -> Option<Full> {
        let plain = [
            (LimitKind::Open, self.load.open, limits.max_open),
            (LimitKind::Day, self.load.today, limits.max_per_day),
            (LimitKind::Week, self.load.this_week, limits.max_per_week),
        ];
        let plain = plain.into_iter();
        let plain = plain.filter_map(|(kind, reached, most)| Some((kind, reached, most?)));
        let windows = self.recent.iter();
        let windows = windows.map(|it| (LimitKind::Window, it.leads, it.window.leads));
        let mut all = plain.chain(windows);
        all.find(|(_, reached, most)| most.saturating_sub(*reached) < units)
    }

    #[inline]
    pub(in crate::dispatch) fn add(&mut self, arrival: Arrival) {
        self.load.add(arrival.leads);
        for recent in &mut self.recent {
            recent.add(arrival);
        }
    }

    /// The open leads are fewer, and what counts over time is as `of_time` says.
    pub(in crate::dispatch) fn take_off(&mut self, arrival: Arrival, of_time: OfTime) {
        let Arrival { leads, .. } = arrival;
        self.load.open = self.load.open.saturating_sub(leads);
        self.load.today = self.load.today.saturating_sub(of_time.day);
        self.load.this_week = self.load.this_week.saturating_sub(of_time.week);
        if of_time.spans {
            for recent in &mut self.recent {
                recent.remove(arrival);
            }
        }
    }

    /// Leads that are too long ago count no more. Whether there were any.
    pub(in crate::dispatch) fn expire(&mut self, now: DateTime<Utc>) -> bool {
        let expired = self.recent.iter_mut().map(|recent| recent.expire(now));
        expired.fold(false, |any, it| any | it)
    }

    /// When a lead that counts in a span now will count no more.
    pub(in crate::dispatch) fn next_end(&self) -> Option<DateTime<Utc>> {
        let ends = self.recent.iter();
        let ends = ends.filter_map(|recent| Some(recent.end(*recent.arrivals.front()?)));
        ends.min()
    }

    /// What each window still knows.
    pub(in crate::dispatch) fn windows(&self) -> Vec<WindowState> {
        let windows = self.recent.iter().filter(|it| !it.arrivals.is_empty());
        let windows = windows.map(|recent| WindowState {
            window: recent.window,
            arrivals: recent.arrivals.iter().copied().collect(),
        });
        windows.collect()
    }

    /// Goes on with that load and what another's windows have known.
    pub(in crate::dispatch) fn go_on_as(&mut self, load: Load, other: &Self) {
        self.load = load;
        for recent in &mut self.recent {
            let known = other.recent.iter();
            let known = best_for(recent.window, known, |it| (it.window, it.arrivals.len()));
            recent.go_on(known.into_iter().flat_map(|it| it.arrivals.iter().copied()));
        }
    }

    /// Goes on with that load and what windows have known.
    pub(in crate::dispatch) fn go_on(&mut self, load: Load, windows: &[WindowState]) {
        self.load = load;
        for recent in &mut self.recent {
            let known = best_for(recent.window, windows.iter(), |it| {
                (it.window, it.arrivals.len())
            });
            recent.go_on(known.into_iter().flat_map(|it| it.arrivals.iter().copied()));
        }
    }
}

/// The window from which another best goes on: the same; else one of the same length, or a longer one,
/// whichever knows most; else whichever knows most.
fn best_for<T>(
    window: Window,
    known: impl Iterator<Item = T>,
    of: impl Fn(&T) -> (Window, usize),
) -> Option<T> {
    known.max_by_key(|it| {
        let (known, arrivals) = of(it);
        let is_long_enough = known.minutes >= window.minutes;
        (known == window, is_long_enough, arrivals)
    })
}

/// What is left, on a later day, of what counted on another.
pub(in crate::dispatch) fn on(load: Load, day: Option<Day>, later: Option<Day>) -> Load {
    let mut load = load;
    if day != later {
        load.begin_day(day.map(Day::week) != later.map(Day::week));
    }
    load
}

/// What is taken off the counts over time: of the day and the week so much, of the spans the arrival.
#[derive(Debug, Clone, Copy)]
pub(in crate::dispatch) struct OfTime {
    pub(in crate::dispatch) day: u32,
    pub(in crate::dispatch) week: u32,
    pub(in crate::dispatch) spans: bool,
}
