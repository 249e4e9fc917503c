//! Where an incident stands, and which moves are legal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A status, in the order in which an incident passes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nobody knows yet what is broken.
    Investigating,
    /// What is broken is known.
    Identified,
    /// A workaround is in place; the permanent fix is due (B3).
    Mitigated,
    /// Service looks restored and is being watched.
    Monitoring,
    /// Service is restored.
    Resolved,
    /// Nothing is left to do.
    Closed,
    /// Not an incident, a duplicate, or superseded.
    Cancelled,
}

impl Status {
    /// Every status, in order.
    pub const ALL: [Self; 7] = [
        Self::Investigating,
        Self::Identified,
        Self::Mitigated,
        Self::Monitoring,
        Self::Resolved,
        Self::Closed,
        Self::Cancelled,
    ];

    /// Its slug.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Mitigated => "mitigated",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads a slug, in any case; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        let lower = super::when::narrow(typed).to_ascii_lowercase();
        Self::ALL.into_iter().find(|status| status.as_str() == lower)
    }

    /// Whether responders are still at work on it.
    pub const fn is_unresolved(self) -> bool {
        matches!(self, Self::Investigating | Self::Identified | Self::Mitigated | Self::Monitoring)
    }

    /// Whether it is over for good, unless reopened.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }

    /// The statuses a command may move an incident to from here; steps may be skipped forward, `reopen` goes back.
    pub fn legal_moves(self) -> Vec<Self> {
        match self {
            Self::Investigating => {
                vec![Self::Identified, Self::Mitigated, Self::Monitoring, Self::Resolved, Self::Cancelled]
            }
            // Once mitigated, another workaround may take the place of the first.
            Self::Identified | Self::Mitigated => {
                vec![Self::Mitigated, Self::Monitoring, Self::Resolved, Self::Cancelled]
            }
            Self::Monitoring => vec![Self::Resolved, Self::Cancelled],
            Self::Resolved => vec![Self::Closed, Self::Cancelled],
            Self::Closed | Self::Cancelled => Vec::new(),
        }
    }

    /// Whether a step that waits for `reached` applies to an incident that stands here.
    pub fn has_reached(self, reached: Self) -> bool {
        self != Self::Cancelled && self >= reached
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
