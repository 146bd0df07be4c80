//! The shards that a request may need, each for this caller alone.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use crossbeam_utils::CachePadded;

use crate::dispatch::answer::day::When;
use crate::dispatch::shard::shard::Shard;
use crate::dispatch::state::shard_state::ShardState;

/// Some of the shards of a plan, with their numbers, in rising order of these.
pub(in crate::dispatch) struct Shards<'s, 'a>(
    pub(in crate::dispatch) &'s mut [(usize, &'a mut Shard)],
);

/// The plan's numbers count in another plan by now.
#[derive(Debug)]
pub(in crate::dispatch) struct Retired;

/// All shards of a plan, each under a lock of its own.
#[derive(Debug)]
pub(in crate::dispatch) struct LockedShards(Vec<CachePadded<Mutex<Shard>>>);

impl Shards<'_, '_> {
    /// The shard of that number, if it is one of them.
    #[inline]
    pub(in crate::dispatch) fn get(&mut self, number: usize) -> Option<&mut Shard> {
        let found = self.0.binary_search_by_key(&number, |(known, _)| *known);
        self.0.get_mut(found.ok()?).map(|(_, shard)| &mut **shard)
    }

    /// Begins a change; with `is_recorded`, whatever is changed is noted.
    #[inline]
    pub(in crate::dispatch) fn begin_change(&mut self, is_recorded: bool) {
        for (_, shard) in &mut *self.0 {
            shard.begin_change(is_recorded);
        }
    }

    /// Goes on to a moment.
    pub(in crate::dispatch) fn turn_to(&mut self, when: When) {
        for (_, shard) in &mut *self.0 {
            shard.turn_to(when);
        }
    }

    /// Ends a change.
    #[inline]
    pub(in crate::dispatch) fn end_change(&mut self) {
        for (_, shard) in &mut *self.0 {
            shard.end_change();
        }
    }

    /// What the change that ended has changed, where that was noted.
    pub(in crate::dispatch) fn take_noted(&mut self) -> Vec<ShardState> {
        let shards = self.0.iter_mut();
        let noted = shards.filter_map(|(number, shard)| shard.take_noted(*number));
        noted.collect()
    }

    /// The latest moment that any of them has seen.
    pub(in crate::dispatch) fn latest(&self) -> Option<DateTime<Utc>> {
        self.0.iter().filter_map(|(_, shard)| shard.now).max()
    }
}

impl LockedShards {
    pub(in crate::dispatch) fn new(shards: Vec<Shard>) -> Self {
        let shards = shards.into_iter().map(Mutex::new);
        Self(shards.map(CachePadded::new).collect())
    }

    pub(in crate::dispatch) fn len(&self) -> usize {
        self.0.len()
    }

    /// One shard. A strategy that panicked leaves it usable: its seat is not counted, those that were
    /// taken before it are.
    pub(in crate::dispatch) fn lock(&self, number: usize) -> MutexGuard<'_, Shard> {
        self.0[number]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// All at once, so that the numbers are of one moment.
    pub(in crate::dispatch) fn lock_all(&self) -> Vec<MutexGuard<'_, Shard>> {
        (0..self.0.len()).map(|number| self.lock(number)).collect()
    }

    /// A shard that nobody else knows yet.
    pub(in crate::dispatch) fn get_mut(&mut self, number: usize) -> &mut Shard {
        let shard = self.0[number].get_mut();
        shard.unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs with these shards, each named once or more, locked in the order of their numbers. An error if
    /// the plan was replaced: nothing is run then.
    #[inline]
    pub(in crate::dispatch) fn with<T>(
        &self,
        needed: impl IntoIterator<Item = usize>,
        run: impl FnOnce(Shards<'_, '_>) -> T,
    ) -> Result<T, Retired> {
        let mut needed = needed.into_iter();
        let Some(first) = needed.next() else {
            return Ok(run(Shards(&mut [])));
        };
        let mut others = needed.filter(|&number| number != first);
        let Some(second) = others.next() else {
            let mut shard = self.lock(first);
            if shard.is_retired {
                return Err(Retired);
            }
            return Ok(run(Shards(&mut [(first, &mut shard)])));
        };
        let mut others = others.filter(|&number| number != second);
        let Some(third) = others.next() else {
            let (low, high) = (first.min(second), first.max(second));
            let (mut lower, mut higher) = (self.lock(low), self.lock(high));
            if lower.is_retired || higher.is_retired {
                return Err(Retired);
            }
            return Ok(run(Shards(&mut [(low, &mut lower), (high, &mut higher)])));
        };
        let mut numbers: Vec<usize> = [first, second, third].into_iter().chain(others).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut guards: Vec<_> = numbers.iter().map(|&number| self.lock(number)).collect();
        if guards.iter().any(|shard| shard.is_retired) {
            return Err(Retired);
        }
        let shards = guards.iter_mut().map(|guard| &mut **guard);
        let mut shards: Vec<(usize, &mut Shard)> = numbers.into_iter().zip(shards).collect();
        Ok(run(Shards(&mut shards)))
    }
}
