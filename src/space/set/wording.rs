//! Writes boxes as conditions, in the words of a policy.

use std::collections::BTreeSet;

use super::cuboid::Cuboid;
use crate::dimension::{AttributeKind, Dimension, Listed};
use crate::lead::AttributeValue;
use crate::policy::{AttributeTest, TextOperator};
use crate::rule::{Condition, Period, Predicate, Subject, all, any, not};
use crate::space::axes::{
    Axis, ClassSet, Cuts, Ends, FIRST_KNOWN, MISSING, NO, Piece, Question, TextCuts, UNLISTED, YES,
    code, count, moment, narrow, of_codes, some_value,
};
use crate::space::grid::{AxisSubject, Grid, HEAD_COUNTS, Undecided, ValuePairs};

/// Writes boxes as conditions of one policy.
pub(super) struct Wording<'a> {
    grid: &'a Grid,
    side: usize,
}

/// Values of an axis, described by tests: those for which some test holds, or those for which none does.
enum Said {
    Some(Vec<Condition>),
    AllBut(Vec<Condition>),
}

impl<'a> Wording<'a> {
    pub(super) fn new(grid: &'a Grid, side: usize) -> Self {
        Self { grid, side }
    }

    /// The condition of a box, without its limit on the moment.
    pub(super) fn condition(&self, cuboid: &Cuboid) -> Result<Condition, Undecided> {
        let limits = cuboid.limits().iter();
        let parts = limits.filter(|(axis, _)| self.grid.subject(*axis) != AxisSubject::Now);
        let parts: Result<Vec<Condition>, Undecided> = parts
            .map(|(axis, classes)| {
                self.limit(*axis, classes)
                    .ok_or_else(|| Undecided::NoCondition {
                        subject: self.grid.name(self.grid.subject(*axis)),
                    })
            })
            .collect();
        Ok(all(parts?))
    }

    /// The periods of a box. No period ends where the next begins.
    pub(super) fn periods(&self, cuboid: &Cuboid) -> Vec<Period> {
        let mut limits = cuboid.limits().iter();
        let limit = limits.find(|(axis, _)| self.grid.subject(*axis) == AxisSubject::Now);
        let Some((axis, classes)) = limit else {
            return vec![Period::default()];
        };
        let cut = |place: Option<u32>| match &self.grid.axis(*axis)?.cuts {
            Cuts::Codes(cuts) => moment(*cuts.get(place? as usize)?),
            _ => None,
        };
        let ranges = classes.ranges().iter();
        ranges
            .map(|(first, last)| {
                Period::new(
                    cut(first.checked_sub(FIRST_KNOWN + 1)),
                    cut(last.checked_sub(FIRST_KNOWN)),
                )
            })
            .collect()
    }

