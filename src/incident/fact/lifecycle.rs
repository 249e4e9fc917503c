//! Facts about where an incident stands. Each move records the status that it saw, so that a conflict shows.

use crate::incident::command::CancelCause;
use crate::incident::id::SubjectId;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is broken became known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentIdentified {
    /// The status that the decision saw.
    pub from: Status,
    /// The cause as understood.
    #[serde(default)]
    pub cause: Option<String>,
}

/// A workaround was put in place (B3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentMitigated {
    /// The status that the decision saw.
    pub from: Status,
    /// The workaround.
    #[serde(default)]
    pub workaround: String,
    /// When the permanent fix is due.
    #[serde(default)]
    pub fix_due_at: Option<Timestamp>,
}

/// The permanent fix was made (B3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentFixed {
    /// The fix.
    #[serde(default)]
    pub text: String,
    /// Whether it took the workaround back.
    #[serde(default)]
    pub reverts_workaround: bool,
}

/// Service looks restored and is being watched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentMonitoring {
    /// The status that the decision saw.
    pub from: Status,
}

/// Service was restored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentResolved {
    /// The status that the decision saw.
    pub from: Status,
    /// What happened and what ended it.
    #[serde(default)]
    pub summary: Option<String>,
    /// The cause as understood.
    #[serde(default)]
    pub cause: Option<String>,
    /// Whether the policy asks for a postmortem, as it stood then.
    #[serde(default)]
    pub postmortem_required: bool,
    /// When the postmortem is due, as the policy stood then.
    #[serde(default)]
    pub postmortem_due_at: Option<Timestamp>,
}

/// Nothing was left to do (D5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentClosed {
    /// The status that the decision saw.
    pub from: Status,
    /// What was still open when it was forced.
    #[serde(default)]
    pub left_open: Vec<String>,
    /// Why it was forced.
    #[serde(default)]
    pub reason: Option<String>,
}

/// It was not over after all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentReopened {
    /// The status that the decision saw.
    pub from: Status,
    /// The status that it went back to.
    pub to: Status,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// It was not an incident, a duplicate, or superseded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentCancelled {
    /// The status that the decision saw.
    pub from: Status,
    /// What kind of ending it is.
    #[serde(default)]
    pub because: Option<CancelCause>,
    /// The incident that stands for it.
    #[serde(default)]
    pub of: Option<SubjectId>,
    /// That incident's number, for people.
    #[serde(default)]
    pub of_number: Option<u32>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The finished postmortem was filed somewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostmortemFiled {
    /// Where it can be read.
    #[serde(default)]
    pub place: String,
}
