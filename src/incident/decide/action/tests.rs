use crate::incident::clock::ClockKind;
use crate::incident::command::{AddAction, AddCause, Command, CompleteAction, DropAction, SetAction, VerifyAction};
use crate::incident::decide::scene::{Scene, exactly};
use crate::incident::rejection::{Rejection, RemedyRejection};
use crate::incident::state::{Action, Incident, Progress};
use crate::incident::time::{Span, Timestamp};
use proptest::prelude::{Strategy, prop, proptest};

const DAY: i64 = 24 * 60;

fn days(days: i64) -> Timestamp {
    Scene::NOW.plus(Span::from_minutes(days * DAY))
}

fn agreed(due: Option<Timestamp>) -> Command {
    let (text, owner) = ("alert on queue depth".to_owned(), Some("ben".to_owned()));
    Command::AddAction(AddAction { text, owner, due: due.map(exactly), ..AddAction::default() })
}

fn done(action: &str, check: Option<Timestamp>) -> Command {
    Command::CompleteAction(CompleteAction { action: action.to_owned(), result: None, check: check.map(exactly) })
}

fn verified(action: &str, effective: bool, due: Option<Timestamp>) -> Command {
    let text = "queue drill".to_owned();
    Command::VerifyAction(VerifyAction { action: action.to_owned(), effective, text, due: due.map(exactly) })
}

fn dropped(action: &str) -> Command {
    Command::DropAction(DropAction { action: action.to_owned(), reason: "service retired".to_owned() })
}

/// A closed incident with an action due in ten days, and its id as people type it.
fn scene() -> (Scene, String) {
    let scene = Scene::declared().resolved().closed().given(agreed(Some(days(10))));
    let id = scene.last_of("action.added").id.tag()[..4].to_owned();
    (scene, id)
}

fn action(incident: &Incident) -> &Action {
    &incident.lessons.actions[0]
}

/// The deadlines of actions, with days from now.
fn clocks(incident: &Incident) -> Vec<(String, i64)> {
    let clocks = incident.open_clocks().into_iter().filter(|clock| clock.kind == ClockKind::Action);
    clocks.map(|clock| (clock.name, (clock.due_at.millis() - Scene::NOW.millis()) / (DAY * 60_000))).collect()
}

