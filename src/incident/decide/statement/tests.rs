use crate::incident::command::{Command, Delivery, Tick, Update};
use crate::incident::decide::scene::Scene;
use crate::incident::fact::Fact;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::incident::severity::Severity;
use crate::incident::slug::Conveyance;
use crate::incident::state::Incident;
use crate::incident::time::Span;

fn told(audience: &str, how: Option<Conveyance>) -> Update {
    let (text, audiences) = (Some("we know".to_owned()), vec![audience.to_owned()]);
    Update { text, audiences, how, ..Update::default() }
}

fn promise(rejection: Rejection) -> PromiseRejection {
    match rejection {
        Rejection::Promise(promise) => *promise,
        other => panic!("{other}"),
    }
}

/// The policy has customers' statements approved by the communications manager, whom nobody is.
fn approved() -> Scene {
    Scene::declared().with_policy(|policy| {
        let customers = policy.audience.iter_mut().find(|audience| audience.id == "customers").expect("customers");
        customers.approval = vec!["communications-manager".to_owned()];
    })
}

#[test]
fn e7_what_a_policy_asked_for_holds_while_it_can_not_be_read() {
    let by_hand = || Command::Update(told("customers", Some(Conveyance::ByHand)));
    let drafted = approved().given(Command::Update(told("customers", None)));
    let left_out = drafted.policy_left_out();
    let facts = left_out.clone().when(Command::Update(told("customers", None))).facts();
    let Some(Fact::StatementDrafted(draft)) = facts.first() else { panic!("{facts:?}") };
    assert_eq!((draft.needs.as_slice(), draft.approval_unknown), (&["communications-manager".to_owned()][..], false));
    // Nothing is known of an incident in which nobody has told them anything yet.
    let facts = Scene::declared().policy_left_out().when(by_hand()).facts();
    let Some(Fact::StatementDrafted(draft)) = facts.first() else { panic!("{facts:?}") };
    assert!(draft.approval_unknown);
    let sent = left_out.when(Command::Update(told("customers", Some(Conveyance::Sent)))).rejection();
    assert_eq!(promise(sent), PromiseRejection::PolicyUnreadable);
}

#[test]
fn a6_a_policy_that_can_not_be_read_ends_no_deadline() {
    use crate::incident::command::Escalate;
    let scene = Scene::declared_as(Severity::Sev1).policy_left_out();
    let before = scene.clone().incident().promises.clocks.len();
    let raise = Escalate { to: Some(Severity::Sev0), ..Escalate::default() };
    let after = scene.when(Command::Escalate(raise)).incident();
    assert!(before > 0 && after.promises.clocks.len() >= before);
}

/// A statement to customers went out through chat, and its message was tried in vain.
fn lost() -> Scene {
    let sent = chat(Scene::declared()).given(Command::Update(told("customers", Some(Conveyance::Sent))));
    let statement = sent.clone().incident().promises.statements[0].id;
    let failed = |next_at| {
        Command::Tick(Tick::Deliver(Delivery {
            message: statement,
            channel: "chat".to_owned(),
            attempt: 1,
            uncertain: false,
            failed: Some("503".to_owned()),
            next_at,
            about: Some(statement),
        }))
    };
    let late = sent.given(failed(Some(Scene::NOW)));
    let undelivered = late.clone().incident().promises.statements[0].undelivered.clone();
    assert_eq!((undelivered.len(), undelivered[0].given_up), (1, false));
    late.given(failed(None)).naming("statement.drafted")
}

/// The organisation reaches customers by chat, and has a wall.
fn chat(scene: Scene) -> Scene {
    scene.with_policy(|policy| {
        for id in ["chat", "wall"] {
            let keys = serde_json::json!({ "id": id, "kind": "file", "path": "/tmp/none" });
            policy.channel.push(serde_json::from_value(keys).expect("a channel"));
        }
        let customers = policy.audience.iter_mut().find(|audience| audience.id == "customers").expect("customers");
        customers.channels = vec!["chat".to_owned()];
    })
}

fn again(how: Conveyance, channels: &[&str]) -> Command {
    let channels = channels.iter().map(|one| (*one).to_owned()).collect();
    Command::Update(Update { statement: Some("it".to_owned()), how: Some(how), channels, ..Update::default() })
}

