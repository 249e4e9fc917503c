//! Walking the chains of a store, entry by entry, in little memory.

use super::reader::Reader;
use super::{StoreError, origin, schema};
use crate::incident::chain::{Columns, Ground, Noted, Stored, Verification, Walk};
use crate::incident::fact::{Head, OriginStarted};
use crate::incident::id::{OriginId, SpaceId, SubjectId};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use std::collections::HashMap;
use uuid::Uuid;

/// How many entries are walked between two reports of progress.
const STRIDE: u64 = 4_096;

const WALKED: &str =
    "SELECT n, subject, tag, batch, key, hlc, at, recorded_at, actor, kind, header, facts, words, salt,
    words_digest, hash FROM main.log WHERE n >= ?1 AND n < ?2 ORDER BY n";

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
        let chosen: Vec<(i64, OriginId)> =
            origins.iter().filter(|(n, _)| wanted.as_ref().is_none_or(|some| some.contains(n))).copied().collect();
        self.ask(|connection| {
            let mut subjects: HashMap<i64, SubjectId> = HashMap::new();
            let mut find_subject = connection.prepare("SELECT id FROM main.subjects WHERE n = ?1")?;
            let mut query = connection.prepare(WALKED)?;
            for (n, origin) in &chosen {
                let mut rows = query.query(params![schema::place(*n, 0), schema::place(n + 1, 0)])?;
                while let Some(row) = rows.next()? {
                    let subject = number(row, 1);
                    if !subjects.contains_key(&subject) {
                        let id: Option<Vec<u8>> = find_subject.query_row([subject], |row| row.get(0)).optional()?;
                        let id = id.and_then(|bytes| Uuid::from_slice(&bytes).ok());
                        subjects.extend(id.map(|id| (subject, SubjectId(id))));
                    }
                    walk.take(&stored(row, *n, *origin, subjects.get(&subject).copied())?);
                    walked += 1;
                    if walked % STRIDE == 0 {
                        progress(walked);
                    }
                }
            }
            unlisted(connection, &origins, |seq, header| walk.take_unlisted(seq, header))
        })?;
        progress(walked);
        let number_of = |origin: OriginId| origins.iter().find(|(_, id)| *id == origin).map(|(n, _)| *n);
        let hash_at = |origin: OriginId, seq: u64| {
            let seq = i64::try_from(seq).ok().filter(|seq| (1..1 << schema::SEQ_BITS).contains(seq))?;
            let place = schema::place(number_of(origin)?, seq);
            let query = "SELECT hash FROM main.log WHERE n = ?1";
            let found = self.ask(|connection| connection.query_row(query, [place], |row| row.get(0)).optional());
            found.ok().flatten()
        };
        let mut listed = Vec::new();
        for (n, origin) in &origins {
            let last = self.ask(|connection| last_of(connection, *n))?;
            listed.push((*origin, last.map_or(0, |(seq, _)| seq)));
        }
        let (own, space) = self.ask(|connection| {
            let own: Option<i64> = origin::meta(connection, "origin").unwrap_or(Some(0));
            let space: Option<Vec<u8>> = origin::meta(connection, "space").unwrap_or(Some(Vec::new()));
            Ok((own, space))
        })?;
        let writes = own.and_then(|own| origins.iter().find(|(n, _)| *n == own)).map(|(_, origin)| *origin);
        let chosen: Vec<OriginId> = chosen.into_iter().map(|(_, origin)| origin).collect();
        let ground = Ground {
            own: writes,
            is_astray: own.is_some() && writes.is_none(),
            space: space.map(|bytes| SpaceId(Uuid::from_slice(&bytes).unwrap_or_default())),
            listed: &listed,
            walked: &chosen,
        };
        Ok(walk.finish(&ground, hash_at))
    }

    /// Where the chains stand: the last entry of every origin that no other origin went on from.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        let origins = self.origins()?;
        let mut heads = Vec::new();
        let mut parents: Vec<(OriginId, u64)> = Vec::new();
        for (n, origin) in origins {
            let first = "SELECT facts FROM main.log WHERE n = ?1";
            let last = self.ask(|connection| last_of(connection, n))?;
            let facts: Option<Vec<u8>> =
                self.ask(|connection| connection.query_row(first, [schema::place(n, 1)], |row| row.get(0)).optional())?;
            let started = facts.and_then(|facts| serde_json::from_slice::<OriginStarted>(&facts).ok());
            parents.extend(started.and_then(|started| started.parent.zip(started.parent_seq)));
            if let Some((seq, hash)) = last {
                heads.push(Head { origin, seq, hash: hash.iter().map(|byte| format!("{byte:02x}")).collect() });
            }
        }
        heads.retain(|head| !parents.contains(&(head.origin, head.seq)));
        Ok(heads)
    }

    /// The copies that the store lists, in the order in which they came; what is no id names none.
    fn origins(&self) -> Result<Vec<(i64, OriginId)>, StoreError> {
        self.ask(|connection| {
            let mut query = connection
                .prepare("SELECT n, id FROM main.origins WHERE length(id) = 16 AND n BETWEEN 1 AND ?1 ORDER BY n")?;
            let read = |row: &SqlRow<'_>| Ok((row.get(0)?, OriginId(Uuid::from_bytes(row.get(1)?))));
            query.query_map([schema::ORIGINS], read)?.collect()
        })
    }

    /// The origins that wrote about an incident.
    fn writers_about(&self, about: Option<SubjectId>) -> Result<Option<Vec<i64>>, StoreError> {
        let Some(id) = about else { return Ok(None) };
        let query = "SELECT DISTINCT log.n >> 40 FROM main.log JOIN subjects ON subjects.n = log.subject WHERE subjects.id = ?1";
        self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map([id.0.as_bytes().as_slice()], |row| row.get(0))?.collect::<Result<_, _>>().map(Some)
        })
    }
}

