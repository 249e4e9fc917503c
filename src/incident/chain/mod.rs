//! Checking that a log is what was written: every entry follows from the one before it (E5, E6).
//!
//! An unkeyed chain shows change against a head that is kept elsewhere, and nothing more: whoever owns the file can
//! build a whole new chain. So heads are noted: read out, sealed, or written down by the copy that went on from them.

mod noted;
mod said;
mod walk;

#[cfg(test)]
mod tests;

pub use noted::{Noted, head_line, noted_heads, sealed_text};
pub use walk::{Columns, Stored, Walk};

use super::fact::{Gap, StoreSealed};
use super::header::Hash;
use super::id::OriginId;
use super::time::Timestamp;

/// What a walk over a log found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// How many entries were walked.
    pub entries: u64,
    /// How many of them had their words removed, and say so.
    pub redacted: u64,
    /// Each copy of the store that wrote, in the order of the log.
    pub origins: Vec<WalkedOrigin>,
    /// What doesn't hold, in the order of the log; the first [`BREAKS`] of it.
    pub breaks: Vec<Break>,
    /// Entries that a salvage said it could not read.
    pub salvaged: Vec<Gap>,
    /// The seals that the log holds, with when and by whom they were recorded; their signatures are checked elsewhere.
    pub seals: Vec<(Timestamp, String, StoreSealed)>,
}

/// How many breaks are told: a log that was rewritten breaks everywhere.
pub const BREAKS: usize = 20;

/// A copy of the store, as far as its chain was walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkedOrigin {
    /// The copy.
    pub origin: OriginId,
    /// Its last entry.
    pub seq: u64,
    /// That entry's hash.
    pub hash: Hash,
    /// Whether another copy went on from exactly there, and so vouches for it.
    pub continued: bool,
}

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

impl Fault {
    /// Its name in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Unreadable { .. } => "unreadable",
            Self::Misplaced { .. } => "misplaced",
            Self::Changed { .. } => "changed",
            Self::Blanked => "blanked",
            Self::Column { .. } => "column",
            Self::NoSuchOrigin { .. } => "no-such-origin",
            Self::CutOff { .. } => "cut-off",
            Self::Rewritten { .. } => "rewritten",
        }
    }
}
