//! Opening the file, for reading or for writing.

use super::lock::{self, Held, PATIENCE};
use super::mark::Marks;
use super::reader::Reader;
use super::schema::{self, Condition};
use super::{StoreError, Writer, copy, fence, guard, rebuild};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// File systems on which SQLite's shared memory doesn't work between machines.
const NETWORK: [i64; 6] = [0x6969, 0xff53_4d42, 0xfe53_4d42, 0x517b, 0x0102_1997, 0x7373_7546];

/// An open store.
#[derive(Debug)]
pub struct Store {
    // Fields drop in this order: the connection's last checkpoint happens while the lock is held.
    pub(super) connection: Connection,
    pub(super) share: Option<Held>,
    pub(super) path: PathBuf,
    on_network: bool,
    marks: Marks,
    // A copy that is read in the place of the store goes with it.
    _aside: Option<tempfile::TempDir>,
}

impl Store {
    /// Opens a store for reading. One that doesn't exist is an empty one, and isn't created.
    pub fn open_for_reading(path: &Path) -> Result<Self, StoreError> {
        let empty = || {
            let connection = Connection::open_in_memory().and_then(|memory| schema::create(&memory).map(|()| memory));
            let connection = connection.map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?;
            Ok(Self {
                connection,
                share: None,
                path: path.to_owned(),
                on_network: false,
                marks: Marks::default(),
                _aside: None,
            })
        };
        match path.metadata() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return empty(),
            Err(error) => return Err(StoreError::from_io(path, &error)),
            Ok(metadata) => be_a_file(path, &metadata)?,
        }
        let face = face(path)?;
        if face == Face::Blank {
            return empty();
        }
        // A store on a medium that can't be written has no lock to take, and nobody to share it with.
        let share = lock::share_if_there(path);
        let _turn = if face == Face::Unmarked { lock::queue(path).ok() } else { None };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = connect(path, flags)?;
        let mut aside = None;
        let condition = match schema::inspect(&connection, path) {
            // Without room or leave to write SQLite can't make its shared memory. What is not in the file yet would be
            // left out by reading the file alone, so both are read elsewhere.
            Err(error) if is_unwritable(&error) && has_log(path) => {
                let folder = copy_aside(path)?;
                connection = connect(&folder.path().join(COPY), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
                aside = Some(folder);
                schema::inspect(&connection, path)?
            }
            // Nothing can change then either.
            Err(error) if is_unwritable(&error) => {
                let uri = format!(
                    "file:{}?immutable=1",
                    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
                );
                connection = connect(Path::new(&uri), flags | OpenFlags::SQLITE_OPEN_URI)?;
                schema::inspect(&connection, path)?
            }
            other => other?,
        };
        match condition {
            Condition::Empty => empty(),
            Condition::Current | Condition::Older(_) => {
                if let Condition::Older(version) = condition {
                    // Reading changes nothing, the version least of all.
                    schema::overlay(&connection, version)
                        .map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?;
                }
                // One snapshot for everything that is asked, and one lock instead of one for each question.
                let begun = connection.execute_batch("BEGIN").and_then(|()| fence::raise(&connection));
                begun.map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?;
                Ok(Self {
                    connection,
                    share,
                    path: path.to_owned(),
                    on_network: false,
                    marks: Marks::default(),
                    _aside: aside,
                })
            }
        }
    }

    /// Opens a store for writing, and creates it where there is none: file 0600, folder 0700.
    pub fn open_for_writing(path: &Path) -> Result<Self, StoreError> {
        let folder = guard::folder_of(path);
        if !folder.is_dir() {
            make_folder(folder).map_err(|error| StoreError::from_io(folder, &error))?;
        }
        if let Ok(metadata) = path.metadata() {
            be_a_file(path, &metadata)?;
        }
        guard::check(path)?;
        if path.exists() {
            face(path)?;
        }
        let mut share = lock::share(path)?;
        let is_new = !path.exists();
        let created = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
        created.map_err(|error| StoreError::from_io(path, &error))?;
        if is_new {
            crate::owner::hand_over(path);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let on_network = is_on_network(path);
        let connection = if face(path)? == Face::Marked {
            let mut connection = connect(path, flags)?;
            if let Condition::Older(_) = schema::inspect(&connection, path)? {
                drop(connection);
                drop(share);
                migrate(path, flags)?;
                share = lock::share(path)?;
                connection = connect(path, flags)?;
                schema::inspect(&connection, path)?;
            }
            connection
        } else {
            // Whoever switches a new file to WAL must be alone with it, readers included: that switch doesn't wait.
            let _turn = lock::queue(path)?;
            let connection = connect(path, flags)?;
            create_if_empty(&connection, path, on_network)?;
            connection
        };
        let settings = "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL";
        let failed = |error| StoreError::from_sqlite(path, PATIENCE, error);
        connection.execute_batch(settings).map_err(failed)?;
        let share = Some(share);
        Ok(Self { connection, share, path: path.to_owned(), on_network, marks: Marks::default(), _aside: None })
    }

    /// The same store, whose last head is remembered there from now on.
    #[must_use]
    pub fn remembering(self, marks: Marks) -> Self {
        Self { marks, ..self }
    }

    /// What can be asked of it.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.connection, &self.path)
    }

    /// Begins a transaction when the writer's turn comes; it is undone unless it is committed.
    pub fn begin(&mut self) -> Result<Writer<'_>, StoreError> {
        let turn = lock::queue(&self.path)?;
        Writer::begin(&mut self.connection, &self.path, &self.marks, turn)
    }

    /// Whether it lies on a network file system, where durability is another machine's promise.
    pub const fn on_network(&self) -> bool {
        self.on_network
    }
}

