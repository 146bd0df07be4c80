//! A proposal as a mapping file with comments.

use std::fmt::{self, Display};

use leadtree::dimension::AttributeKind;

use super::proposal::{Proposal, ProposedField};
use crate::columns::LeadField;
use crate::value::DecimalMark;

/// Longer values are cut in comments.
const LONGEST: usize = 40;

impl Display for Proposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = grouped(self.rows);
        writeln!(
            f,
            "# Proposed from the first {rows} rows. Check every line, and edit it."
        )?;
        self.head(f)?;
        writeln!(f, "columns:")?;
        for field in &self.fields {
            self.field(f, field)?;
        }
        if !self.missing.is_empty() {
            writeln!(f, "  # No column was found for these fields:")?;
            for field in &self.missing {
                writeln!(f, "  # {}: \"?\"  # {}", scalar(field.name()), kind(field))?;
            }
        }
        if !self.unused.is_empty() {
            writeln!(
                f,
                "\n# Columns that no field uses, each with its first value:"
            )?;
            for column in &self.unused {
                let example = column
                    .example
                    .as_deref()
                    .map_or("(blank)".to_owned(), shortened);
                writeln!(f, "#   {}: {example}", scalar(&column.name))?;
            }
        }
        for name in &self.repeated {
            let name = scalar(name);
            writeln!(
                f,
                "# Several columns are called {name}; rename them to use one."
            )?;
        }
        Ok(())
    }
}

impl Proposal {
    /// How the file is to be read.
    fn head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoding = scalar(&self.encoding.value.to_lowercase());
        if self.encoding.is_stated {
            writeln!(f, "encoding: {encoding}")?;
        } else {
            writeln!(f, "# encoding: {encoding}  # recognised")?;
        }
        if let Some(separator) = self.separator {
            let name = match separator.value {
                '\t' => "tab".to_owned(),
                separator => scalar(&separator.to_string()),
            };
            if separator.is_stated {
                writeln!(f, "separator: {name}")?;
            } else {
                writeln!(f, "# separator: {name}  # recognised")?;
            }
        }
        if let Some(line) = self.header_line {
            writeln!(f, "header_line: {line}  # what stands above it is no lead")?;
        }
        if let Some(key) = &self.list_key {
            let key = scalar(key);
            writeln!(
                f,
                "rows: {key}  # the leads stand in this list of an object around them"
            )?;
        }
        if let Some(mark) = self.decimal {
            writeln!(f, "decimal: {}", decimal(mark))?;
        }
        if let Some(year) = self.two_digit_years {
            let last = year + 99;
            writeln!(
                f,
                "two_digit_years: {year}  # years of two digits are {year} to {last}"
            )?;
        }
        Ok(())
    }

    fn field(&self, f: &mut fmt::Formatter<'_>, field: &ProposedField) -> fmt::Result {
        let name = scalar(field.field.name());
        let Some(first) = field.columns.first() else {
            let told =
                "no column has a different value in every row, so the number of the row is the id";
            return writeln!(f, "  {name}: {{row_number: true}}  # {told}");
        };
        let mut options = match field.columns.as_slice() {
            [_] => vec![format!("column: {}", scalar(first))],
            steps => {
                let steps: Vec<_> = steps.iter().map(|step| scalar(step)).collect();
                vec![format!("path: [{}]", steps.join(", "))]
            }
        };
        match field.dates.as_slice() {
            [] => {}
            formats => options.push(format!("date: {}", dates(formats))),
        }
        if let Some(split) = field.split {
            options.push(format!("split: {}", scalar(split)));
        }
        if field.blank_is_no {
            options.push("if_blank: \"no\"".to_owned());
        }
        if let Some(mark) = field.decimal {
            options.push(format!("decimal: {}", decimal(mark)));
        }
        let source = match options.as_slice() {
            [_] if field.columns.len() == 1 => scalar(first),
            options => format!("{{{}}}", options.join(", ")),
        };
        let told = self.told(field);
        if field.other_dates.is_empty() {
            return writeln!(f, "  {name}: {source}  # {told}");
        }
        writeln!(
            f,
            "  # Day or month first? No day is beyond 12. Keep one of these lines:\n  # {name}: {source}  # {told}"
        )?;
        let other = source.replace(&dates(&field.dates), &dates(&field.other_dates));
        writeln!(f, "  # {name}: {other}")
    }

    /// How much of a field is known.
    fn told(&self, field: &ProposedField) -> String {
        let rows = grouped(self.rows);
        let given = grouped(field.given);
        let mut told = match field.field {
            LeadField::Id => format!("{given} of {rows} rows, all different"),
            _ if field.given == 0 => "blank in all rows".to_owned(),
            _ if is_free(&field.field) => format!("{given} of {rows} rows"),
            _ => {
                let percent = field.known * 100 / field.given;
                format!("{percent} % of {given} known")
            }
        };
        if !field.others.is_empty() {
            let others = field.others.iter();
            let others: Vec<_> = others
                .map(|(text, count)| format!("{} ({})", shortened(text), grouped(*count)))
                .collect();
            told = format!("{told}; not: {}", others.join(", "));
        }
        if field.has_unclear_numbers {
            told += "; is 1,000 a thousand or one? Say it: `decimal: \".\"` or `decimal: \",\"`";
        }
        if field.is_by_values {
            told += "; found by its values alone";
        }
        told
    }
}

