//! The first in listed order.

use super::{Strategy, Turn};

/// Fills members in listed order, each up to the limits. Constant time a pick; no state.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waterfall;

impl Strategy for Waterfall {
    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
        turn.candidates()
            .iter()
            .next()
            .map(|candidate| candidate.position())
    }

    fn ground(&self, _: &Turn<'_>, _: usize) -> Option<String> {
        Some("who is listed first of those who could".to_owned())
    }
}
