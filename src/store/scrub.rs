//! Removing words for good: from the log at once, from every byte of the file as soon as nobody else reads it.
//!
//! `secure_delete` clears what is deleted; what SQLite once moved from page to page it does not. So the file is written
//! anew, alone, and the write-ahead log emptied. Until then a mark in the store says that bytes are pending.

use super::index::drop_index;
use super::lock::{self, PATIENCE};
use super::{Store, StoreError, Writer, origin};
use crate::incident::header::words_digest;
use crate::incident::id::{EventId, SubjectId};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// The mark in the store while removed words may still be in the file.
pub(super) const PENDING: &str = "scrub";

impl Writer<'_> {
    /// Removes an entry's words and their salt; what it is about, where it had any. Their digest stays, so that the
    /// chain still holds.
    pub fn blank(&self, id: EventId) -> Result<Option<SubjectId>, StoreError> {
        self.run(|connection| {
            let query = "SELECT words, salt, subjects.id FROM log JOIN subjects ON subjects.n = log.subject
                WHERE tag = ?1 AND words IS NOT NULL";
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<Vec<u8>>>(1)?, row.get::<_, [u8; 16]>(2)?))
            };
            let found = connection.query_row(query, [id.tag()], read).optional()?;
            let Some((words, salt, subject)) = found else { return Ok(None) };
            let digest = words_digest(&salt.unwrap_or_default(), &words);
            let blank = "UPDATE log SET words = NULL, salt = NULL, words_digest = ?2 WHERE tag = ?1";
            connection.execute(blank, params![id.tag(), digest.as_slice()])?;
            origin::set_meta(connection, PENDING, 1)?;
            Ok(Some(SubjectId(Uuid::from_bytes(subject))))
        })
    }
}

impl Store {
    /// Throws the search index away if nobody else has the store open: whoever searches next makes it again.
    pub fn forget_index(&mut self) -> Result<(), StoreError> {
        self.share = None;
        let dropped = lock::alone_now(&self.path).map_or(Ok(()), |_alone| drop_index(&self.path));
        self.share = Some(lock::share(&self.path)?);
        dropped
    }

    /// Finishes a redaction if nobody else has the store open; whether every byte is gone.
    pub fn scrub(&mut self) -> Result<bool, StoreError> {
        self.share = None;
        let alone = lock::alone_now(&self.path);
        let done = match &alone {
            // The words stand in the search index too; it is made again by whoever searches next.
            Some(_) => drop_index(&self.path).and_then(|()| {
                rewrite(&self.connection).map_err(|error| StoreError::from_sqlite(&self.path, PATIENCE, error))
            }),
            None => Ok(false),
        };
        drop(alone);
        self.share = Some(lock::share(&self.path)?);
        done
    }
}

fn rewrite(connection: &Connection) -> rusqlite::Result<bool> {
    connection.execute_batch("VACUUM")?;
    if !checkpoint(connection)? {
        return Ok(false);
    }
    connection.execute("DELETE FROM meta WHERE name = ?1", [PENDING])?;
    checkpoint(connection)
}

/// Writes the write-ahead log into the file and empties it; `false` when a reader is in the way.
fn checkpoint(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).map(|busy| busy == 0)
}
