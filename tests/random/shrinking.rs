//! Shrinking a failing case.

use super::condition::Formula;
use super::lead::{Case, Given};
use super::policy::{Item, Rules};

/// Shrinks a case step by step while `fails` returns true.
pub fn smallest(
    mut rules: Rules,
    mut case: Case,
    fails: impl Fn(&Rules, &Case) -> bool,
) -> (Rules, Case) {
    loop {
        if let Some(less) = fewer(&rules).into_iter().find(|less| fails(less, &case)) {
            rules = less;
        } else if let Some(less) = poorer(&case).into_iter().find(|less| fails(&rules, less)) {
            case = less;
        } else {
            return (rules, case);
        }
    }
}

fn fewer(rules: &Rules) -> Vec<Rules> {
    let with = |entries| Rules {
        entries,
        ..rules.clone()
    };
    fewer_items(&rules.entries).into_iter().map(with).collect()
}

fn fewer_items(items: &[Item]) -> Vec<Vec<Item>> {
    let mut fewer = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let with = |other: Vec<Item>| [&items[..index], &*other, &items[index + 1..]].concat();
        fewer.push(with(Vec::new()));
        let when = match item {
            Item::Rule { when, .. } => when,
            Item::Group { when, entries, .. } => {
                fewer.push(with(entries.clone()));
                for less in fewer_items(entries) {
                    let mut smaller = item.clone();
                    if let Item::Group { entries, .. } = &mut smaller {
                        *entries = less;
                    }
                    fewer.push(with(vec![smaller]));
                }
                when
            }
        };
        for less in when.iter().flat_map(simpler) {
            let mut smaller = item.clone();
            let (Item::Rule { when, .. } | Item::Group { when, .. }) = &mut smaller;
            *when = Some(less);
            fewer.push(with(vec![smaller]));
        }
    }
    fewer
}

fn simpler(formula: &Formula) -> Vec<Formula> {
    let of_parts = |parts: &[Formula], whole: fn(Vec<Formula>) -> Formula| {
        let mut simpler = parts.to_vec();
        for (index, part) in parts.iter().enumerate() {
            if parts.len() > 1 {
                simpler.push(whole([&parts[..index], &parts[index + 1..]].concat()));
            }
            for less in self::simpler(part) {
                simpler.push(whole(
                    [&parts[..index], &[less], &parts[index + 1..]].concat(),
                ));
            }
        }
        simpler
    };
    match formula {
        Formula::All(parts) => of_parts(parts, Formula::All),
        Formula::Any(parts) => of_parts(parts, Formula::Any),
        Formula::Not(part) => {
            let inner = simpler(part)
                .into_iter()
                .map(|less| Formula::Not(Box::new(less)));
            inner.chain([(**part).clone()]).collect()
        }
        Formula::Test(_) => Vec::new(),
    }
}

fn clear<V, T>(given: &mut Given<V, T>) -> bool {
    std::mem::replace(given, Given::NOTHING).value.is_some()
}

fn poorer(case: &Case) -> Vec<Case> {
    let mut poorer = Vec::new();
    let mut without = |take: &dyn Fn(&mut Case) -> bool| {
        let mut less = case.clone();
        if take(&mut less) {
            poorer.push(less);
        }
    };
    for index in 0..3 {
        without(&|case| clear(&mut case.trees[index]));
    }
    for index in 0..2 {
        without(&|case| clear(&mut case.stages[index]));
    }
    without(&|case| clear(&mut case.size));
    for index in 0..case.attributes.len() {
        without(&|case| clear(&mut case.attributes[index]));
    }
    poorer
}
