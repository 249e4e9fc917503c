//! Finding entries: what answers a query, the best first.
//!
//! However frequent the words, the work is bounded: of the entries that answer, the newest so many are scored, and
//! the newest so many more in whose title, cause, workaround or summary the words stand.

use super::ask::{figures, frequency};
use super::open::{Reach, failed, is_damage};
use super::{Index, Range, rowids};
use crate::incident::fact::Fact;
use crate::incident::id::SubjectId;
use crate::incident::time::Timestamp;
use crate::search::{Document, Query, Weights, counts, score};
use crate::store::schema::place;
use crate::store::{Entry, Found, Reader, Row, Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{HashMap, HashSet};

/// How many entries are scored at a time, the newest first.
const SCORED: usize = 250;

/// How many at a time where the first ones were not wanted.
const MOST: usize = 50_000;

/// How many of those in whose titles and causes the words stand.
const HEADS: usize = 100;

/// How far the entries are counted in which a word stands.
const COUNTED: usize = 1_000;

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Dotted kinds, their first part, or kinds of notes; none means all.
    pub kinds: Vec<String>,
    /// What happened since.
    pub since: Option<Timestamp>,
    /// Only of incidents that hit this service.
    pub service: Option<String>,
    /// Only of this incident.
    pub incident: Option<SubjectId>,
    /// Restricted incidents too.
    pub restricted: bool,
    /// So many at the most.
    pub limit: usize,
}

/// An entry that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// Its incident.
    pub incident: Row,
    /// The entry as its corrections leave it.
    pub entry: Entry,
    /// What answered, where that is no longer what the entry says.
    pub earlier: Option<Document>,
    /// How well it answers.
    pub score: f64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sought {
    /// The best first.
    pub hits: Vec<Sighting>,
    /// Whether there is more than was asked for.
    pub more: bool,
    /// Whether only the newest of what answers were compared: an older one may be better than these.
    pub capped: bool,
}

/// A row of the log that answers.
struct Candidate {
    n: i64,
    subject: i64,
    kind: String,
    document: Document,
    score: f64,
}

impl Store {
    /// Takes into the index what was recorded since; whether it is up to date now. `progress` is told entries done and
    /// all.
    pub fn catch_up(&self, mut progress: impl FnMut(u64, u64)) -> Result<bool, StoreError> {
        let Some(index) = self.index() else { return Ok(false) };
        let (_, reaches) = self.caught_up(index, &mut progress)?;
        Ok(reaches.iter().all(|reach| reach.n >= reach.last))
    }

    /// The entries that answer a query.
    pub fn find(
        &self,
        query: &Query,
        wanted: &Wanted,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Sought, StoreError> {
        if query.is_empty() {
            return Ok(Sought::default());
        }
        let index = match self.index() {
            Some(index) => self.caught_up(index, &mut progress)?,
            None => (None, self.whole()?),
        };
        match self.look(index.0.as_ref(), &index.1, query, wanted) {
            Err(error) if is_damage(&error) => {
                // Damage shows where it is read. The index is made again, and where it can't be, done without.
                let again = match index.0.and_then(|index| index.reset(&self.path)) {
                    Some(index) => self.caught_up(index, &mut progress)?,
                    None => (None, self.whole()?),
                };
                self.look(again.0.as_ref(), &again.1, query, wanted)
            }
            // Somebody else is at it: what the log itself says takes longer, and is as good.
            Err(_) if index.0.is_some() => self.look(None, &self.whole()?, query, wanted),
            other => other,
        }
        .map_err(failed(&self.path))
    }

    fn index(&self) -> Option<Index> {
        // Where no writer ever was nothing is made: a copy that somebody looks at stays one file.
        Index::open(&self.path, self.share.is_some())
    }

    /// The index with what can be taken in, and how far it goes now. None where it turned out to be of no use.
    fn caught_up(
        &self,
        index: Index,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<(Option<Index>, Vec<Reach>), StoreError> {
        let attempt = |index: &Index, progress: &mut dyn FnMut(u64, u64)| -> rusqlite::Result<Option<Vec<Reach>>> {
            let mut reaches = match index.reach(&self.connection, None)? {
                Some(reaches) => reaches,
                None if !index.writable => return Ok(None),
                None => {
                    index.clear()?;
                    index.reach(&self.connection, None)?.unwrap_or_default()
                }
            };
            if index.writable
                && let Err(error) = index.fill(&self.connection, &mut reaches, progress)
                && is_damage(&error)
            {
                return Err(error);
            }
            Ok(Some(reaches))
        };
        match attempt(&index, progress) {
            Ok(Some(reaches)) => Ok((Some(index), reaches)),
            Err(error) if is_damage(&error) => {
                let Some(index) = index.reset(&self.path) else { return Ok((None, self.whole()?)) };
                match attempt(&index, progress) {
                    Ok(Some(reaches)) => Ok((Some(index), reaches)),
                    _ => Ok((None, self.whole()?)),
                }
            }
            Ok(None) | Err(_) => Ok((None, self.whole()?)),
        }
    }

    /// As if there were no index: everything is still to be read.
    fn whole(&self) -> Result<Vec<Reach>, StoreError> {
        self.reader().ask(|connection| {
            let query = "SELECT n, (SELECT max(log.n) FROM log WHERE log.n >= origins.n << 40
                AND log.n < (origins.n + 1) << 40) FROM origins ORDER BY n";
            let read = |row: &rusqlite::Row<'_>| {
                let (origin, last): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
                let n = place(origin, 0);
                Ok(Reach { origin, n, last: last.unwrap_or(n) })
            };
            connection.prepare(query)?.query_map([], read)?.collect()
        })
    }

