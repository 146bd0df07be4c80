//! Every example in the guide's chapter on conditions as text is correct.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use leadtree::rule::Condition;

const CHAPTER: &str = include_str!("../src/guide/condition_text.md");

/// The code in a cell of a table, if the cell is nothing but code.
fn code(cell: &str) -> Option<&str> {
    cell.trim().strip_prefix('`')?.strip_suffix('`')
}

/// Each example of the tables, and how it is written.
fn examples() -> Vec<(&'static str, &'static str)> {
    let mut examples = Vec::new();
    let mut text_column = None;
    for line in CHAPTER.lines() {
        let Some(row) = line.strip_prefix('|') else {
            continue;
        };
        let row = row.trim_end().trim_end_matches('|');
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if row.starts_with("---") {
            continue;
        }
        if cells.last() == Some(&"written") {
            text_column = Some(cells.len() - 3);
            continue;
        }
        let column = text_column.unwrap_or_else(|| panic!("a table without `written`: {line}"));
        let text = cells.get(column).copied().and_then(code);
        let text = text.unwrap_or_else(|| panic!("no example in {line}"));
        let written = cells.get(column + 2).copied().and_then(code);
        examples.push((text, written.unwrap_or(text)));
    }
    examples
}

fn fenced(language: &str) -> Vec<&'static str> {
    let begin = format!("```{language}\n");
    let blocks = CHAPTER.split(begin.as_str()).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn every_example_is_read_and_written_as_the_chapter_says() {
    let examples = examples();
    assert!(
        examples.len() >= 40,
        "{} examples were found",
        examples.len()
    );
    for (text, written) in examples {
        let condition: Condition = text
            .parse()
            .unwrap_or_else(|errors| panic!("{text}: {errors}"));
        assert_eq!(condition.to_string(), written, "{text}");
        assert_eq!(written.parse(), Ok(condition), "{written}");
    }
    for block in fenced("condition") {
        block
            .parse::<Condition>()
            .unwrap_or_else(|errors| panic!("{errors}"));
    }
}

#[test]
fn every_keyword_and_operator_of_the_grammar_has_an_example() {
    let [grammar] = fenced("ebnf")[..] else {
        panic!("one grammar");
    };
    let (of_tests, _) = grammar.split_once("bare ").unwrap();
    let terminals: Vec<&str> = of_tests.split('"').skip(1).step_by(2).collect();
    assert!(terminals.len() > 25, "{terminals:?}");
    for terminal in terminals {
        let has_it = |text: &str| {
            text.split_whitespace().any(|word| word == terminal)
                || "(),".contains(terminal) && text.contains(terminal)
        };
        let is_named = CHAPTER
            .lines()
            .filter(|line| line.starts_with('|'))
            .flat_map(|line| line.split('`').skip(1).step_by(2))
            .any(has_it);
        assert!(is_named, "`{terminal}` has no example");
    }
}
