//! SIMILAR: past incidents like one, why, and what resolved them.

use super::RecordedDoc;
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::render::reason;
use crate::view::alike::Alike;
use schemars::JsonSchema;
use serde::Serialize;

/// What was found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SimilarDoc {
    /// The version of this document.
    pub schema: u32,
    /// Past incidents, the most alike first.
    pub similar: Vec<AlikeDoc>,
}

/// What a declaration recorded, and past incidents like it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DeclaredDoc {
    /// What was recorded.
    #[serde(flatten)]
    pub recorded: RecordedDoc,
    /// Past incidents like it, three at the most.
    pub similar: Vec<AlikeDoc>,
}

/// A past incident.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AlikeDoc {
    /// Its number.
    #[serde(rename = "ref")]
    pub number: u32,
    /// Its title.
    pub title: String,
    /// How like it is: more is more.
    pub score: f64,
    /// Why, the strongest reason first, in words.
    pub why: Vec<String>,
    /// What resolved it: the fix, else the workaround, else what was said when it was resolved.
    pub resolved_by: Option<String>,
    /// How many whole minutes it lasted, until service was restored.
    pub minutes: Option<i64>,
    /// How many seconds it lasted, until service was restored.
    pub lasted_seconds: Option<i64>,
    /// Where it stands.
    pub status: String,
    /// How bad it is.
    pub severity: String,
    /// The services it hit.
    pub services: Vec<String>,
    /// Its cause.
    pub cause: Option<String>,
    /// Its workaround.
    pub workaround: Option<String>,
    /// When it was declared, RFC 3339 UTC.
    pub declared_at: String,
    /// Whether nothing happened that customers noticed.
    pub near_miss: bool,
}

impl AlikeDoc {
    /// The document of a past incident.
    pub fn new(one: &Alike, lang: Lang) -> Self {
        let incident = &one.incident;
        Self {
            number: incident.number,
            title: incident.title.clone(),
            score: one.score,
            why: one.why.iter().map(|why| reason(why, lang)).collect(),
            resolved_by: one.ending().map(|ending| ending.text().to_owned()),
            minutes: one.lasted().map(|lasted| lasted.seconds() / 60),
            lasted_seconds: one.lasted().map(Span::seconds),
            status: incident.status.to_string(),
            severity: incident.severity.to_string(),
            services: incident.services.clone(),
            cause: incident.cause.clone(),
            workaround: incident.workaround.as_ref().map(|workaround| workaround.text.clone()),
            declared_at: incident.times.declared.to_string(),
            near_miss: incident.near_miss,
        }
    }
}
