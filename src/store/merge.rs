//! Taking entries of another store in: each recomputed, all of them or none, and nothing that is here goes for it.

use super::raw::{RawEntry, origin_row};
use super::writer::last_of;
use super::{StoreError, Writer, origin, rows, schema};
use crate::incident::bounds::{self, Excess};
use crate::incident::fact::{Fact, OriginStarted};
use crate::incident::header::{Hash, Header, first_link};
use crate::incident::id::{EventId, OriginId, SpaceId, SubjectId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeSet, HashMap, HashSet};

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
    /// Its hash doesn't follow from what it says, or its words and their salt can't stand together.
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
    /// Its words are gone, and nothing that is taken in says that they were redacted.
    #[error("entry {seq} of copy {origin} lost its words without a redaction")]
    Blanked {
        /// The copy that wrote it.
        origin: OriginId,
        /// Its number.
        seq: u64,
    },
    /// A copy begins with something else than what every copy begins with.
    #[error("copy {origin} doesn't begin as copies do")]
    Beginning {
        /// The copy.
        origin: OriginId,
    },
    /// Something in it is beyond every measure.
    #[error("entry {seq} of copy {origin}: {excess}")]
    Beyond {
        /// The copy that wrote it.
        origin: OriginId,
        /// Its number.
        seq: u64,
        /// What.
        excess: Excess,
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
    /// Entries whose words went, because what was taken in redacts them.
    pub erased: u64,
    /// Incidents that something new was said of.
    pub incidents: u64,
}

/// Takes entries of another store in, one after the other; nothing counts before [`Merge::finish`].
#[derive(Debug)]
pub struct Merge<'a, 'b> {
    writer: &'a Writer<'b>,
    space: SpaceId,
    /// The copy that a new store goes on from.
    from: Option<OriginId>,
    /// The copy that writes here.
    own: Option<OriginId>,
    heads: HashMap<OriginId, (i64, u64, Hash)>,
    grown: HashSet<OriginId>,
    touched: BTreeSet<SubjectId>,
    declared: BTreeSet<SubjectId>,
    blanked: HashMap<EventId, (OriginId, u64)>,
    redacted: HashSet<EventId>,
    taken: Merged,
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
        Ok(Merge {
            writer: self,
            space,
            from: from.filter(|_| is_new),
            own: self.reader().own_origin()?,
            heads: HashMap::new(),
            grown: HashSet::new(),
            touched: BTreeSet::new(),
            declared: BTreeSet::new(),
            blanked: HashMap::new(),
            redacted: HashSet::new(),
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
            None => {
                let head = self.writer.run(|connection| head_of(connection, origin))?;
                self.heads.insert(origin, head);
                head
            }
        };
        let follows = |prev: &Hash| entry.link(prev).is_some_and(|hash| hash.as_slice() == entry.hash);
        if seq <= last {
            self.known(entry, &header, n, follows)?;
        } else if seq != last + 1 {
            return Err(MergeError::Gap { origin, seq, last });
        } else if !follows(&prev) {
            return Err(MergeError::Altered { origin, seq });
        } else {
            self.add(entry, &header, &prev)?;
        }
        if entry.is_blank() {
            self.blanked.insert(header.id, (origin, seq));
        }
        Ok(())
    }

    /// Takes an entry in that follows the last one of its copy.
    fn add(&mut self, entry: &RawEntry, header: &Header, prev: &Hash) -> Result<(), MergeError> {
        let (origin, seq) = (header.origin, header.seq);
        let fact = Fact::decode(&header.kind, header.version, &entry.facts, entry.words.as_deref());
        bounds::check(header, &entry.header, &entry.facts, entry.words.as_deref(), &fact)
            .map_err(|excess| MergeError::Beyond { origin, seq, excess })?;
        if *prev == first_link(origin) {
            self.begin(origin, &fact)?;
        }
        let place = self.writer.run(|connection| {
            let place = entry.insert(connection, header)?;
            if let Some(place) = place {
                rows::derive(connection, place, header, &fact)?;
            }
            Ok(place)
        })?;
        // An id that stands elsewhere in the log already.
        let place = place.ok_or(MergeError::Other { origin, seq })?;
        let hash = entry.hash.as_slice().try_into().map_err(|_| MergeError::Altered { origin, seq })?;
        self.heads.insert(origin, (place >> schema::SEQ_BITS, seq, hash));
        self.grown.insert(origin);
        self.touched.insert(header.subject);
        match &fact {
            Fact::IncidentDeclared(_) => drop(self.declared.insert(header.subject)),
            Fact::EntryRedacted(redacted) => drop(self.redacted.insert(redacted.entry)),
            _ => {}
        }
        self.taken.added += 1;
        Ok(())
    }

