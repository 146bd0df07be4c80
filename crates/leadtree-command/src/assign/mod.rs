//! `leadtree assign`: the leads of a file by a policy.

pub(crate) mod arguments;
mod members;
pub(crate) mod output;
mod report;
pub(crate) mod state_file;
mod tally;

use std::io::{self, Write as _};
use std::time::Instant;

use indicatif::ProgressBar;
use leadtree::dispatch::Dispatcher;

use crate::error::CommandError;
use crate::files::{Input, Output, PolicyFile, Sample};
use crate::leads::{LeadFile, Mapping, NumberedLead};
use crate::moment;
use crate::status::Status;
use arguments::{AssignArguments, OutputFormat};
use output::AssignmentWriter;
use report::Report;
use state_file::StateFile;
use tally::Tally;

pub(crate) fn run(arguments: &AssignArguments) -> Result<Status, CommandError> {
    let sample = Input::Sample(Sample::Policy);
    let policy_input = arguments.policy.as_ref().unwrap_or(&sample);
    let sample_leads = Input::Sample(Sample::Leads);
    let leads = arguments.leads.as_ref().unwrap_or(&sample_leads);
    let now = moment::or_now(arguments.now, arguments.leads.is_none());

    Input::refuse_two_standard(&[Some(policy_input), Some(leads), arguments.columns.as_ref()])?;
    let policy = PolicyFile::policy(policy_input)?;
    let state_file = arguments.state.as_deref().map(StateFile::new);
    let state = state_file.as_ref().map(StateFile::read).transpose()?;
    let built = Dispatcher::builder(&policy).restore(&state.unwrap_or_default());
    let (dispatcher, restored) =
        built.map_err(|error| CommandError::faulty(policy_input, error))?;
    for forgotten in restored.forgotten() {
        anstream::eprintln!("not in the policy any more, and forgotten: {forgotten}");
    }
    let mapping = match &arguments.columns {
        Some(columns) => Mapping::read(columns)?,
        None => Mapping::default(),
    };

    let started = Instant::now();
    let progress = ProgressBar::new_spinner();
    let mut lead_file = LeadFile::open(leads, &mapping, &policy, &progress)?;
    let mut writer = create_output(arguments, policy_input, leads)?;
    let told = |error| CommandError::file(&arguments.out, error);
    let mut tally = Tally::default();
    let mut bad_rows = 0;
    while let Some(NumberedLead { line, lead }) = lead_file.advance()? {
        let arrival = match lead {
            Ok(arrival) => arrival,
            Err(fault) => {
                bad_rows += 1;
                progress.suspend(|| {
                    anstream::eprintln!("{leads}:{line}: {fault}; row left out");
                });
                continue;
            }
        };
        let before = Instant::now();
        let assignment = dispatcher.assign(&arrival.lead, arrival.received.unwrap_or(now));
        tally.assigning += before.elapsed();
        tally.count_joined(&arrival.joined);
        tally.count(&arrival.lead, &assignment, &policy);
        writer.write(&assignment).map_err(told)?;
    }
    writer.finish().map_err(told)?;
    progress.finish_and_clear();
    if let Some(state_file) = &state_file {
        state_file.write(&dispatcher.state())?;
    }

    let report = Report {
        policy: &policy,
        joins: &mapping.joins,
        tree: dispatcher.tree().stats(),
        tally: &tally,
        bad_rows,
        elapsed: started.elapsed(),
    };
    print(&report, &arguments.out)?;
    Ok(Status::findings_if(bad_rows > 0))
}

fn create_output(
    arguments: &AssignArguments,
    policy: &Input,
    leads: &Input,
) -> Result<AssignmentWriter, CommandError> {
    let state = arguments.state.clone().map(Input::File);
    let mut inputs = vec![policy, leads];
    inputs.extend(&arguments.columns);
    inputs.extend(&state);
    let is_json = matches!(arguments.out.extension().as_str(), "json" | "jsonl");
    let by_extension = if is_json {
        OutputFormat::Jsonl
    } else {
        OutputFormat::Csv
    };
    let writer = arguments.out.create(&inputs)?;
    let format = arguments.format.unwrap_or(by_extension);
    Ok(AssignmentWriter::new(format, writer))
}

/// The report goes to standard error if the assignments go to standard output.
fn print(report: &Report<'_>, out: &Output) -> io::Result<()> {
    if out.is_standard() {
        return write!(anstream::stderr(), "{report}");
    }
    let mut stdout = anstream::stdout().lock();
    write!(stdout, "{report}")?;
    writeln!(stdout, "Who got which: {out}")
}
