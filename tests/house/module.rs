//! The modules of all crates with their definitions, imports and paths. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, Token, UseTree, Visibility};

use crate::sources::{Sources, folder};

/// The index of a module.
pub(crate) type ModuleId = usize;

/// The segments of a path.
pub(crate) type Names = Vec<String>;

#[derive(Default)]
pub(crate) struct Module {
    pub(crate) file: String,
    pub(crate) parent: Option<ModuleId>,
    pub(crate) root: ModuleId,
    pub(crate) children: BTreeMap<String, ModuleId>,
    /// Definitions, and all names in item macro calls, which may define them.
    pub(crate) items: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
    /// Every path in code, of one or more segments.
    pub(crate) paths: BTreeSet<Names>,
}

/// One name in a `use`.
pub(crate) struct Import {
    pub(crate) path: Names,
    pub(crate) brings: Brings,
    /// `pub use`, `pub(crate) use` and so on.
    pub(crate) is_re_export: bool,
}

/// What a `use` imports.
pub(crate) enum Brings {
    Name(String),
    /// `use path::*`
    Everything,
    /// `use Trait as _`
    Nothing,
}

#[derive(Default)]
pub(crate) struct Modules {
    pub(crate) all: Vec<Module>,
    /// The root modules of libraries, by crate name.
    pub(crate) libraries: BTreeMap<String, ModuleId>,
    /// What could not be parsed.
    pub(crate) faults: Vec<String>,
    /// Files of test-only modules.
    test_files: BTreeSet<String>,
}

impl Modules {
    /// Reads the modules of every crate, starting from `lib.rs`, `main.rs` and `bin/`.
    pub(crate) fn read(sources: &Sources) -> Self {
        let mut modules = Self::default();
        for krate in sources.crates() {
            let source = format!("{krate}src/");
            let library = format!("{source}lib.rs");
            let bin = format!("{source}bin/");
            for file in sources.house().filter(|file| file.starts_with(&source)) {
                if file == library {
                    let root = modules.read_file(sources, file, &source, None);
                    let name = library_name(sources, krate);
                    modules.libraries.insert(name, root);
                } else if file == format!("{source}main.rs")
                    || folder(file) == bin
                    || file.starts_with(&bin) && file.ends_with("/main.rs")
                {
                    modules.read_file(sources, file, folder(file), None);
                }
            }
        }
        let read: BTreeSet<_> = modules.all.iter().map(|it| it.file.clone()).collect();
        for file in sources.house() {
            if !read.contains(file) && !modules.test_files.contains(file) {
                let fault =
                    format!("{file}: no `mod` leads here, so that nothing of it is looked at");
                modules.faults.push(fault);
            }
        }
        modules
    }

    /// Reads a module with its own file; its submodules are in `inside`.
    fn read_file(
        &mut self,
        sources: &Sources,
        file: &str,
        inside: &str,
        parent: Option<ModuleId>,
    ) -> ModuleId {
        let text = sources.text(file).unwrap_or_default();
        let items = match syn::parse_file(text) {
            Ok(parsed) => parsed.items,
            Err(error) => {
                self.faults.push(format!("{file}: {error}"));
                Vec::new()
            }
        };
        self.read_items(sources, file, inside, parent, &items)
    }

    fn read_items(
        &mut self,
        sources: &Sources,
        file: &str,
        inside: &str,
        parent: Option<ModuleId>,
        items: &[Item],
    ) -> ModuleId {
        let id = self.all.len();
        let root = parent.map_or(id, |parent| self.all[parent].root);
        self.all.push(Module {
            file: file.to_owned(),
            parent,
            root,
            ..Module::default()
        });
        let mut reader = Reader::default();
        for item in items {
            let Item::Mod(module) = item else {
                reader.define(item);
                reader.visit_item(item);
                continue;
            };
            let name = module.ident.to_string();
            let below = format!("{inside}{name}/");
            if let Some((_, items)) = &module.content {
                if !is_test(&module.attrs) {
                    let child = self.read_items(sources, file, &below, Some(id), items);
                    reader.module.children.insert(name, child);
                }
                continue;
            }
            let files = [format!("{inside}{name}.rs"), format!("{below}mod.rs")];
            let Some(child) = files.iter().find(|it| sources.text(it).is_some()) else {
                if !is_test(&module.attrs) {
                    let fault = format!("{file}: the file of `mod {name}` is not there");
                    self.faults.push(fault);
                }
                continue;
            };
            if is_test(&module.attrs) {
                self.test_files.insert(child.clone());
            } else {
                let child = self.read_file(sources, child, &below, Some(id));
                reader.module.children.insert(name, child);
            }
        }
        let read = reader.module;
        let module = &mut self.all[id];
        module.children = read.children;
        module.items = read.items;
        module.imports = read.imports;
        module.paths = read.paths;
        id
    }
}

