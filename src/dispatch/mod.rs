//! Decide, then choose: which member of which team gets the lead.

mod answer;
mod builder;
mod dispatcher;
mod plan;
mod rosters;
mod shard;
mod state;

pub use answer::assignment::{
    Assignment, AssignmentOutcome, AssignmentWarning, Reason, Refusal, SupportRefusal,
};
pub use answer::audit::{Audit, Considered, Inquiry, Verdict};
pub use answer::error::{BuildError, RosterError, StrategyErrors, UnknownSeats};
pub use answer::receipt::{Chosen, Receipt, Release, Role, Seat};
pub use answer::request::Request;
pub use builder::DispatcherBuilder;
pub use dispatcher::Dispatcher;
pub use shard::seat::tally::Arrival;
pub use state::roster_changes::RosterChanges;
pub use state::state::{
    DispatchState, Forgotten, MemberState, RotationState, SeatState, StateReport, TeamState,
};
