//! Rules that share too little for a graph with one root: the first ones side by side as bitmaps,
//! the others in a graph with a root for each group of rules that limit the same wide axes. What
//! even such graphs would blow up is filed under the most telling of its limits.
//!
//! A clause is filed in the drawer of its narrowest limit. A lead opens the drawers of its own
//! classes, one axis after the other, and looks for the first clause it meets; drawers whose first
//! grant comes after the best so far stay shut. Inside a drawer clauses lie in boxes by their other
//! limits. Memory is linear in the clauses.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::alternatives::narrow;
use super::bitmaps::{Bitmaps, Met};
use super::box_tree::{BoxTree, Branch};
use super::clause::Clauses;
use super::graph::{Classes, DIMENSIONS};
use super::graph_compiler::GraphCompiler;
use super::groups::{Groups, LeadInGroups};
use super::target::NO_GRANT;
use super::trace::Traced;

/// About the most bytes that the front, the groups and the lists take while they are made: so many,
/// and so many a clause.
const BYTES: (usize, usize) = (1 << 21, 4_000);
/// The drawers of a class are listed; all lists have at most so many entries, and so many a clause.
const LISTED: (usize, usize) = (1 << 14, 8);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Catalog {
    front: Bitmaps,
    groups: Groups,
    boxes: BoxTree,
    drawers: Vec<Branch>,
    files: Vec<File>,
    /// The drawer that every lead opens.
    always: Option<Branch>,
}

/// The drawers of an axis.
#[derive(Debug, Clone, PartialEq)]
struct File {
    axis: usize,
    /// By class: where its drawers begin in the list; one more at the end.
    begins: Vec<u32>,
    /// Drawers, those with earlier clauses first.
    drawers: Vec<u32>,
}

/// What a catalog needs to know of a lead.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub(super) struct LeadInCatalog {
    /// Where the dimensions' rows in front begin.
    rows: [u32; DIMENSIONS],
    pub(super) groups: LeadInGroups,
}

/// The limits that clauses may be filed under, and how much of its axis each leaves.
type Homes = HashMap<(u32, u32), f64, FixedState>;

impl Catalog {
    /// The catalog of all clauses. Where the bytes do not suffice for more, all are in one drawer.
    pub(super) fn of(clauses: &Clauses, compiler: GraphCompiler<'_>, bytes: usize) -> Self {
        let numbers: Vec<u32> = (0..narrow(clauses.all.len())).collect();
        let has_room = bytes >= BYTES.0 + BYTES.1 * numbers.len();
        let in_front = if has_room { front_length(clauses) } else { 0 };
        let (first, others) = numbers.split_at(in_front);
        let (groups, others) = if has_room {
            Groups::of(clauses, others, compiler)
        } else {
            (Groups::none(compiler), others.to_vec())
        };
        let mut catalog = Self {
            front: Bitmaps::of(clauses, first),
            groups,
            boxes: BoxTree::new(clauses),
            drawers: Vec::new(),
            files: Vec::new(),
            always: None,
        };
        let homes = if has_room {
            allowed_homes(clauses, &others)
        } else {
            Homes::default()
        };
        catalog.file(clauses, &others, &homes);
        catalog
    }

    /// Files the clauses under the narrowest of their limits.
    fn file(&mut self, clauses: &Clauses, numbers: &[u32], homes: &Homes) {
        let mut filed: IndexMap<Option<(u32, u32)>, Vec<u32>, FixedState> = IndexMap::default();
        for &number in numbers {
            let limits = clauses.all[number as usize].limits.iter();
            let allowed = limits.filter_map(|limit| Some((homes.get(limit)?, *limit)));
            let narrowest = allowed.min_by(|(left, _), (right, _)| left.total_cmp(right));
            let home = narrowest.map(|(_, limit)| limit);
            filed.entry(home).or_default().push(number);
        }
        let mut files: IndexMap<u32, Vec<(u32, u32)>> = IndexMap::new();
        for (home, numbers) in filed {
            let branch = self
                .boxes
                .add(clauses, &numbers, home.map(|(axis, _)| axis));
            match home {
                None => self.always = Some(branch),
                Some((axis, set)) => {
                    let drawer = narrow(self.drawers.len());
                    files.entry(axis).or_default().push((set, drawer));
                    self.drawers.push(branch);
                }
            }
        }
        files.sort_unstable_keys();
        for (axis, drawers) in files {
            self.files.push(self.list(clauses, axis, &drawers));
        }
    }

