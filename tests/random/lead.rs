//! Random leads: what is given, and what it means.

use std::borrow::Cow;

use chrono::NaiveDate;
use fastrand::Rng;
use leadtree::dimension::{AttributeKind, Number};
use leadtree::lead::{AttributeValue, CustomerSize, Lead};

use super::words::{Word, plain_path, written_path};
use super::world::{Truth, World, day};
use super::{one_in, pick};

/// A lead as given, and its meaning.
#[derive(Debug, Clone)]
pub struct Case {
    /// Region, industry, product line.
    pub trees: [Given<String, usize>; 3],
    /// Lifecycle, funnel.
    pub stages: [Given<String, usize>; 2],
    pub size: Given<CustomerSize<'static>, u32>,
    /// For each attribute of the model.
    pub attributes: Vec<Given<AttributeValue<'static>, Fact>>,
}

#[derive(Debug, Clone)]
pub struct Given<V, T> {
    pub value: Option<V>,
    pub truth: Truth<T>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    Text(String),
    Number(f64),
    Flag(bool),
    Tags(Vec<String>),
    Date(NaiveDate),
}

impl<V, T> Given<V, T> {
    pub const NOTHING: Self = Self {
        value: None,
        truth: Truth::Missing,
    };

    fn new(value: impl Into<V>, truth: Truth<T>) -> Self {
        let value = Some(value.into());
        Self { value, truth }
    }
}

const BLANK: &str = " \t\u{3000}";

impl Case {
    pub fn new(world: &World, random: &mut Rng) -> Self {
        Self {
            trees: [0, 1, 2].map(|tree| node(world, tree, random)),
            stages: [0, 1].map(|list| stage(world, list, random)),
            size: size(world, random),
            attributes: world
                .attributes
                .iter()
                .map(|(_, kind)| attribute(world, *kind, random))
                .collect(),
        }
    }

    /// Whether JSON readers preserve all numbers exactly.
    pub fn has_plain_numbers(&self) -> bool {
        self.attributes.iter().all(|given| match given.truth {
            Truth::Known(Fact::Number(number)) => {
                number.abs() <= 1e12 && (number * 4.0).fract() == 0.0
            }
            _ => true,
        })
    }

    pub fn lead<'a>(&'a self, world: &'a World) -> Lead<'a> {
        let mut lead = Lead::builder("L-1").account("A-1");
        let [region, industry, product_line] = &self.trees;
        if let Some(text) = &region.value {
            lead = lead.region(text);
        }
        if let Some(text) = &industry.value {
            lead = lead.industry(text);
        }
        if let Some(text) = &product_line.value {
            lead = lead.product_line(text);
        }
        let [lifecycle, funnel] = &self.stages;
        if let Some(text) = &lifecycle.value {
            lead = lead.lifecycle_stage(text);
        }
        if let Some(text) = &funnel.value {
            lead = lead.funnel_stage(text);
        }
        if let Some(size) = &self.size.value {
            lead = lead.customer_size(size.clone());
        }
        for ((name, _), given) in world.attributes.iter().zip(&self.attributes) {
            if let Some(value) = &given.value {
                lead = lead.attribute(name, value.clone());
            }
        }
        // Attributes that the policy does not declare are ignored.
        lead.attribute("undeclared", "x").build()
    }
}

fn node(world: &World, tree: usize, random: &mut Rng) -> Given<String, usize> {
    let tree = &world.trees[tree];
    let node = pick(random, &tree.nodes);
    let names: Vec<Word> = match random.u32(..14) {
        0 => return Given::NOTHING,
        1 => return Given::new(BLANK, Truth::Missing),
        2 => vec![Word::name(random), Word::name(random)],
        3 => vec![Word::name(random)],
        4 => node.path.last().cloned().into_iter().collect(),
        5 => [&*node.path, &[Word::name(random)]].concat(),
        6..=7 if !node.aliases.is_empty() => vec![pick(random, &node.aliases).clone()],
        _ => node.path.clone(),
    };
    Given::new(written_path(&names, random), tree.truth(&names))
}

fn stage(world: &World, list: usize, random: &mut Rng) -> Given<String, usize> {
    let list = &world.stages[list];
    let (name, aliases) = pick(random, &list.0);
    let name = match random.u32(..10) {
        0 => return Given::NOTHING,
        1 => return Given::new(BLANK, Truth::Missing),
        2 => Word::name(random),
        3..=4 if !aliases.is_empty() => pick(random, aliases).clone(),
        _ => name.clone(),
    };
    Given::new(name.as_name(random), list.truth(&name))
}

/// A value at, before or after one that rules use.
fn around(count: u32, random: &mut Rng) -> u32 {
    match random.u32(..4) {
        0 => count.saturating_sub(1),
        1 => count.saturating_add(1),
        _ => count,
    }
}

