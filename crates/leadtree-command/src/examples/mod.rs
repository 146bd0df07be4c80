//! `leadtree test`: examples of leads, and what must come of them.

mod beside;
mod cells;
mod columns;
mod coverage;
mod file;
mod report;
mod standing;
mod table;

use std::io::Write as _;

use clap::{Args, ValueEnum};
use leadtree::availability::Moment;
use leadtree::example_check::ExampleCheck;

use crate::error::CommandError;
use crate::files::{Input, PolicyFile, Sample, every};
use crate::leads::MappingFile;
use crate::moment;
use crate::status::Status;
use coverage::Coverage;
use file::{Answers, ExampleFile};
use report::{Counts, Tested};

const AFTER_HELP: &str = "\
Examples are a list, in the policy as its section `examples`, or in a file of their own:
  - name: big leads from Shanghai go to key accounts
    lead: {region: 上海, customer_size: 51-200}
    at: 2026-03-31T09:30:00+08:00
    expect: {rule: east, team: east, member: m-01, not_rule: [other]}
`expect` has at least one of
  rule         the rule that applies, or a group: something of it applies
  otherwise    true if the `otherwise` of that group applies and no rule of it;
               without `rule`, that of the policy; false if it does not
  not_rule     rules that do not apply, and groups of which nothing does
  team, member, pool
  outcome      assigned, pooled, waiting or unassigned
  unlisted     fields of the lead with values that the policy does not list
Each example begins anew: nobody has had a lead.

A CSV file has a column for each field of a lead, read as `assign` reads it,
with a mapping if there is one (--columns), and `name`, `at`, `rule`, `not_rule`
and so on; blank cells expect nothing. A cell with several names separates them
by semicolons.

Exit status 1: the policy or an example has errors, or an example failed";

/// Tests a policy: examples of leads, and what must come of them
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct TestArguments {
    /// The policy, a YAML or JSON file [default: the sample policy]
    policy: Option<Input>,

    /// Files with more examples than those in the policy, YAML, JSON or CSV [default: beside POLICY, with
    /// `.examples.yaml`, `.examples.json` or `.examples.csv` at the end]
    #[arg(value_name = "EXAMPLES")]
    examples: Vec<Input>,

    /// The mapping of columns of CSV files, as for `assign`
    #[arg(long, value_name = "FILE")]
    columns: Option<Input>,

    /// The form of what is told
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Text)]
    format: Form,

    /// Also lists the rules, groups and `otherwise` that no example reaches
    #[arg(long)]
    coverage: bool,

    /// The time of examples without `at`, with an offset from UTC or in the policy's time zone: 2026-03-31T09:30,
    /// or 2026-03-31 for its midnight [default: now]
    #[arg(long, value_name = "MOMENT")]
    now: Option<Moment>,
}

/// The form of what is told.
#[derive(Debug, Clone, Copy, PartialEq, ValueEnum)]
enum Form {
    /// For people: each example, and what failed of it
    Text,
    /// For programs: an object for each file
    Json,
    /// Annotations of a workflow on GitHub
    Github,
}

pub(crate) fn run(arguments: &TestArguments) -> Result<Status, CommandError> {
    let sample = Input::Sample(Sample::Policy);
    let input = arguments.policy.as_ref().unwrap_or(&sample);
    let inputs = beside::files(input, &arguments.examples);
    let others = inputs.iter().chain(&arguments.columns);
    let both: Vec<_> = [input].into_iter().chain(others).map(Some).collect();
    Input::refuse_two_standard(&both)?;
    let policy_file = PolicyFile::read(input)?;
    let Some(policy) = policy_file.valid().cloned() else {
        return refused(policy_file, arguments.format);
    };
    let zone = policy.time_zone();
    let now = arguments.now.map(|moment| moment.at(zone));
    let now = moment::or_now(now, arguments.policy.is_none());
    let policy_file = policy_file.at(now);
    if inputs.is_empty() && policy.examples().is_empty() {
        return Err(CommandError::Usage(beside::none(input)));
    }
    let mapping = MappingFile::read(arguments.columns.as_ref())?;
    let mut files = vec![ExampleFile::carried(&policy_file, &policy)];
    let (read, unread) = every(&inputs, |input| ExampleFile::read(input, &mapping, &policy))?;
    files.extend(read);
    let check = ExampleCheck::new(&policy);
    let check = check.map_err(|error| CommandError::faulty(&policy_file.name, error))?;

    let mut coverage = Coverage::default();
    let tested = files.into_iter().map(|file| {
        let Answers { failures, sources } = Answers::of(&file, &check, now);
        for source in &sources {
            coverage.reach(source);
        }
        Tested { file, failures }
    });
    let tested: Vec<_> = tested.collect();
    let counts = Counts::of(&tested);
    let mut text = match arguments.format {
        Form::Text => report::text(&tested, &counts),
        Form::Json => report::json(&tested, &counts)?,
        Form::Github => report::annotations(&tested),
    };
    if arguments.coverage && arguments.format == Form::Text {
        coverage.write(&policy, &mut text);
    }
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Status::findings_if(counts.is_any_wrong()).max(unread))
}

/// Tells why the policy cannot be tested.
fn refused(file: PolicyFile, format: Form) -> Result<Status, CommandError> {
    let tested = [Tested {
        file: ExampleFile::refused(&file),
        failures: Vec::new(),
    }];
    let text = match format {
        Form::Text => return file.into_policy().map(|_| Status::Findings),
        Form::Json => report::json(&tested, &Counts::of(&tested))?,
        Form::Github => report::annotations(&tested),
    };
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Status::Findings)
}
