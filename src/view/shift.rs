//! What the next shift needs: the state, the open theories, what was tried, what is owed and to whom.

use super::Entry;
use super::brief::{Brief, Briefed, Told};
use crate::incident::command::NoteKind;
use crate::incident::fact::Fact;
use crate::incident::policy::Policy;
use crate::incident::state::Incident;
use crate::store::{Filter, Reader, StoreError};

/// How many givers' words are repeated; the timeline has them all.
const WORDS: usize = 3;

/// The brief of a shift.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// The incident as it stands.
    pub incident: Incident,
    /// What is kept in sight.
    pub pinned: Vec<Entry>,
    /// Theories that are neither confirmed nor refuted.
    pub hypotheses: Vec<Entry>,
    /// Theories that were refuted: nobody should start with them again.
    pub refuted: Vec<Entry>,
    /// What was done to systems.
    pub changes: Vec<Entry>,
    /// What was decided.
    pub decisions: Vec<Entry>,
    /// What givers told receivers, the latest last.
    pub words: Vec<Entry>,
    /// Who was told what, and when they hear more.
    pub told: Vec<Told>,
    /// Who was briefed, those who must be told again first.
    pub briefed: Vec<Briefed>,
}

impl Shift {
    /// Gathers all of it, however long the incident runs: what the next shift isn't told is lost.
    pub fn gather(reader: &Reader<'_>, incident: Incident, policy: &Policy) -> Result<Self, StoreError> {
        let kinds = [
            "note.added",
            "statement.drafted",
            "answer.added",
            "people.briefed",
            "incident.mitigated",
            "handoff.offered",
        ];
        let filter = Filter { kinds: kinds.map(str::to_owned).into(), ..Filter::default() };
        let entries = reader.timeline(incident.id, &filter)?;
        let brief = Brief::assemble(incident, &entries, policy, None);
        let marked = |entry: &Entry, wanted: &str| entry.marks.iter().any(|(mark, _)| mark == wanted);
        let (mut pinned, mut hypotheses, mut refuted, mut changes, mut decisions) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut words: Vec<Entry> = Vec::new();
        for entry in entries.into_iter().filter(|entry| !marked(entry, "undone")) {
            if matches!(&entry.fact, Fact::HandoffOffered(offer) if offer.brief.is_some()) {
                // What is still offered stands with the offer.
                if brief.incident.open_handoffs().any(|open| open.id == entry.header.id) {
                    continue;
                }
                words.push(entry);
                continue;
            }
            let Fact::NoteAdded(note) = &entry.fact else { continue };
            if note.pinned {
                pinned.push(entry.clone());
            }
            match note.note {
                NoteKind::Hypothesis if marked(&entry, "refuted") => refuted.push(entry),
                NoteKind::Hypothesis if !marked(&entry, "confirmed") => hypotheses.push(entry),
                NoteKind::Change => changes.push(entry),
                NoteKind::Decision => decisions.push(entry),
                _ => {}
            }
        }
        let Brief { incident, audiences: told, briefed, .. } = brief;
        let words = words.split_off(words.len().saturating_sub(WORDS));
        Ok(Self { incident, pinned, hypotheses, refuted, changes, decisions, words, told, briefed })
    }
}