fn why(rejection: Rejection) -> RemedyRejection {
    match rejection {
        Rejection::Remedy(why) => *why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn e10_an_action_is_finished_only_when_its_effect_was_checked() {
    let (scene, id) = scene();
    assert_eq!(clocks(&scene.clone().incident()), [(format!("action:{id}"), 10)], "it outlives the incident");
    let scene = scene.given(done(&id, None));
    let after = scene.clone().incident();
    assert_eq!(action(&after).progress(), Progress::Done);
    assert_eq!(clocks(&after), [(format!("action-check:{id}"), 30)], "as the policy says");
    let after = scene.when(verified(&id, true, None)).incident();
    assert_eq!((action(&after).progress(), clocks(&after).len()), (Progress::Effective, 0));
}

#[test]
fn e10_without_effect_it_is_open_again_until_it_holds() {
    let (scene, id) = scene();
    let scene = scene.given(done(&id, Some(days(60)))).given(verified(&id, false, None));
    let after = scene.clone().incident();
    assert_eq!((action(&after).progress(), action(&after).failed), (Progress::Open, 1));
    assert_eq!(clocks(&after), [(format!("action:{id}"), 14)], "as the policy says");
    let scene = scene.given(done(&id, None)).given(verified(&id, true, None));
    let later = scene.when(verified(&id, false, Some(days(3)))).incident();
    assert_eq!((action(&later).failed, clocks(&later)), (2, vec![(format!("action:{id}"), 3)]));
}

#[test]
fn what_makes_no_sense_as_it_stands_is_refused() {
    let (scene, id) = scene();
    let standing = |scene: &Scene, command: Command| match why(scene.clone().when(command).rejection()) {
        RemedyRejection::Standing { verb, progress, .. } => (verb, progress),
        other => panic!("{other:?}"),
    };
    assert_eq!(standing(&scene, verified(&id, true, None)), ("verify", Progress::Open));
    let carried_out = scene.clone().given(done(&id, None));
    assert_eq!(standing(&carried_out, done(&id, None)), ("done", Progress::Done));
    let later = SetAction { action: id.clone(), due: Some(exactly(days(20))), ..SetAction::default() };
    assert_eq!(standing(&carried_out, Command::SetAction(later)), ("set", Progress::Done));
    let finished = carried_out.given(verified(&id, true, None));
    assert_eq!(standing(&finished, dropped(&id)), ("drop", Progress::Effective));
    let given_up = scene.given(dropped(&id));
    assert_eq!(standing(&given_up, done(&id, None)), ("done", Progress::Dropped));
    assert_eq!(clocks(&given_up.incident()), []);
}

#[test]
fn a_due_time_lies_ahead_and_within_reach() {
    let past = Scene::declared().when(agreed(Some(days(-1)))).rejection();
    assert_eq!(why(past), RemedyRejection::PastDue { at: days(-1) });
    let far = Scene::declared().when(agreed(Some(days(365 * 900)))).rejection();
    assert!(matches!(why(far), RemedyRejection::TooFar { .. }));
    let none = Scene::declared().when(agreed(None)).incident();
    assert_eq!((action(&none).progress(), clocks(&none).len()), (Progress::Open, 0));
}

#[test]
fn what_is_set_takes_the_place_of_what_was_and_nothing_else_does() {
    let (scene, id) = scene();
    let cause = Command::AddCause(AddCause { text: "no alert".to_owned(), ..AddCause::default() });
    let scene = scene.given(cause);
    let prevents = scene.last_of("cause.added").id;
    let set = SetAction {
        action: id,
        prevents: Some(prevents.tag()),
        owner: Some("chie".to_owned()),
        ..SetAction::default()
    };
    let scene = scene.given(Command::SetAction(set.clone()));
    let after = scene.clone().incident();
    assert_eq!(action(&after).prevents, Some(prevents));
    assert_eq!((action(&after).owner.as_deref(), action(&after).due_at), (Some("chie"), Some(days(10))));
    assert_eq!(scene.when(Command::SetAction(set)).rejection(), Rejection::NothingToChange);
}

#[test]
fn a_role_that_owns_an_action_is_kept_by_whoever_carries_it() {
    let (text, owner) = ("review".to_owned(), Some("Tech Lead".to_owned()));
    let due = Some(exactly(days(1)));
    let add = Command::AddAction(AddAction { text, owner, due, ..AddAction::default() });
    let clocks = Scene::declared().when(add).incident().open_clocks();
    let clock = clocks.iter().find(|clock| clock.kind == ClockKind::Action).expect("one");
    assert_eq!((clock.owner.as_deref(), clock.role.as_deref()), (Some("aki"), Some("tech-lead")));
}

/// What somebody tries next.
#[derive(Debug, Clone, Copy)]
enum Try {
    Done,
    Works,
    Fails,
    Drop,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    prop::collection::vec(prop::sample::select(vec![Try::Done, Try::Works, Try::Fails, Try::Drop]), 0..12)
}

proptest! {
    #[test]
    fn whatever_is_tried_the_action_stands_where_its_facts_say(tries in tries()) {
        let (mut scene, id) = scene();
        let (mut expected, mut failed) = (Progress::Open, 0);
        for one in tries {
            let (command, next) = match (one, expected) {
                (Try::Done, Progress::Open) => (done(&id, None), Some(Progress::Done)),
                (Try::Done, _) => (done(&id, None), None),
                (Try::Works, Progress::Done) => (verified(&id, true, None), Some(Progress::Effective)),
                (Try::Works, _) => (verified(&id, true, None), None),
                (Try::Fails, Progress::Done | Progress::Effective) => (verified(&id, false, None), Some(Progress::Open)),
                (Try::Fails, _) => (verified(&id, false, None), None),
                (Try::Drop, Progress::Open | Progress::Done) => (dropped(&id), Some(Progress::Dropped)),
                (Try::Drop, _) => (dropped(&id), None),
            };
            let Some(next) = next else {
                assert!(scene.clone().when(command).is_refused(), "{one:?} on {expected:?}");
                continue;
            };
            scene = scene.given(command);
            failed += u32::from(matches!(one, Try::Fails));
            expected = next;
            let incident = scene.clone().incident();
            let action = action(&incident);
            assert_eq!((action.progress(), action.failed), (expected, failed));
            assert_eq!(clocks(&incident).len(), usize::from(matches!(expected, Progress::Open | Progress::Done)));
            assert_eq!(action.done_at.is_some() && action.dropped_at.is_none(), matches!(expected, Progress::Done | Progress::Effective));
        }
    }
}
