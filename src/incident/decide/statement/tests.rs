use crate::incident::command::{Command, Update};
use crate::incident::decide::scene::Scene;
use crate::incident::fact::Fact;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::incident::slug::Conveyance;

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
    use crate::incident::severity::Severity;
    let scene = Scene::declared_as(Severity::Sev1).policy_left_out();
    let before = scene.clone().incident().promises.clocks.len();
    let raise = Escalate { to: Some(Severity::Sev0), ..Escalate::default() };
    let after = scene.when(Command::Escalate(raise)).incident();
    assert!(before > 0 && after.promises.clocks.len() >= before);
}
