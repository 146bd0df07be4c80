//! Describes classes of an axis in the policy's words.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};

use super::axis::{Axes, Cuts, FIRST_KNOWN, MISSING, NO, UNLISTED, YES};
use super::class_set::ClassSet;
use super::cover::{Named, cover};
use super::placing::{Question, code_of_date};
use crate::availability::TimeZone;
use crate::dimension::{AttributeKind, Dimension, Dimensions, Number, Stages, Taxonomy};
use crate::rule::{Comparison, Condition, Predicate, Subject, all, not};

/// Values of an axis that one test or one phrase describes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Missing,
    Unlisted,
    /// Any known value.
    Given,
    /// A node and everything below it, except for the nodes in `without`.
    Node {
        of: Named,
        without: Vec<Named>,
    },
    /// A range of stages.
    Stages(Ends<Box<str>>),
    Counts(Ends<u32>),
    Numbers(Ends<Number>),
    Dates(Ends<NaiveDate>),
    /// From the first moment, included, until the second, excluded.
    Moments(Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    Text(Box<str>),
    /// All texts with this prefix.
    TextsFrom(Box<str>),
    /// All texts that no test names; with a prefix, only those that start with it.
    OtherTexts(Option<Box<str>>),
    Flag(bool),
    /// Whether the axis's test holds.
    Holds(bool),
}

/// A range of values. An end that is `None` has no bound. `is_open` says for each end whether it is
/// excluded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ends<T> {
    pub(crate) from: Option<T>,
    pub(crate) to: Option<T>,
    pub(crate) is_open: (bool, bool),
}

impl<T> Ends<T> {
    fn closed(from: Option<T>, to: Option<T>) -> Self {
        let is_open = (false, false);
        Self { from, to, is_open }
    }
}

impl Axes {
    /// The classes that a lead can have on the axis.
    pub(crate) fn possible(&self, axis: usize) -> Range<u32> {
        let first = match self.get(axis).map(|axis| &axis.question) {
            Some(Question::Now) => FIRST_KNOWN,
            _ => MISSING,
        };
        first..self.classes(axis)
    }

    /// Describes the values of the ranges of classes. Classes without values add nothing.
    pub(crate) fn pieces(
        &self,
        axis: usize,
        ranges: &[(u32, u32)],
        dimensions: &Dimensions,
    ) -> Vec<Piece> {
        let Some(axis) = self.get(axis) else {
            return Vec::new();
        };
        let all = ClassSet::from_ranges(ranges.to_vec());
        let has = |class: u32| all.contains(class);
        let known = ranges
            .iter()
            .map(|&(first, last)| (first.max(FIRST_KNOWN), last));
        let known: Vec<(u32, u32)> = known.filter(|(first, last)| first <= last).collect();
        let mut pieces = match &axis.cuts {
            Cuts::Dense(classes) => match &axis.question {
                Question::Dimension(dimension) => {
                    let chosen: Vec<bool> = classes.iter().map(|&class| has(class)).collect();
                    of_codes(*dimension, &chosen, dimensions)
                }
                _ => Vec::new(),
            },
            Cuts::Counts(cuts) => known
                .iter()
                .filter_map(|range| count(cuts, *range))
                .collect(),
            Cuts::Codes(cuts) if cuts.is_empty() => {
                known.first().map(|_| Piece::Given).into_iter().collect()
            }
            Cuts::Codes(cuts) => {
                let kind = match &axis.question {
                    Question::Attribute(index) => dimensions.attributes().at(*index),
                    _ => None,
                };
                let kind = kind.map(|(_, kind)| kind);
                known.iter().map(|range| code(cuts, *range, kind)).collect()
            }
            Cuts::Texts(cuts) => texts(cuts.texts(), &has),
            Cuts::Answer => [YES, NO]
                .into_iter()
                .filter(|class| has(*class))
                .map(|class| Piece::Holds(class == YES))
                .collect(),
        };
        pieces.extend(has(MISSING).then_some(Piece::Missing));
        pieces.extend(has(UNLISTED).then_some(Piece::Unlisted));
        pieces
    }
}

