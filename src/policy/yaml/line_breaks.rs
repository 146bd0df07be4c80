//! What goes on one line in a written policy file, and what is spread over several.

use serde::{Serialize, Serializer};
use serde_saphyr::{FlowMap, FlowSeq, LitStr, to_string_with_options};

use super::quotes::Quotes;
use crate::dimension::StageDraft;
use crate::rule::{Condition, IfNobody, Target};
use crate::team::{Member, RotationScope, StrategyChoice, TeamMember};

/// A list longer than this many characters is written one item a line.
const WIDTH: usize = 70;

/// A list: on one line if it fits, otherwise one item a line.
pub(super) struct List<T>(pub(super) T);

pub(super) fn list<T>(items: &[T]) -> Option<List<&[T]>> {
    Some(List(items)).filter(|it| !it.0.is_empty())
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if fits(&self.0) {
            FlowSeq(&self.0).serialize(serializer)
        } else {
            self.0.serialize(serializer)
        }
    }
}

fn fits(items: &impl Serialize) -> bool {
    to_string_with_options(&FlowSeq(items), Quotes::WhereNeeded.options())
        .is_ok_and(|text| text.trim_end().chars().count() <= WIDTH)
}

/// Something written as a bare name in the simple case, and as a map otherwise.
pub(super) trait NameOrMap: Serialize {
    fn is_name(&self) -> bool;
}

impl NameOrMap for StageDraft {
    fn is_name(&self) -> bool {
        self.is_name()
    }
}

impl NameOrMap for Member {
    fn is_name(&self) -> bool {
        *self == Self::new(&self.id)
    }
}

impl NameOrMap for TeamMember {
    fn is_name(&self) -> bool {
        *self == Self::new(&self.member)
    }
}

impl NameOrMap for Target {
    fn is_name(&self) -> bool {
        self.as_team().is_some()
    }
}

impl NameOrMap for StrategyChoice {
    fn is_name(&self) -> bool {
        self.options().len() == 0
    }
}

impl NameOrMap for RotationScope {
    fn is_name(&self) -> bool {
        !matches!(self, Self::Shared(_))
    }
}

impl NameOrMap for IfNobody {
    fn is_name(&self) -> bool {
        !matches!(self, Self::Overflow(_))
    }
}

/// A bare name, or a map on one line.
pub(super) struct OnOneLine<'a, T>(pub(super) &'a T);

impl<T: NameOrMap> Serialize for OnOneLine<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_name() {
            self.0.serialize(serializer)
        } else {
            FlowMap(self.0).serialize(serializer)
        }
    }
}

/// A list of names or maps: on one line if all are names and fit, otherwise one item a line.
pub(super) struct Items<'a, T>(pub(super) &'a [T]);

impl<T: NameOrMap> Serialize for Items<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.iter().all(T::is_name) && fits(&self.0) {
            FlowSeq(self.0).serialize(serializer)
        } else {
            serializer.collect_seq(self.0.iter().map(OnOneLine))
        }
    }
}

/// Free text of one or several lines.
pub(super) struct Prose<'a>(pub(super) &'a str);

impl Serialize for Prose<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0;
        // Anything else is written in quotes.
        let is_plain = |line: &str| {
            line.starts_with(|first: char| first.is_alphanumeric())
                && !line.ends_with(char::is_whitespace)
                && !line.contains(char::is_control)
        };
        if text.contains('\n') && text.split('\n').all(is_plain) {
            LitStr(text).serialize(serializer)
        } else {
            serializer.serialize_str(text)
        }
    }
}

/// A condition in the text form, over several lines if it is long.
pub(super) struct Words<'a>(pub(super) &'a Condition);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.laid_out();
        if text.contains('\n') {
            LitStr(&text).serialize(serializer)
        } else {
            serializer.serialize_str(&text)
        }
    }
}
