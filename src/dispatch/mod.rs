//! Decide, then choose: which member of which team gets the lead.

mod answer;
mod builder;
mod dispatch_plan;
mod dispatcher;
mod plan;
mod recorded;
mod rosters;
mod rules;
mod running;
mod shard;
mod state;

pub use answer::assignment::{
    Assignment, AssignmentOutcome, AssignmentWarning, Reason, Refusal, SupportRefusal,
};
pub use answer::assignment_id::{AssignmentId, AssignmentIdError};
pub use answer::assignment_record::{AssignmentRecord, Outcome};
pub use answer::audit::{Audit, Considered, Inquiry, Verdict};
pub use answer::error::{
    BuildError, PlanError, ReplaceError, RosterError, StrategyErrors, UnknownSeats,
};
pub use answer::receipt::{Chosen, Receipt, Release, Role, Seat};
pub use answer::request::Request;
pub use answer::roster_change::RosterChange;
pub use builder::DispatcherBuilder;
pub use dispatch_plan::DispatchPlan;
pub use dispatcher::Dispatcher;
pub(crate) use plan::plan::Plan;
pub use recorded::RecordedDispatcher;
pub(crate) use rules::Rules;
pub use state::member_change::MemberChange;
pub use state::record::{Record, RecordError, RecordKind, RecordPlace, Recorded};
pub use state::report::{Forgotten, StateReport};
pub use state::roster_changes::RosterChanges;
pub use state::shard_state::{MemberState, RotationState, ShardState, TeamState};
pub use state::state::DispatchState;
pub use state::window::{Arrival, WindowState};
