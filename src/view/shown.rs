//! An incident for somebody who just joined.

use crate::incident::command::NoteKind;
use crate::incident::fact::Fact;
use crate::incident::state::Incident;
use crate::store::{Entry, Filter, Reader, StoreError};

/// How many of the last entries are shown.
const LAST: usize = 8;

/// How many changes, hypotheses and pinned entries are shown.
const MARKED: usize = 5;

/// How many entries are searched for changes, hypotheses and pinned ones: the screen comes at once, however long an
/// incident runs.
const SEARCHED: usize = 400;

/// The one screen.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The incident as it stands.
    pub incident: Incident,
    /// What is kept in sight.
    pub pinned: Vec<Entry>,
    /// Hypotheses that are neither confirmed nor refuted.
    pub hypotheses: Vec<Entry>,
    /// What was done to systems.
    pub changes: Vec<Entry>,
    /// The last entries.
    pub last: Vec<Entry>,
}

impl Shown {
    /// Gathers the screen.
    pub fn gather(reader: &Reader<'_>, incident: Incident) -> Result<Self, StoreError> {
        let filter = Filter { limit: Some(SEARCHED), without_ended: true, ..Filter::default() };
        let recent: Vec<Entry> = reader.timeline(incident.id, &filter)?.into_iter().filter(stands).collect();
        let marked = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<Entry> {
            let found: Vec<Entry> = recent.iter().rev().filter(|entry| wanted(entry)).take(MARKED).cloned().collect();
            found.into_iter().rev().collect()
        };
        let pinned = marked(&|entry| matches!(&entry.fact, Fact::NoteAdded(note) if note.pinned));
        let of_kind = |entry: &Entry, kind: NoteKind| matches!(&entry.fact, Fact::NoteAdded(note) if note.note == kind);
        let hypotheses = marked(&|entry| of_kind(entry, NoteKind::Hypothesis) && entry.marks.is_empty());
        let changes = marked(&|entry| of_kind(entry, NoteKind::Change));
        let told: Vec<Entry> = recent.iter().filter(|entry| !is_bookkeeping(&entry.fact)).cloned().collect();
        let last = told[told.len().saturating_sub(LAST)..].to_vec();
        Ok(Self { incident, pinned, hypotheses, changes, last })
    }
}

/// Whether an entry was not taken back.
fn stands(entry: &Entry) -> bool {
    !entry.marks.iter().any(|(mark, _)| mark == "undone")
}

const fn is_bookkeeping(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::StepsActivated(_)
            | Fact::PlaybookJoined(_)
            | Fact::CommandChanged(_)
            | Fact::ClockStarted(_)
            | Fact::ClockMet(_)
            | Fact::ClockEnded(_)
            | Fact::MessageQueued(_)
            | Fact::MessageDelivered(_)
    )
}
