//! What working time costs: whole assignments in a team of 10, 100, 1,000 or 10,000 members who are
//! always there, or who work in shifts in four time zones and have holidays. A lead arrives every
//! twenty seconds, so that shifts begin and end between leads.

#![allow(clippy::expect_used, reason = "the policies here are sound")]

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use leadtree::Lead;
use leadtree::availability::Holiday;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::PolicyDraft;
use leadtree::rule::Rule;
use leadtree::team::{Member, Team};

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

const HOURS: [(&str, &str); 5] = [
    ("Asia/Shanghai", "mon-fri 09:00-12:30 13:30-18:00"),
    ("Europe/Berlin", "mon-fri 08:00-12:00 13:00-17:00"),
    ("America/New_York", "mon-fri 09:00-17:00; sat 10:00-14:00"),
    ("America/Los_Angeles", "mon-sun 22:00-06:00"),
    ("Asia/Shanghai", "always"),
];

fn dispatcher(members: usize, strategy: &str, with_hours: bool) -> Dispatcher {
    let holidays = ["2026-01-01", "2026-05-01", "2026-10-01..2026-10-07"];
    let holidays = holidays.map(|days| days.parse::<Holiday>().expect("sound"));
    let ids = (0..members).map(|member| format!("m-{member}"));
    let everybody = ids.clone().enumerate().map(|(number, id)| {
        let (zone, hours) = HOURS[number % HOURS.len()];
        let member = Member::new(id);
        if with_hours {
            member.time_zone(zone).hours(hours).holidays(["days-off"])
        } else {
            member
        }
    });
    let team = Team::new("east").strategy(strategy);
    let policy = PolicyDraft::new()
        .time_zone("Asia/Shanghai")
        .holidays("days-off", holidays.into_iter().collect())
        .members(everybody)
        .team(team.members(ids.map(leadtree::MemberId::from)))
        .rule(Rule::new("all").assign_to("east"))
        .build()
        .expect("sound");
    Dispatcher::new(&policy).expect("sound")
}

fn working_time(criterion: &mut Criterion) {
    let lead = Lead::builder("L-1").build();
    for strategy in ["round_robin", "least_loaded"] {
        let mut group = criterion.benchmark_group(format!("working_time/{strategy}"));
        group.warm_up_time(Duration::from_millis(500));
        group.measurement_time(Duration::from_secs(2));
        group.sample_size(20);
        for members in SIZES {
            for (name, with_hours) in [("always", false), ("shifts", true)] {
                let dispatcher = dispatcher(members, strategy, with_hours);
                let mut now = DateTime::UNIX_EPOCH;
                group.bench_function(BenchmarkId::new(name, members), |bencher| {
                    bencher.iter(|| {
                        now += TimeDelta::seconds(20);
                        dispatcher.assign(&lead, now)
                    });
                });
            }
        }
        group.finish();
    }
}

criterion_group!(benches, working_time);
criterion_main!(benches);
