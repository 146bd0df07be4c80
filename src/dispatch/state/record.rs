//! What a call changed, in a form that can be stored and folded.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::member_change::MemberChange;
use super::shard_state::ShardState;
use super::state::DispatchState;
use crate::dispatch::answer::assignment_id::AssignmentId;
use crate::policy::PolicyIdentity;

/// What one call changed in a dispatcher.
///
/// Folded into the state before it ([`DispatchState::apply`]), it gives the state after it, exactly, and
/// without calling any strategy: it carries the numbers themselves, of those alone that were changed. These
/// can be many: the first lead of a day ends everybody's counts of the day before, the first turn of a
/// rotation gives everybody a place in it, and `round_robin` begins a new period for all when somebody
/// comes or goes, or is full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "a record that is not stored is a gap in the log"]
#[non_exhaustive]
pub struct Record {
    /// What was done.
    pub kind: RecordKind,
    /// The policy by which it was done.
    pub policy: PolicyIdentity,
    /// The generation in which it was done, or which it began.
    pub generation: u64,
    /// The assignment that was made or given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    /// The shards in which something was changed, with their numbers after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shards: Vec<ShardState>,
    /// The member who was changed, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberChange>,
    /// The whole state, where a new generation began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Box<DispatchState>>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordKind {
    /// A lead was assigned.
    Assigned,
    /// The work on a lead was done.
    Completed,
    /// A lead was taken back.
    Released,
    /// A lead was taken back, and the turn with it.
    TurnGivenBack,
    /// Time went on; a lead that nobody could take does that, too.
    Advanced,
    /// A member was paused or resumed, or set a presence.
    MemberChanged,
    /// The rosters, or what goes with them, were changed; a new generation began.
    RosterChanged,
    /// Another policy took over; a new generation began.
    PolicyReplaced,
    /// A stored state took over; a new generation began.
    Restored,
}

/// An answer, and what was changed for it; no record if nothing was.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the record is to be stored"]
#[non_exhaustive]
pub struct Recorded<T> {
    /// The answer.
    pub answer: T,
    /// What was changed. A lead that nobody could take can have one, too: time went on.
    pub record: Option<Record>,
}

/// Where to tell what was changed, if anybody wants to know.
#[derive(Debug, Default)]
pub(in crate::dispatch) struct Recording(RefCell<Option<Record>>);

/// Why a record cannot be folded into a state.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The state has it already.
    #[error("the record is in the state already: {0}")]
    Past(RecordPlace),
    /// Others come before it.
    #[error("records are missing: {expected} comes next, and this one is {found}")]
    Gap {
        /// What comes next in that shard.
        expected: RecordPlace,
        /// Where the record stands.
        found: RecordPlace,
    },
    /// The state has no such shard.
    #[error("there is no such shard: {0}")]
    NoShard(RecordPlace),
    /// It is of another policy than the state, though of the same generation: of another dispatcher.
    #[error("the record is by policy {record}, and the state by another")]
    OtherPolicy {
        /// The policy of the record.
        record: PolicyIdentity,
    },
    /// No dispatcher writes it.
    #[error("the record contradicts itself: it is none that a dispatcher wrote")]
    Malformed,
}

/// Where in the order of changes a record stands: within a shard, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RecordPlace {
    /// The generation.
    pub generation: u64,
    /// The shard; none for the beginning of a generation.
    pub shard: Option<usize>,
    /// The number in the shard.
    pub number: u64,
}

impl fmt::Display for RecordPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "generation {}", self.generation)?;
        match self.shard {
            Some(shard) => write!(f, ", shard {shard}, number {}", self.number),
            None => Ok(()),
        }
    }
}

impl<T> Recorded<T> {
    /// Runs something that tells what it changes.
    pub(in crate::dispatch) fn by(run: impl FnOnce(Option<&Recording>) -> T) -> Self {
        let recording = Recording::default();
        Self {
            answer: run(Some(&recording)),
            record: recording.0.into_inner(),
        }
    }
}

impl<T, E> Recorded<Result<T, E>> {
    /// Where nothing is changed in case of an error.
    pub(in crate::dispatch) fn transpose(self) -> Result<Recorded<T>, E> {
        let Self { answer, record } = self;
        answer.map(|answer| Recorded { answer, record })
    }
}

impl Recording {
    pub(in crate::dispatch) fn set(&self, record: Record) {
        *self.0.borrow_mut() = Some(record);
    }
}

