//! What can be asked of a store, inside a transaction or outside.

use super::StoreError;
use super::lock::PATIENCE;
use super::{origin, rows};
use crate::incident::id::{SpaceId, SubjectId};
use crate::incident::severity::Severity;
use crate::incident::state::{Incident, fold};
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params, params_from_iter};
use std::path::Path;
use uuid::Uuid;

/// Questions to a store.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    connection: &'a Connection,
    path: &'a Path,
}

/// Which incidents to list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// Resolved and closed ones too.
    pub all: bool,
    /// Only these statuses.
    pub statuses: Vec<Status>,
    /// Only these severities.
    pub severities: Vec<Severity>,
    /// Only those declared since.
    pub since: Option<Timestamp>,
    /// Restricted ones too.
    pub restricted: bool,
    /// Only near misses.
    pub near_miss: bool,
    /// So many at the most.
    pub limit: Option<usize>,
}

/// An incident in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: SubjectId,
    /// Its number.
    pub number: u32,
    /// What is wrong.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Whether it is kept out of lists.
    pub restricted: bool,
    /// Whether it came to nothing that customers noticed (D1).
    pub near_miss: bool,
    /// The services it hits.
    pub services: Vec<String>,
    /// Who leads.
    pub leader: Option<String>,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// How long service was restored before it came back.
    pub calm: Span,
    /// How long it lasted, where it is over; `None` also where a store of an earlier version doesn't say.
    pub lasted: Option<Span>,
}

impl Row {
    /// How long it lasted, or has lasted by `now`; the calm between its rounds doesn't count.
    pub fn lasted(&self, now: Timestamp) -> Option<Span> {
        if !self.status.is_unresolved() {
            return self.lasted;
        }
        Some(now.since(self.started_at.unwrap_or(self.declared_at))?.without(self.calm))
    }
}

/// How far unresolved incidents are counted: a shell prompt can't wait for more, nor show it.
const COUNTED: u32 = 1_000;

const ROW: &str = "subjects.id, number, title, status, severity, drill, restricted, services, leader, declared_at,
    started_at, instr(state, CAST('\"near_miss\":true' AS BLOB)),
    (SELECT calm FROM spells WHERE spells.subject = incidents.subject),
    (SELECT lasted FROM spells WHERE spells.subject = incidents.subject) FROM incidents JOIN subjects ON subjects.n = incidents.subject";

impl<'a> Reader<'a> {
    /// Questions over a connection; `path` is for errors.
    pub(super) const fn new(connection: &'a Connection, path: &'a Path) -> Self {
        Self { connection, path }
    }

