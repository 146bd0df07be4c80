//! Scenarios: who is present for each lead.

/// A team, and which members are present for each lead of a sequence.
pub(crate) struct Sequence {
    pub(crate) name: &'static str,
    pub(crate) weights: Vec<u32>,
    pub(crate) steps: Vec<Step>,
}

/// One lead.
pub(crate) struct Step {
    /// The members present, in listed order.
    pub(crate) present: Vec<usize>,
    /// Whether a batch begins with it.
    pub(crate) begins_batch: bool,
    /// Whether a month begins with it.
    pub(crate) begins_month: bool,
}

/// The number of batches, and of months.
const BATCHES: usize = 30;
const MONTHS: usize = 2;

impl Sequence {
    /// All sequences, with about the given number of leads.
    pub(crate) fn all(leads: usize) -> Vec<Self> {
        let equal = |members| vec![1; members];
        let uneven = vec![20, 20, 20, 2, 2, 5, 5, 2, 20, 5];
        let from_one_to_three = (0..50).map(|member| 1 + member % 3).collect();
        vec![
            Self::new("steady", equal(4), leads, |_, _| true),
            // Away for a quarter of the leads, within the first month.
            Self::new("leave", equal(4), leads, |member, lead| {
                member != 3 || !(leads / 8..leads * 3 / 8).contains(&lead)
            }),
            Self::new("newcomer", equal(4), leads, |member, lead| {
                member != 3 || lead >= leads * 3 / 8
            }),
            Self::new("5:1:1", vec![5, 1, 1], leads, |_, _| true),
            Self::new("2, 5 and 20", uneven, leads, |_, _| true),
            Self::new("50 members", from_one_to_three, leads.max(50), |_, _| true),
            Self::new("30 batches", equal(2), BATCHES, |_, _| true).in_batches(),
        ]
    }

    fn new(
        name: &'static str,
        weights: Vec<u32>,
        leads: usize,
        is_there: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let month = leads.div_ceil(MONTHS);
        let steps = (0..leads).map(|lead| Step {
            present: (0..weights.len())
                .filter(|&it| is_there(it, lead))
                .collect(),
            begins_batch: lead == 0,
            begins_month: lead % month == 0,
        });
        Self {
            name,
            steps: steps.collect(),
            weights,
        }
    }

    /// Every lead is a batch of its own, all in one month.
    fn in_batches(mut self) -> Self {
        for (lead, step) in self.steps.iter_mut().enumerate() {
            step.begins_batch = true;
            step.begins_month = lead == 0;
        }
        self
    }
}
