//! Which copy of the store this is.
//!
//! A copy on another machine, or in another file, must not go on numbering where the first one stands: two histories
//! under one name could never meet. So the copy is known by its machine and its inode, and begins a new origin when
//! either is another.

use super::schema::place as place_of;
use super::scrub::PENDING;
use crate::incident::fact::OriginStarted;
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
    let mut writes = false;
    while let Some(row) = rows.next()? {
        match row.get_ref(0)?.as_str()? {
            PLACE => known.place = row.get(1).unwrap_or_default(),
            "origin" => writes = true,
            "space" => known.space = row.get(1).ok().map(|bytes| SpaceId(Uuid::from_bytes(bytes))),
            PENDING => known.pending = true,
            _ => {}
        }
    }
    if !writes {
        // Nobody knows as which copy it wrote, so it begins another.
        known.place = None;
    }
    if known.space.is_none() {
        known.space = space_in_log(connection)?;
    }
    Ok(known)
}

/// The space whose incident numbers the log speaks of, where the store's own note of it is gone: numbers never begin
/// again.
pub fn space_in_log(connection: &Connection) -> rusqlite::Result<Option<SpaceId>> {
    let origins: Vec<i64> = {
        let order = "SELECT n FROM origins ORDER BY n = (SELECT value FROM meta WHERE name = 'origin') DESC, n DESC";
        let mut query = connection.prepare(order)?;
        query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    let mut first = connection.prepare("SELECT facts FROM log WHERE n = ?1")?;
    for n in origins {
        let facts: Option<Vec<u8>> = first.query_row([place_of(n, 1)], |row| row.get(0)).optional()?;
        let started = facts.and_then(|facts| serde_json::from_slice::<OriginStarted>(&facts).ok());
        if let Some(started) = started {
            return Ok(Some(started.space));
        }
    }
    Ok(None)
}

/// Takes back what the store notes of itself where the log says otherwise.
pub fn mend(connection: &Connection) -> rusqlite::Result<()> {
    let Some(space) = space_in_log(connection)? else { return Ok(()) };
    let unlisted = "DELETE FROM meta WHERE name = 'origin' AND value NOT IN (SELECT n FROM origins)";
    connection.execute(unlisted, [])?;
    set_meta(connection, "space", space.0.as_bytes().to_vec())
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
