use crate::incident::command::{
    Cancel, CancelCause, Close, Command, FilePostmortem, Fix, Identify, Mitigate, Reopen, Resolve, Set,
};
use crate::incident::context::OtherIncident;
use crate::incident::decide::scene::{Scene, exactly};
use crate::incident::rejection::Rejection;
use crate::incident::severity::Severity;
use crate::incident::state::Waiting;
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};

fn identify(cause: Option<&str>) -> Command {
    Command::Identify(Identify { cause: cause.map(str::to_owned) })
}

fn mitigate() -> Command {
    Command::Mitigate(Mitigate { workaround: "feature off".to_owned(), fix_due: Some(Span::from_minutes(3 * 24 * 60)) })
}

fn fix(reverts_workaround: bool) -> Command {
    Command::Fix(Fix { text: "patched".to_owned(), reverts_workaround })
}

fn resolve() -> Command {
    Command::Resolve(Resolve { summary: Some("restored".to_owned()), cause: None })
}

fn reopen(to: Option<Status>) -> Command {
    Command::Reopen(Reopen { to, reason: "back again".to_owned() })
}

fn close(force: bool, reason: Option<&str>) -> Command {
    Command::Close(Close { force, reason: reason.map(str::to_owned) })
}

fn cancel(because: Option<CancelCause>) -> Command {
    Command::Cancel(Cancel { because, of: None, reason: "r".to_owned() })
}

#[test]
fn steps_may_be_skipped_forward_and_every_move_keeps_its_time() {
    let incident = Scene::declared().given(mitigate()).when(resolve()).incident();
    assert_eq!(incident.status, Status::Resolved);
    assert!(incident.times.mitigated.is_some() && incident.times.resolved.is_some());
    assert_eq!(incident.times.identified, None, "never guessed");
}

#[test]
fn an_illegal_move_names_the_status_and_the_legal_ones() {
    let refused = Scene::declared().resolved().when(mitigate()).rejection();
    let Rejection::IllegalMove { from, legal, .. } = refused else { panic!("illegal") };
    assert_eq!((from, legal), (Status::Resolved, vec![Status::Closed, Status::Cancelled]));
}

#[test]
fn a_cause_found_after_the_workaround_moves_nothing_back() {
    let incident = Scene::declared().given(mitigate()).when(identify(Some("a lock"))).incident();
    assert_eq!((incident.status, incident.cause.as_deref()), (Status::Mitigated, Some("a lock")));
    assert!(incident.times.identified.is_some());
    let bare = Scene::declared().given(mitigate()).when(identify(None)).rejection();
    assert!(matches!(bare, Rejection::IllegalMove { .. }));
}

#[test]
fn b3_the_fix_is_a_fact_of_its_own_and_takes_the_workaround_back() {
    let held = Scene::declared().given(mitigate()).resolved();
    let waits = |scene: &Scene| scene.clone().incident().waiting_for();
    assert!(waits(&held).iter().any(|one| matches!(one, Waiting::Fix { due_at: Some(_), .. })));
    let fixed = held.clone().given(fix(false));
    assert!(waits(&fixed).iter().any(|one| matches!(one, Waiting::Workaround { .. })));
    let reverted = held.given(fix(true));
    assert!(!waits(&reverted).iter().any(|one| matches!(one, Waiting::Workaround { .. } | Waiting::Fix { .. })));
    assert_eq!(Scene::declared().when(fix(true)).rejection(), Rejection::NoWorkaround);
}

#[test]
fn a_postmortem_is_owed_for_the_worst_severity_that_asks_for_one() {
    let owed = |severity| Scene::declared_as(severity).resolved().incident().postmortem;
    assert!(owed(Severity::Sev1).is_some_and(|duty| duty.required && duty.due_at.is_some()));
    assert!(owed(Severity::Sev4).is_none());
}

