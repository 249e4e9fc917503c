//! What stakeholders are told: by whom approved, how it went out, what it corrects (A6, B4–B6, E7).

use super::Draft;
use super::clocks::Told;
use crate::incident::command::{AddAnswer, Brief, Update};
use crate::incident::fact::{
    AnswerAdded, MessageQueued, PeopleBriefed, StatementApproved, StatementDrafted, StatementSent,
};
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::limits;
use crate::incident::rejection::{Field, PromiseRejection, Rejection};
use crate::incident::slug::{Conveyance, Purpose, Stage};
use crate::incident::state::Statement;
use crate::incident::status::Status;

pub(super) fn update(draft: &mut Draft<'_>, update: &Update) -> Result<(), Rejection> {
    // Channels and approvals stand in the same file: where it can't be read, nothing leaves the house on its own.
    if update.how == Some(Conveyance::Sent) && draft.context.policy_left_out {
        return Err(PromiseRejection::PolicyUnreadable.into());
    }
    if update.how == Some(Conveyance::Sent) && draft.context.at_given {
        return Err(PromiseRejection::SendsNow.into());
    }
    let id = match &update.statement {
        Some(_) => known(draft)?.id,
        None => write(draft, update)?,
    };
    let statement = draft.incident.promises.statement(id).cloned();
    let Some(statement) = statement else { return Err(PromiseRejection::NoStatement { entry: short(id) }.into()) };
    if let Some(by) = statement.superseded_by {
        return Err(PromiseRejection::Superseded { entry: short(id), by: short(by) }.into());
    }
    // What nobody got can be said another way.
    if statement.sent.is_some() && (statement.given_up().next().is_none() || update.how.is_none()) {
        return Err(PromiseRejection::SentAlready { entry: short(id) }.into());
    }
    approve(draft, &statement, update)?;
    match update.how {
        Some(how) => send(draft, id, update, how),
        None => Ok(()),
    }
}

/// The statement that the command names.
fn known(draft: &Draft<'_>) -> Result<Statement, Rejection> {
    let entry = draft.context.entry.as_ref();
    let id = entry.map(|entry| entry.id);
    let own = entry.is_some_and(|entry| entry.subject == draft.incident.id);
    let tag = id.map(short).unwrap_or_default();
    if !own {
        return Err(Rejection::ForeignEntry { entry: tag });
    }
    let found = id.and_then(|id| draft.incident.promises.statement(id)).cloned();
    found.ok_or_else(|| PromiseRejection::NoStatement { entry: tag }.into())
}

/// Writes a new statement down; its id.
fn write(draft: &mut Draft<'_>, update: &Update) -> Result<EventId, Rejection> {
    let text = limits::text(Field::Statement, update.text.as_deref().unwrap_or_default())?;
    let subject = update.subject.as_deref().map(|line| limits::line(Field::Subject, line)).transpose()?;
    let wrong = update.corrects.as_ref().map(|_| wrong(draft)).transpose()?;
    let audiences = match &wrong {
        // Everyone who heard the wrong one hears the right one.
        Some(wrong) => wrong.audiences.clone(),
        None => audiences(draft, &update.audiences)?,
    };
    let mut channels = wrong.as_ref().map(heard_through).unwrap_or_default();
    if channels.is_empty() || !update.channels.is_empty() {
        let more = channels_for(draft, update, &audiences)?;
        channels.extend(more.into_iter().filter(|one| !channels.contains(one)).collect::<Vec<_>>());
    }
    let needs = needs(draft, &audiences);
    let told = |audience: &String| earlier(draft, audience).next().is_some();
    let approval_unknown = draft.context.policy_left_out && !audiences.iter().all(told);
    let id = draft.next_id();
    draft.push(StatementDrafted {
        stage: update.stage.unwrap_or_else(|| stage(draft, &audiences, wrong.is_some())),
        audiences,
        channels,
        corrects: wrong.map(|wrong| wrong.id),
        needs,
        approval_unknown,
        template: update.template.clone(),
        next_at: update.next.map(|next| draft.context.at.plus(next)),
        subject,
        text,
    });
    Ok(id)
}

/// The channels through which people got a statement: nobody else needs to hear that it was wrong.
fn heard_through(wrong: &Statement) -> Vec<String> {
    let got = |channel: &&String| !wrong.given_up().any(|lost| lost == *channel);
    let got: Vec<String> = wrong.channels.iter().filter(got).cloned().collect();
    if got.is_empty() { wrong.channels.clone() } else { got }
}

