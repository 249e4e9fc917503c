//! Facts about how bad it is and who commands.

use crate::incident::command::CommandMode;
use crate::incident::severity::Severity;
use serde::{Deserialize, Serialize};

/// The severity was raised or lowered (D2, D3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeverityChanged {
    /// The severity that the decision saw.
    pub from: Severity,
    /// The severity from then on.
    pub to: Severity,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Command became unified, or standard again (A4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommandChanged {
    /// How the incident is commanded from then on.
    pub to: CommandMode,
}
