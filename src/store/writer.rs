//! Writing: entries appended to this copy's chain, and the rows that follow from them, in one transaction.

use super::entries::{Entry, shortest};
use super::lock::{Held, PATIENCE};
use super::mark::{self, Mark, Marks, PutBack};
use super::reader::Reader;
use super::{StoreError, origin, rebuild, rows, schema};
use crate::incident::fact::{Fact, OriginStarted};
use crate::incident::header::{self, ActorSource, Hash, Header, Key};
use crate::incident::id::{BatchId, OriginId, SpaceId, SubjectId};
use crate::incident::order::Hlc;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::cell::{Cell, RefCell};
use std::path::Path;
use uuid::Uuid;

/// A transaction on the store: everything in it, or nothing.
#[derive(Debug)]
pub struct Writer<'a> {
    // The transaction ends before the next writer's turn comes.
    transaction: Transaction<'a>,
    path: &'a Path,
    pending: Cell<bool>,
    /// Where this copy's chain stands, once that was asked.
    head: RefCell<Option<Head>>,
    marks: &'a Marks,
    mark: RefCell<Option<mark::Open>>,
    wrote: Cell<bool>,
    _turn: Held,
}

/// What the entries of one command share.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// The command.
    pub batch: BatchId,
    /// Its idempotency key.
    pub key: Option<Key>,
    /// Who acted.
    pub actor: String,
    /// Where that name came from.
    pub actor_from: ActorSource,
    /// When it is recorded.
    pub recorded_at: Timestamp,
    /// When it happened.
    pub at: Timestamp,
    /// Whether that time is only approximately known.
    pub approximate: bool,
    /// The zone in which the time was typed.
    pub zone: Option<String>,
    /// Whether the clock was set by `HIKESHI_NOW`.
    pub clock_overridden: bool,
}

/// One entry to write.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// What it is about.
    pub subject: SubjectId,
    /// What happened.
    pub fact: Fact,
    /// Random bytes that keep redacted words from being guessed.
    pub salt: [u8; 32],
}

/// Random ids for a copy of the store that has none yet.
#[derive(Debug, Clone, Copy)]
pub struct Identity {
    /// The copy.
    pub origin: OriginId,
    /// The space of incident numbers, for the first copy.
    pub space: SpaceId,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    n: i64,
    id: OriginId,
    seq: u64,
    hash: Hash,
    hlc: Hlc,
}

