//! Walking the chains of a store, entry by entry, in little memory.

use super::reader::Reader;
use super::writer::last_of;
use super::{StoreError, schema};
use crate::incident::chain::{Columns, Noted, Stored, Verification, Walk};
use crate::incident::fact::{Head, OriginStarted};
use crate::incident::header::Hash;
use crate::incident::id::{OriginId, SubjectId};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row as SqlRow, params};
use std::collections::HashMap;
use uuid::Uuid;

/// How many entries are walked between two reports of progress.
const STRIDE: u64 = 4_096;

const WALKED: &str =
    "SELECT n, subject, tag, batch, key, hlc, at, recorded_at, actor, kind, header, facts, words, salt,
    words_digest, hash FROM log WHERE n >= ?1 AND n < ?2 ORDER BY n";

impl Reader<'_> {
    /// How many entries the log has.
    pub fn count(&self) -> Result<u64, StoreError> {
        let count: i64 =
            self.ask(|connection| connection.query_row("SELECT count(*) FROM log", [], |row| row.get(0)))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Walks every origin's chain, or those that wrote about an incident, and compares with noted heads; `progress` is
    /// told how many entries were walked.
    pub fn verify(
        &self,
        about: Option<SubjectId>,
        noted: Vec<Noted>,
        mut progress: impl FnMut(u64),
    ) -> Result<Verification, StoreError> {
        let origins = self.origins()?;
        let wanted = self.writers_about(about)?;
        let mut walk = Walk::new(noted);
        let mut walked = 0;
        self.ask(|connection| {
            let mut subjects: HashMap<i64, SubjectId> = HashMap::new();
            let mut find_subject = connection.prepare("SELECT id FROM subjects WHERE n = ?1")?;
            let mut query = connection.prepare(WALKED)?;
            for (n, origin) in origins.iter().filter(|(n, _)| wanted.as_ref().is_none_or(|some| some.contains(n))) {
                let mut rows = query.query(params![schema::place(*n, 0), schema::place(n + 1, 0)])?;
                while let Some(row) = rows.next()? {
                    let subject: i64 = row.get(1)?;
                    if !subjects.contains_key(&subject) {
                        let id: Option<[u8; 16]> = find_subject.query_row([subject], |row| row.get(0)).optional()?;
                        subjects.extend(id.map(|id| (subject, SubjectId(Uuid::from_bytes(id)))));
                    }
                    walk.take(&stored(row, *n, *origin, subjects.get(&subject).copied())?);
                    walked += 1;
                    if walked % STRIDE == 0 {
                        progress(walked);
                    }
                }
            }
            Ok(())
        })?;
        progress(walked);
        let hash_at = |origin: OriginId, seq: u64| {
            let (n, _) = origins.iter().find(|(_, id)| *id == origin)?;
            let place = schema::place(*n, i64::try_from(seq).ok()?);
            let query = "SELECT hash FROM log WHERE n = ?1";
            let found =
                self.ask(|connection| connection.query_row(query, [place], |row| row.get::<_, Hash>(0)).optional());
            found.ok().flatten()
        };
        Ok(walk.finish(hash_at))
    }

    /// Where the chains stand: the last entry of every origin that no other origin went on from.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        let origins = self.origins()?;
        let mut heads = Vec::new();
        let mut parents: Vec<(OriginId, u64)> = Vec::new();
        for (n, origin) in origins {
            let bounds = [schema::place(n, 0), schema::place(n + 1, 0)];
            let first = "SELECT facts FROM log WHERE n >= ?1 AND n < ?2 ORDER BY n LIMIT 1";
            let last = self.ask(|connection| last_of(connection, n))?;
            let facts: Option<Vec<u8>> =
                self.ask(|connection| connection.query_row(first, bounds, |row| row.get(0)).optional())?;
            let started = facts.and_then(|facts| serde_json::from_slice::<OriginStarted>(&facts).ok());
            parents.extend(started.and_then(|started| started.parent.zip(started.parent_seq)));
            if let Some((place, hash)) = last {
                let seq = u64::try_from(place - schema::place(n, 0)).unwrap_or_default();
                heads.push(Head { origin, seq, hash: hash.iter().map(|byte| format!("{byte:02x}")).collect() });
            }
        }
        heads.retain(|head| !parents.contains(&(head.origin, head.seq)));
        Ok(heads)
    }

    fn origins(&self) -> Result<Vec<(i64, OriginId)>, StoreError> {
        self.ask(|connection| {
            let mut query = connection.prepare("SELECT n, id FROM origins ORDER BY n")?;
            query.query_map([], |row| Ok((row.get(0)?, OriginId(Uuid::from_bytes(row.get(1)?)))))?.collect()
        })
    }

    /// The origins that wrote about an incident.
    fn writers_about(&self, about: Option<SubjectId>) -> Result<Option<Vec<i64>>, StoreError> {
        let Some(id) = about else { return Ok(None) };
        let query =
            "SELECT DISTINCT log.n >> 40 FROM log JOIN subjects ON subjects.n = log.subject WHERE subjects.id = ?1";
        self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map([id.0.as_bytes().as_slice()], |row| row.get(0))?.collect::<Result<_, _>>().map(Some)
        })
    }
}

fn stored<'a>(
    row: &'a SqlRow<'_>,
    origin_n: i64,
    origin: OriginId,
    subject: Option<SubjectId>,
) -> rusqlite::Result<Stored<'a>> {
    let maybe = |index: usize| -> rusqlite::Result<Option<&'a [u8]>> {
        Ok(match row.get_ref(index)? {
            ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Some(bytes),
            _ => None,
        })
    };
    let place: i64 = row.get(0)?;
    Ok(Stored {
        origin,
        seq: u64::try_from(place - schema::place(origin_n, 0)).unwrap_or_default(),
        columns: Columns {
            subject,
            tag: text(row, 2)?,
            batch: maybe(3)?.unwrap_or_default(),
            key: maybe(4)?.map(|bytes| std::str::from_utf8(bytes).unwrap_or_default()),
            hlc: row.get(5)?,
            at: row.get(6)?,
            recorded_at: row.get(7)?,
            actor: text(row, 8)?,
            kind: text(row, 9)?,
        },
        header: maybe(10)?.unwrap_or_default(),
        facts: maybe(11)?.unwrap_or_default(),
        words: maybe(12)?,
        salt: maybe(13)?,
        words_digest: maybe(14)?,
        hash: maybe(15)?.unwrap_or_default(),
    })
}

fn text<'a>(row: &'a SqlRow<'_>, index: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(index)?.as_str().unwrap_or_default())
}
