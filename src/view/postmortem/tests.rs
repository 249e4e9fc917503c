//! What a postmortem gathers from a story.

use super::MilestoneKind::{Detected, Identified, Mitigated, Started};
use super::story::{Story, assigned, declared, minute, minutes, note, role};
use super::{FixTiming, MilestoneKind, Outcome, Phase, Stage, Stretch, Until, Verdict};
use crate::incident::command::NoteKind;
use crate::incident::fact::{
    Activation, Fact, IncidentClosed, IncidentDeclared, IncidentFixed, IncidentIdentified, IncidentMitigated,
    IncidentResolved, NoteAdded, PeopleCalled, PlaybookJoined, RoleAssigned, RoleUnassigned, SeverityChanged,
    StepChecked, StepSkipped, StepsActivated,
};
use crate::incident::localized::Localized;
use crate::incident::playbook::Step;
use crate::incident::severity::Severity;
use crate::incident::status::Status;

fn identified(from: Status) -> IncidentIdentified {
    IncidentIdentified { from, cause: Some("full disk".to_owned()) }
}

fn mitigated(from: Status, fix_due: Option<i64>) -> IncidentMitigated {
    IncidentMitigated { from, workaround: "restart hourly".to_owned(), fix_due_at: fix_due.map(minute) }
}

fn resolved(from: Status) -> IncidentResolved {
    IncidentResolved { from, summary: None, cause: None, postmortem_required: false, postmortem_due_at: None }
}

fn fixed(reverts_workaround: bool) -> IncidentFixed {
    IncidentFixed { text: "bigger disk".to_owned(), reverts_workaround }
}

fn observed(text: &str) -> NoteAdded {
    note(NoteKind::Observation, text)
}

#[test]
fn a_late_entry_stands_where_it_happened() {
    let story =
        Story::new().at(0, "aki", declared("API down")).at(10, "ben", observed("b")).late(5, 32, "ben", observed("a"));
    let made = story.postmortem(60);
    let told: Vec<(i64, bool)> = made
        .timeline
        .iter()
        .map(|moment| ((moment.at.millis() - minute(0).millis()) / 60_000, moment.late()))
        .collect();
    assert_eq!(told, [(0, false), (5, true), (10, false)]);
    assert_eq!(made.timeline[1].recorded_at, minute(32));
    let in_time = Story::new().at(0, "aki", declared("t")).late(5, 10, "ben", observed("a")).postmortem(60);
    assert!(!in_time.timeline[1].late(), "five minutes are not late");
}

#[test]
fn what_was_taken_back_is_counted_and_left_out() {
    let story = Story::new()
        .at(0, "aki", declared("API down"))
        .at(1, "ben", note(NoteKind::Change, "restarted the wrong db"))
        .undone(2)
        .at(3, "ben", SeverityChanged { from: Severity::Sev1, to: Severity::Sev0, reason: None })
        .undone(4);
    let made = story.postmortem(60);
    assert_eq!((made.timeline.len(), made.undone), (1, 2));
    assert!(made.changes.is_empty() && made.severity_changes.is_empty());
}

#[test]
fn a_missing_milestone_is_unknown_and_named() {
    let made = Story::new().at(3, "aki", declared("t")).at(20, "aki", resolved(Status::Investigating)).postmortem(60);
    let stretches: Vec<&Stretch> = made.measures.iter().map(|measure| &measure.stretch).collect();
    let unknown = |kinds: &[MilestoneKind]| Stretch::Unknown(kinds.to_vec());
    assert_eq!(
        stretches,
        [
            &unknown(&[Started, Detected]),
            &unknown(&[Detected]),
            &unknown(&[Identified]),
            &unknown(&[Identified, Mitigated]),
            &unknown(&[Mitigated]),
            &unknown(&[Started]),
            &Stretch::Took(minutes(17)),
        ]
    );
}

#[test]
fn milestones_out_of_order_are_said_to_be_so() {
    let story = Story::new().at(10, "aki", IncidentDeclared { started_at: Some(minute(0)), ..declared("t") }).late(
        8,
        15,
        "ben",
        identified(Status::Investigating),
    );
    let made = story.postmortem(60);
    assert_eq!(made.measures[2].stretch, Stretch::OutOfOrder(minutes(2)));
}

#[test]
fn whole_days_count() {
    let started = IncidentDeclared { started_at: Some(minute(0)), ..declared("t") };
    let twelve_days = 12 * 24 * 60;
    let story = Story::new().at(60, "aki", started).at(twelve_days, "aki", resolved(Status::Investigating));
    assert_eq!(story.postmortem(0).measures[5].stretch, Stretch::Took(minutes(twelve_days)));
}

