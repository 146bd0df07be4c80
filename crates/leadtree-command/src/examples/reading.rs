//! Reads examples from YAML and CSV files.

use leadtree::Lead;
use leadtree::availability::Moment;
use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::example::{Example, Expectation, ExpectedOutcome};
use leadtree::lead::AttributeValue;
use leadtree::policy::Policy;

use crate::error::CommandError;
use crate::files::Input;

/// What separates names and tags in a cell.
const SEPARATOR: char = ';';

/// The examples of a file: CSV by the extension of its name, otherwise YAML.
pub(super) fn examples(input: &Input, policy: &Policy) -> Result<Vec<Example>, CommandError> {
    let text = input.read_to_string()?;
    if input.extension() == "csv" {
        of_csv(&text, policy)
    } else {
        serde_saphyr::from_str(&text).map_err(|error| error.without_snippet().to_string())
    }
    .map_err(|message| CommandError::faulty(input, message))
}

fn of_csv(text: &str, policy: &Policy) -> Result<Vec<Example>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut examples = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let example = of_row(header.iter().zip(&row), policy);
        examples.push(example.map_err(|fault| format!("line {line}: {fault}"))?);
    }
    Ok(examples)
}

fn of_row<'r>(
    cells: impl Iterator<Item = (&'r str, &'r str)> + Clone,
    policy: &Policy,
) -> Result<Example, String> {
    let filled = cells.filter(|(_, cell)| !cell.is_empty());
    let given = |wanted: &str| filled.clone().find(|(name, _)| *name == wanted);
    let mut lead = Lead::builder(given("id").map_or("L-1", |(_, id)| id));
    let mut expect = Expectation::new();
    let mut name = None;
    let mut at: Option<Moment> = None;
    for (column, cell) in filled.clone() {
        match column {
            "id" => {}
            "name" => name = Some(cell),
            "at" => at = Some(cell.parse().map_err(told)?),
            "rule" => expect = expect.rule(cell),
            "not_rule" => expect = names(cell).fold(expect, Expectation::not_rule),
            "team" => expect = expect.team(cell),
            "member" => expect = expect.member(cell),
            "pool" => expect = expect.pool(cell),
            "outcome" => expect = expect.outcome(cell.parse::<ExpectedOutcome>().map_err(told)?),
            "unlisted" => expect = names(cell).fold(expect, Expectation::unlisted),
            "account" => lead = lead.account(cell),
            field => {
                let kind = policy.dimensions().attributes().kind(field);
                lead = match (field.parse::<Dimension>(), kind) {
                    (Ok(dimension), _) => lead.value(dimension, cell),
                    (_, Some(AttributeKind::Tags)) => {
                        lead.attribute(field, AttributeValue::tags(names(cell)))
                    }
                    _ => lead.attribute(field, cell),
                };
            }
        }
    }
    let mut example = Example::new(lead.build(), expect);
    if let Some(name) = name {
        example = example.name(name);
    }
    Ok(match at {
        Some(at) => example.at(at),
        None => example,
    })
}

fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(SEPARATOR).map(str::trim)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn told(error: impl ToString) -> String {
    error.to_string()
}
