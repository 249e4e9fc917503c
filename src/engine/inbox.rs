//! Words that could not be placed: kept as the command that was typed, run when somebody says where they belong.

use super::EngineError;
use super::record::{Receipt, Session};
use super::request::{Request, Stamp};
use super::secrets::in_command;
use super::target::{TargetError, named_entry};
use crate::incident::command::Command;
use crate::incident::fact::{Fact, InboxDiscarded, InboxFiled, InboxKept};
use crate::incident::id::{BatchId, EventId, SubjectId};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::when::When;
use crate::store::{Entry, NewEntry};
use serde_json::json;

/// Keys of what was filed from the inbox.
const FILED: &str = "inbox:";

impl Session<'_> {
    /// Keeps a command's words until somebody says where they belong.
    pub fn keep(&mut self, request: &Request) -> Result<Entry, EngineError> {
        let words = request.command.words().unwrap_or_default();
        limits::text(Field::Note, &words)?;
        if let Some(rule) = in_command(&request.command).filter(|_| self.engine.refuses_secrets()) {
            return Err(Rejection::Secret { rule: rule.to_owned() }.into());
        }
        if let Some(key) = &request.key
            && let Some(entry) = self.store.reader().by_key(key)?.pop()
        {
            if matches!(&entry.fact, Fact::InboxKept(kept) if entry.redacted || same(kept, &request.command)) {
                return Ok(entry);
            }
            return Err(EngineError::KeyReused { key: key.clone(), number: None, kind: entry.header.kind });
        }
        let command = json!({ "command": request.command, "at": request.at });
        let fact = Fact::from(InboxKept { verb: request.command.verb().to_owned(), command, refused: None });
        self.on_store(request, fact)
    }

    /// Runs a kept command on an incident, at the time it was typed; what leaves the house only now leaves it now.
    pub fn file(&mut self, item: &str, id: SubjectId, stamp: &Stamp) -> Result<Receipt, EngineError> {
        let entry = self.kept(item)?;
        let Fact::InboxKept(kept) = &entry.fact else { return Err(no_entry(item)) };
        let command: Command = serde_json::from_value(kept.command["command"].clone()).map_err(|_| no_entry(item))?;
        let typed_at: Option<When> = serde_json::from_value(kept.command["at"].clone()).unwrap_or_default();
        let at = typed_at.unwrap_or_else(|| When {
            at: entry.header.at,
            approximate: false,
            zone: None,
            typed: entry.header.at.to_string(),
            date_assumed: false,
        });
        let writer_stamp =
            Stamp { actor: entry.header.actor.clone(), actor_from: entry.header.actor_from, ..stamp.clone() };
        let request = Request {
            subject: super::Subject::Incident(id),
            at: Some(at).filter(|_| !command.reaches_out()),
            command,
            key: Some(filed_under(entry.header.id)),
            named: None,
            stamp: writer_stamp,
        };
        let receipt = self.record(&request)?;
        let filed = InboxFiled { item: entry.header.id, incident: id, number: receipt.incident.number };
        // Whoever wrote the words wrote the entry; whoever filed them wrote this one.
        let batch = BatchId(stamp.batch.event(usize::MAX).0);
        let stamp = Stamp { batch, ..stamp.clone() };
        self.on_store(&Request { at: None, key: None, stamp, ..request }, filed.into())?;
        Ok(receipt)
    }

    /// Throws kept words away, with a reason; they stay readable in the log.
    pub fn discard(&mut self, item: &str, reason: &str, request: &Request) -> Result<Entry, EngineError> {
        let entry = self.kept(item)?;
        let reason = limits::text(Field::Reason, reason)?;
        self.on_store(request, InboxDiscarded { item: entry.header.id, reason }.into())
    }

    /// Whether the same request went to the inbox under its key before: then it is filed to its incident now.
    pub(super) fn filed_earlier(&mut self, request: &Request) -> Result<Option<Receipt>, EngineError> {
        let (Some(key), super::Subject::Incident(id)) = (&request.key, request.subject) else { return Ok(None) };
        let Some(entry) = self.store.reader().by_key(key)?.pop() else { return Ok(None) };
        let Fact::InboxKept(kept) = &entry.fact else { return Ok(None) };
        // Nobody can tell any more what redacted words were; the key alone has to do.
        if !same(kept, &request.command) && !entry.redacted {
            return Ok(None);
        }
        let filed = self.store.reader().by_key(&filed_under(entry.header.id))?;
        let Some(first) = filed.first() else {
            return self.file(&entry.header.id.tag(), id, &request.stamp).map(Some);
        };
        let incident = self.store.reader().incident(first.header.subject)?;
        Ok(incident.map(|incident| Receipt {
            incident,
            before: None,
            entries: filed,
            duplicate: true,
            secrets: Vec::new(),
        }))
    }

    fn kept(&self, item: &str) -> Result<Entry, EngineError> {
        let reader = self.store.reader();
        let entry = named_entry(&reader, item)?;
        let open = reader.inbox()?.iter().any(|kept| kept.entry.header.id == entry.header.id);
        if open { Ok(entry) } else { Err(no_entry(item)) }
    }

    fn on_store(&mut self, request: &Request, fact: Fact) -> Result<Entry, EngineError> {
        let writer = self.store.begin()?;
        let space = writer.settle_origin(request.stamp.identity(), &request.batch(), request.stamp.salt(usize::MAX))?;
        let batch = request.batch_of(std::slice::from_ref(&fact));
        let new = NewEntry { subject: SubjectId(space.0), fact, salt: request.stamp.salt(0) };
        let entry = writer.append(&batch, vec![new])?.pop().ok_or_else(|| no_entry(""))?;
        writer.commit()?;
        Ok(entry)
    }
}

/// The key under which a kept item is filed.
pub(super) fn filed_under(item: EventId) -> String {
    format!("{FILED}{}", item.tag())
}

/// The kept item that a key says was filed.
pub(super) fn kept_as(key: &str) -> Option<&str> {
    key.strip_prefix(FILED)
}

/// Whether a kept command is this one.
fn same(kept: &InboxKept, command: &Command) -> bool {
    serde_json::from_value::<Command>(kept.command["command"].clone()).ok().as_ref() == Some(command)
}

fn no_entry(typed: &str) -> EngineError {
    TargetError::NoEntry { typed: typed.to_owned() }.into()
}
