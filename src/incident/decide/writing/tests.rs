//! What writing leads to.

use crate::incident::command::{Amend, Command, Seen, Write, WriteSection};
use crate::incident::decide::scene::Scene;
use crate::incident::fact::{Fact, PostmortemWritten};
use crate::incident::rejection::Rejection;
use crate::incident::state::Incident;

fn write(section: &str, text: &str, seen: Option<Seen>) -> Command {
    Command::Write(Write { sections: vec![WriteSection { section: section.to_owned(), text: text.to_owned(), seen }] })
}

fn saw(incident: &Incident, section: &str) -> Option<Seen> {
    let written = incident.writing.section(section);
    Some(Seen { id: written.map(|one| one.id), text: incident.writing.text(section).to_owned() })
}

fn only(facts: Vec<Fact>) -> PostmortemWritten {
    match <[Fact; 1]>::try_from(facts).expect("one fact") {
        [Fact::PostmortemWritten(written)] => written,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_section_goes_by_its_slug_or_its_title() {
    for typed in ["went-well", "What went well", "うまくいったこと"] {
        let fact = only(Scene::declared().when(write(typed, " alerts fired\n", None)).facts());
        assert_eq!((fact.section.as_str(), fact.text.as_str(), fact.base), ("went-well", "alerts fired", None));
    }
    let refused = Scene::declared().when(write("wether", "t", None)).rejection();
    assert_eq!(refused.kind(), "unknown-section");
}

#[test]
fn the_same_again_changes_nothing() {
    let scene = Scene::declared().given(write("lucky", "a\nb", None));
    assert_eq!(scene.clone().when(write("lucky", "a\r\nb\r\n", None)).rejection(), Rejection::NothingToChange);
    let untouched = write("lucky", "a\nb", saw(&scene.clone().incident(), "lucky"));
    assert_eq!(scene.when(untouched).rejection(), Rejection::NothingToChange);
}

#[test]
fn what_two_wrote_in_turn_stands_both() {
    let scene = Scene::declared().given(write("impact", "all orders\n\nfor an hour", None));
    let before = saw(&scene.clone().incident(), "impact");
    let scene = scene.given(write("impact", "all orders\n\nfor 62 minutes", before.clone()));
    let merged = only(scene.clone().when(write("impact", "all 1,200 orders\n\nfor an hour", before.clone())).facts());
    assert_eq!((merged.text.as_str(), merged.conflict), ("all 1,200 orders\n\nfor 62 minutes", false));
    assert!(merged.merged.is_some());
    let conflict = only(scene.when(write("impact", "all orders\n\nfor two hours", before)).facts());
    assert!(conflict.conflict && conflict.text.contains("62 minutes") && conflict.text.contains("two hours"));
}

#[test]
fn a_correction_reaches_the_section() {
    let scene = Scene::declared().given(write("cause", "the disk", None)).naming("postmortem.written");
    let amend = Amend { entry: "bcdf".to_owned(), text: Some("the disk of db-3".to_owned()), at: None, kind: None };
    assert_eq!(scene.when(Command::Amend(amend)).incident().writing.text("cause"), "the disk of db-3");
}

#[test]
fn emptying_is_a_fact_of_its_own() {
    let scene = Scene::declared().given(write("cause", "the disk", None));
    let fact = only(scene.when(write("cause", "  ", None)).facts());
    assert!(fact.cleared && fact.text.is_empty());
}
