//! Random conditions, in a model of their own and in the typed rule language.

use chrono::NaiveDate;
use fastrand::Rng;
use leadtree::dimension::{AttributeKind, Number};
use leadtree::rule::{self, Condition};

use super::words::Word;
use super::world::World;
use super::{one_in, pick, some};

#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    Test(Test),
}

/// A test; constants include how they are written.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Of region (0), industry (1) or product line (2).
    Tree(usize, TreeTest),
    /// Of lifecycle (0) or funnel (1).
    Stage(usize, Order<Named>),
    Size(SizeTest),
    Text(String, TextTest),
    Number(String, Order<f64>),
    Flag(String, FlagTest),
    Tags(String, TagsTest),
    Date(String, Order<NaiveDate>),
}

/// A node or a stage, and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    pub number: usize,
    pub written: String,
}

/// A text's meaning, and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub plain: String,
    pub written: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TreeTest {
    Within(Named),
    WithinAny(Vec<Named>),
    NotWithin(Named),
    Is(Named),
    IsAny(Vec<Named>),
    IsNot(Named),
    Missing,
    Unlisted,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Order<T> {
    Is(T),
    IsAny(Vec<T>),
    IsNot(T),
    Before(T),
    AtMost(T),
    AtLeast(T),
    After(T),
    Between(T, T),
    Missing,
    Unlisted,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SizeTest {
    Count(Order<u32>),
    Band(Named),
    AnyBand(Vec<Named>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum TextTest {
    Is(Said),
    IsAny(Vec<Said>),
    IsNot(Said),
    Contains(Vec<Said>),
    StartsWith(Vec<Said>),
    EndsWith(Vec<Said>),
    Missing,
    Unlisted,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FlagTest {
    True,
    False,
    Missing,
    Unlisted,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TagsTest {
    Any(Vec<Said>),
    All(Vec<Said>),
    Missing,
    Unlisted,
}

impl Formula {
    /// A random condition with limited nesting.
    pub fn new(world: &World, random: &mut Rng, depth: usize) -> Self {
        let part = |random: &mut Rng| Self::new(world, random, depth - 1);
        match random.u32(..10) {
            _ if depth == 0 => Self::Test(Test::new(world, random)),
            0..=2 => Self::All((0..random.usize(1..=3)).map(|_| part(random)).collect()),
            3..=5 => Self::Any((0..random.usize(1..=3)).map(|_| part(random)).collect()),
            6..=7 => Self::Not(Box::new(part(random))),
            _ => Self::Test(Test::new(world, random)),
        }
    }

    /// The condition in the typed rule language.
    pub fn typed(&self) -> Condition {
        match self {
            Self::All(parts) => rule::all(parts.iter().map(Self::typed)),
            Self::Any(parts) => rule::any(parts.iter().map(Self::typed)),
            Self::Not(part) => !part.typed(),
            Self::Test(test) => test.typed(),
        }
    }
}

impl Test {
    pub fn new(world: &World, random: &mut Rng) -> Self {
        let attribute = |random: &mut Rng, kind| {
            let names = world.attributes_of(kind);
            (*pick(random, &names)).to_owned()
        };
        match random.u32(..12) {
            0..=3 => {
                let dimension = random.usize(..3);
                Self::Tree(dimension, tree_test(world, dimension, random))
            }
            4..=5 => {
                let dimension = random.usize(..2);
                let stages = &world.stages[dimension];
                let mut named: Vec<Named> = Vec::new();
                for number in 0..stages.0.len() {
                    let written = stages.name_of(number, random);
                    named.push(Named { number, written });
                }
                let test = order(random, &named, |a, b| a.number <= b.number);
                Self::Stage(dimension, test)
            }
            6..=7 => Self::Size(size_test(world, random)),
            8 => Self::Text(
                attribute(random, AttributeKind::Text),
                text_test(world, random),
            ),
            9 => {
                let test = order(random, &world.numbers, |a, b| a <= b);
                Self::Number(attribute(random, AttributeKind::Number), test)
            }
            10 if random.bool() => {
                let tests = [
                    FlagTest::True,
                    FlagTest::False,
                    FlagTest::Missing,
                    FlagTest::Unlisted,
                ];
                Self::Flag(
                    attribute(random, AttributeKind::Flag),
                    pick(random, &tests).clone(),
                )
            }
            10 => {
                let tags = said(world, random);
                let test = match random.u32(..8) {
                    0..=2 => TagsTest::Any(tags),
                    3..=5 => TagsTest::All(tags),
                    6 => TagsTest::Missing,
                    _ => TagsTest::Unlisted,
                };
                Self::Tags(attribute(random, AttributeKind::Tags), test)
            }
            _ => {
                let test = order(random, &world.dates, |a, b| a <= b);
                Self::Date(attribute(random, AttributeKind::Date), test)
            }
        }
    }
}

fn tree_test(world: &World, dimension: usize, random: &mut Rng) -> TreeTest {
    let tree = &world.trees[dimension];
    let node = |random: &mut Rng| {
        let number = random.usize(..tree.nodes.len());
        let written = tree.name_of(number, random);
        Named { number, written }
    };
    let nodes = |random: &mut Rng| (0..random.usize(1..4)).map(|_| node(random)).collect();
    match random.u32(..12) {
        0..=3 => TreeTest::Within(node(random)),
        4 => TreeTest::WithinAny(nodes(random)),
        5 => TreeTest::NotWithin(node(random)),
        6..=7 => TreeTest::Is(node(random)),
        8 => TreeTest::IsAny(nodes(random)),
        9 => TreeTest::IsNot(node(random)),
        10 => TreeTest::Missing,
        _ => TreeTest::Unlisted,
    }
}

fn order<T: Clone>(random: &mut Rng, values: &[T], in_order: impl Fn(&T, &T) -> bool) -> Order<T> {
    let value = pick(random, values).clone();
    match random.u32(..10) {
        0 => Order::Is(value),
        1 => Order::IsAny(some(random, values, 3)),
        2 => Order::IsNot(value),
        3 => Order::Before(value),
        4 => Order::AtMost(value),
        5 => Order::AtLeast(value),
        6 => Order::After(value),
        7 => {
            let other = pick(random, values).clone();
            if in_order(&value, &other) {
                Order::Between(value, other)
            } else {
                Order::Between(other, value)
            }
        }
        8 => Order::Missing,
        _ => Order::Unlisted,
    }
}

fn size_test(world: &World, random: &mut Rng) -> SizeTest {
    let band = |random: &mut Rng| {
        let number = random.usize(..world.bands.len());
        let written = world.bands[number].name.as_name(random);
        Named { number, written }
    };
    match random.u32(..6) {
        0 if !world.bands.is_empty() => SizeTest::Band(band(random)),
        1 if !world.bands.is_empty() => {
            SizeTest::AnyBand((0..random.usize(1..4)).map(|_| band(random)).collect())
        }
        _ => SizeTest::Count(order(random, &world.head_counts, |a, b| a <= b)),
    }
}

fn said(world: &World, random: &mut Rng) -> Vec<Said> {
    let texts: Vec<Word> = some(random, &world.texts, 3);
    let said = texts.iter().map(|text| Said {
        plain: text.plain(),
        written: text.as_text(random),
    });
    said.collect()
}

fn text_test(world: &World, random: &mut Rng) -> TextTest {
    let mut texts = said(world, random);
    let one = texts[0].clone();
    if one_in(random, 3) {
        texts.truncate(1);
    }
    match random.u32(..10) {
        0 => TextTest::Is(one),
        1 => TextTest::IsAny(texts),
        2 => TextTest::IsNot(one),
        3..=4 => TextTest::Contains(texts),
        5..=6 => TextTest::StartsWith(texts),
        7 => TextTest::EndsWith(texts),
        8 => TextTest::Missing,
        _ => TextTest::Unlisted,
    }
}

fn written(values: &[Named]) -> Vec<&str> {
    values.iter().map(|value| value.written.as_str()).collect()
}

fn written_texts(values: &[Said]) -> Vec<&str> {
    values.iter().map(|value| value.written.as_str()).collect()
}

/// The ordered tests of a stage field.
macro_rules! ordered {
    ($field:expr, $test:expr, $value:expr, $before:ident, $after:ident) => {{
        let value = $value;
        match $test {
            Order::Is(one) => $field.is(value(one)),
            Order::IsAny(many) => $field.is_any(many.iter().map(value)),
            Order::IsNot(one) => $field.is_not(value(one)),
            Order::Before(bound) => $field.$before(value(bound)),
            Order::AtMost(bound) => $field.at_most(value(bound)),
            Order::AtLeast(bound) => $field.at_least(value(bound)),
            Order::After(bound) => $field.$after(value(bound)),
            Order::Between(from, to) => $field.between(value(from), value(to)),
            Order::Missing => $field.is_missing(),
            Order::Unlisted => $field.is_unlisted(),
        }
    }};
}

macro_rules! tree_field {
    ($field:expr, $test:expr) => {
        match $test {
            TreeTest::Within(node) => $field.within(&*node.written),
            TreeTest::WithinAny(nodes) => $field.within_any(written(nodes)),
            TreeTest::NotWithin(node) => $field.not_within(&*node.written),
            TreeTest::Is(node) => $field.is(&*node.written),
            TreeTest::IsAny(nodes) => $field.is_any(written(nodes)),
            TreeTest::IsNot(node) => $field.is_not(&*node.written),
            TreeTest::Missing => $field.is_missing(),
            TreeTest::Unlisted => $field.is_unlisted(),
        }
    };
}

impl Test {
    pub fn typed(&self) -> Condition {
        fn name(named: &Named) -> &str {
            &named.written
        }
        let number = |number: &f64| Number::new(*number).unwrap();
        match self {
            Self::Tree(0, test) => tree_field!(rule::region(), test),
            Self::Tree(1, test) => tree_field!(rule::industry(), test),
            Self::Tree(_, test) => tree_field!(rule::product_line(), test),
            Self::Stage(0, test) => ordered!(rule::lifecycle_stage(), test, name, before, after),
            Self::Stage(_, test) => ordered!(rule::funnel_stage(), test, name, before, after),
            Self::Size(SizeTest::Band(band)) => rule::customer_size().in_band(&band.written),
            Self::Size(SizeTest::AnyBand(bands)) => {
                rule::customer_size().in_any_band(written(bands))
            }
            Self::Size(SizeTest::Count(test)) => {
                let count = |count: &u32| *count;
                ordered!(rule::customer_size(), test, count, less_than, more_than)
            }
            Self::Text(attribute, test) => text_typed(rule::text(attribute.as_str()), test),
            Self::Number(attribute, test) => {
                ordered!(
                    rule::number(attribute.as_str()),
                    test,
                    number,
                    less_than,
                    more_than
                )
            }
            Self::Date(attribute, test) => {
                let date = |date: &NaiveDate| *date;
                ordered!(rule::date(attribute.as_str()), test, date, before, after)
            }
            Self::Flag(attribute, test) => {
                let field = rule::flag(attribute.as_str());
                match test {
                    FlagTest::True => field.is_true(),
                    FlagTest::False => field.is_false(),
                    FlagTest::Missing => field.is_missing(),
                    FlagTest::Unlisted => field.is_unlisted(),
                }
            }
            Self::Tags(attribute, test) => {
                let field = rule::tags(attribute.as_str());
                match test {
                    TagsTest::Any(tags) => field.contains_any(written_texts(tags)),
                    TagsTest::All(tags) => field.contains_all(written_texts(tags)),
                    TagsTest::Missing => field.is_missing(),
                    TagsTest::Unlisted => field.is_unlisted(),
                }
            }
        }
    }
}

fn text_typed(field: rule::TextField, test: &TextTest) -> Condition {
    match test {
        TextTest::Is(text) => field.is(&text.written),
        TextTest::IsAny(texts) => field.is_any(written_texts(texts)),
        TextTest::IsNot(text) => field.is_not(&text.written),
        TextTest::Contains(texts) => match &**texts {
            [only] => field.contains(&only.written),
            texts => field.contains_any(written_texts(texts)),
        },
        TextTest::StartsWith(texts) => match &**texts {
            [only] => field.starts_with(&only.written),
            texts => field.starts_with_any(written_texts(texts)),
        },
        TextTest::EndsWith(texts) => match &**texts {
            [only] => field.ends_with(&only.written),
            texts => field.ends_with_any(written_texts(texts)),
        },
        TextTest::Missing => field.is_missing(),
        TextTest::Unlisted => field.is_unlisted(),
    }
}
