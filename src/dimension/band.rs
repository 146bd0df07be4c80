//! Bands: named ranges of customer size.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::errors::{DimensionErrors, DimensionFault};
use super::name_table::NameTable;
use super::resolved::Via;
use crate::place::{Place, Placed};
use crate::raw_map::RawMap;
use crate::text::name_key;

/// Bands that have not been checked yet: names and ranges of head counts.
///
/// In a file: `{"small": "10..=49", "enterprise": "1000.."}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(description = "Named ranges of head counts, both ends included.")
)]
#[serde(transparent)]
pub struct BandsDraft(RawMap<String>);

impl BandsDraft {
    /// Adds a band. Both ends of the range belong to it.
    #[must_use]
    pub fn band(mut self, name: impl Into<Box<str>>, range: RangeInclusive<u32>) -> Self {
        let text = match range.into_inner() {
            (from, u32::MAX) => format!("{from}.."),
            (from, to) => format!("{from}..={to}"),
        };
        self.0.push(name, text);
        self
    }

    /// The bands of a policy that defines none: micro 1 to 9, small 10 to 49, medium 50 to 249,
    /// large 250 to 999, enterprise 1000 and more.
    pub fn default_bands() -> Self {
        Self::default()
            .band("micro", 1..=9)
            .band("small", 10..=49)
            .band("medium", 50..=249)
            .band("large", 250..=999)
            .band("enterprise", 1000..=u32::MAX)
    }

    /// Checks the bands. They may overlap, and there may be gaps between them.
    ///
    /// # Errors
    /// All faults at once: empty and duplicate names, texts that are not a range, reversed ranges.
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

/// Parses `10..=49`, or `1000..` for a range without upper end.
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
/// A lead may give the name of a band as its customer size; see
/// [`CustomerSize::resolve`](crate::lead::CustomerSize::resolve).
///
/// ```
/// use leadtree::dimension::BandsDraft;
///
/// let bands = BandsDraft::default().band("small", 10..=49).band("large", 1000..=u32::MAX).build()?;
/// assert_eq!(bands.range("Small"), Some(10..=49));
/// assert_eq!(bands.range("medium"), None);
/// # Ok::<(), leadtree::dimension::DimensionErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// The names, in order of definition.
    names: Vec<Box<str>>,
    /// The first and last head count of each band, by name.
    ranges: NameTable<(u32, u32)>,
}

impl Bands {
    /// The head counts of a band, if there is one of this name. One hash look-up.
    pub fn range(&self, name: &str) -> Option<RangeInclusive<u32>> {
        let range = self.ranges.resolve(name).value.known();
        range.map(|(from, to)| from..=to)
    }

    /// The names of the bands, in order of definition.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
          c: `some` is not a range of head counts; write `10..=49`, or `1000..` for no upper end
          [" "]: this band has no name; give it one
        "#);
    }
}
