//! What a dispatcher is asked, and what it answers: who, why, why not, and what to keep.

pub(super) mod assignment;
pub(super) mod assignment_id;
pub(super) mod assignment_record;
pub(super) mod audit;
pub(super) mod day;
pub(super) mod error;
pub(super) mod receipt;
pub(super) mod request;
pub(super) mod roster_change;
mod units;