/// Every row that lies in no listed copy's range: no chain reaches it.
fn unlisted(
    connection: &Connection,
    origins: &[(i64, OriginId)],
    mut take: impl FnMut(u64, &[u8]),
) -> rusqlite::Result<()> {
    let mut query = connection.prepare("SELECT n, header FROM main.log WHERE n >= ?1 AND n <= ?2 ORDER BY n")?;
    let starts = std::iter::once(i64::MIN).chain(origins.iter().map(|(n, _)| schema::place(n + 1, 0)));
    let ends = origins.iter().map(|(n, _)| schema::place(*n, 0) - 1).chain(std::iter::once(i64::MAX));
    for (from, to) in starts.zip(ends).filter(|(from, to)| from <= to) {
        let mut rows = query.query([from, to])?;
        while let Some(row) = rows.next()? {
            let place: i64 = row.get(0)?;
            let seq = u64::try_from(place & ((1 << schema::SEQ_BITS) - 1)).unwrap_or_default();
            take(seq, bytes(row, 1).unwrap_or_default());
        }
    }
    Ok(())
}

/// The number and the hash of a copy's last entry, whatever stands in that column.
fn last_of(connection: &Connection, n: i64) -> rusqlite::Result<Option<(u64, Vec<u8>)>> {
    let last = "SELECT n, hash FROM main.log WHERE n >= ?1 AND n < ?2 ORDER BY n DESC LIMIT 1";
    let bounds = [schema::place(n, 0), schema::place(n + 1, 0)];
    let read = |row: &SqlRow<'_>| {
        let place: i64 = row.get(0)?;
        let seq = u64::try_from(place - schema::place(n, 0)).unwrap_or_default();
        Ok((seq, bytes(row, 1).unwrap_or_default().to_vec()))
    };
    connection.prepare_cached(last)?.query_row(bounds, read).optional()
}

fn stored<'a>(
    row: &'a SqlRow<'_>,
    origin_n: i64,
    origin: OriginId,
    subject: Option<SubjectId>,
) -> rusqlite::Result<Stored<'a>> {
    let place: i64 = row.get(0)?;
    Ok(Stored {
        origin,
        seq: u64::try_from(place - schema::place(origin_n, 0)).unwrap_or_default(),
        columns: Columns {
            subject,
            tag: text(row, 2)?,
            batch: bytes(row, 3).unwrap_or_default(),
            key: bytes(row, 4).map(|bytes| std::str::from_utf8(bytes).unwrap_or_default()),
            hlc: number(row, 5),
            at: number(row, 6),
            recorded_at: number(row, 7),
            actor: text(row, 8)?,
            kind: text(row, 9)?,
        },
        header: bytes(row, 10).unwrap_or_default(),
        facts: bytes(row, 11).unwrap_or_default(),
        words: bytes(row, 12),
        salt: bytes(row, 13),
        words_digest: bytes(row, 14),
        hash: bytes(row, 15).unwrap_or_default(),
    })
}

/// A column's bytes; `None` for anything that has none.
fn bytes<'a>(row: &'a SqlRow<'_>, index: usize) -> Option<&'a [u8]> {
    match row.get_ref(index) {
        Ok(ValueRef::Blob(bytes) | ValueRef::Text(bytes)) => Some(bytes),
        _ => None,
    }
}

/// A column's number; what is none equals nothing that a header says.
fn number(row: &SqlRow<'_>, index: usize) -> i64 {
    row.get(index).unwrap_or(i64::MIN)
}

fn text<'a>(row: &'a SqlRow<'_>, index: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(index)?.as_str().unwrap_or_default())
}
