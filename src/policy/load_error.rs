//! Why policy, playbooks or settings can't be used.

use crate::incident::problem::Problem;

/// Every problem of the files that were read; at least one of them is an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has {} problems", problems.len())]
pub struct LoadError {
    /// The problems, file by file.
    pub problems: Vec<Problem>,
}
