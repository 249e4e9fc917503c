//! Entries exactly as they are stored, for whoever carries them from one store to another: nothing is read into them
//! that would have to be written again.

use super::reader::Reader;
use super::writer::last_of;
use super::{StoreError, Writer, origin, rows, schema};
use crate::incident::fact::Fact;
use crate::incident::header::{Hash, Header, first_link, link, words_digest};
use crate::incident::id::{OriginId, SpaceId, SubjectId};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use std::collections::{BTreeSet, HashMap};
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

/// Its columns, in the order in which [`RawEntry::read`] takes them.
pub(super) const COLUMNS: &str = "header, facts, words, salt, words_digest, hash";

/// Why an entry of another store was not taken in; nothing was, then.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// Its header can't be read.
    #[error("not an entry: {reason}")]
    Unreadable {
        /// What is wrong.
        reason: String,
    },
    /// An entry before it is neither here nor in what is taken in.
    #[error("entry {seq} of copy {origin} doesn't follow {last}")]
    Gap {
        /// The copy that wrote it.
        origin: OriginId,
        /// Its number.
        seq: u64,
        /// The last one that is there.
        last: u64,
    },
    /// Its hash doesn't follow from what it says.
    #[error("entry {seq} of copy {origin} was altered")]
    Altered {
        /// The copy that wrote it.
        origin: OriginId,
        /// Its number.
        seq: u64,
    },
    /// Another entry stands in its place here.
    #[error("entry {seq} of copy {origin} is another one here")]
    Other {
        /// The copy that wrote it.
        origin: OriginId,
        /// Its number.
        seq: u64,
    },
    /// Another incident has its number here.
    #[error("#{number} is another incident here")]
    Number {
        /// The number.
        number: u32,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What came of taking entries in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Entries that were new.
    pub added: u64,
    /// Entries that were here already.
    pub known: u64,
    /// Incidents that the new ones are about.
    pub incidents: u64,
}

