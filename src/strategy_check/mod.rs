//! Policies checked together with the strategies that a service has.

use serde::Deserializer;

use crate::policy::{LoadError, Policy, PolicyDraft, PolicyErrors, read};
#[cfg(feature = "yaml")]
use crate::policy::{YamlError, read_yaml};
use crate::strategy::{StrategyError, StrategyRegistry};
use crate::team::StrategyChoice;

impl PolicyDraft {
    /// Checks the policy as [`build`](Self::build) does, and that the registry has every team's strategy with
    /// its options.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn build_with(self, strategies: &StrategyRegistry) -> Result<Policy, PolicyErrors> {
        self.build_with_check(Some(&|choice| faults_of(choice, strategies)))
    }
}

impl Policy {
    /// Reads and checks a policy as [`load`](Self::load) does, and checks that the registry has every team's
    /// strategy with its options.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_with<'de, D: Deserializer<'de>>(
        deserializer: D,
        strategies: &StrategyRegistry,
    ) -> Result<Self, LoadError<D::Error>> {
        let draft = read(deserializer)?;
        Ok(draft.check(Some(&|choice| faults_of(choice, strategies)))?)
    }

    /// Reads and checks a policy in YAML as [`from_yaml`](Self::from_yaml) does, and checks that the registry
    /// has every team's strategy with its options. Needs the feature `yaml`.
    ///
    /// ```
    /// use leadtree::policy::Policy;
    /// use leadtree::strategy::StrategyRegistry;
    ///
    /// let error = Policy::from_yaml_with(
    ///     "
    /// teams:
    ///   - {id: east, strategy: round_robbin}
    ///   - {id: west, strategy: {name: random, sead: 7}}
    /// ",
    ///     &StrategyRegistry::new(),
    /// )
    /// .unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the policy has 2 problems:
    ///   teams[0].strategy: unknown strategy `round_robbin`; did you mean `round_robin`?
    ///   teams[1].strategy.sead: strategy `random` has no option `sead`; did you mean `seed`?"
    /// );
    /// ```
    ///
    /// # Errors
    /// As [`from_yaml`](Self::from_yaml).
    #[cfg(feature = "yaml")]
    pub fn from_yaml_with(
        text: &str,
        strategies: &StrategyRegistry,
    ) -> Result<Self, LoadError<YamlError>> {
        let draft = read_yaml(text)?;
        Ok(draft.check(Some(&|choice| faults_of(choice, strategies)))?)
    }
}

/// What is wrong with the strategy: the option, `None` for the name, and the message. The strategy is built
/// again without each option at fault, so that all of them are told.
fn faults_of(
    choice: &StrategyChoice,
    strategies: &StrategyRegistry,
) -> Vec<(Option<String>, String)> {
    let mut faults = Vec::new();
    let mut choice = choice.clone();
    while let Err(error) = strategies.build(&choice) {
        let at_fault = match &error {
            StrategyError::UnknownOption { option, .. }
            | StrategyError::BadOption { option, .. }
                if choice.get_option(option).is_some() =>
            {
                Some(option.clone())
            }
            _ => None,
        };
        let message = error.to_string();
        let Some(option) = at_fault else {
            faults.push((None, message));
            break;
        };
        let others = choice.options().filter(|(name, _)| *name != option);
        let without = StrategyChoice::new(choice.name());
        choice = others.fold(without, |choice, (name, value)| {
            choice.option(name, value.clone())
        });
        faults.push((Some(option), message));
    }
    faults
}
