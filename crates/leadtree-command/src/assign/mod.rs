//! `leadtree assign`: the leads of a file by a policy.

pub(crate) mod arguments;
mod frequent_values;
mod in_order;
mod intake;
mod members;
pub(crate) mod output;
mod ranked;
mod report;
mod run;
mod seen_ids;
mod tally;

use std::io::{self, Write as _};
use std::time::Instant;

use chrono::{TimeDelta, Utc};
use indicatif::ProgressBar;
use leadtree::dispatch::Dispatcher;
use leadtree_files::Mapping;
use leadtree_state_file::StateFile;

use crate::error::CommandError;
use crate::files::{IfThere, Input, Output, PolicyFile, Sample};
use crate::leads::{LeadInput, MappingFile};
use crate::moment;
use crate::status::Status;
use arguments::{AssignArguments, OutputFormat, RepeatedIds};
use in_order::{Sorter, TimedLead};
use intake::{Intake, RowCounts};
use output::AssignmentWriter;
use report::Report;
use run::Run;
use seen_ids::SeenIds;
use tally::Tally;

pub(crate) fn run(arguments: &AssignArguments) -> Result<Status, CommandError> {
    let sample = Input::Sample(Sample::Policy);
    let policy_input = arguments.policy.as_ref().unwrap_or(&sample);
    let sample_leads = Input::Sample(Sample::Leads);
    let leads = arguments.leads.as_ref().unwrap_or(&sample_leads);
    let now = moment::or_now(arguments.now, arguments.leads.is_none());

    Input::refuse_two_standard(&[Some(policy_input), Some(leads), arguments.columns.as_ref()])?;
    let policy_file = PolicyFile::read(policy_input)?.at(now);
    policy_file.tell_expired();
    let policy = policy_file.into_policy()?;
    // Taken until the end: of two runs at once, one would overwrite what the other has counted.
    let state_file = arguments
        .state
        .as_deref()
        .map(StateFile::take)
        .transpose()?;
    let state = state_file.as_ref().map(StateFile::read).transpose()?;
    let state = state.flatten();
    let built = Dispatcher::builder(&policy).restore(&state.unwrap_or_default());
    let (dispatcher, restored) =
        built.map_err(|error| CommandError::faulty(policy_input, error))?;
    for forgotten in restored.forgotten() {
        anstream::eprintln!("not in the policy any more, and forgotten: {forgotten}");
    }
    let mut mapping = MappingFile::read(arguments.columns.as_ref())?;
    mapping.mapping = with_flags(mapping.mapping, arguments);

    let started = Instant::now();
    let progress = ProgressBar::new_spinner();
    let mut input = LeadInput::open(leads, &mapping, &policy, &progress)?;
    let mut run = Run {
        policy: &policy,
        dispatcher: &dispatcher,
        now,
        writer: create_output(arguments, policy_input, leads, &mapping)?,
        tally: Tally::default(),
    };
    let told = |error| CommandError::file(&arguments.out, error);
    let mut intake = Intake {
        name: leads.to_string(),
        leaves_repeated_out: arguments.repeated_ids == RepeatedIds::LeaveOut,
        progress: &progress,
        counts: RowCounts::default(),
        seen: SeenIds::default(),
        latest: now.max(Utc::now()) + TimeDelta::days(1),
    };
    if arguments.sort {
        let mut sorter = Sorter::new(now);
        while let Some(timed) = intake.next_owned(&mut input)? {
            sorter.push(timed).map_err(told)?;
        }
        let sorted = sorter.sorted().map_err(told)?;
        for timed in sorted {
            let TimedLead { moment, line, lead } = timed.map_err(told)?;
            run.assign(&lead, moment, line).map_err(told)?;
        }
    } else {
        while let Some(numbered) = input.advance()? {
            let line = numbered.line;
            if let Some(arrival) = intake.lead(numbered) {
                run.assign(&arrival.lead, arrival.received, line)
                    .map_err(told)?;
            }
        }
    }
    run.writer.finish().map_err(told)?;
    progress.finish_and_clear();
    if let Some(state_file) = &state_file {
        state_file.write(&dispatcher.state())?;
    }

    let report = Report {
        policy: &policy,
        joins: mapping.mapping.joins(),
        tree: dispatcher.tree().stats(),
        tally: &run.tally,
        file: &input.file,
        rows: &intake.counts,
        now,
        elapsed: started.elapsed(),
    };
    print(&report, &arguments.out)?;
    Ok(Status::findings_if(intake.counts.bad > 0))
}

/// The mapping, with what flags state.
fn with_flags(mut mapping: Mapping, arguments: &AssignArguments) -> Mapping {
    if let Some(encoding) = &arguments.encoding {
        mapping = mapping.encoding(encoding);
    }
    if let Some(separator) = &arguments.separator {
        mapping = mapping.separator(separator);
    }
    if arguments.number_rows {
        mapping = mapping.number_rows();
    }
    mapping
}

fn create_output(
    arguments: &AssignArguments,
    policy: &Input,
    leads: &Input,
    mapping: &MappingFile,
) -> Result<AssignmentWriter, CommandError> {
    let state = arguments.state.clone().map(Input::File);
    let mut inputs = vec![policy, leads];
    inputs.extend(&arguments.columns);
    inputs.extend(&state);
    let joined = mapping.mapping.joins().iter();
    let joined: Vec<_> = joined
        .map(|join| Input::File(leads.folder().join(join.file())))
        .collect();
    inputs.extend(&joined);
    let is_json = matches!(arguments.out.extension().as_str(), "json" | "jsonl");
    let by_extension = if is_json {
        OutputFormat::Jsonl
    } else {
        OutputFormat::Csv
    };
    let writer = arguments.out.create(&inputs, IfThere::Replace)?;
    let format = arguments.format.unwrap_or(by_extension);
    let writer = AssignmentWriter::new(format, writer, arguments.for_spreadsheets);
    Ok(writer)
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