    fn look(
        &self,
        index: Option<&Index>,
        reaches: &[Reach],
        query: &Query,
        wanted: &Wanted,
    ) -> rusqlite::Result<Sought> {
        let log = &self.connection;
        let index = index.map(|index| &index.connection);
        let weights = match index {
            Some(index) => weights(index, query)?,
            None => Weights::new(1.0, 1.0, &vec![1.0; query.all.len()]),
        };
        let mut looking = Looking { reader: self.reader(), log, query, wanted, weights, rows: HashMap::new() };
        let mut dropped = false;
        let mut hits = Vec::new();
        let mut seen = HashSet::new();
        let mut below: Vec<(Reach, i64)> = reaches.iter().map(|reach| (*reach, reach.n + 1)).collect();
        let mut first = true;
        let mut chunk = SCORED;
        loop {
            let mut candidates = Vec::new();
            let mut exhausted = true;
            for (reach, below) in &mut below {
                let from = place(reach.origin, 0);
                if first && reach.n < reach.last {
                    let (found, left_out) = looking.scan(*reach)?;
                    candidates.extend(found);
                    dropped |= left_out;
                }
                let Some(index) = index else { continue };
                if first {
                    let heads = Range { from, below: *below };
                    candidates.extend(looking.read(&rowids(index, query, true, heads, HEADS)?)?);
                }
                if *below > from {
                    let found = rowids(index, query, false, Range { from, below: *below }, chunk)?;
                    *below = match found.last() {
                        Some(last) if found.len() == chunk => *last,
                        _ => from,
                    };
                    exhausted &= *below == from;
                    candidates.extend(looking.read(&found)?);
                }
            }
            first = false;
            chunk = (chunk * 4).min(MOST);
            candidates.sort_by(|left, right| right.score.total_cmp(&left.score).then(right.n.cmp(&left.n)));
            for candidate in candidates {
                if hits.len() > wanted.limit {
                    break;
                }
                if let Some(hit) = looking.sighting(candidate)?
                    && seen.insert((hit.entry.header.id, hit.earlier.is_some()))
                {
                    hits.push(hit);
                }
            }
            if hits.len() > wanted.limit || exhausted {
                let more = hits.len() > wanted.limit || dropped;
                hits.truncate(wanted.limit);
                return Ok(Sought { hits, more, capped: dropped || !exhausted });
            }
        }
    }
}

/// How much each of the query's phrases weighs.
fn weights(index: &Connection, query: &Query) -> rusqlite::Result<Weights> {
    let (entries, words) = figures(index)?;
    let found = if let [_] = query.all.as_slice() {
        vec![1.0]
    } else {
        query.all.iter().map(|phrase| frequency(index, phrase, COUNTED)).collect::<Result<_, _>>()?
    };
    Ok(Weights::new(entries, words, &found))
}

/// One question under way.
struct Looking<'a> {
    reader: Reader<'a>,
    log: &'a Connection,
    query: &'a Query,
    wanted: &'a Wanted,
    weights: Weights,
    rows: HashMap<i64, Option<Row>>,
}

const STORED: &str = "SELECT n, subject, kind, at, facts, words FROM log";

