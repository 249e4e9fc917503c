//! From investigating to closed, and back.

use super::CancelCause;
use crate::incident::status::Status;
use crate::incident::time::Span;
use serde::{Deserialize, Serialize};

/// Says what is broken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identify {
    /// The cause as understood.
    pub cause: Option<String>,
}

/// Says what holds until the permanent fix (B3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mitigate {
    /// The workaround.
    pub workaround: String,
    /// How long the permanent fix may take.
    pub fix_due: Option<Span>,
}

/// Says what the permanent fix is (B3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// The fix.
    pub text: String,
    /// Whether it took the workaround back.
    pub reverts_workaround: bool,
}

/// Says that service looks restored, and what is watched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// What is watched, and for how long.
    pub text: String,
}

/// Says that service is restored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolve {
    /// What happened and what ended it.
    pub summary: Option<String>,
    /// The cause as understood.
    pub cause: Option<String>,
}

/// Says that nothing is left to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Close {
    /// Whether to close in spite of what is left.
    pub force: bool,
    /// Why.
    pub reason: Option<String>,
}

/// Goes back to work on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reopen {
    /// The status to go back to.
    pub to: Option<Status>,
    /// Why.
    pub reason: String,
}

/// Says that it was no incident of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cancel {
    /// What kind of ending it is.
    pub because: Option<CancelCause>,
    /// The incident that stands for it, as typed.
    pub of: Option<String>,
    /// Why.
    pub reason: String,
}

/// Says where the finished postmortem is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilePostmortem {
    /// An address or a file.
    pub place: String,
}
