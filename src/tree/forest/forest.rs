//! The forest as leads go through it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::table::{Asked, Entry, Table, lowest};
use super::table_builder::Checks;
use crate::space::{Classes, Formula};
use crate::tree::key::{Key, Radix};
use crate::tree::sample::Weights;
use crate::tree::trace::Traced;

/// Rules in front, and tables that are cut on one axis each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Forest {
    pub(crate) radix: Radix,
    /// The first clauses: a key holds the numbers of its rows.
    pub(super) front: Table,
    /// Those with earlier clauses first.
    pub(super) tables: Vec<Table>,
    /// By clause: what its bit leaves to ask.
    pub(super) checks: HashMap<u32, Arc<Formula>, FixedState>,
    /// By clause.
    pub(super) grants: Vec<u32>,
    /// The grant of a lead that meets no clause.
    pub(super) otherwise: u32,
    /// About how many nanoseconds a decision takes.
    pub(crate) time: f64,
}

/// What the front tells of a lead.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// Its grant.
    Grant(u32),
    /// It meets none of the clauses in front.
    Nothing,
    /// There is more to ask than dimensions.
    Unsure,
}

impl Forest {
    /// The lead's key.
    #[inline]
    pub(crate) fn key(&self, classes: &Classes) -> Key {
        let row =
            |axis: usize| u16::try_from(self.front.maps[axis].row(classes[axis])).unwrap_or(0);
        self.radix.key(classes, std::array::from_fn(row))
    }

    /// What the front tells by the lead's dimensions alone.
    #[inline]
    pub(crate) fn first_in_front(&self, key: &Key) -> Told {
        let Some(cell) = self.front.cells.first() else {
            return Told::Nothing;
        };
        let places = key.rows();
        let (mut rows, mut entries) = (0, 0);
        while entries < cell.len as usize {
            let met = self.front.met(rows, &places);
            if let Some(bit) = lowest(&met) {
                return match self.front.entries.get(entries + bit) {
                    Some(entry) if entry.is_certain() => Told::Grant(self.grant(entry.number())),
                    _ => Told::Unsure,
                };
            }
            rows += cell.stride as usize;
            entries += super::table::BLOCK;
        }
        Told::Nothing
    }

    /// The lead's grant, when the front has told that.
    pub(crate) fn first_behind(&self, told: Told, key: &Key, class: &impl Fn(usize) -> u32) -> u32 {
        let asked = Lead {
            checks: &self.checks,
            class,
        };
        let first = match told {
            Told::Grant(grant) => return grant,
            Told::Nothing => NONE,
            Told::Unsure => match self.front.cells.first() {
                Some(cell) => self.front.first(cell, &key.rows(), NONE, &asked),
                None => NONE,
            },
        };
        if first != NONE {
            return self.grant(first);
        }
        let classes = self.radix.classes(key);
        let of_axis = |axis: u32| match classes.get(axis as usize) {
            Some(&class) => class,
            None => class(axis as usize),
        };
        let mut best = NONE;
        for table in &self.tables {
            if let Some(cell) = table.cell(of_axis) {
                best = table.first(cell, &table.places(&classes), best, &asked);
            }
        }
        self.grant(best)
    }

    /// Goes the same way, and tells of each comparison.
    pub(crate) fn trace(
        &self,
        key: &Key,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        let asked = Lead {
            checks: &self.checks,
            class,
        };
        let classes = self.radix.classes(key);
        let of_axis = |axis: u32| match classes.get(axis as usize) {
            Some(&class) => class,
            None => class(axis as usize),
        };
        let mut best = NONE;
        for table in std::iter::once(&self.front).chain(&self.tables) {
            let Some(cell) = table.cell(of_axis).filter(|cell| cell.len > 0) else {
                continue;
            };
            if let Some((axis, _)) = &table.cut {
                let left = cell.len as usize;
                tell(Traced::Asked {
                    axis: *axis as usize,
                    left,
                });
            }
            let first = table.first(cell, &table.places(&classes), best, &asked);
            let found = Some(self.grant(first) as usize).filter(|_| first < best);
            tell(Traced::Compared {
                clauses: cell.len as usize,
                found,
            });
            best = first;
            if best != NONE && std::ptr::eq(table, &raw const self.front) {
                break;
            }
        }
        self.grant(best)
    }

    #[inline]
    fn grant(&self, clause: u32) -> u32 {
        let grant = self.grants.get(clause as usize);
        grant.copied().unwrap_or(self.otherwise)
    }

    /// How many clauses are in front.
    pub(crate) fn in_front(&self) -> usize {
        self.front.len()
    }

    /// How many tables there are behind the front, and how many cells these have.
    pub(crate) fn tables(&self) -> (usize, usize) {
        let cells = self.tables.iter().map(|table| table.cells.len());
        (self.tables.len(), cells.sum())
    }

    /// About how many bytes it takes, formulas aside.
    pub(crate) fn bytes(&self) -> usize {
        let tables = self.tables.iter().map(Table::bytes);
        self.front.bytes()
            + tables.sum::<usize>()
            + size_of_val(&*self.grants)
            + self.checks.capacity() * (size_of::<(u32, Arc<Formula>)>() + 1)
    }
}

/// Comes after all clauses.
const NONE: u32 = Entry::END as u32;

/// A lead whose dimensions have been looked at.
struct Lead<'a, F> {
    checks: &'a HashMap<u32, Arc<Formula>, FixedState>,
    class: &'a F,
}

impl<F: Fn(usize) -> u32> Asked for Lead<'_, F> {
    fn class(&self, axis: u32) -> u32 {
        (self.class)(axis as usize)
    }

    fn holds(&self, clause: u32) -> bool {
        let check = self.checks.get(&clause);
        check.is_none_or(|check| check.holds(self.class))
    }
}

/// A made-up lead.
pub(super) struct SampleLead<'a> {
    pub(super) weights: &'a Weights,
    pub(super) lead: u32,
    pub(super) checks: &'a Checks,
}

impl SampleLead<'_> {
    pub(super) fn draw(&self, axis: usize) -> u32 {
        self.weights.draw(self.lead, crate::space::narrow(axis))
    }
}

impl Asked for SampleLead<'_> {
    fn class(&self, axis: u32) -> u32 {
        self.draw(axis as usize)
    }

    fn holds(&self, clause: u32) -> bool {
        let position = self.checks.partition_point(|(number, _)| *number < clause);
        let check = self
            .checks
            .get(position)
            .filter(|(number, _)| *number == clause);
        check.is_none_or(|(_, check)| check.holds(&|axis| self.draw(axis)))
    }
}