fn size(world: &World, random: &mut Rng) -> Given<CustomerSize<'static>, u32> {
    let count = around(*pick(random, &world.head_counts), random);
    let more = count.saturating_add(random.u32(..9));
    let text = |text: String, truth| Given::new(text, truth);
    let lower_end = Truth::Known(count);
    match random.u32(..16) {
        0 => Given::NOTHING,
        1 => text(BLANK.to_owned(), Truth::Missing),
        2 => {
            let unreadable = ["many", "-5", "4294967296", "5.5", "1,00", "9-3", "+", "1 2"];
            text((*pick(random, &unreadable)).to_owned(), Truth::Unlisted)
        }
        3 => text(format!(" {count} "), Truth::Known(count)),
        4 => text(format!("{count}.0"), Truth::Known(count)),
        5 => text(in_groups(count), Truth::Known(count)),
        6 => text(format!("{count}-{more}"), lower_end),
        7 => text(format!("{count} – {}", in_groups(more)), lower_end),
        8 => text(format!("{count}+"), lower_end),
        9 => text(format!("{count}..={more}"), lower_end),
        10..=11 if !world.bands.is_empty() => {
            let band = pick(random, &world.bands);
            text(band.name.as_name(random), Truth::Known(band.from))
        }
        _ => Given::new(count, Truth::Known(count)),
    }
}

/// `1,200`.
fn in_groups(count: u32) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A text of the model, possibly with more around it.
fn text_word(world: &World, random: &mut Rng) -> Word {
    let word = pick(random, &world.texts).clone();
    match random.u32(..5) {
        0 => word.then(&Word::name(random)),
        1 => Word::name(random).then(&word),
        2 => word.then(pick(random, &world.texts)),
        _ => word,
    }
}

fn attribute(
    world: &World,
    kind: AttributeKind,
    random: &mut Rng,
) -> Given<AttributeValue<'static>, Fact> {
    let text = |text: String, truth| Given::new(text, truth);
    match random.u32(..10) {
        0..=1 => return Given::NOTHING,
        2 => return text(BLANK.to_owned(), Truth::Missing),
        3 => {
            // A value of another kind than declared, and not a text that is parsed as one.
            let values = [
                (AttributeKind::Number, AttributeValue::from(3)),
                (AttributeKind::Flag, AttributeValue::from(true)),
                (AttributeKind::Tags, AttributeValue::tags(["a"])),
                (AttributeKind::Date, AttributeValue::from(day(20_000))),
            ];
            let (given, value) = pick(random, &values).clone();
            if given != kind {
                let known = |text| match kind {
                    AttributeKind::Text => Some(Fact::Text(text)),
                    AttributeKind::Tags => Some(Fact::Tags(vec![text])),
                    _ => None,
                };
                let fact = as_text(&value).and_then(known);
                let truth = fact.map_or(Truth::Unlisted, Truth::Known);
                return Given::new(value, truth);
            }
        }
        _ => {}
    }
    let as_text = one_in(random, 3);
    let unreadable = one_in(random, 8);
    match kind {
        AttributeKind::Number if unreadable => text("NaN".to_owned(), Truth::Unlisted),
        AttributeKind::Flag if unreadable => text("yes".to_owned(), Truth::Unlisted),
        AttributeKind::Date if unreadable => text("31.3.2026".to_owned(), Truth::Unlisted),
        AttributeKind::Number => {
            let number = number(world, random);
            let truth = Truth::Known(Fact::Number(number));
            if as_text {
                text(format!(" {number}\t"), truth)
            } else {
                Given::new(Number::new(number).unwrap(), truth)
            }
        }
        AttributeKind::Flag => {
            let flag = random.bool();
            let truth = Truth::Known(Fact::Flag(flag));
            match (as_text, flag) {
                (true, true) => text("True ".to_owned(), truth),
                (true, false) => text(" FALSE".to_owned(), truth),
                _ => Given::new(flag, truth),
            }
        }
        AttributeKind::Date => {
            let around = random.i64(-1..=1);
            let date = *pick(random, &world.dates) + chrono::TimeDelta::days(around);
            let truth = Truth::Known(Fact::Date(date));
            if as_text {
                text(format!(" {}", date.format("%Y-%m-%d")), truth)
            } else {
                Given::new(date, truth)
            }
        }
        AttributeKind::Tags => {
            let count = if as_text { 1 } else { random.usize(..5) };
            let words: Vec<Word> = (0..count).map(|_| text_word(world, random)).collect();
            let truth = Truth::Known(Fact::Tags(words.iter().map(Word::plain).collect()));
            let written: Vec<String> = words.iter().map(|word| word.as_text(random)).collect();
            if as_text {
                text(written.concat(), truth)
            } else {
                Given::new(
                    AttributeValue::tags(written.into_iter().map(Cow::Owned)),
                    truth,
                )
            }
        }
        _ => {
            let word = text_word(world, random);
            text(
                word.as_text(random),
                Truth::Known(Fact::Text(plain_path(&[word]))),
            )
        }
    }
}

/// The text that another kind of value is, where one is wanted.
fn as_text(value: &AttributeValue<'_>) -> Option<String> {
    match value {
        AttributeValue::Number(number) if *number == Number::from(3) => Some("3".to_owned()),
        AttributeValue::Flag(true) => Some("true".to_owned()),
        AttributeValue::Date(date) => Some(date.format("%Y-%m-%d").to_string()),
        _ => None,
    }
}

fn number(world: &World, random: &mut Rng) -> f64 {
    let number = *pick(random, &world.numbers);
    let other = match random.u32(..8) {
        0 => number.next_up(),
        1 => number.next_down(),
        2 => number + 0.5,
        3 => -0.0,
        _ => number,
    };
    if other.is_finite() { other } else { number }
}
