//! The kinds of the values in a test: names, numbers, dates or flags.
//!
//! Values of dimensions are names; customer sizes may also be numbers. The kind of an attribute is not
//! known while parsing, so the kind of a value without quotes is guessed from its form; a value in quotes
//! is a text.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use super::parser_state::{Miss, ParserState, Read};
use crate::dimension::{Dimension, Number, parse_date};
use crate::rule::condition::comparison::Comparison;
use crate::rule::condition::errors::ConditionFault;
use crate::rule::condition::excerpt::shortened;
use crate::rule::condition::predicate::Predicate;
use crate::rule::condition::subject::Subject;
use crate::text::{
    both_readings, has_leading_zeros, like_thousands, number_range, with_lost_digits,
};

/// A value as written, and its position.
pub(super) struct Written<'s> {
    pub(super) text: Cow<'s, str>,
    pub(super) in_quotes: bool,
    pub(super) span: Range<usize>,
}

impl Written<'_> {
    fn into_name(self) -> Box<str> {
        Box::from(self.text)
    }
}

#[derive(Clone, Copy)]
pub(super) enum Order {
    LessThan,
    AtMost,
    AtLeast,
    MoreThan,
}

impl Order {
    fn than<T>(self, bound: T) -> Comparison<T> {
        match self {
            Self::LessThan => Comparison::LessThan(bound),
            Self::AtMost => Comparison::AtMost(bound),
            Self::AtLeast => Comparison::AtLeast(bound),
            Self::MoreThan => Comparison::MoreThan(bound),
        }
    }
}

/// The kind of a value, judged by its form.
enum Value {
    Name,
    Number(Number),
    Date(NaiveDate),
    Flag(bool),
}

impl Value {
    fn of(subject: &Subject, written: &Written<'_>, state: &mut ParserState) -> Read<Self> {
        if written.in_quotes {
            return Ok(Self::Name);
        }
        let look = match subject {
            Subject::Attribute(_) => Self::look(&written.text).and_then(|value| match value {
                Self::Name => not_like_a_range(&written.text).map(|()| value),
                value => Ok(value),
            }),
            Subject::Dimension(Dimension::CustomerSize) => match Self::look(&written.text) {
                Ok(Self::Number(_)) if has_separators(&written.text) => {
                    Err(ConditionFault::Separators {
                        value: shortened(&written.text),
                        plain: shortened(&written.text.replace('.', "")),
                    })
                }
                Ok(Self::Number(number)) => Ok(Self::Number(number)),
                _ => Ok(Self::Name),
            },
            Subject::Dimension(_) => Ok(Self::Name),
        };
        let look = look.and_then(|value| match value {
            Self::Number(number) if has_leading_zeros(&written.text) => {
                Err(ConditionFault::LeadingZeros {
                    value: shortened(&written.text),
                    plain: number.get().to_string(),
                })
            }
            Self::Number(_) if like_thousands(&written.text) => {
                let [whole, decimal] = both_readings(&written.text);
                Err(ConditionFault::Thousands {
                    value: shortened(&written.text),
                    whole,
                    decimal,
                })
            }
            Self::Number(_) => match with_lost_digits(&written.text) {
                Some(read) => Err(ConditionFault::LostDigits {
                    value: shortened(&written.text),
                    read,
                }),
                None => Ok(value),
            },
            value => Ok(value),
        });
        look.map_err(|fault| state.report(written.span.clone(), fault))
    }

    fn look(text: &str) -> Result<Self, ConditionFault> {
        if text.eq_ignore_ascii_case("true") {
            return Ok(Self::Flag(true));
        }
        if text.eq_ignore_ascii_case("false") {
            return Ok(Self::Flag(false));
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        if !unsigned.starts_with(|first: char| first.is_ascii_digit()) {
            return Ok(Self::Name);
        }
        if let Ok(number) = text.parse::<f64>() {
            let value = shortened(text);
            return Number::new(number)
                .map(Self::Number)
                .map_err(|_| ConditionFault::TooLarge { value });
        }
        let is_like_a_date = unsigned.split('-').count() == 3
            && unsigned
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !is_like_a_date {
            return Ok(Self::Name);
        }
        let value = shortened(text);
        parse_date(text)
            .map(Self::Date)
            .ok_or(ConditionFault::NoSuchDay { value })
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Name => "texts",
            Self::Number(_) => "numbers",
            Self::Date(_) => "dates",
            Self::Flag(_) => "flags",
        }
    }
}

/// Whether a number is written with dots between thousands: `1.000`.
fn has_separators(text: &str) -> bool {
    let mut parts = text.split('.');
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let mut groups = parts.peekable();
    let begins = (1..=3).contains(&first.len()) && are_digits(first);
    begins && groups.peek().is_some() && groups.all(|part| part.len() == 3 && are_digits(part))
}

