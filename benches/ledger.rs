//! What remembering costs: the ledger in memory beside the dispatcher alone, on the same leads, in turn.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::time::{Duration, Instant};

use chrono::DateTime;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use leadtree::Lead;
use leadtree::dispatch::Dispatcher;
use leadtree::ledger::{Command, MemoryLedger};
use leadtree::policy::Policy;
use shapes::Shape;

const LEADS: usize = 100_000;

/// How often both are measured in turn.
const ROUNDS: usize = 15;

fn dispatched(policy: &Policy, leads: &[Lead<'_>]) -> Duration {
    let dispatcher = Dispatcher::new(policy).expect("sound");
    let begin = Instant::now();
    for lead in leads {
        drop(std::hint::black_box(
            dispatcher.assign(lead, DateTime::UNIX_EPOCH),
        ));
    }
    begin.elapsed()
}

/// Every lead comes for the first time; then all of them once more.
fn remembered(policy: &Policy, leads: &[Lead<'_>]) -> (Duration, Duration) {
    let ledger = MemoryLedger::new(Dispatcher::builder(policy)).expect("sound");
    let run = || {
        let begin = Instant::now();
        for lead in leads {
            let answer = ledger.run(&Command::assign(lead), DateTime::UNIX_EPOCH);
            std::hint::black_box(answer.expect("nothing is asked that could be refused"));
        }
        begin.elapsed()
    };
    (run(), run())
}

fn ledger(criterion: &mut Criterion) {
    let policy = Shape::Territory.policy(1_000);
    let leads = shapes::leads(LEADS);
    let mut group = criterion.benchmark_group("ledger");
    group.throughput(Throughput::Elements(LEADS as u64));
    group.warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(2));
    group.sample_size(10);
    let total = |count: u64, run: &dyn Fn() -> Duration| (0..count).map(|_| run()).sum();
    group.bench_function("dispatcher", |bencher| {
        bencher.iter_custom(|count| total(count, &|| dispatched(&policy, &leads)));
    });
    group.bench_function("ledger", |bencher| {
        bencher.iter_custom(|count| total(count, &|| remembered(&policy, &leads).0));
    });
    group.finish();
    in_turn(&policy, &leads);
}

/// Prints how many times as long the ledger takes: the median of the rounds.
fn in_turn(policy: &Policy, leads: &[Lead<'_>]) {
    let rounds = (0..ROUNDS).map(|_| {
        let alone = dispatched(policy, leads).as_secs_f64();
        let (first, again) = remembered(policy, leads);
        (first.as_secs_f64() / alone, again.as_secs_f64() / alone)
    });
    let (mut first, mut again): (Vec<f64>, Vec<f64>) = rounds.unzip();
    for ratios in [&mut first, &mut again] {
        ratios.sort_by(f64::total_cmp);
    }
    let median = |ratios: &[f64]| ratios.get(ROUNDS / 2).copied().unwrap_or_default();
    println!(
        "the ledger takes {:.2} times as long as the dispatcher for a new lead, {:.2} times for a known one",
        median(&first),
        median(&again)
    );
}

criterion_group!(benches, ledger);
criterion_main!(benches);
