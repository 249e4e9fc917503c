//! Entries exactly as they are stored, for whoever carries them from one store to another: nothing is read into them
//! that would have to be written again.

use super::reader::Reader;
use super::{StoreError, rows, schema};
use crate::incident::header::{Hash, Header, link, words_digest};
use crate::incident::id::{OriginId, SubjectId};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use uuid::Uuid;

/// An entry's columns, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEntry {
    /// What it says about itself.
    pub header: Vec<u8>,
    /// What happened: structure.
    pub facts: Vec<u8>,
    /// What happened: words.
    pub words: Option<Vec<u8>>,
    /// The salt of the words.
    pub salt: Option<Vec<u8>>,
    /// What stands for words that were removed.
    pub words_digest: Option<Vec<u8>>,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// Bytes of a salt.
const SALT: usize = 32;

/// Its columns, in the order in which [`RawEntry::read`] takes them.
pub(super) const COLUMNS: &str = "header, facts, words, salt, words_digest, hash";

impl RawEntry {
    pub(super) fn read(row: &SqlRow<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            header: row.get(first)?,
            facts: row.get(first + 1)?,
            words: row.get(first + 2)?,
            salt: row.get(first + 3)?,
            words_digest: row.get(first + 4)?,
            hash: row.get(first + 5)?,
        })
    }

    /// The digest that its words have in the chain; `None` where words, salt and digest can't stand together: there is
    /// a salt of 32 bytes if and only if there are words, and a digest only in the place of both.
    pub(super) fn digest(&self) -> Option<Hash> {
        match (&self.words, &self.salt, &self.words_digest) {
            (Some(words), Some(salt), None) if salt.len() == SALT => Some(words_digest(salt, words)),
            (None, None, Some(digest)) => digest.as_slice().try_into().ok(),
            (None, None, None) => Some(words_digest(&[], &[])),
            _ => None,
        }
    }

    /// The hash that it has where it follows `prev`; `None` where words, salt and digest can't stand together.
    pub(super) fn link(&self, prev: &Hash) -> Option<Hash> {
        self.digest().map(|digest| link(prev, &self.header, &self.facts, &digest))
    }

    /// Whether its words were removed.
    pub(super) const fn is_blank(&self) -> bool {
        self.words.is_none() && self.words_digest.is_some()
    }

    /// Writes it as it is, its other columns taken from its header; `None` where its place is taken, or none.
    pub(super) fn insert(&self, connection: &Connection, header: &Header) -> rusqlite::Result<Option<i64>> {
        if !(1..1 << schema::SEQ_BITS).contains(&header.seq) {
            return Ok(None);
        }
        let n = origin_row(connection, header.origin)?;
        let place = schema::place(n, i64::try_from(header.seq).unwrap_or(i64::MAX));
        let subject = rows::subject(connection, header.subject)?;
        let insert = "INSERT OR IGNORE INTO log (n, subject, tag, batch, key, hlc, at, recorded_at, actor, kind,
            header, facts, words, salt, words_digest, hash)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
        let inserted = connection.prepare_cached(insert)?.execute(params![
            place,
            subject,
            header.id.tag(),
            header.batch.0.as_bytes().as_slice(),
            header.key.as_ref().map(|key| &key.value),
            header.hlc.value(),
            header.at.millis(),
            header.recorded_at.millis(),
            header.actor,
            header.kind,
            self.header,
            self.facts,
            self.words,
            self.salt,
            self.words_digest,
            self.hash,
        ])?;
        Ok((inserted > 0).then_some(place))
    }
}

impl Reader<'_> {
    /// Every entry, copy by copy, each copy's in the order of its numbers; or those about one incident.
    ///
    /// `hidden` takes restricted incidents along. What `take` refuses ends it.
    pub fn raw<E: From<StoreError>>(
        &self,
        about: Option<SubjectId>,
        hidden: bool,
        mut take: impl FnMut(RawEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        let subject = about.map(|id| self.ask(|connection| rows::find_subject(connection, id))).transpose()?;
        let which = if subject.is_some() { "subject = ?1" } else { "?1 IS NULL" };
        let shown = if hidden { "1" } else { "subject NOT IN (SELECT subject FROM incidents WHERE restricted = 1)" };
        let query = format!("SELECT {COLUMNS} FROM log WHERE {which} AND {shown} ORDER BY n");
        let mut refused = None;
        self.ask(|connection| {
            let mut query = connection.prepare(&query)?;
            let mut rows = query.query([subject.flatten()])?;
            while let Some(row) = rows.next()? {
                if let Err(error) = take(RawEntry::read(row, 0)?) {
                    refused = Some(error);
                    break;
                }
            }
            Ok(())
        })?;
        refused.map_or(Ok(()), Err)
    }

    /// How many entries are about restricted incidents.
    pub fn hidden(&self) -> Result<u64, StoreError> {
        let query = "SELECT count(*) FROM log WHERE subject IN (SELECT subject FROM incidents WHERE restricted = 1)";
        let count: i64 = self.ask(|connection| connection.query_row(query, [], |row| row.get(0)))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The copy that writes here, where one has begun to.
    pub fn own_origin(&self) -> Result<Option<OriginId>, StoreError> {
        let query = "SELECT id FROM origins WHERE n = (SELECT value FROM meta WHERE name = 'origin')";
        let id: Option<[u8; 16]> =
            self.ask(|connection| connection.query_row(query, [], |row| row.get(0)).optional())?;
        Ok(id.map(|id| OriginId(Uuid::from_bytes(id))))
    }
}

/// The row of a copy, made where there is none.
pub(super) fn origin_row(connection: &Connection, origin: OriginId) -> rusqlite::Result<i64> {
    let id = origin.0.as_bytes().as_slice();
    connection.execute("INSERT OR IGNORE INTO origins (id) VALUES (?1)", [id])?;
    connection.query_row("SELECT n FROM origins WHERE id = ?1", [id], |row| row.get(0))
}
