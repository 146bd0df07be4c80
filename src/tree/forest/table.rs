//! Rules side by side, in cells of a cut.

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::space::{DIMENSIONS, narrow};

/// Number of clauses in a block.
pub(super) const BLOCK: usize = 256;
const WORD: usize = u64::BITS as usize;
const WORDS: usize = BLOCK / WORD;

/// A bit for each clause of a block: whether it allows the class that the row is of.
pub(super) type Row = [u64; WORDS];

/// A clause of a block, and what its bit leaves to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockClause(u32);

impl BlockClause {
    const CHECK: u32 = 1 << 31;
    const ATTRIBUTES: u32 = 1 << 30;
    /// Comes after all clauses.
    pub(super) const NONE: u32 = Self::ATTRIBUTES - 1;

    /// `attributes`: it limits axes beyond the dimensions that have rows. `check`: it has a formula.
    pub(super) fn new(number: u32, attributes: bool, check: bool) -> Self {
        let flags = [(attributes, Self::ATTRIBUTES), (check, Self::CHECK)];
        let flags = flags.iter().filter(|(is_set, _)| *is_set);
        Self(flags.fold(number % Self::ATTRIBUTES, |entry, (_, flag)| entry | flag))
    }

    /// The clause's number.
    #[inline]
    pub(super) fn number(self) -> u32 {
        self.0 % Self::ATTRIBUTES
    }

    /// Whether meeting its rows on the dimensions is meeting the clause.
    #[inline]
    pub(super) fn is_certain(self) -> bool {
        self.0 < Self::ATTRIBUTES
    }

    fn has_attributes(self) -> bool {
        self.0 & Self::ATTRIBUTES != 0
    }

    fn has_check(self) -> bool {
        self.0 & Self::CHECK != 0
    }
}

/// Where a lead's row on an axis stands within a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RowMap(pub(super) Vec<u32>);

impl RowMap {
    /// The row of a class; the first, of all clauses, where none limits the axis.
    #[inline]
    pub(super) fn row(&self, class: u32) -> usize {
        self.0.get(class as usize).copied().unwrap_or(0) as usize
    }
}

/// An axis beyond the dimensions that has rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AttributeAxis {
    pub(super) axis: u32,
    /// The row of the clauses that do not limit the axis.
    pub(super) free: u32,
    pub(super) rows: RowMap,
}

/// The clauses that leads of some classes of the cut axis can meet.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cell {
    /// Where its rows begin. Each row is a word for word row of every block, one after the other.
    pub(super) rows: u32,
    /// How many rows it has.
    pub(super) count: u32,
    /// Where its entries begin, and how many there are.
    pub(super) entries: u32,
    pub(super) len: u32,
}

impl Cell {
    /// How many blocks it has.
    #[inline]
    pub(super) fn blocks(&self) -> usize {
        (self.len as usize).div_ceil(BLOCK)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    /// The axis that is cut, and by class the cell; all clauses are in one cell if there is none.
    pub(super) cut: Option<(u32, Vec<u32>)>,
    pub(super) maps: [RowMap; DIMENSIONS],
    pub(super) attributes: Vec<AttributeAxis>,
    pub(super) cells: Vec<Cell>,
    /// Cell by cell; the first row of each has all its clauses.
    pub(super) rows: Vec<Row>,
    /// Cell by cell, in order.
    pub(super) entries: Vec<BlockClause>,
}

/// What asks a lead what its dimensions do not tell.
pub(super) trait LeadQuestions {
    /// The lead's class on an axis beyond the dimensions.
    fn class(&self, axis: u32) -> u32;
    /// Whether the formula of that clause holds.
    fn holds(&self, clause: u32) -> bool;
}

impl Table {
    /// The cell of a lead.
    #[inline]
    pub(super) fn cell(&self, class: impl Fn(u32) -> u32) -> Option<&Cell> {
        let cell = match &self.cut {
            Some((axis, cells)) => *cells.get(class(*axis) as usize)? as usize,
            None => 0,
        };
        self.cells.get(cell)
    }

    /// Where the lead's rows stand within a block.
    #[inline]
    pub(super) fn places(&self, classes: &[u32; DIMENSIONS]) -> [usize; DIMENSIONS] {
        std::array::from_fn(|axis| self.maps[axis].row(classes[axis]))
    }

    /// The first clause of the cell that the lead meets, if it comes before `best`; otherwise `best`.
    #[inline]
    pub(super) fn first(
        &self,
        cell: &Cell,
        places: &[usize; DIMENSIONS],
        best: u32,
        asked: &impl LeadQuestions,
    ) -> u32 {
        self.first_from(self.met(cell, places, 0), cell, places, best, asked)
    }

    /// The clauses of a block that the lead meets, as far as its dimensions tell.
    #[inline]
    pub(super) fn met(&self, cell: &Cell, places: &[usize; DIMENSIONS], block: usize) -> Row {
        let begin = cell.rows as usize + block;
        let blocks = cell.blocks();
        let mut met = [u64::MAX; WORDS];
        for place in places {
            match self.rows.get(begin + place * blocks) {
                Some(row) => and(&mut met, row),
                None => return Row::default(),
            }
        }
        met
    }

