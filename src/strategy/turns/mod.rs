//! Whose turn it is: the arithmetic of Tijdeman's rule, exact in integers.

pub(super) mod even_period;
mod moment;
pub(super) mod next_turn;
pub(super) mod share;
pub(super) mod turn_order;
