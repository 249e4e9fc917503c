//! Making every derived row again from the log alone.

use super::lock::PATIENCE;
use super::reader::Reader;
use super::{StoreError, origin, rows};
use crate::incident::fact::Fact;
use crate::incident::header::Header;
use crate::incident::id::SubjectId;
use crate::incident::state::{Incident, fold};
use rusqlite::Connection;
use std::path::Path;

/// Makes every derived row again from the log alone.
pub(super) fn rebuild(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::from_sqlite(path, PATIENCE, error);
    origin::mend(connection).map_err(failed)?;
    for subject in derive_all(connection).map_err(failed)? {
        let (incident, folded) = refold(connection, path, subject)?;
        rows::save(connection, &incident, folded).map_err(failed)?;
    }
    Ok(())
}

/// An incident folded anew from all of its facts, and the clock of the last one.
pub(super) fn refold(connection: &Connection, path: &Path, subject: SubjectId) -> Result<(Incident, i64), StoreError> {
    let facts = Reader::new(connection, path).facts(subject)?;
    let incident = fold(subject, facts.iter().map(|(meta, fact)| (meta, fact)));
    let folded = "SELECT max(hlc) FROM log JOIN subjects ON subjects.n = log.subject
        WHERE subjects.id = ?1 AND kind <> 'note.added'";
    let folded = connection.query_row(folded, [subject.0.as_bytes().as_slice()], |row| row.get(0));
    Ok((incident, folded.map_err(|error| StoreError::from_sqlite(path, PATIENCE, error))?))
}

/// Makes the rows of single entries again; the incidents that were declared.
fn derive_all(connection: &Connection) -> rusqlite::Result<Vec<SubjectId>> {
    connection.execute_batch(
        "DELETE FROM incidents; DELETE FROM marks; DELETE FROM amendments; DELETE FROM inbox; DELETE FROM clocks;
         DELETE FROM outbox; DELETE FROM suggestions; DELETE FROM contacts; DELETE FROM figures; DELETE FROM sources;
         DELETE FROM drills; DELETE FROM spells",
    )?;
    // Of the notes, only those that say something of another entry leave a row.
    let mut query = connection.prepare(
        "SELECT n, header, facts, words FROM log WHERE (kind <> 'note.added'
         OR instr(facts, CAST('confirms' AS BLOB)) OR instr(facts, CAST('refutes' AS BLOB)))
         AND n >> 40 IN (SELECT n FROM origins) ORDER BY n",
    )?;
    let mut found = query.query([])?;
    let mut subjects: Vec<SubjectId> = Vec::new();
    while let Some(row) = found.next()? {
        let Ok(header) = Header::from_bytes(row.get_ref(1)?.as_blob()?) else { continue };
        let words: Option<Vec<u8>> = row.get(3)?;
        let fact = Fact::decode(&header.kind, header.version, row.get_ref(2)?.as_blob()?, words.as_deref());
        rows::derive(connection, row.get(0)?, &header, &fact)?;
        if matches!(fact, Fact::IncidentDeclared(_)) {
            subjects.push(header.subject);
        }
    }
    Ok(subjects)
}