impl Looking<'_> {
    /// The rows among these that are wanted, scored.
    fn read(&mut self, rowids: &[i64]) -> rusqlite::Result<Vec<Candidate>> {
        let mut query = self.log.prepare_cached(&format!("{STORED} WHERE n = ?1"))?;
        let mut found = Vec::with_capacity(rowids.len());
        for n in rowids {
            let mut rows = query.query([n])?;
            if let Some(row) = rows.next()? {
                found.extend(self.candidate(row)?);
            }
        }
        Ok(found)
    }

    /// What the index doesn't have yet, read from the log: the newest that answer, and whether others were left out.
    fn scan(&mut self, reach: Reach) -> rusqlite::Result<(Vec<Candidate>, bool)> {
        let mut query = self.log.prepare_cached(&format!("{STORED} WHERE n > ?1 AND n <= ?2 ORDER BY n DESC"))?;
        let mut rows = query.query([reach.n, reach.last])?;
        let mut found: Vec<Candidate> = Vec::new();
        let mut others = 0;
        let most = SCORED.max(self.wanted.limit.saturating_add(1));
        while let Some(row) = rows.next()? {
            let Some(candidate) = self.candidate(row)? else { continue };
            // What isn't wanted takes nobody's place.
            if !self.fits(candidate.subject)? {
                continue;
            }
            // All that answer may be a million: titles are kept, of the rest the newest.
            let is_head = candidate.document.parts.iter().any(|part| part.head);
            others += usize::from(!is_head);
            if is_head || others <= most {
                found.push(candidate);
            }
        }
        Ok((found, others > most))
    }

    fn candidate(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Candidate>> {
        let (n, subject, kind, at): (i64, i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let facts = row.get_ref(4)?.as_blob()?;
        let words = row.get_ref(5)?.as_blob_or_null()?;
        let in_time = self.wanted.since.is_none_or(|since| at >= since.millis());
        if !in_time || !self.is_kind(&kind, facts) {
            return Ok(None);
        }
        let document = Document::read(&kind, facts, words);
        let Some(counts) = counts(self.query, &document.tokens()) else { return Ok(None) };
        if self.wanted.service.is_some() && !self.fits(subject)? {
            return Ok(None);
        }
        let score = score(&counts, &self.weights);
        Ok(Some(Candidate { n, subject, kind, document, score }))
    }

    fn is_kind(&self, kind: &str, facts: &[u8]) -> bool {
        let wanted = &self.wanted.kinds;
        let note = || {
            let facts: serde_json::Value = serde_json::from_slice(facts).unwrap_or_default();
            facts.get("note").and_then(|note| note.as_str().map(str::to_owned))
        };
        wanted.is_empty()
            || wanted.iter().any(|one| one == kind || kind.split('.').next() == Some(one.as_str()))
            || (kind == "note.added" && note().is_some_and(|note| wanted.contains(&note)))
    }

    /// Whether an incident may be shown and is wanted.
    fn fits(&mut self, subject: i64) -> rusqlite::Result<bool> {
        if !self.rows.contains_key(&subject) {
            let row = self.reader.row_of(subject)?;
            self.rows.insert(subject, row);
        }
        let Some(Some(row)) = self.rows.get(&subject) else { return Ok(false) };
        let wanted = self.wanted;
        let hit = |name: &String| row.services.iter().any(|service| service.to_lowercase() == name.to_lowercase());
        Ok((wanted.restricted || !row.restricted)
            && wanted.incident.is_none_or(|incident| incident == row.id)
            && wanted.service.as_ref().is_none_or(hit))
    }

    /// The entry that a row stands for: a correction stands for what it corrects.
    fn sighting(&mut self, candidate: Candidate) -> rusqlite::Result<Option<Sighting>> {
        if !self.fits(candidate.subject)? {
            return Ok(None);
        }
        let Some(Some(incident)) = self.rows.get(&candidate.subject).cloned() else { return Ok(None) };
        let tag: Option<String> = self
            .log
            .prepare_cached("SELECT tag FROM log WHERE n = ?1")?
            .query_row([candidate.n], |row| row.get(0))
            .optional()?;
        let found = |tag: Option<String>| match tag.map(|tag| self.reader.find_entry(&tag)) {
            Some(Ok(Found::One(entry))) => Some(*entry),
            _ => None,
        };
        // A command is found by its end, where that was recorded.
        let Some(mut entry) = found(tag).filter(|entry| !entry.has_ended()) else { return Ok(None) };
        if candidate.kind == "entry.amended"
            && let Fact::EntryAmended(amended) = &entry.fact
            && let Some(original) = found(Some(amended.entry.tag()))
        {
            entry = original;
        }
        // What an entry says now may no longer be what answered.
        let encoded = entry.fact.encode();
        let now = Document::read(entry.fact.kind(), &encoded.facts, encoded.words.as_deref());
        let answers = counts(self.query, &now.tokens()).is_some();
        let Candidate { document, score, .. } = candidate;
        let earlier = (!answers && entry.correction.is_some()).then_some(document);
        if !answers && earlier.is_none() {
            return Ok(None);
        }
        Ok(Some(Sighting { incident, entry, earlier, score }))
    }
}
