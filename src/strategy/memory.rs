//! What a rotation remembers from turn to turn.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use indexmap::IndexMap;

use super::standing::Candidate;
use super::state::StrategyState;
use crate::id::MemberId;

/// The names under which a strategy's numbers are stored. A strategy refers to a number by its place
/// in the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberNames {
    shared: &'static [&'static str],
    member: &'static [&'static str],
}

impl NumberNames {
    /// Names of the numbers of the rotation as a whole, and of those that each member has.
    pub const fn new(shared: &'static [&'static str], member: &'static [&'static str]) -> Self {
        Self { shared, member }
    }
}

/// What one rotation remembers: who had which turn, and the numbers of its strategy.
///
/// Whoever runs a rotation keeps its memory and hands it to the strategy for each turn; the strategy
/// itself remembers nothing. Positions are those of the roster. All numbers are 0 at first.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::strategy::{Candidates, Memory, Positions, RoundRobin, Standing, Strategy, Turn};
///
/// let roster = [Standing::new("m-01", 2), Standing::new("m-02", 1)];
/// let everybody: Positions = (0..roster.len()).collect();
/// let (lead, rotation) = (Lead::builder("L-1").build(), "east".into());
/// let candidates = Candidates::new(&roster, &everybody);
/// let turn = Turn::new(chrono::DateTime::UNIX_EPOCH, &lead, &rotation, candidates);
///
/// let strategy = RoundRobin::new();
/// let mut memory = Memory::new(strategy.number_names(), roster.len());
/// let mut picks = Vec::new();
/// for _ in 0..3 {
///     let position = strategy.choose(&turn, &mut memory).unwrap();
///     memory.take_turn(position);
///     picks.push(position);
/// }
/// assert_eq!(picks, [0, 1, 0]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    numbers: Numbers,
    index: Index,
}

/// The numbers of a rotation: what of its memory is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    names: NumberNames,
    shared: Vec<i64>,
    /// By position: all numbers of a member side by side.
    members: Vec<i64>,
    turn: u64,
    /// By position: the number of the turn that the member last got.
    last_turns: Vec<u64>,
    /// Turns up to this one were by other strategies.
    since: u64,
    noted: Noted,
}

/// Whose numbers were changed since it was asked for, by position, some several times. Not part of what
/// numbers are compared by.
#[derive(Debug, Default)]
struct Noted(Option<Vec<usize>>);

/// What a strategy can compute anew from the numbers and the candidates. Not part of what memories
/// are compared by.
#[derive(Default)]
struct Index(Option<Box<dyn Any + Send>>);

impl Memory {
    /// Of a rotation at its beginning: nobody has had a turn. `names` are those of its strategy's
    /// [`numbers`](super::Strategy::number_names), `members` is the length of the roster.
    pub fn new(names: NumberNames, members: usize) -> Self {
        let numbers = Numbers {
            names,
            shared: vec![0; names.shared.len()],
            members: vec![0; names.member.len() * members],
            turn: 0,
            last_turns: vec![0; members],
            since: 0,
            noted: Noted::default(),
        };
        Self {
            numbers,
            index: Index::default(),
        }
    }

    /// The numbers.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The numbers, to be changed. An index, if there is one, is dropped.
    pub fn numbers_mut(&mut self) -> &mut Numbers {
        self.drop_index();
        &mut self.numbers
    }

