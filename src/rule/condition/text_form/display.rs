//! Writes conditions as text. Equal conditions have equal texts.

use std::fmt;

use super::reserved_words::is_plain;
use crate::dimension::{Dimension, Number};
use crate::rule::condition::comparison::Comparison;
use crate::rule::condition::condition::{Condition, Shape};
use crate::rule::condition::predicate::{Predicate, Test};
use crate::rule::condition::subject::Subject;

/// Writes the text form on one line, with as few parentheses as possible. Parsing it gives an equal
/// condition, unless the condition is nested too deeply or comes from a text that could not be parsed;
/// a policy refuses both.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_condition(f, self, Binding::Or)
    }
}

/// How strongly the surroundings of a condition bind, in ascending order.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Binding {
    Or,
    And,
    Not,
}

pub(super) fn write_condition(
    f: &mut fmt::Formatter<'_>,
    condition: &Condition,
    place: Binding,
) -> fmt::Result {
    match condition.shape() {
        Shape::All { parts, .. } if parts.is_empty() => f.write_str("always"),
        Shape::Any { parts, .. } if parts.is_empty() => f.write_str("never"),
        Shape::All { parts, .. } => write_parts(f, parts, " and ", Binding::And, place),
        Shape::Any { parts, .. } => write_parts(f, parts, " or ", Binding::Or, place),
        Shape::Not { part, .. } => match part.shape() {
            Shape::Test(test) if has_negative(&test.predicate) => write_test(f, test, true),
            _ => {
                f.write_str("not ")?;
                write_condition(f, part, Binding::Not)
            }
        },
        Shape::Test(test) => write_test(f, test, false),
        Shape::TooDeep => f.write_str("(nested too deep)"),
        Shape::Unread(unread) => f.write_str(&unread.text),
    }
}

fn write_parts(
    f: &mut fmt::Formatter<'_>,
    parts: &[Condition],
    between: &str,
    binding: Binding,
    place: Binding,
) -> fmt::Result {
    let parentheses = binding < place;
    if parentheses {
        f.write_str("(")?;
    }
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        write_condition(f, part, binding)?;
    }
    if parentheses {
        f.write_str(")")?;
    }
    Ok(())
}

/// Whether the negated test has an operator of its own, such as `!=` or `not in`.
fn has_negative(predicate: &Predicate) -> bool {
    matches!(
        predicate,
        Predicate::Within(_)
            | Predicate::Is(_)
            | Predicate::Band(_)
            | Predicate::Flag(_)
            | Predicate::Number(Comparison::Is(_))
            | Predicate::Date(Comparison::Is(_))
    )
}

fn write_test(f: &mut fmt::Formatter<'_>, test: &Test, negated: bool) -> fmt::Result {
    let (is, is_in) = if negated {
        ("!=", "not in")
    } else {
        ("=", "in")
    };
    let exact_nodes = matches!(&test.subject, Subject::Dimension(it) if it.has_levels());
    match &test.subject {
        Subject::Dimension(dimension) => f.write_str(dimension.as_str())?,
        // A name in quotes is an attribute, even if a dimension has this name.
        Subject::Attribute(attribute) if Dimension::from_name(attribute.as_str()).is_some() => {
            quoted(attribute.as_str(), f)?;
        }
        Subject::Attribute(attribute) => name(attribute, f)?,
    }
    f.write_str(" ")?;
    match &test.predicate {
        Predicate::Missing => f.write_str("is missing"),
        Predicate::Unlisted => f.write_str("is unlisted"),
        Predicate::Within(values) | Predicate::Band(values) => write_list(f, is_in, values, name),
        // In a taxonomy `in` includes everything below, so exact nodes are listed after `=`.
        Predicate::Is(values) if exact_nodes || values.len() == 1 => {
            write_list(f, is, values, name)
        }
        Predicate::Is(values) => write_many(f, is_in, values, name),
        Predicate::Stage(comparison) => write_comparison(f, comparison, negated, name),
        Predicate::Number(comparison) => write_comparison(f, comparison, negated, number),
        Predicate::Date(comparison) => {
            write_comparison(f, comparison, negated, |date, f| write!(f, "{date}"))
        }
        Predicate::Flag(flag) => write!(f, "{is} {flag}"),
        Predicate::Contains(values) => write_list(f, "contains", values, name),
        Predicate::StartsWith(values) => write_list(f, "starts with", values, name),
        Predicate::EndsWith(values) => write_list(f, "ends with", values, name),
        Predicate::ContainsAny(values) => write_many(f, "contains any of", values, name),
        Predicate::ContainsAll(values) => write_many(f, "contains all of", values, name),
    }
}

