//! The least that deciding by look-ups costs: six look-ups, each depending on the one before, over
//! tables of some forty bytes a rule. It answers nothing.

use fastrand::Rng;

/// Bytes of all tables for one rule.
const BYTES_A_RULE: usize = 40;

/// One table of numbers a dimension.
pub struct FloorProbe {
    tables: [Vec<u32>; 6],
}

impl FloorProbe {
    /// Tables for so many rules.
    pub fn new(rules: usize) -> Self {
        let mut random = Rng::with_seed(40);
        let length = (rules * BYTES_A_RULE / size_of::<u32>() / 6).max(1);
        Self {
            tables: [(); 6].map(|()| (0..length).map(|_| random.u32(..)).collect()),
        }
    }

    /// What stands at the end of the look-ups.
    pub fn probe(&self, codes: &[u32; 6]) -> u32 {
        let mut found = 0;
        for (table, code) in self.tables.iter().zip(codes) {
            // Multiplying spreads the numbers evenly over the table.
            let spread = (code ^ found).wrapping_mul(0x9E37_79B1);
            let place = (u64::from(spread) * table.len() as u64) >> 32;
            found = table[place as usize];
        }
        found
    }
}
