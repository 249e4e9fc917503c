//! Facts about evidence: what was secured, who had it, which commands were run (E5).

use crate::incident::id::EventId;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A file, or what a witness said, was secured; its bytes lie in the store's evidence folder under their SHA-256.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceAdded {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    /// When it was collected, where that was before it was added.
    #[serde(default)]
    pub collected_at: Option<Timestamp>,
    /// What it was called where it came from.
    #[serde(default)]
    pub name: String,
    /// What it shows.
    #[serde(default)]
    pub note: Option<String>,
    /// Where it came from: a machine, a system, a person.
    #[serde(default)]
    pub source: Option<String>,
    /// Who was there when it was collected.
    #[serde(default)]
    pub witness: Option<String>,
}

/// Evidence changed hands: a link of its chain of custody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceTransferred {
    /// The entry by which it was added.
    pub evidence: EventId,
    /// Who had it.
    pub from: String,
    /// Who has it now.
    pub to: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A responder is about to run a command on a system: on disk before it runs, whatever becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommandStarted {
    /// When it began.
    pub started_at: Timestamp,
    /// The machine on which it runs.
    pub host: String,
    /// The command line, secrets masked.
    #[serde(default)]
    pub line: String,
    /// The folder in which it runs.
    #[serde(default)]
    pub folder: String,
}

/// A responder ran a command on a system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommandRun {
    /// The entry that says that it began; absent where none does, as in everything that older versions wrote.
    #[serde(default)]
    pub started: Option<EventId>,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it ran, in milliseconds.
    pub duration: u64,
    /// The machine on which it ran.
    pub host: String,
    /// Its exit code; absent when a signal ended it or it could not be started.
    #[serde(default)]
    pub exit_code: Option<i32>,
    /// The signal that ended it.
    #[serde(default)]
    pub signal: Option<i32>,
    /// What it printed, as far as it was kept.
    #[serde(default)]
    pub output: Option<KeptOutput>,
    /// The command line, secrets masked.
    #[serde(default)]
    pub line: String,
    /// The folder in which it ran.
    #[serde(default)]
    pub folder: String,
}

/// Output of a command that was kept as evidence, secrets masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutput {
    /// SHA-256 of what was kept, in hexadecimal.
    pub sha256: String,
    /// How many bytes were kept.
    pub size: u64,
    /// How many bytes in the middle were not.
    #[serde(default)]
    pub left_out: u64,
}
