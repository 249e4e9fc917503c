//! Calling people, their answers, the ladder, and handing over (D3, E12).

use super::Draft;
use crate::incident::command::{Ack, AnswerHandoff, Called, Escalate, OfferHandoff};
use crate::incident::fact::{
    CallAnswered, HandoffAnswered, HandoffOffered, MessageQueued, PeopleCalled, RoleAssigned, RoleUnassigned,
};
use crate::incident::id::EventId;
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};
use crate::incident::slug::Purpose;
use crate::incident::state::Handoff;
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::parse_span;

/// Calls everybody whom the command names; what stands behind a name was looked up beforehand.
pub(super) fn call(draft: &mut Draft<'_>, escalate: &Escalate, reason: Option<&String>) -> Result<(), Rejection> {
    let names = limits::names(Field::Person, &escalate.call)?;
    // What stands behind the names was looked up for all of them, or, by an older spool, for none.
    let bare: Vec<Called> = match escalate.called.as_slice() {
        [] => names.into_iter().map(|who| Called { who, ..Called::default() }).collect(),
        _ => Vec::new(),
    };
    // Whoever calls a ladder again begins anew: an answer to the call before is none to this one.
    let mut rounds: Vec<(String, EventId)> = Vec::new();
    for called in escalate.called.iter().chain(&bare) {
        let begun = called.ladder.as_ref().and_then(|ladder| rounds.iter().find(|(known, _)| known == ladder));
        let round = begun.map(|(_, round)| *round);
        if let (Some(ladder), None) = (&called.ladder, round) {
            rounds.push((ladder.clone(), draft.next_id()));
        }
        one(draft, called, reason.cloned(), round)?;
    }
    Ok(())
}

/// Calls somebody, with a message where they have a channel; without a round it begins one.
pub(super) fn one(
    draft: &mut Draft<'_>,
    called: &Called,
    reason: Option<String>,
    round: Option<EventId>,
) -> Result<(), Rejection> {
    let who = limits::name(Field::Person, &called.who)?;
    let policy = draft.context.policy;
    let usual = || policy.limits.answer.as_deref().and_then(|span| parse_span(span).ok());
    let wait: Option<Span> = called.wait.or_else(usual);
    // Nobody can answer a message before it leaves, whenever somebody wanted it sent.
    let from = match called.channel {
        Some(_) => draft.context.at.max(draft.context.now),
        None => draft.context.at,
    };
    let id = draft.next_id();
    draft.push(PeopleCalled {
        who: who.clone(),
        reason,
        ladder: called.ladder.clone(),
        tier: called.tier,
        channel: called.channel.clone(),
        answer_by: wait.map(|wait| from.plus(wait)),
        round: called.ladder.as_ref().map(|_| round.unwrap_or(id)),
    });
    if let Some(channel) = called.channel.as_ref().filter(|_| !draft.incident.drill) {
        draft.push(MessageQueued {
            purpose: Purpose::Call,
            channel: channel.clone(),
            about: Some(id),
            to: vec![who],
            subject: called.subject.clone(),
            text: called.text.clone(),
        });
    }
    Ok(())
}

pub(super) fn ack(draft: &mut Draft<'_>, ack: &Ack) -> Result<(), Rejection> {
    let person = ack.person.as_deref().unwrap_or(draft.context.actor);
    let person = limits::name(Field::Person, person)?;
    let text = ack.text.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    let open: Vec<_> = draft.incident.promises.calls.iter().filter(|call| call.answered.is_none()).cloned().collect();
    // Who answers somebody else's call stops the ladder for everybody: they have to say whose it is.
    let meant: Vec<_> = open.iter().filter(|call| call.who == person).collect();
    if meant.is_empty() {
        let called = open.iter().map(|call| call.who.clone()).collect();
        return Err(PromiseRejection::NoCall { person, called }.into());
    }
    for call in meant {
        let answer = CallAnswered { call: call.id, who: person.clone(), declined: ack.decline, text: text.clone() };
        draft.push(answer);
    }
    Ok(())
}

