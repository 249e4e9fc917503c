//! What can go wrong with evidence.

use crate::owner::Foreign;
use std::path::{Path, PathBuf};

/// Why evidence could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The system failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Somebody else owns it, and could put other bytes there.
    #[error("{} belongs to another user ({})", .0.path.display(), .0.owner)]
    Foreign(Foreign),
    /// It is a folder, a device, or what else can't be copied to its end.
    #[error("{} is no file", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
    },
    /// The output is there already, or is a link to elsewhere.
    #[error("{} exists already", path.display())]
    Exists {
        /// The output.
        path: PathBuf,
    },
    /// Its bytes are gone.
    #[error("{name}: its bytes are gone")]
    Missing {
        /// What it was called.
        name: String,
    },
    /// Bytes that were to have one digest have this one.
    #[error("its bytes are not what was secured: sha256 is {found}")]
    Other {
        /// Their SHA-256, in hexadecimal.
        found: String,
    },
    /// Its bytes are other bytes now.
    #[error("{name}: its bytes are not what was secured")]
    Unsound {
        /// What it was called.
        name: String,
    },
}

impl EvidenceError {
    /// What the system said about a file.
    pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> Self + Copy {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
