//! The rows that run against the clock: open deadlines, messages on their way, contacts to be checked.
//!
//! All derived from the log, but for what a scheduler notes for itself: until when nothing is to be looked at, and
//! which attempt has begun.

use super::reader::Reader;
use super::{StoreError, Writer, rows};
use crate::incident::clock::{Clock, ClockKind};
use crate::incident::fact::{ContactAdded, Fact, MessageFailed};
use crate::incident::header::Header;
use crate::incident::id::{EventId, SubjectId};
use crate::incident::severity::Severity;
use crate::incident::state::Incident;
use crate::incident::time::{Span, Timestamp};
use rusqlite::{Connection, Row as SqlRow, params, params_from_iter};
use uuid::Uuid;

/// An open deadline with the incident that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The deadline.
    pub clock: Clock,
    /// The incident.
    pub incident: SubjectId,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Whether it is kept out of lists.
    pub restricted: bool,
}

/// Which deadlines to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watch {
    /// Only those of this incident.
    pub incident: Option<SubjectId>,
    /// Only those due by then.
    pub until: Option<Timestamp>,
    /// Only those of this kind.
    pub kind: Option<ClockKind>,
    /// Only those of this person or role.
    pub owner: Option<String>,
    /// Exercises too.
    pub drills: bool,
    /// Restricted incidents too.
    pub restricted: bool,
    /// So many at the most.
    pub limit: Option<usize>,
}

impl Watch {
    /// What a deadline must fulfil but for its time, with the values in their order.
    fn conditions(&self) -> (String, Vec<rusqlite::types::Value>) {
        let mut conditions = vec!["1".to_owned()];
        let mut values: Vec<rusqlite::types::Value> = Vec::new();
        let mut ask = |condition: &str, value: rusqlite::types::Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("?{}", values.len())));
        };
        if let Some(id) = self.incident {
            ask("subjects.id = ?", id.0.as_bytes().to_vec().into());
        }
        if let Some(kind) = self.kind {
            ask("clocks.kind = ?", kind.as_str().to_owned().into());
        }
        if let Some(owner) = &self.owner {
            ask("(clocks.owner = ? OR clocks.role = ?)", owner.clone().into());
        }
        if !self.drills {
            conditions.push("incidents.drill = 0".to_owned());
        }
        if !self.restricted {
            conditions.push("incidents.restricted = 0".to_owned());
        }
        (conditions.join(" AND "), values)
    }
}

/// A message that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The message: the entry that queued it.
    pub message: EventId,
    /// The incident.
    pub incident: SubjectId,
    /// The channel.
    pub channel: String,
    /// Attempts so far.
    pub attempts: u32,
    /// Whether an attempt began of which nothing is known.
    pub begun: bool,
    /// When it is to be tried.
    pub next_at: Timestamp,
}

/// Somebody who can be reached (A7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The stakeholder group.
    pub audience: Option<String>,
    /// The services.
    pub services: Vec<String>,
    /// When they were last found to be current: at the latest when they were added.
    pub verified_at: Timestamp,
    /// How long that holds.
    pub check_every: Option<Span>,
    /// The entry that holds how to reach them.
    pub entry: String,
}

impl Contact {
    /// When it is to be checked again.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.check_every.map(|span| self.verified_at.plus(span))
    }
}

const RUNNING: &str = "clocks.name, clocks.kind, clocks.owner, clocks.role, clocks.started_at, clocks.warn_at,
    clocks.due_at, subjects.id, incidents.number, incidents.title, incidents.severity, incidents.drill,
    incidents.restricted FROM clocks JOIN incidents ON incidents.subject = clocks.subject
    JOIN subjects ON subjects.n = clocks.subject";

