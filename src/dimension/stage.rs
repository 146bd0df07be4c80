//! Ordered lists of stages.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::errors::{DimensionErrors, DimensionFault};
use super::name_table::NameTable;
use super::resolved::{Resolved, Via};
use crate::limits::MAX_STAGES;
use crate::name_or_object::name_or_object;
#[cfg(feature = "schema")]
use crate::name_or_object::or_name;
use crate::place::{Place, Placed};
use crate::text::name_key;

/// A stage of a list, by its position from 0. Later stages are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stage(pub(crate) u32);

/// A stage list that has not been checked yet: names in order, from first to last.
///
/// In a file each stage is a name, or a name with aliases:
/// `["new", {"name": "proposal", "aliases": ["offer sent"]}, "won"]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(description = "Stages from first to last.")
)]
#[serde(transparent)]
pub struct StagesDraft(Vec<StageDraft>);

/// A stage of a [`StagesDraft`]: a name, perhaps with aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(
        with = "StageForm",
        transform = or_name,
        description = "A stage: its name, or a map with its name and aliases."
    )
)]
pub struct StageDraft {
    name: String,
    aliases: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct StageForm {
    /// The stage's name.
    name: String,
    /// Other names of the stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

impl From<StageForm> for StageDraft {
    fn from(StageForm { name, aliases }: StageForm) -> Self {
        Self { name, aliases }
    }
}

impl Serialize for StageDraft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.aliases.is_empty() {
            return self.name.serialize(serializer);
        }
        let Self { name, aliases } = self.clone();
        StageForm { name, aliases }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StageDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, StageForm>(deserializer, "a stage's name, or a map with `name`")
    }
}

