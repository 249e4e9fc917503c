//! The timeline as people read it afterwards: what happened, when it happened.

use super::History;
use crate::incident::command::{Bridge, NoteKind};
use crate::incident::fact::Fact;
use crate::incident::header::Header;
use crate::incident::id::{EventId, SubjectId};
use crate::incident::state::Incident;
use crate::incident::time::{Span, Timestamp};
use crate::store::Entry;
use std::collections::HashMap;

/// How long after it happened an entry may be recorded without being marked late.
const LATE: Span = Span::from_minutes(5);

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The entry's display id, as short as it can be.
    pub short: String,
    /// When it happened.
    pub at: Timestamp,
    /// Whether that time is only approximately known.
    pub approximate: bool,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who acted.
    pub actor: String,
    /// What happened.
    pub fact: Fact,
    /// Whether its words were removed.
    pub redacted: bool,
    /// What became of a hypothesis.
    pub judgement: Option<Judgement>,
    /// Whether it saw another status than it met: two people on two machines.
    pub conflict: bool,
    /// The number of the duplicate that it was recorded on.
    pub duplicate: Option<u32>,
}

/// What became of a hypothesis, who said so, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What.
    pub verdict: Verdict,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Whether a hypothesis held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It held.
    Confirmed,
    /// It did not.
    Refuted,
}

impl Moment {
    /// Whether it was recorded more than five minutes after it happened.
    pub fn late(&self) -> bool {
        delayed(self.at, self.recorded_at)
    }

    /// What kind of remark a note is; `None` for what is no note.
    pub const fn note_kind(&self) -> Option<NoteKind> {
        match &self.fact {
            Fact::NoteAdded(note) => Some(note.note),
            _ => None,
        }
    }

    /// Whether it was kept in sight.
    pub const fn pinned(&self) -> bool {
        matches!(&self.fact, Fact::NoteAdded(note) if note.pinned)
    }

    /// The bridge on which it was said (A4).
    pub const fn bridge(&self) -> Option<Bridge> {
        match &self.fact {
            Fact::NoteAdded(note) => note.bridge,
            _ => None,
        }
    }
}

/// Whether an entry was recorded more than five minutes after it happened.
pub fn is_late(header: &Header) -> bool {
    delayed(header.at, header.recorded_at)
}

fn delayed(at: Timestamp, recorded_at: Timestamp) -> bool {
    recorded_at.since(at).is_some_and(|delay| delay > LATE)
}

/// The entries that count, in order, without the book-keeping that the rest of the postmortem shows better.
pub(super) fn timeline(incident: &Incident, history: &History<'_>) -> Vec<Moment> {
    let judgements = judgements(history);
    let numbers = duplicates(incident.id, history);
    let told = |entry: &&&Entry| {
        !entry.has_ended()
            && !matches!(entry.fact, Fact::EntryUndone(_) | Fact::EntryAmended(_) | Fact::StepsActivated(_))
    };
    let moment = |entry: &&Entry| Moment {
        short: entry.short.clone(),
        at: entry.header.at,
        approximate: entry.header.approximate,
        recorded_at: entry.header.recorded_at,
        actor: entry.header.actor.clone(),
        fact: entry.fact.clone(),
        redacted: entry.redacted,
        judgement: judgements.get(&entry.header.id).cloned(),
        conflict: incident.conflicts.contains(&entry.header.id),
        duplicate: numbers.get(&entry.header.subject).copied(),
    };
    history.happened.iter().filter(told).map(moment).collect()
}

/// What became of each hypothesis; where people changed their minds, the last word in the log's order.
fn judgements(history: &History<'_>) -> HashMap<EventId, Judgement> {
    let mut notes: Vec<&Entry> = history.happened.clone();
    notes.sort_by_key(|entry| (entry.header.hlc, entry.header.origin, entry.header.seq));
    let mut judgements = HashMap::new();
    for entry in notes {
        let Fact::NoteAdded(note) = &entry.fact else { continue };
        for (target, verdict) in [(note.confirms, Verdict::Confirmed), (note.refutes, Verdict::Refuted)] {
            if let Some(target) = target {
                let by = entry.header.actor.clone();
                judgements.insert(target, Judgement { verdict, at: entry.header.at, by });
            }
        }
    }
    judgements
}

/// The numbers of the duplicates whose entries are here.
fn duplicates(own: SubjectId, history: &History<'_>) -> HashMap<SubjectId, u32> {
    let number = |entry: &&Entry| match &entry.fact {
        Fact::IncidentDeclared(declared) if entry.header.subject != own => {
            Some((entry.header.subject, declared.number))
        }
        _ => None,
    };
    history.happened.iter().filter_map(number).collect()
}