/// When a role that wears out is to be handed over, as the policy has it.
pub(super) fn hand_over_by(draft: &Draft<'_>, role: &str) -> Option<Timestamp> {
    let limits = &draft.context.policy.limits;
    let wears_out = limits.handover_roles.iter().any(|one| one == role);
    let span = limits.handover.as_deref().and_then(|span| parse_span(span).ok())?;
    wears_out.then(|| draft.context.at.plus(span))
}

pub(super) fn offer(draft: &mut Draft<'_>, offer: &OfferHandoff) -> Result<(), Rejection> {
    let to = limits::name(Field::Person, &offer.to)?;
    let brief = offer.brief.as_deref().map(|text| limits::text(Field::Handover, text)).transpose()?;
    let from = draft.context.actor.to_owned();
    if to == from {
        return Err(PromiseRejection::ToThemselves { person: to }.into());
    }
    let held: Vec<String> = {
        let roles = draft.incident.roles.iter();
        let own = roles.filter(|role| role.holders.iter().any(|holder| holder.name == from));
        own.map(|role| role.spec.id.clone()).collect()
    };
    let roles = if offer.roles.is_empty() {
        held
    } else {
        let mut named = Vec::new();
        for typed in &offer.roles {
            let role = draft.context.role(Some(&draft.incident), typed)?.id;
            if !held.contains(&role) {
                return Err(PromiseRejection::HoldsNothing { person: from }.into());
            }
            named.push(role);
        }
        named
    };
    if roles.is_empty() {
        return Err(PromiseRejection::HoldsNothing { person: from }.into());
    }
    draft.push(HandoffOffered { from, to, roles, brief });
    Ok(())
}

pub(super) fn answer(draft: &mut Draft<'_>, answer: &AnswerHandoff) -> Result<(), Rejection> {
    let person = limits::name(Field::Person, answer.person.as_deref().unwrap_or(draft.context.actor))?;
    let reason = answer.reason.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    if !answer.accept && reason.is_none() {
        return Err(Rejection::ReasonNeeded { verb: "handoff --refuse" });
    }
    let open: Vec<Handoff> = draft.incident.open_handoffs().cloned().collect();
    let (theirs, others): (Vec<Handoff>, Vec<Handoff>) = open.into_iter().partition(|offer| offer.to == person);
    if theirs.is_empty() {
        let offered = others.into_iter().map(|offer| offer.to).collect();
        return Err(PromiseRejection::NoOffer { person, offered }.into());
    }
    // One word settles all that they were offered: nobody should have to look for a second offer in the middle of a night.
    for offer in theirs {
        let (who, accepted, reason) = (person.clone(), answer.accept, reason.clone());
        draft.push(HandoffAnswered { handoff: offer.id, who, accepted, reason });
        if answer.accept {
            take_over(draft, &offer, &person);
        }
    }
    Ok(())
}

/// Gives the roles of an offer to whoever accepted it; what changed hands meanwhile is no longer the giver's to give.
fn take_over(draft: &mut Draft<'_>, offer: &Handoff, person: &str) {
    for role in &offer.roles {
        let holders = draft.incident.role(role).map(|role| role.holders.clone()).unwrap_or_default();
        let Some(held) = holders.iter().find(|holder| holder.name == offer.from) else { continue };
        let beside_others = holders.len() > 1;
        if beside_others {
            draft.push(RoleUnassigned { role: role.clone(), holders: vec![offer.from.clone()] });
        }
        let hand_over_by = hand_over_by(draft, role);
        draft.push(RoleAssigned {
            role: role.clone(),
            holder: person.to_owned(),
            beside_others,
            relieved: vec![offer.from.clone()],
            spec: None,
            scope: held.scope.clone(),
            duty: None,
            handover: None,
            hand_over_by,
        });
    }
}

#[cfg(test)]
mod tests;
