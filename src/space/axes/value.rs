//! Finds a value of a class of numbers, dates or flags.

use chrono::{Days, NaiveDate};

use super::axis::{FIRST_KNOWN, known_class};
use super::placing::{code_of, code_of_date};
use super::words::date;
use crate::dimension::{AttributeKind, Number};
use crate::lead::{AttributeValue, Fact};

/// A value of the class, preferably a short one; `None` if no value has that class.
pub(crate) fn some_value(
    cuts: &[u128],
    class: u32,
    kind: AttributeKind,
) -> Option<AttributeValue<'static>> {
    let place = class.checked_sub(FIRST_KNOWN)? as usize;
    let from = place
        .checked_sub(1)
        .and_then(|place| cuts.get(place))
        .copied();
    let end = cuts.get(place).copied();
    match kind {
        AttributeKind::Number => {
            let mut candidates = numbers(from, end).into_iter();
            let number = candidates
                .find(|number| known_class(cuts, &code_of(&Fact::Number(*number))) == class);
            number.map(AttributeValue::Number)
        }
        AttributeKind::Date => {
            let before = end.and_then(|end| date(end)?.checked_sub_days(Days::new(1)));
            let usual = NaiveDate::from_ymd_opt(2026, 1, 1);
            let mut candidates = [from.and_then(date), before, usual].into_iter().flatten();
            let date = candidates.find(|date| known_class(cuts, &code_of_date(*date)) == class);
            date.map(AttributeValue::Date)
        }
        AttributeKind::Flag => {
            let mut flags = [true, false].into_iter();
            let flag = flags.find(|flag| known_class(cuts, &code_of(&Fact::Flag(*flag))) == class);
            flag.map(AttributeValue::Flag)
        }
        AttributeKind::Tags => Some(AttributeValue::tags(["a"])),
        AttributeKind::Text => Some(AttributeValue::from("a")),
    }
}

/// Candidates for a number from the code `from`, included, to the code `end`, excluded: if any number lies
/// there, one of them does. Those that are short to write come first.
fn numbers(from: Option<u128>, end: Option<u128>) -> Vec<Number> {
    let at = |key: u128| Number::of_order_key(u64::try_from(key).ok()?);
    let lowest = from.and_then(at);
    let highest = end.and_then(|end| at(end.checked_sub(1)?));
    let ceil = lowest.map(|number| number.get().ceil());
    let above = lowest.map(|number| number.get().floor() + 1.0);
    let floor = highest.map(|number| number.get().floor());
    let below = highest.map(|number| number.get().ceil() - 1.0);
    let middle = lowest
        .zip(highest)
        .map(|(from, to)| f64::midpoint(from.get(), to.get()));
    let round = [Some(0.0), ceil, above, floor, below, middle];
    let round = round
        .into_iter()
        .flatten()
        .filter_map(|it| Number::new(it).ok());
    let next = from.and_then(|from| at(from + 1));
    round.chain(lowest).chain(next).chain(highest).collect()
}
