//! The contract of a strategy.

use std::fmt;

use chrono::{DateTime, Utc};

use super::positions::Positions;
use super::standing::{Candidates, Standing};
use super::state::StrategyState;
use crate::id::{RotationId, RuleId};
use crate::lead::Lead;

/// Picks one of several members.
///
/// The contract, which [`check_conformance`](super::check_conformance) checks:
///
/// 1. One strategy object serves one rotation. All calls come one after the other, under a lock;
///    `choose` should be quick, and must not call back into the dispatcher.
/// 2. [`enroll`](Self::enroll) comes before the first [`choose`](Self::choose) and again whenever
///    the roster, its order or a weight changes; positions always mean the latest roster.
/// 3. [`choose`](Self::choose) answers with the position of one of the candidates, or with `None`
///    if it wants none of them; with no candidates it answers `None`. Any other answer counts as
///    `None`.
/// 4. An answer is final: the member gets the lead. So `choose` updates its own state at once.
/// 5. It depends on nothing but its state and the turn: no clock, no randomness without a seed, no
///    state shared with others. The same calls give the same answers.
/// 6. [`save`](Self::save) tells all of its state that matters. A fresh object that is enrolled,
///    then given that state by [`restore`](Self::restore), goes on as the saved one would have.
/// 7. [`restore`](Self::restore) bears with anything: numbers of members that are gone, missing
///    numbers, nonsense. It never panics.
/// 8. [`give_back`](Self::give_back) and [`take_turn`](Self::take_turn) may come at any time, for any
///    position.
/// 9. A strategy may keep an order of its own from turn to turn: [`Turn::changed`] names whoever is
///    to be looked at again. That must not show: the answer is the same as if everybody were named.
///
/// ```
/// use leadtree::strategy::{Strategy, Turn, check_conformance};
///
/// /// Whoever has got fewest leads today.
/// #[derive(Debug)]
/// struct FewestToday;
///
/// impl Strategy for FewestToday {
///     fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
///         let fewest = turn.candidates().iter().min_by(|a, b| {
///             a.today().cmp(&b.today()).then_with(|| a.by_wait(b))
///         })?;
///         Some(fewest.position())
///     }
/// }
///
/// check_conformance(|| Box::new(FewestToday))?;
/// # Ok::<(), leadtree::strategy::ConformanceFault>(())
/// ```
pub trait Strategy: Send + fmt::Debug {
    /// Takes note of the roster. By default nothing is noted.
    fn enroll(&mut self, roster: &[Standing]) {
        let _ = roster;
    }

    /// Picks one of the turn's candidates, by position in the roster.
    fn choose(&mut self, turn: &Turn<'_>) -> Option<usize>;

    /// The member at that position got a lead by name, and in the team that takes the turn: the lead
    /// should count as if the strategy had picked the member. The next turn names again whoever this one
    /// names as changed. By default nothing changes.
    fn take_turn(&mut self, turn: &Turn<'_>, position: usize) {
        let _ = (turn, position);
    }

    /// Why it picked the member at that position in that turn, its latest: the second half of a sentence
    /// such as `whose turn it was`. Asked for audits alone, right after the pick. By default nothing is
    /// told.
    fn ground(&self, turn: &Turn<'_>, position: usize) -> Option<String> {
        let _ = (turn, position);
        None
    }

    /// The member at that position gave a lead back, and the turn with it: the pick should count as
    /// if it had not been. By default nothing changes.
    fn give_back(&mut self, position: usize) {
        let _ = position;
    }

    /// The state that matters. By default there is none.
    fn save(&self) -> StrategyState {
        StrategyState::default()
    }

    /// Goes on from a saved state. By default it is ignored.
    fn restore(&mut self, state: &StrategyState) {
        let _ = state;
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
    /// be, since the last turn of this strategy object. All others must stand as they did.
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

    /// The positions of all who, since this strategy's last turn, became candidates or ceased to be,
    /// or whose load or last turn is another; everybody's in the first turn after
    /// [`enroll`](Strategy::enroll) or [`restore`](Strategy::restore). It may name more.
    ///
    /// A strategy that keeps the candidates in an order of its own brings it up to date from these,
    /// rather than look at all of them:
    ///
    /// ```
    /// use std::collections::BTreeSet;
    ///
    /// use leadtree::strategy::{Standing, Strategy, Turn, check_conformance};
    ///
    /// /// Whoever has waited longest.
    /// #[derive(Debug, Default)]
    /// struct LongestWait {
    ///     order: BTreeSet<(u64, usize)>,
    ///     waits: Vec<u64>,
    /// }
    ///
    /// impl Strategy for LongestWait {
    ///     fn enroll(&mut self, roster: &[Standing]) {
    ///         self.order.clear();
    ///         self.waits = vec![0; roster.len()];
    ///     }
    ///
    ///     fn choose(&mut self, turn: &Turn<'_>) -> Option<usize> {
    ///         for position in turn.changed() {
    ///             let wait = self.waits.get_mut(position)?;
    ///             self.order.remove(&(*wait, position));
    ///             if let Some(candidate) = turn.candidates().get(position) {
    ///                 *wait = candidate.last_turn();
    ///                 self.order.insert((*wait, position));
    ///             }
    ///         }
    ///         self.order.first().map(|&(_, position)| position)
    ///     }
    /// }
    ///
    /// check_conformance(|| Box::new(LongestWait::default()))?;
    /// # Ok::<(), leadtree::strategy::ConformanceFault>(())
    /// ```
    pub fn changed(&self) -> impl Iterator<Item = usize> + use<'a> {
        let everybody = match self.changed {
            None => 0..self.candidates.roster_len(),
            Some(_) => 0..0,
        };
        let named = self.changed.unwrap_or_default();
        named.iter().copied().chain(everybody)
    }
}
