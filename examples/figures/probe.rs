//! A lower bound: six look-ups, each depending on the one before, in tables of 40 bytes for each
//! rule in total. Its answers are meaningless; no engine that looks up six values in sequence can
//! be much faster.

use fastrand::Rng;

use crate::engine::{Answers, Engine};
use crate::shapes::{LeadCodes, SEED};

pub(crate) struct Probe {
    tables: [Vec<u32>; 6],
    leads: Vec<[u32; 6]>,
}

impl Probe {
    pub(crate) fn engine(rules: usize, leads: &[LeadCodes]) -> Box<dyn Engine> {
        let mut random = Rng::with_seed(SEED);
        let length = (40 * rules / size_of::<u32>() / 6).max(1);
        let mut table = || (0..length).map(|_| random.u32(..)).collect();
        let tables = [table(), table(), table(), table(), table(), table()];
        let leads = leads.iter();
        let leads = leads.map(|lead| lead.codes.map(|code| code.wrapping_mul(0x9E37_79B9)));
        Box::new(Self {
            tables,
            leads: leads.collect(),
        })
    }

    #[inline]
    fn of(&self, codes: &[u32; 6]) -> u32 {
        let mut at = 0_u32;
        for (table, code) in self.tables.iter().zip(codes) {
            // The high half of the product is uniform within the table.
            let position = (u64::from(at ^ code) * table.len() as u64) >> 32;
            at = usize::try_from(position)
                .ok()
                .and_then(|position| table.get(position))
                .copied()
                .unwrap_or(0);
        }
        at
    }
}

impl Answers for Probe {
    const NAME: &'static str = "probe";

    fn leads(&self) -> usize {
        self.leads.len()
    }

    #[inline]
    fn answer(&self, lead: usize) -> usize {
        self.of(&self.leads[lead]) as usize
    }

    fn is_checked(&self) -> bool {
        false
    }

    fn bytes(&self) -> usize {
        self.tables.iter().map(|table| size_of_val(&**table)).sum()
    }
}
