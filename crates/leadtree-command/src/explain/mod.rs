//! `leadtree explain`: why a lead goes where it goes.

mod given_once;
mod why_not;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
use indicatif::ProgressBar;
use leadtree::availability::Moment;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::Policy;
use leadtree_files::Arrival;
use leadtree_state_file::read_state;
use serde_json::error::Category;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile, Sample, state_path};
use crate::leads::given::{self, LeadFields};
use crate::leads::{LeadInput, MappingFile};
use crate::moment;
use crate::status::Status;
use crate::terminal::words::plain;
use given_once::GivenOnce;

/// A lead as a web form may send it: aliases, a range of head counts, and unlisted values.
const SAMPLE_LEAD: &str = r#"{
    "id": "L-1", "region": " 上海市 ", "industry": "Semiconductor", "customer_size": "51-200",
    "product_line": "digital twin", "lifecycle_stage": "MQL", "funnel_stage": "Quote sent",
    "source": "Demo request", "annual_revenue": "26m", "requested_on": "2026-03-13",
    "received": "2026-03-16T09:00:00Z"
}"#;

const EXAMPLES: &str = "\
Examples:
  leadtree explain --policy policy.yaml region=Bavaria customer_size=51-200
  leadtree explain --policy policy.yaml --leads new.csv --id L-7 --why-not key-accounts
  leadtree explain --policy policy.yaml --json - < lead.json";

/// Explains why a lead goes where it goes
///
/// Tells what each value resolved to, the path through the decision tree, the rule that applies, who
/// was asked, and why a rule did not apply or a member did not get the lead. The lead is given by its
/// fields, as JSON, or as a row of a file; without any of them, and without --policy, a sample is
/// explained. Nothing is counted.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArguments {
    /// Fields of the lead: dimensions, attributes, `id`, `account`, `received`
    #[arg(value_name = "FIELD=VALUE", conflicts_with_all = ["json", "leads"])]
    fields: Vec<String>,

    /// The policy, a YAML or JSON file [default: the sample policy]
    #[arg(short, long, value_name = "FILE")]
    policy: Option<Input>,

    /// The lead as JSON: in a file, or itself
    #[arg(long, value_name = "FILE", conflicts_with = "leads", value_parser = file_or_json())]
    json: Option<Input>,

    /// A CSV or JSON file with the lead in it
    #[arg(short, long, value_name = "FILE", requires = "id")]
    leads: Option<Input>,

    /// The id of the lead in that file
    #[arg(long, value_name = "ID", requires = "leads")]
    id: Option<String>,

    /// The mapping of the file's columns, as for `assign`
    #[arg(long, value_name = "FILE", requires = "leads")]
    columns: Option<Input>,

    /// Rules, groups or members to tell of why they did not get the lead
    #[arg(long, value_name = "NAME")]
    why_not: Vec<String>,

    /// The turns and loads that `assign --state` keeps; they are not changed
    #[arg(long, value_name = "FILE", value_parser = state_path())]
    state: Option<PathBuf>,

    /// The time of the decision, for a lead without `received`, with an offset from UTC or in the policy's time
    /// zone: 2026-03-31T09:30, or 2026-03-31 for its midnight [default: now]
    #[arg(long, value_name = "MOMENT")]
    now: Option<Moment>,
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Status, CommandError> {
    let sample = Input::Sample(Sample::Policy);
    let policy_input = arguments.policy.as_ref().unwrap_or(&sample);
    let others = [&arguments.json, &arguments.leads, &arguments.columns];
    let inputs = others.map(Option::as_ref);
    Input::refuse_two_standard(&[&[Some(policy_input)], &inputs[..]].concat())?;
    let policy = PolicyFile::policy(policy_input)?;
    let state = arguments.state.as_deref().map(read_state).transpose()?;
    let state = state.flatten();
    let built = Dispatcher::builder(&policy).restore(&state.unwrap_or_default());
    let (dispatcher, _) = built.map_err(|error| CommandError::faulty(policy_input, error))?;

    let mapping = MappingFile::read(arguments.columns.as_ref())?;
    let input = lead(arguments, &policy)?;
    let mut file = LeadInput::open(&input, &mapping, &policy, &ProgressBar::hidden())?;
    while let Some(numbered) = file.advance()? {
        let wanted = arguments.id.as_deref();
        let line = numbered.line;
        match numbered.lead {
            Ok(arrival) if wanted.is_none_or(|id| id == arrival.lead.id()) => {
                let text = explanation(&dispatcher, &arrival, arguments);
                anstream::stdout().write_all(text.as_bytes())?;
                return Ok(Status::Fine);
            }
            Err(fault) if wanted.is_none() => {
                return Err(CommandError::faulty(&input, fault));
            }
            Err(fault) => {
                let told = plain(&fault.to_string());
                anstream::eprintln!("{input}:{line}: {told}; row left out");
            }
            Ok(_) => {}
        }
    }
    let id = arguments.id.as_deref().unwrap_or_default();
    Err(CommandError::faulty(&input, format!("no lead `{id}`")))
}

