//! The house's plan, held against the source: imports go downward only.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// Which room may name which others.
const TABLE: &[(&str, &[&str])] = &[
    ("incident", &[]),
    ("policy", &["incident"]),
    ("text", &["incident"]),
    ("store", &["incident"]),
    ("view", &["store", "policy", "incident"]),
    ("render", &["view", "text", "incident"]),
    ("engine", &["store", "policy", "incident"]),
    ("env", &["incident"]),
    ("error", &[]),
    ("ui", &["env", "error", "incident"]),
    ("transcript", &[]),
    ("cli", &["engine", "view", "render", "text", "store", "policy", "incident", "env", "ui", "error", "transcript"]),
];

/// Macros at the crate's root, which belong to no room.
const MACROS: [&str; 2] = ["say", "slug_parser"];

fn sources() -> Vec<(PathBuf, String)> {
    fn gather(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("read");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// The room that a file belongs to: the folder or file right below `src`.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("below src");
    let first = below.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn is_test(path: &Path, attributes: &[syn::Attribute]) -> bool {
    let named = path.file_stem().is_some_and(|name| name == "tests" || name == "scene" || name == "story");
    let folder = path.components().any(|part| part.as_os_str() == "tests");
    named || folder || attributes.iter().any(|attribute| quote::quote!(#attribute).to_string().contains("cfg (test)"))
}

#[derive(Default)]
struct Named {
    rooms: BTreeSet<String>,
    globs: usize,
}

impl Named {
    fn tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for window in trees.windows(4) {
            let [TokenTree::Ident(first), TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(room)] =
                window
            else {
                continue;
            };
            if (first == "crate" || first == "hikeshi") && one.as_char() == ':' && two.as_char() == ':' {
                self.rooms.insert(room.to_string());
            }
        }
        for tree in trees {
            if let TokenTree::Group(group) = tree {
                self.tokens(group.stream());
            }
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(module) => &module.attrs,
            syn::Item::Fn(function) => &function.attrs,
            syn::Item::Impl(block) => &block.attrs,
            _ => return syn::visit::visit_item(self, item),
        };
        if !is_test(Path::new("x.rs"), attributes) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_use_tree(&mut self, tree: &'ast syn::UseTree) {
        if matches!(tree, syn::UseTree::Glob(_)) {
            self.globs += 1;
        }
        if let syn::UseTree::Path(path) = tree
            && path.ident == "crate"
        {
            let mut heads = Vec::new();
            head(&path.tree, &mut heads);
            self.rooms.extend(heads);
        }
        syn::visit::visit_use_tree(self, tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate")
            && let Some(second) = segments.next()
        {
            self.rooms.insert(second.ident.to_string());
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'ast syn::Macro) {
        self.tokens(invoked.tokens.clone());
        syn::visit::visit_macro(self, invoked);
    }
}

fn head(tree: &syn::UseTree, heads: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => heads.push(path.ident.to_string()),
        syn::UseTree::Name(name) => heads.push(name.ident.to_string()),
        syn::UseTree::Rename(rename) => heads.push(rename.ident.to_string()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|item| head(item, heads)),
        syn::UseTree::Glob(_) => {}
    }
}

#[test]
fn imports_go_downward_only() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        let room = room(&path);
        if room == "lib" || room == "main" || is_test(&path, &[]) {
            continue;
        }
        let (_, allowed) =
            TABLE.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{room} is not in the table"));
        let file = syn::parse_file(&text).expect("Rust");
        let mut named = Named::default();
        named.visit_file(&file);
        seen += 1;
        for other in named.rooms {
            if other != room && !MACROS.contains(&other.as_str()) && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{} names {other}", path.display()));
            }
        }
        if named.globs > 0 {
            wrong.push(format!("{} imports with a glob", path.display()));
        }
    }
    assert!(seen > 100, "the source was read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_say_something_and_files_are_one_thing() {
    let vague = ["util", "utils", "helper", "helpers", "common", "misc", "manager"];
    for (path, text) in sources() {
        for part in path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below").components() {
            let name = part.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            assert!(!vague.contains(&name.as_str()), "{}", path.display());
        }
        let lines = text.lines().count();
        assert!(lines <= 420, "{} has {lines} lines", path.display());
        assert!(text.starts_with("//!") || is_test(&path, &[]), "{} doesn't say what it is for", path.display());
    }
}

#[test]
fn the_domain_is_pure() {
    for (path, text) in sources().into_iter().filter(|(path, _)| room(path) == "incident" && !is_test(path, &[])) {
        for forbidden in ["std::fs", "std::env", "rusqlite", "clap", "println!", "SystemTime", "getrandom", "std::io"] {
            assert!(!text.contains(forbidden), "{} names {forbidden}", path.display());
        }
    }
}
