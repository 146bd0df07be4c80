//! The meaning of conditions, by definition, over the model of the tests.

use super::condition::{
    FlagTest, Formula, Named, Order, Said, SizeTest, TagsTest, Test, TextTest, TreeTest,
};
use super::lead::{Case, Fact};
use super::world::{Truth, World};

/// Whether the lead is in the set of leads that the condition denotes.
pub fn holds(formula: &Formula, world: &World, case: &Case) -> bool {
    match formula {
        Formula::All(parts) => parts.iter().all(|part| holds(part, world, case)),
        Formula::Any(parts) => parts.iter().any(|part| holds(part, world, case)),
        Formula::Not(part) => !holds(part, world, case),
        Formula::Test(test) => test_holds(test, world, case),
    }
}

fn test_holds(test: &Test, world: &World, case: &Case) -> bool {
    let attribute = |name: &str| {
        let position = world.attributes.iter().position(|(known, _)| known == name);
        &case.attributes[position.unwrap()].truth
    };
    match test {
        Test::Tree(dimension, test) => {
            let tree = &world.trees[*dimension];
            let truth = &case.trees[*dimension].truth;
            let within = |named: &Named| {
                truth
                    .known()
                    .is_some_and(|&node| tree.is_within(node, named.number))
            };
            let is = |named: &Named| *truth == Truth::Known(named.number);
            match test {
                TreeTest::Within(node) => within(node),
                TreeTest::WithinAny(nodes) => nodes.iter().any(within),
                TreeTest::NotWithin(node) => !within(node),
                TreeTest::Is(node) => is(node),
                TreeTest::IsAny(nodes) => nodes.iter().any(is),
                TreeTest::IsNot(node) => !is(node),
                TreeTest::Missing => *truth == Truth::Missing,
                TreeTest::Unlisted => *truth == Truth::Unlisted,
            }
        }
        Test::Stage(dimension, test) => {
            let truth = case.stages[*dimension].truth;
            order_holds(test, &truth, |stage| stage.number)
        }
        Test::Size(SizeTest::Count(test)) => order_holds(test, &case.size.truth, |count| *count),
        Test::Size(SizeTest::Band(band)) => band_holds(band, world, case),
        Test::Size(SizeTest::AnyBand(bands)) => {
            bands.iter().any(|band| band_holds(band, world, case))
        }
        Test::Text(name, test) => {
            let text = known(attribute(name), |fact| match fact {
                Fact::Text(text) => Some(text.as_str()),
                _ => None,
            });
            let one_of = |texts: &[Said], relation: fn(&str, &str) -> bool| {
                text.known()
                    .is_some_and(|text| texts.iter().any(|said| relation(text, &said.plain)))
            };
            let is = |said: &Said| text.known().is_some_and(|text| *text == said.plain);
            match test {
                TextTest::Is(said) => is(said),
                TextTest::IsAny(texts) => texts.iter().any(is),
                TextTest::IsNot(said) => !is(said),
                TextTest::Contains(texts) => one_of(texts, |text, part| text.contains(part)),
                TextTest::StartsWith(texts) => one_of(texts, |text, part| text.starts_with(part)),
                TextTest::EndsWith(texts) => one_of(texts, |text, part| text.ends_with(part)),
                TextTest::Missing => text == Truth::Missing,
                TextTest::Unlisted => text == Truth::Unlisted,
            }
        }
        Test::Number(name, test) => {
            let number = known(attribute(name), |fact| match fact {
                Fact::Number(number) => Some(*number),
                _ => None,
            });
            order_holds(test, &number, |number| *number)
        }
        Test::Date(name, test) => {
            let date = known(attribute(name), |fact| match fact {
                Fact::Date(date) => Some(*date),
                _ => None,
            });
            order_holds(test, &date, |date| *date)
        }
        Test::Flag(name, test) => match test {
            FlagTest::True => *attribute(name) == Truth::Known(Fact::Flag(true)),
            FlagTest::False => *attribute(name) == Truth::Known(Fact::Flag(false)),
            FlagTest::Missing => *attribute(name) == Truth::Missing,
            FlagTest::Unlisted => *attribute(name) == Truth::Unlisted,
        },
        Test::Tags(name, test) => {
            let tags = known(attribute(name), |fact| match fact {
                Fact::Tags(tags) => Some(tags),
                _ => None,
            });
            let has = |said: &Said| tags.known().is_some_and(|tags| tags.contains(&said.plain));
            match test {
                TagsTest::Any(wanted) => wanted.iter().any(has),
                TagsTest::All(wanted) => wanted.iter().all(has),
                TagsTest::Missing => tags == Truth::Missing,
                TagsTest::Unlisted => tags == Truth::Unlisted,
            }
        }
    }
}

fn known<'f, T>(truth: &'f Truth<Fact>, value: impl Fn(&'f Fact) -> Option<T>) -> Truth<T> {
    match truth {
        Truth::Missing => Truth::Missing,
        Truth::Unlisted => Truth::Unlisted,
        Truth::Known(fact) => Truth::Known(value(fact).expect("facts are of the declared kind")),
    }
}

fn band_holds(band: &Named, world: &World, case: &Case) -> bool {
    let band = &world.bands[band.number];
    let head_count = case.size.truth.known();
    head_count.is_some_and(|head_count| band.from <= *head_count && *head_count <= band.to)
}

fn order_holds<V, T: PartialOrd>(
    test: &Order<V>,
    truth: &Truth<T>,
    bound: impl Fn(&V) -> T,
) -> bool {
    let is = |value: &V| truth.known().is_some_and(|truth| *truth == bound(value));
    let known = |holds: &dyn Fn(&T) -> bool| truth.known().is_some_and(holds);
    match test {
        Order::Is(value) => is(value),
        Order::IsAny(values) => values.iter().any(is),
        Order::IsNot(value) => !is(value),
        Order::Before(value) => known(&|truth| *truth < bound(value)),
        Order::AtMost(value) => known(&|truth| *truth <= bound(value)),
        Order::AtLeast(value) => known(&|truth| *truth >= bound(value)),
        Order::After(value) => known(&|truth| *truth > bound(value)),
        Order::Between(from, to) => known(&|truth| bound(from) <= *truth && *truth <= bound(to)),
        Order::Missing => matches!(truth, Truth::Missing),
        Order::Unlisted => matches!(truth, Truth::Unlisted),
    }
}
