//! Checking that a log is what was written: every entry follows from the one before it (E5, E6).
//!
//! An unkeyed chain shows change against a head that is kept elsewhere, and nothing more: whoever owns the file can
//! build a whole new chain. So heads are noted: read out, sealed, or written down by the copy that went on from them.

mod columns;
mod fault;
mod noted;
mod outcome;
mod said;
mod walk;

#[cfg(test)]
mod tests;

pub use columns::Columns;
pub use fault::{Beginning, Break, Fault};
pub use noted::{Noted, head_line, noted_heads, sealed_text};
pub use outcome::Ground;
pub use walk::{Stored, Walk, content_digest};

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
    /// What other copies know of and this store never got.
    pub absent: Vec<Absent>,
    /// Rows of the log that stand in no copy that the store lists: no chain reaches them.
    pub unlisted: u64,
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

/// An entry of another copy that was noted and never came here: nothing that this store wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The copy, in hexadecimal.
    pub origin: String,
    /// The entry's number in it.
    pub seq: u64,
    /// Where it was noted.
    pub noted: String,
}
