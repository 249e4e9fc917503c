//! Why the postmortem was not written or approved.

use super::Nature;
use crate::incident::review::Weakness;

/// Why a postmortem was not taken as it is.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WritingRejection {
    /// No section of that name.
    #[error("no section {typed}")]
    UnknownSection {
        /// The name as typed.
        typed: String,
        /// The known ones.
        known: Vec<String>,
    },
    /// Something is missing or weak.
    #[error("{} findings", findings.len())]
    Weak {
        /// What.
        findings: Vec<Weakness>,
    },
    /// Nobody has written anything.
    #[error("nothing was written")]
    NothingWritten,
    /// It was approved, and nothing was written since.
    #[error("approved by {by} already")]
    Approved {
        /// By whom.
        by: String,
    },
}

impl WritingRejection {
    /// What kind of refusal this is.
    pub const fn nature(&self) -> Nature {
        match self {
            Self::UnknownSection { .. } => Nature::Reference,
            _ => Nature::Rule,
        }
    }

    /// Its name in JSON, which scripts may match on.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::UnknownSection { .. } => "unknown-section",
            Self::Weak { .. } => "weak",
            Self::NothingWritten => "nothing-written",
            Self::Approved { .. } => "postmortem-approved",
        }
    }
}

impl From<WritingRejection> for super::Rejection {
    fn from(rejection: WritingRejection) -> Self {
        Self::Writing(Box::new(rejection))
    }
}
