//! Documents about evidence.

use crate::view::{Handover, Item, Unfinished};
use schemars::JsonSchema;
use serde::Serialize;

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceDoc {
    /// The entry by which it was added.
    pub id: String,
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
    pub collected_at: String,
    /// When it was added.
    pub added_at: String,
    /// Who added it.
    pub added_by: String,
    /// Who has it now.
    pub holder: String,
    /// Each change of hands.
    pub custody: Vec<HandoverDoc>,
    /// Whether its words and bytes were removed.
    pub redacted: bool,
}

/// A change of hands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HandoverDoc {
    /// When.
    pub at: String,
    /// Who had it.
    pub from: String,
    /// Who had it from then on.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Who recorded that.
    pub recorded_by: String,
}

impl EvidenceDoc {
    /// The document of a piece.
    pub fn new(item: &Item) -> Self {
        let handover = |one: &Handover| HandoverDoc {
            at: one.at.to_string(),
            from: one.from.clone(),
            to: one.to.clone(),
            reason: one.reason.clone(),
            recorded_by: one.recorded_by.clone(),
        };
        Self {
            id: item.short.clone(),
            sha256: item.sha256.clone(),
            size: item.size,
            name: item.name.clone(),
            note: item.note.clone(),
            source: item.source.clone(),
            witness: item.witness.clone(),
            collected_at: item.collected_at.to_string(),
            added_at: item.added_at.to_string(),
            added_by: item.added_by.clone(),
            holder: item.holder().to_owned(),
            custody: item.handovers.iter().map(handover).collect(),
            redacted: item.redacted,
        }
    }
}

/// `evidence list --json`, `evidence show --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceListDoc {
    /// The document's version.
    pub schema: u32,
    /// The evidence.
    pub evidence: Vec<EvidenceDoc>,
    /// Of a list: commands of which only the start was recorded.
    pub unfinished: Vec<UnfinishedDoc>,
}

/// A command of which no end was recorded.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UnfinishedDoc {
    /// The entry that says that it began.
    pub id: String,
    /// The command line, secrets masked.
    pub line: String,
    /// The machine on which it ran.
    pub host: String,
    /// When it began.
    pub started_at: String,
    /// Who ran it.
    pub actor: String,
}

impl UnfinishedDoc {
    /// The document of a command.
    pub fn new(one: &Unfinished) -> Self {
        let Unfinished { short, line, host, started_at, actor } = one.clone();
        Self { id: short, line, host, started_at: started_at.to_string(), actor }
    }
}

/// Whether a piece is what was secured.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceCheckDoc {
    /// The entry by which it was added.
    pub id: String,
    /// What it was called.
    pub name: String,
    /// SHA-256 of what was secured.
    pub sha256: String,
    /// `sound`, `missing` or `changed`.
    pub condition: String,
    /// SHA-256 of what is there, where that is something else.
    pub found: Option<String>,
}

impl EvidenceCheckDoc {
    /// The document of a check.
    pub fn new(item: &Item, condition: &str, found: Option<String>) -> Self {
        let (id, name, sha256) = (item.short.clone(), item.name.clone(), item.sha256.clone());
        Self { id, name, sha256, condition: condition.to_owned(), found }
    }
}

/// `evidence verify --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceChecksDoc {
    /// The document's version.
    pub schema: u32,
    /// Whether all of it is what was secured.
    pub ok: bool,
    /// Each piece.
    pub evidence: Vec<EvidenceCheckDoc>,
}

/// `evidence export --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExportedDoc {
    /// The document's version.
    pub schema: u32,
    /// The archive.
    pub file: String,
    /// How many pieces are in it.
    pub evidence: usize,
}
