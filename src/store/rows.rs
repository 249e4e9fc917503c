//! Rows derived from the log: made with every entry, and made again from the log alone.

use crate::incident::fact::Fact;
use crate::incident::header::Header;
use crate::incident::id::SubjectId;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use rusqlite::{Connection, OptionalExtension, params};

/// The mark of an entry that was taken back.
pub const UNDONE: &str = "undone";
/// The mark of an entry that was corrected.
pub const AMENDED: &str = "amended";
/// The mark of an entry whose words were removed.
pub const REDACTED: &str = "redacted";
/// The mark of a hypothesis that an entry confirmed.
pub const CONFIRMED: &str = "confirmed";
/// The mark of a hypothesis that an entry refuted.
pub const REFUTED: &str = "refuted";
/// The mark of a statement that another one has corrected (B6).
pub const SUPERSEDED: &str = "superseded";
/// The mark of a command's start whose end was recorded.
pub const ENDED: &str = "ended";

/// How far along a status is: 0 unresolved, 1 resolved, 2 over.
pub const fn phase(status: Status) -> u8 {
    if status.is_unresolved() {
        0
    } else if status.is_final() {
        2
    } else {
        1
    }
}

/// The row number of a subject, made where there is none.
pub fn subject(connection: &Connection, id: SubjectId) -> rusqlite::Result<i64> {
    if let Some(n) = find_subject(connection, id)? {
        return Ok(n);
    }
    connection.prepare_cached("INSERT INTO subjects (id) VALUES (?1)")?.insert([id.0.as_bytes().as_slice()])
}

/// The row number of a subject.
pub fn find_subject(connection: &Connection, id: SubjectId) -> rusqlite::Result<Option<i64>> {
    let mut query = connection.prepare_cached("SELECT n FROM subjects WHERE id = ?1")?;
    query.query_row([id.0.as_bytes().as_slice()], |row| row.get(0)).optional()
}

/// Takes an entry's marks and inbox rows in.
pub fn derive(connection: &Connection, n: i64, header: &Header, fact: &Fact) -> rusqlite::Result<()> {
    let tag = header.id.tag();
    match fact {
        Fact::NoteAdded(note) => {
            for (target, mark) in [(note.confirms, CONFIRMED), (note.refutes, REFUTED)] {
                if let Some(target) = target {
                    set_mark(connection, &target.tag(), mark, &tag)?;
                }
            }
        }
        Fact::EntryUndone(undone) => {
            for target in undone.entries.iter().map(|id| id.tag()) {
                connection.execute("DELETE FROM marks WHERE by = ?1", [&target])?;
                connection.execute("DELETE FROM amendments WHERE by = ?1", [&target])?;
                set_mark(connection, &target, UNDONE, &tag)?;
            }
        }
        Fact::EntryAmended(amended) => {
            let target = amended.entry.tag();
            set_mark(connection, &target, AMENDED, &tag)?;
            let subject = subject(connection, header.subject)?;
            let insert = "INSERT OR IGNORE INTO amendments (by, target, subject) VALUES (?1, ?2, ?3)";
            connection.execute(insert, params![tag, target, subject])?;
        }
        Fact::StatementSent(sent) => {
            if let Some(wrong) = sent.corrects {
                set_mark(connection, &wrong.tag(), SUPERSEDED, &sent.statement.tag())?;
            }
        }
        Fact::CommandRun(run) => {
            if let Some(started) = run.started {
                set_mark(connection, &started.tag(), ENDED, &tag)?;
            }
        }
        Fact::EntryRedacted(redacted) => set_mark(connection, &redacted.entry.tag(), REDACTED, &tag)?,
        Fact::InboxKept(_) => {
            connection.execute("INSERT OR IGNORE INTO inbox (n) VALUES (?1)", [n])?;
        }
        Fact::InboxFiled(filed) => settle(connection, &filed.item.tag(), "filed")?,
        Fact::InboxDiscarded(discarded) => settle(connection, &discarded.item.tag(), "discarded")?,
        Fact::IncidentImported(_) | Fact::AlertReceived(_) => super::sources::derive(connection, header, fact)?,
        _ => super::watch::derive(connection, header, fact)?,
    }
    Ok(())
}

fn set_mark(connection: &Connection, target: &str, mark: &str, by: &str) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO marks (target, mark, by) VALUES (?1, ?2, ?3)")?;
    insert.execute([target, mark, by]).map(drop)
}

fn settle(connection: &Connection, item: &str, how: &str) -> rusqlite::Result<()> {
    let update = "UPDATE inbox SET settled = ?2 WHERE n = (SELECT n FROM log WHERE tag = ?1)";
    connection.execute(update, [item, how]).map(drop)
}

/// Writes an incident's row; `folded` is the clock of the last fact in it.
pub fn save(connection: &Connection, incident: &Incident, folded: i64) -> rusqlite::Result<()> {
    let n = subject(connection, incident.id)?;
    let duplicate_of = match incident.cancelled.as_ref().and_then(|cancelled| cancelled.of) {
        Some(other) => find_subject(connection, other)?,
        None => None,
    };
    let state = serde_json::to_vec(incident).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let mut put = connection.prepare_cached(
        "INSERT OR REPLACE INTO incidents (subject, space, number, phase, status, severity, drill, restricted, title,
         services, leader, declared_at, started_at, duplicate_of, folded, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    put.execute(params![
        n,
        incident.space.0.as_bytes().as_slice(),
        incident.number,
        phase(incident.status),
        incident.status.as_str(),
        incident.severity.number(),
        incident.drill,
        incident.restricted,
        incident.title,
        services_column(&incident.services),
        incident.leader(),
        incident.times.declared.millis(),
        incident.times.started.map(crate::incident::time::Timestamp::millis),
        duplicate_of,
        folded,
        state,
    ])?;
    super::figures::save(connection, n, incident)?;
    super::spells::save(connection, n, incident)?;
    super::drills::save(connection, n, incident)?;
    super::watch::save_clocks(connection, n, incident)
}

/// Services as one column: sorted, so that the same set is the same text.
pub fn services_column(services: &[String]) -> String {
    let mut sorted: Vec<&String> = services.iter().collect();
    sorted.sort();
    serde_json::to_string(&sorted).unwrap_or_default()
}