impl<'a> Writer<'a> {
    pub(super) fn begin(
        connection: &'a mut Connection,
        path: &'a Path,
        marks: &'a Marks,
        turn: Held,
    ) -> Result<Self, StoreError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?;
        let (pending, wrote) = (Cell::new(false), Cell::new(false));
        let (head, mark) = (RefCell::new(None), RefCell::new(None));
        Ok(Self { transaction, path, pending, head, marks, mark, wrote, _turn: turn })
    }

    /// What can be asked of the store, as this transaction sees it.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.transaction, self.path)
    }

    pub(super) fn run<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.transaction).map_err(|error| StoreError::from_sqlite(self.path, PATIENCE, error))
    }

    /// Makes sure that this copy of the store has an origin of its own; begins one where it is new here, or where the
    /// file was put back from a copy since this copy last wrote.
    pub fn settle_origin(&self, identity: Identity, batch: &NewBatch, salt: [u8; 32]) -> Result<SpaceId, StoreError> {
        let known = self.run(origin::known)?;
        self.pending.set(known.pending);
        let place = origin::place(self.path);
        let is_here = known.place.as_deref() == Some(place.as_str());
        let parent = self.head()?;
        let put_back = match &parent {
            // A transaction that went on already has asked.
            Some(head) if self.mark.borrow().is_none() => self.put_back(head)?,
            _ => None,
        };
        if let (Some(space), true, None) = (known.space, is_here, put_back) {
            return Ok(space);
        }
        if let Some(found) = put_back.filter(|_| known.place.as_deref() != Some(origin::IMPORTED)) {
            self.marks.tell(found);
        }
        let space = known.space.unwrap_or(identity.space);
        self.run(|connection| {
            origin::set_meta(connection, "space", space.0.as_bytes().to_vec())?;
            origin::set_meta(connection, origin::PLACE, place)?;
            connection.execute("INSERT INTO origins (id) VALUES (?1)", [identity.origin.0.as_bytes().as_slice()])?;
            origin::set_meta(connection, "origin", connection.last_insert_rowid())
        })?;
        self.head.take();
        self.mark.replace(Some(self.marks.open(identity.origin)));
        let fact = Fact::from(OriginStarted {
            space,
            parent: parent.as_ref().map(|head| head.id),
            parent_seq: parent.as_ref().map(|head| head.seq),
            parent_hash: parent.as_ref().map(|head| hex(&head.hash)),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        });
        let own = BatchId(Uuid::from_bytes(*identity.origin.0.as_bytes()));
        let batch = NewBatch { batch: own, key: None, at: batch.recorded_at, zone: None, ..batch.clone() };
        self.append(&batch, vec![NewEntry { subject: SubjectId(space.0), fact, salt }])?;
        Ok(space)
    }

    /// Where this copy's chain stands.
    fn head(&self) -> Result<Option<Head>, StoreError> {
        let kept = *self.head.borrow();
        if kept.is_some() {
            return Ok(kept);
        }
        let found = self.run(head)?;
        self.head.replace(found);
        Ok(found)
    }

    /// Whether the file holds less, or something else, than this copy last wrote here.
    fn put_back(&self, head: &Head) -> Result<Option<PutBack>, StoreError> {
        let open = self.marks.open(head.id);
        let mark = open.mark;
        self.mark.replace(Some(open));
        let Some(Mark { seq, hash }) = mark else { return Ok(None) };
        let is_there = match seq.cmp(&head.seq) {
            std::cmp::Ordering::Equal => hash == head.hash,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Less => {
                let place = schema::place(head.n, i64::try_from(seq).unwrap_or(i64::MAX));
                let query = "SELECT 1 FROM log WHERE n = ?1 AND hash = ?2";
                self.run(|connection| connection.prepare_cached(query)?.exists(params![place, hash.as_slice()]))?
            }
        };
        Ok((!is_there).then_some(PutBack { origin: head.id, holds: head.seq, written: seq }))
    }

    /// Runs what may fail by itself: whatever it wrote is undone then, and the rest of the transaction goes on.
    pub fn attempt_alone<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let batch = |sql: &str| self.run(|connection| connection.execute_batch(sql));
        let (head, wrote) = (*self.head.borrow(), self.wrote.get());
        batch("SAVEPOINT alone")?;
        let done = work();
        if done.is_err() {
            batch("ROLLBACK TO alone")?;
            self.head.replace(head);
            self.mark.replace(None);
            self.wrote.set(wrote);
        }
        batch("RELEASE alone")?;
        done
    }

    /// Appends a command's entries to this copy's chain, in order.
    pub fn append(&self, batch: &NewBatch, entries: Vec<NewEntry>) -> Result<Vec<Entry>, StoreError> {
        let missing = || StoreError::Damaged { path: self.path.to_owned(), reason: "no origin".to_owned() };
        let mut head = self.head()?.ok_or_else(missing)?;
        let mut written = Vec::with_capacity(entries.len());
        for (index, new) in entries.into_iter().enumerate() {
            let header = self.insert(&mut head, batch, (index, (batch.at, batch.approximate)), &new)?;
            let (marks, short) = (Vec::new(), self.run(|connection| shortest(connection, &header.id.tag()))?);
            let (fact, hash) = (new.fact, head.hash);
            written.push(Entry { header, fact, hash, short, marks, redacted: false, correction: None });
        }
        self.moved(head);
        Ok(written)
    }

    /// Appends entries that happened each at a time of its own, as history does; their headers.
    pub fn append_past(
        &self,
        batch: &NewBatch,
        entries: &[((Timestamp, bool), NewEntry)],
    ) -> Result<Vec<Header>, StoreError> {
        let missing = || StoreError::Damaged { path: self.path.to_owned(), reason: "no origin".to_owned() };
        let mut head = self.head()?.ok_or_else(missing)?;
        let numbered = entries.iter().enumerate();
        let headers = numbered.map(|(index, (at, new))| self.insert(&mut head, batch, (index, *at), new)).collect();
        self.moved(head);
        headers
    }

    /// The chain has grown up to there.
    fn moved(&self, head: Head) {
        self.head.replace(Some(head));
        self.wrote.set(true);
    }

    fn insert(
        &self,
        head: &mut Head,
        batch: &NewBatch,
        (index, (at, approximate)): (usize, (Timestamp, bool)),
        new: &NewEntry,
    ) -> Result<Header, StoreError> {
        head.hlc = head.hlc.next(batch.recorded_at);
        head.seq += 1;
        let header = Header {
            id: batch.batch.event(index),
            origin: head.id,
            seq: head.seq,
            batch: batch.batch,
            key: batch.key.clone(),
            subject: new.subject,
            hlc: head.hlc,
            at,
            approximate,
            zone: batch.zone.clone(),
            recorded_at: batch.recorded_at,
            actor: batch.actor.clone(),
            actor_from: batch.actor_from,
            kind: new.fact.kind().to_owned(),
            version: new.fact.version(),
            clock: batch.clock_overridden.then(|| "overridden".to_owned()),
        };
        let bytes = header.to_bytes();
        let encoded = new.fact.encode();
        let salt = encoded.words.is_some().then_some(new.salt);
        let words = header::words_digest(
            salt.as_ref().map_or(&[][..], |salt| salt.as_slice()),
            encoded.words.as_deref().unwrap_or_default(),
        );
        head.hash = header::link(&head.hash, &bytes, &encoded.facts, &words);
        let tag = header.id.tag();
        self.run(|connection| {
            let subject = rows::subject(connection, header.subject)?;
            let insert = "INSERT INTO log (n, subject, tag, batch, key, hlc, at, recorded_at, actor, kind,
                header, facts, words, salt, hash)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
            let n = connection.prepare_cached(insert)?.insert(params![
                schema::place(head.n, i64::try_from(header.seq).unwrap_or(i64::MAX)),
                subject,
                tag,
                header.batch.0.as_bytes().as_slice(),
                header.key.as_ref().map(|key| &key.value),
                header.hlc.value(),
                header.at.millis(),
                header.recorded_at.millis(),
                header.actor,
                header.kind,
                bytes,
                encoded.facts,
                encoded.words,
                salt.as_ref().map(<[u8; 32]>::as_slice),
                head.hash.as_slice(),
            ])?;
            rows::derive(connection, n, &header, &new.fact)
        })?;
        Ok(header)
    }

    /// Writes an incident's row, folded up to and including these entries.
    pub fn save(&self, incident: &Incident, entries: &[Entry]) -> Result<(), StoreError> {
        let folded = entries.iter().map(|entry| entry.header.hlc.value()).max().unwrap_or_default();
        self.run(|connection| rows::save(connection, incident, folded))
    }

    /// Remembers where a copy was put; the last [`origin::BACKUPS`] are.
    pub fn remember_backup(&self, place: &str) -> Result<(), StoreError> {
        self.run(|connection| origin::remember_backup(connection, place))
    }

    /// Writes an incident's row again, without its words.
    pub fn put(&self, incident: &Incident, folded: i64) -> Result<(), StoreError> {
        self.run(|connection| rows::save(connection, incident, folded))
    }

    /// An incident folded anew from all of its facts, and the clock of the last one.
    pub(super) fn refold(&self, subject: SubjectId) -> Result<(Incident, i64), StoreError> {
        rebuild::refold(&self.transaction, self.path, subject)
    }

    /// Makes every derived row again from the log alone.
    pub fn rebuild(&self) -> Result<(), StoreError> {
        rebuild::rebuild(&self.transaction, self.path)
    }

    /// Makes everything in this transaction durable; whether an earlier redaction is still to be finished.
    pub fn commit(self) -> Result<bool, StoreError> {
        let (path, pending) = (self.path, self.pending.get());
        self.transaction.commit().map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?;
        if let (Some(head), true) = (self.head.into_inner(), self.wrote.get()) {
            self.marks.keep(self.mark.into_inner(), head.id, &Mark { seq: head.seq, hash: head.hash });
        }
        Ok(pending)
    }
}

