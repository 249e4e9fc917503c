//! Facts about the store that somebody asks for: as of a time that they may name, and once under a key.

use super::EngineError;
use super::record::Session;
use super::request::Request;
use crate::incident::fact::Fact;
use crate::incident::id::SubjectId;
use crate::incident::limits;
use crate::incident::rejection::Field;
use crate::store::{Entry, NewEntry, Reader};

/// What became of facts about the store.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What was written, or what the same request wrote before.
    pub entries: Vec<Entry>,
    /// Whether the same key had been used for the same request.
    pub duplicate: bool,
    /// Entries whose words look like a secret, by the rule that says so.
    pub secrets: Vec<(String, &'static str)>,
}

impl Session<'_> {
    /// Records facts about the store, decided by what it holds at that moment.
    ///
    /// Such a request has no command; what was asked for is in `named`, so that a key means one request.
    pub fn say_asked(
        &mut self,
        request: &Request,
        decide: impl FnOnce(&Reader<'_>) -> Result<Vec<Fact>, EngineError>,
    ) -> Result<Said, EngineError> {
        let writer = self.store.begin()?;
        if let Some(key) = &request.key {
            limits::name(Field::Key, key)?;
            if let Some(entries) = said_before(&writer.reader(), request, key)? {
                return Ok(Said { entries, duplicate: true, secrets: Vec::new() });
            }
        }
        let facts = decide(&writer.reader())?;
        let found = self.engine.secrets_in(&facts)?;
        let space = writer.settle_origin(request.stamp.identity(), &request.batch(), request.stamp.salt(usize::MAX))?;
        let batch = request.batch_of(&facts);
        let new = |(index, fact)| NewEntry { subject: SubjectId(space.0), fact, salt: request.stamp.salt(index) };
        let entries = writer.append(&batch, facts.into_iter().enumerate().map(new).collect())?;
        writer.commit()?;
        let secrets = found.into_iter().filter_map(|(at, rule)| Some((entries.get(at)?.short.clone(), rule))).collect();
        Ok(Said { entries, duplicate: false, secrets })
    }
}

/// What the same key wrote before; refused when it stood for something else.
fn said_before(reader: &Reader<'_>, request: &Request, key: &str) -> Result<Option<Vec<Entry>>, EngineError> {
    let entries = reader.by_key(key)?;
    let Some(first) = entries.first() else { return Ok(None) };
    let salted = request.header_key(reader.key_salt(key)?.as_ref());
    // Nobody can tell any more what redacted words were; the key alone has to do.
    let same = first.header.key == salted
        || first.header.key == request.header_key(None)
        || entries.iter().any(|entry| entry.redacted);
    if same && reader.incident(first.header.subject)?.is_none() {
        return Ok(Some(entries));
    }
    let number = reader.incident(first.header.subject)?.map(|incident| incident.number);
    Err(EngineError::KeyReused { key: key.to_owned(), number, kind: first.header.kind.clone() })
}
