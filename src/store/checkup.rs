//! Looking for damage: pages, rows that don't follow from the log, what is left to be done.

use super::reader::Reader;
use super::{StoreError, Writer, origin, schema, scrub};
use crate::incident::time::Timestamp;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// How many faults of pages are told.
const FAULTS: u32 = 10;

/// The tables that are made from the log, with their columns in a fixed order. What a scheduler or a sender notes for
/// itself (until when it is quiet, that an attempt has begun) is not.
const DERIVED: [&str; 12] = [
    "SELECT subject, hex(space), number, phase, status, severity, drill, restricted, title, services, leader,
        declared_at, started_at, duplicate_of, hex(state) FROM incidents ORDER BY subject",
    "SELECT target, mark, by FROM marks ORDER BY target, mark, by",
    "SELECT by, target, subject FROM amendments ORDER BY by",
    "SELECT n, settled FROM inbox ORDER BY n",
    "SELECT subject, name, kind, owner, role, started_at, warn_at, due_at FROM clocks ORDER BY subject, name",
    "SELECT hex(message), subject, channel, state, attempts, next_at FROM outbox ORDER BY message",
    "SELECT subject, rule FROM suggestions ORDER BY subject, rule",
    "SELECT subject, kind, team, scenario, started_at, next_due_at, score FROM drills ORDER BY subject",
    "SELECT name, audience, services, verified_at, check_every, entry FROM contacts ORDER BY name",
    "SELECT * FROM figures ORDER BY subject",
    "SELECT * FROM spells ORDER BY subject",
    "SELECT source, subject, entry FROM sources ORDER BY source, subject",
];

impl Reader<'_> {
    /// What SQLite finds wrong with its pages and indexes; nothing for a sound file.
    pub fn page_faults(&self) -> Result<Vec<String>, StoreError> {
        self.ask(|connection| {
            let mut query = connection.prepare(&format!("PRAGMA integrity_check({FAULTS})"))?;
            let lines = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(lines.into_iter().filter(|line| line != "ok").collect())
        })
    }

    /// What hikeshi didn't put there: a trigger, a view, a table, or one of its own made another.
    pub fn strangers(&self) -> Result<Vec<String>, StoreError> {
        self.ask(schema::strangers)
    }

    /// Whether a redaction is still to be finished.
    pub fn is_scrub_pending(&self) -> Result<bool, StoreError> {
        Ok(self.ask(|connection| origin::meta::<i64>(connection, scrub::PENDING))?.is_some())
    }

    /// Where copies of the store were put.
    pub fn backups(&self) -> Result<Vec<String>, StoreError> {
        self.ask(origin::backups)
    }

    /// When the last entry of any copy was recorded.
    pub fn last_recorded(&self) -> Result<Option<Timestamp>, StoreError> {
        let query = "SELECT max((SELECT recorded_at FROM log WHERE log.n >= origins.n << 40
            AND log.n < (origins.n + 1) << 40 ORDER BY log.n DESC LIMIT 1)) FROM origins";
        let millis: Option<i64> = self.ask(|connection| connection.query_row(query, [], |row| row.get(0)))?;
        Ok(millis.map(Timestamp::from_millis))
    }
}

impl Writer<'_> {
    /// Makes the rows again and says whether they were as they should be; without a commit nothing changes.
    pub fn rebuild_and_compare(&self) -> Result<bool, StoreError> {
        let before = self.run(derived)?;
        self.rebuild()?;
        Ok(self.run(derived)? == before)
    }
}

/// A digest of everything that is derived.
fn derived(connection: &Connection) -> rusqlite::Result<Vec<u8>> {
    let mut digest = Sha256::new();
    for query in DERIVED {
        let mut query = connection.prepare(query)?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                let value: rusqlite::types::Value = row.get(column)?;
                digest.update(format!("{value:?}\0"));
            }
        }
    }
    Ok(digest.finalize().to_vec())
}