#[test]
fn an_approximate_end_makes_an_approximate_measure() {
    let story = Story::new().at(0, "aki", declared("t")).at(10, "ben", identified(Status::Investigating)).about().at(
        20,
        "ben",
        resolved(Status::Identified),
    );
    let made = story.postmortem(60);
    let approximate: Vec<bool> = made.measures.iter().map(|measure| measure.approximate).collect();
    assert_eq!(approximate, [false, false, true, true, false, false, false]);
}

#[test]
fn a3_c2_tenures_follow_handovers_and_holders_side_by_side() {
    let beside = |holder: &str, scope: &str| RoleAssigned {
        beside_others: true,
        scope: Some(scope.to_owned()),
        ..assigned("tech-lead", holder)
    };
    let story = Story::new()
        .at(0, "aki", declared("t"))
        .at(
            0,
            "aki",
            RoleAssigned {
                spec: Some(role("incident-manager", "incident manager", "指揮")),
                ..assigned("incident-manager", "aki")
            },
        )
        .at(2, "aki", beside("ben", "storage"))
        .at(3, "aki", beside("chie", "network"))
        .at(9, "aki", RoleUnassigned { role: "tech-lead".to_owned(), holders: vec!["ben".to_owned()] })
        .at(
            30,
            "aki",
            RoleAssigned {
                relieved: vec!["aki".to_owned()],
                handover: Some("vendor calls back at four".to_owned()),
                ..assigned("incident-manager", "dai")
            },
        )
        .at(40, "dai", resolved(Status::Investigating));
    let open = story.postmortem(60);
    let told = |made: &super::Postmortem| -> Vec<(String, i64, Until)> {
        let start = minute(0).millis();
        made.tenures.iter().map(|t| (t.holder.clone(), (t.from.millis() - start) / 60_000, t.until)).collect()
    };
    let row = |holder: &str, from: i64, until: Until| (holder.to_owned(), from, until);
    assert_eq!(
        told(&open),
        [
            row("aki", 0, Until::Left(minute(30))),
            row("dai", 30, Until::Open),
            row("ben", 2, Until::Left(minute(9))),
            row("chie", 3, Until::Open),
        ]
    );
    assert_eq!(open.tenures[1].handover.as_deref(), Some("vendor calls back at four"));
    assert_eq!(open.tenures[0].title.ja, "指揮");
    assert_eq!(open.tenures[2].scope.as_deref(), Some("storage"));
    let closed = IncidentClosed { from: Status::Resolved, left_open: Vec::new(), reason: None };
    let over = story.at(50, "dai", closed).postmortem(60);
    assert_eq!(told(&over)[1].2, Until::End(minute(50)));
}

fn step(id: &str) -> Step {
    Step {
        id: id.to_owned(),
        text: Localized::same(id),
        role: None,
        due: None,
        required: false,
        run: None,
        link: None,
        when: None,
    }
}

#[test]
fn steps_are_done_skipped_open_or_never_applied() {
    let instance = || "default".to_owned();
    let joined = PlaybookJoined {
        instance: instance(),
        playbook: instance(),
        version: 1,
        title: Localized::same("Default"),
        roles: vec![role("scribe", "scribe", "書記係")],
        steps: ["a", "b", "c", "d", "e"].map(step).to_vec(),
    };
    let begin = |slug: &str, due: Option<i64>| Activation {
        instance: instance(),
        step: slug.to_owned(),
        due_at: due.map(minute),
    };
    let steps = vec![begin("a", Some(5)), begin("b", None), begin("c", Some(5)), begin("d", Some(500))];
    let story = Story::new()
        .at(0, "aki", declared("t"))
        .at(0, "aki", joined)
        .at(0, "aki", StepsActivated { steps })
        .at(4, "ben", StepChecked { instance: instance(), step: "a".to_owned(), result: Some("all".to_owned()) })
        .at(6, "aki", StepSkipped { instance: instance(), step: "b".to_owned(), reason: "no vendor".to_owned() });
    let made = story.postmortem(60);
    let list = &made.checklists[0];
    assert_eq!((list.steps.len(), list.never_applied), (4, 1));
    assert_eq!(
        list.steps[0].outcome,
        Outcome::Done { at: minute(4), by: "ben".to_owned(), result: Some("all".to_owned()) }
    );
    assert_eq!(
        list.steps[1].outcome,
        Outcome::Skipped { at: minute(6), by: "aki".to_owned(), reason: "no vendor".to_owned() }
    );
    assert_eq!(list.steps[2].outcome, Outcome::Open { overdue: true });
    assert_eq!(list.steps[3].outcome, Outcome::Open { overdue: false });
    assert_eq!(made.never_held, [Localized { en: "scribe".to_owned(), ja: "書記係".to_owned() }]);
    let kinds: Vec<&str> = made.timeline.iter().map(|moment| moment.fact.kind()).collect();
    assert!(!kinds.contains(&"step.activated"), "the checklist says it better");
}

