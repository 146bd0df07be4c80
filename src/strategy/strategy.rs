//! The contract of a strategy.

use std::fmt;

use chrono::{DateTime, Utc};

use super::memory::{Memory, NumberNames};
use super::positions::positions::Positions;
use super::standing::Candidates;
use crate::id::{RotationId, RuleId};
use crate::lead::Lead;

/// Picks one of several members.
///
/// A strategy is code: it never changes, and serves any number of rotations, from many threads at once.
/// What a rotation remembers from turn to turn is in its [`Memory`], which is handed in. The contract,
/// which [`check_conformance`](super::check_conformance) checks:
///
/// 1. [`choose`](Self::choose) is quick, and does not call back into the dispatcher.
/// 2. Positions are those of the turn's roster. When the roster, its order or a weight changes, the
///    numbers stay with their members; who is new has none.
/// 3. [`choose`](Self::choose) answers with the position of one of the candidates, or with `None`
///    if it wants none of them; with no candidates it answers `None`. Any other answer counts as
///    `None`.
/// 4. An answer is final: the member gets the lead. So `choose` changes the memory at once.
/// 5. It depends on nothing but the memory and the turn: no clock, no randomness without a seed, no
///    state of its own. The same calls give the same answers.
/// 6. The [`Numbers`](super::Numbers) hold all that matters. A rotation that goes on from stored
///    numbers, without the index, goes on as it would have.
/// 7. It bears with any numbers: they may have been stored by another version, or be nonsense. It
///    never panics.
/// 8. [`give_back`](Self::give_back) and [`count_named`](Self::count_named) may come at any time, for any
///    position.
/// 9. A strategy may keep an index from turn to turn: [`Turn::changed`] names whoever is to be looked
///    at again. That must not show: the answer is the same as if everybody were named.
///
/// ```
/// use leadtree::strategy::{Memory, Strategy, Turn, check_conformance};
///
/// /// Whoever has got fewest leads today.
/// #[derive(Debug)]
/// struct FewestToday;
///
/// impl Strategy for FewestToday {
///     fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
///         let fewest = turn.candidates().iter().min_by(|a, b| {
///             let by_wait = || memory.numbers().by_wait(a, b);
///             a.today().cmp(&b.today()).then_with(by_wait)
///         })?;
///         Some(fewest.position())
///     }
/// }
///
/// check_conformance(&FewestToday)?;
/// # Ok::<(), leadtree::strategy::ConformanceFault>(())
/// ```
pub trait Strategy: Send + Sync + fmt::Debug {
    /// The names of the numbers that it has a rotation remember. By default there are none.
    fn number_names(&self) -> NumberNames {
        NumberNames::default()
    }

    /// Picks one of the turn's candidates, by position in the roster.
    fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize>;

    /// The member at that position got a lead by name, and in a team that takes the turn: the lead
    /// should count as if the strategy had picked the member. By default nothing changes.
    fn count_named(&self, turn: &Turn<'_>, memory: &mut Memory, position: usize) {
        let _ = (turn, memory, position);
    }

    /// Why it picked the member at that position in that turn, the latest: the second half of a sentence
    /// such as `whose turn it was`. Asked for audits alone, right after the pick. By default nothing is
    /// told.
    fn ground(&self, turn: &Turn<'_>, memory: &Memory, position: usize) -> Option<String> {
        let _ = (turn, memory, position);
        None
    }

    /// The member at that position gave a lead back, and the turn with it: the pick should count as
    /// if it had not been. By default nothing changes.
    fn give_back(&self, memory: &mut Memory, position: usize) {
        let _ = (memory, position);
    }
}

/// What a strategy may look at for one pick.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    now: DateTime<Utc>,
    rule: Option<&'a RuleId>,
    lead: &'a Lead<'a>,
    rotation: &'a RotationId,
    candidates: Candidates<'a>,
    /// None: everybody.
    changed: Option<&'a [usize]>,
    /// By position. None: all fit alike.
    fits: Option<&'a [u32]>,
}

