//! The first rules side by side, before either compiled form.

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::lookup::key::LeadKey;
use super::lookup::sample::Weights;
use crate::space::{Classes, Clauses, DIMENSIONS, narrow};

/// Maximum number of clauses: a bit each.
const MOST: usize = 128;
/// Rows beyond this number would leave the processor's nearest caches.
const MOST_ROWS: usize = 1 << 12;
/// Made-up leads to choose by.
const SAMPLE: u32 = 512;
/// About how many nanoseconds a look takes, and how many a lead loses if it was not foreseen whether
/// the look settles it.
const LOOK_TIME: f64 = 2.0;
const SURPRISE_TIME: f64 = 5.0;
/// No position: the dimensions do not tell the rule, or it comes later.
const UNSETTLED: u32 = u32::MAX;

/// By dimension and class: the number of the row.
type Maps = [Box<[u16]>; DIMENSIONS];

/// The first clauses as bitmaps, where most leads meet one of them. They are among the clauses of
/// the compiled form as well, which decides about the leads that the head does not settle.
///
/// A row has a bit for each clause: whether it allows a class. The rows of a lead's six classes
/// and-ed are the clauses that it meets, and the lowest bit is the first. (Bit vectors: Lakshman and
/// Stiliadis 1998.)
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    maps: Maps,
    /// Each row once.
    rows: Box<[u128]>,
    /// By clause: the position of its rule; `UNSETTLED` if dimensions alone do not tell whether it
    /// is met. At the end, behind `MOST`, that of leads that meet none.
    positions: Box<[u32]>,
    len: usize,
}

impl Head {
    /// The head of the first `count` clauses, `most` of them at the most, if it spares leads more
    /// than it costs: `time` is about how many nanoseconds the compiled form takes. `position` is
    /// that of a grant's rule; leads that meet none of the clauses have the grant `otherwise`.
    pub(super) fn of(
        clauses: &Clauses,
        (count, otherwise): (usize, u32),
        most: usize,
        (weights, time): (&Weights, f64),
        position: impl Fn(u32) -> u32,
    ) -> Option<Self> {
        let len = count.min(most).min(MOST);
        if len == 0 {
            return None;
        }
        let (maps, rows) = rows(clauses, len)?;
        let mut positions = vec![UNSETTLED; MOST + 1];
        for (slot, clause) in positions.iter_mut().zip(clauses.all.iter().take(len)) {
            let mut limits = clause.limits.iter();
            if clause.check.is_none() && limits.all(|(axis, _)| (*axis as usize) < DIMENSIONS) {
                *slot = position(clause.grant);
            }
        }
        if len == count {
            positions[MOST] = position(otherwise);
        }
        let positions = positions.into();
        let head = Self {
            maps,
            rows,
            positions,
            len,
        };
        head.pays(weights, time).then_some(head)
    }

    /// About how many bytes a head of these clauses takes at the most, while it is made as well.
    pub(super) fn most_bytes(clauses: &Clauses) -> usize {
        let classes = clauses.classes.iter().take(DIMENSIONS);
        let classes: usize = classes.map(|&count| count as usize + 1).sum();
        classes * (size_of::<u16>() + size_of::<u128>()) + 4 * MOST_ROWS * size_of::<u128>()
    }

    /// Whether made-up leads gain by it.
    fn pays(&self, weights: &Weights, time: f64) -> bool {
        let settled = (0..SAMPLE).filter(|&lead| {
            let draw = |axis| weights.draw(lead, narrow(axis));
            self.first_of(self.rows_of(&std::array::from_fn(draw)))
                .is_some()
        });
        let settled = f64::from(narrow(settled.count())) / f64::from(SAMPLE);
        let surprise = SURPRISE_TIME * settled.min(1.0 - settled);
        LOOK_TIME + surprise < settled * time
    }

    /// The numbers of the rows of a lead of those classes.
    #[inline]
    pub(super) fn rows_of(&self, classes: &Classes) -> [u16; DIMENSIONS] {
        std::array::from_fn(|axis| {
            let row = self.maps[axis].get(classes[axis] as usize);
            row.copied().unwrap_or(0)
        })
    }

    /// The position of the first rule that the lead meets, if its dimensions tell it here.
    #[inline]
    pub(super) fn first(&self, key: &LeadKey) -> Option<usize> {
        self.first_of(key.head_rows())
    }

    #[inline]
    fn first_of(&self, rows: [u16; DIMENSIONS]) -> Option<usize> {
        let mut met = u128::MAX;
        for row in rows {
            met &= self.rows.get(usize::from(row))?;
        }
        let position = *self.positions.get(met.trailing_zeros() as usize)?;
        (position != UNSETTLED).then_some(position as usize)
    }

    /// How many clauses it has.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let maps = self.maps.iter().map(|map| size_of_val(&**map));
        maps.sum::<usize>() + size_of_val(&*self.rows) + size_of_val(&*self.positions)
    }
}

/// The rows of the first `len` clauses, and by dimension and class their numbers; nothing if there
/// would be too many. Linear in the classes and in the ranges of the clauses' sets.
fn rows(clauses: &Clauses, len: usize) -> Option<(Maps, Box<[u128]>)> {
    let mut rows: IndexSet<u128, FixedState> = IndexSet::default();
    let mut maps = Maps::default();
    let bit = |clause: usize| u128::from(1_u8) << clause;
    for (axis, map) in (0..).zip(&mut maps) {
        let classes = clauses.classes.get(axis as usize).copied().unwrap_or(0) as usize;
        // The clauses that allow the class and not the one before it, or the other way round.
        let mut turns = vec![0_u128; classes + 1];
        let mut met = 0_u128;
        for clause in 0..len {
            match clauses.limit(narrow(clause), axis) {
                None => met |= bit(clause),
                Some(set) => {
                    for &(first, last) in clauses.set(set).ranges() {
                        turns[first as usize] ^= bit(clause);
                        turns[last as usize + 1] ^= bit(clause);
                    }
                }
            }
        }
        let mut numbers = Vec::with_capacity(classes);
        for turn in turns.into_iter().take(classes) {
            met ^= turn;
            let (number, _) = rows.insert_full(met);
            if number >= MOST_ROWS {
                return None;
            }
            numbers.push(u16::try_from(number).ok()?);
        }
        *map = numbers.into();
    }
    Some((maps, rows.into_iter().collect()))
}
