//! Tests of the checks themselves, on small artificial sources.

use crate::arrows::Arrows;
use crate::module::Modules;
use crate::rooms::Rooms;
use crate::sizes;
use crate::sources::Sources;
use crate::unlisted_circles;

const MANIFEST: (&str, &str) = ("Cargo.toml", "[package]\nname = \"made-up\"");

fn words(arrows: &Arrows) -> Vec<String> {
    arrows.iter().map(|(.., words)| words).collect()
}

/// The arrows of a library of three files, where `lead/door.rs` has the given text.
fn arrows_of(text: &str) -> Vec<String> {
    let sources = Sources::made_up([
        MANIFEST,
        (
            "src/lib.rs",
            "mod id; mod lead; pub mod rule; pub use id::*;",
        ),
        (
            "src/id.rs",
            "macro_rules! id { () => {} } id!(LeadId, RuleId); pub fn fold() {}",
        ),
        (
            "src/lead/mod.rs",
            "mod door; mod lead; pub use lead::{Lead, Size as HeadCount};",
        ),
        (
            "src/lead/lead.rs",
            "pub struct Lead; pub enum Size { Small } pub mod deep { pub fn dig() {} }",
        ),
        ("src/lead/door.rs", text),
        (
            "src/rule.rs",
            "pub use crate::lead::Lead as Asked; pub use chrono; pub struct Rule;",
        ),
    ]);
    let modules = Modules::read(&sources);
    assert!(modules.faults.is_empty(), "{:?}", modules.faults);
    let (arrows, lost) = Arrows::of(&modules);
    let mut words = words(&arrows);
    // A re-export from another room counts as an import.
    assert_eq!(
        words.pop().unwrap(),
        "src/rule.rs -> src/lead/lead.rs: Lead"
    );
    words.extend(lost);
    words
}

#[test]
fn what_is_taken_is_followed_to_the_file_that_defines_it() {
    let lead = "src/lead/door.rs -> src/lead/lead.rs: Lead";
    let size = "src/lead/door.rs -> src/lead/lead.rs: Size";
    let deep = "src/lead/door.rs -> src/lead/lead.rs: dig";
    let rule = "src/lead/door.rs -> src/rule.rs: Rule";
    let id = "src/lead/door.rs -> src/id.rs: LeadId";
    let fold = "src/lead/door.rs -> src/id.rs: fold";
    let all = "src/lead/door.rs -> src/rule.rs: *";
    for (text, expected) in [
        ("use crate::lead::Lead;", vec![lead]),
        ("use crate::lead::lead::Lead;", vec![lead]),
        ("use super::Lead as _;", vec![lead]),
        ("use super::{HeadCount};", vec![size]),
        ("use self::super::lead::{self, Lead};", vec![lead]),
        ("use crate::rule::Asked;", vec![lead]),
        ("use crate::{LeadId, rule::Rule};", vec![id, rule]),
        ("pub(crate) use super::Lead;", vec![lead]),
        ("use crate::{lead as all, rule::{self, Rule}};", vec![rule]),
        (
            "use crate::rule; fn f() -> rule::Rule { todo!() }",
            vec![rule],
        ),
        ("fn f(_: &[super::Lead]) {}", vec![lead]),
        ("fn f() { super::HeadCount::Small; }", vec![size]),
        ("fn f() { super::lead::deep::dig() }", vec![deep]),
        ("fn f() { use super::HeadCount::*; }", vec![size]),
        (
            "fn f() { println!(\"{}\", &[(crate::id::fold(), 1)]) }",
            vec![fold],
        ),
        (
            "macro_rules! m { () => { $crate::id::fold() } }",
            vec![fold],
        ),
        (
            "#[serde(with = \"super::super::id::fold\")] struct S;",
            vec![fold],
        ),
        (
            "#[serde(with = \"id::fold\")] struct S; use crate::id;",
            vec![fold],
        ),
        (
            "use crate::rule::*; fn f(_: Rule) {}",
            vec!["src/lead/door.rs -> src/rule.rs: *, Rule"],
        ),
        ("use crate::rule::*; fn f(_: Asked) {}", vec![lead, all]),
        ("#[cfg(not(test))] use super::Lead;", vec![lead]),
        (
            "#[cfg(any(test, feature = \"f\"))] use super::Lead;",
            vec![lead],
        ),
        ("mod inner { use super::super::Lead; }", vec![lead]),
        (
            "mod inner { pub struct Lead; } use inner::Lead; fn f(_: self::Lead) {}",
            vec![],
        ),
        ("/// [`Lead`](crate::lead::Lead)\nstruct S;", vec![]),
        (
            "pub(super) struct S; fn f(s: S) { s.rule.id.fold() }",
            vec![],
        ),
        (
            "use chrono::Utc; use crate::rule::chrono::TimeZone;",
            vec![],
        ),
        ("fn f(_: Rule) { let lead = 1; g(lead) }", vec![]),
        ("#[cfg(test)] use super::Lead;", vec![]),
        ("#[cfg(test)] mod tests { use super::super::Lead; }", vec![]),
        (
            "#[cfg(all(test, feature = \"f\"))] mod tests { use crate::rule::Rule; }",
            vec![],
        ),
        ("#[test] fn f() { crate::id::fold() }", vec![]),
        (
            "struct S; impl S { #[cfg(test)] fn f(_: crate::rule::Rule) {} }",
            vec![],
        ),
        (
            "use crate::lead::Load;",
            vec!["src/lead/door.rs: `crate::lead::Load` leads nowhere"],
        ),
        (
            "fn f() { super::lead::dig() }",
            vec!["src/lead/door.rs: `super::lead::dig` leads nowhere"],
        ),
    ] {
        assert_eq!(arrows_of(text), expected, "{text}");
    }
}

