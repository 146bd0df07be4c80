//! The interface of every engine, and how it is measured.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Decides leads that were prepared for it. Only deciding is measured.
pub(crate) trait Answers {
    const NAME: &'static str;

    /// The number of leads.
    fn leads(&self) -> usize;

    /// The answer for the lead at a position: the position of the matching rule.
    fn answer(&self, lead: usize) -> usize;

    /// The sum of the answers for leads from `first` on, without wrapping around.
    fn sum(&self, first: usize, count: usize) -> u64 {
        (first..first + count).fold(0_u64, |sum, lead| {
            sum.wrapping_add(self.answer(lead) as u64)
        })
    }

    /// Whether the answers are meaningful.
    fn is_checked(&self) -> bool {
        true
    }

    /// The size of its representation of the rules in bytes.
    fn bytes(&self) -> usize;
}

/// Object-safe form of [`Engine`]; each engine gets a loop of its own.
pub(crate) trait Engine {
    fn name(&self) -> &'static str;

    /// Decides `count` leads from `first` on, wrapping around. Returns the sum of the answers, so
    /// that no work can be optimised away.
    fn run(&self, first: usize, count: usize) -> u64;

    /// The answers for the first leads.
    fn answers(&self, count: usize) -> Vec<usize>;

    fn bytes(&self) -> usize;
}

impl<A: Answers> Engine for A {
    fn name(&self) -> &'static str {
        A::NAME
    }

    fn run(&self, first: usize, count: usize) -> u64 {
        let mut sum = 0_u64;
        let mut next = first;
        let mut left = count;
        while left > 0 {
            let part = left.min(self.leads() - next);
            sum = sum.wrapping_add(self.sum(next, part));
            left -= part;
            next = (next + part) % self.leads();
        }
        sum
    }

    fn answers(&self, count: usize) -> Vec<usize> {
        let count = if self.is_checked() { count } else { 0 };
        (0..count).map(|lead| self.answer(lead)).collect()
    }

    fn bytes(&self) -> usize {
        Answers::bytes(self)
    }
}

/// A row of the table.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Figure {
    pub(crate) shape: &'static str,
    pub(crate) rules: usize,
    pub(crate) engine: &'static str,
    pub(crate) ns_per_lead: f64,
    pub(crate) compile_ms: f64,
    pub(crate) bytes_per_rule: f64,
    pub(crate) checked: usize,
    pub(crate) wrong: usize,
}

/// The number of rounds.
const ROUNDS: u32 = 20;

/// The median time for a lead with each engine in nanoseconds; the engines take turns.
pub(crate) fn median_times(
    engines: &mut [(Box<dyn Engine + '_>, f64)],
    leads: usize,
    limit: Duration,
) -> Vec<f64> {
    let counts: Vec<usize> = engines
        .iter()
        .map(|(engine, _)| leads_in(&**engine, limit / ROUNDS))
        .collect();
    let mut times = vec![Vec::new(); engines.len()];
    let mut first = 0;
    for _ in 0..ROUNDS {
        for ((times, (engine, _)), &count) in times.iter_mut().zip(&*engines).zip(&counts) {
            let start = Instant::now();
            black_box(engine.run(first, count));
            times.push(nanoseconds(start.elapsed(), count));
        }
        first = (first + leads / 7) % leads.max(1);
    }
    times.into_iter().map(median).collect()
}

/// About how many leads the engine decides in the given time.
fn leads_in(engine: &dyn Engine, limit: Duration) -> usize {
    let mut count = 1;
    loop {
        let start = Instant::now();
        black_box(engine.run(0, count));
        let took = start.elapsed();
        if took >= limit || count >= 1 << 24 {
            return count;
        }
        count *= 2;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn nanoseconds(took: Duration, count: usize) -> f64 {
    took.as_nanos() as f64 / count as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}
