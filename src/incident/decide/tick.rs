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
            let drill = draft.incident.drill;
            for channel in channels.iter().filter(|_| !drill) {
                draft.push(MessageQueued {
                    purpose: Purpose::Reminder,
                    channel: channel.clone(),
                    about: None,
                    to: to.clone(),
                    subject: Some(subject.clone()),
                    text: Some(text.clone()),
                });
            }
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
        Tick::CallNext { call, who, channel, wait, subject, text } => {
            let promises = &draft.incident.promises;
            let open = promises.calls.iter().find(|open| open.id == *call && !open.passed_on).cloned();
            let Some(open) = open.filter(|open| !promises.is_answered(open)) else {
                return Err(PromiseRejection::Outdated.into());
            };
            let Some(ladder) = open.ladder.filter(|_| !who.is_empty()) else {
                draft.push(LadderEnded { ladder: open.who, call: *call });
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
                call::one(draft, &called, None)?;
            }
            Ok(())
        }
        Tick::Deliver(delivery) => deliver(draft, delivery),
    }
}

fn deliver(draft: &mut Draft<'_>, delivery: &Delivery) -> Result<(), Rejection> {
    let (message, attempt): (EventId, u32) = (delivery.message, delivery.attempt);
    let (channel, uncertain) = (delivery.channel.clone(), delivery.uncertain);
    draft.push(match &delivery.failed {
        None => Fact::from(MessageDelivered { message, channel, attempt, uncertain }),
        Some(reason) => {
            let (reason, next_at) = (reason.clone(), delivery.next_at);
            MessageFailed { message, channel, attempt, next_at, uncertain, reason }.into()
        }
    });
    Ok(())
}
