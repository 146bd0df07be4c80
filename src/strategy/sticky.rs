//! Sticky assignment: leads of one account go to one member.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Memory, Strategy, Turn};
use crate::Lead;
use crate::text::{fold_text, trimmed};

/// Weighted rendezvous hashing on the account, or on the lead where it has none: the same key goes
/// to the same member. When members come or go, only the keys move that must: those of a member
/// who leaves spread over the others, and a member who joins takes a share from each. Keys are
/// [folded](crate::guide::concepts) as texts are: `User1@x` and `user1@x` are the same key.
///
/// Linear in the candidates; no numbers. (Thaler and Ravishankar 1998; weights: Schindelhauer and
/// Schomaker 2005.) The hash is XXH3, the logarithm a portable one, so answers are the same on
/// every machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sticky {
    seed: u64,
}

impl Sticky {
    /// Another seed gives another distribution of keys.
    pub fn with_seed(seed: u64) -> Self {
        Self { seed }
    }
}

impl Strategy for Sticky {
    fn choose(&self, turn: &Turn<'_>, _: &mut Memory) -> Option<usize> {
        let key = fold_text(key(turn.lead()));
        let key_hash = xxh3_64_with_seed(key.as_bytes(), self.seed);
        let score = |member: &str, weight: u32| {
            let hash = xxh3_64_with_seed(member.as_bytes(), key_hash);
            // 52 bits and a half: strictly between 0 and 1, so the logarithm is finite and not 0.
            #[expect(clippy::cast_precision_loss, reason = "52 bits are exact")]
            let chance = ((hash >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
            -f64::from(weight) / libm::log(chance)
        };
        let mut best: Option<(f64, usize)> = None;
        for candidate in turn.candidates().iter() {
            let score = score(candidate.member().as_str(), candidate.weight());
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, candidate.position()));
            }
        }
        best.map(|(_, position)| position)
    }

    fn ground(&self, turn: &Turn<'_>, _: &Memory, _: usize) -> Option<String> {
        let key = key(turn.lead());
        Some(format!(
            "who always gets `{key}` while these members are there"
        ))
    }
}

/// The account, or the lead where it has none.
fn key<'l>(lead: &'l Lead<'_>) -> &'l str {
    let account = lead.account();
    let account = account.filter(|account| !trimmed(account).is_empty());
    account.unwrap_or(lead.id())
}

#[cfg(test)]
mod tests {
    use super::super::{Candidates, Positions, Standing};
    use super::*;
    use crate::RotationId;

    fn pick(roster: &[Standing], account: &str) -> String {
        let positions: Positions = (0..roster.len()).collect();
        let lead = Lead::builder("L-1").account(account).build();
        let rotation = RotationId::from("r");
        let candidates = Candidates::new(roster, &positions);
        let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
        roster[Sticky::default()
            .choose(&turn, &mut Memory::default())
            .unwrap()]
        .member()
        .to_string()
    }

    #[test]
    fn only_the_keys_of_a_member_who_leaves_move() {
        let roster: Vec<_> = (0..8)
            .map(|number| Standing::new(format!("m-{number}"), 1 + number % 3))
            .collect();
        let without: Vec<_> = roster
            .iter()
            .filter(|standing| standing.member().as_str() != "m-4")
            .cloned()
            .collect();
        let mut reversed = roster.clone();
        reversed.reverse();
        let mut moved = 0;
        for key in 0..2_000 {
            let account = format!("A-{key}");
            let before = pick(&roster, &account);
            assert_eq!(
                pick(&reversed, &account),
                before,
                "the order of the roster is no matter"
            );
            let after = pick(&without, &account);
            if before == "m-4" {
                moved += 1;
                assert_ne!(after, before);
            } else {
                assert_eq!(after, before, "{account}");
            }
        }
        // m-4 has weight 2 of 15: 267 of 2,000, give or take.
        assert!((200..340).contains(&moved), "{moved}");
    }

    #[test]
    fn answers_are_the_same_on_every_machine() {
        let roster = ["m-1", "m-2", "m-3"].map(|member| Standing::new(member, 1));
        let picks: Vec<_> = (0..8)
            .map(|key| pick(&roster, &format!("A-{key}")))
            .collect();
        insta::assert_snapshot!(picks.join(" "), @"m-3 m-3 m-2 m-1 m-3 m-3 m-1 m-3");
    }
}
