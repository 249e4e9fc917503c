//! Taking over what was said in a chat: each message once, at the time at which it was said.

use super::EngineError;
use super::record::Session;
use super::request::Stamp;
use super::target::TargetError;
use crate::incident::fact::{ChatImported, Fact};
use crate::incident::id::SubjectId;
use crate::incident::limits;
use crate::incident::past::{Happened, Line, OnRecord, unsaid};
use crate::store::{Entry, Reader};

/// What became of a chat's log.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The incident's number.
    pub number: u32,
    /// How many messages are new.
    pub imported: usize,
    /// How many were on record before.
    pub unchanged: usize,
    /// The entries that were written; none where nothing was to be kept.
    pub entries: Vec<Entry>,
    /// Entries whose words look like a secret, by the rule that says so.
    pub secrets: Vec<(String, &'static str)>,
}

impl Session<'_> {
    /// Records messages of a chat on an incident; with `dry` nothing is kept.
    pub fn hear(&mut self, stamp: &Stamp, id: SubjectId, lines: Vec<Line>, dry: bool) -> Result<Heard, EngineError> {
        let writer = self.store.begin()?;
        writer.settle_origin(stamp.identity(), &stamp.batch(), stamp.salt(usize::MAX))?;
        let reader = writer.reader();
        let missing = || TargetError::NoIncident { typed: id.to_string() };
        let incident = reader.incident(id)?.ok_or_else(missing)?;
        let (number, all) = (incident.number, lines.len());
        let new = unsaid(lines, &on_record(&reader, id)?);
        let imported = new.len();
        let found: Vec<(Happened, Fact)> = new.into_iter().flat_map(facts).collect();
        let facts: Vec<Fact> = found.iter().map(|(_, fact)| fact.clone()).collect();
        let secret = self.engine.secrets_in(&facts)?;
        let mut heard = Heard { number, imported, unchanged: all - imported, entries: Vec::new(), secrets: Vec::new() };
        if dry || found.is_empty() {
            return Ok(heard);
        }
        super::past::append(&writer, stamp, &stamp.batch(), (id, Some(incident)), found)?;
        heard.entries = reader.batch(stamp.batch, id)?;
        let named = |(at, rule): (usize, &'static str)| Some((heard.entries.get(at)?.short.clone(), rule));
        heard.secrets = secret.into_iter().filter_map(named).collect();
        let pending = writer.commit()?;
        self.finish(pending);
        Ok(heard)
    }
}

/// The messages that are on record.
fn on_record(reader: &Reader<'_>, id: SubjectId) -> Result<Vec<OnRecord>, EngineError> {
    let mut recorded = Vec::new();
    for entry in reader.of_kind(id, "chat.imported")? {
        let Fact::ChatImported(chat) = entry.fact else { continue };
        // A message is known by its first part.
        if chat.part.is_none_or(|part| part == 1) {
            let said = (!entry.redacted).then_some((chat.author, chat.text));
            recorded.push(OnRecord { source: chat.source, at: entry.header.at, said });
        }
    }
    Ok(recorded)
}

/// A message as entries: one, or several where it is longer than one may be.
fn facts(line: Line) -> Vec<(Happened, Fact)> {
    let texts = limits::parts(&line.text);
    let split = texts.len() > 1;
    let fact = |(part, text): (u32, &str)| {
        let chat = ChatImported {
            source: line.source.clone(),
            thread: line.thread.clone(),
            edited: line.edited,
            part: split.then_some(part),
            author: line.author.clone(),
            text: text.to_owned(),
        };
        (Happened::exactly(line.at), Fact::from(chat))
    };
    (1..).zip(texts).map(fact).collect()
}
