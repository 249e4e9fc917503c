//! How long incidents lasted that are over or came back, so that a list reads no state.

use crate::incident::state::Incident;
use crate::incident::time::Span;
use rusqlite::{Connection, params};

/// Writes an incident's row; the first round of one that is open still needs none.
pub fn save(connection: &Connection, subject: i64, incident: &Incident) -> rusqlite::Result<()> {
    let lasted = incident.ended().and_then(|ended| incident.lasted(ended)).map(Span::millis);
    let calm = incident.calm().millis();
    if lasted.is_none() && calm == 0 {
        connection.prepare_cached("DELETE FROM spells WHERE subject = ?1")?.execute([subject])?;
        return Ok(());
    }
    let put = "INSERT OR REPLACE INTO spells (subject, calm, lasted) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(put)?.execute(params![subject, calm, lasted]).map(drop)
}
