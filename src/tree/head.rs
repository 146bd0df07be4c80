//! The first clauses side by side: where most leads meet one of these, no node need be asked.
//!
//! For each class on a dimension there is a row, with a bit for each clause that allows it. A lead's
//! six rows and-ed are the clauses it meets, and the lowest bit is the first. (Lakshman and Stiliadis
//! 1998.) The six look-ups do not wait for each other, as those of a graph do; and a profile holds
//! the numbers of its rows.
//!
//! The first two words of the rows stand apart, and all else stays out of the way of leads that are
//! told by them: inlined into the caller, that is half the time.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::bitmaps::Met;
use super::clause::{Clause, Clauses};
use super::graph::{Classes, DIMENSIONS};
use super::target::NO_GRANT;

/// How many words a row has.
const WORDS: usize = 8;
const WORD: usize = u64::BITS as usize;
/// Clauses at the most.
const MOST: usize = WORDS * WORD;
/// Of all leads, at least so many must be told.
const LEAST_TOLD: f64 = 0.75;

/// About the most bytes that a class takes while it is made.
const CLASS_BYTES: usize = 256;

/// Bit by bit, the clauses that allow a class.
type Row = [u64; WORDS];

/// The numbers of a lead's rows.
pub(super) type Rows = [u16; DIMENSIONS];

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Head {
    /// Equal ones are one. The first allows every clause; none where most leads meet no clause.
    rows: Vec<Row>,
    /// Of each row, the first two words.
    pairs: Vec<[u64; 2]>,
    /// By dimension and class: the number of the row; none if no clause limits the dimension.
    numbers: [Vec<u16>; DIMENSIONS],
    /// By bit: the clause's grant, if its bit tells all, or [`UNSURE`].
    grants: Vec<u32>,
    /// What it means to meet no clause.
    otherwise: Option<u32>,
}

/// Stands for a grant that depends on more than dimensions.
const UNSURE: u32 = NO_GRANT - 1;

impl Head {
    /// The head of those clauses; an empty one if it would tell too few leads, or take more bytes
    /// to make.
    pub(super) fn of(clauses: &Clauses, bytes: usize) -> Self {
        Self::try_of(clauses, bytes).unwrap_or_default()
    }

    fn try_of(clauses: &Clauses, bytes: usize) -> Option<Self> {
        let classes = clauses.classes.iter().take(DIMENSIONS);
        let classes: usize = classes.map(|&count| count as usize).sum();
        let count = clauses.all.len().min(MOST);
        let is_whole = count == clauses.all.len();
        let (grants, told) = grants(clauses, count);
        if told < LEAST_TOLD || classes.saturating_mul(CLASS_BYTES) > bytes {
            return None;
        }
        let mut rows = KnownRows::default();
        rows.number(all(count))?;
        let mut numbers: [Vec<u16>; DIMENSIONS] = Default::default();
        for (axis, numbers) in (0..).zip(&mut numbers) {
            let classes = rows_of_classes(clauses, count, axis).into_iter();
            let of_axis: Option<_> = classes.map(|row| rows.number(row)).collect();
            *numbers = of_axis?;
        }
        Some(Self {
            pairs: rows
                .all
                .iter()
                .map(|&[first, second, ..]| [first, second])
                .collect(),
            rows: rows.all,
            numbers,
            grants,
            otherwise: is_whole.then_some(NO_GRANT),
        })
    }

    /// Whether it tells nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many clauses it holds.
    pub(super) fn len(&self) -> usize {
        self.grants.len()
    }

    /// The numbers of the rows of those classes.
    #[inline]
    pub(super) fn numbers(&self, classes: &Classes) -> Rows {
        let mut rows = Rows::default();
        for ((row, numbers), &class) in rows.iter_mut().zip(&self.numbers).zip(classes) {
            *row = numbers.get(class as usize).copied().unwrap_or(0);
        }
        rows
    }

    /// What the first two words tell.
    #[inline]
    pub(super) fn first(&self, numbers: &Rows) -> Met {
        let mut met = [u64::MAX; 2];
        for &number in numbers {
            let Some(row) = self.pairs.get(usize::from(number)) else {
                return Met::Unsure;
            };
            for (met, word) in met.iter_mut().zip(row) {
                *met &= word;
            }
        }
        for (word, met) in met.into_iter().enumerate() {
            if met != 0 {
                return self.grant(word * WORD + met.trailing_zeros() as usize);
            }
        }
        Met::Nothing
    }

