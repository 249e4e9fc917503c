use crate::incident::command::{AnswerHandoff, AssignRole, Command, OfferHandoff};
use crate::incident::decide::Scene;
use crate::incident::fact::Fact;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;

fn assign(role: &str, person: &str, scope: Option<&str>) -> Command {
    Command::AssignRole(AssignRole {
        role: role.to_owned(),
        person: person.to_owned(),
        add: scope.is_some(),
        scope: scope.map(str::to_owned),
        ..AssignRole::default()
    })
}

fn offer(to: &str, roles: &[&str]) -> Command {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Command::OfferHandoff(OfferHandoff { to: to.to_owned(), roles, brief: Some("db-3 is drained".to_owned()) })
}

fn answer(person: &str, accept: bool, reason: Option<&str>) -> Command {
    let person = Some(person.to_owned());
    Command::AnswerHandoff(AnswerHandoff { person, accept, reason: reason.map(str::to_owned) })
}

fn holders(incident: &Incident, role: &str) -> Vec<String> {
    incident.role(role).expect("the role").holders.iter().map(|holder| holder.name.clone()).collect()
}

#[test]
fn an_offer_takes_nothing_from_the_giver() {
    let after = Scene::declared().when(offer("ben", &[])).incident();
    assert_eq!(holders(&after, "incident-manager"), ["aki"]);
    let waiting: Vec<(&str, &[String])> =
        after.open_handoffs().map(|one| (one.to.as_str(), one.roles.as_slice())).collect();
    assert_eq!(waiting, [("ben", &["incident-manager".to_owned()][..])]);
}

#[test]
fn accepting_hands_the_roles_over_and_says_from_whom() {
    let later = Timestamp::from_millis(Scene::NOW.millis() + 60_000);
    let outcome = Scene::declared().given(offer("ben", &[])).at(later).when(answer("ben", true, None));
    let facts = outcome.clone().facts();
    assert!(matches!(facts.first(), Some(Fact::HandoffAnswered(said)) if said.accepted && said.who == "ben"));
    let after = outcome.incident();
    assert_eq!(holders(&after, "incident-manager"), ["ben"]);
    assert_eq!(after.open_handoffs().count(), 0);
    let held = &after.role("incident-manager").expect("the role").holders[0];
    assert!(held.hand_over_by.is_some_and(|by| by > later), "the eight hours of the policy begin anew");
    assert!(matches!(facts.last(), Some(Fact::RoleAssigned(given)) if given.relieved == ["aki"]));
}

#[test]
fn refusing_needs_a_reason_and_leaves_everything_where_it_was() {
    let offered = Scene::declared().given(offer("ben", &[]));
    let refused = offered.clone().when(answer("ben", false, None)).rejection();
    assert_eq!(refused, Rejection::ReasonNeeded { verb: "handoff --refuse" });
    let after = offered.when(answer("ben", false, Some("on the road"))).incident();
    assert_eq!(holders(&after, "incident-manager"), ["aki"]);
    assert_eq!(after.open_handoffs().count(), 0);
}

#[test]
fn only_what_one_holds_can_be_handed_over_and_not_to_oneself() {
    let refusal = |command| Scene::declared().when(command).rejection();
    let promise = |rejection| match rejection {
        Rejection::Promise(promise) => *promise,
        other => panic!("{other}"),
    };
    let aki = || "aki".to_owned();
    assert_eq!(promise(refusal(offer("aki", &[]))), PromiseRejection::ToThemselves { person: aki() });
    assert_eq!(promise(refusal(offer("ben", &["scribe"]))), PromiseRejection::HoldsNothing { person: aki() });
    let nothing = PromiseRejection::NoOffer { person: "ben".to_owned(), offered: Vec::new() };
    assert_eq!(promise(refusal(answer("ben", true, None))), nothing);
    let other = Scene::declared().given(offer("ben", &[])).when(answer("chie", true, None)).rejection();
    let to_ben = PromiseRejection::NoOffer { person: "chie".to_owned(), offered: vec!["ben".to_owned()] };
    assert_eq!(promise(other), to_ben);
}

#[test]
fn one_word_settles_all_that_was_offered() {
    let twice = Scene::declared()
        .given(assign("tech-lead", "aki", None))
        .given(offer("ben", &["incident-manager"]))
        .given(offer("ben", &["tech-lead"]));
    let after = twice.when(answer("ben", true, None)).incident();
    assert_eq!(
        (holders(&after, "incident-manager"), holders(&after, "tech-lead")),
        (vec!["ben".into()], vec!["ben".into()])
    );
    assert_eq!(after.open_handoffs().count(), 0);
}

#[test]
fn what_changed_hands_meanwhile_is_not_handed_over() {
    let taken = Scene::declared()
        .given(assign("tech-lead", "aki", None))
        .given(offer("ben", &["incident-manager", "tech-lead"]))
        .given(assign("tech-lead", "chie", None));
    let after = taken.clone().when(answer("ben", true, None)).incident();
    assert_eq!(
        (holders(&after, "incident-manager"), holders(&after, "tech-lead")),
        (vec!["ben".into()], vec!["chie".into()])
    );
    let both = taken.given(assign("incident-manager", "dai", None));
    assert_eq!(both.clone().incident().open_handoffs().count(), 0, "nothing is left to take over");
    assert!(matches!(both.when(answer("ben", true, None)).rejection(), Rejection::Promise(_)));
}

#[test]
fn c2_of_several_who_hold_a_role_only_the_giver_leaves_and_the_scope_stays() {
    let shared = Scene::declared()
        .given(assign("tech-lead", "aki", Some("network")))
        .given(assign("tech-lead", "chie", Some("storage")))
        .given(offer("ben", &["tech-lead"]));
    let after = shared.when(answer("ben", true, None)).incident();
    let mut held: Vec<(String, Option<String>)> = after
        .role("tech-lead")
        .expect("the role")
        .holders
        .iter()
        .map(|holder| (holder.name.clone(), holder.scope.clone()))
        .collect();
    held.sort();
    let row = |name: &str, scope: &str| (name.to_owned(), Some(scope.to_owned()));
    assert_eq!(held, [row("ben", "network"), row("chie", "storage")]);
}
