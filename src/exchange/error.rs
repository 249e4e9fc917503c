//! Why an export could not be taken in; nothing of it was, then.

use crate::incident::id::SpaceId;
use crate::store::{MergeError, StoreError};

/// What is wrong with a file of exported lines.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// Its first line doesn't say that it is one.
    #[error("no export of hikeshi's: {reason}")]
    NotAnExport {
        /// What was found instead.
        reason: String,
    },
    /// A later version wrote it.
    #[error("written in format {found}, this version knows {known}")]
    Newer {
        /// The format of the file.
        found: u32,
        /// The last one that this version knows.
        known: u32,
    },
    /// It left entries out.
    #[error("the export left entries out")]
    Partial,
    /// The store has another history.
    #[error("the export is of another store ({space})")]
    OtherStore {
        /// The space of the export.
        space: SpaceId,
    },
    /// A line is wrong.
    #[error("line {number}: {error}")]
    Line {
        /// From 1.
        number: u64,
        /// What is wrong with it.
        error: LineError,
    },
    /// It ends before its head says so.
    #[error("the export ends early: {found} of {entries} entries")]
    CutOff {
        /// How many entries were found.
        found: u64,
        /// How many it says it has.
        entries: u64,
    },
    /// The entries don't fit.
    #[error(transparent)]
    Unfit(#[from] MergeError),
    /// It can't be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong with one line.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// It is no JSON of the right shape.
    #[error("{0}")]
    Shape(String),
    /// It is longer than any line of an export.
    #[error("more than {most} bytes")]
    TooLong {
        /// How many bytes are read.
        most: u64,
    },
    /// Its bytes are not those of an entry.
    #[error(transparent)]
    Entry(#[from] MergeError),
}