/// Describes the chosen values of a dimension. `chosen` is indexed by code.
pub(crate) fn of_codes(
    dimension: Dimension,
    chosen: &[bool],
    dimensions: &Dimensions,
) -> Vec<Piece> {
    let nodes = |taxonomy: &Taxonomy| {
        let pieces = cover(taxonomy, chosen).into_iter();
        pieces
            .map(|(of, without)| Piece::Node { of, without })
            .collect()
    };
    match dimension {
        Dimension::Region => nodes(dimensions.regions()),
        Dimension::Industry => nodes(dimensions.industries()),
        Dimension::ProductLine => nodes(dimensions.product_lines()),
        Dimension::LifecycleStage => stages(dimensions.lifecycle_stages(), chosen),
        Dimension::FunnelStage => stages(dimensions.funnel_stages(), chosen),
        Dimension::CustomerSize => Vec::new(),
    }
}

fn stages(stages: &Stages, chosen: &[bool]) -> Vec<Piece> {
    let names: Vec<&str> = stages.names().collect();
    let mut pieces = Vec::new();
    let mut next = 0;
    for run in chosen.chunk_by(|left, right| left == right) {
        let (first, end) = (next, next + run.len());
        next = end;
        if run.first() != Some(&true) {
            continue;
        }
        let name = |index: usize| names.get(index).map(|name| Box::from(*name));
        let last = end - 1;
        let (is_first, is_last) = (first == 0, end == names.len());
        let alone = first == last;
        pieces.push(Piece::Stages(Ends::closed(
            name(first).filter(|_| alone || !is_first),
            name(last).filter(|_| alone || !is_last),
        )));
    }
    pieces
}

/// The cut before a range of known classes, and the cut after it.
fn around<T>(cuts: &[T], (first, last): (u32, u32)) -> (Option<&T>, Option<&T>) {
    let before = (first - FIRST_KNOWN).checked_sub(1);
    let before = before.and_then(|index| cuts.get(index as usize));
    (before, cuts.get((last - FIRST_KNOWN) as usize))
}

pub(crate) fn count(cuts: &[u64], range: (u32, u32)) -> Option<Piece> {
    let (from, end) = around(cuts, range);
    let from = match from {
        Some(from) => Some(u32::try_from(*from).ok()?),
        None => None,
    };
    let to = end.and_then(|end| u32::try_from(end - 1).ok());
    let to = to.filter(|&to| to < u32::MAX);
    Some(Piece::Counts(Ends::closed(from, to)))
}

pub(crate) fn code(cuts: &[u128], range: (u32, u32), kind: Option<AttributeKind>) -> Piece {
    let (from, end) = around(cuts, range);
    match kind {
        Some(AttributeKind::Number) => {
            let bounds = [from, end].map(|cut| cut.and_then(|cut| number_cut(*cut)));
            let [from, to] = bounds;
            // A cut lies right before its number, or right after it.
            Piece::Numbers(Ends {
                is_open: (
                    from.is_some_and(|(_, behind)| behind),
                    to.is_some_and(|(_, behind)| !behind),
                ),
                from: from.map(|(number, _)| number),
                to: to.map(|(number, _)| number),
            })
        }
        Some(AttributeKind::Date) => {
            let from = from.and_then(|cut| date(*cut));
            let to = end.and_then(|cut| date(*cut)?.pred_opt());
            Piece::Dates(Ends::closed(from, to))
        }
        Some(AttributeKind::Flag) => Piece::Flag(from.is_some()),
        _ => Piece::Moments(
            from.and_then(|cut| moment(*cut)),
            end.and_then(|cut| moment(*cut)),
        ),
    }
}

/// The number at a cut, and whether the cut lies after it. A cut lies between two neighbouring floating-point
/// numbers; the one with the shorter text is most likely the one in the rule.
fn number_cut(cut: u128) -> Option<(Number, bool)> {
    let at = |key: u128| Number::of_order_key(u64::try_from(key).ok()?);
    match (at(cut), cut.checked_sub(1).and_then(at)) {
        (Some(this), Some(before)) => {
            let length = |number: Number| number.to_string().len();
            Some(if length(this) <= length(before) {
                (this, false)
            } else {
                (before, true)
            })
        }
        (this, before) => this
            .map(|this| (this, false))
            .or(before.map(|before| (before, true))),
    }
}

pub(crate) fn date(code: u128) -> Option<NaiveDate> {
    let first = NaiveDate::MIN;
    let days = code.checked_sub(code_of_date(first))?;
    first.checked_add_days(chrono::Days::new(u64::try_from(days).ok()?))
}

pub(crate) fn moment(code: u128) -> Option<DateTime<Utc>> {
    let seconds = i128::try_from(code >> 32).ok()? + i128::from(i64::MIN);
    let nanoseconds = u32::try_from(code & u128::from(u32::MAX)).ok()?;
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}

