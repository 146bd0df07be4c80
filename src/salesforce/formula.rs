//! Formulas that combine plain comparisons with and, or, not.
//!
//! The functions `ISPICKVAL`, `ISBLANK`, `CONTAINS`, `BEGINS` and `INCLUDES` are described in
//! Salesforce Help. Anything else is kept as a part that the report names.

use super::criterion::{Criterion, Operation, Origin};
use super::logic::cursor::Cursor;
use super::logic::{Expression, SyntaxError};
use super::remark::Remark;

/// A comparison, or why a policy cannot express it.
pub(in crate::salesforce) type FormulaComparison = Result<Criterion, Remark>;

/// Reads a formula. Linear in the text.
pub(in crate::salesforce) fn read(
    text: &str,
) -> Result<Expression<FormulaComparison>, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let formula = disjunction(&mut cursor)?;
    skip_comments(&mut cursor);
    if cursor.rest().is_empty() {
        Ok(formula.logic())
    } else {
        Err(cursor.unexpected("an operator or the end"))
    }
}

/// An operand of an operator or argument of a function.
enum Operand {
    Field(String),
    Text(String),
    Number(String),
    Flag(bool),
    Expression(Expression<FormulaComparison>),
    Other(String),
}

fn other(part: impl Into<String>) -> Expression<FormulaComparison> {
    Expression::Test(Err(Remark::FormulaPart { part: part.into() }))
}

fn criterion(
    field: String,
    operation: Operation,
    value: impl Into<String>,
    origin: Origin,
) -> Expression<FormulaComparison> {
    let value = value.into();
    // Policies ignore surrounding white space, formulas do not.
    if value.trim() != value {
        return other(format!("white space around the text `{value}`"));
    }
    let values = vec![value];
    Expression::Test(Ok(Criterion {
        field,
        operation,
        values,
        origin,
    }))
}

impl Operand {
    /// The operand used as a truth value.
    fn logic(self) -> Expression<FormulaComparison> {
        match self {
            Self::Expression(logic) => logic,
            Self::Flag(true) => Expression::All(Vec::new()),
            Self::Flag(false) => Expression::Any(Vec::new()),
            Self::Field(field) => criterion(field, Operation::Equals, "True", Origin::Formula),
            Self::Text(text) => other(format!("the text `{text}`")),
            Self::Number(number) => other(format!("the number `{number}`")),
            Self::Other(part) => other(part),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Field(field) => format!("`{field}`"),
            Self::Text(text) => format!("the text `{text}`"),
            Self::Number(number) => format!("the number `{number}`"),
            Self::Flag(flag) => format!("`{flag}`"),
            Self::Expression(_) => "a comparison used as a value".to_owned(),
            Self::Other(part) => part.clone(),
        }
    }
}

fn disjunction(cursor: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    joined(cursor, "||", conjunction, Expression::Any)
}

fn conjunction(cursor: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    joined(cursor, "&&", comparison, Expression::All)
}