    /// Holds a copy's first entry against how copies begin, and against its parent where that is here.
    fn begin(&self, origin: OriginId, fact: &Fact) -> Result<(), MergeError> {
        let Fact::OriginStarted(OriginStarted { space, parent, parent_seq, parent_hash, .. }) = fact else {
            return Err(MergeError::Beginning { origin });
        };
        if *space != self.space {
            return Err(MergeError::Beginning { origin });
        }
        let (Some(parent), Some(seq), Some(hash)) = (parent, parent_seq, parent_hash) else { return Ok(()) };
        let found = self.writer.run(|connection| {
            let query = "SELECT hash FROM log WHERE n = (SELECT (n << ?1) | ?2 FROM origins WHERE id = ?3)";
            let id = parent.0.as_bytes().as_slice();
            let seq = i64::try_from(*seq).unwrap_or(i64::MAX);
            connection.query_row(query, params![schema::SEQ_BITS, seq, id], |row| row.get::<_, Vec<u8>>(0)).optional()
        })?;
        match found {
            Some(found) if !super::writer::hex(&found).eq_ignore_ascii_case(hash) => {
                Err(MergeError::Other { origin: *parent, seq: *seq })
            }
            _ => Ok(()),
        }
    }

    /// Compares an entry whose place is taken with the one that is there.
    fn known(
        &mut self,
        entry: &RawEntry,
        header: &Header,
        n: i64,
        follows: impl Fn(&Hash) -> bool,
    ) -> Result<(), MergeError> {
        let (origin, seq) = (header.origin, header.seq);
        let place = schema::place(n, i64::try_from(seq).unwrap_or(i64::MAX));
        let at = |place: i64| {
            let query = "SELECT hash FROM log WHERE n = ?1";
            let read = |row: &rusqlite::Row<'_>| row.get::<_, Vec<u8>>(0);
            self.writer.run(|connection| connection.prepare_cached(query)?.query_row([place], read).optional())
        };
        if at(place)?.as_ref() != Some(&entry.hash) {
            return Err(MergeError::Other { origin, seq });
        }
        let prev = if seq == 1 {
            Some(first_link(origin))
        } else {
            at(place - 1)?.and_then(|hash| Hash::try_from(hash.as_slice()).ok())
        };
        // Where a salvage could not read the one before, the bytes that are here have to do.
        if prev.is_some_and(|prev| !follows(&prev)) {
            return Err(MergeError::Altered { origin, seq });
        }
        if prev.is_none() && !self.is_same(place, entry)? {
            return Err(MergeError::Other { origin, seq });
        }
        if header.kind == "entry.redacted"
            && let Fact::EntryRedacted(redacted) = Fact::decode(&header.kind, header.version, &entry.facts, None)
        {
            self.redacted.insert(redacted.entry);
        }
        self.taken.known += 1;
        Ok(())
    }

    /// Whether an entry is, byte for byte, the one that is here.
    fn is_same(&self, place: i64, entry: &RawEntry) -> Result<bool, StoreError> {
        let query = format!("SELECT {} FROM log WHERE n = ?1", super::raw::COLUMNS);
        let found = self
            .writer
            .run(|connection| connection.query_row(&query, [place], |row| RawEntry::read(row, 0)).optional())?;
        Ok(found.is_some_and(|found| {
            (&found.header, &found.facts, found.digest()) == (&entry.header, &entry.facts, entry.digest())
        }))
    }

    /// Removes the words of what was redacted, and makes the rows of every incident that something new was said of.
    pub fn finish(mut self) -> Result<Merged, MergeError> {
        let mut unexplained = self.blanked.iter().filter(|(id, _)| !self.redacted.contains(id));
        if let Some((_, (origin, seq))) = unexplained.next() {
            return Err(MergeError::Blanked { origin: *origin, seq: *seq });
        }
        for id in &self.redacted {
            if let Some(subject) = self.writer.blank(*id)? {
                self.taken.erased += 1;
                self.touched.insert(subject);
            }
        }
        if let Some(from) = self.from {
            // Last, so that the copies keep the order in which they came.
            self.writer.run(|connection| {
                origin::set_meta(connection, "origin", origin_row(connection, from)?)?;
                origin::set_meta(connection, origin::PLACE, origin::IMPORTED.to_owned())
            })?;
        } else if self.own.is_some_and(|own| self.grown.contains(&own)) {
            // Somebody else wrote under the name of this copy: it goes on under another.
            self.writer.run(|connection| origin::set_meta(connection, origin::PLACE, origin::IMPORTED.to_owned()))?;
        }
        let mut taken = self.taken;
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