impl Reader<'_> {
    /// Open deadlines: overdue ones first, the worst first, then the next.
    pub fn clocks(&self, watch: &Watch, now: Timestamp) -> Result<Vec<Running>, StoreError> {
        let (conditions, mut values) = watch.conditions();
        let until = watch.until.map_or(i64::MAX, Timestamp::millis);
        values.extend([now.millis().into(), until.into()]);
        let (now, until) = (values.len() - 1, values.len());
        let most = watch.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let query = format!(
            "SELECT {RUNNING} WHERE clocks.due_at <= ?{until} AND {conditions} ORDER BY clocks.due_at >= ?{now},
             CASE WHEN clocks.due_at < ?{now} THEN incidents.severity ELSE 0 END, clocks.due_at, incidents.number,
             clocks.name LIMIT {most}"
        );
        self.running(&query, &values)
    }

    /// How many open deadlines are due as asked for.
    pub fn count_clocks(&self, watch: &Watch) -> Result<usize, StoreError> {
        self.counted(watch, "<=")
    }

    /// How many open deadlines are due later than asked for.
    pub fn later_clocks(&self, watch: &Watch) -> Result<usize, StoreError> {
        self.counted(watch, ">")
    }

    fn counted(&self, watch: &Watch, side: &str) -> Result<usize, StoreError> {
        let (conditions, mut values) = watch.conditions();
        values.push(watch.until.map_or(i64::MAX, Timestamp::millis).into());
        let query = format!(
            "SELECT count(*) FROM clocks JOIN incidents ON incidents.subject = clocks.subject
             JOIN subjects ON subjects.n = clocks.subject WHERE clocks.due_at {side} ?{} AND {conditions}",
            values.len()
        );
        let count = |connection: &Connection| {
            connection.query_row(&query, params_from_iter(&values), |row| row.get::<_, i64>(0))
        };
        Ok(usize::try_from(self.ask(count)?).unwrap_or_default())
    }

    /// How many deadlines are overdue, and how many run; exercises and restricted incidents apart.
    pub fn clock_counts(&self, now: Timestamp) -> Result<(u32, u32), StoreError> {
        let query = "SELECT count(*) FILTER (WHERE due_at < ?1), count(*) FROM clocks
            JOIN incidents ON incidents.subject = clocks.subject WHERE drill = 0 AND restricted = 0";
        self.ask(|connection| connection.query_row(query, [now.millis()], |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// Whether any deadline of a real incident runs.
    pub fn has_clocks(&self) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM clocks JOIN incidents ON incidents.subject = clocks.subject
            WHERE drill = 0)";
        self.ask(|connection| connection.query_row(query, [], |row| row.get(0)))
    }

    /// The deadlines that a scheduler has to look at: nothing says that they can wait.
    pub fn unquiet(&self, now: Timestamp) -> Result<Vec<Running>, StoreError> {
        let query = format!("SELECT {RUNNING} WHERE clocks.quiet_until <= ?1 ORDER BY clocks.due_at");
        self.running(&query, &[now.millis().into()])
    }

    fn running(&self, query: &str, values: &[rusqlite::types::Value]) -> Result<Vec<Running>, StoreError> {
        self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map(params_from_iter(values), running)?.collect()
        })
    }

    /// Real incidents that are unresolved, less bad than `than` (of severity `from`, where there is one), and older
    /// than this, of which a rule has not spoken.
    pub fn unclassified(
        &self,
        rule: &str,
        (from, than): (Option<Severity>, Severity),
        before: Timestamp,
    ) -> Result<Vec<SubjectId>, StoreError> {
        let query = "SELECT subjects.id FROM incidents JOIN subjects ON subjects.n = incidents.subject
            WHERE phase = 0 AND drill = 0 AND severity > ?1 AND severity = coalesce(?4, severity) AND coalesce(started_at, declared_at) <= ?2
            AND NOT EXISTS (SELECT 1 FROM suggestions WHERE suggestions.subject = incidents.subject AND rule = ?3)";
        self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            let read = |row: &SqlRow<'_>| Ok(SubjectId(Uuid::from_bytes(row.get(0)?)));
            query.query_map(params![than.number(), before.millis(), rule, from.map(Severity::number)], read)?.collect()
        })
    }

    /// Messages that are to be tried by now, the oldest first.
    pub fn outbox(&self, by: Timestamp, limit: usize) -> Result<Vec<Pending>, StoreError> {
        let query = "SELECT outbox.message, subjects.id, channel, attempts, begun, next_at FROM outbox
            JOIN subjects ON subjects.n = outbox.subject
            WHERE state = 0 AND next_at <= ?1 ORDER BY next_at, outbox.n LIMIT ?2";
        self.ask(|connection| {
            let mut query = connection.prepare_cached(query)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            query.query_map(params![by.millis(), limit], pending)?.collect()
        })
    }

    /// How many messages wait, and how many were given up.
    pub fn outbox_counts(&self) -> Result<(u32, u32), StoreError> {
        let query =
            "SELECT (SELECT count(*) FROM outbox WHERE state = 0), (SELECT count(*) FROM outbox WHERE state = 2)";
        self.ask(|connection| connection.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// Every contact, by name.
    pub fn contacts(&self) -> Result<Vec<Contact>, StoreError> {
        let query = "SELECT name, audience, services, verified_at, check_every, entry FROM contacts ORDER BY name";
        self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map([], contact)?.collect()
        })
    }
}

