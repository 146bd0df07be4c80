//! Conditions written over several lines, for files that people read and compare.

use super::display::{Binding, write_condition};
use crate::rule::condition::condition::{Condition, Shape};

/// The width of a line, in characters, that is not exceeded where possible.
const WIDTH: usize = 80;
const INDENT: &str = "  ";

impl Condition {
    /// The text form, over several lines if one would be longer than 80 characters. Each part of an `and` or
    /// `or` then has its own line, so that a change of one part changes one line. Parsing the text gives an
    /// equal condition.
    ///
    /// ```
    /// use leadtree::rule::{customer_size, industry, region};
    ///
    /// let cities = region().within_any(["cn/east/shanghai", "cn/east/jiangsu", "cn/east/zhejiang"]);
    /// let condition = cities & (industry().within("energy") | customer_size().at_least(1000));
    /// assert_eq!(
    ///     condition.laid_out(),
    ///     "\
    /// region in (cn/east/shanghai, cn/east/jiangsu, cn/east/zhejiang)
    /// and (industry in energy or customer_size >= 1000)",
    /// );
    /// assert_eq!(condition.laid_out().parse(), Ok(condition));
    /// # Ok::<(), leadtree::rule::ConditionErrors>(())
    /// ```
    pub fn laid_out(&self) -> String {
        let mut lines = LaidOutLines::default();
        lines.condition("", self, Binding::Or, 0);
        lines.0
    }
}

#[derive(Default)]
struct LaidOutLines(String);

impl LaidOutLines {
    /// Adds a condition. `before` is the word that joins it to the part before.
    fn condition(&mut self, before: &str, condition: &Condition, place: Binding, level: usize) {
        let whole = format!("{before}{}", InPlace(condition, place));
        let fits = INDENT.len() * level + whole.chars().count() <= WIDTH;
        let (parts, join, binding) = match condition.shape() {
            _ if fits => return self.line(level, &whole),
            Shape::All { parts, .. } => (parts, "and ", Binding::And),
            Shape::Any { parts, .. } => (parts, "or ", Binding::Or),
            Shape::Not { part, .. } if part.is_combined() => {
                return self.condition(&format!("{before}not "), part, Binding::Not, level);
            }
            _ => return self.long_test(level, &whole),
        };
        if binding >= place {
            let mut before = before;
            for part in parts {
                self.condition(before, part, binding, level);
                before = join;
            }
        } else {
            self.line(level, &format!("{before}("));
            let mut before = "";
            for part in parts {
                self.condition(before, part, binding, level + 1);
                before = join;
            }
            self.line(level, ")");
        }
    }

    /// Adds a test with a long list, wrapped at the values.
    fn long_test(&mut self, level: usize, text: &str) {
        let mut line = String::new();
        let mut level = (level, level + 1);
        for value in words(text) {
            let columns = line.chars().count() + value.trim_end().chars().count();
            if !line.is_empty() && INDENT.len() * level.0 + columns > WIDTH {
                self.line(level.0, line.trim_end());
                line.clear();
                level.0 = level.1;
            }
            line.push_str(value);
        }
        self.line(level.0, &line);
    }

    fn line(&mut self, level: usize, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(&INDENT.repeat(level));
        self.0.push_str(text);
    }
}

/// The text, split after each blank outside of quotes.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let (mut in_quotes, mut escaped) = (false, false);
    text.split_inclusive(move |character| {
        in_quotes ^= character == '\'' && !escaped;
        escaped = character == '\\' && !escaped;
        character == ' ' && !in_quotes
    })
}

/// Writes a condition with the parentheses that its surroundings need.
struct InPlace<'a>(&'a Condition, Binding);

impl std::fmt::Display for InPlace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_condition(f, self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::{customer_size, flag, industry, region, text};

    #[test]
    fn long_conditions_have_one_line_per_part() {
        let cities = (1..=12).map(|number| format!("cn/east/city-{number}"));
        let condition = region().within_any(cities)
            & (industry().within_any(["manufacturing", "energy", "logistics"])
                | customer_size().at_least(1000) & flag("vip").is_true()
                | text("company").contains_any(["a, b", "it's, so", "long enough for a line"]))
            & !(flag("vip").is_true()
                | text("source").is("somewhere rather far away from here, it seems")
                | flag("no_call").is_true());
        let laid_out = condition.laid_out();
        insta::assert_snapshot!(laid_out, @r"
        region in (cn/east/city-1, cn/east/city-2, cn/east/city-3, cn/east/city-4,
          cn/east/city-5, cn/east/city-6, cn/east/city-7, cn/east/city-8,
          cn/east/city-9, cn/east/city-10, cn/east/city-11, cn/east/city-12)
        and (
          industry in (manufacturing, energy, logistics)
          or customer_size >= 1000 and vip = true
          or company contains ('a, b', 'it\'s, so', 'long enough for a line')
        )
        and not (
          vip = true
          or source = 'somewhere rather far away from here, it seems'
          or no_call = true
        )
        ");
        assert_eq!(laid_out.parse(), Ok(condition));
    }
}
