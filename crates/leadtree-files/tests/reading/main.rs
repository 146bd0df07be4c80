//! Files as systems export them, read as leads.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

mod columns;
mod forms;
mod joins;
mod nothing_silent;
mod round_trip;
mod values;

use std::io::Cursor;
use std::path::Path;

use leadtree::policy::Policy;
use leadtree_files::{LeadFile, Mapping, OpenError};

const POLICY: &str = r#"
time_zone: "+02:00"
regions:
  paths: [us/west/california, us/west/oregon, us/east/maine, de/bayern, de/sachsen]
  aliases: {us: [USA], us/west/california: [CA]}
industries: {paths: [steel]}
customer_sizes: {small: 1..=49, big: 50..}
pools: [p]
attributes: {vip: flag, revenue: number, since: date, tags: tags, note: text}
rules: [{id: all, assign_to: {pool: p}}]
"#;

fn policy() -> Policy {
    Policy::from_yaml(POLICY).unwrap()
}

/// Opens a file with the mapping.
fn open(file: impl Into<Vec<u8>>, mapping: &str) -> Result<LeadFile, OpenError> {
    let mapping = Mapping::read("mapping.yaml", mapping).unwrap();
    let file = Box::new(Cursor::new(file.into()));
    LeadFile::open(file, &mapping, &policy(), Path::new(""))
}

/// For each row its line and its lead's id and values, or what is told of it.
fn rows(file: &mut LeadFile) -> Vec<String> {
    let mut rows = Vec::new();
    while let Some(row) = file.advance().unwrap() {
        let line = row.line;
        rows.push(match row.lead {
            Ok(arrival) => {
                let lead = arrival.lead;
                let mut text = format!("{line}: {}", lead.id());
                let mut add =
                    |value: Option<String>| text.extend(value.map(|value| format!(" {value}")));
                add(lead.region().map(ToString::to_string));
                add(lead.industry().map(ToString::to_string));
                add(lead.customer_size().map(ToString::to_string));
                for (name, value) in lead.attributes() {
                    add(Some(format!("{name}={value}")));
                }
                add(arrival
                    .received
                    .map(|moment| format!("at {}", moment.format("%FT%TZ"))));
                text
            }
            Err(fault) => format!("{line}: {fault}"),
        });
    }
    rows
}

fn read(file: impl Into<Vec<u8>>, mapping: &str) -> Vec<String> {
    rows(&mut open(file, mapping).unwrap())
}

/// What is told of a file and mapping that do not fit.
fn refused(file: &str, mapping: &str) -> String {
    open(file, mapping).map(drop).unwrap_err().to_string()
}
