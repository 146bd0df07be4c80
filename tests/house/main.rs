//! The structure of the sources is as CONTRIBUTING.md describes: rooms in order, no import cycles,
//! no oversized files or folders.
//!
//! Every `use` and every path in the code of the library and the other crates is resolved to the
//! file that defines the name, except in tests. Method calls have no path: if an upper room adds a
//! method to a type of a lower room, calls from the lower room are not seen.
#![allow(clippy::unwrap_used, reason = "a test that reads its own repository")]

mod arrows;
mod known;
mod made_up;
mod module;
mod resolve;
mod rooms;
mod sizes;
mod sources;

use std::collections::BTreeSet;

use arrows::Arrows;
use module::Modules;
use rooms::Rooms;
use sources::Sources;

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn arrows(sources: &Sources) -> Arrows {
    let modules = Modules::read(sources);
    let (arrows, lost) = Arrows::of(&modules);
    assert_none(&modules.faults);
    assert_none(&lost);
    arrows
}

fn rooms(sources: &Sources) -> Rooms {
    Rooms::of_table(sources.text("CONTRIBUTING.md").unwrap())
}

/// Unlisted cycles, and listed ones that no longer exist in that form.
fn unlisted_circles(arrows: &Arrows, known: &[(&[&str], &str)]) -> Vec<String> {
    let circles = arrows.circles();
    let known: BTreeSet<BTreeSet<&str>> = known
        .iter()
        .map(|(files, _)| files.iter().copied().collect())
        .collect();
    let new = circles.difference(&known).map(|circle| {
        let words = arrows.in_words(circle);
        format!("files import each other in a circle:\n{words}")
    });
    let stale = known.difference(&circles).map(|circle| {
        let files: Vec<_> = circle.iter().copied().collect();
        format!(
            "no circle of just these files: {}; strike it out, or correct it",
            files.join(", ")
        )
    });
    new.chain(stale).collect()
}

#[test]
fn the_table_of_rooms_names_every_room_and_no_other() {
    let sources = Sources::of_repository();
    assert_none(&rooms(&sources).check_names(&sources));
}

#[test]
fn rooms_import_downwards_only() {
    let sources = Sources::of_repository();
    assert_none(&rooms(&sources).check_direction(&arrows(&sources)));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let arrows = arrows(&Sources::of_repository());
    assert_none(&unlisted_circles(&arrows, known::CIRCLES));
}

#[test]
fn files_have_about_500_lines_at_most() {
    let sources = Sources::of_repository();
    assert_none(&sizes::check(
        &sizes::long_files(&sources),
        "lines",
        known::LONG_FILES,
    ));
}

#[test]
fn folders_hold_a_dozen_files_at_most() {
    let sources = Sources::of_repository();
    assert_none(&sizes::check(
        &sizes::full_folders(&sources),
        "files",
        known::FULL_FOLDERS,
    ));
}
