//! Facts about deadlines. Each holds the due time that the policy gave it then, so that a later policy rewrites nothing.

use crate::incident::severity::Severity;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A deadline for a statement began (A6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockStarted {
    /// Its name, unique in the incident: `comms:status-page`.
    pub clock: String,
    /// The audience that waits.
    pub audience: String,
    /// The channel that it is about; any where there is none.
    #[serde(default)]
    pub channel: Option<String>,
    /// The only stage of a statement that meets it.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// The only way of conveying it that meets it.
    #[serde(default)]
    pub by: Option<Conveyance>,
    /// The role that keeps it.
    #[serde(default)]
    pub role: Option<String>,
    /// How long after it was met it is due again, in milliseconds.
    #[serde(default)]
    pub every: Option<Span>,
    /// When it is due.
    pub due_at: Timestamp,
}

/// A deadline was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockMet {
    /// Its name.
    pub clock: String,
    /// When it had been due.
    pub due_at: Timestamp,
    /// When it is due next; none where it ends.
    #[serde(default)]
    pub next_due_at: Option<Timestamp>,
}

/// A deadline ended without being met: the policy no longer asks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockEnded {
    /// Its name.
    pub clock: String,
    /// When it had been due.
    pub due_at: Timestamp,
    /// Why: the severity, the status, the customers that changed.
    pub because: String,
}

/// Somebody was reminded of a deadline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockReminded {
    /// Its name.
    pub clock: String,
    /// When it is or was due.
    pub due_at: Timestamp,
    /// The moment of the policy's schedule: `before 10m`, `after 30m`.
    pub threshold: String,
    /// Who was reminded.
    #[serde(default)]
    pub to: Vec<String>,
}

/// A rule of the policy says that the incident is worse than it is classified (B1, D6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeveritySuggested {
    /// The rule's id.
    pub rule: String,
    /// The severity that it calls for.
    pub to: Severity,
    /// Whether it was raised at once, as the policy says.
    #[serde(default)]
    pub applied: bool,
}
