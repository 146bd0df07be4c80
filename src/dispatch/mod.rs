//! Decide, then choose: which member of which team gets the lead.

mod assign;
mod assignment;
mod audit;
mod auditing;
mod builder;
mod day;
mod desk;
mod desk_team;
mod dispatcher;
mod error;
mod fitting;
mod handover;
mod moment;
mod own_line;
mod picks;
mod plan;
mod receipt;
mod roster_changes;
mod rosters;
mod rotation;
mod scores;
mod seating;
mod shifts;
mod state;
mod support;
mod tally;
mod turnout;

pub use assignment::{
    Assignment, AssignmentOutcome, AssignmentWarning, Reason, Refusal, SupportRefusal,
};
pub use audit::{Audit, Considered, Inquiry, Verdict};
pub use builder::DispatcherBuilder;
pub use dispatcher::Dispatcher;
pub use error::{BuildError, RosterError, StrategyErrors, UnknownSeats};
pub use receipt::{Chosen, Receipt, Release, Role, Seat};
pub use roster_changes::RosterChanges;
pub use state::{
    DispatchState, Forgotten, MemberState, RotationState, SeatState, StateReport, TeamState,
};
pub use tally::Arrival;
