//! Strategies by name.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use thiserror::Error;

use super::{BestFit, LeastLoaded, Random, RoundRobin, Sticky, Strategy, Waterfall};
use crate::id::StrategyName;
use crate::suggestion::Suggestion;
use crate::team::{OptionValue, StrategyChoice};

/// Why a strategy could not be built.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum StrategyError {
    /// No strategy of that name is registered.
    #[error("unknown strategy `{name}`{suggestion}")]
    Unknown {
        /// The name as written.
        name: StrategyName,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// The strategy has no such option.
    #[error("strategy `{strategy}` has no option `{option}`{suggestion}")]
    UnknownOption {
        /// The strategy.
        strategy: StrategyName,
        /// The option as written.
        option: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// The option's value makes no sense.
    #[error("option `{option}` of strategy `{strategy}` must be {expected}")]
    BadOption {
        /// The strategy.
        strategy: StrategyName,
        /// The option.
        option: String,
        /// What it must be.
        expected: &'static str,
    },
}

/// The strategy that asks another.
const BEST_FIT: &str = "best_fit";

type Factory =
    dyn Fn(&StrategyChoice) -> Result<Box<dyn Strategy>, StrategyError> + Send + Sync + 'static;

/// The strategies that a policy can name.
///
/// ```
/// use leadtree::strategy::{StrategyRegistry, Waterfall};
/// use leadtree::team::StrategyChoice;
///
/// let mut registry = StrategyRegistry::new();
/// registry.register("first_come", |choice| {
///     choice.allow_options(&[])?;
///     Ok(Box::new(Waterfall))
/// });
/// assert!(registry.build(&StrategyChoice::new("first_come")).is_ok());
/// assert_eq!(
///     registry.build(&StrategyChoice::new("roundrobin")).unwrap_err().to_string(),
///     "unknown strategy `roundrobin`; did you mean `round_robin`?",
/// );
/// ```
#[derive(Clone)]
pub struct StrategyRegistry(IndexMap<StrategyName, Arc<Factory>>);

impl StrategyRegistry {
    /// The built-in strategies.
    pub fn new() -> Self {
        let mut registry = Self(IndexMap::new());
        registry.register("round_robin", |choice| {
            choice.allow_options(&[])?;
            Ok(Box::new(RoundRobin::new()))
        });
        registry.register("least_loaded", |choice| {
            choice.allow_options(&["relative_to"])?;
            let strategy = LeastLoaded::new();
            Ok(Box::new(match choice.get_option("relative_to") {
                None => strategy,
                Some(OptionValue::Text(measure)) if measure == "weight" => strategy,
                Some(OptionValue::Text(measure)) if measure == "capacity" => {
                    strategy.relative_to_capacity()
                }
                Some(_) => {
                    return Err(StrategyError::BadOption {
                        strategy: choice.name().clone(),
                        option: "relative_to".to_owned(),
                        expected: "`weight` or `capacity`",
                    });
                }
            }))
        });
        registry.register("sticky", |choice| {
            choice.allow_options(&["seed"])?;
            Ok(Box::new(Sticky::with_seed(choice.seed()?)))
        });
        registry.register("random", |choice| {
            choice.allow_options(&["seed"])?;
            Ok(Box::new(Random::with_seed(choice.seed()?)))
        });
        registry.register("waterfall", |choice| {
            choice.allow_options(&[])?;
            Ok(Box::new(Waterfall))
        });
        // By its name for lists; `build` makes it, which knows all others.
        registry.register(BEST_FIT, |choice| {
            Err(StrategyError::BadOption {
                strategy: choice.name().clone(),
                option: "then".to_owned(),
                expected: "another strategy's name",
            })
        });
        registry
    }

    /// Adds a strategy, in place of a former one of that name; `best_fit` alone stays what it is.
    pub fn register(
        &mut self,
        name: impl Into<StrategyName>,
        factory: impl Fn(&StrategyChoice) -> Result<Box<dyn Strategy>, StrategyError>
        + Send
        + Sync
        + 'static,
    ) {
        self.0.insert(name.into(), Arc::new(factory));
    }

    /// Builds the strategy.
    ///
    /// # Errors
    /// [`StrategyError`] if the name is not registered, or as the strategy's factory says.
    pub fn build(&self, choice: &StrategyChoice) -> Result<Box<dyn Strategy>, StrategyError> {
        if *choice.name() == BEST_FIT {
            let then = self.build(&choice.then()?)?;
            return Ok(Box::new(BestFit::then(then)));
        }
        let factory = self
            .0
            .get(choice.name())
            .ok_or_else(|| StrategyError::Unknown {
                name: choice.name().clone(),
                suggestion: Suggestion::among(
                    choice.name().as_str(),
                    self.0.keys().map(StrategyName::as_str),
                ),
            })?;
        factory(choice)
    }

    /// The names, built-in ones first.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &StrategyName> {
        self.0.keys()
    }
}

