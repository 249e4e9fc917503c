//! What a person is told when a command fails: what, why, what next, and the exit code.

/// Exit codes, as scripts know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Refused by a rule of the process, or failed.
    Refused = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// A check did not hold.
    Attention = 3,
    /// Not found, or ambiguous.
    Reference = 4,
    /// The store can't be read or written.
    Storage = 5,
}

/// A command that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// Its name in JSON.
    pub kind: String,
    /// What was wrong with which value; lower case.
    pub message: String,
    /// The command to run next.
    pub hint: Option<String>,
    /// Lines that belong to the message: the incidents that a number could mean, the problems of a file.
    pub details: Vec<String>,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(exit: Exit, kind: &str, message: impl Into<String>) -> Self {
        Self { exit, kind: kind.to_owned(), message: message.into(), hint: None, details: Vec::new() }
    }

    /// Says what to run next.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Adds lines below the message.
    #[must_use]
    pub fn details(self, details: Vec<String>) -> Self {
        Self { details, ..self }
    }

    /// The command line makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }
}
