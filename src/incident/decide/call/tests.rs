use crate::incident::command::{Ack, AnswerHandoff, AssignRole, Called, Command, Escalate, OfferHandoff, Tick};
use crate::incident::decide::Scene;
use crate::incident::fact::{CallAnswered, Fact, PeopleCalled};
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::incident::state::{Incident, Meta, fold};
use crate::incident::time::{Span, Timestamp};

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

/// Everybody on the first tier of a ladder is called, with five minutes to answer.
fn climb() -> Command {
    let one = |who: &str| Called {
        who: who.to_owned(),
        ladder: Some("payments".to_owned()),
        tier: Some(1),
        wait: Some(Span::from_minutes(5)),
        ..Called::default()
    };
    Command::Escalate(Escalate { called: vec![one("ben"), one("bea")], ..Escalate::default() })
}

fn ack(person: &str, decline: bool) -> Command {
    Command::Ack(Ack { person: Some(person.to_owned()), decline, text: None })
}

/// Calls this person of the next tier, or nobody, since the first open call was not answered.
fn pass_on(scene: &Scene, who: &[&str]) -> Command {
    let incident = scene.clone().incident();
    let late = after(60);
    let call = incident.promises.unanswered(late).first().expect("one that nobody answered").id;
    let who = who.iter().map(|who| (*who).to_owned()).collect();
    let (subject, text) = (String::new(), String::new());
    let wait = Some(Span::from_minutes(5));
    let (channels, to) = (vec!["wall".to_owned()], vec!["aki".to_owned()]);
    Command::Tick(Tick::CallNext { call, who, channel: None, wait, subject, text, channels, to })
}

fn after(minutes: i64) -> Timestamp {
    Scene::NOW.plus(Span::from_minutes(minutes))
}

fn waiting(scene: &Scene, minutes: i64) -> Vec<String> {
    let incident = scene.clone().incident();
    incident.promises.unanswered(after(minutes)).iter().map(|call| call.who.clone()).collect()
}

#[test]
fn d3_an_answer_to_an_earlier_round_is_none_to_the_next() {
    let answered = Scene::declared().given(climb()).given(ack("ben", false));
    assert!(waiting(&answered, 60).is_empty());
    let again = answered.at(after(60)).given(climb());
    assert_eq!(waiting(&again, 66), ["ben"], "one for the tier");
    assert_eq!(again.clone().incident().promises.open_calls().count(), 2);
    let declined = again.clone().given(ack("ben", true)).given(ack("bea", true));
    assert_eq!(waiting(&declined, 61), ["ben"], "nobody comes: the next tier is called at once");
    let next = pass_on(&declined, &["lead"]);
    let next = declined.given(next);
    let open: Vec<String> = next.clone().incident().promises.open_calls().map(|call| call.who.clone()).collect();
    assert_eq!(open, ["lead"]);
    assert!(waiting(&next.given(ack("lead", false)), 120).is_empty());
}

#[test]
fn d3_calls_of_a_log_without_rounds_begin_anew_after_an_answer() {
    let mut facts = Vec::new();
    let mut tell = |fact: Fact| {
        let id =
            crate::incident::id::BatchId(crate::incident::id::uuid_v7(Scene::NOW.millis(), [7; 10])).event(facts.len());
        facts.push((Meta { id, at: Scene::NOW, actor: "aki".to_owned() }, fact));
        id
    };
    let called = |who: &str, tier: u32| {
        Fact::from(PeopleCalled {
            ladder: Some("payments".to_owned()),
            tier: Some(tier),
            answer_by: Some(after(5)),
            ..PeopleCalled::new(who.to_owned(), None)
        })
    };
    let ben = tell(called("ben", 1));
    tell(called("bea", 1));
    tell(called("lead", 2));
    tell(CallAnswered { call: ben, who: "ben".to_owned(), declined: false, text: None }.into());
    tell(called("ben", 1));
    let subject = Scene::declared().incident().id;
    let incident = fold(subject, facts.iter().map(|(meta, fact)| (meta, fact)));
    let open: Vec<&str> = incident.promises.open_calls().map(|call| call.who.as_str()).collect();
    assert_eq!(open, ["ben"]);
    assert_eq!(incident.promises.unanswered(after(6)).len(), 1);
}

