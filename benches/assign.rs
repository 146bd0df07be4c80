//! The time of a whole assignment (decision, choice and counting), and how it scales with threads.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::time::{Duration, Instant};

use chrono::DateTime;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use leadtree::Lead;
use leadtree::dispatch::Dispatcher;
use shapes::{SIZES, Shape};

fn assign(criterion: &mut Criterion) {
    let leads = shapes::leads(4_096);
    let now = DateTime::UNIX_EPOCH;
    for shape in Shape::ALL {
        let mut group = criterion.benchmark_group(format!("assign/{}", shape.as_str()));
        group.warm_up_time(Duration::from_millis(500));
        group.measurement_time(Duration::from_secs(1));
        group.sample_size(20);
        for rules in SIZES {
            let dispatcher = Dispatcher::new(&shape.policy(rules)).expect("sound");
            let mut next = leads.iter().cycle();
            group.throughput(Throughput::Elements(1));
            group.bench_function(BenchmarkId::from_parameter(rules), |bencher| {
                bencher.iter(|| next.next().map(|lead| dispatcher.assign(lead, now)));
            });
        }
        group.finish();
    }
}

/// One thread against two that share the same leads: territory, 10,000 rules, 50 teams.
fn contention(criterion: &mut Criterion) {
    let leads = shapes::leads(4_096);
    let dispatcher = Dispatcher::new(&Shape::Territory.policy(10_000)).expect("sound");
    let mut group = criterion.benchmark_group("contention");
    group.throughput(Throughput::Elements(1));
    group.sample_size(20);
    for threads in [1, 2] {
        group.bench_function(BenchmarkId::new("threads", threads), |bencher| {
            bencher.iter_custom(|count| on_threads(&dispatcher, &leads, threads, count));
        });
    }
    group.finish();
}

/// How long the threads take together for `count` assignments.
fn on_threads(dispatcher: &Dispatcher, leads: &[Lead<'_>], threads: usize, count: u64) -> Duration {
    let each = count / threads as u64 + 1;
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let first = thread * leads.len() / threads;
                let mut next = leads.iter().cycle().skip(first);
                for _ in 0..each {
                    let lead = next.next();
                    std::hint::black_box(
                        lead.map(|lead| dispatcher.assign(lead, DateTime::UNIX_EPOCH)),
                    );
                }
            });
        }
    });
    start.elapsed()
}

criterion_group!(benches, assign, contention);
criterion_main!(benches);
