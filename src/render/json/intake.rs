//! Documents about what came in from elsewhere.

use super::EntryDoc;
use crate::incident::localized::Lang;
use crate::incident::past::{Change, Skipped};
use crate::text;
use schemars::JsonSchema;
use serde::Serialize;

/// `import --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImportDoc {
    /// The document's version.
    pub schema: u32,
    /// The format that was read.
    pub format: String,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// How many incidents are new.
    pub imported: usize,
    /// How many got what was new about them.
    pub updated: usize,
    /// How many were here as they stand in the file.
    pub unchanged: usize,
    /// How many say otherwise than they did, and stand as they stood: `--update` corrects them.
    pub changed: usize,
    /// How much planned maintenance was left out; `--maintenance` takes it.
    pub maintenance: usize,
    /// How many entries were written.
    pub entries: usize,
    /// The incidents, in the file's order.
    pub incidents: Vec<ImportedDoc>,
    /// What was left out.
    pub skipped: Vec<SkippedDoc>,
}

/// An incident of a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImportedDoc {
    /// Its number here.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// What its source calls it.
    pub source: String,
    /// `imported`, `updated`, `changed` or `unchanged`.
    pub outcome: String,
    /// How many entries were written.
    pub entries: usize,
    /// What the file says otherwise than it did; taken over where `outcome` is `updated` and nothing of it is skipped.
    pub changes: Vec<ChangeDoc>,
}

/// Something that a file says otherwise than it did.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChangeDoc {
    /// What: `title`, `impact`, `severity`, `started_at`, `update.text`, …
    pub field: String,
    /// Which update, by its place from 1; `null` for what is said of the whole incident.
    pub update: Option<u32>,
    /// What was on record.
    pub was: Option<String>,
    /// What the file says.
    pub now: Option<String>,
    /// All of it, for people.
    pub told: String,
}

impl ChangeDoc {
    /// Something that a file says otherwise, in the reader's language.
    pub fn new(change: &Change, lang: Lang) -> Self {
        Self {
            field: change.field.to_owned(),
            update: change.update,
            was: change.was.clone(),
            now: change.now.clone(),
            told: text::change(change, lang),
        }
    }
}

/// Part of a file that was left out.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SkippedDoc {
    /// The line, from 1.
    pub line: usize,
    /// The place among the file's records, from 1; `null` for what is no record.
    pub record: Option<usize>,
    /// What its source calls it, where that could be read.
    pub source: Option<String>,
    /// Why, in a word.
    pub kind: String,
    /// Why, for people.
    pub reason: String,
}

/// `import chat --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChatDoc {
    /// The document's version.
    pub schema: u32,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// The incident.
    pub incident: u32,
    /// How many messages are new.
    pub imported: usize,
    /// How many were here before.
    pub unchanged: usize,
    /// The entries that were written.
    pub entries: Vec<EntryDoc>,
    /// What was left out.
    pub skipped: Vec<SkippedDoc>,
    /// What the person should know besides.
    pub warnings: Vec<String>,
}

impl SkippedDoc {
    /// Part of a file that was left out, its reason in the reader's language.
    pub fn new(skipped: &Skipped, lang: Lang) -> Self {
        Self {
            line: skipped.line,
            record: skipped.record,
            source: skipped.source.clone(),
            kind: skipped.why.kind().to_owned(),
            reason: text::skip(&skipped.why, lang),
        }
    }
}
