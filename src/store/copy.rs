//! Copying a store while others use it, and putting a copy back in its place.

use super::guard::folder_of;
use super::lock::{self, PATIENCE};
use super::{Store, StoreError, origin};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at a time.
const PAGES: i32 = 4_096;
/// How long to wait when a writer is in the way.
const PAUSE: Duration = Duration::from_millis(5);

/// Copies a store as it stands into a new file, 0600, on disk under its name when this returns.
pub(super) fn copy(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    let part = beside(to, "part");
    let made = write(connection, &part, |_, _| {}).map(drop).and_then(|()| publish(&part, to));
    if made.is_err() {
        // What is half written is of no use to anybody.
        drop(std::fs::remove_file(&part));
    }
    made
}

impl Store {
    /// Copies the store as it stood when this began into a new file that no other store takes for its own; `progress`
    /// is told pages done and all pages. It has its name only after [`publish`].
    pub fn copy_to(&self, part: &Path, progress: impl FnMut(u64, u64)) -> Result<(), StoreError> {
        // The snapshot begins with the first question: writers that come later are not in it, and never restart it.
        self.reader().count()?;
        let target = write(&self.connection, part, progress)?;
        drop_strangers(&target);
        // A copy is another copy, wherever it is put.
        origin::forget_place(&target).map_err(|error| StoreError::from_sqlite(part, PATIENCE, error))
    }

    /// Puts a copy in the place of the store at `to`, alone with it, once `check` has found the copy sound; where the
    /// old store lies then, if there was one.
    pub fn restore(
        &self,
        to: &Path,
        aside: &Path,
        progress: impl FnMut(u64, u64),
        check: impl FnOnce(&Path) -> Result<(), StoreError>,
    ) -> Result<Option<PathBuf>, StoreError> {
        if let Some(name) = self.reader().strangers()?.into_iter().next() {
            return Err(StoreError::Stranger { path: self.path.clone(), name });
        }
        let _alone = lock::alone(to)?;
        let part = beside(to, "part");
        let copied = self.copy_to(&part, progress).and_then(|()| check(&part));
        copied.inspect_err(|_| drop(std::fs::remove_file(&part)))?;
        let failed = |error: std::io::Error| StoreError::from_io(to, &error);
        let old = to.exists();
        if old {
            settle(to);
            std::fs::hard_link(to, aside).map_err(failed)?;
            for log in ["-wal", "-shm"] {
                // One that could not be written into the file stays with it.
                let (from, kept) = (named(to, log), named(aside, log));
                if from.exists() {
                    std::fs::rename(from, kept).map_err(failed)?;
                }
            }
        }
        publish(&part, to)?;
        Ok(old.then(|| aside.to_owned()))
    }
}

/// Leaves behind what hikeshi didn't put into a store; what can't be dropped is found by whoever takes the copy in.
fn drop_strangers(target: &Connection) {
    for name in super::schema::strangers(target).unwrap_or_default() {
        if let Some((kind @ ("trigger" | "view"), name)) = name.split_once(' ') {
            drop(target.execute_batch(&format!("DROP {kind} \"{}\"", name.replace('"', "\"\""))));
        }
    }
}

/// Writes a store's write-ahead log into its file, where the file can still be opened.
fn settle(path: &Path) {
    if let Ok(connection) = Connection::open(path)
        && super::open::harden(&connection).is_ok()
    {
        drop(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    }
}

fn named(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn write(connection: &Connection, part: &Path, mut progress: impl FnMut(u64, u64)) -> Result<Connection, StoreError> {
    drop(std::fs::remove_file(part));
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(part);
    created.map_err(|error| StoreError::from_io(part, &error))?;
    let copied = Connection::open(part).and_then(|mut target| {
        super::open::harden(&target)?;
        let backup = Backup::new(connection, &mut target)?;
        loop {
            let step = backup.step(PAGES)?;
            let at = backup.progress();
            let all = u64::try_from(at.pagecount).unwrap_or_default();
            progress(all - u64::try_from(at.remaining).unwrap_or_default(), all);
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(PAUSE),
            }
        }
        drop(backup);
        // One file: whoever carries it away carries everything.
        target.pragma_update(None, "journal_mode", "DELETE")?;
        target.pragma_update(None, "synchronous", "FULL")?;
        Ok(target)
    });
    copied.map_err(|error| StoreError::from_sqlite(part, PATIENCE, error))
}

/// Gives a finished file its name, durably.
pub fn publish(part: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::from_io(to, &error);
    File::open(part).and_then(|file| file.sync_all()).map_err(failed)?;
    std::fs::rename(part, to).map_err(failed)?;
    File::open(folder_of(to)).and_then(|folder| folder.sync_all()).map_err(failed)
}

/// A file beside another, by what is added to its name.
pub fn beside(path: &Path, added: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(added);
    path.with_file_name(name)
}
