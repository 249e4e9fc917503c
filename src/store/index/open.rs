//! Opening the index, and making it where there is none or where it is of no use.

use crate::store::lock::PATIENCE;
use crate::store::schema::place;
use crate::store::{StoreError, guard};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version of the index: another one is made anew.
const FORMAT: i64 = 1;

/// Marks the file: `hksx`.
const APPLICATION_ID: i64 = 0x686b_7378;

/// How long somebody who searches waits for another who takes entries in.
const WAIT: Duration = Duration::from_secs(5);

/// No text is kept, only where each word stands; `reach` is how far each origin's log was taken in.
const TABLES: &str = "
CREATE TABLE reach (origin INTEGER PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE figures (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE entries USING fts5(head, body, content='', columnsize=0, tokenize='ascii');
INSERT INTO entries (entries, rank) VALUES ('hashsize', 67108864);
INSERT INTO figures VALUES ('entries', 0), ('words', 0);
";

/// An open index.
#[derive(Debug)]
pub struct Index {
    pub(super) connection: Connection,
    /// Whether entries can be taken in.
    pub(super) writable: bool,
}

/// How far the index goes in one origin's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The origin's number.
    pub origin: i64,
    /// The last row that was taken in; the row before the first one where none was.
    pub n: i64,
    /// The last row of the log.
    pub last: i64,
}

/// Where a store's index lies.
pub fn path_of(store: &Path) -> PathBuf {
    store.with_extension("search")
}

/// Throws the index away; only for somebody who is alone with the store.
pub fn drop_index(store: &Path) -> Result<(), StoreError> {
    let path = path_of(store);
    for path in [beside(&path, "-journal"), beside(&path, "-wal"), path] {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::from_io(&path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Index {
    /// Opens the index of a store; `None` where there is none and none can be made.
    pub fn open(store: &Path, may_write: bool) -> Option<Self> {
        let path = path_of(store);
        if path.exists() && guard::check(&path).is_err() {
            // Somebody else could have put anything there.
            return None;
        }
        if may_write && let Some(index) = make(store, &path).and_then(|()| Self::writable(&path)) {
            return Some(index);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = path.exists().then(|| Connection::open_with_flags(absolute(&path)?, flags).ok()).flatten()?;
        connection.busy_timeout(WAIT).ok()?;
        let sound = is_current(&connection).unwrap_or(false);
        sound.then_some(Self { connection, writable: false })
    }

    fn writable(path: &Path) -> Option<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = || -> rusqlite::Result<Connection> {
            let connection = Connection::open_with_flags(absolute(path).unwrap_or_else(|| path.to_owned()), flags)?;
            connection.busy_timeout(WAIT)?;
            if !is_current(&connection)? {
                connection.execute_batch("PRAGMA secure_delete = ON; BEGIN IMMEDIATE")?;
                create(&connection)?;
                connection.execute_batch("COMMIT")?;
            }
            connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON")?;
            Ok(connection)
        };
        match opened() {
            Ok(connection) => Some(Self { connection, writable: true }),
            Err(error) if is_damage(&error) => {
                blank(path)?;
                let connection = opened().ok()?;
                Some(Self { connection, writable: true })
            }
            Err(_) => None,
        }
    }

    /// Empties a damaged index, so that it is made anew.
    pub fn reset(self, store: &Path) -> Option<Self> {
        let Self { connection, writable } = self;
        drop(connection);
        if !writable {
            return None;
        }
        let path = path_of(store);
        blank(&path)?;
        Self::writable(&path)
    }

    /// How far it goes in each origin's log; `None` where it is of another log than this one, or where words were
    /// redacted since, and where it lacks more entries than `behind`.
    pub fn reach(&self, log: &Connection, behind: Option<i64>) -> rusqlite::Result<Option<Vec<Reach>>> {
        let mut origins = log.prepare_cached(
            "SELECT n, (SELECT max(log.n) FROM log WHERE log.n >= origins.n << 40 AND log.n < (origins.n + 1) << 40)
             FROM origins ORDER BY n",
        )?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?));
        let origins = origins.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
        let mut kept = self.connection.prepare_cached("SELECT n, hash FROM reach WHERE origin = ?1")?;
        let mut hash = log.prepare_cached("SELECT hash FROM log WHERE n = ?1")?;
        let mut redacted =
            log.prepare_cached("SELECT 1 FROM log WHERE n > ?1 AND n <= ?2 AND kind = 'entry.redacted'")?;
        let mut reaches = Vec::new();
        let mut any = false;
        let mut redactions = false;
        for (origin, last) in origins {
            let first = place(origin, 0);
            let last = last.unwrap_or(first);
            let taken = kept.query_row([origin], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
            let n = match taken.optional()? {
                Some((n, known)) => {
                    let found: Option<Vec<u8>> = if n > last {
                        // Recorded and taken in by others since this reader began; or another log lies there now.
                        now(log)?.query_row("SELECT hash FROM log WHERE n = ?1", [n], |row| row.get(0)).optional()?
                    } else {
                        hash.query_row([n], |row| row.get(0)).optional()?
                    };
                    if found.as_ref() != Some(&known) {
                        return Ok(None);
                    }
                    any = true;
                    n.min(last)
                }
                None => first,
            };
            if behind.is_some_and(|most| last - n > most) {
                return Ok(None);
            }
            redactions |= redacted.exists([n, last])?;
            reaches.push(Reach { origin, n, last });
        }
        let known: i64 = self.connection.query_row("SELECT count(*) FROM reach", [], |row| row.get(0))?;
        let strangers = usize::try_from(known).unwrap_or(usize::MAX) > reaches.len();
        Ok((!(strangers || any && redactions)).then_some(reaches))
    }

    /// Forgets everything, in the file's own transaction: for another log, or for redacted words.
    pub fn clear(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let cleared = create(&self.connection).and_then(|()| self.connection.execute_batch("COMMIT; VACUUM"));
        cleared.inspect_err(|_| drop(self.connection.execute_batch("ROLLBACK")))
    }
}

/// Whether an error says that the file is of no use.
pub fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
        || matches!(error, rusqlite::Error::SqliteFailure(code, _) if code.code == ErrorCode::Unknown)
}

/// The log as it is at this moment, not as it was when the reader began.
fn now(log: &Connection) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let fresh = Connection::open_with_flags(log.path().unwrap_or_default(), flags)?;
    fresh.busy_timeout(WAIT)?;
    Ok(fresh)
}

/// What went wrong, as the store reports it.
pub fn failed(store: &Path) -> impl Fn(rusqlite::Error) -> StoreError {
    let path = path_of(store);
    move |error| StoreError::from_sqlite(&path, PATIENCE, error)
}

fn create(connection: &Connection) -> rusqlite::Result<()> {
    let names = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'
        AND name NOT LIKE 'entries_%'";
    let names: Vec<String> = connection.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for name in names {
        connection.execute_batch(&format!("DROP TABLE \"{}\"", name.replace('"', "\"\"")))?;
    }
    connection.execute_batch(TABLES)?;
    connection.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"))
}

fn is_current(connection: &Connection) -> rusqlite::Result<bool> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("application_id")? != APPLICATION_ID || number("user_version")? != FORMAT {
        return Ok(false);
    }
    // Parses what the file says its tables are.
    connection.prepare("SELECT origin FROM reach")?.exists([]).map(|_| true)
}

/// Makes an empty file for the index, its owner's alone.
fn make(store: &Path, path: &Path) -> Option<()> {
    if path.exists() {
        return Some(());
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    match options.open(path) {
        Ok(_) => {
            // Whoever searches as root must not keep the store's owner from searching.
            let owner = store.metadata().ok()?;
            if rustix::process::geteuid().is_root() && owner.uid() != 0 {
                drop(std::os::unix::fs::chown(path, Some(owner.uid()), Some(owner.gid())));
            }
            Some(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Some(()),
        Err(_) => None,
    }
}

/// Empties the file where it lies: it stays the same file for whoever has it open.
fn blank(path: &Path) -> Option<()> {
    File::options().write(true).open(path).and_then(|file| file.set_len(0)).ok()?;
    drop(std::fs::remove_file(beside(path, "-journal")));
    Some(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn absolute(path: &Path) -> Option<PathBuf> {
    std::path::absolute(path).ok()
}
