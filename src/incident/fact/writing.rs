//! Facts about what people write in a postmortem, and what becomes of it.

use crate::incident::id::EventId;
use serde::{Deserialize, Serialize};

/// A section was written: all of it, as it reads from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostmortemWritten {
    /// The section's slug.
    pub section: String,
    /// The version that it was written from; none for the first.
    #[serde(default)]
    pub base: Option<EventId>,
    /// The version of somebody else that was taken in, where both wrote at the same time.
    #[serde(default)]
    pub merged: Option<EventId>,
    /// Whether both texts stand in it, because they changed the same paragraph.
    #[serde(default)]
    pub conflict: bool,
    /// Whether it was emptied on purpose.
    #[serde(default)]
    pub cleared: bool,
    /// What it says.
    #[serde(default)]
    pub text: String,
}

/// The postmortem is ready to be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemSubmitted {}

/// The postmortem was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemApproved {
    /// Whether it was in spite of what is missing or weak.
    #[serde(default)]
    pub forced: bool,
    /// How many things were missing or weak.
    #[serde(default)]
    pub findings: u32,
    /// Why all the same.
    #[serde(default)]
    pub reason: Option<String>,
}