/// Takes entries of another store in, one after the other; nothing counts before [`Merge::finish`].
#[derive(Debug)]
pub struct Merge<'a, 'b> {
    writer: &'a Writer<'b>,
    /// The copy that a new store goes on from.
    from: Option<OriginId>,
    heads: HashMap<OriginId, (i64, u64, Hash)>,
    touched: BTreeSet<SubjectId>,
    declared: BTreeSet<SubjectId>,
    taken: Merged,
}

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

    /// The digest that its words have in the chain.
    fn digest(&self) -> Hash {
        match (&self.words, &self.words_digest) {
            (None, Some(digest)) => digest.as_slice().try_into().unwrap_or([0; 32]),
            (words, _) => words_digest(self.salt.as_deref().unwrap_or_default(), words.as_deref().unwrap_or_default()),
        }
    }

    /// Writes it as it is, its other columns taken from its header; `None` where its place is taken.
    pub(super) fn insert(&self, connection: &Connection, header: &Header) -> rusqlite::Result<Option<i64>> {
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

impl<'b> Writer<'b> {
    /// Begins to take in entries of a store whose incident numbers are of `space`; a store that has no space yet gets
    /// that one, and goes on from the copy `from`.
    pub fn merge(&self, space: SpaceId, from: Option<OriginId>) -> Result<Merge<'_, 'b>, StoreError> {
        let is_new = self.run(|connection| {
            let is_new = origin::known(connection)?.space.is_none();
            if is_new {
                origin::set_meta(connection, "space", space.0.as_bytes().to_vec())?;
            }
            Ok(is_new)
        })?;
        let from = from.filter(|_| is_new);
        Ok(Merge {
            writer: self,
            from,
            heads: HashMap::new(),
            touched: BTreeSet::new(),
            declared: BTreeSet::new(),
            taken: Merged::default(),
        })
    }
}

impl Merge<'_, '_> {
    /// Takes the next entry in; the entries of a copy come in the order of their numbers.
    pub fn take(&mut self, entry: &RawEntry) -> Result<(), MergeError> {
        let unreadable = |reason: String| MergeError::Unreadable { reason };
        let header = Header::from_bytes(&entry.header).map_err(|error| unreadable(error.to_string()))?;
        let (origin, seq) = (header.origin, header.seq);
        let (n, last, prev) = match self.heads.get(&origin) {
            Some(head) => *head,
            None => self.writer.run(|connection| head_of(connection, origin))?,
        };
        if seq <= last {
            return self.known(entry, n, origin, seq);
        }
        if seq != last + 1 {
            return Err(MergeError::Gap { origin, seq, last });
        }
        let hash = link(&prev, &entry.header, &entry.facts, &entry.digest());
        if hash.as_slice() != entry.hash {
            return Err(MergeError::Altered { origin, seq });
        }
        let fact = Fact::decode(&header.kind, header.version, &entry.facts, entry.words.as_deref());
        let place = self.writer.run(|connection| {
            let place = entry.insert(connection, &header)?;
            if let Some(place) = place {
                rows::derive(connection, place, &header, &fact)?;
            }
            Ok(place)
        })?;
        // An id that stands elsewhere in the log already.
        let place = place.ok_or(MergeError::Other { origin, seq })?;
        self.heads.insert(origin, (place >> schema::SEQ_BITS, seq, hash));
        self.touched.insert(header.subject);
        if matches!(fact, Fact::IncidentDeclared(_)) {
            self.declared.insert(header.subject);
        }
        self.taken.added += 1;
        Ok(())
    }

    /// Compares an entry whose place is taken with the one that is there. Words that were removed there or here are
    /// gone on both sides.
    fn known(&mut self, entry: &RawEntry, n: i64, origin: OriginId, seq: u64) -> Result<(), MergeError> {
        let place = schema::place(n, i64::try_from(seq).unwrap_or(i64::MAX));
        let query = "SELECT hash FROM log WHERE n = ?1";
        let found: Option<Vec<u8>> =
            self.writer.run(|connection| connection.query_row(query, [place], |row| row.get(0)).optional())?;
        if found.as_ref() != Some(&entry.hash) {
            return Err(MergeError::Other { origin, seq });
        }
        if entry.words.is_none()
            && entry.words_digest.is_some()
            && let Ok(header) = Header::from_bytes(&entry.header)
        {
            self.writer.blank(header.id)?;
        }
        self.taken.known += 1;
        Ok(())
    }

    /// Makes the rows of every incident that something new was said of.
    pub fn finish(self) -> Result<Merged, MergeError> {
        let mut taken = self.taken;
        if let Some(from) = self.from {
            // Last, so that the copies keep the order in which they came.
            self.writer.run(|connection| origin::set_meta(connection, "origin", origin_row(connection, from)?))?;
        }
        for subject in self.touched {
            // What is said of the store itself is no incident.
            if !self.declared.contains(&subject) && self.writer.reader().incident(subject)?.is_none() {
                continue;
            }
            let (incident, folded) = self.writer.refold(subject)?;
            let (space, number) = (incident.space, incident.number);
            let clash = self.writer.run(|connection| {
                let query = "SELECT 1 FROM incidents JOIN subjects ON subjects.n = incidents.subject
                    WHERE space = ?1 AND number = ?2 AND subjects.id <> ?3";
                let (space, subject) = (space.0.as_bytes().as_slice(), subject.0.as_bytes().as_slice());
                connection.prepare_cached(query)?.exists(params![space, number, subject])
            })?;
            if clash {
                return Err(MergeError::Number { number });
            }
            self.writer.put(&incident, folded)?;
            taken.incidents += 1;
        }
        Ok(taken)
    }
}

/// The row of a copy, the number and the hash of its last entry.
fn head_of(connection: &Connection, origin: OriginId) -> rusqlite::Result<(i64, u64, Hash)> {
    let n = origin_row(connection, origin)?;
    Ok(match last_of(connection, n)? {
        Some((place, hash)) => (n, u64::try_from(place - schema::place(n, 0)).unwrap_or_default(), hash),
        None => (n, 0, first_link(origin)),
    })
}

/// The row of a copy, made where there is none.
pub(super) fn origin_row(connection: &Connection, origin: OriginId) -> rusqlite::Result<i64> {
    let id = origin.0.as_bytes().as_slice();
    connection.execute("INSERT OR IGNORE INTO origins (id) VALUES (?1)", [id])?;
    connection.query_row("SELECT n FROM origins WHERE id = ?1", [id], |row| row.get(0))
}