impl StageDraft {
    /// A stage with aliases.
    pub fn new<A: Into<String>>(
        name: impl Into<String>,
        aliases: impl IntoIterator<Item = A>,
    ) -> Self {
        Self {
            name: name.into(),
            aliases: aliases.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<&str> for StageDraft {
    fn from(name: &str) -> Self {
        Self::from(name.to_owned())
    }
}

impl From<&String> for StageDraft {
    fn from(name: &String) -> Self {
        Self::from(name.clone())
    }
}

impl From<String> for StageDraft {
    fn from(name: String) -> Self {
        let aliases = Vec::new();
        Self { name, aliases }
    }
}

impl<S: Into<StageDraft>> FromIterator<S> for StagesDraft {
    fn from_iter<I: IntoIterator<Item = S>>(stages: I) -> Self {
        Self(stages.into_iter().map(Into::into).collect())
    }
}

impl StagesDraft {
    /// The lifecycle stages of a policy that defines none: subscriber, lead,
    /// `marketing_qualified`, `sales_qualified`, opportunity, customer, evangelist.
    pub fn default_lifecycle() -> Self {
        Self::from_iter([
            StageDraft::from("subscriber"),
            StageDraft::from("lead"),
            StageDraft::new(
                "marketing_qualified",
                ["mql", "marketing qualified", "marketing qualified lead"],
            ),
            StageDraft::new(
                "sales_qualified",
                ["sql", "sales qualified", "sales qualified lead"],
            ),
            StageDraft::from("opportunity"),
            StageDraft::from("customer"),
            StageDraft::from("evangelist"),
        ])
    }

    /// The funnel stages of a policy that defines none: lost, prospecting, qualification, proposal,
    /// negotiation, won. `lost` comes first, so that `funnel_stage >= proposal` excludes it.
    pub fn default_funnel() -> Self {
        Self::from_iter([
            StageDraft::new("lost", ["closed lost"]),
            StageDraft::from("prospecting"),
            StageDraft::from("qualification"),
            StageDraft::from("proposal"),
            StageDraft::from("negotiation"),
            StageDraft::new("won", ["closed won"]),
        ])
    }

    /// Checks the list.
    ///
    /// # Errors
    /// All faults at once: too many stages, empty and duplicate names, aliases of two stages.
    pub fn build(&self) -> Result<Stages, DimensionErrors> {
        let mut faults = Vec::new();
        let place = Place::whole();
        if self.0.len() > MAX_STAGES {
            let fault = DimensionFault::TooManyStages {
                count: self.0.len(),
            };
            return Err(DimensionErrors(vec![Placed::new(place, fault)]));
        }
        let mut names = Vec::with_capacity(self.0.len());
        let mut keys = NameTable::with_capacity(self.0.len());
        for (position, draft) in (0..).zip(&self.0) {
            let at = place.item(position as usize);
            let key = name_key(&draft.name);
            if key.is_empty() {
                faults.push(Placed::new(at, DimensionFault::UnnamedStage));
            } else if keys.add(&key, Stage(position), Via::Itself).is_err() {
                let fault = DimensionFault::DuplicateStage {
                    name: draft.name.clone(),
                };
                faults.push(Placed::new(at, fault));
            }
            names.push(Box::from(draft.name.trim()));
        }
        for (position, draft) in (0..).zip(&self.0) {
            let stage = Stage(position);
            let at = place.item(position as usize).field("aliases");
            for (index, alias) in draft.aliases.iter().enumerate() {
                let key = name_key(alias);
                let fault = if key.is_empty() {
                    DimensionFault::EmptyAlias {
                        path: draft.name.clone(),
                    }
                } else {
                    match keys.add(&key, stage, Via::Alias) {
                        Err(known) if known != stage => DimensionFault::AmbiguousAlias {
                            alias: alias.clone(),
                            first: self.0[known.0 as usize].name.clone(),
                            second: draft.name.clone(),
                        },
                        Ok(()) | Err(_) => continue,
                    }
                };
                faults.push(Placed::new(at.item(index), fault));
            }
        }
        DimensionErrors::unless_any(faults, Stages { names, keys })
    }
}

/// An ordered list of stages. Resolving a lead's value takes one hash look-up.
///
/// ```
/// use leadtree::dimension::StagesDraft;
///
/// let stages = StagesDraft::from_iter(["new", "proposal", "won"]).build()?;
/// let proposal = stages.resolve("Proposal").value.known().unwrap();
/// assert_eq!(stages.name(proposal), "proposal");
/// assert!(proposal > stages.resolve("new").value.known().unwrap());
/// # Ok::<(), leadtree::dimension::DimensionErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Stages {
    names: Vec<Box<str>>,
    keys: NameTable<Stage>,
}

impl Stages {
    /// The stage that a text names, directly or by an alias; blank is missing. One hash look-up; no
    /// allocation for names up to 128 bytes.
    #[inline]
    pub fn resolve(&self, text: &str) -> Resolved<Stage> {
        self.keys.resolve(text)
    }

    /// The name of a stage; empty if this list has no such position.
    pub fn name(&self, stage: Stage) -> &str {
        self.names.get(stage.0 as usize).map_or("", |name| name)
    }

    /// The names in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// All names and aliases, to choose suggestions from.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.names().chain(self.keys.other_keys())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_all_at_once() {
        let draft = StagesDraft::from_iter([
            StageDraft::new("new", ["open"]),
            StageDraft::new("New ", ["OPEN", " "]),
            StageDraft::from(""),
        ]);
        let errors = draft.build().unwrap_err();
        insta::assert_snapshot!(errors, @r"
        the list of values has 4 problems:
          [1]: stage `New ` is listed twice; remove one
          [2]: this stage has no name; give it one
          [1].aliases[0]: alias `OPEN` stands for both `new` and `New `; keep one
          [1].aliases[1]: an empty alias of `New `; remove it
        ");
    }

    #[test]
    fn defaults_are_sound() {
        let funnel = StagesDraft::default_funnel().build().unwrap();
        let lost = funnel.resolve("Closed Lost");
        assert_eq!((lost.value.known(), lost.via), (Some(Stage(0)), Via::Alias));
        assert_eq!(
            StagesDraft::default_lifecycle()
                .build()
                .unwrap()
                .names()
                .len(),
            7
        );
    }
}
