//! A lead's classes on the six dimensions, cut into digits.
//!
//! Where few of very many classes matter at a node, a table of all would be waste. Such a node asks
//! for the high digit first, and for the low one only where the classes of a high digit differ.
//! (Multibit tries: Srinivasan and Varghese 1999.)

use super::graph::{Classes, DIMENSIONS};

/// Where the high digits stand.
pub(super) const HIGH: u32 = 8;
/// Where the low digits stand.
pub(super) const LOW: u32 = 16;
/// Where the low digits' bits are counted.
const BITS: usize = 24;
const PLACES: usize = 32;

/// The classes as a whole, then their high digits, their low ones, and how many bits
/// these have; 0 between.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Digits([u16; PLACES]);

/// By dimension: how many bits the low digit has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Radix([u32; DIMENSIONS]);

/// Dimensions with so few classes are never cut.
const FEW: u32 = 32;

impl Radix {
    /// Halves of the bits that the classes take.
    pub(super) fn of(classes: &[u32]) -> Self {
        let mut low_bits = [0; DIMENSIONS];
        for (bits, &count) in low_bits.iter_mut().zip(classes) {
            *bits = (u32::BITS - count.saturating_sub(1).leading_zeros()).div_ceil(2);
        }
        Self(low_bits)
    }

    /// How many bits the low digit has on an axis; `None` if its classes are not cut.
    pub(super) fn low_bits(self, axis: u32, classes: u32) -> Option<u32> {
        let bits = self.0.get(axis as usize)?;
        Some(*bits).filter(|_| classes > FEW)
    }

    /// The lead's digits.
    #[inline]
    pub(super) fn digits(self, classes: &Classes) -> Digits {
        let mut digits = Digits::default();
        let low = |number: u32| {
            let [first, second, ..] = number.to_le_bytes();
            u16::from_le_bytes([first, second])
        };
        for (axis, (&class, bits)) in classes.iter().zip(self.0).enumerate() {
            digits.0[axis] = low(class);
            digits.0[HIGH as usize + axis] = low(class >> bits);
            digits.0[LOW as usize + axis] = low(class & ((1 << bits) - 1));
            digits.0[BITS + axis] = low(bits);
        }
        digits
    }
}

impl Digits {
    #[inline]
    pub(super) fn at(&self, place: u32) -> usize {
        self.0[place as usize % PLACES].into()
    }

    /// The class on a dimension.
    #[inline]
    pub(super) fn class(&self, axis: usize) -> u32 {
        let digit = |place: u32| u32::from(self.0[(place as usize + axis) % PLACES]);
        let bits = u32::from(self.0[(BITS + axis) % PLACES]);
        digit(HIGH) << (bits % u16::BITS) | digit(LOW)
    }
}
