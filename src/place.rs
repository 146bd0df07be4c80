//! Places in a policy, and faults with their place.

use std::borrow::Borrow;
use std::fmt;

use serde::Serialize;

/// Longer names are cut to this many characters, so that many faults below a very long name do not use
/// much memory.
const LONGEST_NAME: usize = 80;

/// A place in a policy, written as a JSON path: `rules[3].when.all[0].region.within[1]`.
///
/// The empty path means the whole policy, or the whole of whatever is checked.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Place(String);

impl Place {
    /// The empty path: the whole of whatever is checked.
    ///
    /// ```
    /// use leadtree::Place;
    ///
    /// assert_eq!(Place::whole().field("rules").item(3).field("when").as_str(), "rules[3].when");
    /// ```
    pub fn whole() -> Self {
        Self::default()
    }

    /// The place of the field `name` inside this one. A name of more than 80 characters is cut.
    ///
    /// ```
    /// use leadtree::Place;
    ///
    /// let example = Place::default().field("examples").item(3);
    /// assert_eq!(example.field("expect").as_str(), "examples[3].expect");
    /// ```
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        let cut: String;
        let name = match name.char_indices().nth(LONGEST_NAME) {
            None => name,
            Some((end, _)) => {
                cut = format!("{}…", name.get(..end).unwrap_or(name));
                &cut
            }
        };
        let plain = !name.is_empty()
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || character == '_');
        match (plain, self.0.is_empty()) {
            (true, true) => Self(name.to_owned()),
            (true, false) => Self(format!("{}.{name}", self.0)),
            (false, _) => Self(format!("{}[{name:?}]", self.0)),
        }
    }

    /// The place of the item `index` (from 0) of this list.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    /// This path, relative to `parent`, as a path from the root.
    #[must_use]
    pub fn under(&self, parent: &Self) -> Self {
        match (
            self.0.is_empty(),
            parent.0.is_empty() || self.0.starts_with('['),
        ) {
            (true, _) => parent.clone(),
            (false, true) => Self(format!("{}{}", parent.0, self.0)),
            (false, false) => Self(format!("{}.{}", parent.0, self.0)),
        }
    }

    /// A path that was written before.
    #[cfg(feature = "diagnostics")]
    pub(crate) fn written(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// The path as text; empty for the whole.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Places order like their texts.
impl Borrow<str> for Place {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A borrowed path, built while a policy is traversed; becomes a [`Place`] only where there is a fault.
#[derive(Clone, Copy)]
pub(crate) enum Trail<'a> {
    Whole,
    Field(&'a Trail<'a>, &'a str),
    Item(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    pub(crate) fn field<'s>(&'s self, name: &'s str) -> Trail<'s> {
        Trail::Field(self, name)
    }

    pub(crate) fn item(&self, index: usize) -> Trail<'_> {
        Trail::Item(self, index)
    }

    pub(crate) fn place(&self) -> Place {
        match self {
            Self::Whole => Place::whole(),
            Self::Field(parent, name) => parent.place().field(name),
            Self::Item(parent, index) => parent.place().item(*index),
        }
    }
}

/// A fault and its place in the policy.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Placed<F> {
    /// Where it is.
    pub place: Place,
    /// What is wrong there, and the remedy.
    pub fault: F,
}

impl<F> Placed<F> {
    /// A fault at a place.
    pub(crate) fn new(place: Place, fault: F) -> Self {
        Self { place, fault }
    }

    /// The fault of a part of something, placed in that whole: what has the place `expect` in an example has
    /// `examples[3].expect` in a policy whose fourth example it is.
    #[must_use]
    pub fn under(self, part: &Place) -> Self {
        Self {
            place: self.place.under(part),
            fault: self.fault,
        }
    }
}

impl<F: fmt::Display> fmt::Display for Placed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.as_str().is_empty() {
            self.fault.fmt(f)
        } else {
            write!(f, "{}: {}", self.place, self.fault)
        }
    }
}

/// Messages list at most this many faults; the error value holds all of them.
const MOST_SHOWN: usize = 200;

/// Writes a headline (`whole` has 3 problems) and one line per fault.
pub(crate) fn write_faults<F: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    whole: &str,
    faults: &[F],
) -> fmt::Result {
    let plural = if faults.len() == 1 {
        "problem"
    } else {
        "problems"
    };
    write!(f, "{whole} has {} {plural}:", faults.len())?;
    faults
        .iter()
        .take(MOST_SHOWN)
        .try_for_each(|fault| write!(f, "\n  {fault}"))?;
    match faults.len().saturating_sub(MOST_SHOWN) {
        0 => Ok(()),
        more => write!(f, "\n  … and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_as_json_paths() {
        let rule = Place::whole().field("rules").item(3);
        assert_eq!(
            rule.field("when").field("all").item(0).as_str(),
            "rules[3].when.all[0]"
        );
        assert_eq!(rule.field("a b").as_str(), r#"rules[3]["a b"]"#);
        let alias = Place::whole().field("aliases").field("上海").item(1);
        assert_eq!(alias.under(&rule).as_str(), "rules[3].aliases.上海[1]");
        assert_eq!(Place::whole().under(&rule), rule);
        assert_eq!(Place::whole().item(1).under(&rule).as_str(), "rules[3][1]");
    }
}
