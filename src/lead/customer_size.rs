//! A lead's customer size: a head count, or a text such as `51-200` and how it is read.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

use crate::dimension::{Bands, Resolved, Via};
use crate::text::trimmed;

/// The customer's head count, or a text that states it: `1,200`, `51-200`, `1000+`, `small`.
///
/// Texts are kept as given and read when the lead meets a policy; see [`resolve`](Self::resolve).
///
/// ```
/// use leadtree::lead::CustomerSize;
///
/// assert_eq!(serde_json::from_str::<CustomerSize>("250")?, CustomerSize::from(250));
/// assert_eq!(serde_json::from_str::<CustomerSize>("\"51-200\"")?, CustomerSize::from("51-200"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CustomerSize<'a> {
    /// A head count.
    HeadCount(u32),
    /// A text, read when the lead meets a policy.
    Text(Cow<'a, str>),
}

impl CustomerSize<'_> {
    /// The head count, read with a policy's bands.
    ///
    /// | given | head count |
    /// |---|---|
    /// | a number: `250`, `1,200`, `250.0` | that number |
    /// | a range: `51-200`, `51 to 200`, `10..=49` | the lower end |
    /// | an open range: `1000+`, `1000..` | the lower end |
    /// | the name of a band | the lower end of the band |
    /// | nothing but white space and invisible characters | missing |
    /// | anything else, reversed ranges included | unlisted |
    ///
    /// Linear in the length of the text.
    ///
    /// ```
    /// use leadtree::dimension::{BandsDraft, Listed, Via};
    /// use leadtree::lead::CustomerSize;
    ///
    /// let bands = BandsDraft::default().band("large", 1000..=u32::MAX).build()?;
    /// let resolve = |given| CustomerSize::from(given).resolve(&bands);
    /// for (given, head_count) in [("51-200", 51), ("large", 1000), ("1,200 – 5,000", 1200), ("10+", 10)] {
    ///     let size = resolve(given);
    ///     assert_eq!((size.value, size.via), (Listed::Known(head_count), Via::LowerEnd), "{given}");
    /// }
    /// assert_eq!(resolve("1,200").value, Listed::Known(1200));
    /// assert_eq!(resolve("many").value, Listed::Unlisted);
    /// assert_eq!(resolve("  ").value, Listed::Missing);
    /// # Ok::<(), leadtree::dimension::DimensionErrors>(())
    /// ```
    pub fn resolve(&self, bands: &Bands) -> Resolved<u32> {
        let text = match self {
            Self::HeadCount(head_count) => return Resolved::known(*head_count, Via::Itself),
            Self::Text(text) => trimmed(text),
        };
        if text.is_empty() {
            return Resolved::missing();
        }
        if let Some(head_count) = parse_head_count(text) {
            return Resolved::known(head_count, Via::Itself);
        }
        let band = bands.range(text);
        let lower = band
            .map(|range| *range.start())
            .or_else(|| parse_range(text));
        match lower {
            Some(head_count) => Resolved::known(head_count, Via::LowerEnd),
            None => Resolved::unlisted(),
        }
    }

    /// Copies a borrowed text, so that the value borrows nothing.
    pub fn into_owned(self) -> CustomerSize<'static> {
        match self {
            Self::HeadCount(head_count) => CustomerSize::HeadCount(head_count),
            Self::Text(text) => CustomerSize::Text(Cow::Owned(text.into_owned())),
        }
    }
}

/// A whole number: digits, in groups of three if separated by commas, spaces or underscores. Up to two
/// zeros may follow a decimal point, as spreadsheets write them.
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

impl fmt::Debug for CustomerSize<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadCount(head_count) => write!(f, "{head_count}"),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}

impl fmt::Display for CustomerSize<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadCount(head_count) => write!(f, "{head_count}"),
            Self::Text(text) => f.pad(text),
        }
    }
}

impl From<u32> for CustomerSize<'_> {
    fn from(head_count: u32) -> Self {
        Self::HeadCount(head_count)
    }
}

impl<'a> From<&'a str> for CustomerSize<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for CustomerSize<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for CustomerSize<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for CustomerSize<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl Serialize for CustomerSize<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::HeadCount(head_count) => serializer.serialize_u32(*head_count),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for CustomerSize<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SizeVisitor;

        impl Visitor<'_> for SizeVisitor {
            type Value = CustomerSize<'static>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a head count or a text")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                // A number out of range is kept as text, and will be unlisted.
                Ok(u32::try_from(number).map_or_else(
                    |_| CustomerSize::from(number.to_string()),
                    CustomerSize::HeadCount,
                ))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(u32::try_from(number).map_or_else(
                    |_| CustomerSize::from(number.to_string()),
                    CustomerSize::HeadCount,
                ))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                Ok(CustomerSize::from(number.to_string()))
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(CustomerSize::from(flag.to_string()))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(CustomerSize::from(text.to_owned()))
            }
        }

        deserializer.deserialize_any(SizeVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dimension::{BandsDraft, Listed};

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
            let size = CustomerSize::from(given).resolve(&bands);
            assert_eq!(size.value, expected, "{given}");
        }
    }
}
