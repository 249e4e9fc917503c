//! Exercises that were held, one row each: what history and deadlines are made of (A5).

use super::StoreError;
use super::reader::Reader;
use crate::incident::drill::Held;
use crate::incident::id::SubjectId;
use crate::incident::slug::DrillKind;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use uuid::Uuid;

/// An exercise that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRow {
    /// The incident.
    pub id: SubjectId,
    /// Its number.
    pub number: u32,
    /// Where it stands.
    pub status: Status,
    /// Whether it is kept out of lists.
    pub restricted: bool,
    /// What was played.
    pub scenario: String,
    /// The team's score, where it was graded.
    pub score: Option<u32>,
    /// When, of which kind, by whom.
    pub held: Held,
}

const ROW: &str =
    "subjects.id, incidents.number, incidents.status, incidents.restricted, drills.scenario, drills.score,
    drills.kind, drills.team, drills.started_at, drills.next_due_at FROM drills
    JOIN incidents ON incidents.subject = drills.subject JOIN subjects ON subjects.n = drills.subject";

impl Reader<'_> {
    /// Every exercise that was held, the first one first; what was called off counts for none.
    pub fn drills(&self) -> Result<Vec<DrillRow>, StoreError> {
        let query =
            format!("SELECT {ROW} WHERE incidents.status <> 'cancelled' ORDER BY drills.started_at, drills.subject");
        self.ask(|connection| connection.prepare(&query)?.query_map([], drill)?.collect())
    }

    /// When the store was begun; `None` before its first write.
    pub fn begun_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let query = "SELECT recorded_at FROM log ORDER BY n LIMIT 1";
        let found = self.ask(|connection| connection.query_row(query, [], |row| row.get::<_, i64>(0)).optional())?;
        Ok(found.map(Timestamp::from_millis))
    }
}

fn drill(row: &SqlRow<'_>) -> rusqlite::Result<DrillRow> {
    let (status, kind, team): (String, String, String) = (row.get(2)?, row.get(6)?, row.get(7)?);
    Ok(DrillRow {
        id: SubjectId(Uuid::from_bytes(row.get(0)?)),
        number: row.get(1)?,
        status: Status::parse(&status).unwrap_or(Status::Investigating),
        restricted: row.get(3)?,
        scenario: row.get(4)?,
        score: row.get(5)?,
        held: Held {
            kind: DrillKind::parse(&kind).unwrap_or(DrillKind::Exercise),
            team: Some(team).filter(|team| !team.is_empty()),
            at: Timestamp::from_millis(row.get(8)?),
            next_due_at: row.get::<_, Option<i64>>(9)?.map(Timestamp::from_millis),
        },
    })
}

/// Writes the row of an incident on which an exercise is played.
pub fn save(connection: &Connection, subject: i64, incident: &Incident) -> rusqlite::Result<()> {
    let Some(play) = incident.play.as_ref().filter(|_| incident.drill) else {
        if incident.drill {
            connection.prepare_cached("DELETE FROM drills WHERE subject = ?1")?.execute([subject])?;
        }
        return Ok(());
    };
    let put = "INSERT OR REPLACE INTO drills (subject, kind, team, scenario, started_at, next_due_at, score)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let started = &play.started;
    connection.prepare_cached(put)?.execute(params![
        subject,
        started.kind.as_str(),
        started.team.as_deref().unwrap_or_default(),
        started.scenario,
        play.at.millis(),
        started.next_due_at.map(Timestamp::millis),
        play.score,
    ])?;
    Ok(())
}