    /// What the others tell of a lead that meets none of these.
    #[inline]
    pub(super) fn first_of_rest(&self, numbers: &Rows) -> Met {
        let mut rows = [&[0; WORDS]; DIMENSIONS];
        for (row, &number) in rows.iter_mut().zip(numbers) {
            match self.rows.get(usize::from(number)) {
                Some(it) => *row = it,
                None => return Met::Unsure,
            }
        }
        for word in 2..WORDS {
            let met = rows.iter().fold(u64::MAX, |met, row| met & row[word]);
            if met != 0 {
                return self.grant(word * WORD + met.trailing_zeros() as usize);
            }
        }
        self.otherwise.map_or(Met::Nothing, Met::Grant)
    }

    /// The grant of a bit, if it tells all.
    #[inline]
    fn grant(&self, bit: usize) -> Met {
        match self.grants.get(bit) {
            Some(&grant) if grant != UNSURE => Met::Grant(grant),
            _ => Met::Unsure,
        }
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let numbers = self.numbers.iter().map(|numbers| size_of_val(&**numbers));
        let rows = size_of_val(&*self.rows) + size_of_val(&*self.pairs);
        rows + size_of_val(&*self.grants) + numbers.sum::<usize>()
    }
}

/// The grants of the first clauses, [`UNSURE`] where there is more to ask, and how many of all leads
/// these tell, of 1, if classes were equally frequent.
fn grants(clauses: &Clauses, count: usize) -> (Vec<u32>, f64) {
    let (mut left, mut told) = (1.0, 0.0);
    let of = |clause: &Clause| {
        let is_plain = |&(axis, _): &(u32, u32)| (axis as usize) < DIMENSIONS;
        let met = left * clauses.breadth(clause);
        left -= met;
        if clause.check.is_none() && clause.limits.iter().all(is_plain) {
            told += met;
            clause.grant
        } else {
            UNSURE
        }
    };
    let grants = clauses.all.iter().take(count).map(of).collect();
    if count == clauses.all.len() {
        told += left;
    }
    (grants, told)
}

/// Rows as they are made.
#[derive(Default)]
struct KnownRows {
    all: Vec<Row>,
    known: HashMap<Row, u16, FixedState>,
}

impl KnownRows {
    /// The row's number, unless there are too many. Only clauses that list thousands of values each
    /// come so far.
    fn number(&mut self, row: Row) -> Option<u16> {
        if let Some(&known) = self.known.get(&row) {
            return Some(known);
        }
        let number = u16::try_from(self.all.len()).ok()?;
        self.all.push(row);
        self.known.insert(row, number);
        Some(number)
    }
}

/// A row of the first clauses.
fn all(count: usize) -> Row {
    let mut row = Row::default();
    (0..count).for_each(|bit| flip(&mut row, bit));
    row
}

/// By class: which of the first clauses allow it; nothing if none of them limits the axis.
fn rows_of_classes(clauses: &Clauses, count: usize, axis: u32) -> Vec<Row> {
    let limits = clauses.all.iter().take(count).enumerate();
    let limits = limits.filter_map(|(bit, clause)| {
        let limit = clause.limits.iter().find(|&&(it, _)| it == axis)?;
        Some((bit, clauses.set(limit.1).ranges()))
    });
    let mut limits = limits.peekable();
    if limits.peek().is_none() {
        return Vec::new();
    }
    // Where clauses begin and cease to allow the classes.
    let classes = clauses.classes[axis as usize] as usize;
    let mut turns = vec![Row::default(); classes + 1];
    let mut row = all(count);
    for (bit, ranges) in limits {
        flip(&mut row, bit);
        for &(first, last) in ranges {
            flip(&mut turns[first as usize], bit);
            flip(&mut turns[last as usize + 1], bit);
        }
    }
    turns.truncate(classes);
    for turn in &mut turns {
        for (word, turned) in row.iter_mut().zip(&mut *turn) {
            *word ^= *turned;
            *turned = *word;
        }
    }
    turns
}

fn flip(row: &mut Row, bit: usize) {
    row[bit / WORD] ^= 1 << (bit % WORD);
}