impl Default for StrategyRegistry {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for StrategyRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl StrategyChoice {
    /// Refuses every option but these.
    ///
    /// # Errors
    /// [`StrategyError::UnknownOption`] for the first other one.
    pub fn allow_options(&self, known: &[&str]) -> Result<(), StrategyError> {
        match self.options().find(|(option, _)| !known.contains(option)) {
            None => Ok(()),
            Some((option, _)) => Err(StrategyError::UnknownOption {
                strategy: self.name().clone(),
                option: option.to_owned(),
                suggestion: Suggestion::among(option, known.iter().copied()),
            }),
        }
    }

    /// The strategy that `best_fit` asks, with all other options; `round_robin` if it is not given.
    fn then(&self) -> Result<Self, StrategyError> {
        let then = match self.get_option("then") {
            None => Self::default(),
            Some(OptionValue::Text(name)) if *name != BEST_FIT => Self::new(name.as_str()),
            Some(_) => {
                return Err(StrategyError::BadOption {
                    strategy: self.name().clone(),
                    option: "then".to_owned(),
                    expected: "another strategy's name",
                });
            }
        };
        let others = self.options().filter(|(option, _)| *option != "then");
        Ok(others.fold(then, |then, (option, value)| {
            then.option(option, value.clone())
        }))
    }

    /// The option `seed`, a whole number from 0 to 2^64 - 1; 0 if it is not given.
    ///
    /// # Errors
    /// [`StrategyError::BadOption`] if it is anything else.
    pub fn seed(&self) -> Result<u64, StrategyError> {
        /// 2^64.
        const END: f64 = 18_446_744_073_709_551_616.0;
        match self.get_option("seed") {
            None => Ok(0),
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and in range"
            )]
            Some(OptionValue::Number(seed))
                if seed.get().fract() == 0.0 && (0.0..END).contains(&seed.get()) =>
            {
                Ok(seed.get() as u64)
            }
            Some(OptionValue::Whole(seed)) => Ok(*seed),
            Some(_) => Err(StrategyError::BadOption {
                strategy: self.name().clone(),
                option: "seed".to_owned(),
                expected: "a whole number from 0 to 2^64 - 1",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_checked() {
        let registry = StrategyRegistry::new();
        let random = |option: &str, value| StrategyChoice::new("random").option(option, value);
        let number = |number| OptionValue::Number(number);
        assert!(registry.build(&random("seed", number(7.into()))).is_ok());
        for (choice, message) in [
            (
                random("sead", number(7.into())),
                "strategy `random` has no option `sead`; did you mean `seed`?",
            ),
            (
                random("seed", number((-1).into())),
                "option `seed` of strategy `random` must be a whole number from 0 to 2^64 - 1",
            ),
            (
                random("seed", OptionValue::Text("x".into())),
                "option `seed` of strategy `random` must be a whole number from 0 to 2^64 - 1",
            ),
        ] {
            assert_eq!(registry.build(&choice).unwrap_err().to_string(), message);
        }
    }
}