    /// Runs a part of a turn with the numbers and an index of the strategy's own: whatever makes a pick
    /// quicker and can be computed anew from the numbers and the candidates, such as an order of the
    /// candidates. It is new (`T::default()`) in the first turn, and whenever the roster or the numbers
    /// were changed by anybody but the strategy; [`Turn::changed`](super::Turn::changed) names everybody
    /// then.
    #[inline]
    pub fn with_index<T: Default + Send + 'static, R>(
        &mut self,
        run: impl FnOnce(&mut Numbers, &mut T) -> R,
    ) -> R {
        let kept = self.index.0.take();
        let mut index: Box<T> = kept.and_then(|it| it.downcast().ok()).unwrap_or_default();
        let answer = run(&mut self.numbers, &mut index);
        self.index.0 = Some(index);
        answer
    }

    /// Whether the strategy keeps an index. Whoever runs a rotation may name who has
    /// [changed](super::Turn::with_changed) only if it does; a new index is to be told of everybody.
    pub fn has_index(&self) -> bool {
        self.index.0.is_some()
    }

    /// Drops the index: it is made anew in the next turn.
    pub fn drop_index(&mut self) {
        self.index.0 = None;
    }

    /// The next turn is that member's. Called after each pick by whoever runs the rotation, not by
    /// strategies. Gives the number of the turn, and that of the member's turn before.
    #[inline]
    pub fn take_turn(&mut self, position: usize) -> (u64, u64) {
        self.numbers.take_turn(position)
    }

    /// The member's last turn was that of another number, if it was `turn`. Whether the present strategy
    /// counted that turn.
    pub(crate) fn undo_turn(&mut self, position: usize, (turn, before): (u64, u64)) -> bool {
        let numbers = &mut self.numbers;
        if let Some(last) = numbers.last_turns.get_mut(position)
            && *last == turn
        {
            *last = before;
            numbers.noted.add(position);
        }
        turn > numbers.since && turn <= numbers.turn
    }

    /// From here on, takes note of whose numbers are changed.
    pub(crate) fn begin_noting(&mut self) {
        if self.numbers.noted.0.is_none() {
            self.numbers.noted.0 = Some(Vec::new());
        }
    }

    /// In a form that can be stored; `roster` are all members in order.
    pub fn save<'m>(&self, roster: impl IntoIterator<Item = &'m MemberId>) -> StrategyState {
        let mut state = self.save_of(roster.into_iter().enumerate());
        state.drop_zeros();
        state
    }

    /// The numbers of the rotation, and of those who were noted, zeros too; from here on, nobody is
    /// noted. `member` tells who is at a position.
    pub(crate) fn save_noted<'m>(
        &mut self,
        member: impl Fn(usize) -> Option<&'m MemberId>,
    ) -> StrategyState {
        // A strategy that puts another memory in place of this one has lost the notes: then everybody
        // counts as changed.
        let everybody = || (0..self.numbers.last_turns.len()).collect();
        let mut positions = self.numbers.noted.0.take().unwrap_or_else(everybody);
        positions.sort_unstable();
        positions.dedup();
        let noted = positions.into_iter();
        self.save_of(noted.filter_map(|position| Some((position, member(position)?))))
    }

    /// The numbers of the rotation, and of those members.
    fn save_of<'m>(&self, members: impl Iterator<Item = (usize, &'m MemberId)>) -> StrategyState {
        let Numbers { names, .. } = self.numbers;
        let named = |names: &[&str], numbers: &[i64]| {
            let pairs = names.iter().zip(numbers);
            let pairs = pairs.map(|(name, &number)| ((*name).to_owned(), number));
            pairs.collect::<IndexMap<String, i64>>()
        };
        let mut state = StrategyState {
            turn: self.numbers.turn,
            since: self.numbers.since,
            shared: named(names.shared, &self.numbers.shared),
            ..StrategyState::default()
        };
        for (position, member) in members {
            if self.numbers.turn > 0 {
                let last_turn = self.numbers.last_turn(position);
                state.last_turns.insert(member.clone(), last_turn);
            }
            if !names.member.is_empty() {
                let numbers = named(names.member, self.numbers.of_member(position));
                state.members.insert(member.clone(), numbers);
            }
        }
        state
    }

    /// Goes on from a stored state. Who is not in it stands behind the others; numbers of other
    /// names, and of members who are not in the roster, are passed over.
    pub fn restore<'m>(
        &mut self,
        roster: impl IntoIterator<Item = &'m MemberId>,
        state: &StrategyState,
    ) {
        self.drop_index();
        let numbers = &mut self.numbers;
        numbers.turn = state.turn;
        numbers.since = state.since;
        for (number, name) in numbers.shared.iter_mut().zip(numbers.names.shared) {
            *number = state.shared(name);
        }
        for (position, member) in roster.into_iter().enumerate() {
            let last_turn = state.last_turns.get(member).copied();
            if let Some(last) = numbers.last_turns.get_mut(position) {
                *last = last_turn.unwrap_or(state.turn);
            }
            for (which, name) in numbers.names.member.iter().enumerate() {
                numbers.set_member(position, which, state.member(member, name));
            }
        }
    }

    /// Goes on from another rotation's numbers; `positions` are pairs of positions now and before.
    /// Who is in none of them stands behind the others. Turns go on in any case, the strategy's own
    /// numbers only where it is `same_strategy`.
    pub(crate) fn go_on(
        &mut self,
        former: &Self,
        positions: &[(usize, usize)],
        same_strategy: bool,
    ) {
        self.drop_index();
        let former = &former.numbers;
        let numbers = &mut self.numbers;
        numbers.turn = former.turn;
        numbers.last_turns.fill(former.turn);
        for &(now, before) in positions {
            if let Some(last) = numbers.last_turns.get_mut(now) {
                *last = former.last_turn(before);
            }
        }
        let is_same = same_strategy && numbers.names == former.names;
        numbers.since = if is_same { former.since } else { former.turn };
        if !is_same {
            return;
        }
        numbers.shared.clone_from(&former.shared);
        numbers.members.fill(0);
        for &(now, before) in positions {
            for which in 0..former.names.member.len() {
                numbers.set_member(now, which, former.member(before, which));
            }
        }
    }
}

