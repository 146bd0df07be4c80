//! The axes that all sets of a space share, of one policy or two.

mod error;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod grid;
mod joined;

pub use error::{SpaceError, Undecided};
pub(crate) use grid::{Grid, GridBuilder, Of};
pub(crate) use joined::{HEAD_COUNTS, Joined};