fn running(row: &SqlRow<'_>) -> rusqlite::Result<Running> {
    let kind: String = row.get(1)?;
    let severity: u8 = row.get(10)?;
    Ok(Running {
        clock: Clock {
            name: row.get(0)?,
            kind: ClockKind::parse(&kind).unwrap_or(ClockKind::Step),
            owner: row.get(2)?,
            role: row.get(3)?,
            started_at: Timestamp::from_millis(row.get(4)?),
            warn_at: row.get::<_, Option<i64>>(5)?.map(Timestamp::from_millis),
            due_at: Timestamp::from_millis(row.get(6)?),
        },
        incident: SubjectId(Uuid::from_bytes(row.get(7)?)),
        number: row.get(8)?,
        title: row.get(9)?,
        severity: Severity::ALL.get(usize::from(severity)).copied().unwrap_or(Severity::Sev2),
        drill: row.get(11)?,
        restricted: row.get(12)?,
    })
}

fn pending(row: &SqlRow<'_>) -> rusqlite::Result<Pending> {
    Ok(Pending {
        message: EventId(Uuid::from_bytes(row.get(0)?)),
        incident: SubjectId(Uuid::from_bytes(row.get(1)?)),
        channel: row.get(2)?,
        attempts: row.get(3)?,
        begun: row.get(4)?,
        next_at: Timestamp::from_millis(row.get(5)?),
    })
}

fn contact(row: &SqlRow<'_>) -> rusqlite::Result<Contact> {
    let services: String = row.get(2)?;
    Ok(Contact {
        name: row.get(0)?,
        audience: row.get(1)?,
        services: serde_json::from_str(&services).unwrap_or_default(),
        verified_at: Timestamp::from_millis(row.get(3)?),
        check_every: row.get::<_, Option<i64>>(4)?.map(Span::from_millis),
        entry: row.get(5)?,
    })
}

impl Writer<'_> {
    /// Notes that a deadline needs no look until then.
    pub fn quiet(&self, incident: SubjectId, clock: &str, until: Timestamp) -> Result<(), StoreError> {
        let update =
            "UPDATE clocks SET quiet_until = ?3 WHERE name = ?2 AND subject = (SELECT n FROM subjects WHERE id = ?1)";
        self.run(|connection| {
            let mut update = connection.prepare_cached(update)?;
            update.execute(params![incident.0.as_bytes().as_slice(), clock, until.millis()]).map(drop)
        })
    }

    /// Notes that an attempt begins, so that one of which nothing is known afterwards is told from none.
    pub fn attempt(&self, message: EventId) -> Result<(), StoreError> {
        let update = "UPDATE outbox SET begun = 1 WHERE message = ?1";
        self.run(|connection| connection.prepare_cached(update)?.execute([message.0.as_bytes().as_slice()]).map(drop))
    }
}

