//! Reads examples from YAML and CSV files.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::example::Example;
use super::expectation::Expectation;
use crate::error::CommandError;
use crate::files::Input;
use crate::leads::given::LeadFields;
use crate::moment;

/// The examples of a file: CSV by the extension of its name, otherwise YAML.
pub(super) fn examples(input: &Input) -> Result<Vec<Example>, CommandError> {
    let text = input.read_to_string()?;
    let mut examples = if input.extension() == "csv" {
        of_csv(&text)
    } else {
        serde_saphyr::from_str(&text).map_err(|error| error.without_snippet().to_string())
    }
    .map_err(|message| CommandError::faulty(input, message))?;
    for (index, example) in examples.iter_mut().enumerate() {
        if example.name.is_empty() {
            example.name = format!("{input}, example {}", index + 1);
        }
    }
    Ok(examples)
}

fn of_csv(text: &str) -> Result<Vec<Example>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut examples = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let example = of_row(header.iter().zip(&row));
        examples.push(example.map_err(|fault| format!("line {line}: {fault}"))?);
    }
    Ok(examples)
}

fn of_row<'r>(cells: impl Iterator<Item = (&'r str, &'r str)>) -> Result<Example, String> {
    let mut name = String::new();
    let mut at: Option<DateTime<Utc>> = None;
    let mut lead = LeadFields::new();
    let mut expect = Expectation::default();
    for (column, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
        let text = Some(cell.to_owned());
        match column {
            "name" => cell.clone_into(&mut name),
            "at" => at = Some(moment::parse(cell)?),
            "rule" => expect.rule = text,
            "not_rule" => {
                let rules = cell.split(';').map(|rule| rule.trim().to_owned());
                expect.not_rule = rules.collect();
            }
            "team" => expect.team = text,
            "member" => expect.member = text,
            "pool" => expect.pool = text,
            "outcome" => expect.outcome = text,
            field => {
                lead.insert(field.to_owned(), Value::from(cell));
            }
        }
    }
    if expect.is_empty() {
        return Err(
            "nothing is expected; fill one of rule, team, member, pool, outcome".to_owned(),
        );
    }
    Ok(Example::new(name, lead, at, expect))
}
