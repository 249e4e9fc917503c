//! Each kind of fact in both languages, from the golden bodies of the log.

use super::{entry, entry_with, is_shortened, words};
use crate::incident::command::NoteKind;
use crate::incident::fact::{Fact, NoteAdded, RoleAssigned};
use crate::incident::localized::{Lang, Localized};
use std::fmt::Write as _;

const GOLDEN: &str = include_str!("../../incident/fact/golden-v1.tsv");

fn golden() -> Vec<Fact> {
    let read = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let words = (!fields[3].is_empty()).then_some(fields[3].as_bytes());
        Fact::decode(fields[0], fields[1].parse().expect("a version"), fields[2].as_bytes(), words)
    };
    GOLDEN.lines().map(read).collect()
}

fn note(text: &str) -> Fact {
    let text = text.to_owned();
    NoteAdded { text, note: NoteKind::Observation, pinned: false, bridge: None, confirms: None, refutes: None }.into()
}

#[test]
fn each_kind_has_a_sentence_in_both_languages() {
    let mut all = String::new();
    for fact in golden() {
        writeln!(all, "{}\n{}", entry(&fact, Lang::En), entry(&fact, Lang::Ja)).expect("written");
    }
    assert_eq!(all, include_str!("golden.txt"));
}

#[test]
fn a_fact_without_its_words_still_has_a_sentence() {
    for fact in golden() {
        let bare = Fact::decode(fact.kind(), fact.version(), &fact.encode().facts, None);
        for lang in [Lang::En, Lang::Ja] {
            assert!(!entry(&bare, lang).trim().is_empty(), "{}", fact.kind());
        }
    }
    assert_eq!((entry(&note(""), Lang::En).as_str(), words(&note(""))), ("(words removed)", None));
}

#[test]
fn of_several_lines_the_first_stands_and_the_rest_is_kept() {
    let long = note("first\r\nsecond\nthird");
    assert_eq!(entry(&long, Lang::En), "first …");
    assert_eq!(words(&long).as_deref(), Some("first\r\nsecond\nthird"));
    assert!(is_shortened(&long) && !is_shortened(&note("one")));
}

#[test]
fn a_later_versions_fact_is_named() {
    let fact = Fact::decode("weather.changed", 3, b"{}", None);
    assert_eq!(entry(&fact, Lang::En), "weather.changed 3 (written by a later version of hikeshi)");
}

#[test]
fn the_title_of_a_role_is_looked_up() {
    let title = Localized { en: "tech lead".to_owned(), ja: "テック リード".to_owned() };
    let fact = Fact::from(RoleAssigned {
        role: "tech-lead".to_owned(),
        holder: "chie".to_owned(),
        beside_others: false,
        relieved: vec!["ben".to_owned()],
        spec: None,
        scope: None,
        duty: None,
        handover: Some("db-3 is drained\nsee runbook".to_owned()),
        hand_over_by: None,
    });
    let titled = |lang| entry_with(&fact, lang, |slug| (slug == "tech-lead").then_some(&title));
    assert_eq!(titled(Lang::En), "chie is now tech lead, relieving ben: db-3 is drained …");
    assert_eq!(titled(Lang::Ja), "chie が テック リード に就任（ben から交代）：db-3 is drained …");
    assert_eq!(entry(&fact, Lang::En), "chie is now tech-lead, relieving ben: db-3 is drained …");
}
