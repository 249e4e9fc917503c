//! What is missing or weak in a postmortem, for scripts.

use crate::incident::localized::Lang;
use crate::incident::review::{Fault, Place, Weakness};
use crate::text::review;
use schemars::JsonSchema;
use serde::Serialize;

/// `postmortem check --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PostmortemCheckDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// How far the postmortem has come: `draft`, `review`, `approved`.
    pub status: String,
    /// What is missing or weak.
    pub findings: Vec<WeaknessDoc>,
}

/// Something that is missing or weak.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WeaknessDoc {
    /// What kind: `empty-section`, `no-cause`, `no-evidence`, `no-owner`, `no-due`, `nothing-prevents`, `blame`,
    /// `placeholder`, `conflict`, `beside`.
    pub kind: String,
    /// The section that it is in.
    pub section: Option<String>,
    /// The cause or action that it is in, by its id.
    pub entry: Option<String>,
    /// The words that are weak, exactly as they stand there.
    pub passage: Option<String>,
    /// The sentence that they stand in.
    pub sentence: Option<String>,
    /// Why words blame: `label`, `hindsight`, `omission`, `character`, `fault`, `exhortation`.
    pub rule: Option<String>,
    /// The finding, for people.
    pub text: String,
    /// A better wording, or the command that helps.
    pub advice: Option<String>,
}

impl WeaknessDoc {
    /// The document of a finding.
    pub fn new(finding: &Weakness, number: u32, lang: Lang) -> Self {
        let (section, entry) = match &finding.place {
            Place::Section { id, .. } => (Some(id.clone()), None),
            Place::Cause { id, .. } | Place::Action { id, .. } => (None, Some(id.tag())),
            Place::Whole => (None, None),
        };
        let (passage, sentence) = match &finding.kind {
            Fault::Blame { passage, sentence, .. } => (Some(passage.clone()), Some(sentence.clone())),
            Fault::Placeholder { passage } => (Some(passage.clone()), None),
            _ => (None, None),
        };
        Self {
            kind: finding.kind.name().to_owned(),
            section,
            entry,
            passage,
            sentence,
            rule: match &finding.kind {
                Fault::Blame { rule, .. } => Some(rule.name().to_owned()),
                _ => None,
            },
            text: review::sentence(finding, lang),
            advice: review::advice(finding, &format!("hikeshi -i {number}"), lang),
        }
    }
}
