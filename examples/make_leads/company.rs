//! Fictional companies.

use fastrand::Rng;

use super::dirt::{pick, weighted};
use super::vocabulary::{self, Market};

/// A company and its spellings.
pub(crate) struct Company {
    pub(crate) account: String,
    pub(crate) name: String,
    /// Spellings of its region.
    pub(crate) place: &'static [&'static str],
    /// Spellings of its industry.
    pub(crate) industry: &'static [&'static str],
    pub(crate) head_count: u32,
    pub(crate) language: &'static str,
}

impl Company {
    pub(crate) fn invent(dice: &mut Rng, number: usize) -> Self {
        let market = weighted(dice, vocabulary::MARKETS);
        let industry = weighted(dice, vocabulary::INDUSTRIES);
        Self {
            // Small companies often have no account yet.
            account: match dice.u32(..5) {
                0 => String::new(),
                _ => format!("A-{number:04}"),
            },
            name: name(dice, market, industry.trade_word),
            place: pick(dice, market.places),
            industry: industry.spellings,
            head_count: weighted(dice, vocabulary::HEAD_COUNTS) * dice.u32(100..200) / 100,
            language: pick(dice, market.languages),
        }
    }
}

fn name(dice: &mut Rng, market: Market, (chinese, latin): (&str, &str)) -> String {
    let first = pick(dice, market.first_words);
    let form = pick(dice, market.legal_forms);
    if market.is_chinese {
        format!("{first}{chinese}{form}")
    } else {
        format!("{first} {latin} {form}").trim().to_owned()
    }
}