    /// The drawers of each class.
    fn list(&self, clauses: &Clauses, axis: u32, drawers: &[(u32, u32)]) -> File {
        let classes = clauses.classes[axis as usize] as usize;
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); classes];
        for &(set, drawer) in drawers {
            for &(first, last) in clauses.set(set).ranges() {
                for list in &mut lists[first as usize..=last as usize] {
                    list.push(drawer);
                }
            }
        }
        let mut file = File {
            axis: axis as usize,
            begins: Vec::with_capacity(classes + 1),
            drawers: Vec::new(),
        };
        for mut list in lists {
            list.sort_by_key(|&drawer| self.drawers[drawer as usize].first_grant);
            file.begins.push(narrow(file.drawers.len()));
            file.drawers.extend(list);
        }
        file.begins.push(narrow(file.drawers.len()));
        file
    }

    /// What the lead's classes tell.
    #[inline]
    pub(super) fn lead(&self, classes: &Classes) -> LeadInCatalog {
        LeadInCatalog {
            rows: self.front.rows(classes),
            groups: self.groups.lead(classes),
        }
    }

    /// The groups.
    pub(super) fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The first grant, if it is one of the front and dimensions tell it.
    #[inline]
    pub(super) fn first_in_front(&self, lead: &LeadInCatalog) -> Option<u32> {
        match self.front.first_certain(&lead.rows) {
            Met::Grant(grant) => Some(grant),
            Met::Nothing | Met::Unsure => None,
        }
    }

    /// The first grant whose clause the lead meets; [`NO_GRANT`] if it meets none.
    pub(super) fn first(&self, lead: &LeadInCatalog, class: &impl Fn(usize) -> u32) -> u32 {
        // Groups are most of what there is where there is much, so the front can be asked again.
        let grant = self.front.first(class);
        if grant != NO_GRANT {
            return grant;
        }
        let first = self.groups.first(&lead.groups, class);
        if self.drawers.is_empty() && self.always.is_none() {
            return first;
        }
        self.first_in_drawers(first, class, &mut |_, _| {})
    }

    /// The same; tells of each step.
    pub(super) fn trace(
        &self,
        lead: &LeadInCatalog,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        let found = |grant| Some(grant as usize).filter(|_| grant != NO_GRANT);
        if self.front.len() > 0 {
            let grant = self.front.first(class);
            tell(Traced::Compared {
                clauses: self.front.len(),
                found: found(grant),
            });
            if grant != NO_GRANT {
                return grant;
            }
        }
        let first = self.groups.trace(&lead.groups, class, tell);
        self.first_in_drawers(first, class, &mut |clauses, grant| {
            tell(Traced::Compared {
                clauses,
                found: found(grant),
            });
        })
    }

    fn first_in_drawers(
        &self,
        mut first: u32,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(usize, u32),
    ) -> u32 {
        let point = self.boxes.point(class);
        let mut look = |branch: &Branch| {
            if branch.first_grant >= first {
                return false;
            }
            let found = self.boxes.first(branch, &point, first, class);
            tell(
                branch.len as usize,
                if found < first { found } else { NO_GRANT },
            );
            first = found;
            true
        };
        for file in &self.files {
            let class = class(file.axis) as usize;
            let begin = file.begins.get(class).copied().unwrap_or(0) as usize;
            let end = file.begins.get(class + 1).copied().unwrap_or(0) as usize;
            for &drawer in file.drawers.get(begin..end).unwrap_or_default() {
                if !self.drawers.get(drawer as usize).is_some_and(&mut look) {
                    break;
                }
            }
        }
        self.always.as_ref().map(look);
        first
    }

    /// How many clauses are in front.
    pub(super) fn in_front(&self) -> usize {
        self.front.len()
    }

    /// How many drawers there are.
    pub(super) fn drawers(&self) -> usize {
        self.drawers.len() + usize::from(self.always.is_some())
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        let files = self.files.iter().map(|file| {
            size_of::<File>() + size_of_val(&*file.begins) + size_of_val(&*file.drawers)
        });
        self.front.bytes()
            + self.groups.bytes()
            + self.boxes.bytes()
            + size_of_val(&*self.drawers)
            + files.sum::<usize>()
    }
}

/// Up to so many clauses, all are in front if they fit.
const PLAIN: usize = 16_384;
/// About the most bytes that they may take then: so many, and so many a clause.
const PLAIN_BYTES: (usize, usize) = (1 << 20, 400);
/// Clauses in front of more, at the most.
const FRONT: usize = 4_096;
/// About the most bytes that the front takes: so many, and so many a clause of all.
const FRONT_BYTES: (usize, usize) = (1 << 17, 64);
/// How long it takes to look at 64 clauses in front, in nanoseconds, about.
const WORD_TIME: f64 = 1.5;

/// How many clauses are best in front: looking at them costs every lead that meets none of them,
/// and spares those that do the drawers.
fn front_length(clauses: &Clauses) -> usize {
    let count = clauses.all.len();
    let bytes = PLAIN_BYTES.0 + PLAIN_BYTES.1 * count;
    if count <= PLAIN && Bitmaps::fits(clauses, count, bytes) {
        return count;
    }
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let drawers_time = 30.0 + (count as f64).sqrt();
    // Of all leads, those that have met no clause so far, if classes were equally frequent.
    let mut left = 1.0;
    let mut spent = 0.0;
    let (mut best, mut best_time) = (0, drawers_time);
    for (word, clauses_of_word) in clauses.all.chunks(64).take(FRONT / 64).enumerate() {
        spent += left * WORD_TIME;
        for clause in clauses_of_word {
            left *= 1.0 - clauses.breadth(clause);
        }
        let length = word * 64 + clauses_of_word.len();
        let behind = if length == count { 0.0 } else { drawers_time };
        let time = spent + left * behind;
        if time < best_time && Bitmaps::fits(clauses, length, FRONT_BYTES.0 + FRONT_BYTES.1 * count)
        {
            (best, best_time) = (length, time);
        }
    }
    best
}

fn allowed_homes(clauses: &Clauses, numbers: &[u32]) -> Homes {
    let limits = numbers.iter();
    let limits = limits.flat_map(|&number| &*clauses.all[number as usize].limits);
    let mut limits: Vec<(u32, u32)> = limits.copied().collect();
    limits.sort_unstable();
    limits.dedup();
    let mut widths: Vec<(u32, (u32, u32))> = limits
        .into_iter()
        .map(|(axis, set)| (clauses.set(set).width(), (axis, set)))
        .collect();
    widths.sort_unstable();
    let mut listed_left = LISTED.0 + LISTED.1 * numbers.len();
    let mut allowed = Homes::default();
    for (width, limit) in widths {
        match listed_left.checked_sub(width as usize) {
            None => break,
            Some(left) => listed_left = left,
        }
        allowed.insert(limit, clauses.share(limit));
    }
    allowed
}
