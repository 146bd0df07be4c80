//! Converts the text of a column.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use leadtree::availability::TimeZone;

use super::mapping::Source;

/// How the text of a column is converted.
#[derive(Debug)]
pub(crate) struct Reading {
    pad: usize,
    first: Option<usize>,
    /// By folded text.
    values: HashMap<String, String>,
    if_blank: Option<String>,
    if_given: Option<String>,
    date: Option<String>,
    split: String,
}

impl Reading {
    pub(crate) fn new(source: &Source) -> Self {
        Self {
            pad: source.pad,
            first: source.first,
            values: source
                .values
                .iter()
                .map(|(from, to)| (folded(from), to.clone()))
                .collect(),
            if_blank: source.if_blank.clone(),
            if_given: source.if_given.clone(),
            date: source.date.clone(),
            split: source.split.clone().unwrap_or_else(|| ";".to_owned()),
        }
    }

    /// The text for the lead; empty for none.
    pub(crate) fn text<'r>(&'r self, given: Cow<'r, str>) -> Cow<'r, str> {
        let mut text = trimmed(given);
        if text.is_empty() {
            return self.if_blank.as_deref().unwrap_or_default().into();
        }
        if text.chars().count() < self.pad {
            text = format!("{text:0>width$}", width = self.pad).into();
        }
        if let Some(first) = self.first
            && let Some((end, _)) = text.char_indices().nth(first)
        {
            text = match text {
                Cow::Borrowed(text) => text.get(..end).unwrap_or(text).into(),
                Cow::Owned(mut text) => {
                    text.truncate(end);
                    text.into()
                }
            };
        }
        let other_word = (!self.values.is_empty())
            .then(|| self.values.get(&folded(&text)))
            .flatten();
        match other_word.or(self.if_given.as_ref()) {
            Some(word) => word.as_str().into(),
            None => text,
        }
    }

    /// The tags in a text.
    pub(crate) fn tags<'r>(&'r self, given: Cow<'r, str>) -> Vec<Cow<'r, str>> {
        let pieces: Vec<Cow<'r, str>> = match given {
            Cow::Borrowed(text) => text.split(&self.split).map(Cow::from).collect(),
            Cow::Owned(text) => text
                .split(&self.split)
                .map(|piece| Cow::from(piece.to_owned()))
                .collect(),
        };
        self.each(pieces)
    }

    /// The tags of a list.
    pub(crate) fn each<'r>(&'r self, given: Vec<Cow<'r, str>>) -> Vec<Cow<'r, str>> {
        given
            .into_iter()
            .map(|tag| self.text(tag))
            .filter(|tag| !tag.is_empty())
            .collect()
    }

    /// The date in a text, by the given format; `None` without a format or if the text does not
    /// match.
    pub(crate) fn date(&self, text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, self.date.as_deref()?).ok()
    }

    /// The time in a text: in the given format, as RFC 3339, or as `2026-03-31 09:30:00` in the
    /// time zone. A date alone means midnight.
    pub(crate) fn moment(&self, text: &str, time_zone: TimeZone) -> Option<DateTime<Utc>> {
        let formats = match &self.date {
            Some(format) => vec![format.as_str()],
            None => match DateTime::parse_from_rfc3339(text) {
                Ok(moment) => return Some(moment.to_utc()),
                Err(_) => vec!["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
            },
        };
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN);
        let local = formats.into_iter().find_map(|format| {
            NaiveDateTime::parse_from_str(text, format)
                .or_else(|_| NaiveDate::parse_from_str(text, format).map(midnight))
                .ok()
        });
        Some(time_zone.first_at(local?))
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) if text.trim().len() == text.len() => text.into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}

/// The text without white space and in lower case, as the library compares names.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