impl<'a> Turn<'a> {
    /// A turn of a rotation, in which everybody may stand otherwise than before.
    pub fn new(
        now: DateTime<Utc>,
        lead: &'a Lead<'a>,
        rotation: &'a RotationId,
        candidates: Candidates<'a>,
    ) -> Self {
        Self {
            now,
            rule: None,
            lead,
            rotation,
            candidates,
            changed: None,
            fits: None,
        }
    }

    /// Sets the rule that led to this turn.
    #[must_use]
    pub fn with_rule(mut self, rule: Option<&'a RuleId>) -> Self {
        self.rule = rule;
        self
    }

    /// Names the positions of the members whose standing changed, or who became candidates or ceased to
    /// be, since the last turn of this rotation. All others must stand as they did.
    #[must_use]
    pub fn with_changed(mut self, positions: &'a [usize]) -> Self {
        self.changed = Some(positions);
        self
    }

    /// Sets how much of what is preferred each member meets, by position.
    #[must_use]
    pub fn with_fits(mut self, fits: &'a [u32]) -> Self {
        self.fits = Some(fits);
        self
    }

    /// Narrows the candidates. It is then unknown who of them were candidates before.
    pub(super) fn among<'b>(self, candidates: &'b Positions) -> Turn<'b>
    where
        'a: 'b,
    {
        Turn {
            candidates: self.candidates.only(candidates),
            changed: None,
            ..self
        }
    }

    /// The moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The rule that applied, or the group whose `otherwise` did.
    pub fn rule(&self) -> Option<&'a RuleId> {
        self.rule
    }

    /// The lead.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }

    /// The rotation.
    pub fn rotation(&self) -> &'a RotationId {
        self.rotation
    }

    /// The members who may take the lead.
    pub fn candidates(&self) -> Candidates<'a> {
        self.candidates
    }

    /// How much the member at that position meets of what the lead's rule and the team prefer: the
    /// grade counts as one, and each skill. What they require, every candidate meets.
    pub fn fit(&self, position: usize) -> u32 {
        let fits = self.fits.unwrap_or_default();
        fits.get(position).copied().unwrap_or(0)
    }

    /// The positions of all who, since the rotation's last turn, became candidates or ceased to be,
    /// or whose load or last turn is another; everybody's if the index is new. It may name more.
    ///
    /// A strategy that keeps the candidates in an order of its own brings it up to date from these,
    /// rather than look at all of them:
    ///
    /// ```
    /// use std::collections::BTreeSet;
    ///
    /// use leadtree::strategy::{Memory, Strategy, Turn, check_conformance};
    ///
    /// /// Whoever has waited longest.
    /// #[derive(Debug)]
    /// struct LongestWait;
    ///
    /// #[derive(Default)]
    /// struct Waits {
    ///     order: BTreeSet<(u64, usize)>,
    ///     /// By position.
    ///     waits: Vec<u64>,
    /// }
    ///
    /// impl Strategy for LongestWait {
    ///     fn choose(&self, turn: &Turn<'_>, memory: &mut Memory) -> Option<usize> {
    ///         let candidates = turn.candidates();
    ///         memory.with_index(|numbers, index: &mut Waits| {
    ///             index.waits.resize(candidates.roster().len(), 0);
    ///             for position in turn.changed() {
    ///                 let wait = index.waits.get_mut(position)?;
    ///                 index.order.remove(&(*wait, position));
    ///                 if candidates.contains(position) {
    ///                     *wait = numbers.last_turn(position);
    ///                     index.order.insert((*wait, position));
    ///                 }
    ///             }
    ///             index.order.first().map(|&(_, position)| position)
    ///         })
    ///     }
    /// }
    ///
    /// check_conformance(&LongestWait)?;
    /// # Ok::<(), leadtree::strategy::ConformanceFault>(())
    /// ```
    pub fn changed(&self) -> impl Iterator<Item = usize> + use<'a> {
        let everybody = match self.changed {
            None => 0..self.candidates.roster().len(),
            Some(_) => 0..0,
        };
        let named = self.changed.unwrap_or_default();
        named.iter().copied().chain(everybody)
    }
}
