//! Examples as read from a document of their own.

use super::lost_parts::LostParts;
use super::misplaced::home_of;
use super::read_draft::FREE_TEXTS;
use crate::document::{FormFault, Node, TolerantReader, typographic_quotes};
use crate::example::Example;
use crate::place::{Place, Placed, Trail};
use crate::policy::errors::PolicyFault;
use crate::policy::policy::Policy;

/// Examples as read from a document of their own, a list, and checked for a policy.
pub(crate) struct ReadExamples {
    /// Those without faults, and which they are in the list, from 0.
    pub(crate) sound: Vec<(usize, Example)>,
    /// All faults of the others: of each those of its form before those of its meaning.
    pub(crate) faults: Vec<Placed<PolicyFault>>,
}

impl ReadExamples {
    /// `text` is the text of the document, if scalars know their position in it.
    pub(in crate::policy) fn of(root: Node<'_>, text: &str, policy: &Policy) -> Self {
        let mut read = Self {
            sound: Vec::new(),
            faults: Vec::new(),
        };
        let items = match root {
            Node::List(items) if !items.is_empty() => items,
            Node::List(_) | Node::Null => {
                read.faults
                    .push(Placed::new(Place::whole(), PolicyFault::NoExamples));
                return read;
            }
            root => {
                let fault = PolicyFault::Form(not_a_list(&root));
                read.faults.push(Placed::new(Place::whole(), fault));
                return read;
            }
        };
        let mut reader = TolerantReader::new(text, home_of);
        let whole = Trail::Whole;
        let mut parts = Vec::with_capacity(items.len());
        let mut examples = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let trail = whole.item(index);
            let place = trail.place();
            let quotes = typographic_quotes(&item, FREE_TEXTS).into_iter();
            let quotes: Vec<_> = quotes.map(|fault| fault.under(&place)).collect();
            let example: Option<Example> = reader.read(item, trail);
            let (mut faults, mut lost) = reader.take_faults();
            lost.extend(quotes.iter().map(|fault| fault.place.clone()));
            faults.extend(quotes);
            if let Some(example) = example {
                examples.push(example);
                parts.push((index, place, faults, lost));
            } else {
                read.faults.extend(faults.into_iter().map(of_form));
            }
        }
        let meaning = policy.faults_of_examples(&examples);
        let parts = parts.into_iter().zip(meaning).zip(examples);
        for (((index, place, form, lost), meaning), example) in parts {
            if form.is_empty() && meaning.is_empty() {
                read.sound.push((index, example));
                continue;
            }
            let lost = LostParts::new(lost);
            let meaning = meaning.into_iter().map(|fault| fault.under(&place));
            read.faults.extend(form.into_iter().map(of_form));
            read.faults.extend(meaning.filter(|it| !lost.explain(it)));
        }
        read
    }
}

fn of_form(Placed { place, fault }: Placed<FormFault>) -> Placed<PolicyFault> {
    Placed::new(place, PolicyFault::Form(fault))
}

fn not_a_list(root: &Node<'_>) -> FormFault {
    let has = |name: &str| match root {
        Node::Map(fields) => fields.iter().any(|(field, _)| *field == name),
        _ => false,
    };
    let hint = if has("examples") {
        "leave out the line `examples:`, which is for the section of a policy"
    } else if has("lead") || has("expect") {
        "begin each example with a dash: `- lead: {…}`"
    } else {
        "write a list: `- {lead: {…}, expect: {…}}`"
    };
    FormFault::WrongValue {
        expected: "a list of examples".to_owned(),
        found: match root {
            Node::Map(_) => "a map",
            _ => "a single value",
        }
        .to_owned(),
        hint: Some(hint.to_owned()),
    }
}
