//! A linear scan over codes, as a careful engineer would write it: one flat array with six ranges
//! for each rule, tested without branches.

use crate::engine::{Answers, Engine};
use crate::shapes::LeadCodes;

pub(crate) struct LinearScan {
    /// The first codes of the six ranges, and their lengths.
    rules: Vec<([u32; 6], [u32; 6])>,
    leads: Vec<[u32; 6]>,
}

impl LinearScan {
    pub(crate) fn engine(ranges: &[[(u32, u32); 6]], leads: &[LeadCodes]) -> Box<dyn Engine> {
        let rules = ranges.iter().map(|ranges| {
            let firsts = ranges.map(|(first, _)| first);
            let widths = ranges.map(|(first, last)| last - first);
            (firsts, widths)
        });
        Box::new(Self {
            rules: rules.collect(),
            leads: leads.iter().map(|lead| lead.codes).collect(),
        })
    }

    #[inline]
    fn of(&self, codes: &[u32; 6]) -> usize {
        let applies = |(firsts, widths): &([u32; 6], [u32; 6])| {
            let mut all = true;
            for ((code, first), width) in codes.iter().zip(firsts).zip(widths) {
                all &= code.wrapping_sub(*first) <= *width;
            }
            all
        };
        let rule = self.rules.iter().position(applies);
        rule.unwrap_or(self.rules.len())
    }
}

impl Answers for LinearScan {
    const NAME: &'static str = "scan";

    fn leads(&self) -> usize {
        self.leads.len()
    }

    #[inline]
    fn answer(&self, lead: usize) -> usize {
        self.of(&self.leads[lead])
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.rules)
    }
}