#[test]
fn a6_a_statement_that_never_arrived_can_be_told_another_way() {
    let by_hand = lost().when(again(Conveyance::ByHand, &[])).incident();
    let statement = &by_hand.promises.statements[0];
    assert_eq!((statement.undelivered.len(), statement.channels.len()), (0, 0));
    assert!(matches!(statement.sent, Some((_, Conveyance::ByHand))));
    let wall = lost().given(again(Conveyance::Sent, &["wall"])).naming("statement.drafted");
    assert_eq!(wall.clone().incident().promises.statements[0].channels, ["wall"]);
    let twice = wall.when(again(Conveyance::ByHand, &[])).rejection();
    assert!(matches!(promise(twice), PromiseRejection::SentAlready { .. }));
    let retried = lost().when(again(Conveyance::Sent, &[])).facts();
    let queued = retried.iter().filter_map(|fact| match fact {
        Fact::MessageQueued(queued) => Some(queued.channel.as_str()),
        _ => None,
    });
    assert_eq!(queued.collect::<Vec<_>>(), ["chat"]);
}

fn minutes(incident: &Incident, clock: &str) -> Option<i64> {
    let found = incident.promises.clocks.iter().find(|one| one.name == clock)?;
    Some((found.due_at.millis() - Scene::NOW.millis()) / 60_000)
}

#[test]
fn b6_a_correction_leaves_what_was_promised_and_goes_where_the_wrong_one_went() {
    let first = Update {
        channels: vec!["wall".to_owned()],
        next: Some(Span::from_minutes(20)),
        ..told("customers", Some(Conveyance::Sent))
    };
    let executives = Update { next: Some(Span::from_minutes(10)), ..told("executives", Some(Conveyance::ByHand)) };
    let scene = chat(Scene::declared_as(Severity::Sev1))
        .given(Command::Update(executives))
        .given(Command::Update(first))
        .naming("statement.drafted");
    let due = |incident: &Incident| {
        (minutes(incident, "comms:customers-sev1"), minutes(incident, "comms:promised-executives"))
    };
    let before = due(&scene.clone().incident());
    assert_eq!(before.0, Some(20));
    let correct = |next: Option<Span>| {
        let text = Some("we were wrong".to_owned());
        let corrects = Some("it".to_owned());
        Command::Update(Update { text, corrects, next, how: Some(Conveyance::Sent), ..Update::default() })
    };
    let later = scene.by(Scene::NOW.plus(Span::from_minutes(15)));
    let after = later.clone().when(correct(None)).incident();
    assert_eq!(due(&after), before);
    assert_eq!(after.promises.statements.last().expect("it").channels, ["wall"], "not the audience's chat");
    let anew = later.when(correct(Some(Span::from_minutes(30)))).incident();
    assert_eq!(minutes(&anew, "comms:customers-sev1"), Some(45));
}

#[test]
fn what_is_sent_is_sent_now() {
    let earlier = chat(Scene::declared()).at(Scene::NOW.minus(Span::from_minutes(90)));
    let sent = Command::Update(told("customers", Some(Conveyance::Sent)));
    assert_eq!(promise(earlier.clone().when(sent).rejection()), PromiseRejection::SendsNow);
    assert!(!earlier.when(Command::Update(told("customers", Some(Conveyance::ByHand)))).is_refused());
}

#[test]
fn a6_a_promise_that_is_past_by_now_is_not_sent() {
    let draft = Update { next: Some(Span::from_minutes(10)), ..told("customers", None) };
    let drafted = chat(Scene::declared()).given(Command::Update(draft)).naming("statement.drafted");
    assert_eq!(drafted.clone().incident().promises.drafts().count(), 1);
    let late = drafted.clone().by(Scene::NOW.plus(Span::from_minutes(30)));
    let rejection = promise(late.clone().when(again(Conveyance::Sent, &[])).rejection());
    assert!(matches!(rejection, PromiseRejection::PromisePast { .. }), "{rejection:?}");
    assert!(!late.when(again(Conveyance::ByHand, &[])).is_refused(), "what went out went out");
    let sent = drafted.given(again(Conveyance::Sent, &[])).incident();
    let next = sent.next_for("customers").and_then(|(at, _)| at.since(Scene::NOW));
    assert_eq!((sent.promises.drafts().count(), next), (0, Some(Span::from_minutes(10))));
}
