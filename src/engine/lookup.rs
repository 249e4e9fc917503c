//! Looking up beforehand what a rule needs to know, so that the rules themselves ask nothing.

use super::EngineError;
use super::request::Request;
use super::target::{named_entry, named_incident};
use crate::incident::alert::filled;
use crate::incident::command::{AddCause, Cancel, Command, Declare, Note, SupportCause};
use crate::incident::context::{Context, LastBatch, NamedEntry, OtherIncident};
use crate::incident::fact::Fact;
use crate::incident::id::{EventId, SpaceId};
use crate::incident::limits;
use crate::incident::state::{Incident, fold};
use crate::policy::Library;
use crate::store::{Entry, LastCommand, Reader, Row};
use std::collections::HashSet;

/// Everything that the rules for this request need.
pub fn context<'a>(
    reader: &Reader<'_>,
    request: &'a Request,
    incident: Option<&Incident>,
    library: &'a Library,
    space: SpaceId,
) -> Result<Context<'a>, EngineError> {
    let mut context = Context {
        now: request.stamp.now,
        at: request.happened_at(),
        at_given: request.at.is_some(),
        actor: &request.stamp.actor,
        batch: request.stamp.batch,
        policy: &library.policy,
        policy_left_out: library.policy_left_out,
        playbooks: &library.playbooks,
        space,
        next_number: 0,
        lookalike: None,
        other: None,
        entry: None,
        followed: Vec::new(),
        evidence: Vec::new(),
        history: Vec::new(),
        last: None,
    };
    match &request.command {
        Command::Declare(declare) => {
            context.next_number = reader.next_number(space)?;
            context.lookalike = lookalike(reader, &filled(declare, &library.policy, context.now))?;
        }
        Command::Note(Note { confirms: Some(typed), .. } | Note { refutes: Some(typed), .. }) => {
            let entry = named_entry(reader, typed)?;
            let (id, subject) = (entry.header.id, entry.header.subject);
            context.entry = Some(NamedEntry { id, subject, fact: entry.fact });
        }
        Command::Cancel(Cancel { of: Some(typed), .. }) => {
            let id = named_incident(reader, typed)?;
            context.other = reader.incident(id)?.map(|other| OtherIncident {
                id,
                number: other.number,
                title: other.title,
                status: other.status,
            });
        }
        Command::Amend(amend) => {
            let named = named_entry(reader, &amend.entry)?;
            // A correction is corrected by correcting what it corrected: the last one counts.
            let entry = match &named.fact {
                Fact::EntryAmended(amended) => named_entry(reader, &amended.entry.tag())?,
                _ => named,
            };
            context.history = reader.facts(entry.header.subject)?;
            if amend.at.is_some() {
                context.followed = followed(reader, &entry)?;
            }
            let (id, subject) = (entry.header.id, entry.header.subject);
            context.entry = Some(NamedEntry { id, subject, fact: entry.fact });
        }
        Command::Update(update) => {
            if let Some(typed) = update.statement.as_ref().or(update.corrects.as_ref()) {
                let entry = named_entry(reader, typed)?;
                let (id, subject) = (statement_of(&entry), entry.header.subject);
                context.entry = Some(NamedEntry { id, subject, fact: entry.fact });
            }
        }
        Command::TransferEvidence(transfer) => {
            let entry = named_entry(reader, &transfer.entry)?;
            context.history = reader.facts(entry.header.subject)?;
            let (id, subject) = (entry.header.id, entry.header.subject);
            context.entry = Some(NamedEntry { id, subject, fact: entry.fact });
        }
        Command::AddCause(AddCause { evidence, .. }) | Command::SupportCause(SupportCause { evidence, .. }) => {
            // One more than the rules take is enough for them to refuse.
            for typed in evidence.iter().take(limits::NAMES + 1) {
                let entry = named_entry(reader, typed)?;
                let (id, subject) = (entry.header.id, entry.header.subject);
                context.evidence.push(NamedEntry { id, subject, fact: entry.fact });
            }
        }
        Command::Undo => {
            if let Some(incident) = incident {
                context.last = last(reader, incident, &request.stamp.actor)?;
            }
        }
        _ => {}
    }
    Ok(context)
}

/// The statement that an entry is about: people name the sending as often as the words.
const fn statement_of(entry: &Entry) -> EventId {
    match &entry.fact {
        Fact::StatementSent(sent) => sent.statement,
        Fact::StatementApproved(approved) => approved.statement,
        _ => entry.header.id,
    }
}

fn lookalike(reader: &Reader<'_>, declare: &Declare) -> Result<Option<OtherIncident>, EngineError> {
    let row: Option<Row> = reader.alike(declare.title.trim(), &declare.services, declare.drill)?;
    Ok(row.map(|row| OtherIncident { id: row.id, number: row.number, title: row.title, status: row.status }))
}

/// The actor's last command, and the incident as it would stand without it.
fn last(reader: &Reader<'_>, incident: &Incident, actor: &str) -> Result<Option<LastBatch>, EngineError> {
    let Some(LastCommand { entries, later }) = reader.last_of(incident.id, actor)? else { return Ok(None) };
    let gone: HashSet<EventId> = entries.iter().map(|entry| entry.header.id).collect();
    let without = if entries.iter().all(|entry| matches!(entry.fact, Fact::NoteAdded(_))) {
        incident.clone()
    } else {
        let facts = reader.facts(incident.id)?;
        let kept = facts.iter().filter(|(meta, _)| !gone.contains(&meta.id));
        fold(incident.id, kept.map(|(meta, fact)| (meta, fact)))
    };
    let Some(batch) = entries.first().map(|entry| entry.header.batch) else { return Ok(None) };
    let entries = entries.into_iter().map(|entry| (entry.header.id, entry.fact)).collect();
    Ok(Some(LastBatch { batch, entries, without: Box::new(without), later }))
}

/// What followed from a deed: the rest of its command that happened when it did. Another deed of the same kind, such as
/// the second of two steps, did not follow from it, and from what is no deed itself nothing does.
fn followed(reader: &Reader<'_>, entry: &Entry) -> Result<Vec<NamedEntry>, EngineError> {
    let batch = reader.batch(entry.header.batch, entry.header.subject)?;
    let is_first = batch.first().is_some_and(|first| first.header.id == entry.header.id);
    if !is_first && !matches!(entry.fact, Fact::StatementSent(_)) {
        return Ok(Vec::new());
    }
    let (kind, at) = (&entry.header.kind, entry.header.at);
    let shares =
        |other: &Entry| other.header.kind != *kind && other.header.at == at && other.header.id != entry.header.id;
    let named = |other: Entry| NamedEntry { id: other.header.id, subject: other.header.subject, fact: other.fact };
    Ok(batch.into_iter().filter(|other| shares(other)).map(named).collect())
}
