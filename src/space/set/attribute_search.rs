//! Finds a value of an attribute that meets limits on several of its axes at once.
//!
//! Axes of one attribute depend on each other: the text `crm` contains `cr`, and a missing value is missing
//! on all of them. So it takes a search to find out whether some value meets all limits.

use chrono::DateTime;

use super::budget::SearchBudget;
use super::search::{Limit, Search, Wanted};
use super::tag_search::tags;
use super::text_search::text;
use crate::dimension::AttributeKind;
use crate::lead::{AttributeValue, resolve_attribute};
use crate::space::axes::{
    ClassSet, Cuts, FIRST_KNOWN, MISSING, NO, Question, UNLISTED, YES, some_value,
};
use crate::space::grid::Grid;

/// A value of an attribute that meets all limits, which are on its axes. `Found(None)` means that the value
/// may be missing.
pub(super) fn attribute_value(
    grid: &Grid,
    limits: &[Limit<'_>],
    budget: &mut SearchBudget,
) -> Search<Option<AttributeValue<'static>>> {
    if limits.iter().all(|(_, classes)| classes.contains(MISSING)) {
        return Search::Found(None);
    }
    // A value that is given is not missing on any axis, whatever kinds the policies declare.
    let missing = ClassSet::one(MISSING);
    if limits.iter().any(|(_, classes)| **classes == missing) {
        return Search::Nothing;
    }
    let mut kinds: Vec<(usize, AttributeKind)> = limits
        .iter()
        .filter_map(|(axis, _)| {
            let number = number_of(grid, *axis)?;
            Some((number, grid.attribute(number)?.1))
        })
        .collect();
    kinds.sort_unstable_by_key(|(number, _)| *number);
    kinds.dedup();
    let mut is_settled = kinds.len() == 1;
    let meets = |value: &AttributeValue<'static>| {
        let mut limits = limits.iter();
        limits.all(|(axis, classes)| {
            class_of(grid, *axis, value).is_some_and(|it| classes.contains(it))
        })
    };
    let mut candidates = Vec::new();
    for (number, kind) in kinds {
        let known = wanted(grid, number, limits);
        match known.map_or(Search::Nothing, |wanted| known_value(&wanted, kind, budget)) {
            Search::Found(value) if meets(&value) => return Search::Found(Some(value)),
            Search::Found(value) => {
                is_settled = false;
                candidates.push(AttributeValue::from(value.to_string()));
            }
            Search::Nothing => {}
            Search::Unknown => is_settled = false,
        }
        candidates.push(unlisted(kind));
        candidates.push(AttributeValue::Other);
    }
    let mut unlisted = candidates.into_iter();
    if let Some(value) = unlisted.find(meets) {
        return Search::Found(Some(value));
    }
    if is_settled {
        Search::Nothing
    } else {
        Search::Unknown
    }
}

/// A value that is unlisted for an attribute of that kind.
fn unlisted(kind: AttributeKind) -> AttributeValue<'static> {
    match kind {
        AttributeKind::Number | AttributeKind::Flag | AttributeKind::Date => {
            AttributeValue::from("unlisted")
        }
        AttributeKind::Text | AttributeKind::Tags => AttributeValue::Other,
    }
}

/// The attribute of an axis.
fn number_of(grid: &Grid, axis: u32) -> Option<usize> {
    match &grid.axis(axis)?.question {
        Question::Attribute(number) | Question::Test(number, _) => Some(*number),
        Question::Dimension(_) | Question::Now => None,
    }
}

/// The class that the value of a lead has on an axis of its attribute.
fn class_of(grid: &Grid, axis: u32, value: &AttributeValue<'static>) -> Option<u32> {
    let (_, kind) = grid.attribute(number_of(grid, axis)?)?;
    let fact = resolve_attribute(Some(value), kind).value;
    let moment = DateTime::UNIX_EPOCH;
    Some(grid.axes().class(axis as usize, moment, |_| &fact))
}

/// What a known value of the attribute must meet; `None` if no known value can.
fn wanted<'a>(grid: &'a Grid, number: usize, limits: &[Limit<'a>]) -> Option<Wanted<'a>> {
    let mut wanted = Wanted::default();
    let own = limits
        .iter()
        .filter(|(axis, _)| number_of(grid, *axis) == Some(number));
    for (axis, classes) in own {
        let axis = grid.axis(*axis)?;
        if let Question::Test(_, test) = &axis.question {
            match (classes.contains(YES), classes.contains(NO)) {
                (true, true) => {}
                (false, false) => return None,
                (answer, _) => wanted.tests.push((test, answer)),
            }
            continue;
        }
        let is_known = |&(_, last): &(u32, u32)| last > UNLISTED;
        if !classes.ranges().iter().any(is_known) {
            return None;
        }
        wanted.ordered = Some((axis, classes));
    }
    Some(wanted)
}

fn known_value(
    wanted: &Wanted<'_>,
    kind: AttributeKind,
    budget: &mut SearchBudget,
) -> Search<AttributeValue<'static>> {
    match kind {
        AttributeKind::Text => match text(wanted, budget) {
            Search::Found(text) => Search::Found(AttributeValue::from(text)),
            Search::Nothing => Search::Nothing,
            Search::Unknown => Search::Unknown,
        },
        AttributeKind::Tags => match tags(&wanted.tests, budget) {
            Search::Found(tags) => Search::Found(AttributeValue::tags(
                tags.into_iter().map(ToString::to_string),
            )),
            Search::Nothing => Search::Nothing,
            Search::Unknown => Search::Unknown,
        },
        AttributeKind::Number | AttributeKind::Flag | AttributeKind::Date => {
            let any = ClassSet::one(FIRST_KNOWN);
            let (cuts, classes) = match wanted.ordered.map(|(axis, set)| (&axis.cuts, set)) {
                Some((Cuts::Codes(cuts), classes)) => (cuts.as_slice(), classes),
                Some(_) => return Search::Unknown,
                None => (&[][..], &any),
            };
            let known = classes
                .ranges()
                .iter()
                .flat_map(|&(first, last)| first.max(FIRST_KNOWN)..=last);
            let mut values = known.filter_map(|class| some_value(cuts, class, kind));
            values.next().map_or(Search::Nothing, Search::Found)
        }
    }
}
