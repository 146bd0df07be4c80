//! The boolean filter of an entry, its "filter logic": `1 AND (2 OR NOT 3)`.

use super::cursor::{Cursor, SyntaxError};
use super::expression::Expression;

/// Reads filter logic over the numbers of criteria, from 1. `NOT` binds before `AND`, and `AND`
/// before `OR`; the words are case-insensitive. Linear in the text.
pub(in crate::salesforce) fn read(text: &str) -> Result<Expression<usize>, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let logic = disjunction(&mut cursor)?;
    if cursor.rest().is_empty() {
        Ok(logic)
    } else {
        Err(cursor.unexpected("`AND`, `OR` or the end"))
    }
}

fn disjunction(cursor: &mut Cursor<'_>) -> Result<Expression<usize>, SyntaxError> {
    let mut parts = vec![conjunction(cursor)?];
    while cursor.take_word("OR") {
        parts.push(conjunction(cursor)?);
    }
    Ok(combined(parts, Expression::Any))
}

fn conjunction(cursor: &mut Cursor<'_>) -> Result<Expression<usize>, SyntaxError> {
    let mut parts = vec![part(cursor)?];
    while cursor.take_word("AND") {
        parts.push(part(cursor)?);
    }
    Ok(combined(parts, Expression::All))
}

fn part(cursor: &mut Cursor<'_>) -> Result<Expression<usize>, SyntaxError> {
    if cursor.take_word("NOT") {
        return Ok(Expression::Not(Box::new(cursor.deeper(part)?)));
    }
    if cursor.take("(") {
        let inner = cursor.deeper(disjunction)?;
        return if cursor.take(")") {
            Ok(inner)
        } else {
            Err(cursor.unexpected("`)`"))
        };
    }
    let number = cursor.take_while(|character| character.is_ascii_digit());
    let number = number.parse().ok().filter(|&number| number > 0);
    number
        .map(Expression::Test)
        .ok_or_else(|| cursor.unexpected("the number of a criterion, `NOT` or `(`"))
}

fn combined(
    mut parts: Vec<Expression<usize>>,
    many: fn(Vec<Expression<usize>>) -> Expression<usize>,
) -> Expression<usize> {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            many(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Expression::{All, Any, Not, Test};
    use super::*;

    fn not(part: Expression<usize>) -> Expression<usize> {
        Not(Box::new(part))
    }

    #[test]
    fn any_filter_logic_is_read() {
        for (text, expected) in [
            ("1", Test(1)),
            (" 1 and 2 ", All(vec![Test(1), Test(2)])),
            (
                "1 AND (2 OR NOT 3)",
                All(vec![Test(1), Any(vec![Test(2), not(Test(3))])]),
            ),
            (
                "1 OR 2 AND 3",
                Any(vec![Test(1), All(vec![Test(2), Test(3)])]),
            ),
            (
                "((1 OR 2)AND 12)",
                All(vec![Any(vec![Test(1), Test(2)]), Test(12)]),
            ),
            ("NOT(1 OR 2)", not(Any(vec![Test(1), Test(2)]))),
            ("not not 1 AND 2", All(vec![not(not(Test(1))), Test(2)])),
            ("(1)AND(2)", All(vec![Test(1), Test(2)])),
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn invalid_filter_logic_is_refused() {
        for (text, character) in [
            ("", 1),
            ("0", 2),
            ("1 2", 3),
            ("1 AND", 6),
            ("(1", 3),
            ("1)", 2),
            ("1 XOR 2", 3),
            ("99999999999999999999999", 24),
        ] {
            let Err(SyntaxError::At {
                character: found, ..
            }) = read(text)
            else {
                panic!("{text:?} was read");
            };
            assert_eq!(found, character, "{text:?}");
        }
        assert_eq!(read(&"(".repeat(1_000_000)), Err(SyntaxError::TooDeep));
        assert_eq!(read(&"NOT ".repeat(1_000_000)), Err(SyntaxError::TooDeep));
    }
}
