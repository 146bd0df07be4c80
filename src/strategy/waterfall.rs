//! The first in listed order.

use super::{Memory, Strategy, Turn};

/// Fills members in listed order, each up to the limits. Constant time a pick; no numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waterfall;

impl Strategy for Waterfall {
    fn choose(&self, turn: &Turn<'_>, _: &mut Memory) -> Option<usize> {
        turn.candidates()
            .iter()
            .next()
            .map(|candidate| candidate.position())
    }

    fn ground(&self, _: &Turn<'_>, _: &Memory, _: usize) -> Option<String> {
        Some("who is listed first of those who could".to_owned())
    }
}
