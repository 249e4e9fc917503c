//! Documents about what came in from elsewhere.

use super::EntryDoc;
use crate::incident::localized::Lang;
use crate::incident::past::Skipped;
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
    /// `imported`, `updated` or `unchanged`.
    pub outcome: String,
    /// How many entries were written.
    pub entries: usize,
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
