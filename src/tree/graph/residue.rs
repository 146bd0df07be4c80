//! What is left of clauses when some of their limits are known to be met.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::space::{Clause, Clauses, narrow};

/// Clauses of more limits than this have no residues.
pub(crate) const MOST_LIMITS: usize = u32::BITS as usize;
/// The residues of a clause with at most this many limits are looked up in a table.
const FEW_LIMITS: usize = 5;

/// A clause and which of its limits are left to ask, as a bit set.
#[derive(Debug, Clone, Copy)]
struct Residue {
    clause: u32,
    left: u32,
}

/// Residues, each once, known by number.
pub(crate) struct Residues<'a> {
    clauses: &'a Clauses,
    all: Vec<Residue>,
    /// By clause: where its part of the table begins, [`UNKNOWN`] until it is asked for.
    begins: Vec<u32>,
    /// By clause and limits left: the residue's number, or [`UNKNOWN`].
    table: Vec<u32>,
    /// What is left of clauses with many limits, by clause and axis.
    others: HashMap<(u32, u32), u32, FixedState>,
    /// Of rules with several clauses: equal residues are one.
    twins: HashMap<Clause, u32, FixedState>,
}

const UNKNOWN: u32 = u32::MAX;

impl<'a> Residues<'a> {
    pub(crate) fn new(clauses: &'a Clauses) -> Self {
        Self {
            clauses,
            all: Vec::new(),
            begins: vec![UNKNOWN; clauses.all.len()],
            table: Vec::new(),
            others: HashMap::default(),
            twins: HashMap::default(),
        }
    }

    /// The number of a whole clause; `None` if it has too many limits.
    pub(crate) fn whole(&mut self, clause: u32) -> Option<u32> {
        let limits = self.clauses.all[clause as usize].limits.len();
        if limits > MOST_LIMITS {
            return None;
        }
        let left = u32::MAX
            .checked_shr(u32::BITS - narrow(limits))
            .unwrap_or(0);
        Some(self.number(Residue { clause, left }))
    }

    fn number(&mut self, residue: Residue) -> u32 {
        let clause = residue.clause as usize;
        let limits = self.clauses.all[clause].limits.len();
        if limits > FEW_LIMITS {
            if let Some(&known) = self.others.get(&(residue.clause, residue.left)) {
                return known;
            }
            let number = self.add(residue);
            self.others.insert((residue.clause, residue.left), number);
            return number;
        }
        if self.begins[clause] == UNKNOWN {
            let begin = self.table.len();
            self.begins[clause] = narrow(begin);
            self.table.resize(begin + (1 << limits), UNKNOWN);
        }
        let slot = (self.begins[clause] + residue.left) as usize;
        if self.table[slot] == UNKNOWN {
            self.table[slot] = self.add(residue);
        }
        self.table[slot]
    }

    fn add(&mut self, residue: Residue) -> u32 {
        let new = narrow(self.all.len());
        if self.clauses.has_siblings(residue.clause) {
            let clause = &self.clauses.all[residue.clause as usize];
            let content = Clause {
                limits: limits(clause, residue.left).collect(),
                ..clause.clone()
            };
            let known = *self.twins.entry(content).or_insert(new);
            if known != new {
                return known;
            }
        }
        self.all.push(residue);
        new
    }

    /// The clause of which it is left.
    pub(crate) fn clause(&self, number: u32) -> &'a Clause {
        &self.clauses.all[self.all[number as usize].clause as usize]
    }

    /// The limits that are left to ask.
    pub(crate) fn limits(&self, number: u32) -> impl Iterator<Item = (u32, u32)> + 'a {
        limits(self.clause(number), self.all[number as usize].left)
    }

    /// Whether no limits are left.
    pub(crate) fn is_unlimited(&self, number: u32) -> bool {
        self.all[number as usize].left == 0
    }

    /// Whether nothing is left to ask.
    pub(crate) fn is_certain(&self, number: u32) -> bool {
        self.is_unlimited(number) && self.clause(number).check.is_none()
    }

    /// The set it is limited to on an axis, and what is left without that limit.
    pub(crate) fn without(&mut self, number: u32, axis: u32) -> Option<(u32, u32)> {
        let Residue { clause, left } = self.all[number as usize];
        let limits = &self.clauses.all[clause as usize].limits;
        let position = limits.iter().position(|&(it, _)| it == axis)?;
        if left >> position & 1 == 0 {
            return None;
        }
        let left = left & !(1 << position);
        Some((limits[position].1, self.number(Residue { clause, left })))
    }
}

fn limits(clause: &Clause, left: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
    let limits = clause.limits.iter().enumerate();
    let left = limits.filter(move |(position, _)| left >> position & 1 == 1);
    left.map(|(_, &limit)| limit)
}