    pub(super) fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        ask(self.connection).map_err(|error| StoreError::from_sqlite(self.path, PATIENCE, error))
    }

    /// The space whose incident numbers the store hands out; `None` before its first write.
    pub fn space(&self) -> Result<Option<SpaceId>, StoreError> {
        let bytes: Option<Vec<u8>> =
            self.ask(|connection| Ok(origin::meta(connection, "space").unwrap_or_default()))?;
        match bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()) {
            Some(space) => Ok(Some(SpaceId(space))),
            None => self.ask(origin::space_in_log),
        }
    }

    /// The number that the next incident gets: the one after the highest, or, where a number stands at the very end of
    /// all numbers, the first one that is free.
    pub fn next_number(&self, space: SpaceId) -> Result<u32, StoreError> {
        // Under another name of the space they would begin again with 1.
        if self.ask(origin::space_in_log)?.is_some_and(|said| said != space) {
            return Err(StoreError::Numbers { path: self.path.to_owned() });
        }
        let space = space.0.as_bytes().as_slice();
        let query = "SELECT coalesce(max(number), 0) + 1 FROM incidents WHERE space = ?1";
        let next: i64 = self.ask(|connection| connection.query_row(query, [space], |row| row.get(0)))?;
        if let Some(next) = u32::try_from(next).ok().filter(|next| *next > 0) {
            return Ok(next);
        }
        let free = "SELECT min(one.number) + 1 FROM
            (SELECT 0 AS number UNION ALL SELECT number FROM incidents WHERE space = ?1 AND number BETWEEN 1 AND ?2) AS one
            WHERE NOT EXISTS (SELECT 1 FROM incidents AS other
                WHERE other.space = ?1 AND other.number = one.number + 1)";
        self.ask(|connection| connection.query_row(free, params![space, u32::MAX - 1], |row| row.get(0)))
    }

    /// An incident as it stands.
    pub fn incident(&self, id: SubjectId) -> Result<Option<Incident>, StoreError> {
        self.folded(id).map(|found| found.map(|(incident, _)| incident))
    }

    /// An incident, and the clock of the last fact that was folded into it.
    pub fn folded(&self, id: SubjectId) -> Result<Option<(Incident, i64)>, StoreError> {
        let query = "SELECT state, folded FROM incidents JOIN subjects ON subjects.n = incidents.subject
            WHERE subjects.id = ?1";
        let stored = self.ask(|connection| {
            let mut query = connection.prepare_cached(query)?;
            let read = |row: &SqlRow<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?));
            query.query_row([id.0.as_bytes().as_slice()], read).optional()
        })?;
        let found = stored.map(|(state, folded)| Ok::<_, StoreError>((self.parse::<Incident>(&state)?, folded)));
        match found.transpose()? {
            Some((incident, folded)) if incident.lacks_rounds() => {
                let facts = self.facts(id)?;
                Ok(Some((fold(id, facts.iter().map(|(meta, fact)| (meta, fact))), folded)))
            }
            found => Ok(found),
        }
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, StoreError> {
        serde_json::from_slice(bytes)
            .map_err(|error| StoreError::Damaged { path: self.path.to_owned(), reason: error.to_string() })
    }

    /// The incidents that have measures of prevention, the newest first.
    pub fn with_actions(&self, drills: bool, restricted: bool) -> Result<Vec<Incident>, StoreError> {
        // The narrow rows know which have any: reading every state takes a second for 100,000 incidents.
        let query = "SELECT state FROM incidents WHERE drill <= ?1 AND restricted <= ?2 AND subject IN
            (SELECT subject FROM figures WHERE actions_open <> ''
             OR actions_dropped + actions_in_time + actions_late + actions_undated > 0) ORDER BY number DESC";
        let states = self.ask(|connection| {
            let mut query = connection.prepare_cached(query)?;
            query.query_map([drills, restricted], |row| row.get::<_, Vec<u8>>(0))?.collect::<rusqlite::Result<Vec<_>>>()
        })?;
        states.iter().map(|state| self.parse(state)).collect()
    }

    /// The incident with this number in the store's own space.
    pub fn by_number(&self, number: u32) -> Result<Option<SubjectId>, StoreError> {
        let Some(space) = self.space()? else { return Ok(None) };
        let query = "SELECT subjects.id FROM incidents JOIN subjects ON subjects.n = incidents.subject
            WHERE space = ?1 AND number = ?2";
        self.ask(|connection| {
            connection.query_row(query, params![space.0.as_bytes().as_slice(), number], subject_id).optional()
        })
    }

    /// Incidents of real life that are not yet resolved, or not yet over; the worst first.
    pub fn candidates(&self, not_over: bool, limit: usize) -> Result<Vec<Row>, StoreError> {
        // Each phase by itself: an index serves a query only where its condition stands there word for word.
        let of = |phase: &str, limit: usize| {
            let query = format!("SELECT {ROW} WHERE {phase} AND drill = 0 ORDER BY severity, declared_at LIMIT ?1");
            self.rows(&query, &[i64::try_from(limit).unwrap_or(i64::MAX).into()])
        };
        let mut found = of("phase = 0", limit)?;
        if not_over && found.len() < limit {
            found.extend(of("phase = 1", limit - found.len())?);
        }
        Ok(found)
    }

    /// An incident as lists show it.
    pub fn row(&self, id: SubjectId) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(&format!("SELECT {ROW} WHERE subjects.id = ?1"), &[id.0.as_bytes().to_vec().into()])?.pop())
    }

    /// How many incidents are unresolved, counted up to a thousand, and the worst: a restricted one only where there is
    /// no other. Drills are apart.
    pub fn unresolved(&self) -> Result<(usize, Option<Row>), StoreError> {
        let query =
            format!("SELECT count(*) FROM (SELECT 1 FROM incidents WHERE phase = 0 AND drill = 0 LIMIT {COUNTED})");
        let count: i64 = self.ask(|connection| connection.query_row(&query, [], |row| row.get(0)))?;
        let worst = |whose: &str| {
            let query =
                format!("SELECT {ROW} WHERE phase = 0 AND drill = 0{whose} ORDER BY severity, declared_at LIMIT 1");
            self.rows(&query, &[]).map(|mut rows| rows.pop())
        };
        let open = worst(" AND restricted = 0")?;
        let shown = if open.is_none() && count > 0 { worst("")? } else { open };
        Ok((usize::try_from(count).unwrap_or_default(), shown))
    }

    /// An unresolved incident with the same title, but for case, and the same services; never a restricted one, whose
    /// title nobody may find out by guessing.
    pub fn alike(&self, title: &str, services: &[String], drill: bool) -> Result<Option<Row>, StoreError> {
        let query = format!(
            "SELECT {ROW} WHERE phase = 0 AND title = ?1 COLLATE NOCASE AND services = ?2 AND drill = ?3
             AND restricted = 0 LIMIT 1"
        );
        let values = [title.to_owned().into(), rows::services_column(services).into(), i64::from(drill).into()];
        Ok(self.rows(&query, &values)?.pop())
    }

    /// Incidents as asked for: unresolved ones first, the worst first; then the others, the newest first.
    pub fn list(&self, listing: &Listing) -> Result<Vec<Row>, StoreError> {
        let mut conditions: Vec<String> = Vec::new();
        if !listing.all && listing.statuses.is_empty() {
            conditions.push("phase = 0".to_owned());
        }
        if !listing.statuses.is_empty() {
            let names: Vec<String> = listing.statuses.iter().map(|status| format!("'{status}'")).collect();
            conditions.push(format!("status IN ({})", names.join(", ")));
        }
        if !listing.severities.is_empty() {
            let numbers: Vec<String> = listing.severities.iter().map(|level| level.number().to_string()).collect();
            conditions.push(format!("severity IN ({})", numbers.join(", ")));
        }
        if let Some(since) = listing.since {
            conditions.push(format!("declared_at >= {}", since.millis()));
        }
        if listing.near_miss {
            // Inside a text the quotes would stand behind a backslash.
            conditions.push("instr(state, CAST('\"near_miss\":true' AS BLOB)) > 0".to_owned());
        }
        if !listing.restricted {
            conditions.push("restricted = 0".to_owned());
        }
        let conditions = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        let most = listing.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let only_unresolved = !listing.all && listing.statuses.is_empty();
        let mut found =
            if only_unresolved || listing.statuses.is_empty() || listing.statuses.iter().any(|s| s.is_unresolved()) {
                let query =
                    format!("SELECT {ROW} WHERE phase = 0 AND {conditions} ORDER BY severity, declared_at LIMIT ?1");
                self.rows(&query, &[most.into()])?
            } else {
                Vec::new()
            };
        let left = if most < 0 { -1 } else { most - i64::try_from(found.len()).unwrap_or(most) };
        if !only_unresolved && left != 0 {
            let query = format!("SELECT {ROW} WHERE phase > 0 AND {conditions} ORDER BY number DESC LIMIT ?1");
            found.extend(self.rows(&query, &[left.into()])?);
        }
        Ok(found)
    }

    /// An incident by the number of its row.
    pub(super) fn row_of(&self, subject: i64) -> rusqlite::Result<Option<Row>> {
        let query = format!("SELECT {ROW} WHERE incidents.subject = ?1");
        self.connection.prepare_cached(&query)?.query_row([subject], listed).optional()
    }

    fn rows(&self, query: &str, values: &[rusqlite::types::Value]) -> Result<Vec<Row>, StoreError> {
        self.ask(|connection| {
            let mut query = connection.prepare_cached(query)?;
            query.query_map(params_from_iter(values), listed)?.collect()
        })
    }
}

fn subject_id(row: &SqlRow<'_>) -> rusqlite::Result<SubjectId> {
    let bytes: [u8; 16] = row.get(0)?;
    Ok(SubjectId(Uuid::from_bytes(bytes)))
}

fn listed(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let status: String = row.get(3)?;
    let severity: u8 = row.get(4)?;
    let services: String = row.get(7)?;
    Ok(Row {
        id: subject_id(row)?,
        number: row.get(1)?,
        title: row.get(2)?,
        status: Status::parse(&status).unwrap_or(Status::Investigating),
        severity: Severity::ALL.get(usize::from(severity)).copied().unwrap_or(Severity::Sev2),
        drill: row.get(5)?,
        restricted: row.get(6)?,
        near_miss: row.get::<_, i64>(11)? > 0,
        services: serde_json::from_str(&services).unwrap_or_default(),
        leader: row.get(8)?,
        declared_at: Timestamp::from_millis(row.get(9)?),
        started_at: row.get::<_, Option<i64>>(10)?.map(Timestamp::from_millis),
        calm: Span::from_millis(row.get::<_, Option<i64>>(12)?.unwrap_or_default()),
        lasted: row.get::<_, Option<i64>>(13)?.map(Span::from_millis),
    })
}