    /// The condition of a limit; `None` if no condition of the policy describes it.
    fn limit(&self, axis: u32, classes: &ClassSet) -> Option<Condition> {
        let known = self.grid.axis(axis)?;
        let (subject, said) = match &known.question {
            Question::Dimension(dimension) => {
                let others = self.grid.all(axis).difference(classes);
                let inside = self.dimension(*dimension, known, classes)?;
                let outside = self.dimension(*dimension, known, &others)?;
                let subject = Subject::Dimension(*dimension);
                (
                    subject.clone(),
                    shorter(&subject, inside, outside, classes)?,
                )
            }
            Question::Attribute(number) => {
                let (name, kind) = self.grid.attribute(*number)?;
                self.grid
                    .dimensions(self.side)?
                    .attributes()
                    .find(name.as_str())?;
                let subject = Subject::Attribute(name.clone());
                let others = self.grid.all(axis).difference(classes);
                let said = match &known.cuts {
                    Cuts::Texts(cuts) => texts(&subject, cuts, classes),
                    Cuts::Codes(cuts) => {
                        let inside = pieces(cuts, classes, kind);
                        let outside = pieces(cuts, &others, kind);
                        shorter(&subject, inside, outside, classes)?
                    }
                    _ => return None,
                };
                (subject, said)
            }
            Question::Test(number, test) => {
                let (name, _) = self.grid.attribute(*number)?;
                self.grid
                    .dimensions(self.side)?
                    .attributes()
                    .find(name.as_str())?;
                let subject = Subject::Attribute(name.clone());
                let test = Condition::test(subject.clone(), predicate(test)?);
                let said = if classes.contains(NO) {
                    let is_out = !classes.contains(YES);
                    Said::AllBut(is_out.then_some(test).into_iter().collect())
                } else {
                    let is_in = classes.contains(YES);
                    Said::Some(is_in.then_some(test).into_iter().collect())
                };
                (subject, said)
            }
            Question::Now => return None,
        };
        let extra = |class: u32, predicate| {
            let is_in = classes.contains(class);
            (is_in, Condition::test(subject.clone(), predicate))
        };
        let extras = [
            extra(MISSING, Predicate::Missing),
            extra(UNLISTED, Predicate::Unlisted),
        ];
        Some(match said {
            Said::Some(mut tests) => {
                tests.extend(
                    extras
                        .into_iter()
                        .filter_map(|(is_in, test)| is_in.then_some(test)),
                );
                any(tests)
            }
            Said::AllBut(mut tests) => {
                tests.extend(
                    extras
                        .into_iter()
                        .filter_map(|(is_in, test)| (!is_in).then_some(test)),
                );
                all(tests.into_iter().map(not))
            }
        })
    }

    /// Describes the known values of a dimension; `None` if the classes separate values that the policy
    /// does not tell apart.
    fn dimension(
        &self,
        dimension: Dimension,
        axis: &Axis,
        classes: &ClassSet,
    ) -> Option<Vec<Piece>> {
        let joined = self.grid.joined(dimension);
        let pairs = joined.into_iter().flat_map(ValuePairs::pairs);
        let pairs = pairs.filter_map(|(code, pair)| {
            let value = *pair.get(self.side)?;
            Some((value, classes.contains(axis.class_of_code(code))))
        });
        if let Cuts::Counts(cuts) = &axis.cuts {
            for (value, is_in) in pairs {
                let same = match value {
                    Listed::Known(count) => axis.class_of_code(count.into()),
                    Listed::Unlisted => UNLISTED,
                    Listed::Missing => MISSING,
                };
                if classes.contains(same) != is_in {
                    return None;
                }
            }
            let ranges = known(classes);
            let counts = ranges.filter(|&(first, _)| {
                let from = (first - FIRST_KNOWN).checked_sub(1);
                let from = from.and_then(|place| cuts.get(place as usize));
                from.is_none_or(|&from| from < HEAD_COUNTS)
            });
            return Some(counts.filter_map(|range| count(cuts, range)).collect());
        }
        let dimensions = self.grid.dimensions(self.side)?;
        let codes = 0..dimensions.count(dimension)?;
        let chosen: Vec<bool> = if joined.is_none() {
            let is_in = |code| classes.contains(axis.class_of_code(code));
            codes.map(|code| is_in(code as u64)).collect()
        } else {
            let mut chosen: Vec<Option<bool>> = codes.map(|_| None).collect();
            for (value, is_in) in pairs {
                match value {
                    Listed::Known(code) => {
                        let known = chosen.get_mut(code as usize)?;
                        if *known.get_or_insert(is_in) != is_in {
                            return None;
                        }
                    }
                    Listed::Unlisted if classes.contains(UNLISTED) != is_in => return None,
                    Listed::Unlisted | Listed::Missing => {}
                }
            }
            chosen.into_iter().map(Option::unwrap_or_default).collect()
        };
        Some(of_codes(dimension, &chosen, dimensions))
    }
}

/// The ranges of known classes.
fn known(classes: &ClassSet) -> impl Iterator<Item = (u32, u32)> {
    let ranges = classes.ranges().iter();
    let ranges = ranges.map(|&(first, last)| (first.max(FIRST_KNOWN), last));
    ranges.filter(|(first, last)| first <= last)
}

