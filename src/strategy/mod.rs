//! How a team picks one of its members.
//!
//! A [`Strategy`] is a trait object, chosen in the policy by name and built by a
//! [`StrategyRegistry`], in which an embedding service can register its own. Built in:
//!
//! | name | picks | options |
//! |---|---|---|
//! | `round_robin` | by turns, in proportion to the weights, within a proven bound at every moment | |
//! | `least_loaded` | the smallest (open + 1) / weight, or by capacity | `relative_to` |
//! | `sticky` | the same member for the same account | `seed` |
//! | `random` | by chance in proportion to the weights, reproducible | `seed` |
//! | `waterfall` | the first in listed order who can | |
//! | `best_fit` | among those who meet most of what is preferred, by another strategy | `then` and the other's |

mod best_fit;
mod conformance;
mod least_loaded;
mod memory;
mod positions;
mod random;
mod registry;
mod round_robin;
mod standing;
mod state;
mod sticky;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod strategy;
mod turns;
mod waterfall;

pub use best_fit::BestFit;
pub use conformance::{ConformanceFault, check_conformance};
pub use least_loaded::LeastLoaded;
pub use memory::{Memory, NumberNames, Numbers};
pub use positions::positions::Positions;
pub use random::Random;
pub use registry::{StrategyError, StrategyRegistry};
pub use round_robin::RoundRobin;
pub use standing::{Candidate, Candidates, Load, Standing};
pub use state::StrategyState;
pub use sticky::Sticky;
pub use strategy::{Strategy, Turn};
pub use waterfall::Waterfall;
