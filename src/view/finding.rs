//! What a check of the store found.

/// How good a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// As it should be.
    Good,
    /// Worth knowing.
    Note,
    /// Something has to be done.
    Bad,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: &'static str,
    /// How good it is.
    pub grade: Grade,
    /// What was found.
    pub text: String,
    /// What to do, where something has to be done.
    pub remedy: Option<String>,
}

impl Finding {
    /// As it should be.
    pub const fn good(check: &'static str, text: String) -> Self {
        Self { check, grade: Grade::Good, text, remedy: None }
    }

    /// Worth knowing.
    pub const fn note(check: &'static str, text: String) -> Self {
        Self { check, grade: Grade::Note, text, remedy: None }
    }

    /// Something has to be done.
    pub const fn bad(check: &'static str, text: String, remedy: String) -> Self {
        Self { check, grade: Grade::Bad, text, remedy: Some(remedy) }
    }
}
