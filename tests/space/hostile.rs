//! Sets that would blow up are answered within the budget, or refused.

use chrono::{DateTime, TimeDelta, Utc};
use leadtree::dimension::{AttributeKind, Taxonomy};
use leadtree::policy::PolicyDraft;
use leadtree::rule::{Condition, Period, all, any, flag, number, region, text};
use leadtree::space::{LeadSet, Space, SpaceError, Undecided};

use super::with_rule;

fn set(values: PolicyDraft, condition: &Condition) -> Result<LeadSet, SpaceError> {
    let policy = with_rule(values, condition);
    Space::of(&policy).set(condition)
}

fn flags(many: usize) -> PolicyDraft {
    let names = (0..many).map(|number| format!("f{number}"));
    names.fold(PolicyDraft::new(), |draft, name| {
        draft.attribute(name, AttributeKind::Flag)
    })
}

fn is_set(number: usize) -> Condition {
    flag(format!("f{number}").as_str()).is_true()
}

#[test]
fn ten_thousand_alternatives() {
    let draft = || {
        PolicyDraft::new()
            .attribute("n", AttributeKind::Number)
            .attribute("s", AttributeKind::Text)
    };
    let one_of = any((0..10_000).map(|value| number("n").is(value)));
    let set_of = set(draft(), &one_of).unwrap();
    assert!(!set_of.is_empty().unwrap() && !set_of.complement().unwrap().is_empty().unwrap());
    assert!(
        set_of
            .union(&set_of.complement().unwrap())
            .unwrap()
            .complement()
            .unwrap()
            .is_empty()
            .unwrap()
    );

    let none_of = all((0..10_000).map(|value| !number("n").is(value)));
    let set_of = set(draft(), &none_of).unwrap();
    assert_eq!(
        set_of
            .simplest_lead()
            .unwrap()
            .unwrap()
            .lead
            .attributes()
            .count(),
        0
    );

    let pairs =
        any((0..10_000).map(|value| number("n").is(value) & text("s").is(format!("t{value}"))));
    let set_of = set(draft(), &pairs).unwrap();
    assert_eq!(
        set_of
            .simplest_lead()
            .unwrap()
            .unwrap()
            .lead
            .attributes()
            .count(),
        2
    );
    assert!(set_of.is_subset(&set_of).unwrap());
    // The complement is computed or refused within bounded time.
    match set_of.complement() {
        Ok(_) | Err(SpaceError::Undecided(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_thousand_disjunctions() {
    let both = all((0..1_000).map(|number| is_set(2 * number) | is_set(2 * number + 1)));
    let error = set(flags(2_000), &both).unwrap_err();
    assert!(
        matches!(
            error,
            SpaceError::Undecided(Undecided::TooManyBoxes { .. } | Undecided::TooManySteps { .. })
        ),
        "{error}"
    );
    insta::assert_snapshot!(error, @"the set needs more than 16384 boxes; ask about a part of it");

    // The complement is a thousand boxes.
    let neither = any((0..1_000).map(|number| !is_set(2 * number) & !is_set(2 * number + 1)));
    let neither = set(flags(2_000), &neither).unwrap();
    assert!(!neither.is_empty().unwrap());
    assert!(matches!(
        neither.complement(),
        Err(SpaceError::Undecided(_))
    ));
}

#[test]
fn deep_and_wide_taxonomies() {
    let paths = (0..30_000).map(|number| format!("a{}/b{}/c{number}", number % 10, number % 1_000));
    let draft = PolicyDraft::new().regions(Taxonomy::draft().paths(paths));
    let odd = (0..30_000).filter(|number| number % 2 == 1);
    let odd = odd.map(|number| format!("a{}/b{}/c{number}", number % 10, number % 1_000));
    let condition =
        leadtree::rule::region().within_any(odd.collect::<Vec<_>>().iter().map(String::as_str));
    let odd = set(draft.clone(), &condition).unwrap();
    let said = odd.condition().unwrap();
    // Described by what is left out, which is shorter.
    let text = said.to_string();
    assert!(text.starts_with("region not in (a0, a2, a4, a6, a8) and region != (a1, a1/b1, "));
    assert!(text.len() < 10_000, "{}", text.len());
    let again = Space::of(&with_rule(draft, &said)).set(&said).unwrap();
    assert_eq!(again.condition().unwrap(), said);
    let [share, of_odd] = [again.share().unwrap(), odd.share().unwrap()];
    assert!((share - of_odd).abs() < 1e-9 && (share - 15_000.0 / 31_012.0).abs() < 1e-9);
}

#[test]
fn covering_boxes_are_found_without_going_through_all_cells() {
    // One of the first k flags is set, and the others are not: together everything but one cell.
    let many = 60;
    let parts = (0..many).map(|last| all((0..last).map(|it| !is_set(it)).chain([is_set(last)])));
    let covered = any(parts);
    let rest = all((0..many).map(|it| !is_set(it)));
    let policy = with_rule(flags(many), &(covered.clone() | rest.clone()));
    let space = Space::of(&policy);
    let (covered, rest) = (space.set(&covered).unwrap(), space.set(&rest).unwrap());
    let left = covered.complement().unwrap();
    assert!(left.is_subset(&rest).unwrap() && rest.is_subset(&left).unwrap());
    assert!(
        space
            .everything()
            .is_subset(&covered.union(&rest).unwrap())
            .unwrap()
    );
}

/// Texts that start with `a`, not with `ab`, but then again with `aba`, and so on.
fn every_second_start(many: usize) -> Condition {
    let long = "ab".repeat(many);
    any((0..many).map(|number| {
        let start = |more: usize| text("s").starts_with(&long[..2 * number + more]);
        start(1) & !start(2)
    }))
}

#[test]
fn starts_within_starts_are_told_side_by_side() {
    let draft = || PolicyDraft::new().attribute("s", AttributeKind::Text);
    let few = every_second_start(3);
    let policy = with_rule(draft(), &few);
    let told = |set: &LeadSet| set.condition().unwrap().to_string();
    let few = Space::of(&policy).set(&few).unwrap();
    insta::assert_snapshot!(told(&few), @"s starts with ababa and not s starts with ababab or s starts with aba and not s starts with abab or s starts with a and not s starts with ab");
    insta::assert_snapshot!(told(&few.complement().unwrap()), @"not (s starts with ababa and not s starts with ababab) and not (s starts with aba and not s starts with abab) and not (s starts with a and not s starts with ab)");

    let many = every_second_start(500);
    let policy = with_rule(draft(), &many);
    let space = Space::of(&policy);
    let set = space.set(&many).unwrap();
    for set in [set.clone(), set.complement().unwrap()] {
        let read: Condition = told(&set).parse().unwrap();
        assert_eq!(read, set.condition().unwrap());
        let again = space.set(&read).unwrap();
        assert!(again.is_subset(&set).unwrap() && set.is_subset(&again).unwrap());
    }
}

#[test]
fn names_that_are_taken_for_unlisted_ones() {
    let taken = ["unlisted".to_owned(), "unlisted unlisted".to_owned()];
    let numbered = (2..1_000).map(|number| format!("unlisted {number}"));
    let draft =
        PolicyDraft::new().regions(Taxonomy::draft().paths(taken.into_iter().chain(numbered)));
    let unlisted = region().is_unlisted();
    let policy = with_rule(draft, &unlisted);
    let set = Space::of(&policy).set(&unlisted).unwrap();
    let example = set.simplest_lead().unwrap().unwrap();
    assert!(super::meets(&policy, &example.lead), "{example:?}");
}

#[test]
fn a_list_of_every_usual_character() {
    let usual = ('a'..='z').chain('\u{4e00}'..='\u{9fff}').chain(['-']);
    let list = text("s").is_any(usual.map(String::from));
    let draft = PolicyDraft::new().attribute("s", AttributeKind::Text);
    let policy = with_rule(draft, &list);
    let space = Space::of(&policy);
    let set = space.set(&list).unwrap();
    let told = set.condition().unwrap();
    assert!(told.to_string().starts_with("s in ('-', a, b, "), "{told}");
    let again = space.set(&told).unwrap();
    assert!(again.is_subset(&set).unwrap() && set.is_subset(&again).unwrap());
}

#[test]
fn periods_at_the_beginning_of_time() {
    let first = DateTime::<Utc>::MIN_UTC;
    let moments = [
        first,
        first + TimeDelta::nanoseconds(1),
        DateTime::UNIX_EPOCH,
    ];
    let until = |until: DateTime<Utc>| Period::new(None, until);
    let policy = PolicyDraft::new().build().unwrap();
    let builder = moments
        .iter()
        .fold(Space::builder(&policy), |builder, &it| {
            builder.period(until(it))
        });
    let space = builder.build();
    for (end, has_moments) in moments.into_iter().zip([false, true, true]) {
        let set = space.during(until(end)).unwrap();
        assert_eq!(set.is_empty().unwrap(), !has_moments, "until {end}");
        let example = set.simplest_lead().unwrap();
        let moment = example.map(|example| example.moment.unwrap());
        assert_eq!(
            moment.is_some_and(|moment| moment < end),
            has_moments,
            "until {end}: {moment:?}"
        );
    }
}

/// Texts that have some pairs of digits and lack others: none or few, which only a long search tells.
fn pairs_of_digits(number: u32) -> Condition {
    let wanted = (0..10).map(|pair| {
        let digits = [(pair * 7 + number) % 10, (pair * 3 + 1 + number / 10) % 10];
        text("s").contains(digits.map(|digit| digit.to_string()).concat())
    });
    let lacking = (0..60).map(|pair| {
        let digits = [(pair * 3 + number) % 10, (pair / 6 + number) % 10];
        digits.map(|digit| digit.to_string()).concat()
    });
    all(wanted) & !text("s").contains_any(lacking) & number_is(number)
}

fn number_is(value: u32) -> Condition {
    number("n").is(value)
}

#[test]
fn searches_in_thousands_of_boxes_end_together() {
    let draft = PolicyDraft::new()
        .attribute("n", AttributeKind::Number)
        .attribute("s", AttributeKind::Text);
    let set = set(draft, &any((0..10_000).map(pairs_of_digits))).unwrap();
    // Each box alone is decided, all together take too long.
    let error = set.is_empty().unwrap_err();
    assert!(
        matches!(error, SpaceError::Undecided(Undecided::Dependent { .. })),
        "{error}"
    );
}
