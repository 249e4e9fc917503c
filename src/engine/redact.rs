//! Removing an entry's words for good, wherever the store keeps them (E6).

use super::record::Session;
use super::request::Stamp;
use super::target::{TargetError, named_entry};
use super::{EngineError, inbox};
use crate::incident::fact::{EntryRedacted, Fact};
use crate::incident::id::EventId;
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::state::{Incident, fold};
use crate::store::{Entry, NewEntry, Reader, Writer};

/// What came of a redaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Redaction {
    /// The incident whose entry it was; `None` for words in the inbox.
    pub incident: Option<Incident>,
    /// The entries that say what was removed, and why.
    pub entries: Vec<Entry>,
    /// Whether bytes may still be in the file, because another process reads it.
    pub pending: bool,
    /// Other entries in which the same words stand.
    pub also_in: Vec<String>,
    /// Evidence that nothing refers to any more, by its SHA-256.
    pub evidence: Vec<String>,
    /// The words that were removed, for whoever keeps them outside of the store.
    pub words: Vec<String>,
}

impl Session<'_> {
    /// Removes an entry's words, those of its corrections, and those of its twins in the same command and the inbox.
    pub fn redact(&mut self, typed: &str, reason: &str, stamp: &Stamp) -> Result<Redaction, EngineError> {
        let reason = limits::text(Field::Reason, reason)?;
        let writer = self.store.begin()?;
        writer.settle_origin(stamp.identity(), &stamp.batch(), stamp.salt(usize::MAX))?;
        let entry = root(&writer.reader(), typed)?;
        let texts = texts(&entry);
        let family = family(&writer.reader(), &entry, &texts)?;
        let targets: Vec<&Entry> =
            family.iter().filter(|one| !one.redacted && one.fact.encode().words.is_some()).collect();
        if targets.is_empty() {
            return Err(Rejection::NoWords { entry: entry.short }.into());
        }
        let new = targets.iter().enumerate().map(|(index, target)| NewEntry {
            subject: target.header.subject,
            fact: EntryRedacted {
                entry: target.header.id,
                kind: target.header.kind.clone(),
                by: target.header.actor.clone(),
                evidence: digest(&target.fact).map(str::to_owned),
                reason: reason.clone(),
            }
            .into(),
            salt: stamp.salt(index),
        });
        let entries = writer.append(&stamp.batch(), new.collect())?;
        for target in &targets {
            writer.blank(target.header.id)?;
        }
        let incident = refold(&writer, &entry)?;
        let evidence: Vec<&str> = targets.iter().filter_map(|target| digest(&target.fact)).collect();
        let evidence = writer.reader().unreferenced(&evidence)?;
        let gone: Vec<EventId> = targets.iter().map(|target| target.header.id).collect();
        let also_in = writer.reader().containing(&texts, &gone)?;
        writer.commit()?;
        let pending = !self.store.scrub().unwrap_or(false);
        let mut words: Vec<String> = targets.iter().flat_map(|target| self::texts(target)).collect();
        words.dedup();
        Ok(Redaction { incident, entries, pending, also_in, evidence, words })
    }
}

/// The entry itself, where a correction of it was named.
fn root(reader: &Reader<'_>, typed: &str) -> Result<Entry, TargetError> {
    let named = named_entry(reader, typed)?;
    match &named.fact {
        Fact::EntryAmended(amended) => named_entry(reader, &amended.entry.tag()),
        _ => Ok(named),
    }
}

/// Every text that the entry holds, as stored.
fn texts(entry: &Entry) -> Vec<String> {
    let original = entry.correction.as_ref().map_or(&entry.fact, |correction| &correction.fact);
    let words = [original, &entry.fact].map(|fact| fact.encode().words.unwrap_or_default());
    let mut found = Vec::new();
    for words in words {
        leaves(&serde_json::from_slice(&words).unwrap_or_default(), &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn leaves(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if !text.trim().is_empty() => found.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| leaves(field, found)),
        _ => {}
    }
}

/// The entry, its corrections, what the same command wrote with the same words, and its twin in the inbox.
fn family(reader: &Reader<'_>, entry: &Entry, texts: &[String]) -> Result<Vec<Entry>, EngineError> {
    let mut family = vec![entry.clone()];
    family.extend(reader.corrections(entry.header.id)?);
    let shares = |other: &Entry| self::texts(other).iter().any(|text| texts.contains(text));
    let batch = reader.batch(entry.header.batch, entry.header.subject)?;
    family.extend(batch.into_iter().filter(|other| other.header.id != entry.header.id && shares(other)));
    let twins = match (&entry.fact, &entry.header.key) {
        (Fact::InboxKept(_), _) => reader.by_key(&inbox::filed_under(entry.header.id))?,
        (_, Some(key)) => match inbox::kept_as(&key.value) {
            Some(tag) => vec![named_entry(reader, tag)?],
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    // A command's start and its end hold the same line.
    for other in command_of(reader, entry)? {
        if other.header.id != entry.header.id && !family.iter().any(|one| one.header.id == other.header.id) {
            family.push(other);
        }
    }
    family.extend(twins.into_iter().filter(|other| other.header.id != entry.header.id));
    Ok(family)
}

/// The start of the command whose end this is, or the end of the one whose start it is.
fn command_of(reader: &Reader<'_>, entry: &Entry) -> Result<Vec<Entry>, EngineError> {
    let others: Vec<String> = match &entry.fact {
        Fact::CommandRun(run) => run.started.iter().map(|id| id.tag()).collect(),
        _ => entry.marks.iter().filter(|(mark, _)| mark == "ended").map(|(_, by)| by.clone()).collect(),
    };
    let mut found = Vec::new();
    for tag in others {
        match named_entry(reader, &tag) {
            Ok(other) => found.push(other),
            // Its start may be elsewhere, or may have been kept in the inbox.
            Err(TargetError::NoEntry { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

/// The SHA-256 of the evidence that an entry brought in.
fn digest(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::EvidenceAdded(added) => Some(&added.sha256),
        Fact::CommandRun(run) => run.output.as_ref().map(|output| output.sha256.as_str()),
        _ => None,
    }
}

/// The incident without the words, written back: its row held them too.
fn refold(writer: &Writer<'_>, entry: &Entry) -> Result<Option<Incident>, EngineError> {
    let subject = entry.header.subject;
    let reader = writer.reader();
    let Some((_, folded)) = reader.folded(subject)? else { return Ok(None) };
    let facts = reader.facts(subject)?;
    let incident = fold(subject, facts.iter().map(|(meta, fact)| (meta, fact)));
    writer.put(&incident, folded)?;
    Ok(Some(incident))
}
