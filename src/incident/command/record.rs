//! What people ask of the record itself: corrections, evidence, commands that were run.

use crate::incident::alert::Alert;
use crate::incident::fact::KeptOutput;
use crate::incident::id::EventId;
use crate::incident::slug::NoteKind;
use crate::incident::time::Timestamp;
use crate::incident::when::When;
use serde::{Deserialize, Serialize};

/// Corrects an entry; what is absent stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amend {
    /// The entry, as typed.
    pub entry: String,
    /// What it says after all.
    pub text: Option<String>,
    /// When it happened after all.
    pub at: Option<When>,
    /// What kind of remark it is after all.
    pub kind: Option<NoteKind>,
}

/// Secures evidence, whose bytes were kept before (E5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddEvidence {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    /// What it was called where it came from.
    pub name: String,
    /// What it shows.
    pub note: Option<String>,
    /// Where it came from.
    pub source: Option<String>,
    /// Who was there when it was collected.
    pub witness: Option<String>,
    /// When it was collected.
    pub collected_at: Option<When>,
}

/// Notes what monitoring tools say of an incident (D1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceiveAlerts {
    /// The alerts.
    pub alerts: Vec<Alert>,
}

/// Says who has evidence from now on (E5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TransferEvidence {
    /// The entry by which it was added, as typed.
    pub entry: String,
    /// Who gets it.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// Writes down that a command is about to run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartRun {
    /// The command line, secrets masked.
    pub line: String,
    /// The folder in which it runs.
    pub folder: String,
    /// The machine on which it runs.
    pub host: String,
    /// When it begins.
    pub started_at: Timestamp,
}

/// Writes down that a command was run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The entry that says that it began, where one does.
    #[serde(default)]
    pub started: Option<EventId>,
    /// The command line, secrets masked.
    pub line: String,
    /// The folder in which it ran.
    pub folder: String,
    /// The machine on which it ran.
    pub host: String,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it ran, in milliseconds.
    pub duration: u64,
    /// Its exit code, where it had one.
    pub exit_code: Option<i32>,
    /// The signal that ended it, where one did.
    pub signal: Option<i32>,
    /// What it printed, as far as it was kept.
    pub output: Option<KeptOutput>,
}
