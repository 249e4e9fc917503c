//! A message as it leaves the house: made anew at each attempt from what the log holds by then.

use crate::engine::EngineError;
use crate::incident::fact::{Fact, MessageQueued};
use crate::incident::id::EventId;
use crate::incident::localized::Lang;
use crate::incident::roster::fold;
use crate::incident::slug::Purpose;
use crate::incident::state::Incident;
use crate::notify::Message;
use crate::store::{Contact, Entry, Found, Pending, Reader};
use crate::text::{no_longer, tick};
use serde_json::json;

/// Letters of a subject that is made from the words.
const SUBJECT: usize = 78;

/// A message, or why it is not sent any more.
pub(super) enum Letter {
    /// To be sent.
    Ready(Box<Message>),
    /// Not to be sent: in words, for the timeline.
    Void(String),
}

/// What a message is about, for whoever is told that it did not arrive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The incident's number.
    pub number: Option<u32>,
    /// What the message is there for.
    pub purpose: Option<Purpose>,
    /// The statement that it carries.
    pub statement: Option<EventId>,
    /// For whom it is; of a restricted incident nobody is named.
    pub to: Vec<String>,
    /// Whether its incident is restricted: whoever reads what the scheduler says may not know who is on it.
    pub restricted: bool,
}

/// What a pending message says by now, and what it is about.
pub(super) fn letter(reader: &Reader<'_>, pending: &Pending, lang: Lang) -> Result<(Letter, About), EngineError> {
    let missing = || (Letter::Void(no_longer::missing(lang)), About::default());
    let Some(entry) = entry(reader, pending.message)? else { return Ok(missing()) };
    let Some(incident) = reader.incident(pending.incident)? else { return Ok(missing()) };
    let Fact::MessageQueued(queued) = &entry.fact else { return Ok(missing()) };
    let letter = written(reader, (&entry, queued), &incident, lang)?;
    Ok((letter, about(queued, &incident)))
}

fn about(queued: &MessageQueued, incident: &Incident) -> About {
    let statement = queued.about.filter(|_| queued.purpose == Purpose::Statement);
    let audiences = statement.and_then(|id| incident.promises.statement(id)).map(|one| one.audiences.clone());
    let restricted = incident.restricted;
    let to = audiences.unwrap_or_else(|| if restricted { Vec::new() } else { queued.to.clone() });
    About { number: Some(incident.number), purpose: Some(queued.purpose), statement, to, restricted }
}

fn written(
    reader: &Reader<'_>,
    (entry, queued): (&Entry, &MessageQueued),
    incident: &Incident,
    lang: Lang,
) -> Result<Letter, EngineError> {
    if incident.drill {
        // Nothing is queued in an exercise; whatever got there goes nowhere (A5).
        return Ok(Letter::Void(no_longer::drill(lang)));
    }
    if is_undone(entry) {
        return Ok(Letter::Void(no_longer::taken_back(lang)));
    }
    let words = match (queued.purpose, queued.about) {
        (Purpose::Statement, Some(about)) => statement(reader, incident, about, lang)?,
        (Purpose::Call, Some(about)) if queued.text.is_none() => Ok(call(reader, incident, (queued, about), lang)?),
        _ => Ok((queued.subject.clone().unwrap_or_default(), queued.text.clone().unwrap_or_default())),
    };
    let (subject, text) = match words {
        Ok((_, text)) if text.is_empty() => return Ok(Letter::Void(no_longer::removed(lang))),
        Ok(words) => words,
        Err(why) => return Ok(Letter::Void(why)),
    };
    let recipients = addresses(reader, queued)?;
    Ok(Letter::Ready(Box::new(message((entry, queued, recipients), incident, (subject, text), lang))))
}

/// A statement's words as last corrected; why it is not said any more where it isn't.
fn statement(
    reader: &Reader<'_>,
    incident: &Incident,
    about: EventId,
    lang: Lang,
) -> Result<Result<(String, String), String>, EngineError> {
    // A wrong statement that is still on its way when it is corrected is better never sent (B6).
    let corrected = incident.promises.statement(about).is_some_and(|statement| statement.superseded_by.is_some());
    if corrected {
        return Ok(Err(no_longer::corrected(lang)));
    }
    let Some(Entry { fact: Fact::StatementDrafted(drafted), .. }) = entry(reader, about)? else {
        return Ok(Err(no_longer::missing(lang)));
    };
    Ok(Ok((drafted.subject.unwrap_or_default(), drafted.text)))
}

/// The words of a call that was asked for before anybody could tell for which incident it is.
fn call(
    reader: &Reader<'_>,
    incident: &Incident,
    (queued, about): (&MessageQueued, EventId),
    lang: Lang,
) -> Result<(String, String), EngineError> {
    let subject = tick::Subject::of(incident);
    let reason = match entry(reader, about)? {
        Some(Entry { fact: Fact::PeopleCalled(called), .. }) => called.reason,
        _ => None,
    };
    let text = tick::call_text(&subject, &queued.to, reason.as_deref(), lang);
    Ok((tick::call_subject(&subject, lang), text))
}

fn message(
    (entry, queued, recipients): (&Entry, &MessageQueued, Vec<String>),
    incident: &Incident,
    (subject, text): (String, String),
    lang: Lang,
) -> Message {
    let first: String = text.lines().next().unwrap_or_default().chars().take(SUBJECT).collect();
    // What goes to people outside names nothing but what was written for them.
    let data = match queued.purpose {
        Purpose::Statement => json!({ "purpose": queued.purpose }),
        Purpose::Call | Purpose::Reminder => json!({
            "purpose": queued.purpose,
            "title": if incident.restricted { None } else { Some(&incident.title) },
            "severity": incident.severity,
            "status": incident.status,
        }),
    };
    Message {
        id: entry.header.id.0,
        incident: incident.number,
        subject: if subject.is_empty() { first } else { subject },
        text,
        who: queued.to.clone(),
        recipients,
        data,
        lang,
    }
}

/// Where the people of a message are reached: as their contacts say, or as they were named, where that is an address.
fn addresses(reader: &Reader<'_>, queued: &MessageQueued) -> Result<Vec<String>, EngineError> {
    let named = || queued.to.iter().filter(|one| one.contains('@') && !one.starts_with('@')).cloned();
    if queued.purpose == Purpose::Statement || queued.to.is_empty() {
        return Ok(named().collect());
    }
    let mut found: Vec<String> = Vec::new();
    for contact in reader.contacts()?.into_iter().filter(|contact| is_named(queued, contact)) {
        if let Found::One(entry) = reader.find_entry(&contact.entry)?
            && let Fact::ContactAdded(added) = entry.fact
        {
            found.extend(added.reach);
        }
    }
    found.extend(named());
    found.dedup();
    Ok(found)
}

fn is_named(queued: &MessageQueued, contact: &Contact) -> bool {
    queued.to.iter().any(|name| fold(name) == fold(&contact.name))
}

fn is_undone(entry: &Entry) -> bool {
    entry.marks.iter().any(|(mark, _)| mark == "undone")
}

fn entry(reader: &Reader<'_>, id: EventId) -> Result<Option<Entry>, EngineError> {
    Ok(match reader.find_entry(&id.tag())? {
        Found::One(entry) => Some(*entry),
        Found::None | Found::Many(_) => None,
    })
}
