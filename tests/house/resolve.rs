//! Resolves a path in a module to the definition, through every re-export.

use crate::module::{Brings, Module, ModuleId, Modules, Names};

/// What a name resolves to.
#[derive(Clone)]
pub(crate) enum Found<'a> {
    Module(ModuleId),
    /// Anything else, by the file that defines it.
    Item {
        file: &'a str,
        name: String,
    },
    /// A definition in a foreign crate.
    Foreign,
}

/// Imports that are being followed, to detect loops.
type Open = Vec<(ModuleId, usize)>;

impl Modules {
    /// What a path resolves to: `None` if it begins with a foreign name, and an empty list if it
    /// begins with one of ours but cannot be resolved. Usually one item; several if a module and a
    /// function share a name.
    pub(crate) fn resolve(&self, from: ModuleId, path: &Names) -> Option<Vec<Found<'_>>> {
        self.follow(from, path, &mut Open::new())
    }

    fn follow(&self, from: ModuleId, path: &Names, open: &mut Open) -> Option<Vec<Found<'_>>> {
        let (first, rest) = path.split_first()?;
        let module = &self.all[from];
        let mut found = match first.as_str() {
            "crate" => vec![Found::Module(module.root)],
            "self" => vec![Found::Module(from)],
            "super" => vec![Found::Module(module.parent?)],
            name => self.look_up(from, name, open),
        };
        if found.is_empty() {
            found = vec![Found::Module(*self.libraries.get(first)?)];
        }
        for name in rest {
            let Some(inside) = found.iter().find_map(|found| match found {
                Found::Module(module) => Some(*module),
                _ => None,
            }) else {
                // A variant or an associated function, say.
                break;
            };
            let next = match name.as_str() {
                "super" => self.all[inside]
                    .parent
                    .map(Found::Module)
                    .into_iter()
                    .collect(),
                name => self.look_up(inside, name, open),
            };
            if next.is_empty() {
                found.retain(|found| !matches!(found, Found::Module(_)));
                break;
            }
            found = next;
        }
        Some(found)
    }

    /// What a name resolves to inside a module; an empty list if nothing.
    fn look_up(&self, id: ModuleId, name: &str, open: &mut Open) -> Vec<Found<'_>> {
        let module = &self.all[id];
        let child = module.children.get(name);
        let mut found: Vec<_> = child.copied().map(Found::Module).into_iter().collect();
        if module.items.contains(name) {
            let name = name.to_owned();
            found.push(Found::Item {
                file: &module.file,
                name,
            });
        }
        let named = |brings: &Brings| matches!(brings, Brings::Name(brought) if brought == name);
        found.extend(self.imported(id, named, open, |path, open| {
            self.follow(id, path, open)
                .unwrap_or_else(|| vec![Found::Foreign])
        }));
        if found.is_empty() {
            let all = |brings: &Brings| matches!(brings, Brings::Everything);
            found = self.imported(id, all, open, |path, open| {
                let whole = self.follow(id, path, open).unwrap_or_default();
                let whole = whole.into_iter().filter_map(|found| match found {
                    Found::Module(module) if module != id => Some(module),
                    _ => None,
                });
                whole
                    .flat_map(|module| self.look_up(module, name, open))
                    .collect()
            });
        }
        found
    }

    /// What the given imports of a module resolve to.
    fn imported<'a>(
        &'a self,
        id: ModuleId,
        is_meant: impl Fn(&Brings) -> bool,
        open: &mut Open,
        lead: impl Fn(&Names, &mut Open) -> Vec<Found<'a>>,
    ) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        for (index, import) in self.all[id].imports.iter().enumerate() {
            if is_meant(&import.brings) && !open.contains(&(id, index)) {
                open.push((id, index));
                found.extend(lead(&import.path, open));
                open.pop();
            }
        }
        found
    }
}

impl Module {
    /// Whether a path leads into a submodule.
    pub(crate) fn leads_inside(&self, path: &Names) -> bool {
        let mut names = path.iter().skip_while(|name| *name == "self");
        names
            .next()
            .is_some_and(|name| self.children.contains_key(name))
    }
}