#[test]
fn d3_whoever_was_not_called_says_whose_call_they_answer() {
    let call = |who: &str| Command::Escalate(Escalate { call: vec![who.to_owned()], ..Escalate::default() });
    let scene = Scene::declared().given(call("ben"));
    let own = Command::Ack(Ack::default());
    let refused = scene.clone().when(own.clone()).rejection();
    let ask = PromiseRejection::NoCall { person: "aki".to_owned(), called: vec!["ben".to_owned()] };
    assert!(matches!(refused, Rejection::Promise(promise) if *promise == ask));
    assert_eq!(scene.clone().incident().promises.open_calls().count(), 1);
    assert_eq!(scene.clone().given(ack("ben", false)).incident().promises.open_calls().count(), 0);
    assert_eq!(scene.given(call("aki")).when(own).incident().promises.open_calls().count(), 1, "only their own");
}

#[test]
fn d3_that_nobody_is_left_is_told_and_stays_until_somebody_comes() {
    let scene = Scene::declared().given(climb());
    let nobody = pass_on(&scene, &[]);
    let ended = scene.at(after(5)).given(nobody);
    let told = ended.clone().context().history;
    let queued = told.iter().filter(|(_, fact)| matches!(fact, Fact::MessageQueued(_))).count();
    assert_eq!(queued, 1, "through the channel of reminders");
    let vain = |scene: &Scene| -> Vec<String> {
        scene.clone().incident().promises.in_vain().map(|call| call.who.clone()).collect()
    };
    assert_eq!(vain(&ended), ["ben", "bea"]);
    let clocks = ended.clone().incident().open_clocks();
    let clock = clocks.iter().find(|clock| clock.name == "ack:ben").expect("it is still due");
    assert_eq!((clock.owner.as_deref(), clock.due_at), (Some("aki"), after(5)));
    assert!(waiting(&ended, 60).is_empty(), "said once");
    let late = ended.clone().at(after(9)).given(ack("bea", false));
    assert!(vain(&late).is_empty());
    let other =
        ended.at(after(9)).given(Command::Escalate(Escalate { call: vec!["zoe".to_owned()], ..Escalate::default() }));
    assert_eq!(vain(&other).len(), 2, "a call is no answer");
    assert!(vain(&other.at(after(10)).given(ack("zoe", false))).is_empty());
}

#[test]
fn d3_nobody_is_called_for_what_is_resolved() {
    let scene = Scene::declared().given(climb());
    let next = pass_on(&scene, &["lead"]);
    let resolved = scene.resolved();
    assert!(waiting(&resolved, 60).is_empty());
    assert!(!resolved.clone().incident().open_clocks().iter().any(|clock| clock.name.starts_with("ack:")));
    assert!(
        matches!(resolved.clone().when(next).rejection(), Rejection::Promise(why) if *why == PromiseRejection::Outdated)
    );
    // Whoever is called afterwards is waited for again, and whoever was called before may still answer.
    assert_eq!(waiting(&resolved.clone().given(climb()), 60), ["ben"]);
    assert!(!resolved.when(ack("ben", false)).is_refused());
}

#[test]
fn what_is_offered_twice_is_one_offer_with_the_last_words() {
    let words = |text: &str| {
        Command::OfferHandoff(OfferHandoff {
            to: "ben".to_owned(),
            brief: Some(text.to_owned()),
            ..OfferHandoff::default()
        })
    };
    let after = Scene::declared().given(words("db-3 is drained")).when(words("db-4 too")).incident();
    let open: Vec<_> = after.open_handoffs().map(|offer| offer.brief.as_deref()).collect();
    assert_eq!(open, [Some("db-4 too")]);
}