/// Whether SQLite can't make, or can't have, its shared memory there.
const fn is_unwritable(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Unopenable { .. }
            | StoreError::ReadOnly { .. }
            | StoreError::Full { .. }
            | StoreError::Unfit { .. }
    )
}

/// Whether part of the store is still in its write-ahead log.
fn has_log(path: &Path) -> bool {
    beside(path, "-wal").metadata().is_ok_and(|file| file.len() > 0)
}

/// Makes a folder with those above it, 0700, each name on disk before anything is confirmed below it.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let absent = folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists());
    let above: Vec<&Path> = absent.map(guard::folder_of).collect();
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    above.into_iter().try_for_each(|folder| File::open(folder)?.sync_all())
}

/// The name of a copy that is read in the place of a store.
const COPY: &str = "copy.db";

/// Copies a store with its write-ahead log to where SQLite can make its shared memory.
fn copy_aside(path: &Path) -> Result<tempfile::TempDir, StoreError> {
    let failed = |error: std::io::Error| StoreError::from_io(path, &error);
    let folder = tempfile::tempdir().map_err(failed)?;
    std::fs::copy(path, folder.path().join(COPY)).map_err(failed)?;
    std::fs::copy(beside(path, "-wal"), folder.path().join(format!("{COPY}-wal"))).map_err(failed)?;
    Ok(folder)
}

/// What SQLite keeps beside a store.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Brings a store of an earlier version to this one, alone with it, with a copy of it beside: `hikeshi.db.v1`.
fn migrate(path: &Path, flags: OpenFlags) -> Result<(), StoreError> {
    let _alone = lock::alone(path)?;
    let connection = connect(path, flags)?;
    let Condition::Older(version) = schema::inspect(&connection, path)? else { return Ok(()) };
    copy::copy(&connection, &copy::beside(path, &format!("v{version}")))?;
    let settings = "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL";
    connection.execute_batch(settings).map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?;
    schema::migrate(&connection, path, version, |connection| rebuild::rebuild(connection, path))
}

/// Makes a new file a store, unless another process did so in the meantime.
fn create_if_empty(connection: &Connection, path: &Path, on_network: bool) -> Result<(), StoreError> {
    if schema::inspect(connection, path)? == Condition::Current {
        return Ok(());
    }
    let failed = |error| StoreError::from_sqlite(path, PATIENCE, error);
    let mode = if on_network { "DELETE" } else { "WAL" };
    connection.pragma_update(None, "journal_mode", mode).map_err(failed)?;
    connection.execute_batch("PRAGMA secure_delete = ON").map_err(failed)?;
    schema::create(connection).map_err(failed)?;
    // The mark reaches the file itself, where others look for it before they open it.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)
}

/// What the first bytes of a file say, without opening it as a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    /// Nothing yet: another process may be about to create it.
    Blank,
    /// An SQLite file without hikeshi's mark: half created, or another program's.
    Unmarked,
    /// A store.
    Marked,
}

/// Refuses folders, and pipes and devices before they are opened: opening a pipe waits for a writer.
fn be_a_file(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    let reason = match () {
        () if metadata.is_file() => return Ok(()),
        () if metadata.is_dir() => "a folder",
        () => "not a file",
    };
    Err(StoreError::NotAStore { path: path.to_owned(), reason: reason.to_owned(), another: true })
}

/// Looks at a file's first bytes; refuses what is no SQLite file.
fn face(path: &Path) -> Result<Face, StoreError> {
    let mut head = [0u8; 72];
    let mut file = File::open(path).map_err(|error| StoreError::from_io(path, &error))?;
    let mut read = 0;
    while read < head.len() {
        match file.read(&mut head[read..]).map_err(|error| StoreError::from_io(path, &error))? {
            0 => break,
            more => read += more,
        }
    }
    if read == 0 {
        return Ok(Face::Blank);
    }
    if (read < head.len() || !head.starts_with(b"SQLite format 3\0")) && has_journal(path) {
        // Power went while the file was being made: SQLite takes it back to what it was.
        return Ok(Face::Unmarked);
    }
    if read < head.len() || !head.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotAStore {
            path: path.to_owned(),
            reason: "not an SQLite file".to_owned(),
            another: false,
        });
    }
    let mark = i64::from(u32::from_be_bytes([head[68], head[69], head[70], head[71]]));
    Ok(if mark == schema::APPLICATION_ID { Face::Marked } else { Face::Unmarked })
}

/// Whether a change of the file was begun and not ended.
fn has_journal(path: &Path) -> bool {
    beside(path, "-journal").metadata().is_ok_and(|file| file.len() > 0)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let failed = |error| StoreError::from_sqlite(path, PATIENCE, error);
    // SQLite keeps `:memory:` and `file:…?mode=memory` nowhere; an absolute path is nothing but a path.
    let place = if flags.contains(OpenFlags::SQLITE_OPEN_URI) {
        path.to_owned()
    } else {
        std::path::absolute(path).map_err(|error| StoreError::from_io(path, &error))?
    };
    let connection = Connection::open_with_flags(place, flags).map_err(failed)?;
    harden(&connection).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    Ok(connection)
}

/// Lets nothing that stands in a file act by itself: no trigger, no view, no function in the definition of a table.
pub(super) fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map(drop)
}

fn is_on_network(path: &Path) -> bool {
    rustix::fs::statfs(path).is_ok_and(|system| NETWORK.contains(&system.f_type))
}
