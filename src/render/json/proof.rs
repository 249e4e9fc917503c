//! Documents about the record itself: what was removed, what holds, what was copied.

use super::{EntryDoc, IncidentDoc};
use schemars::JsonSchema;
use serde::Serialize;

/// `redact --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RedactedDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident afterwards; `null` for words in the inbox.
    pub incident: Option<IncidentDoc>,
    /// The entries that say what was removed, and why.
    pub entries: Vec<EntryDoc>,
    /// Whether bytes may still be in the file, because another process has it open.
    pub pending: bool,
    /// Other entries in which the same words stand.
    pub also_in: Vec<String>,
    /// Where the words may still be, out of reach.
    pub unreached: Vec<String>,
}
