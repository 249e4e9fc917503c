//! Which copy of the store this is.
//!
//! A copy on another machine, or in another file, must not go on numbering where the first one stands: two histories
//! under one name could never meet. So the copy is known by its machine and its inode, and begins a new origin when
//! either is another.

use super::scrub::PENDING;
use crate::incident::id::SpaceId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use uuid::Uuid;

/// The name under which a store keeps where it is.
pub const PLACE: &str = "place";

/// The place of a store that was made from an export, before its first write.
pub const IMPORTED: &str = "imported";

/// Where a store's file is: the machine and the inode.
pub fn place(path: &Path) -> String {
    let machine = std::fs::read_to_string("/etc/machine-id")
        .or_else(|_| std::fs::read_to_string("/proc/sys/kernel/hostname"))
        .unwrap_or_default();
    let inode = path.metadata().map(|file| file.ino()).unwrap_or_default();
    format!("{}:{inode}", machine.trim())
}

/// What the store knows of itself before a write.
#[derive(Debug, Default)]
pub struct Known {
    /// Where its file was at the last write.
    pub place: Option<String>,
    /// The space whose incident numbers it hands out.
    pub space: Option<SpaceId>,
    /// Whether a redaction is still to be finished.
    pub pending: bool,
}

/// Reads everything at once: every command needs it.
pub fn known(connection: &Connection) -> rusqlite::Result<Known> {
    let mut query = connection.prepare_cached("SELECT name, value FROM meta")?;
    let mut rows = query.query([])?;
    let mut known = Known::default();
    while let Some(row) = rows.next()? {
        match row.get_ref(0)?.as_str()? {
            PLACE => known.place = row.get(1)?,
            "space" => known.space = Some(SpaceId(Uuid::from_bytes(row.get(1)?))),
            PENDING => known.pending = true,
            _ => {}
        }
    }
    Ok(known)
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

/// Forgets where the store's file is: whoever writes next begins a copy of its own.
pub fn forget_place(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM meta WHERE name = ?1", [PLACE]).map(drop)
}

/// How many places of copies are remembered.
pub const BACKUPS: usize = 20;

/// Remembers where a copy of the store was put.
pub fn remember_backup(connection: &Connection, place: &str) -> rusqlite::Result<()> {
    let mut places = backups(connection)?;
    places.retain(|known| known != place);
    places.push(place.to_owned());
    let from = places.len().saturating_sub(BACKUPS);
    set_meta(connection, "backups", serde_json::to_string(&places[from..]).unwrap_or_default())
}

/// Where copies of the store were put.
pub fn backups(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let known: Option<String> = meta(connection, "backups")?;
    Ok(known.and_then(|known| serde_json::from_str(&known).ok()).unwrap_or_default())
}
