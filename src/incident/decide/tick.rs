//! What the clock brings about: reminders, the next tier of a ladder, a severity that a rule calls for (B1, D3, D6).
//!
//! Each is checked once more against the incident as it stands: two schedulers may have seen the same moment.

use super::{Draft, call, severity};
use crate::incident::command::{Called, Delivery, Tick};
use crate::incident::fact::{
    ClockReminded, Fact, LadderEnded, MessageDelivered, MessageFailed, MessageQueued, SeveritySuggested,
};
use crate::incident::id::EventId;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::incident::slug::Purpose;
use crate::incident::state::Reminder;

pub(super) fn tick(draft: &mut Draft<'_>, tick: &Tick) -> Result<(), Rejection> {
    match tick {
        Tick::Remind { reminders, to, channels, subject, text } => {
            let open = draft.incident.open_clocks();
            let runs = |one: &Reminder| open.iter().any(|open| open.name == one.clock && open.due_at == one.due_at);
            let due: Vec<Reminder> = reminders
                .iter()
                .filter(|one| runs(one))
                .filter(|one| !draft.incident.promises.reminded(&one.clock, one.due_at, &one.threshold))
                .cloned()
                .collect();
            if due.is_empty() {
                return Err(PromiseRejection::Outdated.into());
            }
            for Reminder { clock, due_at, threshold } in due {
                draft.push(ClockReminded { clock, due_at, threshold, to: to.clone() });
            }
            remind(draft, channels, to, (subject, text));
            Ok(())
        }
        Tick::Reclassify { rule, to, apply, reason } => {
            let said = draft.incident.promises.suggestions.iter().any(|(known, said)| known == rule && said == to);
            if said || !to.worse_than(draft.incident.severity) || !draft.incident.status.is_unresolved() {
                return Err(PromiseRejection::Outdated.into());
            }
            draft.push(SeveritySuggested { rule: rule.clone(), to: *to, applied: *apply });
            if *apply { severity::change(draft, "tick", *to, Some(reason.clone())) } else { Ok(()) }
        }
        Tick::CallNext { call, who, channel, wait, subject, text, channels, to } => {
            let promises = &draft.incident.promises;
            let open = promises.calls.iter().find(|open| open.id == *call && !open.passed_on).cloned();
            let Some(open) = open.filter(|open| !promises.is_answered(open)) else {
                return Err(PromiseRejection::Outdated.into());
            };
            let Some(ladder) = open.ladder.filter(|_| !who.is_empty()) else {
                draft.push(LadderEnded { ladder: open.who, call: *call });
                remind(draft, channels, to, (subject, text));
                return Ok(());
            };
            for who in who {
                let called = Called {
                    who: who.clone(),
                    ladder: Some(ladder.clone()),
                    tier: Some(open.tier.saturating_add(1)),
                    channel: channel.clone(),
                    wait: *wait,
                    subject: Some(subject.clone()),
                    text: Some(text.clone()),
                };
                call::one(draft, &called, open.reason.clone(), open.round)?;
            }
            Ok(())
        }
        Tick::Deliver(delivery) => deliver(draft, delivery),
    }
}

/// Tells these people through the channels of reminders; an exercise reaches nobody (A5).
fn remind(draft: &mut Draft<'_>, channels: &[String], to: &[String], (subject, text): (&str, &str)) {
    let drill = draft.incident.drill;
    for channel in channels.iter().filter(|_| !drill) {
        draft.push(MessageQueued {
            purpose: Purpose::Reminder,
            channel: channel.clone(),
            about: None,
            to: to.to_vec(),
            subject: Some(subject.to_owned()),
            text: Some(text.to_owned()),
        });
    }
}

fn deliver(draft: &mut Draft<'_>, delivery: &Delivery) -> Result<(), Rejection> {
    let (message, attempt): (EventId, u32) = (delivery.message, delivery.attempt);
    let (channel, uncertain, about) = (delivery.channel.clone(), delivery.uncertain, delivery.about);
    draft.push(match &delivery.failed {
        None => Fact::from(MessageDelivered { message, channel, attempt, uncertain, about }),
        Some(reason) => {
            let (reason, next_at) = (reason.clone(), delivery.next_at);
            MessageFailed { message, channel, attempt, next_at, uncertain, about, reason }.into()
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, Tick};
    use crate::incident::decide::scene::Scene;
    use crate::incident::rejection::{PromiseRejection, Rejection};
    use crate::incident::severity::Severity;
    use crate::incident::state::Reminder;

    fn remind(scene: &Scene) -> Command {
        let clock = scene.clone().incident().open_clocks().remove(0);
        Command::Tick(Tick::Remind {
            reminders: vec![Reminder { clock: clock.name, due_at: clock.due_at, threshold: "due".to_owned() }],
            to: vec!["aki".to_owned()],
            channels: Vec::new(),
            subject: String::new(),
            text: String::new(),
        })
    }

    fn reclassify(to: Severity, apply: bool) -> Command {
        let (rule, reason) = ("one-hour-rule".to_owned(), "an hour".to_owned());
        Command::Tick(Tick::Reclassify { rule, to, apply, reason })
    }

    fn is_outdated(rejection: &Rejection) -> bool {
        matches!(rejection, Rejection::Promise(promise) if matches!(**promise, PromiseRejection::Outdated))
    }

    #[test]
    fn d6_nobody_is_reminded_twice_of_the_same_moment() {
        let scene = Scene::declared();
        let command = remind(&scene);
        let reminded = scene.given(command.clone());
        assert!(is_outdated(&reminded.when(command).rejection()));
    }

    #[test]
    fn a_deadline_that_is_over_reminds_nobody() {
        let command = remind(&Scene::declared());
        assert!(is_outdated(&Scene::declared().resolved().closed().when(command).rejection()));
    }

    #[test]
    fn b1_a_rule_speaks_once_and_raises_only_where_the_policy_says_so() {
        let scene = Scene::declared_as(Severity::Sev3);
        let suggested = scene.clone().given(reclassify(Severity::Sev2, false));
        assert_eq!(suggested.clone().incident().severity, Severity::Sev3);
        assert!(is_outdated(&suggested.when(reclassify(Severity::Sev2, false)).rejection()));
        assert_eq!(scene.when(reclassify(Severity::Sev2, true)).incident().severity, Severity::Sev2);
        assert!(is_outdated(&Scene::declared_as(Severity::Sev1).when(reclassify(Severity::Sev2, true)).rejection()));
    }
}
