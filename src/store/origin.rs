//! Which copy of the store this is.
//!
//! A copy on another machine, or in another file, must not go on numbering where the first one stands: two histories
//! under one name could never meet. So the copy is known by its machine and its inode, and begins a new origin when
//! either is another.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Where a store's file is: the machine and the inode.
pub fn place(path: &Path) -> String {
    let machine = std::fs::read_to_string("/etc/machine-id")
        .or_else(|_| std::fs::read_to_string("/proc/sys/kernel/hostname"))
        .unwrap_or_default();
    let inode = path.metadata().map(|file| file.ino()).unwrap_or_default();
    format!("{}:{inode}", machine.trim())
}

/// A value that the store keeps about itself.
pub fn meta<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> rusqlite::Result<Option<T>> {
    let mut query = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    query.query_row([name], |row| row.get(0)).optional()
}

/// Keeps a value about the store itself.
pub fn set_meta(connection: &Connection, name: &str, value: impl Into<Value>) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?;
    update.execute(params![name, value.into()]).map(drop)
}
