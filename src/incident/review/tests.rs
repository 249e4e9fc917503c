//! What a review finds.

use super::{Fault, Place, review};
use crate::incident::command::{ApprovePostmortem, Command, Seen, Write, WriteSection};
use crate::incident::decide::Scene;
use crate::incident::state::Incident;

fn wrote(section: &str, text: &str) -> Command {
    let one = WriteSection { section: section.to_owned(), text: text.to_owned(), seen: None };
    Command::Write(Write { sections: vec![one] })
}

fn found(incident: &Incident) -> Vec<String> {
    let policy = Scene::declared().context().policy.postmortem.clone();
    let name = |place: &Place| match place {
        Place::Section { id, .. } => format!("{id}:"),
        Place::Whole => String::new(),
        Place::Cause { .. } => "cause:".to_owned(),
        Place::Action { .. } => "action:".to_owned(),
    };
    review(incident, &policy).iter().map(|one| format!("{}{}", name(&one.place), one.kind.name())).collect()
}

#[test]
fn what_is_required_must_say_something() {
    let scene = Scene::declared().resolved();
    let empty = [
        "summary:empty-section",
        "impact:empty-section",
        "cause:empty-section",
        "prevention:empty-section",
        "no-cause",
    ];
    assert_eq!(found(&scene.clone().incident()), empty);
    let scene = scene.given(wrote("summary", "All orders failed for an hour. TODO figures"));
    assert_eq!(found(&scene.clone().incident())[3..], ["summary:placeholder", "no-cause"]);
    let emptied = scene.given(wrote("summary", "")).incident();
    assert_eq!(found(&emptied)[0], "summary:empty-section");
}

#[test]
fn two_versions_in_one_section_are_found() {
    let seen = Some(Seen::default());
    let theirs = WriteSection { section: "trigger".to_owned(), text: "a deploy".to_owned(), seen: seen.clone() };
    let ours = WriteSection { text: "a reboot".to_owned(), ..theirs.clone() };
    let scene = Scene::declared()
        .given(Command::Write(Write { sections: vec![theirs] }))
        .given(Command::Write(Write { sections: vec![ours] }));
    assert!(found(&scene.incident()).contains(&"trigger:conflict".to_owned()));
}

#[test]
fn an_approval_needs_a_clean_document_or_a_reason() {
    let scene = Scene::declared().resolved();
    let approve = |force, reason: Option<&str>| {
        Command::ApprovePostmortem(ApprovePostmortem { force, reason: reason.map(str::to_owned) })
    };
    assert_eq!(scene.clone().when(approve(false, None)).rejection().kind(), "weak");
    assert_eq!(scene.clone().when(approve(true, None)).rejection().kind(), "reason-needed");
    let approved = scene.given(approve(true, Some("vendor's report is due later")));
    let incident = approved.clone().incident();
    assert!(incident.has_postmortem() && incident.writing.approved.as_ref().is_some_and(|one| one.forced));
    assert!(!incident.waiting_for().iter().any(|one| one.name() == "postmortem"));
    assert!(!incident.open_clocks().iter().any(|clock| clock.name == "postmortem"));
    assert_eq!(approved.clone().when(approve(true, Some("r"))).rejection().kind(), "postmortem-approved");
    let again = approved.given(wrote("lucky", "it was a quiet hour")).incident();
    assert_eq!(again.writing.status().as_str(), "draft");
    assert!(again.waiting_for().iter().any(|one| one.name() == "postmortem"), "it waits again");
}

#[test]
fn fault_names_are_distinct() {
    let all = [Fault::Empty, Fault::NoCause, Fault::NoEvidence, Fault::NoOwner, Fault::NoDue, Fault::NothingPrevents];
    let names: std::collections::HashSet<&str> = all.iter().map(Fault::name).collect();
    assert_eq!(names.len(), all.len());
}
