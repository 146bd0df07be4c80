//! The rooms, in the order of the table in CONTRIBUTING.md.

use std::collections::BTreeSet;

use crate::arrows::Arrows;
use crate::sources::{Sources, folder};

/// The files directly in `src/`.
const GROUND: &str = "src/*.rs";

/// Rooms by floor, from the top down: a folder with `/` at its end, a file, or [`GROUND`].
pub(crate) struct Rooms(Vec<Vec<String>>);

impl Rooms {
    /// Reads the table whose first column is `room`; the names in it are in backquotes.
    pub(crate) fn of_table(markdown: &str) -> Self {
        let lines = markdown
            .lines()
            .skip_while(|line| !line.starts_with("| room |"));
        let rows = lines.skip(2).take_while(|line| line.starts_with('|'));
        let floors = rows.map(|row| {
            let cell = row.split('|').nth(1).unwrap_or_default();
            let names = cell.split('`').skip(1).step_by(2);
            names.map(str::to_owned).collect()
        });
        Self(floors.collect())
    }

    /// The innermost room of a file, and its floor, counted from the top.
    fn of(&self, file: &str) -> Option<(usize, &str)> {
        let floors = self.0.iter().enumerate();
        let rooms = floors.flat_map(|(floor, rooms)| rooms.iter().map(move |it| (floor, &**it)));
        let around = rooms.filter(|(_, room)| {
            let is_ground = *room == GROUND && folder(file) == "src/";
            let is_inside = room.ends_with('/') && file.starts_with(room);
            is_ground || is_inside || *room == file
        });
        // The ground is the room of those files that are in no other.
        around.max_by_key(|(_, room)| if *room == GROUND { 0 } else { room.len() })
    }

    /// Rooms that the table lacks, names twice, or names although they do not exist.
    pub(crate) fn check_names(&self, sources: &Sources) -> Vec<String> {
        let mut faults = BTreeSet::new();
        let mut used = BTreeSet::new();
        for file in sources.house() {
            let room = self.of(file).map(|(_, room)| room);
            used.extend(room);
            let is_named = room.is_some_and(|room| {
                let is_own = room == GROUND || room == file || room == folder(file);
                is_own || room.starts_with("crates/")
            });
            if !is_named {
                let folder = folder(file);
                faults.insert(format!(
                    "`{folder}` is not in CONTRIBUTING's table of rooms"
                ));
            }
        }
        let mut seen = BTreeSet::new();
        // The packaged library comes without the crates beside it.
        let is_alone = !sources.house().any(|file| file.starts_with("crates/"));
        for room in self.0.iter().flatten() {
            let is_left_out = is_alone && room.starts_with("crates/");
            if !used.contains(room.as_str()) && !is_left_out {
                faults.insert(format!(
                    "`{room}` is in CONTRIBUTING's table, but is not there"
                ));
            }
            if !seen.insert(room) {
                faults.insert(format!("`{room}` is in CONTRIBUTING's table twice"));
            }
        }
        faults.into_iter().collect()
    }

    /// Imports from a room above, or beside in the same row.
    pub(crate) fn check_direction(&self, arrows: &Arrows) -> Vec<String> {
        let rising = arrows.iter().filter_map(|(from, to, words)| {
            let ((lower, room), (upper, other)) = (self.of(from)?, self.of(to)?);
            let is_sound = room == other || lower < upper;
            let place = if lower == upper { "beside" } else { "above" };
            (!is_sound).then(|| format!("{words}\n  but `{other}` stands {place} `{room}`"))
        });
        rising.collect()
    }
}