/// Describes the known values of an ordered attribute other than a text.
fn pieces(cuts: &[u128], classes: &ClassSet, kind: AttributeKind) -> Vec<Piece> {
    if cuts.is_empty() {
        return known(classes).map(|_| Piece::Given).collect();
    }
    if kind == AttributeKind::Flag {
        let classes = known(classes).flat_map(|(first, last)| first..=last);
        let flags = classes.filter_map(|class| some_value(cuts, class, kind));
        return flags
            .filter_map(|value| match value {
                AttributeValue::Flag(flag) => Some(Piece::Flag(flag)),
                _ => None,
            })
            .collect();
    }
    known(classes)
        .map(|range| code(cuts, range, Some(kind)))
        .collect()
}

/// The shorter description: what is inside, or what is outside; `None` if neither can be described.
fn shorter(
    subject: &Subject,
    inside: Vec<Piece>,
    outside: Vec<Piece>,
    classes: &ClassSet,
) -> Option<Said> {
    let extras = [MISSING, UNLISTED].into_iter();
    let extras = extras.filter(|class| classes.contains(*class)).count();
    let is_long = inside.len() + extras > outside.len() + (2 - extras);
    let (inside, outside) = (tests(subject, inside), tests(subject, outside));
    match (inside, outside) {
        (Some(_), Some(tests)) if is_long => Some(Said::AllBut(tests)),
        (Some(tests), _) => Some(Said::Some(tests)),
        (None, Some(tests)) => Some(Said::AllBut(tests)),
        (None, None) => None,
    }
}

/// Tests of which at least one holds for each piece. Values that fit one list are one test.
fn tests(subject: &Subject, pieces: Vec<Piece>) -> Option<Vec<Condition>> {
    let (mut whole, mut alone, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Node { of, without } if without.is_empty() => {
                if of.is_whole {
                    whole.push(of.path);
                } else {
                    alone.push(of.path);
                }
            }
            Piece::Stages(Ends {
                from: Some(from),
                to: Some(to),
                ..
            }) if from == to => alone.push(from),
            piece => others.push(piece.test(subject)?),
        }
    }
    let list = |names: Vec<Box<str>>, predicate: fn(Vec<Box<str>>) -> Predicate| {
        (!names.is_empty()).then(|| Condition::test(subject.clone(), predicate(names)))
    };
    let lists = [list(whole, Predicate::Within), list(alone, Predicate::Is)];
    Some(lists.into_iter().flatten().chain(others).collect())
}

/// The predicate of a test without order.
fn predicate(test: &AttributeTest) -> Option<Predicate> {
    Some(match test {
        AttributeTest::Text { operator, texts } => match operator {
            TextOperator::Is => Predicate::Is(texts.clone()),
            TextOperator::StartsWith => Predicate::StartsWith(texts.clone()),
            TextOperator::EndsWith => Predicate::EndsWith(texts.clone()),
            TextOperator::Contains => Predicate::Contains(texts.clone()),
        },
        AttributeTest::Tags { all: true, tags } => Predicate::ContainsAll(tags.clone()),
        AttributeTest::Tags { all: false, tags } => Predicate::ContainsAny(tags.clone()),
        _ => return None,
    })
}

/// A prefix that tests name, or the empty prefix, with what differs within it.
struct Start<'a> {
    text: &'a str,
    /// Whether texts with this prefix that no test names are in the set.
    is_in: bool,
    /// The position of the longest shorter prefix that it begins with.
    around: Option<usize>,
    /// Texts that differ from `is_in`.
    texts: Vec<Box<str>>,
    /// Longer prefixes that differ as a whole.
    starts: Vec<Box<str>>,
}

