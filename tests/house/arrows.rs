//! Which file imports what from which other file.

use std::collections::{BTreeMap, BTreeSet};

use crate::module::{Brings, ModuleId, Modules, Names};
use crate::resolve::Found;

/// The names that one file imports from another, by both files.
#[derive(Default)]
pub(crate) struct Arrows(BTreeMap<(String, String), BTreeSet<String>>);

impl Arrows {
    /// Resolves every `use` and every path in code to the file that defines the name; also returns
    /// what could not be resolved.
    ///
    /// A module that re-exports names from its submodules does not import them, and an import of
    /// such a name counts as one from the file that defines it.
    pub(crate) fn of(modules: &Modules) -> (Self, Vec<String>) {
        let mut arrows = Self::default();
        let mut faults = Vec::new();
        for (id, module) in modules.all.iter().enumerate() {
            for import in &module.imports {
                if import.is_re_export && module.leads_inside(&import.path) {
                    continue;
                }
                let takes_all = matches!(import.brings, Brings::Everything);
                arrows.add(modules, id, &import.path, takes_all, &mut faults);
            }
            for path in &module.paths {
                arrows.add(modules, id, path, false, &mut faults);
            }
        }
        faults.sort();
        faults.dedup();
        (arrows, faults)
    }

    fn add(
        &mut self,
        modules: &Modules,
        from: ModuleId,
        path: &Names,
        takes_all: bool,
        faults: &mut Vec<String>,
    ) {
        let file = &modules.all[from].file;
        let Some(found) = modules.resolve(from, path) else {
            return;
        };
        if found.is_empty() {
            faults.push(format!("{file}: `{}` leads nowhere", path.join("::")));
        }
        for found in found {
            let (to, name) = match found {
                Found::Item { file, name } => (file, name),
                Found::Module(module) if takes_all => {
                    (modules.all[module].file.as_str(), "*".into())
                }
                // What is used of a module is found at the path that names it.
                Found::Module(_) | Found::Foreign => continue,
            };
            if to != file {
                let arrow = (file.clone(), to.to_owned());
                self.0.entry(arrow).or_default().insert(name);
            }
        }
    }

    /// Each arrow: from, to, and a description.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str, String)> {
        self.0.iter().map(|((from, to), names)| {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let words = format!("{from} -> {to}: {}", names.join(", "));
            (from.as_str(), to.as_str(), words)
        })
    }

    /// The import cycles, as strongly connected components of files.
    pub(crate) fn circles(&self) -> BTreeSet<BTreeSet<&str>> {
        let mut taken: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (from, to) in self.0.keys() {
            taken.entry(from).or_default().insert(to);
        }
        let reach = taken.keys().map(|from| (*from, reached(from, &taken)));
        let reach: BTreeMap<&str, BTreeSet<&str>> = reach.collect();
        let reaches = |from: &str, to: &str| reach.get(from).is_some_and(|it| it.contains(to));
        let in_circles = reach.iter().filter(|(file, _)| reaches(file, file));
        let circles = in_circles.map(|(file, others)| {
            let others = others.iter().copied();
            others.filter(|other| reaches(other, file)).collect()
        });
        circles.collect()
    }

    /// Describes a cycle: every arrow in it.
    pub(crate) fn in_words(&self, circle: &BTreeSet<&str>) -> String {
        let inside = self
            .iter()
            .filter(|(from, to, _)| circle.contains(from) && circle.contains(to));
        let lines: Vec<_> = inside.map(|(.., words)| format!("  {words}")).collect();
        lines.join("\n")
    }
}

/// The files that can be reached from a file.
fn reached<'a>(from: &str, taken: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for to in taken.get(file).into_iter().flatten() {
            if reached.insert(*to) {
                open.push(to);
            }
        }
    }
    reached
}
