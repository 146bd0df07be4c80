//! Periods: half-open ranges of time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use crate::map_form::map_form;

/// The period in which a rule is valid, or a member belongs to a team: from `from`, inclusive, to `until`,
/// exclusive. An absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Period {
    /// The beginning, inclusive.
    #[serde(
        default,
        deserialize_with = "moment",
        skip_serializing_if = "Option::is_none"
    )]
    pub from: Option<DateTime<Utc>>,
    /// The end, exclusive.
    #[serde(
        default,
        deserialize_with = "moment",
        skip_serializing_if = "Option::is_none"
    )]
    pub until: Option<DateTime<Utc>>,
}

map_form!(Period, "a period, with `from`, `until` or both");

impl Period {
    /// Whether a moment is in the period.
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Whether both ends are open.
    pub fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// Reads an RFC 3339 moment, or `None` from null.
pub(super) fn moment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let moment = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| {
        let example = "2026-03-31T08:00:00Z or 2026-03-31T08:00:00+08:00";
        serde::de::Error::custom(format!("`{text}` is not a moment; write {example}"))
    })?;
    Ok(Some(moment.to_utc()))
}
