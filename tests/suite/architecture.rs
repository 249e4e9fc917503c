//! The house's plan, held against the source: imports go downward only, and what belongs in one room stays there.
//!
//! What is `#[cfg(test)]` is left out; a file that no `mod` line reaches is a fault of its own.

use super::house::{House, Named, Source, is_test};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which room may name which others: the table of the design. What it leaves open is decided here: `env`, `ui` and
/// `error` know no room above them, and the types of `incident` are below everything.
const TABLE: &[(&str, &[&str])] = &[
    ("incident", &[]),
    ("owner", &[]),
    ("policy", &["owner", "incident"]),
    ("text", &["incident"]),
    ("search", &[]),
    ("store", &["search", "owner", "incident"]),
    ("view", &["store", "search", "policy", "incident"]),
    ("render", &["view", "search", "text", "incident"]),
    ("engine", &["store", "policy", "owner", "incident"]),
    ("env", &["incident"]),
    ("error", &[]),
    ("ui", &["env", "error", "text", "incident"]),
    ("transcript", &[]),
    ("evidence", &["view", "owner", "incident"]),
    ("oncall", &["owner", "incident"]),
    ("exchange", &["store", "incident"]),
    ("proc", &["incident"]),
    ("notify", &["incident"]),
    ("intake", &["incident"]),
    ("dispatch", &["engine", "notify", "oncall", "store", "policy", "text", "incident"]),
    (
        "cli",
        &[
            "dispatch",
            "intake",
            "notify",
            "evidence",
            "exchange",
            "oncall",
            "proc",
            "engine",
            "view",
            "render",
            "search",
            "text",
            "store",
            "policy",
            "owner",
            "incident",
            "env",
            "ui",
            "error",
            "transcript",
        ],
    ),
];

/// Macros at the crate's root; what they expand to names its rooms itself.
const MACROS: [&str; 2] = ["say", "slug_parser"];

/// What only some files may name: the words as `syn` sees them, and the files.
const RESERVED: &[(&str, &[&str])] = &[
    ("println !", &[]),
    ("eprintln !", &[]),
    ("print !", &[]),
    ("eprint !", &[]),
    ("dbg !", &[]),
    ("todo !", &[]),
    ("unimplemented !", &[]),
    // A command that is run keeps its terminal.
    ("io :: stdout", &["src/ui.rs", "src/proc/run.rs", "src/proc/terminal.rs"]),
    ("io :: stderr", &["src/ui.rs", "src/proc/run.rs"]),
    ("process :: exit", &[]),
    ("process :: abort", &[]),
    ("Timestamp :: now", &["src/env.rs"]),
    ("Zoned :: now", &[]),
    ("SystemTime :: now", &[]),
    ("getrandom ::", &["src/env.rs"]),
];

/// What the rules may not name: they get time, ids and every look-up as arguments.
const IMPURE: [&str; 10] =
    ["fs", "env", "io", "net", "process", "thread", "rusqlite", "clap", "getrandom", "SystemTime"];

/// Files above 400 lines that had their hard look: one sentence for each kind of refusal, in two languages.
const LONG: [&str; 2] = ["src/text/rejection.rs", "src/incident/rejection.rs"];

/// The file's words as tokens, its tests left out.
fn words(source: &Source) -> String {
    let kept = source.file.items.iter().filter(|item| !matches!(item, syn::Item::Mod(inner) if is_test(&inner.attrs)));
    kept.map(|item| quote::quote!(#item).to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_go_downward_only() {
    let house = House::read();
    let table: BTreeMap<&str, &[&str]> = TABLE.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in &house.sources {
        let named = Named::of(source);
        if named.globs > 0 {
            wrong.push(format!("{} imports with a glob", source.shown()));
        }
        let Some(room) = source.module.first().filter(|room| *room != "main") else { continue };
        let allowed = table.get(room.as_str()).unwrap_or_else(|| panic!("{room} is not in the table"));
        for other in named.rooms() {
            if other != room && !MACROS.contains(&other) && !allowed.contains(&other) {
                wrong.push(format!("{} names {other}", source.shown()));
            }
        }
    }
    assert!(house.sources.len() > 100, "the source was read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_way_of_naming_a_room_is_seen() {
    let source = |text: &str| Source {
        path: PathBuf::new(),
        module: vec!["store".to_owned(), "rows".to_owned()],
        file: syn::parse_file(text).expect("Rust"),
        text: text.to_owned(),
    };
    for (text, rooms) in [
        ("use crate::cli;", vec!["cli"]),
        ("use crate::{cli::Desk, incident::id};", vec!["cli", "incident"]),
        ("use super::super::engine::Engine;", vec!["engine"]),
        ("fn f() { super::super::ui::out() }", vec!["ui"]),
        ("mod inner { fn f() { super::super::super::ui::out() } }", vec!["ui"]),
        ("use super::writer::Writer; use self::a::B;", vec!["store"]),
        ("fn f() -> Vec<crate::view::Shown> { vec![] }", vec!["view"]),
        ("fn f() { say!(\"{}\", crate::policy::x(1)); }", vec!["policy"]),
        ("macro_rules! m { () => { $crate::render::x!(); use crate::{env, ui}; } }", vec!["env", "render", "ui"]),
        ("#[serde(with = \"x\", crate::error::y)] struct S;", vec!["error"]),
        ("#[cfg(test)] mod tests { use crate::cli; }", vec![]),
        ("use std::fs;", vec![]),
    ] {
        let source = source(text);
        let named = Named::of(&source);
        assert_eq!(named.rooms().into_iter().collect::<Vec<_>>(), rooms, "{text}");
    }
}

#[test]
fn printing_time_and_randomness_have_one_room_each() {
    let house = House::read();
    for source in &house.sources {
        let words = words(source);
        for (reserved, rooms) in RESERVED {
            // `eprint !` ends in `print !`.
            let inside = |index: usize| words[..index].ends_with(|letter: char| letter.is_alphanumeric());
            let named = words.match_indices(reserved).any(|(index, _)| !inside(index));
            assert!(!named || rooms.contains(&source.shown().as_str()), "{} names `{reserved}`", source.shown());
        }
    }
}

#[test]
fn the_rules_are_pure() {
    let house = House::read();
    for source in house.sources.iter().filter(|source| source.module.first().is_some_and(|room| room == "incident")) {
        let named = Named::of(source);
        for word in IMPURE {
            assert!(!named.outside.contains(word), "{} names `{word}`", source.shown());
        }
    }
}

#[test]
fn every_file_is_part_of_the_program_and_one_thing() {
    let house = House::read();
    let reached: BTreeSet<&PathBuf> = house.sources.iter().map(|source| &source.path).chain(&house.tests).collect();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                assert!(reached.contains(&path), "{} is no part of the program", path.display());
            }
        }
    }
    let vague = ["util", "utils", "helper", "helpers", "common", "misc", "manager"];
    for source in &house.sources {
        assert!(!source.module.iter().any(|name| vague.contains(&name.as_str())), "{} says nothing", source.shown());
        let lines = source.text.lines().count();
        assert!(
            lines <= if LONG.contains(&source.shown().as_str()) { 420 } else { 400 },
            "{} has {lines} lines",
            source.shown()
        );
        assert!(source.text.starts_with("//!"), "{} doesn't say what it is for", source.shown());
    }
}
