//! The units of an assignment, read back.

use serde::de::{Deserialize, Deserializer, Error};

use crate::limits::MAX_UNITS;

/// Reads units, which no assignment has outside their limits: more would free loads that other leads take.
pub(super) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let units = u32::deserialize(from)?;
    if (1..=MAX_UNITS).contains(&units) {
        Ok(units)
    } else {
        Err(D::Error::custom(format_args!(
            "`units` is {units}; a lead counts as 1 to {MAX_UNITS}, so give back what was handed out, unchanged"
        )))
    }
}