fn write_comparison<T>(
    f: &mut fmt::Formatter<'_>,
    comparison: &Comparison<T>,
    negated: bool,
    value: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result + Copy,
) -> fmt::Result {
    let (sign, bound) = match comparison {
        Comparison::Is(values) if values.len() == 1 => {
            return write_list(f, if negated { "!=" } else { "=" }, values, value);
        }
        Comparison::Is(values) => {
            return write_many(f, if negated { "not in" } else { "in" }, values, value);
        }
        Comparison::Between(from, to) => {
            f.write_str("between ")?;
            value(from, f)?;
            f.write_str(" and ")?;
            return value(to, f);
        }
        Comparison::LessThan(bound) => ("<", bound),
        Comparison::AtMost(bound) => ("<=", bound),
        Comparison::AtLeast(bound) => (">=", bound),
        Comparison::MoreThan(bound) => (">", bound),
    };
    write!(f, "{sign} ")?;
    value(bound, f)
}

/// One value without parentheses, several with.
fn write_list<T>(
    f: &mut fmt::Formatter<'_>,
    word: &str,
    values: &[T],
    value: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result + Copy,
) -> fmt::Result {
    match values {
        [only] => {
            write!(f, "{word} ")?;
            value(only, f)
        }
        values => write_many(f, word, values, value),
    }
}

fn write_many<T>(
    f: &mut fmt::Formatter<'_>,
    word: &str,
    values: &[T],
    value: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{word} (")?;
    for (index, one) in values.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        value(one, f)?;
    }
    f.write_str(")")
}

/// A number, with an exponent if it would otherwise have many zeros.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature of the functions for other values"
)]
fn number(number: &Number, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let number = number.get();
    if number == 0.0 || (1e-7..1e21).contains(&number.abs()) {
        write!(f, "{number}")
    } else {
        write!(f, "{number:e}")
    }
}

/// A name, in quotes only if it could be misread without.
fn name(name: &impl AsRef<str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = name.as_ref();
    if is_plain(name) {
        f.write_str(name)
    } else {
        quoted(name, f)
    }
}

/// A text in single quotes, which JSON does not escape; invisible characters are written as escapes.
fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "'{}'", text.escape_debug())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::dimension::Number;
    use crate::rule::*;

    #[test]
    fn conditions_as_text() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        for (condition, expected) in [
            (Condition::always(), "always"),
            (region().is("cn"), "region = cn"),
            (region().is_not("cn"), "region != cn"),
            (region().is_any(["cn", "us"]), "region = (cn, us)"),
            (region().within("华东/上海"), "region in 华东/上海"),
            (!region().within_any(["cn", "us"]), "region not in (cn, us)"),
            (
                industry().is_missing() | industry().is_unlisted(),
                "industry is missing or industry is unlisted",
            ),
            (customer_size().in_band("small"), "customer_size in small"),
            (customer_size().is_any([1, 2]), "customer_size in (1, 2)"),
            (
                customer_size().between(10, 49),
                "customer_size between 10 and 49",
            ),
            (
                funnel_stage().is_any(["won", "lost"]),
                "funnel_stage in (won, lost)",
            ),
            (funnel_stage().before("proposal"), "funnel_stage < proposal"),
            (
                text("source").contains("trade fair"),
                "source contains 'trade fair'",
            ),
            (
                text("zip").starts_with_any(["40", "41"]),
                "zip starts with ('40', '41')",
            ),
            (
                number("revenue").more_than(Number::new(1.5).unwrap()),
                "revenue > 1.5",
            ),
            (flag("vip").is_true(), "vip = true"),
            (!flag("vip").is_true(), "vip != true"),
            (
                !tags("tags").contains_all(["a", "b"]),
                "not tags contains all of (a, b)",
            ),
            (
                date("signed").between(day(1), day(31)),
                "signed between 2026-03-01 and 2026-03-31",
            ),
            (date("signed").is_not(day(1)), "signed != 2026-03-01"),
            (
                region().is("a") & (region().is("b") | region().is("c") & region().is("d")),
                "region = a and (region = b or region = c and region = d)",
            ),
            (
                !(region().is("a") & region().is("b")),
                "not (region = a and region = b)",
            ),
        ] {
            assert_eq!(condition.to_string(), expected);
        }
    }
}
