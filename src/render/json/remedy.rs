//! Documents about causes and measures of prevention.

use crate::incident::id::EventId;
use crate::incident::slug::{CauseKind, Priority};
use crate::incident::state::Cause;
use crate::incident::time::Timestamp;
use crate::view::{ActionItem, Branch, tree};
use schemars::JsonSchema;
use serde::Serialize;

/// `cause list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CausesDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// The causes, each after the one that it explains.
    pub causes: Vec<CauseDoc>,
}

/// A link of the chain of causes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CauseDoc {
    /// Its id, which never changes.
    pub id: String,
    /// Its display id, as commands take it.
    pub entry: String,
    /// The id of the cause that it explains.
    pub because: Option<String>,
    /// How far down the chain it stands: 0 at the top.
    pub depth: usize,
    /// What kind of factor it is.
    pub kind: Option<CauseKind>,
    /// What it is; `null` where its words were removed.
    pub text: Option<String>,
    /// Who found it.
    pub by: String,
    /// The display ids of what shows it.
    pub evidence: Vec<String>,
}

impl CauseDoc {
    /// The documents of a chain, each after what it explains.
    pub fn all(causes: &[Cause], short: impl Fn(EventId) -> String) -> Vec<Self> {
        let document = |branch: Branch<'_>| Self {
            id: branch.cause.id.to_string(),
            entry: short(branch.cause.id),
            because: branch.cause.because.map(|above| above.to_string()),
            depth: branch.depth(),
            kind: branch.cause.factor,
            text: Some(branch.cause.text.clone()).filter(|text| !text.is_empty()),
            by: branch.cause.by.clone(),
            evidence: branch.cause.evidence.iter().map(|id| short(*id)).collect(),
        };
        tree(causes).into_iter().map(document).collect()
    }
}

/// `action list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ActionsDoc {
    /// The document's version.
    pub schema: u32,
    /// When it was asked.
    pub now: String,
    /// The actions: overdue ones first, the most urgent first.
    pub actions: Vec<ActionDoc>,
}

/// A measure of prevention.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ActionDoc {
    /// Its id, which never changes: what a tracker finds it by again.
    pub id: String,
    /// Its display id, as commands take it.
    pub entry: String,
    /// The incident's number.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// The incident's title.
    pub incident_title: String,
    /// How bad the incident is.
    pub severity: String,
    /// Whether the incident is an exercise.
    pub drill: bool,
    /// What is to be done; `null` where its words were removed.
    pub text: Option<String>,
    /// Who sees to it: a person, or whoever carries the role.
    pub owner: Option<String>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// `open`, `done` (its effect is to be checked), `effective`, `dropped`.
    pub state: String,
    /// Whether what comes next is past due.
    pub overdue: bool,
    /// When it was agreed, or opened again.
    pub since: String,
    /// When it is to be done.
    pub due_at: Option<String>,
    /// When it was carried out.
    pub done_at: Option<String>,
    /// When its effect is to be checked.
    pub check_at: Option<String>,
    /// When its effect was last checked.
    pub verified_at: Option<String>,
    /// What came of that.
    pub effective: Option<bool>,
    /// When it was given up.
    pub dropped_at: Option<String>,
    /// How often it was found to have no effect.
    pub failed: u32,
    /// The id of the cause that it takes away.
    pub prevents: Option<String>,
    /// What that cause is.
    pub prevents_text: Option<String>,
}

impl ActionDoc {
    /// The document of a measure at `now`.
    pub fn new(item: &ActionItem, now: Timestamp) -> Self {
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let action = &item.action;
        Self {
            id: action.id.to_string(),
            entry: item.short.clone(),
            reference: item.incident.number,
            incident_title: item.incident.title.clone(),
            severity: item.incident.severity.to_string(),
            drill: item.incident.drill,
            text: Some(action.text.clone()).filter(|text| !text.is_empty()),
            owner: item.keeper.clone(),
            priority: action.priority,
            state: action.progress().as_str().to_owned(),
            overdue: item.is_overdue(now),
            since: action.since.to_string(),
            due_at: time(action.due_at),
            done_at: time(action.done_at),
            check_at: time(action.check_at),
            verified_at: time(action.verified.map(|(at, _)| at)),
            effective: action.verified.map(|(_, effective)| effective),
            dropped_at: time(action.dropped_at),
            failed: action.failed,
            prevents: action.prevents.map(|cause| cause.to_string()),
            prevents_text: item.prevents.as_ref().map(|(_, text)| text.clone()),
        }
    }
}
