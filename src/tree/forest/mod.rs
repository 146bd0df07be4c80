//! The forest of cuts: rules that share too little for a graph.
//!
//! ```text
//! rules 1, 2, 3, ...        front: the first rules side by side, as bitmaps
//!                           tables: each cut on one axis into cells
//!
//!   region  | north          | east            | south ...     cells of the cut
//!           | rules 4 9 17   | rules 5 9 21 30 | ...           rules in order, 256 a block
//!
//!   a block       rule  5 9 21 30 ...
//!   row of small        1 1  0  1       a row of bits for each class of every other axis
//!   row of large        0 1  1  1
//! ```
//!
//! A rule is in the one table that narrows it most. The rows of a lead's classes and-ed are the
//! rules of the block that it meets, and the lowest bit is the first. (Bit vectors: Lakshman and
//! Stiliadis 1998. Cuts: Gupta and `McKeown` 1999.)

mod build;
mod cut;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod forest;
mod front;
mod sample_lead;
mod table;
mod table_builder;

pub(super) use build::ForestOptions;
pub(super) use cut::Thresholds;
pub(super) use forest::{Forest, Undetermined};

#[cfg(test)]
mod tests;
