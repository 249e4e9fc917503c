//! Where things from elsewhere went: which incident holds what a source calls so.

use super::reader::Reader;
use super::{StoreError, rows};
use crate::incident::fact::Fact;
use crate::incident::header::Header;
use crate::incident::id::SubjectId;
use crate::incident::past;
use rusqlite::{Connection, params};
use uuid::Uuid;

impl Reader<'_> {
    /// The incidents that hold what a source calls so, the last one first; what was taken back counts for nothing.
    pub fn holding(&self, source: &str) -> Result<Vec<SubjectId>, StoreError> {
        let query = "SELECT subjects.id FROM sources JOIN subjects ON subjects.n = sources.subject
            WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM marks WHERE target = sources.entry AND mark = 'undone')
            ORDER BY sources.subject DESC";
        self.ask(|connection| {
            let mut query = connection.prepare_cached(query)?;
            query.query_map([source], |row| Ok(SubjectId(Uuid::from_bytes(row.get(0)?))))?.collect()
        })
    }
}

/// Takes a fact's source in, where it has one.
pub fn derive(connection: &Connection, header: &Header, fact: &Fact) -> rusqlite::Result<()> {
    let source = match fact {
        Fact::IncidentImported(imported) => past::name(&imported.format, &imported.source),
        Fact::AlertReceived(alert) => past::alert_name(&alert.format, &alert.fingerprint),
        _ => return Ok(()),
    };
    let subject = rows::subject(connection, header.subject)?;
    // An incident is known by the entry that took it over: a correction that is taken back leaves it known.
    let put = match fact {
        Fact::IncidentImported(_) => "INSERT OR IGNORE INTO sources (source, subject, entry) VALUES (?1, ?2, ?3)",
        _ => "INSERT OR REPLACE INTO sources (source, subject, entry) VALUES (?1, ?2, ?3)",
    };
    connection.prepare_cached(put)?.execute(params![source, subject, header.id.tag()]).map(drop)
}
