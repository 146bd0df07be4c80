//! Random choices, and the errors that real exports contain.

use chrono::{Days, NaiveDate};
use fastrand::Rng;

/// True with the given probability.
pub(crate) fn chance(dice: &mut Rng, share: f64) -> bool {
    dice.f64() < share
}

/// One of the values at random; an empty one if there are none.
pub(crate) fn pick<T: Copy + Default>(dice: &mut Rng, values: &[T]) -> T {
    dice.choice(values).copied().unwrap_or_default()
}

/// One of the values at random, in proportion to their weights.
pub(crate) fn weighted<T: Copy + Default>(dice: &mut Rng, values: &[(T, u32)]) -> T {
    let whole: u32 = values.iter().map(|(_, weight)| weight).sum();
    let mut left = dice.u32(..whole);
    for &(value, weight) in values {
        match left.checked_sub(weight) {
            Some(less) => left = less,
            None => return value,
        }
    }
    T::default()
}

/// The value as an export may contain it: mostly correct, otherwise blank, in other case, with
/// spaces, or mistyped.
pub(crate) fn dirty(dice: &mut Rng, value: &str) -> String {
    match dice.u32(..100) {
        0..=2 => String::new(),
        3..=6 => value.to_uppercase(),
        7..=10 => value.to_lowercase(),
        11..=13 => format!(" {value} "),
        14 => format!("\u{3000}{value}\u{3000}"),
        15 => format!("{value}\t"),
        16..=17 => mistyped(dice, value),
        _ => value.to_owned(),
    }
}

/// Swaps two neighbouring letters.
fn mistyped(dice: &mut Rng, value: &str) -> String {
    let mut letters: Vec<char> = value.chars().collect();
    if letters.len() > 3 {
        let at = dice.usize(1..letters.len() - 1);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// A head count in one of many common notations.
pub(crate) fn head_count(dice: &mut Rng, head_count: u32) -> String {
    let band = match head_count {
        0..=9 => ("1-9", "micro"),
        10..=49 => ("10-49", "Small"),
        50..=249 => ("50–249", "medium"),
        250..=999 => ("250 to 999", "LARGE"),
        _ => ("1000+", "Enterprise"),
    };
    match dice.u32(..100) {
        0..=8 => String::new(),
        9..=16 => band.0.to_owned(),
        17..=21 => band.1.to_owned(),
        22..=31 if head_count >= 1000 => {
            format!("{},{:03}", head_count / 1000, head_count % 1000)
        }
        32..=34 => format!("{head_count}.0"),
        35 => format!("ca. {head_count}"),
        36 => ["unknown", "n/a", "200-51", "-", "many", "若干"][dice.usize(..6)].to_owned(),
        _ => head_count.to_string(),
    }
}

/// A plausible revenue in millions for a head count, if given.
pub(crate) fn revenue(dice: &mut Rng, head_count: u32) -> String {
    let millions = f64::from(head_count) * (0.05 + dice.f64() * 0.2);
    match dice.u32(..40) {
        0 => format!("{millions:.0}m"),
        1 => "confidential".to_owned(),
        2..=18 => format!("{millions:.1}"),
        _ => String::new(),
    }
}

/// A flag, if set.
pub(crate) fn flag(dice: &mut Rng, flag: bool) -> String {
    match (flag, dice.u32(..6)) {
        (true, 0) => "TRUE",
        (true, _) => "true",
        (false, 0) => "False",
        (false, 1..=2) => "false",
        (false, _) => "",
    }
    .to_owned()
}

/// An earlier day, mostly in the last weeks, if given.
pub(crate) fn date(dice: &mut Rng, received: NaiveDate) -> String {
    let days = weighted(dice, &[(3, 6), (20, 3), (150, 1)]);
    let day = received
        .checked_sub_days(Days::new(dice.u64(..=days)))
        .unwrap_or(received);
    match dice.u32(..100) {
        0..=38 => day.to_string(),
        // Typed manually.
        39 => day.format("%d.%m.%Y").to_string(),
        _ => String::new(),
    }
}
