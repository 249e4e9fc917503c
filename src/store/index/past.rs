//! Incidents that may be like another: the newest ones, and those in whose entries its words stand.

use super::{Index, Range, rowids};
use crate::incident::id::SubjectId;
use crate::incident::state::Incident;
use crate::search::{Document, Query};
use crate::store::schema::place;
use crate::store::{Store, StoreError};
use rusqlite::params;
use std::collections::HashMap;

/// How many words are looked up in the index.
const PROBES: usize = 24;

/// How many of the newest entries are looked at for each word: those with it in a title or cause, and any.
const EACH: usize = 60;

/// A word in more entries than this says nothing about which incident is meant.
const COMMON: usize = 2_000;

/// How many characters of what was said in one incident are compared.
const SAID: usize = 16 * 1024;

/// How many entries of the incident itself are compared.
const WHOLE: usize = 1_000;

/// Which incidents are looked for.
#[derive(Debug, Clone, Default)]
pub struct Likely {
    /// Words, normalised, the most telling place first.
    pub words: Vec<String>,
    /// Services.
    pub services: Vec<String>,
    /// The incident itself.
    pub except: Option<SubjectId>,
    /// Restricted incidents too.
    pub restricted: bool,
    /// So many at the most.
    pub most: usize,
    /// So many entries of each.
    pub entries: usize,
    /// How far the index may be behind to be asked: it is not caught up here.
    pub behind: i64,
}

/// An incident of the past, and what was said in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The incident.
    pub incident: Incident,
    /// Notes, statements and whatever else was written in it, in the order of the log.
    pub said: Vec<String>,
}

impl Store {
    /// Incidents that may be like another, in the order of their numbers; exercises, restricted ones and those that
    /// were none stay out.
    pub fn past(&self, likely: &Likely) -> Result<Vec<Past>, StoreError> {
        let mut found: Vec<i64> = self.reader().ask(|log| {
            let newest = "SELECT subject FROM incidents WHERE space = (SELECT value FROM meta WHERE name = 'space')
                ORDER BY number DESC LIMIT ?1";
            let most = i64::try_from(likely.most).unwrap_or(i64::MAX);
            log.prepare_cached(newest)?.query_map([most], |row| row.get(0))?.collect()
        })?;
        // Without an index, or with one that somebody else is at, the newest ones have to do.
        for subject in self.with_words(likely).unwrap_or_default() {
            if !found.contains(&subject) {
                found.push(subject);
            }
        }
        let mut past = Vec::with_capacity(found.len());
        for subject in found {
            past.extend(self.one(subject, likely)?);
        }
        past.sort_by_key(|one| one.incident.number);
        Ok(past)
    }

    /// The incidents in whose entries the most telling of the words stand.
    fn with_words(&self, likely: &Likely) -> Option<Vec<i64>> {
        let log = &self.connection;
        let index = Index::open(&self.path, false)?;
        let reaches = index.reach(log, Some(likely.behind)).ok()??;
        let mut worth: HashMap<i64, f64> = HashMap::new();
        let mut subject_of = log.prepare_cached("SELECT subject FROM log WHERE n = ?1").ok()?;
        let words = likely.services.iter().chain(&likely.words);
        for word in words.take(PROBES) {
            let query = Query::exactly(word);
            let Some(phrase) = query.all.first() else { continue };
            let times = super::ask::frequency(&index.connection, phrase, COMMON).ok()?;
            if times > f64::from(u32::try_from(COMMON).unwrap_or(u32::MAX)) - 1.0 {
                continue;
            }
            for reach in &reaches {
                let range = Range { from: place(reach.origin, 0), below: reach.n + 1 };
                for heads in [true, false] {
                    for n in rowids(&index.connection, &query, heads, range, EACH).ok()? {
                        let subject: i64 = subject_of.query_row([n], |row| row.get(0)).ok()?;
                        *worth.entry(subject).or_default() += 1.0 / (1.0 + times).ln().max(0.5);
                    }
                }
            }
        }
        let mut found: Vec<(i64, f64)> = worth.into_iter().collect();
        found.sort_by(|left, right| right.1.total_cmp(&left.1).then(right.0.cmp(&left.0)));
        Some(found.into_iter().take(likely.most).map(|(subject, _)| subject).collect())
    }

    /// An incident with what was said in it; `None` for one that is no example.
    fn one(&self, subject: i64, likely: &Likely) -> Result<Option<Past>, StoreError> {
        let reader = self.reader();
        let Some(row) = reader.ask(|_| reader.row_of(subject))? else { return Ok(None) };
        if row.drill || (row.restricted && !likely.restricted) || likely.except == Some(row.id) {
            return Ok(None);
        }
        let Some(incident) = reader.incident(row.id)?.filter(|incident| incident.cancelled.is_none()) else {
            return Ok(None);
        };
        let said = self.said_in(subject, likely.entries)?;
        Ok(Some(Past { incident, said }))
    }

    /// What was written in an incident, its title left out.
    pub fn said(&self, id: SubjectId) -> Result<Vec<String>, StoreError> {
        match self.reader().ask(|log| crate::store::rows::find_subject(log, id))? {
            Some(subject) => self.said_in(subject, WHOLE),
            None => Ok(Vec::new()),
        }
    }

    fn said_in(&self, subject: i64, entries: usize) -> Result<Vec<String>, StoreError> {
        self.reader().ask(|log| {
            // What was taken back is no experience.
            let mut query = log.prepare_cached(
                "SELECT kind, facts, words FROM log WHERE subject = ?1 AND words IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM marks WHERE target = log.tag AND mark = 'undone')
                 ORDER BY at LIMIT ?2",
            )?;
            let mut rows = query.query(params![subject, i64::try_from(entries).unwrap_or(i64::MAX)])?;
            let (mut said, mut length) = (Vec::new(), 0);
            while length < SAID
                && let Some(row) = rows.next()?
            {
                let words = row.get_ref(2)?.as_blob_or_null()?;
                let document = Document::read(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_blob()?, words);
                for part in document.parts.into_iter().filter(|part| part.written && part.field != "title") {
                    length += part.text.len();
                    said.push(part.text);
                }
            }
            Ok(said)
        })
    }
}
