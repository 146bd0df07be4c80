//! How long callers wait while a policy with 100,000 rules and 50 teams of 20 is replaced, or a
//! roster changed: the longest assignment of a thread that assigns throughout. Compiling runs on
//! another thread.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::DateTime;
use criterion::{Criterion, criterion_group, criterion_main};
use leadtree::dispatch::Dispatcher;
use shapes::Shape;

/// The longest and the median assignment while `work` is done on another thread.
fn waits(dispatcher: &Dispatcher, work: impl FnOnce() + Send) -> (Duration, Duration) {
    let leads = shapes::leads(4_096);
    let is_done = AtomicBool::new(false);
    let mut times = Vec::with_capacity(1 << 24);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            work();
            is_done.store(true, Ordering::Release);
        });
        let mut next = leads.iter().cycle();
        while !is_done.load(Ordering::Acquire) && times.len() < times.capacity() {
            let lead = next.next().expect("endless");
            let start = Instant::now();
            let assignment = dispatcher.assign(lead, DateTime::UNIX_EPOCH);
            drop(std::hint::black_box(assignment));
            times.push(start.elapsed());
        }
    });
    times.sort_unstable();
    let longest = times.last().copied().unwrap_or_default();
    (
        times.get(times.len() / 2).copied().unwrap_or_default(),
        longest,
    )
}

fn replace(criterion: &mut Criterion) {
    let policy = Shape::Territory.policy(100_000);
    let dispatcher = Dispatcher::new(&policy).expect("sound");
    // These figures include pauses by the scheduler; compare with the run without a change.
    let (median, longest) = waits(&dispatcher, || {
        std::thread::sleep(Duration::from_secs(1));
    });
    println!("assign, nothing replaced:   median {median:?}, longest {longest:?}");
    let (median, longest) = waits(&dispatcher, || {
        dispatcher.replace_policy(&policy).expect("sound");
    });
    println!("assign, while replacing:    median {median:?}, longest {longest:?}");

    let mut group = criterion.benchmark_group("replace");
    group.sample_size(10);
    group.bench_function("policy of 100,000 rules", |bencher| {
        bencher.iter(|| dispatcher.replace_policy(&policy));
    });
    let team = policy.teams().first().expect("50 teams").id().clone();
    group.bench_function("add and remove a member", |bencher| {
        bencher.iter(|| {
            dispatcher.add_member(&team, "newcomer").expect("new");
            dispatcher.remove_member(&team, "newcomer").expect("there");
        });
    });
    group.finish();
}

criterion_group!(benches, replace);
criterion_main!(benches);
