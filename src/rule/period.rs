//! Periods in which something holds.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use crate::map_form::map_form;

/// When something holds, a rule or a place in a team: from `from`, until before `until`; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Period {
    /// The first moment.
    #[serde(
        default,
        deserialize_with = "moment",
        skip_serializing_if = "Option::is_none"
    )]
    pub from: Option<DateTime<Utc>>,
    /// The moment after the last.
    #[serde(
        default,
        deserialize_with = "moment",
        skip_serializing_if = "Option::is_none"
    )]
    pub until: Option<DateTime<Utc>>,
}

map_form!(Period, "a period, with `from`, `until` or both");

impl Period {
    /// Whether the moment is in the period.
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Whether both ends are open.
    pub fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// Reads a moment, if there is one.
pub(super) fn moment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let moment = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| {
        let example = "2026-03-31T08:00:00Z or 2026-03-31T08:00:00+08:00";
        serde::de::Error::custom(format!("`{text}` is no moment; write {example}"))
    })?;
    Ok(Some(moment.to_utc()))
}