/// The known texts of the classes: those that differ from most, each start without its exceptions.
///
/// What is as most texts are again within such a start is one exception as a whole; what differs
/// there once more is told by itself. So the tests do not nest, however many starts do.
fn texts(subject: &Subject, cuts: &TextCuts, classes: &ClassSet) -> Said {
    let is_in = |text: &str| classes.contains(narrow(cuts.passed(text.as_bytes())) + FIRST_KNOWN);
    let mut named: Vec<(&str, End)> = cuts.texts().iter().filter_map(|cut| named(cut)).collect();
    named.sort_unstable();
    let characters: BTreeSet<char> = named.iter().flat_map(|(text, _)| text.chars()).collect();
    // Texts with a character that no test has are told of nowhere.
    let mut fresh = ('a'..='z').chain('\u{4e00}'..=char::MAX);
    let fresh = fresh.find(|it| !characters.contains(it)).unwrap_or('-');
    let is_rest_in = is_in(&fresh.to_string());
    let mut rest = Start::new("", is_rest_in, None);
    let mut starts: Vec<Start<'_>> = Vec::new();
    // By place: the starts of the text, one within the other.
    let mut open: Vec<usize> = Vec::new();
    for (text, end) in named {
        while let Some(&last) = open.last()
            && starts
                .get(last)
                .is_none_or(|start| !text.starts_with(start.text))
        {
            open.pop();
        }
        let around = open.last().copied();
        match end {
            End::Start => {
                open.push(starts.len());
                let is_in = is_in(&format!("{text}{fresh}"));
                starts.push(Start::new(text, is_in, around));
            }
            End::Text => {
                let start = around.and_then(|place| starts.get_mut(place));
                let start = start.filter(|start| start.is_in != is_rest_in);
                let start = start.unwrap_or(&mut rest);
                if is_in(text) != start.is_in {
                    start.texts.push(text.into());
                }
            }
        }
    }
    let mut others = Vec::new();
    // From within to without, as starts stand behind what is around them.
    while let Some(start) = starts.pop() {
        let around = start.around.and_then(|around| starts.get_mut(around));
        let around = around.filter(|around| around.is_in != is_rest_in);
        match (around, start.is_in == is_rest_in) {
            (Some(around), true) => around.starts.push(start.text.into()),
            (None, true) => {}
            (Some(around), false) => {
                around.texts.extend(start.texts);
                around.starts.extend(start.starts);
            }
            (None, false) if start.texts.is_empty() && start.starts.is_empty() => {
                rest.starts.push(start.text.into());
            }
            (None, false) => {
                let text = vec![start.text.into()];
                let whole = Condition::test(subject.clone(), Predicate::StartsWith(text));
                let but = start.tests(subject).map(not);
                others.push(all([whole].into_iter().chain(but)));
            }
        }
    }
    let tests = rest.tests(subject).chain(others).collect();
    if is_rest_in {
        Said::AllBut(tests)
    } else {
        Said::Some(tests)
    }
}

/// What a cut lies behind; where both are of one text, the start comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Start,
    Text,
}

/// What tests name, of the cut behind it.
fn named(cut: &[u8]) -> Option<(&str, End)> {
    let (last, text) = cut.split_last()?;
    let end = match last {
        0x00 => End::Text,
        0xFF => End::Start,
        _ => return None,
    };
    Some((std::str::from_utf8(text).ok()?, end))
}

impl<'a> Start<'a> {
    fn new(text: &'a str, is_in: bool, around: Option<usize>) -> Self {
        Self {
            text,
            is_in,
            around,
            texts: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// What differs here from the others.
    fn tests(mut self, subject: &Subject) -> impl Iterator<Item = Condition> + use<> {
        self.texts.sort_unstable();
        self.starts.sort_unstable();
        let test = |predicate| Condition::test(subject.clone(), predicate);
        let texts = (!self.texts.is_empty()).then(|| test(Predicate::Is(self.texts)));
        let starts = (!self.starts.is_empty()).then(|| test(Predicate::StartsWith(self.starts)));
        texts.into_iter().chain(starts)
    }
}