/// Takes a fact's rows in, where it leaves any here.
pub fn derive(connection: &Connection, header: &Header, fact: &Fact) -> rusqlite::Result<()> {
    match fact {
        Fact::MessageQueued(queued) => {
            let subject = rows::subject(connection, header.subject)?;
            let insert = "INSERT OR IGNORE INTO outbox (message, subject, channel, next_at) VALUES (?1, ?2, ?3, ?4)";
            let message = header.id.0.as_bytes().as_slice();
            let values = params![message, subject, queued.channel, header.recorded_at.millis()];
            connection.prepare_cached(insert)?.execute(values).map(drop)
        }
        Fact::MessageDelivered(delivered) => {
            let update = "UPDATE outbox SET state = 1, begun = 0, attempts = ?2 WHERE message = ?1";
            let values = params![delivered.message.0.as_bytes().as_slice(), delivered.attempt];
            connection.prepare_cached(update)?.execute(values).map(drop)
        }
        Fact::MessageFailed(failed) => failure(connection, failed),
        Fact::SeveritySuggested(suggested) => {
            let subject = rows::subject(connection, header.subject)?;
            let insert = "INSERT OR REPLACE INTO suggestions (subject, rule) VALUES (?1, ?2)";
            connection.execute(insert, params![subject, suggested.rule]).map(drop)
        }
        Fact::ContactAdded(added) => add_contact(connection, header, added),
        Fact::ContactVerified(verified) => {
            let update = "UPDATE contacts SET verified_at = max(verified_at, ?2) WHERE name = ?1";
            connection.execute(update, params![verified.contact, header.at.millis()]).map(drop)
        }
        Fact::ContactRemoved(removed) => {
            connection.execute("DELETE FROM contacts WHERE name = ?1", [&removed.contact]).map(drop)
        }
        _ => Ok(()),
    }
}

fn failure(connection: &Connection, failed: &MessageFailed) -> rusqlite::Result<()> {
    // What may have arrived stays marked until a later attempt settles it.
    let update = "UPDATE outbox SET state = ?2, attempts = ?3, next_at = coalesce(?4, next_at), begun = ?5
        WHERE message = ?1 AND state <> 1";
    let state = if failed.next_at.is_some() { 0 } else { 2 };
    let message = failed.message.0.as_bytes().as_slice();
    let next_at = failed.next_at.map(Timestamp::millis);
    let values = params![message, state, failed.attempt, next_at, failed.uncertain];
    connection.prepare_cached(update)?.execute(values).map(drop)
}

fn add_contact(connection: &Connection, header: &Header, added: &ContactAdded) -> rusqlite::Result<()> {
    let put = "INSERT OR REPLACE INTO contacts (name, audience, services, verified_at, check_every, entry)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![
        added.contact,
        added.audience,
        rows::services_column(&added.services),
        header.at.millis(),
        added.check_every.map(Span::millis),
        header.id.tag(),
    ];
    connection.execute(put, values).map(drop)
}

/// Writes an incident's open deadlines; each is looked at once more by the next scheduler.
pub fn save_clocks(connection: &Connection, subject: i64, incident: &Incident) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM clocks WHERE subject = ?1")?.execute([subject])?;
    let mut put = connection.prepare_cached(
        "INSERT OR REPLACE INTO clocks (subject, name, kind, owner, role, started_at, warn_at, due_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for clock in incident.open_clocks() {
        put.execute(params![
            subject,
            clock.name,
            clock.kind.as_str(),
            clock.owner,
            clock.role,
            clock.started_at.millis(),
            clock.warn_at.map(Timestamp::millis),
            clock.due_at.millis(),
        ])?;
    }
    Ok(())
}

/// Fills the deadlines of a store that was written before there were rows for them.
pub fn fill(connection: &Connection) -> rusqlite::Result<()> {
    let mut query = connection.prepare("SELECT subject, state FROM incidents WHERE phase < 2")?;
    let read = |row: &SqlRow<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
    let states: Vec<(i64, Vec<u8>)> = query.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    for (subject, state) in states {
        if let Ok(incident) = serde_json::from_slice::<Incident>(&state) {
            save_clocks(connection, subject, &incident)?;
        }
    }
    Ok(())
}