/// Describes texts by what tests name: a whole text, or a prefix. Linear in the cuts, but for sorting.
fn texts(cuts: &[Box<[u8]>], has: &impl Fn(u32) -> bool) -> Vec<Piece> {
    let class = |place: usize| u32::try_from(place).unwrap_or(u32::MAX - FIRST_KNOWN) + FIRST_KNOWN;
    let text = |cut: &[u8]| std::str::from_utf8(cut).ok().map(Box::<str>::from);
    // By place of the class: whether it is still to be told.
    let mut left: Vec<bool> = (0..=cuts.len()).map(|place| has(class(place))).collect();
    let mut before = vec![0_usize];
    before.extend(left.iter().scan(0, |sum, &is_left| {
        *sum += usize::from(is_left);
        Some(*sum)
    }));
    let mut pieces = Vec::new();
    // A prefix spans the classes from the cut at the prefix to the cut at the prefix and the byte 0xFF.
    let mut starts: Vec<(Box<str>, Range<usize>)> = Vec::new();
    for (end, cut) in cuts.iter().enumerate() {
        if let Some((0xFF, start)) = cut.split_last()
            && let Ok(begin) = cuts.binary_search_by(|cut| (**cut).cmp(start))
            && let Some(start) = text(start)
        {
            starts.push((start, begin + 1..end + 1));
        }
    }
    starts.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    for (start, places) in &starts {
        let is_whole = before[places.end] - before[places.start] == places.len();
        // What lies within a start that is told lies within it whole.
        if is_whole && left[places.start] {
            left[places.clone()].fill(false);
            pieces.push(Piece::TextsFrom(start.clone()));
        }
    }
    for (place, cut) in cuts.iter().enumerate() {
        let next = cuts.get(place + 1).and_then(|next| next.split_last());
        if left[place + 1]
            && next.is_some_and(|(last, text)| *last == 0x00 && *text == **cut)
            && let Some(text) = text(cut)
        {
            left[place + 1] = false;
            pieces.push(Piece::Text(text));
        }
    }
    // By place: the innermost start around it.
    let mut around: Vec<Option<usize>> = vec![None; left.len()];
    starts.sort_by_key(|(_, places)| (places.start, std::cmp::Reverse(places.end)));
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for (place, around) in around.iter_mut().enumerate() {
        while open.last().is_some_and(|&it| starts[it].1.end <= place) {
            open.pop();
        }
        while starts
            .get(next)
            .is_some_and(|(_, places)| places.start == place)
        {
            open.push(next);
            next += 1;
        }
        *around = open.last().copied();
    }
    let mut told = HashSet::new();
    for (is_left, around) in left.into_iter().zip(around) {
        if is_left && told.insert(around) {
            let start = around.and_then(|around| starts.get(around));
            pieces.push(Piece::OtherTexts(start.map(|(start, _)| start.clone())));
        }
    }
    pieces
}

impl Piece {
    /// As `Display`, with moments as local times of a time zone, as policies write them.
    pub(crate) fn told_in(&self, zone: TimeZone) -> String {
        match self {
            Self::Moments(from, until) => moments(*from, *until, zone),
            piece => piece.to_string(),
        }
    }

    /// The test of the subject that holds for exactly these values; `None` if there is no such test.
    pub(crate) fn test(&self, subject: &Subject) -> Option<Condition> {
        let test = |predicate| Condition::test(subject.clone(), predicate);
        let node = |named: &Named| {
            let path = vec![named.path.clone()];
            test(if named.is_whole {
                Predicate::Within(path)
            } else {
                Predicate::Is(path)
            })
        };
        Some(match self {
            Self::Missing => test(Predicate::Missing),
            Self::Unlisted => test(Predicate::Unlisted),
            Self::Node { of, without } => all([node(of)]
                .into_iter()
                .chain(without.iter().map(|it| not(node(it))))),
            Self::Stages(ends) => all(ends.comparisons().map(|it| test(Predicate::Stage(it)))),
            // Rules usually state the lower end of the next range, so `<` repeats their number.
            Self::Counts(Ends {
                from: None,
                to: Some(to),
                ..
            }) => test(Predicate::Number(Comparison::LessThan(Number::from(
                to.checked_add(1)?,
            )))),
            Self::Counts(ends) => {
                let number = |it: Comparison<u32>| it.try_map(|&count| Some(Number::from(count)));
                let tests = ends.comparisons().filter_map(number);
                all(tests.map(|it| test(Predicate::Number(it))))
            }
            Self::Numbers(ends) => all(ends.comparisons().map(|it| test(Predicate::Number(it)))),
            Self::Dates(ends) => all(ends.comparisons().map(|it| test(Predicate::Date(it)))),
            Self::Text(text) => test(Predicate::Is(vec![text.clone()])),
            Self::TextsFrom(start) => test(Predicate::StartsWith(vec![start.clone()])),
            Self::Flag(flag) => test(Predicate::Flag(*flag)),
            Self::Given | Self::Moments(..) | Self::OtherTexts(_) | Self::Holds(_) => return None,
        })
        .filter(|test| *test != Condition::always())
    }
}

