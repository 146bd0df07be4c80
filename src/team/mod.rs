//! Teams and members: who works leads, with which limits and working time, picked by which strategy.

mod limits;
mod member;
mod rotation_scope;
mod schedule;
mod strategy_choice;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod team;

pub use limits::{LimitKind, Limits, Window};
pub use member::{Member, TeamMember};
pub use rotation_scope::RotationScope;
pub(crate) use schedule::Schedule;
pub use strategy_choice::{OptionValue, StrategyChoice};
pub use team::Team;
