//! A lead as the compiled forms look it up: its classes on the six dimensions.

use crate::space::{Classes, DIMENSIONS};

/// Where the high digits stand.
pub(crate) const HIGH: u32 = 8;
/// Where the low digits stand.
pub(crate) const LOW: u32 = 14;
/// Where the numbers of the rows in a forest's front stand.
const ROWS: usize = 20;
/// Where the numbers of the rows in the head stand.
const HEAD: usize = 26;
const PLACES: usize = 32;

/// The lead's classes, two zeros, then the classes' high digits, their low digits, the numbers of the
/// lead's rows in a forest's front, and of those in the head, each 16 bits wide. One cache line,
/// whichever form the tree has.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct LeadKey([u16; PLACES]);

/// By dimension: how many bits the low digit has.
///
/// Where few of very many classes matter at a node of a graph, a table of all would be waste. Such
/// a node asks for the high digit first, and for the low one only where the classes of a high digit
/// differ. (Multibit tries: Srinivasan and Varghese 1999.)
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Radix([u32; DIMENSIONS]);

/// Dimensions with so few classes are never cut into digits.
const FEW: u32 = 32;

impl Radix {
    /// Halves of the bits that the classes take.
    pub(crate) fn of(classes: &[u32]) -> Self {
        let mut low_bits = [0; DIMENSIONS];
        for (bits, &count) in low_bits.iter_mut().zip(classes) {
            *bits = (u32::BITS - count.saturating_sub(1).leading_zeros()).div_ceil(2);
        }
        Self(low_bits)
    }

    /// Digits of 16 bits: for keys whose classes are wanted whole.
    pub(crate) const HALVES: Self = Self([u16::BITS; DIMENSIONS]);

    /// How many bits the low digit has on an axis; `None` if its classes are not cut.
    pub(crate) fn low_bits(self, axis: u32, classes: u32) -> Option<u32> {
        let bits = self.0.get(axis as usize)?;
        Some(*bits).filter(|_| classes > FEW)
    }

    /// The key of a lead of those classes and rows.
    #[inline]
    pub(crate) fn key(self, classes: &Classes, rows: [u16; DIMENSIONS]) -> LeadKey {
        let mut key = LeadKey::default();
        let low = |number: u32| {
            let [first, second, ..] = number.to_le_bytes();
            u16::from_le_bytes([first, second])
        };
        for (axis, (&class, bits)) in classes.iter().zip(self.0).enumerate() {
            key.0[axis] = low(class);
            key.0[HIGH as usize + axis] = low(class >> bits);
            key.0[LOW as usize + axis] = low(class & ((1 << bits) - 1));
            key.0[ROWS + axis] = rows[axis];
        }
        key
    }

    /// The lead's class on a dimension.
    #[inline]
    pub(crate) fn class(self, key: &LeadKey, axis: usize) -> u32 {
        let bits = self.0.get(axis).copied().unwrap_or(0) % u32::BITS;
        let digit = |place: u32| u32::from(key.0[(place as usize + axis) % PLACES]);
        digit(HIGH) << bits | digit(LOW)
    }
}

impl LeadKey {
    /// The key, with the numbers of the lead's rows in the head.
    #[inline]
    pub(crate) fn with_head_rows(mut self, rows: [u16; DIMENSIONS]) -> Self {
        for (axis, row) in rows.into_iter().enumerate() {
            self.0[HEAD + axis] = row;
        }
        self
    }

    /// The number of the lead's row in the head, by dimension.
    #[inline]
    pub(crate) fn head_rows(&self) -> [u16; DIMENSIONS] {
        std::array::from_fn(|axis| self.0[HEAD + axis])
    }

    /// The digit that a step of a graph asks for.
    #[inline]
    pub(crate) fn at(&self, place: u32) -> usize {
        self.0[place as usize % PLACES].into()
    }

    /// The lead's class on each dimension, of a key in [`Radix::HALVES`].
    #[inline]
    pub(crate) fn classes(&self) -> Classes {
        let half = |place: u32, axis: usize| u32::from(self.0[place as usize + axis]);
        std::array::from_fn(|axis| half(HIGH, axis) << u16::BITS | half(LOW, axis))
    }

    /// The number of the lead's row in front, by dimension.
    #[inline]
    pub(crate) fn rows(&self) -> [usize; DIMENSIONS] {
        std::array::from_fn(|axis| self.0[ROWS + axis].into())
    }
}
