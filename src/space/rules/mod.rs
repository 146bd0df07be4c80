//! Rules as clauses: products of class sets, with a formula where a product does not say all.

pub(crate) mod alternatives;
pub(crate) mod cases;
pub(crate) mod clause;
pub(crate) mod covered;
pub(crate) mod formula;