/// Whether every text is a value of the field.
fn is_free(field: &LeadField) -> bool {
    match field {
        LeadField::Id | LeadField::Account => true,
        LeadField::Attribute { kind, .. } => {
            matches!(kind, AttributeKind::Text | AttributeKind::Tags)
        }
        _ => false,
    }
}

/// What kind of field it is.
fn kind(field: &LeadField) -> String {
    match field {
        LeadField::Id => "the id of the lead".to_owned(),
        LeadField::Account => "the account that the lead belongs to".to_owned(),
        LeadField::Received => "when the lead came in".to_owned(),
        LeadField::Dimension(_) => "a dimension".to_owned(),
        LeadField::Attribute { kind, .. } => format!("an attribute: {kind}"),
    }
}

fn decimal(mark: DecimalMark) -> &'static str {
    match mark {
        DecimalMark::Point => "\".\"",
        DecimalMark::Comma => "\",\"",
    }
}

fn dates(formats: &[&str]) -> String {
    match formats {
        [format] => scalar(format),
        formats => {
            let formats: Vec<_> = formats.iter().map(|format| scalar(format)).collect();
            format!("[{}]", formats.join(", "))
        }
    }
}

/// A text in YAML: in quotes as JSON has them, which YAML reads alike, unless it is a plain word.
fn scalar(text: &str) -> String {
    let is_word = |text: &str| {
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '/' | '.'))
    };
    let lower = text.to_lowercase();
    let is_other = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&&*lower);
    let is_plain = text.split(' ').all(is_word) && !is_other;
    if is_plain {
        return text.to_owned();
    }
    serde_json::Value::from(text).to_string()
}

/// A value in a comment: on one line, and not too long.
fn shortened(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text
        .chars()
        .map(|it| if it.is_control() { '?' } else { it })
        .collect();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A count with commas between groups of three digits.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        for (text, written) in [
            ("Lead Source", "Lead Source"),
            ("State/Province", "State/Province"),
            ("客户编号", "客户编号"),
            ("utf-8", "\"utf-8\""),
            ("no", "\"no\""),
            ("7", "\"7\""),
            ("a: b", "\"a: b\""),
            ("a  b", "\"a  b\""),
            ("say \"yes\"\n", "\"say \\\"yes\\\"\\n\""),
            ("", "\"\""),
            ("#", "\"#\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    #[test]
    fn values_in_comments_stay_on_their_line() {
        assert_eq!(shortened("a\nb: \u{7}"), "a b: ?");
        assert_eq!(shortened(&"x".repeat(50)).chars().count(), LONGEST + 1);
        assert_eq!([grouped(7), grouped(1_000)], ["7", "1,000"]);
    }
}
