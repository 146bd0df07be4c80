//! Moments on the command line.

use chrono::{DateTime, Utc};

/// When the sample is assigned: its leads come in on the days after it.
pub(crate) const SAMPLE: &str = "2026-03-02T09:00:00+08:00";

/// Reads a moment with its offset from UTC.
pub(crate) fn parse(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|_| {
        "it is no moment with an offset from UTC; write 2026-03-31T09:30:00+08:00".to_owned()
    })
}

/// The moment given; for the sample its own, so that results are the same every day; otherwise now.
pub(crate) fn or_now(given: Option<DateTime<Utc>>, is_sample: bool) -> DateTime<Utc> {
    let sample = || is_sample.then(|| SAMPLE.parse().ok()).flatten();
    given.or_else(sample).unwrap_or_else(Utc::now)
}