/// Refuses `20000-31999` and `20..31`, which no text equals that is meant to be in between.
fn not_like_a_range(text: &str) -> Result<(), ConditionFault> {
    match number_range(text) {
        Some((from, to)) => Err(ConditionFault::LikeARange {
            value: shortened(text),
            from: shortened(from),
            to: shortened(to),
        }),
        None => Ok(()),
    }
}

/// The values as texts, whatever their form.
pub(super) fn texts(values: Vec<Written<'_>>) -> Vec<Box<str>> {
    values.into_iter().map(Written::into_name).collect()
}

/// The values after `starts with`: texts, but no ranges of numbers.
pub(super) fn beginnings(values: Vec<Written<'_>>, state: &mut ParserState) -> Read<Vec<Box<str>>> {
    for written in values.iter().filter(|written| !written.in_quotes) {
        not_like_a_range(&written.text)
            .map_err(|fault| state.report(written.span.clone(), fault))?;
    }
    Ok(texts(values))
}

/// The predicate for the values after `=` or `in`; `of_names` makes it if they are names.
pub(super) fn listed(
    subject: &Subject,
    values: Vec<Written<'_>>,
    of_names: fn(Vec<Box<str>>) -> Predicate,
    state: &mut ParserState,
) -> Read<Predicate> {
    let count = values.len();
    let mut kind = None;
    let (mut names, mut numbers, mut dates) = (Vec::new(), Vec::new(), Vec::new());
    for written in values {
        let value = Value::of(subject, &written, state)?;
        let first = *kind.get_or_insert(value.kind());
        if value.kind() != first {
            return Err(mixed(first, &value, &written, state));
        }
        match value {
            Value::Name => names.push(written.into_name()),
            Value::Number(number) => numbers.push(number),
            Value::Date(date) => dates.push(date),
            Value::Flag(flag) if count == 1 => return Ok(Predicate::Flag(flag)),
            Value::Flag(_) => return Err(no_flag(&written, state)),
        }
    }
    Ok(if !numbers.is_empty() {
        Predicate::Number(Comparison::Is(numbers))
    } else if !dates.is_empty() {
        Predicate::Date(Comparison::Is(dates))
    } else {
        of_names(names)
    })
}

/// The predicate for the value after `<`, `<=`, `>` or `>=`.
pub(super) fn compared(
    subject: &Subject,
    written: Written<'_>,
    order: Order,
    state: &mut ParserState,
) -> Read<Predicate> {
    match (Value::of(subject, &written, state)?, subject) {
        (Value::Number(number), _) => Ok(Predicate::Number(order.than(number))),
        (Value::Date(date), _) => Ok(Predicate::Date(order.than(date))),
        (Value::Name, Subject::Dimension(_)) => {
            Ok(Predicate::Stage(order.than(written.into_name())))
        }
        (Value::Name, Subject::Attribute(_)) => Err(no_order(&written, state)),
        (Value::Flag(_), _) => Err(no_flag(&written, state)),
    }
}

/// The predicate for the two values after `between`.
pub(super) fn between(
    subject: &Subject,
    from: Written<'_>,
    to: Written<'_>,
    state: &mut ParserState,
) -> Read<Predicate> {
    let first = Value::of(subject, &from, state)?;
    let last = Value::of(subject, &to, state)?;
    match (&first, &last, subject) {
        (Value::Number(first), Value::Number(last), _) => {
            Ok(Predicate::Number(Comparison::Between(*first, *last)))
        }
        (Value::Date(first), Value::Date(last), _) => {
            Ok(Predicate::Date(Comparison::Between(*first, *last)))
        }
        (Value::Name, Value::Name, Subject::Dimension(_)) => {
            let names = Comparison::Between(from.into_name(), to.into_name());
            Ok(Predicate::Stage(names))
        }
        (Value::Name, _, Subject::Attribute(_)) => Err(no_order(&from, state)),
        (Value::Flag(_), ..) => Err(no_flag(&from, state)),
        (_, Value::Flag(_), _) => Err(no_flag(&to, state)),
        _ => Err(mixed(first.kind(), &last, &to, state)),
    }
}

fn mixed(
    first: &'static str,
    value: &Value,
    written: &Written<'_>,
    state: &mut ParserState,
) -> Miss {
    let second = value.kind();
    let value = shortened(&written.text);
    state.report(
        written.span.clone(),
        ConditionFault::Mixed {
            first,
            second,
            value,
        },
    )
}

fn no_order(written: &Written<'_>, state: &mut ParserState) -> Miss {
    let value = shortened(&written.text);
    state.report(written.span.clone(), ConditionFault::NoOrder { value })
}

fn no_flag(written: &Written<'_>, state: &mut ParserState) -> Miss {
    let value = shortened(&written.text);
    state.report(written.span.clone(), ConditionFault::Flag { value })
}
