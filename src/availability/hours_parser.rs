//! Parses working hours from text.

use std::ops::Range;
use std::str::FromStr;

use chrono::Weekday;

use super::hours_errors::{HoursErrors, HoursFault, MarkedHoursFault};
use super::working_hours::{A_DAY, WEEK, WorkingHours, day_name, span};
use crate::limits::MAX_HOURS_BYTES;
use crate::suggestion::Suggestion;

/// Characters that people use instead of the signs of this format, and the signs.
const FOREIGN: [(char, char); 8] = [
    ('–', '-'),
    ('—', '-'),
    ('−', '-'),
    ('～', '-'),
    ('：', ':'),
    ('，', ','),
    ('、', ','),
    ('；', ';'),
];

/// Parsing stops after this many faults.
const MOST_FAULTS: usize = 20;

/// Messages quote at most this many characters of a part of the text.
const LONGEST_FOUND: usize = 40;

impl FromStr for WorkingHours {
    type Err = HoursErrors;

    /// Parses working hours. Takes linear time in the length of the text.
    ///
    /// # Errors
    /// All faults at once, up to twenty.
    fn from_str(text: &str) -> Result<Self, HoursErrors> {
        let mut reader = Reader {
            text,
            hours: Self::new(),
            faults: Vec::new(),
        };
        if text.len() > MAX_HOURS_BYTES {
            let bytes = text.len();
            reader.report(0..bytes, HoursFault::TextTooLong { bytes });
        } else {
            reader.read();
        }
        if reader.faults.is_empty() {
            return Ok(reader.hours);
        }
        Err(HoursErrors::new(reader.faults))
    }
}

/// A word, a time, or one of the signs `-`, `,` and `;`.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    start: usize,
}

impl Part<'_> {
    fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    fn is_sign(&self) -> bool {
        self.text.starts_with(['-', ',', ';'])
    }

    fn is_day(&self) -> bool {
        !self.is_sign() && !self.text.starts_with(|first: char| first.is_ascii_digit())
    }

    fn found(&self) -> String {
        shortened(self.text)
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_FOUND) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let ends_word = |character: char| character.is_whitespace() || "-,;".contains(character);
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let word = rest.find(ends_word).unwrap_or(rest.len());
        let length = match rest.chars().next() {
            Some(first) if word == 0 => first.len_utf8(),
            _ => word,
        };
        let text = rest.get(..length).unwrap_or(rest);
        if !text.trim().is_empty() {
            parts.push(Part { text, start });
        }
        start += length;
    }
    parts
}

/// The state of the parser: what has been read so far.
struct Reader<'t> {
    text: &'t str,
    hours: WorkingHours,
    faults: Vec<MarkedHoursFault>,
}

