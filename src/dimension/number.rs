//! Finite numbers with a total order.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};

/// The value of a number attribute: a finite `f64`. Totally ordered; `-0` is `0`.
///
/// ```
/// use leadtree::dimension::Number;
///
/// assert!(Number::new(f64::NAN).is_err() && Number::new(f64::INFINITY).is_err());
/// assert_eq!(Number::new(-0.0).unwrap(), Number::from(0));
/// assert!(Number::new(2.5).unwrap() < Number::from(3));
/// ```
#[derive(Clone, Copy, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
pub struct Number(f64);

/// The error for NaN and infinities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a finite number; leave the attribute out instead")]
pub struct NotFinite;

impl Number {
    /// Checks that a number is finite.
    ///
    /// # Errors
    /// [`NotFinite`] for NaN and infinities, which not every file format can write.
    pub fn new(number: f64) -> Result<Self, NotFinite> {
        // Adding zero turns -0 into 0 and changes no other number.
        if number.is_finite() {
            Ok(Self(number + 0.0))
        } else {
            Err(NotFinite)
        }
    }

    /// The number as a float; always finite, never `-0`.
    pub fn get(self) -> f64 {
        self.0
    }

    /// An integer that orders like the number. Never `u64::MAX`, so that adding one cannot overflow.
    pub(crate) fn order_key(self) -> u64 {
        let bits = self.0.to_bits();
        let sign = 1 << 63;
        if bits & sign == 0 { bits | sign } else { !bits }
    }

    /// The number with this order key; `None` if no finite number has it.
    pub(crate) fn of_order_key(key: u64) -> Option<Self> {
        let sign = 1 << 63;
        let bits = if key & sign == 0 { !key } else { key ^ sign };
        Self::new(f64::from_bits(bits)).ok()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<f64> for Number {
    type Error = NotFinite;

    fn try_from(number: f64) -> Result<Self, NotFinite> {
        Self::new(number)
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self(f64::from(number))
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self(f64::from(number))
    }
}

impl Serialize for Number {
    /// Whole numbers are written without a point.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() < EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_keys_follow_the_numbers() {
        let numbers = [
            f64::MIN,
            -1e9,
            -1.0,
            -1e-300,
            0.0,
            1e-300,
            1.0,
            1e9,
            f64::MAX,
        ];
        let keys: Vec<_> = numbers
            .iter()
            .map(|&number| Number::new(number).unwrap().order_key())
            .collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
        assert!(keys.iter().all(|&key| key < u64::MAX));
    }
}