/// The place and the hash of the last entry of the copy in this row.
pub(super) fn last_of(connection: &Connection, n: i64) -> rusqlite::Result<Option<(i64, Hash)>> {
    let last = "SELECT n, hash FROM log WHERE n >= ?1 AND n < ?2 ORDER BY n DESC LIMIT 1";
    let bounds = [schema::place(n, 0), schema::place(n + 1, 0)];
    connection.prepare_cached(last)?.query_row(bounds, |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// Where this copy's chain stands; `None` before it has begun.
fn head(connection: &Connection) -> rusqlite::Result<Option<Head>> {
    // Where that isn't noted any more, the last one that came is what the next goes on from.
    let query = "SELECT n, id FROM origins
        WHERE n = coalesce((SELECT value FROM meta WHERE name = 'origin'), (SELECT max(n) FROM origins))";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, OriginId(Uuid::from_bytes(row.get(1)?))));
    let Some((n, id)) = connection.prepare_cached(query)?.query_row([], read).optional()? else { return Ok(None) };
    let last = last_of(connection, n)?;
    // Every origin's clock runs forward along its chain, so its last entry has its latest reading.
    let clock = "SELECT max((SELECT hlc FROM log WHERE log.n >= origins.n << 40 AND log.n < (origins.n + 1) << 40
        ORDER BY log.n DESC LIMIT 1)) FROM origins";
    let hlc: Option<i64> = connection.prepare_cached(clock)?.query_row([], |row| row.get(0))?;
    let (seq, hash) = match last {
        Some((place, hash)) => (u64::try_from(place - schema::place(n, 0)).unwrap_or_default(), hash),
        None => (0, header::first_link(id)),
    };
    Ok(Some(Head { n, id, seq, hash, hlc: Hlc::from_value(hlc.unwrap_or_default()) }))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
