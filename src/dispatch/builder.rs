//! Making a dispatcher.

use super::answer::error::BuildError;
use chrono::TimeDelta;

use super::dispatch_plan::DispatchPlan;
use super::dispatcher::Dispatcher;
use super::plan::plan::{Parts, Plan};
use super::recorded::RecordedDispatcher;
use super::state::record::{RecordKind, Recorded};
use super::state::report::StateReport;
use super::state::state::DispatchState;
use crate::policy::Policy;
use crate::strategy::StrategyRegistry;
use crate::tree::CompileOptions;

/// Makes a [`Dispatcher`]: with strategies of one's own, other compile options, or a stored state.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dispatch::{DispatchState, Dispatcher};
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::Rule;
/// use leadtree::team::Team;
/// use leadtree::tree::CompileOptions;
///
/// let policy = PolicyDraft::new()
///     .team(Team::new("east").members(["m-01", "m-02"]))
///     .rule(Rule::new("all").assign_to("east"))
///     .build()?;
/// let dispatcher = Dispatcher::builder(&policy)
///     .compile_options(CompileOptions::new().max_bytes(64 << 20))
///     .build()?;
/// let now = chrono::DateTime::UNIX_EPOCH;
/// let lead = Lead::builder("L-1").build();
/// assert_eq!(dispatcher.assign(&lead, now).owner().unwrap().member(), "m-01");
///
/// // After a restart, turns go on where they were.
/// let stored = serde_json::to_string(&dispatcher.state())?;
/// let state: DispatchState = serde_json::from_str(&stored)?;
/// let (dispatcher, report) = Dispatcher::builder(&policy).restore(&state)?;
/// assert!(report.is_complete());
/// assert_eq!(dispatcher.assign(&lead, now).owner().unwrap().member(), "m-02");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder makes nothing until `build` or `restore` is called"]
pub struct DispatcherBuilder<'a> {
    policy: &'a Policy,
    registry: StrategyRegistry,
    compile_options: CompileOptions,
    max_step: Option<TimeDelta>,
}

impl DispatcherBuilder<'_> {
    /// The strategies that the policy, and policies that take its place, may name: the built-in ones
    /// if this is not called.
    pub fn registry(mut self, registry: StrategyRegistry) -> Self {
        self.registry = registry;
        self
    }

    /// How this policy's rules, and those of policies that take its place, are compiled.
    pub fn compile_options(mut self, options: CompileOptions) -> Self {
        self.compile_options = options;
        self
    }

    /// How far the moment of a lead may be ahead of the latest one that its teams have seen; no bound
    /// if this is not called.
    ///
    /// Days, weeks and sliding windows go by the latest moment seen. A moment years ahead, of a wrong
    /// clock, would end them for good: the right moments after it are all in the past. A lead with
    /// such a moment is [unassigned](super::Reason::MomentTooFarAhead), and nothing is counted. Choose
    /// more than the longest time without leads; after a longer one, call
    /// [`advance_to`](Dispatcher::advance_to).
    ///
    /// ```
    /// use chrono::{DateTime, TimeDelta};
    /// use leadtree::Lead;
    /// use leadtree::dispatch::{Dispatcher, Reason};
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::rule::Rule;
    /// use leadtree::team::Team;
    ///
    /// let policy = PolicyDraft::new()
    ///     .team(Team::new("east").members(["m-01"]))
    ///     .rule(Rule::new("all").assign_to("east"))
    ///     .build()?;
    /// let dispatcher = Dispatcher::builder(&policy).max_step(TimeDelta::days(30)).build()?;
    /// let lead = Lead::builder("L-1").build();
    /// let now = DateTime::UNIX_EPOCH;
    /// assert!(dispatcher.assign(&lead, now).owner().is_some());
    ///
    /// let later = now + TimeDelta::days(31);
    /// let refused = dispatcher.assign(&lead, later);
    /// assert_eq!(refused.reason(), Some(Reason::MomentTooFarAhead));
    /// dispatcher.advance_to(later);
    /// assert!(dispatcher.assign(&lead, later).owner().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn max_step(mut self, step: TimeDelta) -> Self {
        self.max_step = Some(step.max(TimeDelta::zero()));
        self
    }

    /// A dispatcher at its beginning: nobody has had a lead.
    ///
    /// # Errors
    /// [`BuildError`] if the rules do not fit the memory budget, or teams name strategies or options
    /// that the registry does not have: all of them.
    pub fn build(self) -> Result<Dispatcher, BuildError> {
        let (dispatcher, _) = self.restore(&DispatchState::default())?;
        Ok(dispatcher)
    }

    /// A dispatcher that goes on from a stored state, also one of another policy: what both know is
    /// kept, the rest is reported. Nothing is built twice.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn restore(self, state: &DispatchState) -> Result<(Dispatcher, StateReport), BuildError> {
        let Self {
            policy,
            registry,
            compile_options,
            max_step,
        } = self;
        Dispatcher::start(policy, registry, compile_options, max_step, state)
    }
}

impl DispatcherBuilder<'_> {
    /// A dispatcher at its beginning, of whose every change there is a record. As [`build`](Self::build).
    /// Records are folded into its [`state`](RecordedDispatcher::state) as it is now.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_recorded(self) -> Result<RecordedDispatcher, BuildError> {
        self.build().map(RecordedDispatcher)
    }

    /// A dispatcher that goes on from a stored state, and of whose every change there is a record. As
    /// [`restore`](Self::restore).
    ///
    /// It goes on in the state's generation if it has that very state, so that its records can be folded into
    /// it. Or else, with another policy, it begins the next: there is a record of that, which comes before all
    /// others.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn restore_recorded(
        self,
        state: &DispatchState,
    ) -> Result<(RecordedDispatcher, Recorded<StateReport>), BuildError> {
        let (dispatcher, report) = self.restore(state)?;
        let report = Recorded::by(|recording| {
            let plan = dispatcher.running.load();
            if plan.generation != state.generation {
                plan.record_beginning(recording, RecordKind::Restored, &dispatcher.changes());
            }
            report
        });
        Ok((RecordedDispatcher(dispatcher), report))
    }

    /// The policy laid out with the changes of a stored state, which may be of another policy; the state to
    /// go on from, with what both know; and a report of the rest. For whoever keeps the numbers elsewhere
    /// than in a [`Dispatcher`].
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn plan(
        self,
        state: &DispatchState,
    ) -> Result<(DispatchPlan, DispatchState, StateReport), BuildError> {
        let state = state.clone().normalised();
        let parts = Parts::new(
            self.policy,
            &self.registry,
            self.compile_options,
            self.max_step,
        )?;
        let restored = Plan::restored(parts.clone(), &state);
        let report = restored.report(&state);
        let state = restored.state(state.changes);
        // What was changed of single members comes with each state.
        let mut changes = state.changes.clone();
        changes.active.clear();
        changes.presence.clear();
        let plan = Plan::new(parts, &changes, state.generation);
        Ok((DispatchPlan(plan), state, report))
    }
}

impl Dispatcher {
    /// A dispatcher at its beginning, with the built-in strategies: nobody has had a lead.
    ///
    /// # Errors
    /// As [`DispatcherBuilder::build`].
    pub fn new(policy: &Policy) -> Result<Self, BuildError> {
        Self::builder(policy).build()
    }

    /// Makes a dispatcher with strategies of one's own, compile options, or a stored state.
    pub fn builder(policy: &Policy) -> DispatcherBuilder<'_> {
        DispatcherBuilder {
            policy,
            registry: StrategyRegistry::new(),
            compile_options: CompileOptions::new(),
            max_step: None,
        }
    }
}
