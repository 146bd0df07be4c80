//! What sliding-window limits know.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::team::Window;

/// Leads that came at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Arrival {
    /// The moment.
    pub at: DateTime<Utc>,
    /// As how many leads they count.
    pub leads: u32,
}

/// What a sliding-window limit still knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WindowState {
    /// The limit.
    pub window: Window,
    /// The leads that still count, in the order of time.
    pub arrivals: Vec<Arrival>,
}
