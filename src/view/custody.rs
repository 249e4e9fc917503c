//! Who had which evidence, from when to when, and why it changed hands (E5).

use crate::incident::fact::{CommandRun, CommandStarted, EvidenceAdded, Fact};
use crate::incident::id::EventId;
use crate::incident::time::Timestamp;
use crate::store::Entry;

/// A piece of evidence with its chain of custody.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The entry by which it was added.
    pub id: EventId,
    /// Its display id, as short as it can be.
    pub short: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    /// What it was called, or the command whose output it is.
    pub name: String,
    /// What it shows.
    pub note: Option<String>,
    /// Where it came from.
    pub source: Option<String>,
    /// Who was there when it was collected.
    pub witness: Option<String>,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// When it was added.
    pub added_at: Timestamp,
    /// Who added it, and so had it first.
    pub added_by: String,
    /// Each change of hands, in order.
    pub handovers: Vec<Handover>,
    /// Whether its words, and with them its bytes, were removed.
    pub redacted: bool,
}

/// A change of hands.
#[derive(Debug, Clone, PartialEq)]
pub struct Handover {
    /// When it changed hands.
    pub at: Timestamp,
    /// Who had it.
    pub from: String,
    /// Who had it from then on.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Who recorded that.
    pub recorded_by: String,
}

impl Item {
    /// Who has it now.
    pub fn holder(&self) -> &str {
        self.handovers.last().map_or(&self.added_by, |last| &last.to)
    }
}

/// The evidence among an incident's entries, in the order in which it was added; what was taken back is left out.
pub fn items(entries: &[Entry]) -> Vec<Item> {
    let kept = || entries.iter().filter(|entry| !entry.marks.iter().any(|(mark, _)| mark == "undone"));
    let mut found: Vec<Item> = kept().filter_map(item).collect();
    for entry in kept() {
        let Fact::EvidenceTransferred(transfer) = &entry.fact else { continue };
        if let Some(item) = found.iter_mut().find(|item| item.id == transfer.evidence) {
            item.handovers.push(Handover {
                at: entry.header.at,
                from: transfer.from.clone(),
                to: transfer.to.clone(),
                reason: transfer.reason.clone(),
                recorded_by: entry.header.actor.clone(),
            });
        }
    }
    found
}

/// A command of which only the start was recorded: it runs, or whoever watched it was killed.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfinished {
    /// The entry that says that it began, by its display id.
    pub short: String,
    /// The command line.
    pub line: String,
    /// The machine on which it ran.
    pub host: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Who ran it.
    pub actor: String,
}

/// The commands among an incident's entries of which no end was recorded, in the order in which they began.
pub fn unfinished(entries: &[Entry]) -> Vec<Unfinished> {
    let one = |entry: &Entry| match &entry.fact {
        Fact::CommandStarted(CommandStarted { line, host, started_at, .. }) => Some(Unfinished {
            short: entry.short.clone(),
            line: line.clone(),
            host: host.clone(),
            started_at: *started_at,
            actor: entry.header.actor.clone(),
        }),
        _ => None,
    };
    entries.iter().filter(|entry| entry.lacks_end()).filter_map(one).collect()
}

fn item(entry: &Entry) -> Option<Item> {
    let header = &entry.header;
    let bare = |sha256: &str, size| Item {
        id: header.id,
        short: entry.short.clone(),
        sha256: sha256.to_owned(),
        size,
        name: String::new(),
        note: None,
        source: None,
        witness: None,
        collected_at: header.at,
        added_at: header.recorded_at,
        added_by: header.actor.clone(),
        handovers: Vec::new(),
        redacted: entry.redacted,
    };
    match &entry.fact {
        Fact::EvidenceAdded(EvidenceAdded { sha256, size, name, note, source, witness, collected_at }) => Some(Item {
            name: name.clone(),
            note: note.clone(),
            source: source.clone(),
            witness: witness.clone(),
            collected_at: collected_at.unwrap_or(header.at),
            ..bare(sha256, *size)
        }),
        Fact::CommandRun(CommandRun { output: Some(output), line, host, started_at, .. }) => Some(Item {
            name: format!("$ {line}"),
            source: Some(host.clone()),
            collected_at: *started_at,
            ..bare(&output.sha256, output.size)
        }),
        _ => None,
    }
}
