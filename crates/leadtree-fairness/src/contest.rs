//! Runs every strategy on every sequence and measures fairness.

use serde::Serialize;

use crate::built_in::BuiltIn;
use crate::counter::{Counter, Pointer, Shortfall, Smooth};
use crate::sequence::Sequence;

/// A strategy or counter to compare.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    new: fn() -> Box<dyn Counter>,
    /// Whether the state is stored between batches; otherwise every batch starts over.
    is_stored: bool,
}

impl Contestant {
    const fn new(name: &'static str, new: fn() -> Box<dyn Counter>) -> Self {
        Self {
            name,
            new,
            is_stored: true,
        }
    }

    const fn anew_each_batch(mut self, name: &'static str) -> Self {
        (self.name, self.is_stored) = (name, false);
        self
    }
}

pub(crate) const CONTESTANTS: [Contestant; 6] = [
    Contestant::new("round_robin", || Box::new(BuiltIn::new("round_robin"))),
    Contestant::new("least_loaded", || Box::new(BuiltIn::new("least_loaded"))),
    Contestant::new("random", || Box::new(BuiltIn::new("random"))),
    Contestant::new("last-assigned pointer", POINTER),
    Contestant::new("smooth weighted", SMOOTH),
    Contestant::new("month's shortfall", || Box::new(Shortfall::default())),
];

/// Counters kept in a process or a script's variable, not in a table.
pub(crate) const FORGETFUL: [Contestant; 2] = [
    Contestant::new("", POINTER).anew_each_batch("last-assigned pointer, anew"),
    Contestant::new("", SMOOTH).anew_each_batch("smooth weighted, anew"),
];

const POINTER: fn() -> Box<dyn Counter> = || Box::new(Pointer::default());
const SMOOTH: fn() -> Box<dyn Counter> = || Box::new(Smooth::default());

/// How fair a strategy was on a sequence.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    pub(crate) sequence: &'static str,
    pub(crate) strategy: &'static str,
    pub(crate) members: usize,
    pub(crate) picks: usize,
    /// The largest difference between a member's count and share, in leads.
    pub(crate) max_deviation: f64,
    /// The most leads that went to others in a row while a member was there.
    pub(crate) longest_wait: usize,
    /// The most leads in a row that went to one member.
    pub(crate) longest_burst: usize,
}

/// The course of a run: after each lead, every member's count minus share. Shares accrue among the
/// members present.
pub(crate) struct Course {
    pub(crate) figure: Figure,
    pub(crate) deviations: Vec<Vec<f64>>,
}

/// Runs one strategy on one sequence.
pub(crate) fn run(contestant: &Contestant, sequence: &Sequence) -> Course {
    let weights = &sequence.weights;
    let mut counter = (contestant.new)();
    let mut deviation = vec![0.0_f64; weights.len()];
    let mut waits = vec![0_usize; weights.len()];
    let (mut last, mut burst) = (None, 0);
    let mut deviations = Vec::with_capacity(sequence.steps.len());
    let mut figure = Figure {
        sequence: sequence.name,
        strategy: contestant.name,
        members: weights.len(),
        picks: sequence.steps.len(),
        max_deviation: 0.0,
        longest_wait: 0,
        longest_burst: 0,
    };
    for step in &sequence.steps {
        if step.begins_batch {
            if contestant.is_stored {
                counter.store_and_restore();
            } else {
                counter = (contestant.new)();
            }
        }
        let picked = counter.pick(step, weights);
        let total: u32 = step.present.iter().map(|&it| weights[it]).sum();
        for &member in &step.present {
            deviation[member] -= f64::from(weights[member]) / f64::from(total);
            waits[member] += 1;
        }
        deviation[picked] += 1.0;
        waits[picked] = 0;
        burst = if last == Some(picked) { burst + 1 } else { 1 };
        last = Some(picked);
        let furthest = deviation.iter().map(|it| it.abs()).fold(0.0, f64::max);
        figure.max_deviation = figure.max_deviation.max(furthest);
        let longest_wait = waits.iter().copied().max().unwrap_or(0);
        figure.longest_wait = figure.longest_wait.max(longest_wait);
        figure.longest_burst = figure.longest_burst.max(burst);
        deviations.push(deviation.clone());
    }
    Course { figure, deviations }
}