    /// [`first`](Self::first), given what the lead meets of the first block.
    #[inline]
    pub(super) fn first_from(
        &self,
        mut met: Row,
        cell: &Cell,
        places: &[usize; DIMENSIONS],
        best: u32,
        asked: &impl LeadQuestions,
    ) -> u32 {
        let begin = cell.entries as usize;
        let entries = self.entries.get(begin..begin + cell.len as usize);
        let entries = entries.unwrap_or_default();
        let (begin, blocks) = (cell.rows as usize, cell.blocks());
        for block in 0..blocks {
            if block > 0 {
                met = self.met(cell, places, block);
            }
            let Some(bit) = lowest(&met) else {
                // Blocks that begin behind the best so far are not looked at.
                if best != BlockClause::NONE {
                    let next = entries.get((block + 1) * BLOCK);
                    if next.is_none_or(|entry| entry.number() >= best) {
                        break;
                    }
                }
                continue;
            };
            let Some(entry) = entries.get(block * BLOCK + bit) else {
                break;
            };
            if entry.is_certain() {
                return entry.number().min(best);
            }
            let entries = entries.get(block * BLOCK..).unwrap_or_default();
            if let Some(number) = self.first_of(met, (begin + block, blocks), entries, best, asked)
            {
                return number;
            }
        }
        best
    }

    /// The first clause of a block that a lead meets, of those that its dimensions allow; `best` if
    /// that comes before.
    #[inline(never)]
    fn first_of(
        &self,
        mut met: Row,
        (begin, step): (usize, usize),
        entries: &[BlockClause],
        best: u32,
        asked: &impl LeadQuestions,
    ) -> Option<u32> {
        let row = |place: usize| {
            let row = self.rows.get(begin + place * step);
            row.copied().unwrap_or_default()
        };
        // By attribute axis: whether its row has been and-ed.
        let mut anded = 0_u64;
        while let Some(bit) = lowest(&met) {
            let entry = entries.get(bit)?;
            if entry.number() >= best {
                return Some(best);
            }
            if entry.has_attributes() {
                // An attribute is asked for when the first clause that may still apply limits it.
                for (position, attribute) in self.attributes.iter().enumerate() {
                    let flag = 1 << (position % WORD);
                    if anded & flag != 0 || has(&row(attribute.free as usize), bit) {
                        continue;
                    }
                    anded |= flag;
                    let place = attribute.rows.row(asked.class(attribute.axis));
                    and(&mut met, &row(place));
                    if !has(&met, bit) {
                        break;
                    }
                }
                if !has(&met, bit) {
                    continue;
                }
            }
            if entry.has_check() && !asked.holds(entry.number()) {
                met[bit / WORD] &= !(1 << (bit % WORD));
                continue;
            }
            return Some(entry.number());
        }
        None
    }

    /// Keeps equal rows once, where all clauses are in one cell: what is looked at often then lies
    /// close together.
    pub(super) fn merge_equal_rows(&mut self) {
        let [cell] = &mut *self.cells else { return };
        let blocks = cell.blocks().max(1);
        let mut known: IndexSet<&[Row], FixedState> = IndexSet::default();
        let places: Vec<u32> = self
            .rows
            .chunks(blocks)
            .map(|row| narrow(known.insert_full(row).0))
            .collect();
        let rows: Vec<Row> = known.iter().flat_map(|row| row.iter().copied()).collect();
        cell.count = narrow(known.len());
        self.rows = rows;
        let place = |place: &mut u32| *place = places.get(*place as usize).copied().unwrap_or(0);
        for attribute in &mut self.attributes {
            place(&mut attribute.free);
        }
        let attributes = self
            .attributes
            .iter_mut()
            .map(|attribute| &mut attribute.rows);
        for map in self.maps.iter_mut().chain(attributes) {
            map.0.iter_mut().for_each(place);
        }
    }

    /// How many clauses it has, those in several cells once a cell.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let maps = self.maps.iter();
        let maps = maps.chain(self.attributes.iter().map(|attribute| &attribute.rows));
        let cut = self
            .cut
            .as_ref()
            .map_or(0, |(_, cells)| size_of_val(&**cells));
        maps.map(|map| size_of_val(&*map.0)).sum::<usize>()
            + cut
            + size_of_val(&*self.cells)
            + size_of_val(&*self.rows)
            + size_of_val(&*self.entries)
            + size_of_val(&*self.attributes)
    }
}

#[inline]
fn and(met: &mut Row, row: &Row) {
    for (met, word) in met.iter_mut().zip(row) {
        *met &= word;
    }
}

/// The lowest bit.
#[inline]
fn lowest(row: &Row) -> Option<usize> {
    let [first, second, third, fourth] = *row;
    let half = first | second;
    if half | third | fourth == 0 {
        return None;
    }
    // Which word it is cannot be foreseen, so it is not asked by branches.
    let word = usize::from(first == 0) + usize::from(half == 0) + usize::from(half | third == 0);
    Some(word * WORD + row[word % WORDS].trailing_zeros() as usize)
}

#[inline]
fn has(row: &Row, bit: usize) -> bool {
    row[bit / WORD] >> (bit % WORD) & 1 == 1
}

/// Changes a bit of a row.
#[inline]
pub(super) fn flip(row: &mut Row, bit: usize) {
    row[bit / WORD] ^= 1 << (bit % WORD);
}
