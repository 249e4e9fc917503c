//! Copying a store while others use it.

use super::StoreError;
use super::guard::folder_of;
use super::lock::PATIENCE;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at a time: few enough that a writer never waits long, many enough that the copy ends.
const PAGES: i32 = 4_096;

/// Copies a store as it stands into a new file, 0600, on disk under its name when this returns.
pub fn copy(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    let part = beside(to, "part");
    let made = write(connection, &part).and_then(|()| publish(&part, to));
    if made.is_err() {
        // What is half written is of no use to anybody.
        drop(std::fs::remove_file(&part));
    }
    made
}

fn write(connection: &Connection, part: &Path) -> Result<(), StoreError> {
    drop(std::fs::remove_file(part));
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(part);
    created.map_err(|error| StoreError::from_io(part, &error))?;
    let failed = |error| StoreError::from_sqlite(part, PATIENCE, error);
    let mut target = Connection::open(part).map_err(failed)?;
    Backup::new(connection, &mut target)
        .and_then(|backup| backup.run_to_completion(PAGES, Duration::from_millis(5), None))
        .map_err(failed)?;
    // One file: whoever carries it away carries everything.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(failed)
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