#[test]
fn b3_the_fix_is_in_time_late_overdue_or_pending() {
    let held = |due| Story::new().at(0, "aki", declared("t")).at(10, "ben", mitigated(Status::Investigating, due));
    let timing = |story: &Story, now| story.postmortem(now).workarounds[0].timing;
    assert_eq!(timing(&held(None), 60), None);
    assert_eq!(timing(&held(Some(100)), 60), Some(FixTiming::Pending));
    assert_eq!(timing(&held(Some(100)), 130), Some(FixTiming::Overdue(minutes(30))));
    assert_eq!(timing(&held(Some(100)).at(90, "ben", fixed(true)), 130), Some(FixTiming::InTime));
    let late = held(Some(100)).at(145, "ben", fixed(true)).at(200, "ben", fixed(false));
    assert_eq!(timing(&late, 300), Some(FixTiming::Late(minutes(45))));
    assert_eq!(late.postmortem(300).workarounds[0].reverted_at, Some(minute(145)));
    let twice = held(Some(100)).at(20, "ben", mitigated(Status::Mitigated, Some(200)));
    let made = twice.postmortem(150);
    assert_eq!(made.workarounds[0].timing, Some(FixTiming::Replaced));
    assert_eq!(made.workarounds[1].timing, Some(FixTiming::Pending));
}

#[test]
fn a_hypothesis_bears_the_last_judgement_of_it() {
    let story = Story::new().at(0, "aki", declared("t")).at(1, "ben", note(NoteKind::Hypothesis, "dns"));
    let guess = story.last();
    let story = story.at(5, "ben", NoteAdded { confirms: Some(guess), ..observed("looks like it") }).at(
        9,
        "chie",
        NoteAdded { refutes: Some(guess), ..observed("resolvers are fine") },
    );
    let judged = |story: &Story| story.postmortem(60).timeline[1].judgement.clone().expect("judged");
    assert_eq!((judged(&story).verdict, judged(&story).by.as_str()), (Verdict::Refuted, "chie"));
    assert_eq!(judged(&story.undone(10)).verdict, Verdict::Confirmed);
}

#[test]
fn calls_changes_and_severities_are_listed() {
    let made = Story::new()
        .at(0, "aki", declared("t"))
        .at(1, "aki", SeverityChanged { from: Severity::Sev1, to: Severity::Sev0, reason: Some("all".to_owned()) })
        .at(1, "aki", PeopleCalled::new("dba".to_owned(), None))
        .at(4, "ben", note(NoteKind::Change, "rolled back to 41"))
        .about()
        .postmortem(60);
    assert_eq!((made.severity, made.worst), (Severity::Sev0, Severity::Sev0));
    assert_eq!(made.severity_changes[0].reason.as_deref(), Some("all"));
    assert_eq!(made.called[0].who, "dba");
    assert_eq!((made.changes[0].text.as_str(), made.changes[0].approximate), ("rolled back to 41", true));
}

#[test]
fn phases_follow_the_times_at_which_moves_happened() {
    let story = Story::new()
        .at(10, "aki", IncidentDeclared { started_at: Some(minute(0)), ..declared("t") })
        .at(30, "ben", mitigated(Status::Investigating, None))
        .late(20, 40, "ben", identified(Status::Mitigated))
        .at(50, "aki", resolved(Status::Mitigated));
    let phase = |stage, from, until: Option<i64>| Phase { stage, from: minute(from), until: until.map(minute) };
    assert_eq!(
        story.postmortem(60).phases,
        [
            phase(Stage::Undeclared, 0, Some(10)),
            phase(Stage::In(Status::Investigating), 10, Some(20)),
            phase(Stage::In(Status::Identified), 20, Some(30)),
            phase(Stage::In(Status::Mitigated), 30, Some(50)),
            phase(Stage::In(Status::Resolved), 50, None),
        ]
    );
}

#[test]
fn a_duplicates_entries_are_told_with_its_number_and_change_nothing_else() {
    let made = Story::new()
        .at(0, "aki", declared("t"))
        .elsewhere(1, "eri", IncidentDeclared { number: 13, ..declared("web slow") })
        .elsewhere(1, "eri", assigned("incident-manager", "eri"))
        .at(2, "aki", observed("merged"))
        .postmortem(60);
    let numbers: Vec<Option<u32>> = made.timeline.iter().map(|moment| moment.duplicate).collect();
    assert_eq!(numbers, [None, Some(13), Some(13), None]);
    assert!(made.tenures.is_empty());
    assert_eq!(made.title, "t");
}

#[test]
fn a_later_versions_fact_stays_in_the_timeline() {
    let strange = Fact::decode("weather.changed", 3, b"{}", None);
    let made = Story::new().at(0, "aki", declared("t")).at(1, "aki", strange).postmortem(60);
    assert_eq!(made.timeline[1].fact.kind(), "weather.changed");
}
