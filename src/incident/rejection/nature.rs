//! What a refusal is, for scripts: its name, and what kind of refusal it is.

use super::Rejection;

/// How grave a refusal is, for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A rule of the process.
    Rule,
    /// Something wasn't found or is ambiguous.
    Reference,
    /// The request itself makes no sense.
    Usage,
}

impl Rejection {
    /// What kind of refusal this is.
    pub fn nature(&self) -> Nature {
        match self {
            Self::Promise(promise) => promise.nature(),
            Self::Remedy(remedy) => remedy.nature(),
            Self::Writing(writing) => writing.nature(),
            Self::UnknownRole { .. }
            | Self::AmbiguousRole { .. }
            | Self::UnknownStep { .. }
            | Self::AmbiguousStep { .. }
            | Self::UnknownCategory { .. }
            | Self::UnknownPlaybook { .. }
            | Self::ForeignEntry { .. }
            | Self::NoSuchService { .. } => Nature::Reference,
            Self::Empty { .. }
            | Self::TooLong { .. }
            | Self::NoSuchTime { .. }
            | Self::TooMany { .. }
            | Self::ControlCharacter { .. }
            | Self::NothingToEscalate
            | Self::NothingToAmend
            | Self::DuplicateOfWhat
            | Self::ReasonNeeded { .. } => Nature::Usage,
            _ => Nature::Rule,
        }
    }

    /// Its name in JSON, which scripts may match on.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Promise(promise) => promise.kind(),
            Self::Remedy(remedy) => remedy.kind(),
            Self::Writing(writing) => writing.kind(),
            Self::Empty { .. } => "empty",
            Self::TooLong { .. } => "too-long",
            Self::NoSuchTime { .. } => "time",
            Self::TooMany { .. } => "too-many",
            Self::ControlCharacter { .. } => "control-character",
            Self::IllegalMove { .. } => "illegal-move",
            Self::Over { .. } => "over",
            Self::NotBackwards { .. } => "not-backwards",
            Self::NotWorse { .. } => "not-worse",
            Self::NotBetter { .. } => "not-better",
            Self::NothingToEscalate => "nothing-to-escalate",
            Self::UnknownRole { .. } => "unknown-role",
            Self::AmbiguousRole { .. } => "ambiguous-role",
            Self::NotHeld { .. } => "not-held",
            Self::HeldAlready { .. } => "held-already",
            Self::LastIncidentManager { .. } => "last-incident-manager",
            Self::UnknownStep { .. } => "unknown-step",
            Self::AmbiguousStep { .. } => "ambiguous-step",
            Self::StepAlready { .. } => "step-already",
            Self::UnknownCategory { .. } => "unknown-category",
            Self::UnknownPlaybook { .. } => "unknown-playbook",
            Self::Lookalike { .. } => "lookalike",
            Self::BeforeStart { .. } => "before-start",
            Self::BeforeKnown { .. } => "before-known",
            Self::DetectedBeforeStart { .. } => "detected-before-start",
            Self::StillWaiting { .. } => "still-waiting",
            Self::ReasonNeeded { .. } => "reason-needed",
            Self::NoWorkaround => "no-workaround",
            Self::DuplicateOfWhat => "duplicate-of-what",
            Self::DuplicateOfItself => "duplicate-of-itself",
            Self::DuplicateOfCancelled { .. } => "duplicate-of-cancelled",
            Self::NoHypothesis { .. } => "no-hypothesis",
            Self::ForeignEntry { .. } => "foreign-entry",
            Self::NotAmendable { .. } => "not-amendable",
            Self::NoEvidence { .. } => "no-evidence",
            Self::AlreadyHolds { .. } => "already-holds",
            Self::NothingToAmend => "nothing-to-amend",
            Self::NoWords { .. } => "no-words",
            Self::Secret { .. } => "secret",
            Self::NothingToChange => "nothing-to-change",
            Self::NoSuchService { .. } => "no-such-service",
            Self::NothingToUndo { .. } => "nothing-to-undo",
            Self::NotUndoable { .. } => "not-undoable",
            Self::BuiltUpon { .. } => "built-upon",
        }
    }
}
