//! Generates the sample leads: `cargo run --example make_leads > examples/data/leads.csv`.
//!
//! Nothing in it is real. Company names are assembled from lists of words, other values come from
//! the sample policy, with errors as in real exports: blanks, unusual case, spaces (full-width
//! ones, too), typing errors, unlisted places, head counts in every notation, and rows exported
//! twice. Random numbers are seeded, so the file is reproducible byte for byte.

mod company;
mod dirt;
mod vocabulary;

use std::error::Error;
use std::io::{self, Write as _};

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use clap::Parser;
use fastrand::Rng;
use serde::Serialize;

use company::Company;
use dirt::{chance, dirty, pick, weighted};

const LEADS: usize = 5_000;
const SEED: u64 = 20_260_302;
/// Two working weeks.
const DAYS: usize = 10;

/// A row of the file; columns are named like the fields of a lead.
#[derive(Debug, Clone, Serialize)]
struct Row {
    id: String,
    received: String,
    account: String,
    company: String,
    region: String,
    industry: String,
    customer_size: String,
    product_line: String,
    lifecycle_stage: String,
    funnel_stage: String,
    source: String,
    language: String,
    annual_revenue: String,
    vip: String,
    interests: String,
    requested_on: String,
}

/// Writes 5,000 made-up sample leads to standard output as CSV.
///
/// The output is reproducible byte for byte.
#[derive(Debug, Parser)]
#[command(name = "make_leads")]
struct Arguments {}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments {} = Arguments::parse();
    let mut leads = Vec::new();
    make(&mut leads)?;
    match io::stdout().write_all(&leads) {
        // A reader such as `head` may close the pipe early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

fn make(output: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let mut dice = Rng::with_seed(SEED);
    let companies: Vec<_> = (0..LEADS * 3 / 5)
        .map(|number| Company::invent(&mut dice, number))
        .collect();
    let mut moments = moments(&mut dice)?;
    moments.sort_unstable();

    let mut writer = csv::Writer::from_writer(output);
    let mut earlier: Vec<Row> = Vec::new();
    for (number, moment) in (1..).zip(moments) {
        let again = chance(&mut dice, 0.003);
        let row = match dice.choice(&earlier) {
            // Exported twice: the same id and facts, later.
            Some(row) if again => Row {
                received: written(moment),
                ..row.clone()
            },
            _ => invent(&mut dice, number, moment, &companies),
        };
        writer.serialize(&row)?;
        earlier.push(row);
    }
    Ok(writer.flush()?)
}

/// When the leads arrived: working days from Monday, 2 March 2026, from 08:00 to 20:00.
fn moments(dice: &mut Rng) -> Result<Vec<NaiveDateTime>, &'static str> {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).ok_or("no such day")?;
    (0..LEADS)
        .map(|_| {
            let day = dice.usize(..DAYS);
            let day = (day + day / 5 * 2) as u64;
            let morning = monday
                .checked_add_days(Days::new(day))
                .and_then(|day| day.and_hms_opt(8, 0, 0))
                .ok_or("no such day")?;
            Ok(morning + TimeDelta::seconds(dice.i64(0..12 * 3600)))
        })
        .collect()
}

fn written(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn invent(dice: &mut Rng, number: usize, moment: NaiveDateTime, companies: &[Company]) -> Row {
    let (lifecycle_spellings, funnel_spellings) = weighted(dice, vocabulary::STAGES);
    let product = weighted(dice, vocabulary::PRODUCTS);
    let source = weighted(dice, vocabulary::SOURCES);
    let is_vip = chance(dice, 0.02);
    let company = &companies[dice.usize(..companies.len())];
    // People spell their company differently each time they fill in a form.
    let mut row = Row {
        id: format!("L-{number:05}"),
        received: written(moment),
        account: company.account.clone(),
        company: dirty(dice, &company.name),
        region: spelt(dice, company.place),
        industry: spelt(dice, company.industry),
        customer_size: dirt::head_count(dice, company.head_count),
        product_line: dirty(dice, product),
        lifecycle_stage: spelt(dice, lifecycle_spellings),
        funnel_stage: spelt(dice, funnel_spellings),
        source: dirty(dice, source),
        language: company.language.to_owned(),
        annual_revenue: dirt::revenue(dice, company.head_count),
        vip: dirt::flag(dice, is_vip),
        interests: interests(dice),
        requested_on: dirt::date(dice, moment.date()),
    };
    if chance(dice, 0.004) {
        pick(dice, vocabulary::JOKES).clone_into(&mut row.company);
    }
    row
}

/// One of the spellings, with errors as in an export.
fn spelt(dice: &mut Rng, spellings: &[&str]) -> String {
    let spelling = pick(dice, spellings);
    dirty(dice, spelling)
}

fn interests(dice: &mut Rng) -> String {
    let count = weighted(dice, &[(0, 5), (1, 3), (2, 2), (3, 1)]);
    let separator = pick(dice, &["; ", ";"]);
    dice.choose_multiple(vocabulary::INTERESTS.iter().copied(), count)
        .join(separator)
}