impl RecordPlace {
    fn beginning(generation: u64) -> Self {
        Self {
            generation,
            shard: None,
            number: 0,
        }
    }
}

impl Record {
    /// Whether a dispatcher can have written it: a new state of its own generation, or changes in shards, each
    /// once.
    fn is_sound(&self) -> bool {
        if let Some(state) = &self.state {
            return self.shards.is_empty()
                && self.member.is_none()
                && state.generation == self.generation;
        }
        let mut shards: Vec<usize> = self.shards.iter().map(|it| it.shard).collect();
        shards.sort_unstable();
        shards.dedup();
        !shards.is_empty() && shards.len() == self.shards.len()
    }

    /// Where it stands, in each of its shards.
    pub fn places(&self) -> impl Iterator<Item = RecordPlace> {
        self.shards.iter().map(|shard| RecordPlace {
            generation: self.generation,
            shard: Some(shard.shard),
            number: shard.number,
        })
    }
}

impl DispatchState {
    /// Folds a record into the state: takes over the numbers that it carries. Nothing is changed in case
    /// of an error.
    ///
    /// Within a shard, records are folded in the order of their numbers; those of different shards in any
    /// order. A record that begins a generation carries the whole state, and can be folded before those
    /// that it makes obsolete.
    ///
    /// # Errors
    /// [`RecordError`] if the record is in the state already, or others come before it.
    pub fn apply(&mut self, record: &Record) -> Result<(), RecordError> {
        let (own, its) = (self.generation, record.generation);
        if !record.is_sound() {
            return Err(RecordError::Malformed);
        }
        if let Some(state) = &record.state {
            if its <= own {
                return Err(RecordError::Past(RecordPlace::beginning(its)));
            }
            *self = (**state).clone();
            return Ok(());
        }
        if its < own {
            return Err(RecordError::Past(RecordPlace::beginning(its)));
        }
        if its > own {
            let expected = RecordPlace::beginning(its);
            let found = record.places().next().unwrap_or(expected);
            return Err(RecordError::Gap { expected, found });
        }
        if self.policy != Some(record.policy) {
            let record = record.policy;
            return Err(RecordError::OtherPolicy { record });
        }
        for (changed, found) in record.shards.iter().zip(record.places()) {
            let shard = self.shard(changed.shard);
            let shard = shard.ok_or(RecordError::NoShard(found))?;
            if changed.number <= shard.number {
                return Err(RecordError::Past(found));
            }
            let number = shard.number.saturating_add(1);
            if changed.number > number {
                let expected = RecordPlace { number, ..found };
                return Err(RecordError::Gap { expected, found });
            }
        }
        for changed in &record.shards {
            if let Some(shard) = self.shard_mut(changed.shard) {
                shard.overwrite(changed);
            }
        }
        if let Some(change) = &record.member {
            self.changes.note(change);
        }
        Ok(())
    }

    /// Folds records into the state, in whatever order they come: those that the state has already are
    /// passed over, and those that come early wait for those before them. Gives how many could not be
    /// folded, as others before them are missing. Linear in the records.
    ///
    /// # Errors
    /// [`RecordError`], but not for records that the state has already, or that wait. What came before stays
    /// folded.
    pub fn apply_all<'r>(
        &mut self,
        records: impl IntoIterator<Item = &'r Record>,
    ) -> Result<usize, RecordError> {
        let mut waiting: HashMap<RecordPlace, Vec<&Record>> = HashMap::new();
        let mut next: Vec<&Record> = Vec::new();
        for record in records {
            next.push(record);
            while let Some(record) = next.pop() {
                match self.apply(record) {
                    Ok(()) => {
                        let begun = RecordPlace::beginning(record.generation);
                        let after = record.places().map(|place| RecordPlace {
                            number: place.number.saturating_add(1),
                            ..place
                        });
                        for place in after.chain([begun]) {
                            next.extend(waiting.remove(&place).into_iter().flatten());
                        }
                    }
                    Err(RecordError::Gap { expected, found }) => {
                        // It waits for the one just before it in that shard, or for its generation.
                        let place = if expected.shard.is_some() {
                            found
                        } else {
                            expected
                        };
                        waiting.entry(place).or_default().push(record);
                    }
                    Err(RecordError::Past(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        // Those that a new generation has made obsolete wait for nothing any more.
        let left = waiting.into_iter();
        let left = left.filter(|(place, _)| place.generation >= self.generation);
        Ok(left.map(|(_, records)| records.len()).sum())
    }
}
