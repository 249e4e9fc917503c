//! Facts about calling people, and about handing over.

use crate::incident::id::EventId;
use serde::{Deserialize, Serialize};

/// Somebody answered a call, or somebody else noted it for them (D3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallAnswered {
    /// The call.
    pub call: EventId,
    /// Who answered.
    pub who: String,
    /// Whether they can't come.
    #[serde(default)]
    pub declined: bool,
    /// Why not, or what they said.
    #[serde(default)]
    pub text: Option<String>,
}

/// Nobody on a ladder answered (D3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LadderEnded {
    /// The ladder's id.
    pub ladder: String,
    /// The last call on it.
    pub call: EventId,
}

/// Somebody offered to hand roles over; until it is accepted they carry on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoffOffered {
    /// Who hands over.
    pub from: String,
    /// Who is to take over.
    pub to: String,
    /// The roles.
    pub roles: Vec<String>,
    /// What the one before tells the one after.
    #[serde(default)]
    pub brief: Option<String>,
}

/// An offer to take over was accepted or refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoffAnswered {
    /// The offer.
    pub handoff: EventId,
    /// Who answered.
    pub who: String,
    /// Whether they took over.
    #[serde(default)]
    pub accepted: bool,
    /// Why not.
    #[serde(default)]
    pub reason: Option<String>,
}
