//! The tables, and the steps from one version of them to the next.

use super::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// Marks the file as hikeshi's: `hkdb`.
pub const APPLICATION_ID: i64 = 0x686b_6462;

/// The version of the tables that this program writes.
pub const VERSION: i64 = 5;

/// The log is the truth; `incidents`, `marks` and `inbox` are derived from it and can be made again.
///
/// An entry's row number is its origin's number and its `seq` in one integer ([`place`]), so that a copy's chain lies
/// together and needs no index of its own: a note touches three pages. Its other columns beside the blobs are copies
/// of the header, for queries.
const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE origins (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE subjects (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE log (
    n INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL REFERENCES subjects,
    tag TEXT NOT NULL, batch BLOB NOT NULL, key TEXT,
    hlc INTEGER NOT NULL, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL, kind TEXT NOT NULL,
    header BLOB NOT NULL, facts BLOB NOT NULL, words BLOB, salt BLOB, words_digest BLOB, hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX log_tag ON log (tag);
CREATE INDEX log_when ON log (subject, at, hlc);
CREATE INDEX log_order ON log (subject, hlc) WHERE kind <> 'note.added';
CREATE INDEX log_key ON log (key) WHERE key IS NOT NULL;
CREATE TABLE incidents (
    subject INTEGER PRIMARY KEY REFERENCES subjects,
    space BLOB NOT NULL, number INTEGER NOT NULL,
    phase INTEGER NOT NULL, status TEXT NOT NULL, severity INTEGER NOT NULL,
    drill INTEGER NOT NULL, restricted INTEGER NOT NULL,
    title TEXT NOT NULL, services TEXT NOT NULL, leader TEXT,
    declared_at INTEGER NOT NULL, started_at INTEGER,
    duplicate_of INTEGER, folded INTEGER NOT NULL, state BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX incidents_number ON incidents (space, number);
CREATE INDEX incidents_unresolved ON incidents (restricted, severity, declared_at, drill, phase) WHERE phase = 0;
CREATE INDEX incidents_resolved ON incidents (severity, declared_at) WHERE phase = 1;
CREATE INDEX incidents_alike ON incidents (title COLLATE NOCASE) WHERE phase = 0;
CREATE INDEX incidents_duplicates ON incidents (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE TABLE marks (
    target TEXT NOT NULL, mark TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (target, mark, by)
) STRICT, WITHOUT ROWID;
CREATE TABLE inbox (n INTEGER PRIMARY KEY REFERENCES log, settled TEXT) STRICT;
";

/// What each later version adds to the tables. A step only adds derived tables that an older log leaves empty, so that
/// an older store can be read with them laid over it, untouched ([`overlay`]).
const STEPS: [&str; 4] = [
    "
CREATE TABLE amendments (
    by TEXT PRIMARY KEY, target TEXT NOT NULL, subject INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX amendments_subject ON amendments (subject);
",
    "
CREATE TABLE clocks (
    subject INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT, role TEXT,
    started_at INTEGER NOT NULL, warn_at INTEGER, due_at INTEGER NOT NULL, quiet_until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (subject, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX clocks_due ON clocks (due_at);
CREATE INDEX clocks_quiet ON clocks (quiet_until);
CREATE TABLE outbox (
    n INTEGER PRIMARY KEY, message BLOB NOT NULL UNIQUE, subject INTEGER NOT NULL, channel TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, begun INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_next ON outbox (next_at) WHERE state = 0;
CREATE INDEX outbox_failed ON outbox (n) WHERE state = 2;
CREATE TABLE suggestions (
    subject INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (subject, rule)
) STRICT, WITHOUT ROWID;
CREATE TABLE contacts (
    name TEXT PRIMARY KEY, audience TEXT, services TEXT NOT NULL, verified_at INTEGER NOT NULL, check_every INTEGER,
    entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;
",
    "
CREATE TABLE figures (
    subject INTEGER PRIMARY KEY, number INTEGER NOT NULL, worst INTEGER NOT NULL,
    drill INTEGER NOT NULL, restricted INTEGER NOT NULL, near_miss INTEGER NOT NULL,
    cancelled TEXT, category TEXT, services TEXT NOT NULL,
    declared_at INTEGER NOT NULL, started_at INTEGER, detected_at INTEGER, acknowledged_at INTEGER,
    mitigated_at INTEGER, resolved_at INTEGER,
    updates_in_time INTEGER NOT NULL, updates_late INTEGER NOT NULL, updates_missed INTEGER NOT NULL,
    updates_open TEXT NOT NULL, reopened INTEGER NOT NULL,
    manager_held INTEGER NOT NULL, roles INTEGER NOT NULL, roles_held INTEGER NOT NULL,
    actions_dropped INTEGER NOT NULL, actions_in_time INTEGER NOT NULL, actions_late INTEGER NOT NULL,
    actions_undated INTEGER NOT NULL, actions_effective INTEGER NOT NULL, actions_ineffective INTEGER NOT NULL,
    actions_unchecked INTEGER NOT NULL, actions_open TEXT NOT NULL, causes BLOB NOT NULL
) STRICT;
CREATE TABLE sources (
    source TEXT NOT NULL, subject INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (source, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE drills (
    subject INTEGER PRIMARY KEY, kind TEXT NOT NULL, team TEXT NOT NULL, scenario TEXT NOT NULL,
    started_at INTEGER NOT NULL, next_due_at INTEGER, score INTEGER
) STRICT;
",
    "
CREATE TABLE spells (
    subject INTEGER PRIMARY KEY, calm INTEGER NOT NULL, lasted INTEGER
) STRICT;
",
];

/// The version since which deadlines have rows.
const DEADLINES: i64 = 3;

/// Bits of a row number that hold the `seq`; the origin's number stands above them.
pub const SEQ_BITS: u32 = 40;

/// The most copies whose entries have row numbers.
pub const ORIGINS: i64 = (1 << (62 - SEQ_BITS)) - 1;

/// The row number of an origin's entry number `seq`.
pub const fn place(origin: i64, seq: i64) -> i64 {
    (origin << SEQ_BITS) | seq
}

/// Makes an empty file into a store, in one transaction.
pub fn create(connection: &Connection) -> rusqlite::Result<()> {
    let steps = STEPS.concat();
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {TABLES} {steps} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
}

/// What a file turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing in it yet.
    Empty,
    /// A store of this version.
    Current,
    /// A store of an earlier version.
    Older(i64),
}

/// Brings a store of an earlier version to this one, in one transaction; `fill` makes the derived rows anew.
pub fn migrate(
    connection: &Connection,
    path: &Path,
    from: i64,
    fill: impl FnOnce(&Connection) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let run = |batch: &str| {
        let ran = connection.execute_batch(batch);
        ran.map_err(|error| StoreError::from_sqlite(path, super::lock::PATIENCE, error))
    };
    let steps: String = missing(from).map(|(step, _)| step).collect();
    run("BEGIN IMMEDIATE")?;
    let migrated = run(&steps).and_then(|()| fill(connection));
    let migrated = migrated.and_then(|()| run(&format!("PRAGMA user_version = {VERSION}; COMMIT")));
    migrated.inspect_err(|_| drop(run("ROLLBACK")))
}

/// Lets a store of an earlier version be read as one of this version, without a change to the file.
pub fn overlay(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    for (step, _) in missing(from) {
        let step = step.replace("CREATE TABLE", "CREATE TEMP TABLE").replace("CREATE INDEX ", "CREATE INDEX temp.");
        connection.execute_batch(&step)?;
    }
    // A file that has the rows of deadlines keeps its own.
    if from < DEADLINES { super::watch::fill(connection) } else { Ok(()) }
}

/// What stands in a store that hikeshi didn't put there, or that isn't as hikeshi made it: `trigger x`. What SQLite
/// notes for itself is none of it.
pub fn strangers(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let model = Connection::open_in_memory()?;
    model.execute_batch(TABLES)?;
    for (step, _) in STEPS.iter().zip(2..).filter(|(_, since)| *since <= version) {
        model.execute_batch(step)?;
    }
    let own = definitions(&model)?;
    let found = definitions(connection)?;
    let strange = found.into_iter().filter(|one| !own.contains(one));
    Ok(strange.map(|(kind, name, _)| format!("{kind} {name}")).collect())
}

/// Everything that a file defines: kind, name, and how, white space aside.
fn definitions(connection: &Connection) -> rusqlite::Result<Vec<(String, String, String)>> {
    let mut query = connection.prepare(
        "SELECT type, name, coalesce(sql, '') FROM main.sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_'",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let sql: String = row.get(2)?;
        Ok((row.get(0)?, row.get(1)?, sql.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    query.query_map([], read)?.collect()
}

/// The steps that a store lacks, with the version that each leads to.
fn missing(from: i64) -> impl Iterator<Item = (&'static str, i64)> {
    let steps = STEPS.iter().zip(2..).map(|(step, version)| (*step, version));
    steps.filter(move |(_, version)| *version > from)
}

/// Looks at what the file says it is; refuses what isn't hikeshi's or is newer.
pub fn inspect(connection: &Connection, path: &Path) -> Result<Condition, StoreError> {
    let failed = |error| StoreError::from_sqlite(path, super::lock::PATIENCE, error);
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = number("application_id").map_err(failed)?;
    let version = number("user_version").map_err(failed)?;
    match (application, version) {
        (APPLICATION_ID, VERSION) => Ok(Condition::Current),
        (APPLICATION_ID, found @ 1..VERSION) => Ok(Condition::Older(found)),
        (APPLICATION_ID, found) if found > VERSION => {
            Err(StoreError::Newer { path: path.to_owned(), found, known: VERSION })
        }
        _ => {
            let count = "SELECT count(*) FROM sqlite_schema";
            let tables: i64 = connection.query_row(count, [], |row| row.get(0)).map_err(failed)?;
            if tables == 0 {
                return Ok(Condition::Empty);
            }
            let reason = "an SQLite file of another program".to_owned();
            Err(StoreError::NotAStore { path: path.to_owned(), reason, another: true })
        }
    }
}
