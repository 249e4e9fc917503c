//! What goes out of the store, and what comes in.

use super::{EntryDoc, IncidentDoc};
use schemars::JsonSchema;
use serde::Serialize;

/// Whole incidents.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExportAllDoc {
    /// The version of the document.
    pub schema: u32,
    /// The incidents, by number.
    pub incidents: Vec<ExportedIncidentDoc>,
}

/// An incident with everything that was recorded of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExportedIncidentDoc {
    /// The incident as it stands.
    pub incident: IncidentDoc,
    /// Its entries, in the order in which they happened.
    pub entries: Vec<EntryDoc>,
}

/// What came of importing an export.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MergedDoc {
    /// The version of the document.
    pub schema: u32,
    /// Entries that were new.
    pub added: u64,
    /// Entries that were here already.
    pub known: u64,
    /// Entries whose words go, because the export says that they were redacted.
    pub erased: u64,
    /// Incidents that something new was said of.
    pub incidents: u64,
}
