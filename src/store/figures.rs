//! One narrow row for each incident, so that a look back over 100,000 of them reads no state.

mod derive;

use super::StoreError;
use super::reader::Reader;
use crate::incident::command::CancelCause;
use crate::incident::fact::Fact;
use crate::incident::id::SubjectId;
use crate::incident::severity::Severity;
use crate::incident::state::{Incident, fold, is_late};
use crate::incident::time::{Span, Timestamp};
use derive::{causes, mark, of};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use uuid::Uuid;

/// What one incident adds to the figures of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures<'a> {
    /// Where the store keeps it.
    pub place: i64,
    /// Its number.
    pub number: u32,
    /// How bad it was at its worst.
    pub worst: Severity,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Whether it is kept out of lists.
    pub restricted: bool,
    /// Whether customers noticed nothing (D1).
    pub near_miss: bool,
    /// Whether it was cancelled, and as what.
    pub cancelled: Option<Option<CancelCause>>,
    /// Its category.
    pub category: Option<&'a str>,
    /// Its services, as one JSON text.
    pub services: &'a str,
    /// When what happened.
    pub times: Passed,
    /// What came of its deadlines for updates.
    pub updates: Updates<'a>,
    /// How often it was taken for resolved and was not.
    pub reopened: u32,
    /// How its roles were held from declaration to resolution.
    pub roles: Roles,
    /// What came of its measures of prevention.
    pub actions: Actions<'a>,
    /// The marks of its causes, eight bytes each.
    pub causes: &'a [u8],
}

/// When what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// When it was declared.
    pub declared: Timestamp,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it was noticed.
    pub detected: Option<Timestamp>,
    /// When somebody who was called first answered.
    pub acknowledged: Option<Timestamp>,
    /// When the workaround was in place.
    pub mitigated: Option<Timestamp>,
    /// When service was restored.
    pub resolved: Option<Timestamp>,
    /// How long service was restored before it came back: no part of the outage.
    pub calm: Span,
}

/// What came of deadlines for updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Updates<'a> {
    /// Came in time.
    pub in_time: u32,
    /// Came late.
    pub late: u32,
    /// Never came.
    pub missed: u32,
    /// The due times of those still open, in milliseconds, with spaces between.
    pub open: &'a str,
}

/// How roles were held from declaration to resolution, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// How long somebody was incident manager.
    pub manager: i64,
    /// How many roles the playbooks gave it.
    pub count: u32,
    /// How long somebody held each of those, added up.
    pub held: i64,
}

/// What came of measures of prevention (E10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actions<'a> {
    /// Given up.
    pub dropped: u32,
    /// Carried out by their due date.
    pub in_time: u32,
    /// Carried out later.
    pub late: u32,
    /// Open or carried out, without a due date.
    pub undated: u32,
    /// Found to work.
    pub effective: u32,
    /// Found not to work.
    pub ineffective: u32,
    /// Carried out, and not checked.
    pub unchecked: u32,
    /// The due times of those still open, in milliseconds, with spaces between.
    pub open: &'a str,
}

/// Which incidents are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Those declared from then on.
    pub since: Option<Timestamp>,
    /// Those declared before then.
    pub until: Timestamp,
    /// Restricted ones too.
    pub restricted: bool,
}

const COLUMNS: &str = "subject, number, worst, drill, restricted, near_miss, cancelled, category, services,
    declared_at, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at,
    updates_in_time, updates_late, updates_missed, updates_open, reopened, manager_held, roles, roles_held,
    actions_dropped, actions_in_time, actions_late, actions_undated, actions_effective, actions_ineffective,
    actions_unchecked, actions_open, causes";

/// Writes an incident's row.
pub fn save(connection: &Connection, subject: i64, incident: &Incident) -> rusqlite::Result<()> {
    of(incident, subject, |figures| {
        let places: Vec<String> = (1..=32).map(|place| format!("?{place}")).collect();
        let put = format!("INSERT OR REPLACE INTO figures ({COLUMNS}) VALUES ({})", places.join(", "));
        let millis = |at: Option<Timestamp>| at.map(Timestamp::millis);
        let Figures { times, updates, roles, actions, .. } = figures;
        connection.prepare_cached(&put)?.execute(params![
            figures.place,
            figures.number,
            figures.worst.number(),
            figures.drill,
            figures.restricted,
            figures.near_miss,
            figures.cancelled.map(|because| because.map_or("", CancelCause::as_str)),
            figures.category,
            figures.services,
            times.declared.millis(),
            millis(times.started),
            millis(times.detected),
            millis(times.acknowledged),
            millis(times.mitigated),
            millis(times.resolved),
            updates.in_time,
            updates.late,
            updates.missed,
            updates.open,
            figures.reopened,
            roles.manager,
            roles.count,
            roles.held,
            actions.dropped,
            actions.in_time,
            actions.late,
            actions.undated,
            actions.effective,
            actions.ineffective,
            actions.unchecked,
            actions.open,
            figures.causes,
        ])
    })
    .map(drop)
}