#[test]
fn a_module_takes_what_it_uses_itself_but_not_what_it_passes_on() {
    let of_door = |text| {
        let sources = Sources::made_up([
            MANIFEST,
            ("src/lib.rs", "mod lead;"),
            ("src/lead/mod.rs", text),
            ("src/lead/size.rs", "pub struct Size;"),
        ]);
        words(&Arrows::of(&Modules::read(&sources)).0)
    };
    let arrow = ["src/lead/mod.rs -> src/lead/size.rs: Size"];
    assert_eq!(of_door("mod size; pub use size::Size;"), [""; 0]);
    assert_eq!(of_door("mod size; pub use self::size::Size;"), [""; 0]);
    assert_eq!(
        of_door("mod size; pub use size::Size; struct Lead(Size);"),
        arrow
    );
    assert_eq!(of_door("mod size; struct Lead(size::Size);"), arrow);
    assert_eq!(of_door("mod size; use size::Size;"), arrow);
}

#[test]
fn crates_beside_the_library_take_from_it_by_its_name() {
    let sources = Sources::made_up([
        MANIFEST,
        ("src/lib.rs", "mod id; pub use id::LeadId;"),
        ("src/id.rs", "pub struct LeadId;"),
        (
            "crates/command/Cargo.toml",
            "[package]\nname = \"made-up-command\"",
        ),
        (
            "crates/command/src/main.rs",
            "mod list; use made_up_command::read;",
        ),
        ("crates/command/src/list.rs", "use made_up::LeadId;"),
        ("crates/command/src/lib.rs", "pub fn read() {}"),
        (
            "crates/command/src/bin/other.rs",
            "use made_up_command::read;",
        ),
        ("crates/command/tests/all.rs", "use made_up::Nothing;"),
    ]);
    let (arrows, lost) = Arrows::of(&Modules::read(&sources));
    assert_eq!(lost, [""; 0]);
    assert_eq!(
        words(&arrows),
        [
            "crates/command/src/bin/other.rs -> crates/command/src/lib.rs: read",
            "crates/command/src/list.rs -> src/id.rs: LeadId",
            "crates/command/src/main.rs -> crates/command/src/lib.rs: read",
        ],
    );
}

#[test]
fn files_that_no_module_leads_to_and_modules_without_a_file_are_told() {
    let sources = Sources::made_up([
        MANIFEST,
        (
            "src/lib.rs",
            "mod gone; mod broken; #[cfg(test)] mod proofs; #[cfg(test)] mod no_file;",
        ),
        ("src/broken.rs", "struct;"),
        ("src/proofs.rs", ""),
        ("src/id_tests.rs", ""),
        ("src/left_over.rs", ""),
    ]);
    assert_eq!(
        Modules::read(&sources).faults,
        [
            "src/lib.rs: the file of `mod gone` is not there",
            "src/broken.rs: expected identifier",
            "src/left_over.rs: no `mod` leads here, so that nothing of it is looked at",
        ],
    );
}

/// A cycle of three files across two rooms, with files attached to it.
fn circular() -> Arrows {
    let sources = Sources::made_up([
        MANIFEST,
        ("src/lib.rs", "mod above; mod lead; mod rule;"),
        ("src/above.rs", "use crate::rule::Rule;"),
        (
            "src/rule/mod.rs",
            "use crate::lead::{Fact, Facts}; pub struct Rule;",
        ),
        (
            "src/lead/mod.rs",
            "mod facts; mod size; pub use {facts::*, size::Size};",
        ),
        (
            "src/lead/facts.rs",
            "use super::Size; pub struct Fact; pub struct Facts;",
        ),
        (
            "src/lead/size.rs",
            "use crate::rule::Rule; pub struct Size;",
        ),
    ]);
    Arrows::of(&Modules::read(&sources)).0
}

