//! Why part of a file could not be taken over, and where it stands.

use super::Change;

/// Part of a file that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The line, from 1.
    pub line: usize,
    /// The place among the file's records, from 1; `None` for what is no record.
    pub record: Option<usize>,
    /// What its source calls it, where that could be read.
    pub source: Option<String>,
    /// Why.
    pub why: Skip,
}

/// Why part of a file could not be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// It is no JSON.
    NotJson {
        /// The column, from 1.
        column: usize,
        /// What the parser says, in English.
        message: String,
    },
    /// A field is of another type.
    WrongType {
        /// The field.
        field: String,
        /// What it should be.
        wanted: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A field that must be there is not.
    Missing {
        /// The field.
        field: String,
    },
    /// A time can't be read.
    BadTime {
        /// The field.
        field: String,
        /// What stands there.
        value: String,
    },
    /// A field is longer than is taken.
    TooLong {
        /// The field.
        field: String,
        /// Its length in bytes.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// Nothing says when it happened.
    NoTime,
    /// A line of a chat that belongs to no message.
    NoMessage {
        /// Its beginning.
        text: String,
    },
    /// A line of a chat that begins like a message and isn't understood as one; it stays with the message above.
    LikeMessage {
        /// Its beginning.
        text: String,
    },
    /// A message that only tells of the chat itself, such as somebody joining.
    OfTheChat {
        /// Its kind.
        kind: String,
    },
    /// An incident that was over before it began.
    ResolvedBefore,
    /// What is on record otherwise, of an incident that was imported before.
    Differs(Change),
    /// An update that is on record and that the source no longer has.
    Gone {
        /// Its words.
        text: String,
    },
    /// A zone's name that can mean several, or none that is known.
    DoubtfulZone {
        /// The name as it stands there.
        name: String,
        /// The zone that it was taken for.
        taken: String,
    },
    /// What comes after the present.
    Later {
        /// Its time as it stands there.
        value: String,
    },
}

impl Skip {
    /// Its name in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not-json",
            Self::WrongType { .. } => "wrong-type",
            Self::Missing { .. } => "missing",
            Self::BadTime { .. } => "bad-time",
            Self::TooLong { .. } => "too-long",
            Self::NoTime => "no-time",
            Self::NoMessage { .. } => "no-message",
            Self::LikeMessage { .. } => "like-a-message",
            Self::OfTheChat { .. } => "of-the-chat",
            Self::ResolvedBefore => "resolved-before-start",
            Self::Differs(_) => "differs",
            Self::Gone { .. } => "gone",
            Self::DoubtfulZone { .. } => "doubtful-zone",
            Self::Later { .. } => "later",
        }
    }
}
