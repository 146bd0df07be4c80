//! Which assignment it is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The id of an assignment: where in the order of changes it stands. Written `generation-shard-number`,
/// such as `1-0-17`.
///
/// No two assignments of a dispatcher have the same one, nor do those of dispatchers that go on one after
/// the other from each other's state. Whoever goes back to an older state, or starts without one, gets
/// the same ids again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct AssignmentId {
    generation: u64,
    shard: usize,
    number: u64,
}

/// A text that is no id of an assignment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no id of an assignment; write three numbers: `1-0-17`")]
pub struct AssignmentIdError(String);

impl AssignmentId {
    pub(in crate::dispatch) fn new(generation: u64, shard: usize, number: u64) -> Self {
        Self {
            generation,
            shard,
            number,
        }
    }

    /// The generation in which it was made: see
    /// [`DispatchState::generation`](crate::dispatch::DispatchState::generation).
    pub fn generation(self) -> u64 {
        self.generation
    }

    /// The shard of the owner.
    pub fn shard(self) -> usize {
        self.shard
    }

    /// The number of the change in that shard.
    pub fn number(self) -> u64 {
        self.number
    }
}

impl fmt::Display for AssignmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.generation, self.shard, self.number)
    }
}

impl FromStr for AssignmentId {
    type Err = AssignmentIdError;

    fn from_str(text: &str) -> Result<Self, AssignmentIdError> {
        let id = parse(text).filter(|id| id.to_string() == text);
        id.ok_or_else(|| AssignmentIdError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<AssignmentId> {
    let (generation, rest) = text.split_once('-')?;
    let (shard, number) = rest.split_once('-')?;
    Some(AssignmentId {
        generation: generation.parse().ok()?,
        shard: shard.parse().ok()?,
        number: number.parse().ok()?,
    })
}

impl From<AssignmentId> for String {
    fn from(id: AssignmentId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for AssignmentId {
    type Error = AssignmentIdError;

    fn try_from(text: String) -> Result<Self, AssignmentIdError> {
        text.parse()
    }
}
