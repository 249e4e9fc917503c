//! Facts that people write down, and their taking back.

use crate::incident::command::{Bridge, NoteKind};
use crate::incident::id::{BatchId, EventId};
use serde::{Deserialize, Serialize};

/// Somebody wrote something down (D4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteAdded {
    /// What was written.
    #[serde(default)]
    pub text: String,
    /// What kind of remark it is.
    pub note: NoteKind,
    /// Whether it is kept in sight.
    #[serde(default)]
    pub pinned: bool,
    /// The bridge on which it was said (A4).
    #[serde(default)]
    pub bridge: Option<Bridge>,
    /// The hypothesis that it confirms.
    #[serde(default)]
    pub confirms: Option<EventId>,
    /// The hypothesis that it refutes.
    #[serde(default)]
    pub refutes: Option<EventId>,
}

/// A command's entries were taken back; they stay readable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryUndone {
    /// The command.
    pub batch: BatchId,
    /// Its entries.
    pub entries: Vec<EventId>,
    /// Their kinds, for people.
    pub kinds: Vec<String>,
}