fn joined(
    cursor: &mut Cursor<'_>,
    operator: &str,
    part: fn(&mut Cursor<'_>) -> Result<Operand, SyntaxError>,
    many: fn(Vec<Expression<FormulaComparison>>) -> Expression<FormulaComparison>,
) -> Result<Operand, SyntaxError> {
    let first = part(cursor)?;
    skip_comments(cursor);
    if !cursor.rest().starts_with(operator) {
        return Ok(first);
    }
    let mut parts = vec![first.logic()];
    while cursor.take(operator) {
        parts.push(part(cursor)?.logic());
        skip_comments(cursor);
    }
    Ok(Operand::Expression(many(parts)))
}

/// The comparison operators, each with its mirror image. Longer ones come before their prefixes.
const COMPARISONS: [(&str, Operation, Operation); 8] = [
    ("==", Operation::Equals, Operation::Equals),
    ("<>", Operation::NotEqual, Operation::NotEqual),
    ("!=", Operation::NotEqual, Operation::NotEqual),
    ("<=", Operation::LessOrEqual, Operation::GreaterOrEqual),
    (">=", Operation::GreaterOrEqual, Operation::LessOrEqual),
    ("=", Operation::Equals, Operation::Equals),
    ("<", Operation::LessThan, Operation::GreaterThan),
    (">", Operation::GreaterThan, Operation::LessThan),
];

fn comparison(cursor: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    let left = sum(cursor)?;
    skip_comments(cursor);
    let Some((_, operation, turned)) = COMPARISONS.into_iter().find(|(sign, ..)| cursor.take(sign))
    else {
        return Ok(left);
    };
    let right = sum(cursor)?;
    Ok(Operand::Expression(compared(
        left, operation, turned, right,
    )))
}

fn compared(
    left: Operand,
    operation: Operation,
    turned: Operation,
    right: Operand,
) -> Expression<FormulaComparison> {
    let (field, operation, value) = match (left, right) {
        (Operand::Field(field), value) if !matches!(value, Operand::Field(_)) => {
            (field, operation, value)
        }
        (value, Operand::Field(field)) => match value {
            Operand::Field(left) => {
                return Expression::Test(Err(Remark::OtherField {
                    field: format!("{left}` or `{field}"),
                }));
            }
            value => (field, turned, value),
        },
        (Operand::Other(part), _) | (_, Operand::Other(part)) => return other(part),
        (left, _) => return other(left.words()),
    };
    match value {
        Operand::Text(text) if operation.is_equality() => {
            criterion(field, operation, text, Origin::TextFormula)
        }
        Operand::Text(_) => other("the order of texts"),
        Operand::Number(number) => criterion(field, operation, number, Origin::NumberFormula),
        Operand::Flag(flag) if operation.is_equality() => {
            let flag = if flag { "True" } else { "False" };
            criterion(field, operation, flag, Origin::Formula)
        }
        value => other(value.words()),
    }
}

/// One operand. Arithmetic and concatenation become a part that the report names.
fn sum(cursor: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    let mut operand = operand(cursor)?;
    loop {
        skip_comments(cursor);
        let reckons = cursor.rest().starts_with(['+', '-', '*', '/', '^'])
            || cursor.rest().starts_with('&') && !cursor.rest().starts_with("&&");
        if !reckons {
            return Ok(operand);
        }
        let sign = cursor.take_any().unwrap_or_default();
        self::operand(cursor)?;
        operand = Operand::Other(format!("`{sign}`"));
    }
}

fn operand(cursor: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    skip_comments(cursor);
    if cursor.take("(") {
        let inner = cursor.deeper(disjunction)?;
        return close(cursor).map(|()| inner);
    }
    if cursor.take("!") {
        let part = cursor.deeper(operand)?.logic();
        return Ok(Operand::Expression(Expression::Not(Box::new(part))));
    }
    if let Some(quote) = cursor
        .rest()
        .chars()
        .next()
        .filter(|it| "'\"".contains(*it))
    {
        cursor.take_any();
        return text(cursor, quote).map(Operand::Text);
    }
    let sign = if cursor.take("-") { "-" } else { "" };
    let number = cursor.take_while(|it| it.is_ascii_digit() || it == '.');
    if !number.is_empty() {
        return Ok(Operand::Number(format!("{sign}{number}")));
    }
    let name = cursor.take_while(|it| it.is_alphanumeric() || "_.$:".contains(it));
    if name.is_empty() || !sign.is_empty() {
        return Err(cursor.unexpected("a field, a value or a function"));
    }
    if cursor.take("(") {
        return cursor.deeper(|cursor| function(cursor, name));
    }
    Ok(match name.to_ascii_uppercase().as_str() {
        "TRUE" => Operand::Flag(true),
        "FALSE" => Operand::Flag(false),
        "NULL" => Operand::Text(String::new()),
        _ if name.starts_with('$') => Operand::Other(format!("`{name}`")),
        _ => Operand::Field(name.to_owned()),
    })
}

/// The text up to the closing quote. A backslash escapes the next character.
fn text(cursor: &mut Cursor<'_>, quote: char) -> Result<String, SyntaxError> {
    let mut text = String::new();
    loop {
        match cursor.take_any() {
            Some('\\') => text.extend(cursor.take_any()),
            Some(character) if character == quote => return Ok(text),
            Some(character) => text.push(character),
            None => return Err(cursor.unexpected("the closing quote")),
        }
    }
}

fn function(cursor: &mut Cursor<'_>, name: &str) -> Result<Operand, SyntaxError> {
    let mut arguments = Vec::new();
    skip_comments(cursor);
    if !cursor.take(")") {
        arguments.push(disjunction(cursor)?);
        while {
            skip_comments(cursor);
            cursor.take(",")
        } {
            arguments.push(disjunction(cursor)?);
        }
        close(cursor)?;
    }
    let name = name.to_ascii_uppercase();
    let logics = |arguments: Vec<Operand>| arguments.into_iter().map(Operand::logic).collect();
    match name.as_str() {
        "AND" => return Ok(Operand::Expression(Expression::All(logics(arguments)))),
        "OR" => return Ok(Operand::Expression(Expression::Any(logics(arguments)))),
        _ => {}
    }
    let mut arguments = arguments.into_iter();
    let logic = match (
        name.as_str(),
        arguments.next(),
        arguments.next(),
        arguments.next(),
    ) {
        ("NOT", Some(part), None, None) => Expression::Not(Box::new(part.logic())),
        ("TEXT", Some(Operand::Field(field)), None, None) => return Ok(Operand::Field(field)),
        ("ISBLANK", Some(Operand::Field(field)), None, None) => {
            criterion(field, Operation::Equals, "", Origin::Formula)
        }
        ("ISPICKVAL", Some(Operand::Field(field)), Some(Operand::Text(value)), None) => {
            criterion(field, Operation::Equals, value, Origin::PicklistFormula)
        }
        ("CONTAINS", Some(Operand::Field(field)), Some(Operand::Text(value)), None) => {
            criterion(field, Operation::Contains, value, Origin::TextFormula)
        }
        ("BEGINS", Some(Operand::Field(field)), Some(Operand::Text(value)), None) => {
            criterion(field, Operation::StartsWith, value, Origin::TextFormula)
        }
        ("INCLUDES", Some(Operand::Field(field)), Some(Operand::Text(value)), None) => {
            criterion(field, Operation::Includes, value, Origin::PicklistFormula)
        }
        _ => return Ok(Operand::Other(format!("`{name}`"))),
    };
    Ok(Operand::Expression(logic))
}

fn close(cursor: &mut Cursor<'_>) -> Result<(), SyntaxError> {
    skip_comments(cursor);
    if cursor.take(")") {
        Ok(())
    } else {
        Err(cursor.unexpected("`)`"))
    }
}

/// Skips comments, `/* … */`.
fn skip_comments(cursor: &mut Cursor<'_>) {
    while cursor.take("/*") {
        while !cursor.take("*/") && cursor.take_any().is_some() {}
    }
}
