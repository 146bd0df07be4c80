//! Maps parts of a YAML scalar's value to its source text.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// A character of the value, and the bytes that write it.
type Unit = (char, Range<usize>);

/// Where a part of the value is in the scalar as written, in any style: plain, single-quoted,
/// double-quoted or block. `None` if the text does not produce the value. Linear in both.
pub(super) fn part(written: &str, value: &str, part: &Range<usize>) -> Option<Range<usize>> {
    // Quoted styles only apply if the text itself is not the value.
    aligned(Plain::new(written), value, part)
        .or_else(|| aligned(SingleQuoted::new(written)?, value, part))
        .or_else(|| aligned(Double::new(written)?, value, part))
}

/// Aligns the characters of both. White space may differ, because of folding and indentation.
fn aligned(
    written: impl Iterator<Item = Option<Unit>>,
    value: &str,
    part: &Range<usize>,
) -> Option<Range<usize>> {
    let mut written = written.peekable();
    let (mut start, mut end) = (None, None);
    let mut last_end = None;
    for (at, character) in value.char_indices() {
        let span = if is_blank(character) {
            // White space is paired one by one while both have some; any that is left over writes
            // nothing.
            match written.peek() {
                Some(Some((found, _))) if is_blank(*found) => written.next().flatten()?.1,
                _ => last_end.map_or(0..0, |end| end..end),
            }
        } else {
            skip_blanks(&mut written);
            let (found, span) = written.next().flatten()?;
            if found != character {
                return None;
            }
            span
        };
        if start.is_none() && at >= part.start {
            start = Some(span.start);
        }
        if at < part.end || (part.is_empty() && at < part.start) {
            end = Some(span.end);
        }
        last_end = Some(span.end);
    }
    skip_blanks(&mut written);
    // Something is left over, or is not a valid escape.
    if written.next().is_some() {
        return None;
    }
    if part.is_empty() {
        let at = end.or(start).unwrap_or(0);
        return Some(at..at);
    }
    let (start, end) = (start?, end?);
    (start <= end).then_some(start..end)
}

fn skip_blanks(written: &mut Peekable<impl Iterator<Item = Option<Unit>>>) {
    while let Some(Some((character, _))) = written.peek()
        && is_blank(*character)
    {
        written.next();
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Plain style, or the lines of a block.
struct Plain<'t>(CharIndices<'t>);

impl<'t> Plain<'t> {
    fn new(written: &'t str) -> Self {
        Self(written.char_indices())
    }
}

impl Iterator for Plain<'_> {
    type Item = Option<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        let (at, character) = self.0.next()?;
        Some(Some((character, at..at + character.len_utf8())))
    }
}

/// Single-quoted style, in which `''` is a quote.
struct SingleQuoted<'t>(CharIndices<'t>);

/// The text between two quotes (of one byte each); positions count from after the first.
fn inside(written: &str, quote: char) -> Option<CharIndices<'_>> {
    let inside = written
        .trim_end()
        .strip_prefix(quote)?
        .strip_suffix(quote)?;
    Some(inside.char_indices())
}

impl<'t> SingleQuoted<'t> {
    fn new(written: &'t str) -> Option<Self> {
        inside(written, '\'').map(Self)
    }
}

impl Iterator for SingleQuoted<'_> {
    type Item = Option<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        let (at, character) = self.0.next()?;
        let start = at + 1;
        let mut end = start + character.len_utf8();
        if character == '\'' {
            match self.0.next() {
                Some((_, '\'')) => end += 1,
                _ => return Some(None),
            }
        }
        Some(Some((character, start..end)))
    }
}

/// Between double quotes, with escapes.
struct Double<'t>(CharIndices<'t>);

impl<'t> Double<'t> {
    fn new(written: &'t str) -> Option<Self> {
        inside(written, '"').map(Self)
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let rest = self.0.as_str();
        let code = u32::from_str_radix(rest.get(..digits)?, 16).ok()?;
        self.0 = {
            let mut further = self.0.clone();
            further.nth(digits.checked_sub(1)?)?;
            further
        };
        Some(code)
    }

    /// The character written by a backslash and this sign.
    fn escaped(&mut self, sign: char) -> Option<char> {
        Some(match sign {
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            't' | '\t' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            ' ' | '"' | '/' | '\\' => sign,
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' => {
                let code = self.hexadecimal(4)?;
                if let 0xd800..0xdc00 = code {
                    // JSON writes characters beyond the basic plane as two surrogates.
                    let (_, '\\') = self.0.next()? else {
                        return None;
                    };
                    let (_, 'u') = self.0.next()? else {
                        return None;
                    };
                    let low = self.hexadecimal(4)?.checked_sub(0xdc00)?;
                    char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + low)?
                } else {
                    char::from_u32(code)?
                }
            }
            'U' => char::from_u32(self.hexadecimal(8)?)?,
            _ => return None,
        })
    }
}

impl Iterator for Double<'_> {
    type Item = Option<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (at, character) = self.0.next()?;
            let start = at + 1;
            if character != '\\' {
                return Some(Some((character, start..start + character.len_utf8())));
            }
            match self.0.next() {
                // An escaped line break writes nothing.
                Some((_, '\n' | '\r')) => {}
                Some((_, sign)) => {
                    let character = self.escaped(sign);
                    let end = self.0.offset() + 1;
                    return Some(character.map(|character| (character, start..end)));
                }
                None => return Some(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_of_scalars() {
        for (written, value, wanted, found) in [
            ("region in cn", "region in cn", "cn", "cn"),
            ("region\n      in\n\n   cn  \n", "region in\ncn", "cn", "cn"),
            ("'it''s in cn'", "it's in cn", "cn", "cn"),
            ("'it''s in cn'", "it's in cn", "'s", "''s"),
            (r#""a\"b\u4e0a c""#, "a\"b上 c", "上", r"\u4e0a"),
            (r#""\ud83d\ude00 c""#, "😀 c", "c", "c"),
            (r#""\ud83d\ude00 c""#, "😀 c", "😀", r"\ud83d\ude00"),
            ("\"a\\n  b\\\n   \\ c\"", "a\n  b c", "c", "c"),
            ("'a b' = c\n", "'a b' = c\n", "c", "c"),
            ("\"a b\" = c\n", "\"a b\" = c\n", "a b", "a b"),
            ("  a\n    b\n", "a\n  b\n", "b", "b"),
            ("'a'", "'a'", "a", "a"),
        ] {
            let start = value.find(wanted).unwrap();
            let span = part(written, value, &(start..start + wanted.len())).unwrap();
            assert_eq!(&written[span], found, "{written}");
        }
        assert_eq!(part("*alias", "region in cn", &(0..6)), None);
        assert_eq!(part("region in cn more", "region in cn", &(0..6)), None);
        assert_eq!(part("a b", "a b", &(3..3)), Some(3..3));
        assert_eq!(part("\"a b\"", "a b", &(3..3)), Some(4..4));
    }

    proptest! {
        #[test]
        fn any_text_is_safe(written in ".{0,12}", value in ".{0,12}", start in 0_usize..14, length in 0_usize..14) {
            if let Some(found) = part(&written, &value, &(start..start + length)) {
                prop_assert!(found.start <= found.end && found.end <= written.len());
            }
        }
    }
}
