//! What can be wrong with a log, and where.

use crate::incident::id::OriginId;

/// A place where the log is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The copy of the store, in hexadecimal.
    pub origin: String,
    /// The entry's number in it.
    pub seq: u64,
    /// The entry's display id, where it can be told.
    pub entry: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not there, and those up to this number neither: removed.
    Missing {
        /// The last missing one.
        to: u64,
    },
    /// Its header can't be read.
    Unreadable {
        /// Why not.
        reason: String,
    },
    /// Its header says that it stands elsewhere: moved, or inserted.
    Misplaced {
        /// The copy of the store that its header names.
        origin: OriginId,
        /// The number that its header names.
        seq: u64,
    },
    /// Its content and its predecessor give another hash than is stored: changed.
    Changed {
        /// The hash that the stored content gives.
        expected: String,
        /// The hash that is stored.
        found: String,
    },
    /// Its words are gone, and no entry says that they were redacted.
    Blanked,
    /// Words, salt and digest don't stand together: there is a salt of 32 bytes if and only if there are words, and a
    /// digest of 32 bytes only in the place of both.
    Salt {
        /// Bytes of the salt, where there is one.
        salt: Option<usize>,
        /// Whether there are words.
        words: bool,
        /// Bytes of the digest, where there is one.
        digest: Option<usize>,
    },
    /// It stands in no copy that the store lists: no chain reaches it, so somebody put it there.
    Unlisted,
    /// The copy's chain doesn't begin as every copy's does.
    Beginning(Beginning),
    /// It is the first after entries that a salvage lost, and that salvage didn't write down what it found there.
    Unpinned,
    /// A head was noted, and its entry is not there any more: nothing can be compared with it.
    Gone {
        /// Where the head was noted.
        noted: String,
    },
    /// It follows lost entries, and a noted head that agrees is older than the salvage: that head says nothing of what lies
    /// before the loss.
    Severed {
        /// The first lost one.
        from: u64,
        /// The last lost one.
        to: u64,
        /// Where the head was noted.
        noted: String,
    },
    /// What the store notes of itself contradicts the log.
    Meta {
        /// What it notes.
        name: &'static str,
        /// What the log says.
        expected: String,
        /// What is noted.
        found: String,
    },
    /// A column says something else than the header that it was copied from.
    Column {
        /// The column.
        name: &'static str,
        /// What the header says.
        expected: String,
        /// What the column says.
        found: String,
    },
    /// A head was noted of a copy that this log knows nothing of: another log stands in its place.
    NoSuchOrigin {
        /// Where the head was noted.
        noted: String,
    },
    /// A noted head is beyond the end: entries were cut off.
    CutOff {
        /// The last entry that there is.
        last: u64,
        /// Where the head was noted.
        noted: String,
    },
    /// A noted head has another hash: the log was written anew.
    Rewritten {
        /// The hash that was noted.
        expected: String,
        /// The hash that is stored.
        found: String,
        /// Where the head was noted.
        noted: String,
    },
}

/// What is wrong with the beginning of a copy's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// The copy is listed, and has no entry.
    Empty,
    /// Its first entry doesn't say that a copy began.
    Unsaid,
    /// A copy begins in the middle of another's chain.
    Inside,
    /// It says that it goes on from nothing, and another copy of the same incident numbers did so before it.
    NoParent,
}

impl Fault {
    /// Its name in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Unreadable { .. } => "unreadable",
            Self::Misplaced { .. } => "misplaced",
            Self::Changed { .. } => "changed",
            Self::Blanked => "blanked",
            Self::Salt { .. } => "salt",
            Self::Unlisted => "unlisted",
            Self::Beginning(_) => "beginning",
            Self::Unpinned => "unpinned",
            Self::Gone { .. } => "gone",
            Self::Severed { .. } => "severed",
            Self::Meta { .. } => "meta",
            Self::Column { .. } => "column",
            Self::NoSuchOrigin { .. } => "no-such-origin",
            Self::CutOff { .. } => "cut-off",
            Self::Rewritten { .. } => "rewritten",
        }
    }
}
