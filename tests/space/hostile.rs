//! Sets that would blow up are answered within the budget, or refused.

use leadtree::dimension::{AttributeKind, Taxonomy};
use leadtree::policy::PolicyDraft;
use leadtree::rule::{Condition, all, any, flag, number, text};
use leadtree::space::{Set, Space, SpaceError, Undecided};

use super::with_rule;

fn set(values: PolicyDraft, condition: &Condition) -> Result<Set, SpaceError> {
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
