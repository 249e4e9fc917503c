//! Facts about why it happened (E9), and what is done so that it doesn't happen again (E10).

use crate::incident::id::EventId;
use crate::incident::slug::{CauseKind, Priority};
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A link of the cause–effect chain was found (E9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CauseAdded {
    /// The cause that this one explains; none at the top of the chain.
    #[serde(default)]
    pub because: Option<EventId>,
    /// What kind of factor it is: human and external ones are told apart.
    #[serde(default)]
    pub factor: Option<CauseKind>,
    /// The entries and evidence that show it.
    #[serde(default)]
    pub evidence: Vec<EventId>,
    /// What caused it.
    #[serde(default)]
    pub text: String,
}

/// A link of the chain turned out to be none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CauseRemoved {
    /// The cause.
    pub cause: EventId,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Evidence for a cause was found later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CauseSupported {
    /// The cause.
    pub cause: EventId,
    /// The entries and evidence that show it.
    pub evidence: Vec<EventId>,
}

/// A measure of prevention was agreed (E10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionAdded {
    /// Who sees to it.
    #[serde(default)]
    pub owner: Option<String>,
    /// When it is to be done.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// The cause that it takes away.
    #[serde(default)]
    pub prevents: Option<EventId>,
    /// What is to be done.
    #[serde(default)]
    pub text: String,
}

/// A measure got another owner, date, priority or cause; what is absent stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionChanged {
    /// The measure.
    pub action: EventId,
    /// Who sees to it.
    #[serde(default)]
    pub owner: Option<String>,
    /// When it is to be done.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// The cause that it takes away.
    #[serde(default)]
    pub prevents: Option<EventId>,
}

/// A measure was carried out; whether it works is still to be seen (E10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionDone {
    /// The measure.
    pub action: EventId,
    /// When its effect is to be checked.
    #[serde(default)]
    pub check_at: Option<Timestamp>,
    /// What was done.
    #[serde(default)]
    pub result: Option<String>,
}

/// The effect of a measure was checked: without one it is open again (E10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionVerified {
    /// The measure.
    pub action: EventId,
    /// Whether it works.
    #[serde(default)]
    pub effective: bool,
    /// When it is to be done, where it is open again.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// What shows that.
    #[serde(default)]
    pub text: String,
}

/// A measure was given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionDropped {
    /// The measure.
    pub action: EventId,
    /// Why.
    #[serde(default)]
    pub reason: String,
}