#[test]
fn a_circle_is_told_in_words_unless_it_is_known() {
    let circle = ["src/lead/facts.rs", "src/lead/size.rs", "src/rule/mod.rs"];
    let in_words = "files import each other in a circle:
  src/lead/facts.rs -> src/lead/size.rs: Size
  src/lead/size.rs -> src/rule/mod.rs: Rule
  src/rule/mod.rs -> src/lead/facts.rs: Fact, Facts";
    let stale = "no circle of just these files: src/lead/facts.rs, src/rule/mod.rs; strike it out, or \
                 correct it";
    let arrows = circular();
    assert_eq!(unlisted_circles(&arrows, &[]), [in_words]);
    assert_eq!(unlisted_circles(&arrows, &[(&circle, "why")]), [""; 0]);
    let smaller = ["src/lead/facts.rs", "src/rule/mod.rs"];
    assert_eq!(
        unlisted_circles(&arrows, &[(&smaller, "why")]),
        [in_words, stale]
    );
    assert_eq!(
        unlisted_circles(&arrows, &[(&circle, "why"), (&smaller, "why")]),
        [stale]
    );
}

#[test]
fn rooms_stand_in_the_order_of_the_table() {
    let rooms = |rows: &str| {
        Rooms::of_table(&format!(
            "# House\n\n| room | what |\n|---|---|\n{rows}\n\nEnd"
        ))
    };
    let arrows = circular();
    let sound =
        rooms("| `src/lib.rs`, `src/above.rs` | door |\n| `src/rule/` | |\n| `src/lead/` | |");
    assert_eq!(
        sound.check_direction(&arrows),
        ["src/lead/size.rs -> src/rule/mod.rs: Rule\n  but `src/rule/` stands above `src/lead/`"],
    );
    let beside =
        rooms("| `src/rule/mod.rs`, `src/above.rs` | |\n| `src/lead/` | |\n| `src/*.rs` | |");
    assert_eq!(
        beside.check_direction(&arrows),
        [
            "src/above.rs -> src/rule/mod.rs: Rule\n  but `src/rule/mod.rs` stands beside `src/above.rs`",
            "src/lead/size.rs -> src/rule/mod.rs: Rule\n  but `src/rule/mod.rs` stands above `src/lead/`",
        ],
    );
}

#[test]
fn the_table_and_the_folders_have_the_same_rooms() {
    let sources = Sources::made_up([
        ("src/lib.rs", ""),
        ("src/id.rs", ""),
        ("src/schema/people.rs", ""),
        ("src/tree/mod.rs", ""),
        ("src/tree/graph/mod.rs", ""),
        ("crates/command/src/deep/inside.rs", ""),
        ("tests/dispatch/main.rs", ""),
    ]);
    let faults = |rows: &str| {
        Rooms::of_table(&format!("| room | what |\n|---|---|\n{rows}")).check_names(&sources)
    };
    let sound = "| `crates/command/` | |\n| `src/lib.rs` | |\n| `src/schema/` | |\n\
                 | `src/tree/`, `src/tree/graph/` | |\n| `src/*.rs` | |";
    assert_eq!(faults(sound), [""; 0]);
    let alone = Sources::made_up([("src/lib.rs", "")]);
    let rooms = Rooms::of_table("| room |\n|---|\n| `crates/command/` |\n| `src/lib.rs` |");
    assert_eq!(rooms.check_names(&alone), [""; 0]);
    assert_eq!(
        rooms.check_names(&sources).last().unwrap(),
        "`src/tree/graph/` is not in CONTRIBUTING's table of rooms",
    );
    let other = "| `src/lib.rs`, `src/schema/` | |\n| `src/tree/` | |\n| `src/team/` | |\n\
                 | `src/tree/` | |";
    assert_eq!(
        faults(other),
        [
            "`crates/command/src/deep/` is not in CONTRIBUTING's table of rooms",
            "`src/` is not in CONTRIBUTING's table of rooms",
            "`src/team/` is in CONTRIBUTING's table, but is not there",
            "`src/tree/` is in CONTRIBUTING's table twice",
            "`src/tree/graph/` is not in CONTRIBUTING's table of rooms",
        ],
    );
}

#[test]
fn large_files_and_folders_are_told_and_so_are_exceptions_of_none() {
    let (long, short) = ("\n".repeat(551), "\n".repeat(550));
    let made_up = |count: usize| {
        let mut names: Vec<_> = (0..count).map(|it| format!("src/rule/f{it}.rs")).collect();
        names.extend(["src/rule/mod.rs", "src/rule/f_tests.rs"].map(str::to_owned));
        let texts = names.iter().map(|name| (name.as_str(), ""));
        Sources::made_up(texts.chain([("src/long.rs", &*long), ("src/short.rs", &*short)]))
    };
    let sources = made_up(12);
    let lines = |known| sizes::check(&sizes::long_files(&sources), "lines", known);
    assert_eq!(lines(&[]), ["src/long.rs has 551 lines; tell it apart"]);
    assert_eq!(lines(&[("src/long.rs", "why")]), [""; 0]);
    let both = [("src/long.rs", "why"), ("src/short.rs", "why")];
    assert_eq!(
        lines(&both),
        ["src/short.rs is no longer too large: strike it out"]
    );
    assert_eq!(
        sizes::check(&sizes::full_folders(&sources), "files", &[]),
        [""; 0]
    );
    assert_eq!(
        sizes::check(&sizes::full_folders(&made_up(13)), "files", &[]),
        ["src/rule/ has 13 files; tell it apart"],
    );
}
