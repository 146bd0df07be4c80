//! The time that each strategy takes to pick one of 10, 20, 100 or 1,000 members and to count the pick, as a
//! dispatcher does; for comparison, a plain pass over an array of loads to find the least. Then the time with
//! changing eligible members: one fewer in every other turn, or a different half in each.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::hint::black_box;
use std::time::Duration;

use chrono::DateTime;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use leadtree::strategy::{
    Candidates, Load, Memory, Positions, Standing, Strategy, StrategyRegistry, Turn,
};
use leadtree::team::StrategyChoice;
use leadtree::{Lead, RotationId};

const STRATEGIES: [&str; 5] = [
    "round_robin",
    "least_loaded",
    "sticky",
    "random",
    "waterfall",
];

/// A rotation with the standings that a dispatcher would keep.
struct Rotation {
    id: RotationId,
    strategy: Box<dyn Strategy>,
    memory: Memory,
    roster: Vec<Standing>,
    eligible: Positions,
    changed: Vec<usize>,
}

impl Rotation {
    fn new(name: &str, members: u32) -> Self {
        let roster: Vec<Standing> = (0..members).map(standing).collect();
        let registry = StrategyRegistry::new();
        let strategy = registry.build(&StrategyChoice::new(name)).expect("sound");
        Self {
            id: RotationId::from("bench"),
            memory: Memory::new(strategy.number_names(), roster.len()),
            strategy,
            eligible: (0..roster.len()).collect(),
            changed: (0..roster.len()).collect(),
            roster,
        }
    }

    /// Picks a member and counts the lead.
    fn pick(&mut self, lead: &Lead<'_>) -> Option<usize> {
        let candidates = Candidates::new(&self.roster, &self.eligible);
        let turn = Turn::new(DateTime::UNIX_EPOCH, lead, &self.id, candidates);
        let turn = turn.with_changed(&self.changed);
        let position = self.strategy.choose(&turn, &mut self.memory)?;
        self.memory.take_turn(position);
        let standing = self.roster.swap_remove(position);
        let mut load = standing.load();
        load.open = (load.open + 1) % 1_000;
        let standing = standing.with_load(load);
        self.roster.push(standing);
        let last = self.roster.len() - 1;
        self.roster.swap(position, last);
        self.changed.clear();
        self.changed.push(position);
        Some(position)
    }

    /// Makes the member eligible or ineligible.
    fn set(&mut self, position: usize, is_eligible: bool) {
        if is_eligible {
            self.eligible.insert(position);
        } else {
            self.eligible.remove(position);
        }
        self.changed.push(position);
    }

    /// The position of the least load for the weight.
    fn plain_pass(&self) -> Option<usize> {
        let candidates = Candidates::new(&self.roster, black_box(&self.eligible));
        let least = candidates.iter().min_by(|one, other| {
            let left = u64::from(one.open()) * u64::from(other.weight());
            let right = u64::from(other.open()) * u64::from(one.weight());
            let numbers = self.memory.numbers();
            left.cmp(&right).then_with(|| numbers.by_wait(one, other))
        })?;
        Some(least.position())
    }
}

fn standing(number: u32) -> Standing {
    let load = Load::new(number * 7 % 31, 0);
    Standing::new(format!("m-{number}"), 1 + number % 3).with_load(load)
}

/// The position of the least load.
fn plain_pass(loads: &[u32]) -> Option<usize> {
    let loads = loads.iter().enumerate();
    loads.min_by_key(|(_, load)| **load).map(|(it, _)| it)
}

fn strategies(criterion: &mut Criterion) {
    let leads = shapes::leads(4_096);
    for members in [10_u32, 20, 100, 1_000] {
        let mut group = criterion.benchmark_group(format!("pick/{members}"));
        group.warm_up_time(Duration::from_millis(500));
        group.measurement_time(Duration::from_secs(1));
        group.sample_size(20);
        let loads: Vec<u32> = (0..members)
            .map(|number| standing(number).load().open)
            .collect();
        group.bench_function("plain pass over loads", |bencher| {
            bencher.iter(|| plain_pass(black_box(&loads)));
        });
        for name in STRATEGIES {
            let mut rotation = Rotation::new(name, members);
            let mut next = leads.iter().cycle();
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
                bencher.iter(|| rotation.pick(next.next()?));
            });
        }
        group.finish();
    }
}

/// The eligible members change from turn to turn.
fn changes(criterion: &mut Criterion) {
    let leads = shapes::leads(4_096);
    for members in [20_u32, 1_000] {
        let mut group = criterion.benchmark_group(format!("change/{members}"));
        group.warm_up_time(Duration::from_millis(500));
        group.measurement_time(Duration::from_secs(1));
        group.sample_size(20);
        group.bench_function("plain pass over standings", |bencher| {
            let rotation = Rotation::new("waterfall", members);
            bencher.iter(|| rotation.plain_pass());
        });
        for name in ["round_robin", "least_loaded"] {
            let mut rotation = Rotation::new(name, members);
            let mut next = leads.iter().cycle();
            let mut away = (0..members as usize).cycle();
            let mut is_away = None;
            group.bench_function(format!("{name}, one"), |bencher| {
                bencher.iter(|| {
                    if let Some(position) = is_away.take() {
                        rotation.set(position, true);
                    } else {
                        is_away = away.next();
                        rotation.set(is_away?, false);
                    }
                    rotation.pick(next.next()?)
                });
            });
            let mut rotation = Rotation::new(name, members);
            let mut random = fastrand::Rng::with_seed(1980);
            let halves: Vec<Vec<usize>> = (0..64)
                .map(|_| random.choose_multiple(0..members as usize, members as usize / 2))
                .collect();
            let mut halves = halves.iter().cycle();
            let mut absent: &[usize] = &[];
            group.bench_function(format!("{name}, half"), |bencher| {
                bencher.iter(|| {
                    for &position in absent {
                        rotation.set(position, true);
                    }
                    absent = halves.next()?;
                    for &position in absent {
                        rotation.set(position, false);
                    }
                    rotation.pick(next.next()?)
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, strategies, changes);
criterion_main!(benches);
