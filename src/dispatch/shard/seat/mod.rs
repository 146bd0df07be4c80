//! One seat: where it is, what counts there, when its member is at work, what the member knows.

pub(in crate::dispatch) mod eligible_index;
pub(in crate::dispatch) mod fitting;
pub(in crate::dispatch) mod obstacle;
pub(in crate::dispatch) mod place;
#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(in crate::dispatch) mod seat;
pub(in crate::dispatch) mod tally;
pub(in crate::dispatch) mod work_time;
