//! Named ranges of customer size.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::error::{DimensionErrors, DimensionFault};
use super::listed::{Resolved, Via};
use super::name_table::NameTable;
use crate::entries::Entries;
use crate::place::{Place, Placed};
use crate::text::{name_key, trimmed};

/// Bands as somebody wrote them: name to range of head counts.
///
/// In a file: `{"small": "10..=49", "enterprise": "1000.."}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BandsDraft(Entries<String>);

impl BandsDraft {
    /// Adds a band; both ends are part of it.
    #[must_use]
    pub fn band(mut self, name: impl Into<Box<str>>, range: RangeInclusive<u32>) -> Self {
        let text = match range.into_inner() {
            (from, u32::MAX) => format!("{from}.."),
            (from, to) => format!("{from}..={to}"),
        };
        self.0.push(name, text);
        self
    }

    /// The bands of a policy that names none: micro 1 to 9, small 10 to 49, medium 50 to 249,
    /// large 250 to 999, enterprise 1000 and more.
    pub fn default_bands() -> Self {
        Self::default()
            .band("micro", 1..=9)
            .band("small", 10..=49)
            .band("medium", 50..=249)
            .band("large", 250..=999)
            .band("enterprise", 1000..=u32::MAX)
    }

    /// Checks the bands. They may overlap and leave gaps.
    ///
    /// # Errors
    /// Every fault at once: names that are empty or listed twice, ranges that are none or reversed.
    pub fn build(&self) -> Result<Bands, DimensionErrors> {
        let mut faults = Vec::new();
        let mut names = Vec::with_capacity(self.0.len());
        let mut ranges = NameTable::with_capacity(self.0.len());
        for (name, text) in self.0.iter() {
            let place = Place::whole().field(name);
            let key = name_key(name);
            let fault = match parse_band(text) {
                _ if key.is_empty() => DimensionFault::UnnamedBand,
                None => DimensionFault::NotARange { text: text.clone() },
                Some((from, to)) if from > to => DimensionFault::ReversedBand {
                    name: name.to_owned(),
                    from,
                    to,
                },
                Some(range) => {
                    if ranges.add(&key, range, Via::Itself).is_ok() {
                        names.push(Box::from(name.trim()));
                        continue;
                    }
                    DimensionFault::DuplicateBand {
                        name: name.to_owned(),
                    }
                }
            };
            faults.push(Placed::new(place, fault));
        }
        DimensionErrors::unless_any(faults, Bands { names, ranges })
    }
}

/// `10..=49`, or `1000..` without upper end.
fn parse_band(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.split_once("..")?;
    let from = from.trim().parse().ok()?;
    let to = match to.trim() {
        "" => u32::MAX,
        to => to.strip_prefix('=')?.trim().parse().ok()?,
    };
    Some((from, to))
}

/// Named ranges of head counts.
///
/// ```
/// use leadtree::dimension::{BandsDraft, Listed, Via};
///
/// let bands = BandsDraft::default().band("small", 10..=49).band("large", 1000..=u32::MAX).build()?;
/// assert_eq!(bands.range("Small"), Some(10..=49));
/// // A lead that gives a range or a band stands at its lower end.
/// for (given, head_count) in [("51-200", 51), ("large", 1000), ("1,200 – 5,000", 1200), ("10+", 10)] {
///     let size = bands.resolve(given);
///     assert_eq!((size.value, size.via), (Listed::Known(head_count), Via::LowerEnd), "{given}");
/// }
/// assert_eq!(bands.resolve("1,200").value, Listed::Known(1200));
/// assert_eq!(bands.resolve("many").value, Listed::Unlisted);
/// assert_eq!(bands.resolve("  ").value, Listed::Missing);
/// # Ok::<(), leadtree::dimension::DimensionErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// In the order written.
    names: Vec<Box<str>>,
    /// First and last head count.
    ranges: NameTable<(u32, u32)>,
}

impl Bands {
    /// The head counts of the band of that name.
    pub fn range(&self, name: &str) -> Option<RangeInclusive<u32>> {
        let range = self.ranges.resolve(name).value.known();
        range.map(|(from, to)| from..=to)
    }

