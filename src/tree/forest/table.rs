//! Rules side by side, in cells of a cut.

use crate::space::DIMENSIONS;

/// So many clauses stand side by side in a block.
pub(super) const BLOCK: usize = 256;
const WORD: usize = u64::BITS as usize;
const WORDS: usize = BLOCK / WORD;

/// A bit for each clause of a block: whether it allows the class that the row is of.
pub(super) type Row = [u64; WORDS];

/// A clause of a block, and what its bit leaves to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry(u32);

impl Entry {
    const CHECK: u32 = 1 << 31;
    const ATTRIBUTES: u32 = 1 << 30;
    /// The first number that does not fit.
    pub(super) const END: usize = Self::ATTRIBUTES as usize;

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
    /// Where its rows begin, and how many a block has.
    pub(super) rows: u32,
    pub(super) stride: u32,
    /// Where its entries begin, and how many there are.
    pub(super) entries: u32,
    pub(super) len: u32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    /// The axis that is cut, and by class the cell; all clauses are in one cell if there is none.
    pub(super) cut: Option<(u32, Vec<u32>)>,
    pub(super) maps: [RowMap; DIMENSIONS],
    pub(super) attributes: Vec<AttributeAxis>,
    pub(super) cells: Vec<Cell>,
    /// Block by block; the first row of each has all its clauses.
    pub(super) rows: Vec<Row>,
    /// Cell by cell, in order.
    pub(super) entries: Vec<Entry>,
}

/// What asks a lead what its dimensions do not tell.
pub(super) trait Asked {
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

    /// The block's clauses that a lead with these rows meets, as far as its dimensions tell.
    #[inline]
    pub(super) fn met(&self, begin: usize, places: &[usize; DIMENSIONS]) -> Row {
        let mut met = [u64::MAX; WORDS];
        for place in places {
            let row = self.rows.get(begin + place).copied().unwrap_or_default();
            for (met, word) in met.iter_mut().zip(row) {
                *met &= word;
            }
        }
        met
    }

    /// The first clause of the cell that the lead meets, if it comes before `best`; otherwise `best`.
    #[inline]
    pub(super) fn first(
        &self,
        cell: &Cell,
        places: &[usize; DIMENSIONS],
        best: u32,
        asked: &impl Asked,
    ) -> u32 {
        let begin = cell.entries as usize;
        let entries = self.entries.get(begin..begin + cell.len as usize);
        let mut rows = cell.rows as usize;
        for entries in entries.unwrap_or_default().chunks(BLOCK) {
            if entries.first().is_none_or(|entry| entry.number() >= best) {
                break;
            }
            let met = self.met(rows, places);
            if let Some(bit) = lowest(&met) {
                let Some(entry) = entries.get(bit) else {
                    break;
                };
                if entry.is_certain() {
                    return entry.number().min(best);
                }
                if let Some(number) = self.first_of(met, rows, entries, best, asked) {
                    return number;
                }
            }
            rows += cell.stride as usize;
        }
        best
    }

    /// The first clause of a block that a lead meets, of those that its dimensions allow; `best` if
    /// that comes before.
    #[inline(never)]
    fn first_of(
        &self,
        mut met: Row,
        rows: usize,
        entries: &[Entry],
        best: u32,
        asked: &impl Asked,
    ) -> Option<u32> {
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
                    let is_free = || {
                        let free = self.rows.get(rows + attribute.free as usize);
                        free.is_some_and(|row| has(row, bit))
                    };
                    if anded & flag != 0 || is_free() {
                        continue;
                    }
                    anded |= flag;
                    let row = attribute.rows.row(asked.class(attribute.axis));
                    let row = self.rows.get(rows + row).copied().unwrap_or_default();
                    for (met, word) in met.iter_mut().zip(row) {
                        *met &= word;
                    }
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

    /// How many rows a block of its largest cell has.
    pub(super) fn stride(&self) -> usize {
        let strides = self.cells.iter().map(|cell| cell.stride as usize);
        strides.max().unwrap_or(0)
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

/// The lowest bit.
#[inline]
pub(super) fn lowest(row: &Row) -> Option<usize> {
    let word = row.iter().position(|&word| word != 0)?;
    Some(word * WORD + row[word].trailing_zeros() as usize)
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