impl Numbers {
    /// A number of the rotation as a whole, by its place among the names.
    pub fn shared(&self, which: usize) -> i64 {
        self.shared.get(which).copied().unwrap_or(0)
    }

    /// Sets a number of the rotation as a whole. Nothing happens for a place without a name.
    #[inline]
    pub fn set_shared(&mut self, which: usize, number: i64) {
        if let Some(present) = self.shared.get_mut(which) {
            *present = number;
        }
    }

    /// A number of a member, by its place among the names.
    #[inline]
    pub fn member(&self, position: usize, which: usize) -> i64 {
        self.of_member(position).get(which).copied().unwrap_or(0)
    }

    /// Sets a number of a member. Nothing happens for a position outside the roster, or a place
    /// without a name.
    #[inline]
    pub fn set_member(&mut self, position: usize, which: usize, number: i64) {
        let places = self.places(position);
        let members = self.members.get_mut(places);
        if let Some(present) = members.and_then(|numbers| numbers.get_mut(which))
            && *present != number
        {
            *present = number;
            self.noted.add(position);
        }
    }

    /// Adds to a number of a member.
    #[inline]
    pub(super) fn add_to_member(&mut self, position: usize, which: usize, number: i64) {
        let places = self.places(position);
        let members = self.members.get_mut(places);
        if let Some(present) = members.and_then(|numbers| numbers.get_mut(which)) {
            *present = present.saturating_add(number);
            self.noted.add(position);
        }
    }

    #[inline]
    fn of_member(&self, position: usize) -> &[i64] {
        self.members.get(self.places(position)).unwrap_or_default()
    }

    /// Where the numbers of a member are.
    #[inline]
    fn places(&self, position: usize) -> Range<usize> {
        let width = self.names.member.len();
        let first = position.saturating_mul(width);
        first..first.saturating_add(width)
    }

    /// How many turns there were.
    pub fn turn(&self) -> u64 {
        self.turn
    }

    /// The number of the turn that the member last got in this rotation; the member with the smaller
    /// number has waited longer. Who joins gets the number of the latest turn, as if it had been
    /// theirs.
    #[inline]
    pub fn last_turn(&self, position: usize) -> u64 {
        self.last_turns.get(position).copied().unwrap_or(0)
    }

    /// Who is served first when all else is equal: the one who waited longer in this rotation, then the
    /// one listed first.
    pub fn by_wait(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
        let wait = |it: &Candidate<'_>| (self.last_turn(it.position()), it.position());
        wait(one).cmp(&wait(other))
    }

    #[inline]
    fn take_turn(&mut self, position: usize) -> (u64, u64) {
        if self.turn == 0 {
            // Before the first turn, nobody's last one is stored.
            self.noted.add_all(self.last_turns.len());
        }
        self.noted.add(position);
        self.turn = self.turn.saturating_add(1);
        let turn = self.turn;
        let last = self.last_turns.get_mut(position);
        let before = last.map_or(0, |last| std::mem::replace(last, turn));
        (turn, before)
    }
}

impl Noted {
    #[inline]
    fn add(&mut self, position: usize) {
        if let Some(noted) = &mut self.0 {
            noted.push(position);
        }
    }

    fn add_all(&mut self, members: usize) {
        if let Some(noted) = &mut self.0 {
            noted.extend(0..members);
        }
    }
}

impl Clone for Noted {
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl PartialEq for Noted {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Noted {}

impl Clone for Index {
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Index {}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "kept" } else { "none" })
    }
}