    /// The band names in the order written.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The head count that a text tells: a number (`250`, `1,200`, `250.0`), a band's name, a range
    /// (`51-200`, `51 to 200`, `10..=49`) or an open range (`1000+`, `1000..`), which stand at their
    /// lower end. Blank is missing; anything else, reversed ranges too, is unlisted.
    pub fn resolve(&self, text: &str) -> Resolved<u32> {
        let text = trimmed(text);
        if text.is_empty() {
            return Resolved::missing();
        }
        if let Some(head_count) = parse_head_count(text) {
            return Resolved::known(head_count, Via::Itself);
        }
        let lower = self
            .range(text)
            .map(|range| *range.start())
            .or_else(|| parse_range(text));
        match lower {
            Some(head_count) => Resolved::known(head_count, Via::LowerEnd),
            None => Resolved::unlisted(),
        }
    }
}

/// Digits, in groups of three if separated by commas, spaces or underscores, perhaps with zeros
/// after a point, as spreadsheets write them.
fn parse_head_count(text: &str) -> Option<u32> {
    let text = text.trim();
    let whole = match text.split_once('.') {
        None => text,
        Some((whole, zeros)) => {
            (zeros.len() <= 2 && zeros.bytes().all(|byte| byte == b'0')).then_some(whole)?
        }
    };
    let mut head_count = 0_u32;
    let mut group = None;
    for character in whole.chars() {
        if let Some(digit) = character.to_digit(10) {
            head_count = head_count.checked_mul(10)?.checked_add(digit)?;
            group = group.map(|length: u32| length + 1);
        } else if matches!(character, ',' | ' ' | '_' | '\u{a0}' | '\u{202f}') {
            if group.is_some_and(|length| length != 3) {
                return None;
            }
            group = Some(0);
        } else {
            return None;
        }
    }
    let begins_with_digit = whole.starts_with(|character: char| character.is_ascii_digit());
    (begins_with_digit && group.is_none_or(|length| length == 3)).then_some(head_count)
}

/// The lower end of `51-200`, `51–200`, `51 to 200`, `51..200`, `51..=200`, `1000+`, `1000..`.
fn parse_range(text: &str) -> Option<u32> {
    if let Some(lower) = text.strip_suffix('+').or_else(|| text.strip_suffix("..")) {
        return parse_head_count(lower);
    }
    let ends = ["..=", "..", "-", "–", "—", "~", " to "];
    let (lower, upper) = ends.iter().find_map(|between| text.split_once(between))?;
    let (lower, upper) = (parse_head_count(lower)?, parse_head_count(upper)?);
    (lower <= upper).then_some(lower)
}

#[cfg(test)]
mod tests {
    use super::super::Listed;
    use super::*;

    #[test]
    fn head_counts_as_people_write_them() {
        let bands = BandsDraft::default()
            .band("small", 10..=49)
            .build()
            .unwrap();
        for (given, expected) in [
            ("0", Listed::Known(0)),
            ("4294967295", Listed::Known(u32::MAX)),
            ("4294967296", Listed::Unlisted),
            ("250.0", Listed::Known(250)),
            ("250.5", Listed::Unlisted),
            ("1.000.000", Listed::Unlisted),
            ("1,00", Listed::Unlisted),
            (",100", Listed::Unlisted),
            ("1 000", Listed::Known(1000)),
            ("-5", Listed::Unlisted),
            ("200-51", Listed::Unlisted),
            ("51~200", Listed::Known(51)),
            ("51 to 200", Listed::Known(51)),
            ("10..=49", Listed::Known(10)),
            ("+", Listed::Unlisted),
            ("-", Listed::Unlisted),
            ("S M A L L", Listed::Known(10)),
        ] {
            assert_eq!(bands.resolve(given).value, expected, "{given}");
        }
    }

    #[test]
    fn faults_come_all_at_once() {
        let mut draft = BandsDraft::default().band("a", 1..=9).band("A", 1..=9);
        draft.0.push("b", "9..=1".to_owned());
        draft.0.push("c", "some".to_owned());
        draft.0.push(" ", "1..".to_owned());
        insta::assert_snapshot!(draft.build().unwrap_err(), @r#"
        the list of values has 4 problems:
          A: band `A` is listed twice; remove one
          b: band `b` is reversed: 9 is more than 1; swap the ends
          c: `some` is no range of head counts; write `10..=49`, or `1000..` without upper end
          [" "]: a band without a name; give it one
        "#);
    }
}
