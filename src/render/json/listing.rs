//! The documents of each command.

use super::{EntryDoc, IncidentDoc, RoleDoc};
use crate::incident::localized::Localized;
use crate::incident::playbook::Playbook;
use crate::incident::severity::Severity;
use crate::incident::state::{Checklist, Incident, StepPlace};
use crate::incident::status::Status;
use crate::view::Row;
use schemars::JsonSchema;
use serde::Serialize;

/// What a command that records prints.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RecordedDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident afterwards; `null` when words went to the inbox.
    pub incident: Option<IncidentDoc>,
    /// The entries that were written.
    pub entries: Vec<EntryDoc>,
    /// Whether the same key had been used for the same request.
    pub duplicate: bool,
    /// What the person should know besides.
    pub warnings: Vec<String>,
}

/// What a command prints that waits in the spool.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SpooledDoc {
    /// The document's version.
    pub schema: u32,
    /// Always true: it is safe on disk, and not in the store yet.
    pub spooled: bool,
    /// The incident's number: not known yet.
    #[serde(rename = "ref")]
    pub reference: Option<u32>,
    /// For a declaration: the name that `-i` takes until there is a number, and afterwards.
    pub provisional: Option<String>,
    /// The display id that its first entry will have, in full.
    pub id: String,
    /// Not known yet.
    pub incident: Option<IncidentDoc>,
    /// None yet.
    pub entries: Vec<EntryDoc>,
    /// Not known yet.
    pub duplicate: bool,
}

/// `show --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShowDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident.
    pub incident: IncidentDoc,
    /// Its last entries.
    pub entries: Vec<EntryDoc>,
}

/// `list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListDoc {
    /// The document's version.
    pub schema: u32,
    /// The incidents.
    pub incidents: Vec<IncidentDoc>,
    /// Whether there are more than the limit.
    pub more: bool,
    /// The number of the one that commands act on where they name none.
    pub in_force: Option<u32>,
}

/// `timeline --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TimelineDoc {
    /// The document's version.
    pub schema: u32,
    /// The entries, in the order in which they happened.
    pub entries: Vec<EntryDoc>,
}

/// `roles --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RolesDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// The roles.
    pub roles: Vec<RoleDoc>,
}

/// `checklist --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChecklistsDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// The checklists with their counts.
    pub checklists: Vec<ChecklistDoc>,
    /// The steps asked for.
    pub steps: Vec<StepDoc>,
}

/// A checklist's counts, of the steps that apply.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChecklistDoc {
    /// The playbook's id.
    pub playbook: String,
    /// Its version when it was copied.
    pub version: u32,
    /// Steps done.
    pub done: usize,
    /// Steps left out.
    pub skipped: usize,
    /// Steps that apply.
    pub total: usize,
}

/// A step and what became of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StepDoc {
    /// Its number, for people.
    pub number: usize,
    /// The playbook's copy that it belongs to.
    pub checklist: String,
    /// Its slug.
    pub step: String,
    /// What to do.
    pub text: Localized,
    /// The role that does it.
    pub role: Option<String>,
    /// The person who does it, where one was named.
    pub person: Option<String>,
    /// Whether the incident can't be closed while it is open.
    pub required: bool,
    /// Whether it applies yet.
    pub applies: bool,
    /// `open`, `done`, `skipped` or `later`.
    pub state: String,
    /// When it is due.
    pub due_at: Option<String>,
    /// When it was done or left out.
    pub at: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// Why it was left out.
    pub reason: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// A command line to copy.
    pub run: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
}

/// `inbox --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InboxDoc {
    /// The document's version.
    pub schema: u32,
    /// The kept words.
    pub items: Vec<InboxItemDoc>,
}

/// Words that could not be placed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InboxItemDoc {
    /// Their id.
    pub id: String,
    /// When they were typed.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// The verb.
    pub verb: String,
    /// The words.
    pub text: String,
}

/// `prompt --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PromptDoc {
    /// The document's version.
    pub schema: u32,
    /// How many incidents are unresolved, counted up to 1,000.
    pub unresolved: usize,
    /// The worst one.
    pub worst: Option<ListedDoc>,
    /// The one that commands act on where they name none.
    pub incident: Option<ListedDoc>,
}

/// An incident in a list, from its row alone.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedDoc {
    /// Its number.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// What is wrong.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
}

/// `playbook list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlaybooksDoc {
    /// The document's version.
    pub schema: u32,
    /// The playbooks.
    pub playbooks: Vec<Playbook>,
}

/// `playbook show --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlaybookDoc {
    /// The document's version.
    pub schema: u32,
    /// The playbook.
    pub playbook: Playbook,
}

impl ChecklistDoc {
    /// The counts of a checklist.
    pub fn new(list: &Checklist) -> Self {
        let (done, skipped, total) = list.counts();
        Self { playbook: list.playbook.clone(), version: list.version, done, skipped, total }
    }
}

impl StepDoc {
    /// The document of a step.
    pub fn new(place: StepPlace<'_>) -> Self {
        let state = place.state;
        let tick = state.tick.as_ref();
        let word = match tick {
            Some(tick) if tick.skipped.is_some() => "skipped",
            Some(_) => "done",
            None if state.active => "open",
            None => "later",
        };
        Self {
            number: place.number,
            checklist: place.instance.to_owned(),
            step: state.step.id.clone(),
            text: state.step.text.clone(),
            role: state.step.role.clone(),
            person: state.person.clone(),
            required: state.step.required,
            applies: state.active,
            state: word.to_owned(),
            due_at: state.due_at.map(|at| at.to_string()),
            at: tick.map(|tick| tick.at.to_string()),
            by: tick.map(|tick| tick.by.clone()),
            reason: tick.and_then(|tick| tick.skipped.clone()),
            result: tick.and_then(|tick| tick.result.clone()),
            run: state.step.run.clone(),
            link: state.step.link.clone(),
        }
    }

    /// The documents of all steps.
    pub fn all(incident: &Incident) -> Vec<Self> {
        incident.steps().map(Self::new).collect()
    }
}

impl ListedDoc {
    /// The document of a row.
    pub fn new(row: &Row) -> Self {
        Self { reference: row.number, title: row.title.clone(), status: row.status, severity: row.severity }
    }
}
