//! Columns that repeat the header, for queries: they must say what it says.

use super::Fault;
use super::said::Said;
use crate::incident::id::SubjectId;
use uuid::Uuid;

/// Columns that repeat the header.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// What it is about.
    pub subject: Option<SubjectId>,
    /// Its display id.
    pub tag: &'a str,
    /// The command.
    pub batch: &'a [u8],
    /// The idempotency key.
    pub key: Option<&'a str>,
    /// The clock of the log.
    pub hlc: i64,
    /// When it happened.
    pub at: i64,
    /// When it was recorded.
    pub recorded_at: i64,
    /// Who acted.
    pub actor: &'a str,
    /// The kind of fact.
    pub kind: &'a str,
}

/// The first column that says something else than the header.
pub(super) fn differing_column(columns: &Columns<'_>, said: &Said<'_>) -> Option<Fault> {
    let differs = |name, expected: String, found: String| Some(Fault::Column { name, expected, found });
    if columns.subject.map(|subject| subject.0) != Some(said.subject) {
        let found = columns.subject.map(|subject| subject.to_string()).unwrap_or_default();
        return differs("subject", said.subject.to_string(), found);
    }
    if columns.tag != said.id.tag() {
        return differs("tag", said.id.tag(), columns.tag.to_owned());
    }
    if columns.batch != said.batch.as_bytes() {
        let found = Uuid::from_slice(columns.batch).map(|batch| batch.to_string()).unwrap_or_default();
        return differs("batch", said.batch.to_string(), found);
    }
    let key = said.key.as_ref().map(|key| key.value.as_ref());
    if columns.key != key {
        return differs("key", key.unwrap_or_default().to_owned(), columns.key.unwrap_or_default().to_owned());
    }
    let numbers = [
        ("hlc", said.hlc, columns.hlc),
        ("at", said.at, columns.at),
        ("recorded_at", said.recorded_at, columns.recorded_at),
    ];
    if let Some((name, expected, found)) = numbers.into_iter().find(|(_, expected, found)| expected != found) {
        return differs(name, expected.to_string(), found.to_string());
    }
    if columns.actor != said.actor {
        return differs("actor", said.actor.clone().into_owned(), columns.actor.to_owned());
    }
    if columns.kind != said.kind {
        return differs("kind", said.kind.clone().into_owned(), columns.kind.to_owned());
    }
    None
}
