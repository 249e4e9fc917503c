//! The postmortem, for scripts: what people wrote, why it happened, what is done about it.

use super::{CommunicationDoc, EntryDoc, IncidentDoc, StepDoc};
use crate::incident::localized::Localized;
use crate::view::Postmortem;
use crate::view::postmortem::Section;
use schemars::JsonSchema;
use serde::Serialize;

/// `postmortem --format json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PostmortemDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident.
    pub incident: IncidentDoc,
    /// The whole timeline, what was taken back left out.
    pub entries: Vec<EntryDoc>,
    /// The steps.
    pub steps: Vec<StepDoc>,
    /// What stakeholders were told, in time or not.
    pub communication: CommunicationDoc,
    /// How far it has come: `draft`, `review`, `approved`; null where nobody has begun.
    pub document: Option<String>,
    /// When it was approved.
    pub approved_at: Option<String>,
    /// By whom.
    pub approved_by: Option<String>,
    /// What people wrote, or are asked to write.
    pub sections: Vec<PostmortemSectionDoc>,
    /// The chain of causes.
    pub causes: Vec<PostmortemCauseDoc>,
    /// The measures of prevention.
    pub actions: Vec<PostmortemActionDoc>,
}

/// A section that people write.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PostmortemSectionDoc {
    /// Its slug.
    pub id: String,
    /// Its heading.
    pub title: Localized,
    /// What it is to answer.
    pub question: Localized,
    /// Whether the postmortem isn't approved while it is empty.
    pub required: bool,
    /// What people wrote.
    pub text: Option<String>,
    /// The entry that holds it.
    pub entry: Option<String>,
    /// Who wrote it last.
    pub by: Option<String>,
    /// When.
    pub at: Option<String>,
}

/// A cause.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PostmortemCauseDoc {
    /// Its entry.
    pub id: String,
    /// The cause that it explains.
    pub because: Option<String>,
    /// `technical`, `human`, `external` or `process`.
    pub kind: Option<String>,
    /// The entries that show it.
    pub evidence: Vec<String>,
    /// What it is.
    pub text: String,
}

/// A measure of prevention.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PostmortemActionDoc {
    /// Its entry.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// When it is to be done.
    pub due_at: Option<String>,
    /// `high`, `medium` or `low`.
    pub priority: Option<String>,
    /// The cause that it takes away.
    pub prevents: Option<String>,
    /// `open`, `done`, `effective` or `dropped`.
    pub state: String,
}

impl PostmortemSectionDoc {
    /// The document of a section.
    pub fn new(section: &Section) -> Self {
        let written = section.written.as_ref();
        Self {
            id: section.id.clone(),
            title: section.title.clone(),
            question: section.question.clone(),
            required: section.required,
            text: written.map(|one| one.text.clone()),
            entry: written.map(|one| one.id.tag()),
            by: written.map(|one| one.by.clone()),
            at: written.map(|one| one.at.to_string()),
        }
    }
}

impl PostmortemCauseDoc {
    /// The chain of causes.
    pub fn all(made: &Postmortem) -> Vec<Self> {
        let cause = |cause: &crate::incident::state::Cause| Self {
            id: cause.id.tag(),
            because: cause.because.map(crate::incident::id::EventId::tag),
            kind: cause.factor.map(|factor| factor.as_str().to_owned()),
            evidence: cause.evidence.iter().map(|id| id.tag()).collect(),
            text: cause.text.clone(),
        };
        made.causes.iter().map(cause).collect()
    }
}

impl PostmortemActionDoc {
    /// The measures of prevention.
    pub fn all(made: &Postmortem) -> Vec<Self> {
        let action = |action: &crate::incident::state::Action| Self {
            id: action.id.tag(),
            text: action.text.clone(),
            owner: action.owner.clone(),
            due_at: action.due_at.map(|at| at.to_string()),
            priority: action.priority.map(|priority| priority.as_str().to_owned()),
            prevents: action.prevents.map(crate::incident::id::EventId::tag),
            state: action.progress().as_str().to_owned(),
        };
        made.actions.iter().map(action).collect()
    }
}