#[test]
fn closing_waits_for_what_is_open_and_yields_to_force_with_a_reason() {
    let resolved = Scene::declared().resolved();
    let refused = resolved.clone().when(close(false, None)).rejection();
    let Rejection::StillWaiting { waiting } = refused else { panic!("waiting") };
    assert!(
        waiting
            .contains(&Waiting::Postmortem { due_at: resolved.clone().incident().postmortem.and_then(|p| p.due_at) })
    );
    assert!(waiting.iter().any(|one| matches!(one, Waiting::Step { .. })));
    let bare = resolved.clone().when(close(true, None)).rejection();
    assert!(matches!(bare, Rejection::ReasonNeeded { .. }));
    let forced = resolved.when(close(true, Some("reorganised"))).incident();
    assert_eq!(forced.status, Status::Closed);
    assert!(forced.waiting_for().is_empty());
}

#[test]
fn a_filed_postmortem_settles_the_duty() {
    let filed = Command::FilePostmortem(FilePostmortem { place: "https://wiki.example/pm/1".to_owned() });
    let incident = Scene::declared().resolved().when(filed.clone()).incident();
    assert!(!incident.waiting_for().iter().any(|one| matches!(one, Waiting::Postmortem { .. })));
    assert!(matches!(Scene::declared().when(filed).rejection(), Rejection::IllegalMove { .. }));
}

#[test]
fn reopening_goes_back_and_clears_what_is_no_longer_true() {
    let again = Scene::declared().resolved().when(reopen(None)).incident();
    assert_eq!((again.status, again.times.resolved, again.postmortem), (Status::Investigating, None, None));
    let monitoring = Scene::declared().resolved().closed().when(reopen(Some(Status::Monitoring))).incident();
    assert_eq!(monitoring.status, Status::Monitoring);
    let forward = Scene::declared().given(identify(None)).when(reopen(Some(Status::Resolved))).rejection();
    assert!(matches!(forward, Rejection::NotBackwards { .. }));
    assert!(matches!(Scene::declared().when(reopen(None)).rejection(), Rejection::IllegalMove { .. }));
}

#[test]
fn a_duplicate_names_another_incident_that_stands() {
    assert_eq!(Scene::declared().when(cancel(Some(CancelCause::Duplicate))).rejection(), Rejection::DuplicateOfWhat);
    let own = Scene::declared().incident();
    let other = OtherIncident { id: own.id, number: 1, title: "t".to_owned(), status: Status::Identified };
    let itself = Scene::declared().other(other.clone()).when(cancel(None)).rejection();
    assert_eq!(itself, Rejection::DuplicateOfItself);
    let elsewhere = OtherIncident { id: crate::incident::id::SubjectId(uuid::Uuid::nil()), ..other };
    let gone = OtherIncident { status: Status::Cancelled, ..elsewhere.clone() };
    let refused = Scene::declared().other(gone).when(cancel(None)).rejection();
    assert!(matches!(refused, Rejection::DuplicateOfCancelled { .. }));
    let cancelled = Scene::declared().other(elsewhere).when(cancel(None)).incident();
    assert_eq!(cancelled.cancelled.and_then(|cancelled| cancelled.because), Some(CancelCause::Duplicate));
}

#[test]
fn an_explicit_time_before_the_start_is_refused() {
    let started = Scene::NOW;
    let start = Set { started_at: Some(exactly(started)), ..Set::default() };
    let scene = Scene::declared().given(Command::Set(start)).at(Timestamp::from_millis(started.millis() - 1));
    for command in [identify(None), mitigate(), fix(false), resolve()] {
        let refused = scene.clone().when(command).rejection();
        assert!(matches!(refused, Rejection::BeforeStart { .. }));
    }
}

#[test]
fn status_conditions_let_steps_begin() {
    let scene = Scene::declared().given(mitigate());
    let incident = scene.incident();
    let waiting_for_mitigation = |step: &crate::incident::state::StepState| {
        step.step.when.as_ref().is_some_and(|when| when.status == Some(Status::Mitigated) && when.severity.is_none())
    };
    let found: Vec<_> = incident.steps().filter(|place| waiting_for_mitigation(place.state)).collect();
    assert!(!found.is_empty() && found.iter().all(|place| place.state.active));
}
