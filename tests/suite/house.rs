//! The source as the compiler reads it: from `lib.rs` and `main.rs` along their `mod` lines, tests apart.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// One file of the program: where it stands in the tree of modules, and what is in it.
pub struct Source {
    pub path: PathBuf,
    pub module: Vec<String>,
    pub file: syn::File,
    pub text: String,
}

impl Source {
    pub fn shown(&self) -> String {
        self.path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below").display().to_string()
    }
}

/// Every file of the program and every file of its tests, as the `mod` lines say.
#[derive(Default)]
pub struct House {
    pub sources: Vec<Source>,
    pub tests: BTreeSet<PathBuf>,
}

impl House {
    pub fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut house = Self::default();
        house.enter(&folder.join("lib.rs"), Vec::new(), false);
        house.enter(&folder.join("main.rs"), vec!["main".to_owned()], false);
        house
    }

    fn enter(&mut self, path: &Path, module: Vec<String>, test: bool) {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let folder = path.parent().expect("a folder");
        let below = match name {
            "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
            _ => folder.join(name.trim_end_matches(".rs")),
        };
        for item in &file.items {
            let syn::Item::Mod(inner) = item else { continue };
            if inner.content.is_some() {
                continue;
            }
            let name = inner.ident.to_string();
            let flat = below.join(format!("{name}.rs"));
            let path = if flat.exists() { flat } else { below.join(&name).join("mod.rs") };
            let module = module.iter().cloned().chain([name]).collect();
            self.enter(&path, module, test || is_test(&inner.attrs));
        }
        if test {
            self.tests.insert(path.to_owned());
        } else {
            self.sources.push(Source { path: path.to_owned(), module, file, text });
        }
    }
}

pub fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = quote::quote!(#attribute).to_string();
        text.contains("cfg (test)") || text.contains("cfg (all (test")
    })
}

/// Collects the paths that a file names, from the crate's root, and its words as one line of tokens.
pub struct Named {
    module: Vec<String>,
    paths: BTreeSet<Vec<String>>,
    pub outside: BTreeSet<String>,
    pub globs: usize,
}

impl Named {
    pub fn of(source: &Source) -> Self {
        let module = source.module.clone();
        let mut named = Self { module, paths: BTreeSet::new(), outside: BTreeSet::new(), globs: 0 };
        named.visit_file(&source.file);
        named
    }

    /// The rooms that are named, whatever the way: `crate::`, `super::super::`, `hikeshi::`.
    pub fn rooms(&self) -> BTreeSet<&str> {
        self.paths.iter().filter_map(|path| path.first()).map(String::as_str).collect()
    }

    fn name(&mut self, segments: &[String]) {
        let mut here = self.module.clone();
        let mut rest = segments;
        match rest.first().map(String::as_str) {
            Some("crate" | "hikeshi" | "$crate") => {
                here.clear();
                rest = &rest[1..];
            }
            Some("super" | "self") => {
                while let Some(first) = rest.first().filter(|word| ["super", "self"].contains(&word.as_str())) {
                    if first == "super" {
                        here.pop();
                    }
                    rest = &rest[1..];
                }
            }
            Some(_) => {
                self.outside.extend(segments.iter().cloned());
                return;
            }
            None => return,
        }
        here.extend(rest.iter().cloned());
        if !here.is_empty() {
            self.paths.insert(here);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for tree in tokens {
            match tree {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.name(&std::mem::take(&mut path));
                    }
                    path.push(word.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    if colons == 2 && group.delimiter() == Delimiter::Brace {
                        for tree in group.stream() {
                            if let TokenTree::Ident(word) = tree {
                                self.name(&[path.as_slice(), &[word.to_string()]].concat());
                            }
                        }
                    }
                    self.name(&std::mem::take(&mut path));
                    colons = 0;
                    self.tokens(group.stream());
                }
                _ => {
                    self.name(&std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.name(&path);
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |word: &syn::Ident| [before, &[word.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) if name.ident == "self" => self.name(before),
            syn::UseTree::Name(name) => self.name(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.name(&with(&rename.ident)),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, before)),
            syn::UseTree::Glob(_) => {
                self.globs += 1;
                self.name(before);
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
            syn::Item::Use(import) => &import.attrs,
            _ => return syn::visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, inner: &'ast syn::ItemMod) {
        self.module.push(inner.ident.to_string());
        syn::visit::visit_item_mod(self, inner);
        self.module.pop();
    }

    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        self.tree(&import.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.name(&segments);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'ast syn::Macro) {
        self.tokens(invoked.tokens.clone());
        syn::visit::visit_macro(self, invoked);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}