/// The file with the lead.
fn lead(arguments: &ExplainArguments, policy: &Policy) -> Result<Input, CommandError> {
    if let Some(leads) = &arguments.leads {
        return Ok(leads.clone());
    }
    let fields = match &arguments.json {
        Some(json) => of_json(json, &json.read_to_string()?)?,
        None if arguments.fields.is_empty() && arguments.policy.is_none() => {
            let sample = Input::Given(SAMPLE_LEAD.to_owned());
            of_json(&sample, SAMPLE_LEAD)?
        }
        None => of_pairs(&arguments.fields)?,
    };
    given::as_file(fields, policy).map_err(|faults| CommandError::Usage(faults.join("\n       ")))
}

/// What begins with a brace is JSON, anything else the name of a file.
fn file_or_json() -> impl TypedValueParser<Value = Input> {
    OsStringValueParser::new().map(|text| match text.to_str() {
        Some(json) if json.trim_start().starts_with('{') => Input::Given(json.to_owned()),
        _ => Input::from(text),
    })
}

fn of_json(input: &Input, text: &str) -> Result<LeadFields, CommandError> {
    let read = serde_json::from_str(text).map(|GivenOnce(fields)| fields);
    read.map_err(|error| {
        let told = error.to_string();
        let (message, _) = told.rsplit_once(" at line ").unwrap_or((&told, ""));
        let (line, column) = (error.line(), error.column());
        let message = match error.classify() {
            Category::Data if message.contains("is given twice") => message.to_owned(),
            Category::Data => "it is JSON, but no lead".to_owned(),
            Category::Eof => "the JSON ends too early".to_owned(),
            _ => "it is not JSON".to_owned(),
        };
        let example = r#"{"region": "Bavaria", "customer_size": "51-200"}"#;
        let remedy = if message.ends_with("keep one") {
            String::new()
        } else {
            format!("; write the fields of one lead: {example}")
        };
        CommandError::faulty(
            input,
            format!("line {line}, column {column}: {message}{remedy}"),
        )
    })
}

fn of_pairs(pairs: &[String]) -> Result<LeadFields, CommandError> {
    if pairs.is_empty() {
        let message = "no lead; write its fields, as in `region=Bavaria`, or use --json or --leads";
        return Err(CommandError::Usage(message.to_owned()));
    }
    let mut fields = LeadFields::new();
    for pair in pairs {
        let (name, value) = pair.split_once('=').ok_or_else(|| {
            let message =
                format!("`{pair}` has no `=`; write the field and its value: `region=Bavaria`");
            CommandError::Usage(message)
        })?;
        let name = name.trim();
        if fields.insert(name.to_owned(), value.into()).is_some() {
            let message = format!("`{name}` is given twice; keep one");
            return Err(CommandError::Usage(message));
        }
    }
    Ok(fields)
}

fn explanation(
    dispatcher: &Dispatcher,
    arrival: &Arrival<'_>,
    arguments: &ExplainArguments,
) -> String {
    let policy = dispatcher.policy();
    let now = arguments.now.map(|moment| moment.at(policy.time_zone()));
    let now = moment::or_now(now, arguments.policy.is_none());
    let now = arrival.received.unwrap_or(now);
    let tree = dispatcher.tree();
    let explanation = tree.explain(&arrival.lead, now);
    let (assignment, audit) = dispatcher.assign_with_audit(&arrival.lead, now);
    let zone = policy.time_zone();
    let at = zone.format(now);
    let mut text = format!("at {at}\n{explanation}\nresult\n  {assignment}\n");
    if !audit.inquiries().is_empty() {
        text.push_str("who was asked\n");
        for inquiry in audit.inquiries() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{}", inquiry.told_in(zone));
        }
    }
    if arguments.why_not.is_empty() {
        why_not::earlier_rules(&policy, &explanation, &mut text);
    } else {
        why_not::named(&arguments.why_not, &policy, &explanation, &audit, &mut text);
    }
    text
}
