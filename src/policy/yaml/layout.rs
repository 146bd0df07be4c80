//! The layout of a written policy file: what goes on one line, and where blank lines go.
//!
//! It follows from the values, not from a list of fields, so that a new field needs nothing here.

use serde::{Serialize, Serializer};
use serde_saphyr::ser::Error;
use serde_saphyr::{
    FlowMap, FlowSeq, LitStr, SpaceAfter, from_str_with_options, to_string_with_options,
};

use super::quotes::Quotes;
use super::reading::{YamlNode, yaml_reading_options};
use super::spread::Spread;
use crate::document::Node;
use crate::policy::draft::PolicyDraft;
use crate::rule::Condition;

/// A list longer than this many characters is written one item a line.
const LONGEST_LIST: usize = 70;

/// A map longer than this many characters is written one field a line.
const LONGEST_MAP: usize = 100;

/// Lists whose items are written one field a line, with a blank line between items.
const SPACED: [&str; 3] = ["teams", "rules", "examples"];

/// The section that is written as in a group: on one line if it fits.
const OTHERWISE: &str = "otherwise";

/// The field that holds a condition, which has a layout of its own.
const CONDITION: &str = "when";

/// Writes the policy.
pub(super) fn write(draft: &PolicyDraft, quotes: Quotes, spread: &Spread) -> Result<String, Error> {
    // The values as any reader sees them, whatever types they have here.
    let plain = to_string_with_options(draft, Quotes::Always.options())?;
    let YamlNode(policy) = from_str_with_options(&plain, yaml_reading_options(plain.len()))
        .map_err(|error| error.to_string())?;
    let Node::Map(sections) = policy else {
        return Err("the policy is no map".to_owned().into());
    };
    let mut text = String::new();
    let mut was_line = false;
    for (name, value) in &sections {
        let is_line = !matches!(value, Node::List(_) | Node::Map(_));
        let is_apart = !(was_line && is_line);
        if is_apart && !text.is_empty() {
            text.push('\n');
        }
        was_line = is_line;
        let place = match &**name {
            OTHERWISE => Place::Field(name),
            _ => Place::Section(name),
        };
        let spread = spread.inner(name);
        let section = Section(
            name,
            Laid {
                value,
                place,
                spread,
            },
        );
        text.push_str(to_string_with_options(&section, quotes.options())?.trim_end());
        text.push('\n');
    }
    if text.is_empty() {
        text.push_str("{}\n");
    }
    Ok(text)
}

struct Section<'n>(&'n str, Laid<'n>);

impl Serialize for Section<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0, &self.1)])
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Place<'n> {
    /// The section of this name.
    Section(&'n str),
    /// In a section that is a map.
    InSection,
    /// An item of a list that has blank lines.
    SpacedItem,
    /// The field of this name of such an item.
    Field(&'n str),
    /// Further inside.
    Inside,
}

impl<'n> Place<'n> {
    /// The place of what stands under a name here.
    fn field(self, name: &'n str) -> Self {
        match self {
            Self::Section(_) | Self::InSection => Self::InSection,
            Self::SpacedItem => Self::Field(name),
            Self::Field(_) | Self::Inside => Self::Inside,
        }
    }
}

/// A value at its place, laid out.
#[derive(Clone, Copy)]
struct Laid<'n> {
    value: &'n Node<'n>,
    place: Place<'n>,
    /// What is written one entry a line of what stands in it; none if nothing is.
    spread: Option<&'n Spread>,
}

impl Serialize for Laid<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Node::Text(text) => self.text(text, serializer),
            Node::List(items) => self.list(items, serializer),
            Node::Map(fields) if self.is_spread() => {
                let place = self.place;
                serializer.collect_map(fields.iter().map(|(name, value)| {
                    let laid = Laid {
                        value,
                        place: place.field(name),
                        spread: self.of_field(name),
                    };
                    (name, laid)
                }))
            }
            Node::Map(_) => FlowMap(self.value).serialize(serializer),
            _ => self.value.serialize(serializer),
        }
    }
}

impl<'n> Laid<'n> {
    fn of_field(self, name: &str) -> Option<&'n Spread> {
        self.spread?.inner(name)
    }

    /// Nothing is written for it where no comment stands, which is nearly everywhere.
    fn of_item(self, index: usize) -> Option<&'n Spread> {
        self.spread?.inner(&index.to_string())
    }

    /// Whether the entries stand on lines of their own because of comments at them.
    fn has_comments(self) -> bool {
        self.spread.is_some_and(|spread| !spread.is_empty())
    }

    /// Whether a map is written one field a line.
    fn is_spread(self) -> bool {
        match self.place {
            Place::Section(_) | Place::InSection | Place::SpacedItem => true,
            Place::Field(_) | Place::Inside => {
                self.has_comments() || !fits(&FlowMap(self.value), LONGEST_MAP)
            }
        }
    }

    fn list<S: Serializer>(self, items: &[Node<'_>], serializer: S) -> Result<S::Ok, S::Error> {
        if let Place::Section(name) | Place::Field(name) = self.place
            && SPACED.contains(&name)
        {
            let last = items.len().saturating_sub(1);
            return serializer.collect_seq(items.iter().enumerate().map(|(index, value)| {
                let item = Laid {
                    value,
                    place: Place::SpacedItem,
                    spread: self.of_item(index),
                };
                if index == last {
                    SpacedItem::Last(item)
                } else {
                    SpacedItem::Other(SpaceAfter(item))
                }
            }));
        }
        let are_lines = !items
            .iter()
            .any(|item| matches!(item, Node::List(_) | Node::Map(_)));
        if are_lines && !self.has_comments() && fits(&FlowSeq(items), LONGEST_LIST) {
            return FlowSeq(items).serialize(serializer);
        }
        serializer.collect_seq(items.iter().enumerate().map(|(index, value)| Laid {
            value,
            place: Place::Inside,
            spread: self.of_item(index),
        }))
    }

    fn text<S: Serializer>(self, text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        if matches!(self.place, Place::Field(CONDITION))
            && let Ok(condition) = text.parse::<Condition>()
            && condition.to_string() == text
        {
            let lines = condition.laid_out();
            if lines.contains('\n') {
                return LitStr(&lines).serialize(serializer);
            }
        }
        // Other lines are written in quotes.
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

#[derive(Serialize)]
#[serde(untagged)]
enum SpacedItem<'n> {
    Last(Laid<'n>),
    Other(SpaceAfter<Laid<'n>>),
}

fn fits(value: &impl Serialize, longest: usize) -> bool {
    to_string_with_options(value, Quotes::WhereNeeded.options())
        .is_ok_and(|text| text.trim_end().chars().count() <= longest)
}