/// The crate name of the library in a folder.
fn library_name(sources: &Sources, krate: &str) -> String {
    let manifest = sources
        .text(&format!("{krate}Cargo.toml"))
        .unwrap_or_default();
    let manifest: toml::Table = manifest.parse().unwrap();
    let name = |section: &str| manifest.get(section)?.get("name")?.as_str();
    let name = name("lib").or_else(|| name("package")).unwrap();
    name.replace('-', "_")
}

/// Reads the items of one module, except its submodules.
#[derive(Default)]
struct Reader {
    module: Module,
}

impl Reader {
    fn define(&mut self, item: &Item) {
        let name = match item {
            Item::Const(it) => &it.ident,
            Item::Enum(it) => &it.ident,
            Item::Fn(it) => &it.sig.ident,
            Item::Static(it) => &it.ident,
            Item::Struct(it) => &it.ident,
            Item::Trait(it) => &it.ident,
            Item::TraitAlias(it) => &it.ident,
            Item::Type(it) => &it.ident,
            Item::Union(it) => &it.ident,
            Item::Macro(it) => match &it.ident {
                Some(name) => name,
                None => return self.define_all(it.mac.tokens.clone()),
            },
            _ => return,
        };
        self.module.items.insert(name.to_string());
    }

    fn define_all(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    self.module.items.insert(name.to_string());
                }
                TokenTree::Group(group) => self.define_all(group.stream()),
                _ => {}
            }
        }
    }

    fn import(&mut self, tree: &UseTree, mut before: Names, is_re_export: bool) {
        let brings = match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                return self.import(&path.tree, before, is_re_export);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, before.clone(), is_re_export);
                }
                return;
            }
            UseTree::Glob(_) => Brings::Everything,
            UseTree::Name(name) => {
                add_unless_self(&mut before, &name.ident);
                Brings::Name(before.last().cloned().unwrap_or_default())
            }
            UseTree::Rename(name) => {
                add_unless_self(&mut before, &name.ident);
                if name.rename == "_" {
                    Brings::Nothing
                } else {
                    Brings::Name(name.rename.to_string())
                }
            }
        };
        self.module.imports.push(Import {
            path: before,
            brings,
            is_re_export,
        });
    }

    /// The paths in the arguments of a macro, which are usually code.
    fn paths_in(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let is_sign = |index: usize, sign: char| match tokens.get(index) {
            Some(TokenTree::Punct(punct)) => punct.as_char() == sign,
            _ => false,
        };
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => self.paths_in(group.stream()),
                TokenTree::Ident(first) => {
                    let before = at.checked_sub(1);
                    // A field or method, the end of `<T>::name`, or what a macro is called with.
                    let is_inside = before.is_some_and(|before| {
                        is_sign(before, '.')
                            || is_sign(before, ':') && before > 0 && is_sign(before - 1, ':')
                            || is_sign(before, '$') && first != "crate"
                    });
                    let mut path = vec![first.to_string()];
                    while is_sign(at + 1, ':') && is_sign(at + 2, ':') {
                        let Some(TokenTree::Ident(name)) = tokens.get(at + 3) else {
                            break;
                        };
                        path.push(name.to_string());
                        at += 3;
                    }
                    if !is_inside {
                        self.module.paths.insert(path);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

fn add_unless_self(path: &mut Names, name: &syn::Ident) {
    if path.is_empty() || name != "self" {
        path.push(name.to_string());
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            let is_re_export = !matches!(item.vis, Visibility::Inherited);
            self.import(&item.tree, Names::new(), is_re_export);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|it| it.ident.to_string());
            self.module.paths.insert(names.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.paths_in(call.tokens.clone());
    }

    /// Attributes can name functions and types in strings: `deserialize_with = "scalar::text"`.
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Meta::List(list) = &attribute.meta {
            for token in list.tokens.clone() {
                if let TokenTree::Literal(literal) = token
                    && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                    && let Ok(path) = text.parse::<syn::Path>()
                {
                    self.visit_path(&path);
                }
            }
        }
    }

    /// `pub(super)` is not an import.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

/// Whether an item is test-only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => list
            .parse_args()
            .is_ok_and(|condition| needs_test(&condition)),
        _ => false,
    })
}

/// Whether a `cfg` such as `all(test, feature = "yaml")` only holds in tests.
fn needs_test(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test") || path.is_ident("doctest"),
        Meta::List(list) if list.path.is_ident("all") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|parts| parts.iter().any(needs_test)),
        _ => false,
    }
}
