//! What the rules refuse about causes and measures of prevention.

use super::Nature;
use crate::incident::state::Progress;
use crate::incident::time::Timestamp;

/// Why a command about a cause or a measure was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemedyRejection {
    /// The incident has no such cause.
    #[error("no cause {typed}")]
    NoCause {
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The incident has no such measure.
    #[error("no action {typed}")]
    NoAction {
        /// As typed.
        typed: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A beginning that several of them share.
    #[error("{typed} could be several")]
    Several {
        /// As typed.
        typed: String,
        /// Those that it could be.
        found: Vec<String>,
    },
    /// A cause is shown by what was seen, not by another cause.
    #[error("{entry} is a cause, and no evidence")]
    CauseAsEvidence {
        /// The entry.
        entry: String,
    },
    /// The measure stands where this makes no sense.
    #[error("{verb}: action {entry} is {}", progress.as_str())]
    Standing {
        /// The verb.
        verb: &'static str,
        /// The measure.
        entry: String,
        /// How far it has come.
        progress: Progress,
    },
    /// What is to be done can't be due before now.
    #[error("{at} has passed")]
    PastDue {
        /// What was understood.
        at: Timestamp,
    },
    /// A date that nobody lives to see kept.
    #[error("{at} is too far off")]
    TooFar {
        /// What was understood.
        at: Timestamp,
    },
}

impl RemedyRejection {
    /// What kind of refusal this is.
    pub const fn nature(&self) -> Nature {
        match self {
            Self::NoCause { .. } | Self::NoAction { .. } | Self::Several { .. } => Nature::Reference,
            Self::PastDue { .. } | Self::TooFar { .. } => Nature::Usage,
            Self::CauseAsEvidence { .. } | Self::Standing { .. } => Nature::Rule,
        }
    }

    /// Its name in JSON, which scripts may match on.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NoCause { .. } => "no-cause",
            Self::NoAction { .. } => "no-action",
            Self::Several { .. } => "several",
            Self::CauseAsEvidence { .. } => "cause-as-evidence",
            Self::Standing { .. } => "action-state",
            Self::PastDue { .. } => "past-due",
            Self::TooFar { .. } => "too-far",
        }
    }
}

impl From<RemedyRejection> for super::Rejection {
    fn from(rejection: RemedyRejection) -> Self {
        Self::Remedy(Box::new(rejection))
    }
}