impl Reader<'_> {
    fn report(&mut self, span: Range<usize>, fault: HoursFault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults
                .push(MarkedHoursFault::new(self.text, span, fault));
        }
    }

    fn read(&mut self) {
        for (at, found) in self.text.char_indices() {
            if let Some((_, write)) = FOREIGN.into_iter().find(|(sign, _)| *sign == found) {
                let span = at..at + found.len_utf8();
                self.report(span, HoursFault::Foreign { found, write });
            }
        }
        // Other faults would only follow from these.
        if !self.faults.is_empty() {
            return;
        }
        match self.text.trim() {
            "always" => self.hours = WorkingHours::always(),
            "never" => {}
            _ => self.read_lines(),
        }
    }

    fn read_lines(&mut self) {
        let parts = parts(self.text);
        let mut end = 0;
        for line in parts.split(|part| part.text == ";") {
            if let Some(last) = line.last() {
                self.read_line(line);
                end = last.span().end;
            } else {
                self.report(end..end, HoursFault::Empty);
            }
            // The semicolon after it.
            end += 1;
        }
    }

    /// Parses days and their times: `mon-wed, fri 09:00-12:00 13:00-17:00`.
    fn read_line(&mut self, line: &[Part<'_>]) {
        let is_time = |part: &Part<'_>| !part.is_day() && !part.is_sign();
        let times_begin = line.iter().position(is_time).unwrap_or(line.len());
        let (days, times) = line.split_at(times_begin);
        let chosen = self.read_days(days, times);
        if times.is_empty() {
            let span = whole(line);
            let days = shortened(self.text.get(span.clone()).unwrap_or_default());
            self.report(span, HoursFault::NoTimes { days });
        }
        self.read_times(times, &chosen);
    }

    fn read_days(&mut self, days: &[Part<'_>], times: &[Part<'_>]) -> Vec<Weekday> {
        let mut chosen = Vec::new();
        if days.is_empty() {
            self.report(whole(times), HoursFault::NoDays);
            return chosen;
        }
        for range in days.split(|part| part.text == ",") {
            match range {
                [day] => chosen.extend(self.read_day(day)),
                [first, dash, last] if dash.text == "-" => {
                    let first = self.read_day(first);
                    if let (Some(first), Some(last)) = (first, self.read_day(last)) {
                        let week = WEEK.into_iter().cycle().skip(first as usize);
                        chosen.extend(week.take(last.days_since(first) as usize + 1));
                    }
                }
                _ => {
                    let span = whole(if range.is_empty() { days } else { range });
                    let found = shortened(self.text.get(span.clone()).unwrap_or_default());
                    self.report(span, HoursFault::NotDays { found });
                }
            }
        }
        chosen
    }

    fn read_day(&mut self, day: &Part<'_>) -> Option<Weekday> {
        let weekday = day.text.parse().ok();
        if weekday.is_none() {
            let suggestion = Suggestion::among(day.text, WEEK.map(day_name));
            let found = day.found();
            self.report(day.span(), HoursFault::NoDay { found, suggestion });
        }
        weekday
    }

    /// Parses `09:00-12:00 13:00-17:00`, with or without commas between.
    fn read_times(&mut self, times: &[Part<'_>], days: &[Weekday]) {
        let mut rest = times;
        while let [first, behind @ ..] = rest {
            match rest {
                [comma, time, ..] if comma.text == "," && !time.is_sign() => rest = behind,
                [from, dash, until, behind @ ..]
                    if dash.text == "-" && !from.is_sign() && !until.is_sign() =>
                {
                    self.read_span(from, until, days);
                    rest = behind;
                }
                [day, ..] if day.is_day() => {
                    let day_found = day.found();
                    self.report(day.span(), HoursFault::NoSemicolon { found: day_found });
                    return;
                }
                _ => {
                    let until = behind.iter().find(|part| !part.is_sign()).unwrap_or(first);
                    let span = first.start..until.span().end.max(first.span().end);
                    let found = shortened(self.text.get(span.clone()).unwrap_or_default());
                    self.report(span, HoursFault::NotTimes { found });
                    return;
                }
            }
        }
    }

    fn read_span(&mut self, from: &Part<'_>, until: &Part<'_>, days: &[Weekday]) {
        let (begins, ends) = (self.read_time(from), self.read_time(until));
        let (Some(begins), Some(ends)) = (begins, ends) else {
            return;
        };
        let place = from.start..until.span().end;
        if begins == A_DAY {
            return self.report(from.span(), HoursFault::BeginsAtEnd);
        }
        let span = match span(begins, ends) {
            Ok(span) => span,
            Err(fault) => return self.report(place, fault),
        };
        for day in days {
            if let Err(fault) = self.hours.add(*day, span.clone()) {
                return self.report(place, fault);
            }
        }
    }

    /// Parses `9:30`, `09:30` or `24:00` as minutes since midnight.
    fn read_time(&mut self, time: &Part<'_>) -> Option<u16> {
        let minutes = minutes(time.text);
        if minutes.is_none() {
            let found = time.found();
            self.report(time.span(), HoursFault::NoTime { found });
        }
        minutes
    }
}

fn minutes(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) || hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= A_DAY).then_some(all)
}

/// The bytes from the first part to the last.
fn whole(parts: &[Part<'_>]) -> Range<usize> {
    match parts {
        [first, .., last] => first.start..last.span().end,
        [one] => one.span(),
        [] => 0..0,
    }
}