/// The statements to an audience whose approval was known when they were written.
fn earlier<'a>(draft: &'a Draft<'_>, audience: &'a String) -> impl Iterator<Item = &'a Statement> {
    let statements = draft.incident.promises.statements.iter();
    statements.filter(move |one| !one.approval_unknown && one.audiences.contains(audience))
}

/// The roles that have to approve what these audiences are told: those of the policy, or, where it can't be read,
/// those that it asked for earlier in this incident.
fn needs(draft: &Draft<'_>, audiences: &[String]) -> Vec<String> {
    let policy = draft.context.policy;
    let asked = audiences.iter().filter_map(|one| policy.audience(one)).flat_map(|audience| &audience.approval);
    let before = audiences.iter().flat_map(|one| earlier(draft, one)).flat_map(|statement| &statement.needs);
    let mut needs: Vec<String> = Vec::new();
    for role in asked.chain(before.filter(|_| draft.context.policy_left_out)) {
        if !needs.contains(role) {
            needs.push(role.clone());
        }
    }
    needs
}

/// The statement that turned out to be wrong.
fn wrong(draft: &Draft<'_>) -> Result<Statement, Rejection> {
    let wrong = known(draft)?;
    let entry = short(wrong.id);
    if wrong.sent.is_none() {
        return Err(PromiseRejection::NeverSent { entry }.into());
    }
    match wrong.superseded_by {
        Some(by) => Err(PromiseRejection::Superseded { entry, by: short(by) }.into()),
        None => Ok(wrong),
    }
}

