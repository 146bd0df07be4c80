//! The forest as leads go through it.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::front::Front;
use super::table::{BlockClause, LeadQuestions, Table};
use crate::space::{AskedLead, Classes, Formula};
use crate::tree::lookup::key::{LeadKey, Radix};
use crate::tree::lookup::trace::Traced;

/// Rules in front, and tables that are cut on one axis each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Forest {
    /// The first clauses: a key holds the numbers of its rows.
    pub(super) front: Front,
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

/// What dimensions alone tell of a lead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Undetermined {
    /// It meets none of the clauses in front.
    Nothing,
    /// There is more to ask than dimensions.
    Unsure,
}

impl Forest {
    /// The lead's key.
    #[inline]
    pub(crate) fn key(&self, classes: &Classes) -> LeadKey {
        Radix::HALVES.key(classes, self.front.rows(classes))
    }

    /// The lead's grant, if its dimensions tell it; otherwise whether it meets no clause in front.
    #[inline]
    pub(crate) fn first_by_dimensions(&self, key: &LeadKey) -> Result<u32, Undetermined> {
        match self.front.first(&key.rows()) {
            Some(entry) if entry.is_certain() => return Ok(self.grant(entry.number())),
            Some(_) => return Err(Undetermined::Unsure),
            None if self.tables.is_empty() => return Ok(self.otherwise),
            None => {}
        }
        let asked = Unasked(Cell::new(false));
        let first = self.first_in_tables(key, &asked);
        self.unless_asked(&asked, first)
    }

    /// The grant of a clause behind the front, unless more than dimensions had to be asked.
    #[inline]
    fn unless_asked(&self, asked: &Unasked, clause: u32) -> Result<u32, Undetermined> {
        if asked.0.get() {
            return Err(Undetermined::Nothing);
        }
        Ok(self.grant(clause))
    }

    /// What [`first_by_dimensions`](Self::first_by_dimensions) gives for several keys, if no clause is
    /// in front: while the memory that one needs is fetched, the others go on.
    pub(crate) fn first_behind_front<const N: usize>(
        &self,
        keys: [&LeadKey; N],
    ) -> [Result<u32, Undetermined>; N] {
        let mut best = [NONE; N];
        let asked = [const { Unasked(Cell::new(false)) }; N];
        for table in &self.tables {
            let looks: [_; N] = std::array::from_fn(|lead| {
                let classes = keys[lead].classes();
                let cell = table.cell(|axis| class_of(&classes, axis, &asked[lead]));
                (cell.copied().unwrap_or_default(), table.places(&classes))
            });
            let met = looks
                .each_ref()
                .map(|(cell, places)| table.met(cell, places, 0));
            for (lead, (cell, places)) in looks.iter().enumerate() {
                best[lead] = table.first_from(met[lead], cell, places, best[lead], &asked[lead]);
            }
        }
        std::array::from_fn(|lead| self.unless_asked(&asked[lead], best[lead]))
    }

    /// The lead's grant, after its dimensions alone did not settle it.
    pub(crate) fn first_asking(
        &self,
        told: Undetermined,
        key: &LeadKey,
        lead: &impl AskedLead,
    ) -> u32 {
        let asked = LeadWithChecks {
            checks: &self.checks,
            lead,
        };
        let first = match told {
            Undetermined::Unsure => self.first_in_front(key, &asked),
            Undetermined::Nothing => NONE,
        };
        if first != NONE {
            return self.grant(first);
        }
        self.grant(self.first_in_tables(key, &asked))
    }

    /// The first clause in front that the lead meets.
    #[inline]
    fn first_in_front(&self, key: &LeadKey, asked: &impl LeadQuestions) -> u32 {
        let table = self.front.table();
        let cell = table.cells.first();
        cell.map_or(NONE, |cell| table.first(cell, &key.rows(), NONE, asked))
    }

    /// The first clause behind the front that the lead meets.
    #[inline]
    fn first_in_tables(&self, key: &LeadKey, asked: &impl LeadQuestions) -> u32 {
        let classes = key.classes();
        let mut best = NONE;
        for table in &self.tables {
            if let Some(cell) = table.cell(|axis| class_of(&classes, axis, asked)) {
                best = table.first(cell, &table.places(&classes), best, asked);
            }
        }
        best
    }

    /// Decides, reporting each comparison.
    pub(crate) fn trace(
        &self,
        key: &LeadKey,
        lead: &impl AskedLead,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        let asked = LeadWithChecks {
            checks: &self.checks,
            lead,
        };
        let classes = key.classes();
        let of_axis = |axis: u32| match classes.get(axis as usize) {
            Some(&class) => class,
            None => lead.class(axis as usize),
        };
        let mut best = NONE;
        for table in std::iter::once(self.front.table()).chain(&self.tables) {
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
            if best != NONE && std::ptr::eq(table, self.front.table()) {
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
        self.front.table().len()
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

const NONE: u32 = BlockClause::NONE;

/// The lead's class on an axis.
#[inline]
fn class_of(classes: &Classes, axis: u32, asked: &impl LeadQuestions) -> u32 {
    match classes.get(axis as usize) {
        Some(&class) => class,
        None => asked.class(axis),
    }
}

/// A lead that is not asked for more than its dimensions: notes that it would have to be.
struct Unasked(Cell<bool>);

impl LeadQuestions for Unasked {
    fn class(&self, _: u32) -> u32 {
        self.0.set(true);
        0
    }

    fn holds(&self, _: u32) -> bool {
        self.0.set(true);
        true
    }
}

/// A lead that is asked for whatever is needed.
struct LeadWithChecks<'a, L> {
    checks: &'a HashMap<u32, Arc<Formula>, FixedState>,
    lead: &'a L,
}

impl<L: AskedLead> LeadQuestions for LeadWithChecks<'_, L> {
    fn class(&self, axis: u32) -> u32 {
        self.lead.class(axis as usize)
    }

    fn holds(&self, clause: u32) -> bool {
        let check = self.checks.get(&clause);
        check.is_none_or(|check| self.lead.holds(check))
    }
}
