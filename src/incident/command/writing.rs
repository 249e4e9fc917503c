//! What people ask of the postmortem.

use crate::incident::id::EventId;
use serde::{Deserialize, Serialize};

/// Writes sections of the postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Write {
    /// The sections, each as it is to read.
    pub sections: Vec<WriteSection>,
}

/// A section as it is to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteSection {
    /// Its slug or title, as typed.
    pub section: String,
    /// What it is to say; nothing empties it.
    pub text: String,
    /// What it said when the writer began; none where they replace whatever it says.
    pub seen: Option<Seen>,
}

/// What a writer had before them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The version; none where nothing was written.
    pub id: Option<EventId>,
    /// What it said.
    pub text: String,
}

/// Approves the postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ApprovePostmortem {
    /// Whether in spite of what is missing or weak.
    pub force: bool,
    /// Why.
    pub reason: Option<String>,
}
