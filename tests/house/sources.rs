//! The files to check: Rust sources, manifests, and the table of rooms.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Folders of the repository with Rust files.
const FOLDERS: [&str; 5] = ["src", "crates", "tests", "benches", "examples"];

/// Texts by path from the root of the repository, separated by `/`.
pub(crate) struct Sources(BTreeMap<String, String>);

impl Sources {
    pub(crate) fn of_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut texts = BTreeMap::new();
        let mut add = |path: &Path| {
            let names = path.strip_prefix(root).unwrap().components();
            let names: Vec<_> = names.map(|it| it.as_os_str().to_str().unwrap()).collect();
            texts.insert(names.join("/"), fs::read_to_string(path).unwrap());
        };
        add(&root.join("CONTRIBUTING.md"));
        add(&root.join("Cargo.toml"));
        let folders = FOLDERS.map(|folder| root.join(folder));
        for folder in folders.iter().filter(|folder| folder.exists()) {
            // Hidden folders and build folders contain no sources.
            let entries = WalkDir::new(folder).into_iter().filter_entry(|entry| {
                let name = entry.file_name().to_string_lossy();
                !name.starts_with('.') && name != "target"
            });
            for entry in entries {
                let path = entry.unwrap().into_path();
                if is_rust(&path) || path.ends_with("Cargo.toml") {
                    add(&path);
                }
            }
        }
        Self(texts)
    }

    /// Sources given by a test, as paths and texts.
    pub(crate) fn made_up<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
        Self(texts.into_iter().map(owned).collect())
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Every Rust file with its text.
    pub(crate) fn rust_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let texts = self.0.iter().map(|(path, text)| (&**path, &**text));
        texts.filter(|(path, _)| is_rust(Path::new(path)))
    }

    /// The Rust files of the library and the other crates, without tests, benches and examples.
    pub(crate) fn house(&self) -> impl Iterator<Item = &str> {
        let is_house = |path: &&str| {
            let of_crates = path
                .strip_prefix("crates/")
                .and_then(|it| it.split_once('/'));
            let path = of_crates.map_or(*path, |(_, path)| path);
            path.starts_with("src/") && !path.ends_with("_tests.rs")
        };
        self.rust_files().map(|(path, _)| path).filter(is_house)
    }

    /// Folders of crates with a manifest, each ending in `/`; empty for the library.
    pub(crate) fn crates(&self) -> impl Iterator<Item = &str> {
        self.0
            .keys()
            .filter_map(|path| path.strip_suffix("Cargo.toml"))
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// The folder of a file, ending in `/`; empty at the root.
pub(crate) fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}