impl Reader<'_> {
    /// Goes through the rows of a period, in no order.
    pub fn figures(&self, period: Period, mut each: impl FnMut(&Figures<'_>)) -> Result<(), StoreError> {
        if !self.has_figures()? {
            return self.figures_of_old(period, each);
        }
        self.ask(|connection| {
            let query = format!(
                "SELECT {COLUMNS}, (SELECT calm FROM spells WHERE spells.subject = figures.subject) FROM figures
                 WHERE declared_at >= ?1 AND declared_at < ?2 AND (restricted = 0 OR ?3)"
            );
            let since = period.since.map_or(i64::MIN, Timestamp::millis);
            let mut query = connection.prepare(&query)?;
            let mut rows = query.query(params![since, period.until.millis(), period.restricted])?;
            while let Some(row) = rows.next()? {
                each(&read(row)?);
            }
            Ok(())
        })
    }

    /// Whether the store is of a version that has these rows: one that is only read was laid over without them.
    fn has_figures(&self) -> Result<bool, StoreError> {
        let query = "SELECT NOT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name IN ('figures', 'spells'))";
        self.ask(|connection| connection.query_row(query, [], |row| row.get(0)))
    }

    /// The rows of a store of an earlier version, made of its log.
    fn figures_of_old(&self, period: Period, mut each: impl FnMut(&Figures<'_>)) -> Result<(), StoreError> {
        let subjects: Vec<(i64, SubjectId)> = self.ask(|connection| {
            let query = "SELECT n, id FROM subjects JOIN incidents ON incidents.subject = subjects.n";
            let read = |row: &SqlRow<'_>| Ok((row.get(0)?, SubjectId(Uuid::from_bytes(row.get(1)?))));
            connection.prepare(query)?.query_map([], read)?.collect()
        })?;
        for (place, subject) in subjects {
            let facts = self.facts(subject)?;
            if !facts.iter().any(|(_, fact)| matches!(fact, Fact::IncidentDeclared(_))) {
                continue;
            }
            let incident = fold(subject, facts.iter().map(|(meta, fact)| (meta, fact)));
            let declared = incident.times.declared;
            let wanted = period.since.is_none_or(|since| since <= declared)
                && declared < period.until
                && (period.restricted || !incident.restricted);
            if wanted {
                of(&incident, place, &mut each);
            }
        }
        Ok(())
    }

    /// How many incidents were declared before then.
    pub fn declared_before(&self, at: Timestamp, restricted: bool) -> Result<usize, StoreError> {
        let query = "SELECT count(*) FROM incidents WHERE declared_at < ?1 AND (restricted = 0 OR ?2)";
        let count = |connection: &Connection| {
            connection.query_row(query, params![at.millis(), restricted], |row| row.get::<_, i64>(0))
        };
        Ok(usize::try_from(self.ask(count)?).unwrap_or_default())
    }

    /// The words of a cause of an incident, by where it is kept and the cause's mark.
    pub fn cause(&self, place: i64, wanted: u64) -> Result<Option<String>, StoreError> {
        let query = "SELECT state FROM incidents WHERE subject = ?1";
        let state: Option<Vec<u8>> =
            self.ask(|connection| connection.query_row(query, [place], |row| row.get(0)).optional())?;
        let incident = state.and_then(|state| serde_json::from_slice::<Incident>(&state).ok());
        let found = |incident: &Incident| causes(incident).find(|text| mark(text) == Some(wanted)).map(str::to_owned);
        Ok(incident.as_ref().and_then(found))
    }
}

fn read<'a>(row: &'a SqlRow<'_>) -> rusqlite::Result<Figures<'a>> {
    let text = |column: usize| row.get_ref(column).and_then(|value| Ok(value.as_str_or_null()?));
    let time = |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_millis));
    let cancelled = text(6)?;
    Ok(Figures {
        place: row.get(0)?,
        number: row.get(1)?,
        worst: Severity::ALL.get(usize::from(row.get::<_, u8>(2)?)).copied().unwrap_or(Severity::Sev2),
        drill: row.get(3)?,
        restricted: row.get(4)?,
        near_miss: row.get(5)?,
        cancelled: cancelled.map(CancelCause::parse),
        category: text(7)?,
        services: text(8)?.unwrap_or_default(),
        times: Passed {
            declared: Timestamp::from_millis(row.get(9)?),
            started: time(10)?,
            detected: time(11)?,
            acknowledged: time(12)?,
            mitigated: time(13)?,
            resolved: time(14)?,
            calm: Span::from_millis(row.get::<_, Option<i64>>(32)?.unwrap_or_default()),
        },
        updates: Updates {
            in_time: row.get(15)?,
            late: row.get(16)?,
            missed: row.get(17)?,
            open: text(18)?.unwrap_or_default(),
        },
        reopened: row.get(19)?,
        roles: Roles { manager: row.get(20)?, count: row.get(21)?, held: row.get(22)? },
        actions: Actions {
            dropped: row.get(23)?,
            in_time: row.get(24)?,
            late: row.get(25)?,
            undated: row.get(26)?,
            effective: row.get(27)?,
            ineffective: row.get(28)?,
            unchecked: row.get(29)?,
            open: text(30)?.unwrap_or_default(),
        },
        causes: row.get_ref(31)?.as_blob()?,
    })
}

impl Figures<'_> {
    /// The marks of its causes.
    pub fn cause_marks(&self) -> impl Iterator<Item = u64> {
        self.causes.as_chunks::<8>().0.iter().map(|bytes| u64::from_be_bytes(*bytes))
    }

    /// How long it took from declaration to resolution.
    pub fn response(&self) -> Option<Span> {
        let whole = self.times.resolved.and_then(|resolved| resolved.since(self.times.declared));
        whole.map(|whole| whole.without(self.times.calm))
    }
}

/// How many of the due times in a list are past by a minute or more.
pub fn overdue(open: &str, now: Timestamp) -> usize {
    let times = open.split_ascii_whitespace().filter_map(|millis| millis.parse().ok());
    times.filter(|due| is_late(Timestamp::from_millis(*due), now)).count()
}

#[cfg(test)]
mod tests {
    use super::overdue;
    use crate::incident::time::Timestamp;

    #[test]
    fn a_list_of_due_times_tells_which_are_over() {
        assert_eq!(overdue("0 60000 60001", Timestamp::from_millis(120_000)), 2);
        assert_eq!(overdue("", Timestamp::from_millis(0)), 0);
    }
}