fn audiences(draft: &Draft<'_>, typed: &[String]) -> Result<Vec<String>, Rejection> {
    let policy = draft.context.policy;
    let known = || policy.audience.iter().map(|audience| audience.id.clone()).collect();
    if typed.is_empty() {
        return Err(PromiseRejection::NoAudience { known: known() }.into());
    }
    let mut found: Vec<String> = Vec::new();
    for one in typed {
        let unknown = || PromiseRejection::UnknownAudience { typed: one.clone(), known: known() };
        let id = policy.audience(one).map(|audience| audience.id.clone()).ok_or_else(unknown)?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The channels that were named, or else those of the audiences that the policy has.
fn channels_for(draft: &Draft<'_>, update: &Update, audiences: &[String]) -> Result<Vec<String>, Rejection> {
    let policy = draft.context.policy;
    let named = limits::names(Field::Channel, &update.channels)?;
    if !named.is_empty() {
        if update.how == Some(Conveyance::Sent)
            && let Some(typed) = named.iter().find(|name| !policy.has_channel(name))
        {
            let known = policy.channel.iter().map(|channel| channel.id.clone()).collect();
            return Err(PromiseRejection::UnknownChannel { typed: typed.clone(), known }.into());
        }
        return Ok(named);
    }
    let mut all: Vec<String> = Vec::new();
    let of_audiences = audiences.iter().filter_map(|one| policy.audience(one)).flat_map(|audience| &audience.channels);
    for channel in of_audiences.filter(|channel| policy.has_channel(channel)) {
        if !all.contains(channel) {
            all.push(channel.clone());
        }
    }
    Ok(all)
}

/// What a statement is there for, where nobody says.
fn stage(draft: &Draft<'_>, audiences: &[String], corrects: bool) -> Stage {
    let told = audiences.iter().any(|audience| draft.incident.promises.standing(audience).is_some());
    match draft.incident.status {
        _ if corrects => Stage::Correction,
        Status::Resolved | Status::Closed => Stage::Resolved,
        _ if told => Stage::Progress,
        _ => Stage::Initial,
    }
}

/// Approves where the one who acts may, and insists where that was asked for (E7).
fn approve(draft: &mut Draft<'_>, statement: &Statement, update: &Update) -> Result<(), Rejection> {
    let (asked, sends) = (update.approve, update.how.is_some());
    let entry = short(statement.id);
    // What nobody could tell when it was written is told now, where it can be.
    let needed = if statement.approval_unknown { needs(draft, &statement.audiences) } else { statement.needs.clone() };
    let lacking: Vec<String> = needed.iter().filter(|role| !statement.approved.contains(role)).cloned().collect();
    if lacking.is_empty() && asked && needed.is_empty() {
        return Err(PromiseRejection::NothingToApprove { entry }.into());
    }
    if !asked && !sends {
        return Ok(());
    }
    let actor = draft.context.actor.to_owned();
    let (theirs, others): (Vec<String>, Vec<String>) =
        lacking.into_iter().partition(|role| draft.incident.carriers(role).contains(&actor.as_str()));
    if theirs.is_empty() && asked && !others.is_empty() {
        return Err(PromiseRejection::NotTheirsToApprove { entry, person: actor, roles: others }.into());
    }
    for role in theirs {
        draft.push(StatementApproved { statement: statement.id, role, by: actor.clone() });
    }
    if sends && !others.is_empty() {
        let carriers = others.iter().flat_map(|role| draft.incident.carriers(role));
        let people = carriers.map(str::to_owned).collect();
        return Err(PromiseRejection::NotApproved { entry, roles: others, people }.into());
    }
    Ok(())
}

/// Lets a statement go: into the outbox, or as said to have gone by hand; and meets the deadlines that waited for it.
fn send(draft: &mut Draft<'_>, id: EventId, update: &Update, how: Conveyance) -> Result<(), Rejection> {
    let Some(statement) = draft.incident.promises.statement(id).cloned() else { return Ok(()) };
    let again = statement.sent.is_some();
    let named = update.statement.is_some() && !update.channels.is_empty();
    let channels = if named || (statement.channels.is_empty() && !again) {
        // What was written while no channel was known takes those that are known by now.
        channels_for(draft, update, &statement.audiences)?
    } else if again && how != Conveyance::Sent {
        Vec::new()
    } else if again {
        statement.given_up().cloned().collect()
    } else {
        statement.channels.clone()
    };
    let (at, policy) = (draft.context.at, draft.context.policy);
    let reachable: Vec<String> = channels.iter().filter(|one| policy.has_channel(one)).cloned().collect();
    if how == Conveyance::Sent && reachable.is_empty() {
        return Err(PromiseRejection::NoChannel { audience: statement.audiences.join(", ") }.into());
    }
    if how == Conveyance::Sent && statement.promised_at.is_some_and(|next| next <= at) {
        // The promise stands in its words: sending it now would break it at once.
        let (entry, audiences) = (short(id), statement.audiences.clone());
        return Err(PromiseRejection::PromisePast { entry, audiences }.into());
    }
    let left = statement.promised_at.and_then(|next| next.since(at)).filter(|left| left.millis() > 0);
    let told = Told {
        audiences: &statement.audiences,
        channels: &channels,
        stage: statement.stage,
        how,
        next: update.next.or(left),
    };
    let met = told.met(&draft.incident.promises.clocks, at);
    let promised = told.promised(&met, at);
    draft.push(StatementSent {
        statement: id,
        audiences: statement.audiences.clone(),
        stage: statement.stage,
        how,
        next_at: told.next_at(&met, at),
        channels: channels.clone(),
        corrects: statement.corrects,
    });
    for met in met {
        draft.push(met);
    }
    for clock in promised {
        draft.push(clock);
    }
    // An exercise reaches nobody (A5).
    if how == Conveyance::Sent && !draft.incident.drill {
        for channel in reachable {
            draft.push(MessageQueued {
                purpose: Purpose::Statement,
                channel,
                about: Some(id),
                to: Vec::new(),
                subject: None,
                text: None,
            });
        }
    }
    Ok(())
}

pub(super) fn answer(draft: &mut Draft<'_>, add: &AddAnswer) -> Result<(), Rejection> {
    let question = limits::line(Field::Answer, &add.question)?;
    let answer = limits::text(Field::Answer, &add.answer)?;
    draft.push(AnswerAdded { question, answer });
    Ok(())
}

pub(super) fn brief(draft: &mut Draft<'_>, brief: &Brief) -> Result<(), Rejection> {
    let names = limits::names(Field::Person, &brief.names)?;
    if names.is_empty() {
        return Err(Rejection::Empty { field: Field::Person });
    }
    let audience = match &brief.audience {
        Some(typed) => audiences(draft, std::slice::from_ref(typed))?.pop(),
        None => None,
    };
    draft.push(PeopleBriefed { names, audience });
    Ok(())
}

/// The letters of an entry's display id that are nearly always enough.
fn short(id: EventId) -> String {
    id.tag()[..TAG_SHORTEST].to_owned()
}

#[cfg(test)]
mod tests;