/// Writes it as a person would after the name of the dimension or attribute.
impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Unlisted => f.write_str("unlisted"),
            Self::Given => f.write_str("given"),
            Self::Node { of, without } => {
                write!(f, "{of}")?;
                for (index, node) in without.iter().enumerate() {
                    write!(f, "{} {node}", if index == 0 { " without" } else { "," })?;
                }
                Ok(())
            }
            Self::Stages(ends) => ends.write(f, |name, f| f.write_str(name)),
            Self::Counts(ends) => ends.write(f, |count, f| grouped(*count, f)),
            Self::Numbers(ends) => ends.write(f, |number, f| write!(f, "{number}")),
            Self::Dates(ends) => match (ends.from, ends.to) {
                (Some(from), None) => write!(f, "from {from}"),
                // Rules usually state the day from which they do not hold any more.
                (None, Some(to)) => match to.succ_opt() {
                    Some(end) => write!(f, "before {end}"),
                    None => f.write_str("any value"),
                },
                _ => ends.write(f, |date, f| write!(f, "{date}")),
            },
            Self::Moments(from, until) => f.write_str(&moments(*from, *until, TimeZone::UTC)),
            Self::Text(text) => f.write_str(text),
            Self::TextsFrom(start) => write!(f, "{start}…"),
            Self::OtherTexts(None) => f.write_str("other texts"),
            Self::OtherTexts(Some(start)) => write!(f, "other {start}…"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Holds(true) => f.write_str("yes"),
            Self::Holds(false) => f.write_str("no"),
        }
    }
}

fn moments(from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>, zone: TimeZone) -> String {
    match (from, until) {
        (None, None) => "any moment".to_owned(),
        (Some(from), None) => format!("from {}", zone.short(from)),
        (None, Some(until)) => format!("before {}", zone.short(until)),
        (Some(from), Some(until)) => {
            format!("from {} until {}", zone.short(from), zone.short(until))
        }
    }
}

impl<T: PartialEq + Clone> Ends<T> {
    /// The comparisons that together hold in exactly this range; no comparison if it is unbounded.
    fn comparisons(&self) -> impl Iterator<Item = Comparison<T>> {
        let Self { from, to, is_open } = self.clone();
        let (first, second) = match (from, to, is_open) {
            (Some(from), Some(to), (false, false)) if from == to => {
                (Some(Comparison::Is(vec![from])), None)
            }
            (Some(from), Some(to), (false, false)) => (Some(Comparison::Between(from, to)), None),
            (from, to, (from_open, to_open)) => (
                from.map(|from| {
                    if from_open {
                        Comparison::MoreThan(from)
                    } else {
                        Comparison::AtLeast(from)
                    }
                }),
                to.map(|to| {
                    if to_open {
                        Comparison::LessThan(to)
                    } else {
                        Comparison::AtMost(to)
                    }
                }),
            ),
        };
        first.into_iter().chain(second)
    }

    fn write(
        &self,
        f: &mut fmt::Formatter<'_>,
        value: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        match (&self.from, &self.to) {
            (None, None) => f.write_str("any value"),
            (Some(from), Some(to)) if from == to => value(from, f),
            (Some(from), None) => {
                f.write_str(if self.is_open.0 { "more than " } else { "" })?;
                value(from, f)?;
                f.write_str(if self.is_open.0 { "" } else { " and more" })
            }
            (None, Some(to)) => {
                f.write_str(if self.is_open.1 {
                    "less than "
                } else {
                    "up to "
                })?;
                value(to, f)
            }
            (Some(from), Some(to)) => {
                f.write_str(if self.is_open.0 { "more than " } else { "" })?;
                value(from, f)?;
                f.write_str(if self.is_open.1 { " to below " } else { " to " })?;
                value(to, f)
            }
        }
    }
}

/// Writes a number with thousands separators.
fn grouped(count: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = count.to_string();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            f.write_str(",")?;
        }
        write!(f, "{digit}")?;
    }
    Ok(())
}
